"""A read is whole while other processes write, though no server promises one moment over several questions.

The name of a graph never comes back. So what was read from a graph that is a current one afterwards was read whole;
what was not is read again, and the rest is kept. How many records a graph holds is written beside the pointer, so that
a server that cuts long answers short is found out.
"""

from collections.abc import Callable, Iterable, Iterator
from heapq import merge
from itertools import groupby
from typing import TypeAlias, cast

from pyoxigraph import Quad

from graph.content import key_of, order_of
from graph.rdf import record_of
from graph.stores.pointers import Pointer
from graph.stores.sparql import statements
from graph.stores.sparql.service import Service
from graph.stores.sparql.statements import State, read_state
from graph.stores.spool import RUN, Spool
from ontology.errors import StoreChanged, StoreOfOtherVersion, StoreRefuses, UnreadableStatement
from ontology.records import R, Record, kind_of
from ontology.schema import SCHEMA_VERSION

READS = 5
"""How often a read is begun again because somebody replaced what was read."""

LEAST_RUN = 1_000
"""Records of one source that are sorted in memory, however many sources share the memory of one `Spool`."""

Kind: TypeAlias = type[Record] | None
"""One kind of record, or all of them."""


class _Scattered(Exception):
    """The statements about one node do not stand together."""


class _Part:
    """What one graph says of one kind: how many records came, and the records to be read once, in order."""

    def __init__(self, kind: Kind, run: int) -> None:
        self.count = 0
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
                self.count += 1
                self.spool.add(record)
        return self


def find_state(service: Service) -> State:
    """What the server says of its sources now. Raises `StoreOfOtherVersion`."""
    state = read_state(service.rows(statements.STATE))
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
                parts[pointer.graph] = _read_part(service, pointer.graph, kind, _count(state, pointer, kind), run)
        after = find_state(service)
        if all(pointer.graph in after.current for pointer in pointers):
            for pointer in pointers:
                _check(service, pointer, kind, parts[pointer.graph].count, _count(state, pointer, kind))
            key = cast("Callable[[Record], tuple[str, ...]]", key_of if kind is None else order_of)
            return pointers, merge(*(parts[pointer.graph].spool.in_order() for pointer in pointers), key=key)
        parts = {graph: part for graph, part in parts.items() if graph in after.current}
        state = after
    raise StoreChanged(service.url)


def _count(state: State, pointer: Pointer, kind: Kind) -> int:
    extent = state.extents.get(pointer.graph, {})
    return sum(extent.values()) if kind is None else extent.get(kind_of(kind), 0)


def _read_part(service: Service, graph: str, kind: Kind, count: int, run: int) -> _Part:
    if count == 0:
        return _Part(kind, run)
    try:
        return service.read(statements.reading(graph, kind), lambda quads: _Part(kind, run).take(quads))
    except (_Scattered, UnreadableStatement):
        return service.read(statements.reading(graph, kind, ordered=True), lambda quads: _Part(kind, run).take(quads))


def _check(service: Service, pointer: Pointer, kind: Kind, found: int, count: int) -> None:
    if found != count:
        what = "records" if kind is None else f"records of kind {kind_of(kind)}"
        raise StoreRefuses(
            service.url,
            f"it gives {found} of the {count} {what} of the source {pointer.info.id}; raise its limit on the size of "
            "answers, or load the source again if another hand changed it",
        )
