"""Which graph is current for each source: the few statements that an RDF store keeps in its default graph.

A source's node describes it and points to the named graph that holds what it says now. Whoever loads writes a fresh
graph beside it and then moves the pointer, so the statements here are what decides what a reader sees.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import cast

from pyoxigraph import Literal, NamedNode, Quad

from graph.content import Content
from graph.iris import source_iri
from graph.rdf import SOURCE_TERMS, source_quads
from ontology.schema import expand_term
from ontology.values import SourceInfo, Voice

TYPE = NamedNode(expand_term("rdf:type"))
ENTITY, REVISION_OF = NamedNode(expand_term("prov:Entity")), NamedNode(expand_term("prov:specializationOf"))
CURRENT, DIGEST = NamedNode(expand_term("cp:current")), NamedNode(expand_term("cp:contentDigest"))


@dataclass(frozen=True, slots=True)
class Pointer:
    """Which graph is current for a source, and what the source calls itself."""

    info: SourceInfo
    graph: str
    digest: str


def description(content: Content, graph: NamedNode) -> Iterator[Quad]:
    """What is said of a source, in the default graph, when this graph is the current one."""
    node = NamedNode(source_iri(content.info.id))
    yield from source_quads(content.info)
    yield Quad(node, CURRENT, graph)
    yield Quad(node, DIGEST, Literal(content.digest))
    yield Quad(graph, TYPE, ENTITY)
    yield Quad(graph, REVISION_OF, node)


def read_pointers(statements: Iterable[tuple[str, str, str]]) -> dict[str, Pointer]:
    """The pointers by source id, from (subject, predicate, value) of the default graph.

    What else stands there is passed over.
    """
    said: dict[str, dict[str, str]] = defaultdict(dict)
    for subject, predicate, value in statements:
        said[subject][predicate] = value
    pointers = {}
    for values in said.values():
        if CURRENT.value not in values:
            continue
        words = {name: values.get(expand_term(term)) for name, term in SOURCE_TERMS.items()}
        info = SourceInfo(
            id=words["id"] or "",
            title=words["title"] or "",
            voice=cast("Voice", words["voice"]),
            **{name: words[name] for name in ("publisher", "licence", "attribution", "page", "date", "digest")},
        )
        pointers[info.id] = Pointer(info, values[CURRENT.value], values.get(DIGEST.value, ""))
    return pointers
