"""All that is ever said to a SPARQL server, in one place, so that one look shows that no user's words are in it.

What is put into a text is an IRI that `graph.iris` made, a number, or a term of ours. A user's words, the title of a
source for one, travel as N-Triples in the graph itself; the move of the pointer copies them within the server.

The graph `SOURCES` describes the sources, points to their current graphs, and knows of every graph from before it is
written until after it is dropped:

| state of a graph | in `SOURCES` |
|---|---|
| being written | `cp:writingSince`, by the server's clock |
| current | the source points to it |
| retired | neither: whoever sees it drops it |
| given up | the store names it as `cp:abandoned`, for good, so that a writer who was only slow learns of it |
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import pyoxigraph
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple

from graph.content import Content
from graph.iris import GRAPHS, source_iri
from graph.rdf import nodes_of
from graph.stores.pointers import CURRENT, ENTITY, REVISION_OF, TYPE, Pointer, description, read_pointers
from graph.stores.sparql.extent import Extent, extent_of, read_extent
from ontology.ids import BASE
from ontology.records import Record
from ontology.schema import SCHEMA_VERSION, expand_term

SOURCES = NamedNode(f"{BASE}sources")
"""The graph of the pointers: a graph of its own, because some servers have no default graph to themselves."""

STORE, VERSION = NamedNode(f"{BASE}store"), NamedNode(expand_term("cp:schemaVersion"))
WRITING_SINCE, ABANDONED = NamedNode(expand_term("cp:writingSince")), NamedNode(expand_term("cp:abandoned"))
LAST_REMOVED = NamedNode(expand_term("cp:lastRemoved"))
EXTENT, SUMS = NamedNode(expand_term("dcterms:extent")), NamedNode(expand_term("cp:contentSums"))
_INTEGER = NamedNode(expand_term("xsd:integer"))

STATE = (
    f"SELECT ?s ?p ?o (NOW() AS ?now) ?count WHERE {{ OPTIONAL {{ GRAPH {SOURCES} {{ ?s ?p ?o }} }} "
    f"{{ SELECT (COUNT(*) AS ?count) WHERE {{ GRAPH {SOURCES} {{ ?a ?b ?c }} }} }} }}"
)
"""All that `SOURCES` says, and in each row how many statements that is: also this answer may be cut short."""


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What `SOURCES` says: the pointers by source id, and what is known of each graph, by its IRI.

    `extents` says which records a graph should hold, `ages` how many seconds ago the writing of one began
    that is not finished; `abandoned` are those that were taken for a dead writer's before they were finished.
    `last_removed` is the graph of the source that was removed last, if any was.
    """

    pointers: Mapping[str, Pointer]
    extents: Mapping[str, Extent]
    known: frozenset[str]
    ages: Mapping[str, float]
    abandoned: frozenset[str]
    last_removed: str | None
    versions: frozenset[int]

    @property
    def current(self) -> frozenset[str]:
        """The graphs that sources point to."""
        return frozenset(pointer.graph for pointer in self.pointers.values())


def read_state(rows: Iterable[Sequence[str]]) -> State:
    """The state from the rows of `STATE`."""
    kept = list(rows)
    said = [(subject, predicate, value) for subject, predicate, value, _, _ in kept if subject]
    counts, sums, graphs = (
        {subject: value for subject, predicate, value in said if predicate == wanted.value}
        for wanted in (EXTENT, SUMS, CURRENT)
    )
    return State(
        pointers=read_pointers(said),
        extents={
            graph: read_extent(counts[source], sums.get(source, ""))
            for source, graph in graphs.items()
            if source in counts
        },
        known=frozenset(s for s, predicate, _ in said if predicate == REVISION_OF.value and s.startswith(GRAPHS)),
        ages={
            subject: (_time(now) - _time(value)).total_seconds()
            for subject, predicate, value, now, _ in kept
            if predicate == WRITING_SINCE.value
        },
        abandoned=frozenset(value for _, predicate, value in said if predicate == ABANDONED.value),
        last_removed=next((value for _, predicate, value in said if predicate == LAST_REMOVED.value), None),
        versions=frozenset(int(value) for _, predicate, value in said if predicate == VERSION.value),
    )


