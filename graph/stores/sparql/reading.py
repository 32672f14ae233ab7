"""A read is whole while other processes write, though no server promises one moment over several questions.

The name of a graph never comes back. So what was read from a graph that is a current one afterwards was read whole;
what was not is read again, and the rest is kept. How many records a graph holds is written beside the pointer, so that
a server that cuts long answers short is found out.
"""

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from typing import TypeAlias

from pyoxigraph import Quad

from graph.content import Content, key_of
from graph.rdf import record_of
from graph.stores.pointers import Pointer
from graph.stores.sparql import statements
from graph.stores.sparql.service import Service
from graph.stores.sparql.statements import State, read_state
from ontology.errors import StoreChanged, StoreOfOtherVersion, StoreRefuses, UnreadableStatement
from ontology.records import Record, kind_of
from ontology.schema import SCHEMA_VERSION

READS = 5
"""How often a read is begun again because somebody replaced what was read."""

Part: TypeAlias = tuple[Pointer, type[Record] | None]
"""One kind of one source, or all of it."""


class _Scattered(Exception):
    """The statements about one node do not stand together."""


def find_state(service: Service) -> State:
    """What the server says of its sources now. Raises `StoreOfOtherVersion`."""
    state = read_state(service.rows(statements.STATE))
    for version in state.versions - {SCHEMA_VERSION}:
        raise StoreOfOtherVersion(service.url, version, SCHEMA_VERSION)
    return state


def read_content(service: Service, source_id: str) -> tuple[State, Content | None]:
    """All that one source says, and the state in which it says so."""

    def parts_of(state: State) -> list[Part]:
        pointer = state.pointers.get(source_id)
        return [] if pointer is None else [(pointer, None)]

    state, records = read_parts(service, parts_of)
    pointer = state.pointers.get(source_id)
    if pointer is None:
        return state, None
    return state, Content(pointer.info, tuple(sorted(records, key=key_of)), pointer.digest)


def read_parts(service: Service, parts_of: Callable[[State], list[Part]]) -> tuple[State, list[Record]]:
    """The records of the parts that a state asks for, and that state. Raises `StoreChanged` where others never rest."""
    state = find_state(service)
    held: dict[tuple[str, type[Record] | None], list[Record]] = {}
    for _ in range(READS):
        parts = parts_of(state)
        for pointer, kind in parts:
            if (pointer.graph, kind) not in held:
                held[pointer.graph, kind] = _read_part(service, pointer.graph, kind, _count(state, pointer, kind))
        after = find_state(service)
        if all(pointer.graph in after.current for pointer, _ in parts):
            return state, [
                record for part in parts for record in _checked(service, part, held[part[0].graph, part[1]], state)
            ]
        held = {key: records for key, records in held.items() if key[0] in after.current}
        state = after
    raise StoreChanged(service.url)


def _count(state: State, pointer: Pointer, kind: type[Record] | None) -> int:
    extent = state.extents.get(pointer.graph, {})
    return sum(extent.values()) if kind is None else extent.get(kind_of(kind), 0)


def _checked(service: Service, part: Part, records: list[Record], state: State) -> list[Record]:
    pointer, kind = part
    count = _count(state, pointer, kind)
    if len(records) != count:
        what = "records" if kind is None else f"records of kind {kind_of(kind)}"
        raise StoreRefuses(
            service.url,
            f"it gives {len(records)} of the {count} {what} of the source {pointer.info.id}; raise its limit on the "
            "size of answers, or load the source again if another hand changed it",
        )
    return records


def _read_part(service: Service, graph: str, kind: type[Record] | None, count: int) -> list[Record]:
    if count == 0:
        return []
    try:
        return service.read(statements.reading(graph, kind), lambda quads: list(_records(quads)))
    except (_Scattered, UnreadableStatement):
        return service.read(statements.reading(graph, kind, ordered=True), lambda quads: list(_records(quads)))


def _records(quads: Iterable[Quad]) -> Iterator[Record]:
    seen = set()
    for node, statements_about in groupby(quads, key=lambda quad: quad.subject):
        if node in seen:
            raise _Scattered
        seen.add(node)
        record = record_of(statements_about)
        if record is not None:
            yield record
