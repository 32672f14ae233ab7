"""Which record do these words mean? Candidates are offered with what matched; deciding is the caller's.

A best guess is wrong too often to be acted on silently, so only an id, a name that one record bears, or another name
that nothing else fits counts as exact (decision 0023). Everything else is offered, best first, or nothing at all.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from itertools import islice

from graph.index import Index
from graph.named import SHORTENED, Named, pack_keys, pack_likeness
from graph.packed.columns import Array, Parts
from graph.packed.frozen import Frozen
from graph.packed.keys import Keys
from graph.packed.piles import Pile, Spill
from graph.packed.tables import grouped
from graph.similarity import Similarity
from graph.spellings import is_ambiguous, readings_of, short_forms, stated_key, whole_words, words_of
from ontology.errors import AmbiguousName, UnknownName
from ontology.records import Competency, Credential, Provider, Record, Role, kind_of

NAMED: tuple[type[Record], ...] = (Role, Credential, Competency, Provider)
"""The kinds that people call by name. Their names are saved with an index: `graph.packed.saved` has the version."""

_LEAST = 0.45
"""Below this likeness no candidate is offered. Measured on misspelt and shortened role and credential names."""

_LEAST_WITHOUT_A_WORD = 0.75
"""The same, where no single word is like one of the name's."""

