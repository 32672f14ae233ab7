"""What differs between two revisions of a source, told while both are read once, side by side in the order of keys."""

from collections.abc import Iterable
from dataclasses import dataclass

from graph.content import Change, side_by_side
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
    for old, new in side_by_side(before, after):
        if old is not None and old == new:
            unchanged += 1
            continue
        added += new is not None
        removed += old is not None
        things.update((type(record), record.id) for record in (old, new) if record is not None)
    return Changed(Change(added=added, removed=removed, unchanged=unchanged, identical=False), frozenset(things))
