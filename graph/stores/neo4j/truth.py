"""What all sources now say about some things, for whoever draws these things: read by id, fused, renamed ids present.

What was just loaded is at hand in the order of its keys and is walked along instead of being read back.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import TypeAlias

from graph.content import Content
from graph.fuse import fuse
from graph.renamed import with_present_ids
from graph.stores.neo4j.connection import Connection
from graph.stores.neo4j.pointers import Pointer
from graph.stores.neo4j.statements import reader
from ontology.records import KINDS, Forwarding, Record, kind_of

Thing: TypeAlias = tuple[type[Record], str]
"""What a statement is about: kind and id."""

_SAID = "MATCH (s:Statement) WHERE s.id IN $ids AND s.revision IN $revisions RETURN properties(s)"


class Truth:
    """What the revisions say that these pointers named; `loaded` is the content of one of them."""

    def __init__(
        self,
        connection: Connection,
        pointers: Sequence[Pointer],
        renamed: Mapping[str, str],
        loaded: tuple[str, Content] | None = None,
    ) -> None:
        self.pointers = {pointer.revision: pointer for pointer in pointers}
        self.renamed = renamed
        self._connection = connection
        self._voices = {pointer.id: pointer.info.voice for pointer in pointers if pointer.info}
        self._loaded = None if renamed or loaded is None or loaded[0] not in self.pointers else loaded
        self._old: defaultdict[str, list[str]] = defaultdict(list)
        for old, present in renamed.items():
            self._old[present].append(old)

    def believed(self, things: Sequence[Thing]) -> list[Record]:
        """The fused record of each of these things of which anybody says anything."""
        groups: defaultdict[Thing, list[Record]] = defaultdict(list)
        for record in self._said(things):
            present = with_present_ids(record, self.renamed)
            groups[type(present), present.id].append(present)
        return [group[0] if len(group) == 1 else fuse(group, self._voices).record for group in groups.values()]

    def _said(self, things: Sequence[Thing]) -> Iterator[Record]:
        elsewhere = list(self.pointers)
        if self._loaded is not None:
            revision, content = self._loaded
            elsewhere.remove(revision)
            for kind, group in groupby(things, key=lambda thing: thing[0]):
                yield from _among(content.records, self.pointers[revision], kind, [id_ for _, id_ in group])
        if elsewhere:
            yield from self._read(things, elsewhere)

    def _read(self, things: Sequence[Thing], revisions: Sequence[str]) -> Iterator[Record]:
        wanted = {(kind_of(kind), id_) for kind, id_ in things if kind is Forwarding or id_ not in self.renamed}
        wanted |= {(kind_of(kind), old) for kind, id_ in things if kind is not Forwarding for old in self._old[id_]}
        for (node,) in self._connection.read(_SAID, ids=sorted({id_ for _, id_ in wanted}), revisions=revisions):
            if (node["record"], node["id"]) in wanted:
                yield reader(KINDS[node["record"]], self.pointers[node["revision"]].id)(node)


def _among(records: Sequence[Record], pointer: Pointer, kind: type[Record], ids: Sequence[str]) -> Iterator[Record]:
    """The records with these ids among those of one kind, all in order."""
    rows, wanted = pointer.rows.get(kind_of(kind), range(0)), set(ids)
    at = _first(records, rows, min(ids)) if rows else rows.stop
    last = max(ids)
    while at < rows.stop and records[at].id <= last:
        record = records[at]
        if record.id in wanted:
            yield record
        at += 1


def _first(records: Sequence[Record], rows: range, id_: str) -> int:
    low, high = rows.start, rows.stop
    while low < high:
        middle = (low + high) // 2
        if records[middle].id < id_:
            low = middle + 1
        else:
            high = middle
    return low