def mark(graph: str, source_id: str) -> str:
    """Say that a graph is being written from now on."""
    about = f"{TYPE} {ENTITY} ; {REVISION_OF} {_source(source_id)} ; {WRITING_SINCE} ?now"
    version = f'{STORE} {VERSION} "{SCHEMA_VERSION}"^^{_INTEGER}'
    return f"INSERT {{ GRAPH {SOURCES} {{ {version} . <{graph}> {about} }} }} WHERE {{ BIND(NOW() AS ?now) }}"


def move(graph: str, source_id: str, *, where: str = "") -> str:
    """Let a source point to a graph and take over its description from there, if the graph is marked still.

    `where` is a condition more: `still_at` or `nowhere`.
    """
    source = _source(source_id)
    return (
        f"DELETE {{ GRAPH {SOURCES} {{ {source} ?before ?value . <{graph}> {WRITING_SINCE} ?since }} }} "
        f"INSERT {{ GRAPH {SOURCES} {{ {source} ?property ?said }} }} "
        f"WHERE {{ GRAPH {SOURCES} {{ <{graph}> {WRITING_SINCE} ?since }} {where} "
        f"GRAPH <{graph}> {{ {source} ?property ?said }} "
        f"OPTIONAL {{ GRAPH {SOURCES} {{ {source} ?before ?value }} }} }}"
    )


def still_at(graph: str, source_id: str) -> str:
    """The condition that the source points to this graph."""
    return f"GRAPH {SOURCES} {{ {_source(source_id)} {CURRENT} <{graph}> }}"


def nowhere(source_id: str) -> str:
    """The condition that there is no such source."""
    return f"FILTER NOT EXISTS {{ GRAPH {SOURCES} {{ {_source(source_id)} {CURRENT} ?other }} }}"


def removal(source_id: str, graph: str) -> str:
    """Forget a source if it points to this graph, which is retired by that."""
    said = f"GRAPH {SOURCES} {{ {_source(source_id)} ?property ?value }}"
    last = f"GRAPH {SOURCES} {{ {STORE} {LAST_REMOVED} ?last }}"
    return (
        f"DELETE {{ {said} {last} }} INSERT {{ GRAPH {SOURCES} {{ {STORE} {LAST_REMOVED} <{graph}> }} }} "
        f"WHERE {{ {still_at(graph, source_id)} {said} OPTIONAL {{ {last} }} }}"
    )


def fence(graph: str) -> str:
    """Take the mark away, so that no move to this graph can happen any more, however late it arrives."""
    return f"DELETE WHERE {{ GRAPH {SOURCES} {{ <{graph}> {WRITING_SINCE} ?since }} }}"


def give_up(graph: str) -> str:
    """Take the mark of somebody else away like `fence`, and leave word for its writer, who may only have been slow."""
    marked = f"GRAPH {SOURCES} {{ <{graph}> {WRITING_SINCE} ?since }}"
    word = f"GRAPH {SOURCES} {{ {STORE} {ABANDONED} <{graph}> }}"
    return f"DELETE {{ {marked} }} INSERT {{ {word} }} WHERE {{ {marked} }}"


def drop(graph: str) -> str:
    """Delete a graph, if it is there, and then say nothing any more about it."""
    return f"DROP SILENT GRAPH <{graph}> ; DELETE WHERE {{ GRAPH {SOURCES} {{ <{graph}> ?property ?value }} }}"


def reading(graph: str, record_type: type[Record] | None, *, ordered: bool = False) -> str:
    """All statements of a graph, or those about one kind of record."""
    chosen = ""
    if record_type is not None:
        classes = " ".join(str(class_) for class_ in nodes_of(record_type))
        chosen = f"VALUES ?class {{ {classes} }} ?s {TYPE} ?class . "
    order = " ORDER BY ?s" if ordered else ""
    return f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{graph}> {{ {chosen}?s ?p ?o }} }}{order}"


def described(content: Content, graph: str) -> bytes:
    """What a graph says of its source, as N-Triples: the description, the pointer, and which records it holds."""
    node = NamedNode(source_iri(content.info.id))
    triples = [quad.triple for quad in description(content, NamedNode(graph))]
    for predicate, words in zip((EXTENT, SUMS), extent_of(content.records).words(), strict=True):
        triples.append(Triple(node, predicate, Literal(words)))
    return pyoxigraph.serialize(triples, format=RdfFormat.N_TRIPLES) or b""


def _source(source_id: str) -> NamedNode:
    return NamedNode(source_iri(source_id))


def _time(words: str) -> datetime:
    time = datetime.fromisoformat(words)
    return time if time.tzinfo else time.replace(tzinfo=UTC)