_NAME, _OTHER_NAME, _DERIVED = 1.0, 0.98, 0.95


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A record that the words may mean. `score` is at most 1; `matched_words` are those of the words that fit."""

    record_type: type[Record]
    id: str
    name: str
    score: float
    matched_words: tuple[str, ...]
    exact: bool


class Names:
    """The names of an index. Made by `build_names`."""

    def __init__(self, index: Index, named: Named, saved: Mapping[str, Parts]) -> None:
        """Look things up in arrays that were saved; where none were, they are made when they are first needed."""
        self._index, self._named, self._saved = index, named, saved

    def candidates(self, words: str, record_type: type[Record] | None = None, limit: int = 8) -> tuple[Match, ...]:
        """What the words may mean, best first; none where nothing is like them.

        An exact match is alone. Ties are broken by id.
        """
        exact = self._exact(words, record_type)
        if exact is not None:
            return (self._match(exact, words, 1.0, exact=True),)
        scores = dict(self._alike(words, record_type, limit))
        for number, score in self._fitting(words, record_type).items():
            scores[number] = max(score, scores.get(number, 0.0))
        best = sorted(scores.items(), key=lambda pair: (-pair[1], self._named.id(pair[0])))
        matches = (self._match(number, words, score) for number, score in best)
        plausible = (match for match in matches if match.matched_words or match.score >= _LEAST_WITHOUT_A_WORD)
        return tuple(islice(plausible, limit))

    def exact(self, words: str, record_type: type[Record] | None = None) -> str | None:
        """The id of the one record that the words name exactly; `None` where they name none so."""
        number = self._exact(words, record_type)
        return None if number is None else self._named.id(number)

    def fitting(self, words: str, record_type: type[Record] | None = None) -> tuple[str, ...]:
        """The ids of all records that the words fit by a name, another name or a short form."""
        return tuple(sorted({self._named.id(number) for number in self._fitting(words, record_type)}))

    def _exact(self, words: str, record_type: type[Record] | None) -> int | None:
        by_id = self._of_type(self._named.with_id(self._index.present_id(words.strip())), record_type)
        key = stated_key(words)
        named = self._of_type(self._keys["name"].rows(key), record_type)
        for sole in (by_id, named):
            if len(sole) == 1:
                return sole[0]
        if named or not key:
            return None
        other = self._of_type(self._keys["other"].rows(key), record_type)
        if len(other) != 1 or set(self._fitting(words, record_type)) != set(other):
            return None
        several = self._named.record_type(other[0]) in SHORTENED and is_ambiguous(words)
        return other[0] if not several or self._is_own_word(other[0]) else None

    def _is_own_word(self, number: int) -> bool:
        said = self._index.said(self._named.id(number), "other_names")
        return self._index.voice(said.id) in ("own edits", "own organisation")

    def _fitting(self, words: str, record_type: type[Record] | None) -> dict[int, float]:
        """Every entry that the words fit as they stand or in one of their readings."""
        found: dict[int, float] = {}
        key = stated_key(words)
        readings = dict.fromkeys("".join(reading.split()) for reading in readings_of(words) if key)
        tables = [("derived", reading, _DERIVED) for reading in readings]
        for table, wanted, score in [*tables, ("other", key, _OTHER_NAME), ("name", key, _NAME)]:
            for number in self._of_type(self._keys[table].rows(wanted), record_type):
                found[number] = score
        return found

    def _alike(self, words: str, record_type: type[Record] | None, limit: int) -> Iterator[tuple[int, float]]:
        """The entries whose names look like the words, or like a reading of them."""
        spellings = [spelling for spelling in readings_of(words) if spelling]
        if not spellings:
            return
        nearest = self._similarity.nearest(spellings, self._named.numbers_of(record_type), least=_LEAST)
        for number, score in islice(nearest, limit * 4):
            yield number, round(score * 0.94, 4)

    def _match(self, number: int, words: str, score: float, *, exact: bool = False) -> Match:
        bodies = self._named.all_names(number)
        known = {word for body in bodies for word in (*words_of(body), *whole_words(body))}
        known.update(word for body in bodies for form in short_forms(body) for word in form.split())
        matched = tuple(word for word in words_of(words) if _is_like_one_of(word, known))
        return Match(
            record_type=self._named.record_type(number),
            id=self._named.id(number),
            name=bodies[0],
            score=score,
            matched_words=matched,
            exact=exact,
        )

    def _of_type(self, numbers: Iterable[int], record_type: type[Record] | None) -> list[int]:
        asked = self._named.numbers_of(record_type)
        return [number for number in numbers if number in asked]

    @cached_property
    def _keys(self) -> dict[str, Keys]:
        parts = self._saved.get("keys") or _arrays(pack_keys(self._named))
        return {table: Keys(keys) for table, keys in grouped(parts).items()}

    @cached_property
    def _similarity(self) -> Similarity:
        return Similarity(self._saved.get("like") or _arrays(pack_likeness(self._named)))


def build_names(index: Index, record_types: Sequence[type[Record]] = NAMED) -> Names:
    """The names of all records of these kinds. Those of `NAMED` are saved with an index, and nothing is read here."""
    saved = index.frozen.names if tuple(record_types) == NAMED else {}
    return Names(index, Named(index.frozen, record_types), grouped(saved))


def pack_names(frozen: Frozen, spill: Spill | None = None) -> dict[str, Pile]:
    """The arrays that `Names` looks things up in, for an index that is saved."""
    named = Named(frozen, NAMED)
    packed = {"keys": pack_keys(named, spill), "like": pack_likeness(named, spill)}
    return {f"{group}.{name}": pile for group, piles in packed.items() for name, pile in piles.items()}


def resolve(names: Names, words: str, record_type: type[Record]) -> str:
    """The id of the one record that the words name exactly.

    Raises `AmbiguousName` where several readings fit, `UnknownName` with the nearest names where none does.
    """
    exact = names.exact(words, record_type)
    if exact is not None:
        return exact
    candidates = names.candidates(words, record_type)
    offered = _told_apart(candidates)
    fitting = names.fitting(words, record_type)
    if len(fitting) > 1:
        raise AmbiguousName(kind_of(record_type), words, _told_apart([m for m in candidates if m.id in fitting]))
    if fitting and record_type in SHORTENED and is_ambiguous(words):
        raise AmbiguousName(kind_of(record_type), words, offered)
    raise UnknownName(kind_of(record_type), words, offered)


def _told_apart(matches: Sequence[Match]) -> tuple[str, ...]:
    """The names of matches, with the id where two share a name."""
    names = [match.name for match in matches]
    return tuple(m.name if names.count(m.name) == 1 else f"{m.name} ({m.id})" for m in matches)


def _arrays(piles: Mapping[str, Pile]) -> dict[str, Array]:
    return {name: pile.array() for name, pile in piles.items()}


def _is_like_one_of(word: str, known: Iterable[str]) -> bool:
    """Whether a word, written out or in one of its readings, is one of these words or nearly so."""
    spelt = {part for reading in readings_of(word) for part in reading.split()} | {word}
    known = set(known)
    return bool(spelt & known) or any(
        abs(len(word) - len(other)) <= 2 and SequenceMatcher(None, word, other).ratio() >= 0.8
        for other in known
        if len(word) > 3
    )
