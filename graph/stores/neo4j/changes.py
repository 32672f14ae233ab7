"""What differs between two revisions of a source, told while both are read once, side by side in the order of keys."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from graph.content import Change, key_of
from ontology.records import Record


@dataclass(frozen=True, slots=True)
class Changed:
    """How many statements came, went and stayed, and about which things, as kind and id."""

    counts: Change
    things: frozenset[tuple[type[Record], str]]


def changes(before: Iterable[Record], after: Iterable[Record]) -> Changed:
    """The difference of two revisions, each in the order of `graph.content.key_of`."""
    added = removed = unchanged = 0
    things: set[tuple[type[Record], str]] = set()
    for old, new in _side_by_side(iter(before), iter(after)):
        if old is not None and old == new:
            unchanged += 1
            continue
        added += new is not None
        removed += old is not None
        things.update((type(record), record.id) for record in (old, new) if record is not None)
    return Changed(Change(added=added, removed=removed, unchanged=unchanged, identical=False), frozenset(things))


def _side_by_side(before: Iterator[Record], after: Iterator[Record]) -> Iterator[tuple[Record | None, Record | None]]:
    old, new = next(before, None), next(after, None)
    while old is not None or new is not None:
        if new is None or (old is not None and key_of(old) < key_of(new)):
            yield old, None
            old = next(before, None)
        elif old is None or key_of(new) < key_of(old):
            yield None, new
            new = next(after, None)
        else:
            yield old, new
            old, new = next(before, None), next(after, None)
