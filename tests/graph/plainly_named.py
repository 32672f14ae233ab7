"""Names looked up plainly, in dictionaries and with scikit-learn: what `graph.names` must answer with its arrays."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from itertools import islice
from typing import cast

import numpy as np
from scipy.sparse import csr_array
from sklearn.feature_extraction.text import TfidfVectorizer

from graph.index import Index
from graph.names import NAMED, Match
from graph.spellings import is_ambiguous, readings_of, short_forms, stated_key, whole_words, words_of
from ontology.records import Record, Role

Body = tuple[str, int, float]


class PlainSimilarity:
    """Cosines of TF-IDF vectors of all names."""

    def __init__(self, bodies: Sequence[Body]) -> None:
        self._bodies = bodies
        self._vectorizer = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), dtype=np.float64, sublinear_tf=True)
        weights = self._vectorizer.fit_transform([words for words, _, _ in bodies])
        self._by_gram = cast("csr_array", csr_array(weights.T))

    def nearest(self, spellings: Sequence[str], *, least: float) -> list[tuple[int, float]]:
        """Like `graph.similarity.Similarity.nearest`, among all."""
        asked = csr_array(self._vectorizer.transform(spellings))
        cosines = np.asarray((asked @ self._by_gram).max(axis=0).todense()).ravel()
        counts = np.array([count for _, _, count in self._bodies])
        best: dict[int, float] = {}
        for (_, owner, _), score in zip(self._bodies, np.round(cosines * counts, 6).tolist(), strict=True):
            if score >= least:
                best[owner] = max(score, best.get(owner, 0.0))
        return sorted(best.items(), key=lambda pair: (-pair[1], pair[0]))


@dataclass(frozen=True)
class Entry:
    """A record and its names."""

    record_type: type[Record]
    id: str
    names: tuple[str, ...]


class PlainNames:
    """Like `graph.names.Names`."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self.entries = [
            Entry(kind, record.id, (getattr(record, "name"), *getattr(record, "other_names", ())))  # noqa: B009
            for kind in NAMED
            for record in (index.record(kind, id_) for id_ in index.ids(kind))
        ]
        numbered = list(enumerate(self.entries))
        self._by_id = table((entry.id, number) for number, entry in numbered)
        self._by_name = table((stated_key(entry.names[0]), number) for number, entry in numbered)
        self._by_other = table((stated_key(name), n) for n, entry in numbered for name in entry.names[1:])
        self._by_derived = table(derived(self.entries))
        self._bodies = list(bodies(self.entries))

    def candidates(self, words: str, record_type: type[Record] | None = None, limit: int = 8) -> tuple[Match, ...]:
        """See `graph.names.Names`."""
        sole = self._exact(words, record_type)
        if sole is not None:
            return (self._match(sole, words, 1.0, exact=True),)
        scores = dict(self._alike(words, record_type, limit))
        for number, score in self._fitting(words, record_type).items():
            scores[number] = max(score, scores.get(number, 0.0))
        best = sorted(scores.items(), key=lambda pair: (-pair[1], self.entries[pair[0]].id))
        matches = (self._match(number, words, score, exact=False) for number, score in best)
        return tuple(islice((match for match in matches if match.matched_words or match.score >= 0.75), limit))

    def exact(self, words: str, record_type: type[Record] | None = None) -> str | None:
        """See `graph.names.Names`."""
        number = self._exact(words, record_type)
        return None if number is None else self.entries[number].id

    def fitting(self, words: str, record_type: type[Record] | None = None) -> tuple[str, ...]:
        """See `graph.names.Names`."""
        return tuple(sorted({self.entries[number].id for number in self._fitting(words, record_type)}))

    def _exact(self, words: str, record_type: type[Record] | None) -> int | None:
        by_id = self._of_type(self._by_id.get(self._index.present_id(words.strip()), []), record_type)
        key = stated_key(words)
        named = self._of_type(self._by_name.get(key, []), record_type)
        for found in (by_id, named):
            if len(found) == 1:
                return found[0]
        other = self._of_type(self._by_other.get(key, []), record_type)
        if named or not key or len(other) != 1 or set(self._fitting(words, record_type)) != set(other):
            return None
        entry = self.entries[other[0]]
        own = self._index.voice(self._index.said(entry.id, "other_names").id) in ("own edits", "own organisation")
        return other[0] if own or entry.record_type is not Role or not is_ambiguous(words) else None

    def _fitting(self, words: str, record_type: type[Record] | None) -> dict[int, float]:
        key = stated_key(words)
        found: dict[int, float] = {}
        for reading in readings_of(words) if key else ():
            found |= dict.fromkeys(self._of_type(self._by_derived.get("".join(reading.split()), []), record_type), 0.95)
        found |= dict.fromkeys(self._of_type(self._by_other.get(key, []), record_type), 0.98)
        return found | dict.fromkeys(self._of_type(self._by_name.get(key, []), record_type), 1.0)

    def _alike(self, words: str, record_type: type[Record] | None, limit: int) -> list[tuple[int, float]]:
        spellings = [spelling for spelling in readings_of(words) if spelling]
        if not spellings or not any(text.strip() for text, _, _ in self._bodies):
            return []
        nearest = self._similarity.nearest(spellings, least=0.45)
        of_type = [(n, s) for n, s in nearest if record_type in (None, self.entries[n].record_type)]
        return [(number, round(score * 0.94, 4)) for number, score in of_type[: limit * 4]]

    @cached_property
    def _similarity(self) -> PlainSimilarity:
        return PlainSimilarity(self._bodies)

    def _match(self, number: int, words: str, score: float, *, exact: bool) -> Match:
        entry = self.entries[number]
        known = {word for name in entry.names for word in (*words_of(name), *whole_words(name))}
        known |= {word for name in entry.names for form in short_forms(name) for word in form.split()}
        matched = tuple(word for word in words_of(words) if is_like_one_of(word, known))
        return Match(
            record_type=entry.record_type,
            id=entry.id,
            name=entry.names[0],
            score=score,
            matched_words=matched,
            exact=exact,
        )

    def _of_type(self, numbers: Iterable[int], record_type: type[Record] | None) -> list[int]:
        return [number for number in numbers if record_type in (None, self.entries[number].record_type)]


def table(pairs: Iterable[tuple[str, int]]) -> dict[str, list[int]]:
    """The numbers of each key, each once, in the order in which they come."""
    found: dict[str, dict[int, None]] = {}
    for key, number in pairs:
        found.setdefault(key, {})[number] = None
    return {key: list(numbers) for key, numbers in found.items()}


def derived(entries: Sequence[Entry]) -> Iterator[tuple[str, int]]:
    """All names written out, and the initials of roles."""
    for number, entry in enumerate(entries):
        for name in entry.names:
            yield "".join(whole_words(name)), number
            for form in short_forms(name) if entry.record_type is Role else ():
                yield form.replace(" ", ""), number


def bodies(entries: Sequence[Entry]) -> Iterator[Body]:
    """All names written out and all initials."""
    for number, entry in enumerate(entries):
        for name in entry.names:
            yield " ".join(whole_words(name)), number, 1.0
            for form in short_forms(name):
                yield form, number, 1.0 if entry.record_type is Role else 0.75


def is_like_one_of(word: str, known: set[str]) -> bool:
    """Whether a word, written out or in one of its readings, is one of these or nearly so."""
    spelt = {part for reading in readings_of(word) for part in reading.split()} | {word}
    near = (other for other in known if abs(len(word) - len(other)) <= 2)
    return bool(spelt & known) or (
        len(word) > 3 and any(SequenceMatcher(None, word, other).ratio() >= 0.8 for other in near)
    )
