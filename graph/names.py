"""Which record do these words mean? Candidates are offered with what matched; deciding is the caller's.

A best guess is wrong too often to be acted on silently, so only an id, a name that one record bears, or another name
that nothing else fits counts as exact (decision 0023). Everything else is offered, best first, or nothing at all.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

from graph.index import Index
from graph.spellings import is_ambiguous, readings_of, short_forms, stated_key, whole_words, words_of
from ontology.errors import AmbiguousName, UnknownName
from ontology.records import Competency, Credential, Provider, Record, Role, kind_of

if TYPE_CHECKING:
    from graph.similarity import Similarity

NAMED: tuple[type[Record], ...] = (Role, Credential, Competency, Provider)
"""The kinds that people call by name."""

_SHORTENED: tuple[type[Record], ...] = (Role,)
"""Kinds of which people freely make initials, so that initials fit every record that has them."""

_LEAST = 0.45
"""Below this likeness no candidate is offered. Measured on misspelt and shortened role and credential names."""

_LEAST_WITHOUT_A_WORD = 0.75
"""The same, where no single word is like one of the name's."""

_INITIALS_COUNT = 0.75
"""How much likeness to the initials of a record counts where people do not call it by them."""

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


@dataclass(frozen=True, slots=True)
class _Entry:
    record_type: type[Record]
    id: str
    name: str
    other_names: tuple[str, ...]


class Names:
    """The names of an index. Made by `build_names`."""

    def __init__(self, index: Index, entries: Sequence[_Entry]) -> None:
        self._index = index
        self._entries = tuple(entries)
        self._by_name: dict[str, list[int]] = _table((stated_key(e.name), n) for n, e in enumerate(entries))
        self._by_other: dict[str, list[int]] = _table(
            (stated_key(name), n) for n, e in enumerate(entries) for name in e.other_names
        )
        self._by_derived: dict[str, list[int]] = _table(_derived(self._entries))

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
        best = sorted(scores.items(), key=lambda pair: (-pair[1], self._entries[pair[0]].id))
        matches = (self._match(number, words, score) for number, score in best)
        plausible = (match for match in matches if match.matched_words or match.score >= _LEAST_WITHOUT_A_WORD)
        return tuple(islice(plausible, limit))

    def exact(self, words: str, record_type: type[Record] | None = None) -> str | None:
        """The id of the one record that the words name exactly; `None` where they name none so."""
        number = self._exact(words, record_type)
        return None if number is None else self._entries[number].id

    def fitting(self, words: str, record_type: type[Record] | None = None) -> tuple[str, ...]:
        """The ids of all records that the words fit by a name, another name or a short form."""
        return tuple(sorted({self._entries[number].id for number in self._fitting(words, record_type)}))

    def _exact(self, words: str, record_type: type[Record] | None) -> int | None:
        by_id = self._of_type(self._by_id.get(self._index.present_id(words.strip()), ()), record_type)
        key = stated_key(words)
        named = self._of_type(self._by_name.get(key, ()), record_type)
        for sole in (by_id, named):
            if len(sole) == 1:
                return sole[0]
        if named or not key:
            return None
        other = self._of_type(self._by_other.get(key, ()), record_type)
        if len(other) != 1 or set(self._fitting(words, record_type)) != set(other):
            return None
        several = self._entries[other[0]].record_type in _SHORTENED and is_ambiguous(words)
        return other[0] if not several or self._is_own_word(other[0]) else None

    def _is_own_word(self, number: int) -> bool:
        said = self._index.said(self._entries[number].id, "other_names")
        return self._index.voice(said.id) in ("own edits", "own organisation")

    def _fitting(self, words: str, record_type: type[Record] | None) -> dict[int, float]:
        """Every entry that the words fit as they stand or in one of their readings."""
        found: dict[int, float] = {}
        key = stated_key(words)
        readings = dict.fromkeys("".join(reading.split()) for reading in readings_of(words) if key)
        tables = [(self._by_derived, reading, _DERIVED) for reading in readings]
        for table, wanted, score in [*tables, (self._by_other, key, _OTHER_NAME), (self._by_name, key, _NAME)]:
            for number in self._of_type(table.get(wanted, ()), record_type):
                found[number] = score
        return found

    def _alike(self, words: str, record_type: type[Record] | None, limit: int) -> Iterator[tuple[int, float]]:
        """The entries whose names look like the words, or like a reading of them."""
        spellings = [spelling for spelling in readings_of(words) if spelling]
        if not self._entries or not spellings:
            return
        kept = 0
        for number, score in self._similarity.nearest(spellings, least=_LEAST):
            if record_type is None or self._entries[number].record_type is record_type:
                yield number, round(score * 0.94, 4)
                kept += 1
                if kept == limit * 4:
                    return

    def _match(self, number: int, words: str, score: float, *, exact: bool = False) -> Match:
        entry = self._entries[number]
        bodies = [entry.name, *entry.other_names]
        known = {word for body in bodies for word in (*words_of(body), *whole_words(body))}
        known.update(word for body in bodies for form in short_forms(body) for word in form.split())
        matched = tuple(word for word in words_of(words) if _is_like_one_of(word, known))
        return Match(
            record_type=entry.record_type, id=entry.id, name=entry.name, score=score, matched_words=matched, exact=exact
        )

    def _of_type(self, numbers: Iterable[int], record_type: type[Record] | None) -> list[int]:
        return [n for n in numbers if record_type is None or self._entries[n].record_type is record_type]

    @cached_property
    def _by_id(self) -> Mapping[str, list[int]]:
        return _table((entry.id, number) for number, entry in enumerate(self._entries))

    @cached_property
    def _similarity(self) -> "Similarity":
        from graph.similarity import Similarity

        bodies = []
        for number, entry in enumerate(self._entries):
            counts = 1.0 if entry.record_type in _SHORTENED else _INITIALS_COUNT
            for name in (entry.name, *entry.other_names):
                bodies.append((" ".join(whole_words(name)), number, 1.0))
                bodies.extend((form, number, counts) for form in short_forms(name))
        return Similarity(bodies)


