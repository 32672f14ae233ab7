"""A read is whole while other processes write, though no server promises one moment over several questions.

The name of a graph never comes back. So what was read from a graph that is a current one afterwards was read whole;
what was not is read again, and the rest is kept. Which records a graph should give is written beside the pointer
(`extent`), so that a server that cuts answers short is found out, wherever it cuts them.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from heapq import merge
from itertools import groupby
from typing import TypeAlias, cast

from pyoxigraph import Quad

from graph.content import key_of, order_of
from graph.rdf import record_of
from graph.stores.pointers import Pointer
from graph.stores.sparql import statements
from graph.stores.sparql.extent import Extent
from graph.stores.sparql.service import Service
from graph.stores.sparql.statements import State, read_state
from graph.stores.spool import RUN, Spool
from ontology.errors import StoreChanged, StoreOfOtherVersion, StoreRefuses, UnreadableStatement
from ontology.records import RECORD_TYPES, R, Record, kind_of
from ontology.schema import SCHEMA_VERSION

READS = 5
"""How often a read is begun again because somebody replaced what was read."""

LEAST_RUN = 1_000
"""Records of one source that are sorted in memory, however many sources share the memory of one `Spool`."""

_MEND = "raise its limit on the size of answers"

Kind: TypeAlias = type[Record] | None
"""One kind of record, or all of them."""


class _Scattered(Exception):
    """The statements about one node do not stand together."""


class _Part:
    """What one graph says of one kind: which records came, and the records to be read once, in order."""

    def __init__(self, kind: Kind, run: int) -> None:
        self.extent = Extent()
        self.spool: Spool[Record] = Spool(key_of if kind is None else order_of, run=run)

    def take(self, quads: Iterable[Quad]) -> "_Part":
        """Take the records on all nodes, each of which must come in one piece."""
        seen = set()
        for node, about in groupby(quads, key=lambda quad: quad.subject):
            if node in seen:
                raise _Scattered
            seen.add(node)
            record = record_of(about)
            if record is not None:
                self.extent.add(record)
                self.spool.add(record)
        return self


def find_state(service: Service) -> State:
    """What the server says of its sources now. Raises `StoreOfOtherVersion`."""
    rows = service.rows(statements.STATE)
    given = sum(1 for row in rows if row[0])
    if not rows or rows[0][-1] != str(given):
        what = f"{given} of the {rows[0][-1]}" if rows else "none of the"
        raise StoreRefuses(service.url, f"it gives {what} statements about its sources; {_MEND}")
    state = read_state(rows)
    for version in state.versions - {SCHEMA_VERSION}:
        raise StoreOfOtherVersion(service.url, version, SCHEMA_VERSION)
    return state


def read_kind(service: Service, record_type: type[R]) -> Iterator[R]:
    """The records of one kind in all sources, in the order of `order_of`. Raises `StoreChanged`."""
    _, records = _read(service, record_type, lambda state: list(state.pointers.values()))
    return cast("Iterator[R]", records)


def read_source(service: Service, source_id: str) -> tuple[Pointer | None, Iterator[Record]]:
    """All that one source says, in the order of `key_of`, and the pointer to it. Raises `StoreChanged`."""
    pointers, records = _read(service, None, lambda state: [p for p in (state.pointers.get(source_id),) if p])
    return next(iter(pointers), None), records


def _read(
    service: Service, kind: Kind, chosen: Callable[[State], list[Pointer]]
) -> tuple[list[Pointer], Iterator[Record]]:
    """One kind of some sources: all is read before the first record comes, and sorted in bounded memory."""
    state, parts = find_state(service), dict[str, _Part]()
    for _ in range(READS):
        pointers = chosen(state)
        run = max(LEAST_RUN, RUN // (len(pointers) or 1))
        for pointer in pointers:
            if pointer.graph not in parts:
                parts[pointer.graph] = _read_part(service, pointer, kind, _expected(service, state, pointer), run)
        after = find_state(service)
        if all(pointer.graph in after.current for pointer in pointers):
            for pointer in pointers:
                _check(service, pointer, kind, parts[pointer.graph].extent, _expected(service, state, pointer))
            key = cast("Callable[[Record], tuple[str, ...]]", key_of if kind is None else order_of)
            return pointers, merge(*(parts[pointer.graph].spool.in_order() for pointer in pointers), key=key)
        parts = {graph: part for graph, part in parts.items() if graph in after.current}
        state = after
    raise StoreChanged(service.url)


def _expected(service: Service, state: State, pointer: Pointer) -> Extent:
    if pointer.graph not in state.extents:
        raise StoreRefuses(service.url, f"it does not say which records the source {pointer.info.id} has")
    return state.extents[pointer.graph]


def _read_part(service: Service, pointer: Pointer, kind: Kind, expected: Extent, run: int) -> _Part:
    """What one graph says, asked for once more, in order, where it is not what is expected: one answer may be cut."""
    if not any(expected.counts.get(each, 0) for each in _kinds(kind)):
        return _Part(kind, run)
    with suppress(_Scattered, UnreadableStatement):
        part = service.read(statements.reading(pointer.graph, kind), lambda quads: _Part(kind, run).take(quads))
        if not part.extent.differing(expected, _kinds(kind)):
            return part
    ordered = statements.reading(pointer.graph, kind, ordered=True)
    return service.read(ordered, lambda quads: _Part(kind, run).take(quads))


def _kinds(kind: Kind) -> list[str]:
    return [kind_of(each) for each in (RECORD_TYPES if kind is None else (kind,))]


def _check(service: Service, pointer: Pointer, kind: Kind, found: Extent, expected: Extent) -> None:
    for wrong in found.differing(expected, _kinds(kind)):
        given, written = found.counts.get(wrong, 0), expected.counts.get(wrong, 0)
        what = f"{given} of the {written} records" if given != written else f"other words in the {written} records"
        raise StoreRefuses(
            service.url,
            f"it gives {what} of kind {wrong} of the source {pointer.info.id}; {_MEND}, or load the source again if "
            "another hand changed it",
        )