def build_names(index: Index, record_types: Sequence[type[Record]] = NAMED) -> Names:
    """The names of all records of these kinds."""
    entries = []
    for record_type in record_types:
        table = index.frozen.table(record_type)
        name, other = table.columns["name"], table.columns.get("other_names")
        for row in range(len(table)):
            others = other[row] if other is not None else ()
            entries.append(
                _Entry(record_type, table.id(row), str(name[row]), others if isinstance(others, tuple) else ())
            )
    return Names(index, entries)


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
    if fitting and record_type in _SHORTENED and is_ambiguous(words):
        raise AmbiguousName(kind_of(record_type), words, offered)
    raise UnknownName(kind_of(record_type), words, offered)


def _told_apart(matches: Sequence[Match]) -> tuple[str, ...]:
    """The names of matches, with the id where two share a name."""
    names = [match.name for match in matches]
    return tuple(m.name if names.count(m.name) == 1 else f"{m.name} ({m.id})" for m in matches)


def _derived(entries: Sequence[_Entry]) -> Iterator[tuple[str, int]]:
    for number, entry in enumerate(entries):
        for name in (entry.name, *entry.other_names):
            yield "".join(whole_words(name)), number
            if entry.record_type in _SHORTENED:
                for form in short_forms(name):
                    yield "".join(form.split()), number


def _table(pairs: Iterable[tuple[str, int]]) -> dict[str, list[int]]:
    found: defaultdict[str, dict[int, None]] = defaultdict(dict)
    for key, number in pairs:
        found[key][number] = None
    return {key: list(numbers) for key, numbers in found.items()}


def _is_like_one_of(word: str, known: Iterable[str]) -> bool:
    """Whether a word, written out or in one of its readings, is one of these words or nearly so."""
    spelt = {part for reading in readings_of(word) for part in reading.split()} | {word}
    known = set(known)
    return bool(spelt & known) or any(
        abs(len(word) - len(other)) <= 2 and SequenceMatcher(None, word, other).ratio() >= 0.8
        for other in known
        if len(word) > 3
    )
