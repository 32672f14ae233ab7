"""Records as RDF and back, without loss, driven by the one declaration of each field in `ontology.schema`.

The first statement that a graph holds about an id is written on the id's own IRI, so that a stranger's SPARQL reads
naturally: `?c a ceterms:Certification ; ceterms:name ?name`. Further statements about the same id stand on nodes of
their own (`a cp:CredentialStatement ; cp:about ?c`), so nothing one place says mixes with what another says. Who says
it (source, place, page, date, rule, premises) stands on the node. A range is two properties, `cp:effortMinutesLow` and
`cp:effortMinutesHigh`, equal where the figure is exact. `graph.lines.lines_of` writes what `quads_of` says as text.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import cache, lru_cache
from typing import TypeAlias

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Triple

from graph.iris import source_iri, source_of, statement_iri
from ontology.errors import UnreadableStatement
from ontology.ids import compact, expand
from ontology.records import RECORD_TYPES, Credential, Record, kind_of
from ontology.schema import PREFIXES, Field, expand_term, fields_of
from ontology.values import Range, Source, SourceInfo

Term: TypeAlias = NamedNode | Literal
Graph: TypeAlias = NamedNode | DefaultGraph
Said: TypeAlias = Mapping[str, list[str]]

EXACT_CLASSES = {
    "Scale": "asn:ProgressionModel",
    "Level": "asn:ProgressionLevel",
    "Competency": "ceasn:Competency",
    "Provider": "ceterms:CredentialOrganization",
    "Cost": "ceterms:CostProfile",
    "Assessment": "ceterms:AssessmentProfile",
}
"""The kinds of record for which a published class means exactly the same; every other kind is a class of our own."""

SOURCE_TERMS = {
    "id": "cp:sourceId",
    "title": "dcterms:title",
    "voice": "cp:voice",
    "publisher": "cp:publisher",
    "licence": "cp:licence",
    "attribution": "cp:attribution",
    "page": "cp:page",
    "date": "cp:statedDate",
    "digest": "cp:fileDigest",
}
"""Where each field of a `SourceInfo` stands on the node of the source."""

ABOUT = "cp:about"
SAID_BY = "cp:saidBy"
PLACE = "cp:place"
STATED_ON = "cp:statedOn"
STATED_DATE = "cp:statedDate"
RULE = "cp:rule"
PREMISE = "cp:premise"

_INTEGER, _DATE = NamedNode(PREFIXES["xsd"] + "integer"), NamedNode(PREFIXES["xsd"] + "date")
_CLASS_NAME = re.compile(r"[A-Z][A-Za-z]*")


def class_of(record_type: type[Record]) -> str:
    """The compact class term of a kind of record.

    >>> class_of(Credential)
    'cp:Credential'
    """
    return EXACT_CLASSES.get(record_type.__name__, f"cp:{record_type.__name__}")


def statement_class_of(record_type: type[Record]) -> str:
    """The compact class term of further statements about things of this kind."""
    return f"cp:{record_type.__name__}Statement"


def storage_terms(field: Field) -> tuple[str, ...]:
    """The compact properties that hold a field: two for a range, one for everything else."""
    return (f"{field.term}Low", f"{field.term}High") if field.kind == "range" else (field.term,)


def quads_of(records: Iterable[Record], graph_of: Callable[[Record], Graph]) -> Iterator[Quad]:
    """The quads of records, each in its graph; the first record of an id in a graph gets the id's own IRI."""
    seen: set[tuple[str, str]] = set()
    for record in records:
        graph = graph_of(record)
        place = (graph.value if isinstance(graph, NamedNode) else "", record.id)
        first = place not in seen
        seen.add(place)
        node = node_of(record, first=first)
        for predicate, term in _statements(record, first=first):
            yield Quad(node, _named(predicate), term, graph)


def source_quads(info: SourceInfo) -> Iterator[Quad]:
    """The description of a source as a whole, in the default graph."""
    node = NamedNode(source_iri(info.id))
    yield Quad(node, _named("rdf:type"), _named("cp:Source"))
    for name, term in SOURCE_TERMS.items():
        value = getattr(info, name)
        if value is not None:
            yield Quad(node, _named(term), Literal(value))


def node_of(record: Record, *, first: bool) -> NamedNode:
    """The node on which a record is written, by whether it is the first of its id in the graph."""
    if first:
        return NamedNode(expand(record.id))
    return NamedNode(statement_iri(kind_of(type(record)), record.id, record.source.id, record.source.place))


def nodes_of(record_type: type[Record]) -> tuple[NamedNode, NamedNode]:
    """The two classes by which a store finds the nodes of one kind: things and further statements."""
    return _named(class_of(record_type)), _named(statement_class_of(record_type))


def record_of(quads: Iterable[Quad]) -> Record | None:
    """The record written on one node, or nothing where the node is no record.

    Raises `UnreadableStatement` where a hand other than ours left the node without something that a record must have.
    """
    said: dict[str, list[str]] = defaultdict(list)
    node = ""
    for quad in quads:
        node = _value(quad.subject)
        said[quad.predicate.value].append(_value(quad.object))
    return record_from(node, said)


def record_from(node: str, said: Said) -> Record | None:
    """What `record_of` finds, where the statements of a node were sorted by their properties already."""
    types = [_TYPES[class_] for class_ in said.get(_iri("rdf:type"), ()) if class_ in _TYPES]
    if not types:
        return None
    try:
        values = {field.name: _read(field, said) for field in fields_of(types[0])}
        about = said[_iri(ABOUT)][0] if _iri(ABOUT) in said else node
        return types[0](id=compact(about), source=_read_source(said), **values)
    except (IndexError, ValueError) as error:
        raise UnreadableStatement(node, str(error)) from error


@lru_cache(maxsize=1024)
def ctdl_class(type_: str | None) -> str | None:
    """The IRI of the class of CTDL that the type of a credential names; nothing where it names none.

    Nothing either where that class is another kind of record here: the credential would be read as one of those.

    >>> ctdl_class("Certification"), ctdl_class("CostProfile"), ctdl_class("short course / CPD")
    ('https://purl.org/ctdl/terms/Certification', None, None)
    """
    if type_ is None or not _CLASS_NAME.fullmatch(type_):
        return None
    iri = expand_term(f"ceterms:{type_}")
    return None if iri in _TYPES else iri


def _statements(record: Record, *, first: bool) -> Iterator[tuple[str, Term]]:
    kind = type(record)
    yield "rdf:type", _named(class_of(kind) if first else statement_class_of(kind))
    if not first:
        yield ABOUT, NamedNode(expand(record.id))
    elif isinstance(record, Credential) and (named := ctdl_class(record.type)):
        yield "rdf:type", NamedNode(named)
    for field in fields_of(kind):
        yield from _write(field, getattr(record, field.name))
    yield from _write_source(record.source)


def _write_source(source: Source) -> Iterator[tuple[str, Term]]:
    yield SAID_BY, NamedNode(source_iri(source.id))
    yield PLACE, Literal(source.place)
    for term, words in ((STATED_ON, source.page), (STATED_DATE, source.date), (RULE, source.rule)):
        if words is not None:
            yield term, Literal(words)
    for premise in source.premises:
        yield PREMISE, NamedNode(expand(premise))


def _read_source(said: Said) -> Source:
    return Source(
        id=source_of(said[_iri(SAID_BY)][0]),
        place=said[_iri(PLACE)][0],
        page=_one(said, STATED_ON),
        date=_one(said, STATED_DATE),
        rule=_one(said, RULE),
        premises=tuple(compact(premise) for premise in said.get(_iri(PREMISE), ())),
    )


def _write(field: Field, value: object) -> Iterator[tuple[str, Term]]:
    if isinstance(value, Range):
        low, high = storage_terms(field)
        yield low, Literal(str(value.low), datatype=_INTEGER)
        yield high, Literal(str(value.high), datatype=_INTEGER)
    elif isinstance(value, tuple):
        for item in value:
            yield from _write(field, item)
    elif isinstance(value, date):
        yield field.term, Literal(value.isoformat(), datatype=_DATE)
    elif isinstance(value, int):
        yield field.term, Literal(str(value), datatype=_INTEGER)
    elif isinstance(value, str):
        yield field.term, NamedNode(expand(value)) if field.is_link else Literal(value)


def _read(field: Field, said: Said) -> object:
    found = said.get(_iri(storage_terms(field)[0]), [])
    if field.required and not found:
        raise ValueError(f"it lacks {field.term}")
    match field.kind:
        case "text" if field.many:
            return tuple(found)
        case "links":
            return tuple(compact(target) for target in found)
        case _ if not found:
            return None
        case "text":
            return found[0]
        case "number":
            return int(found[0])
        case "date":
            return date.fromisoformat(found[0])
        case "link":
            return compact(found[0])
        case "range":
            return Range(int(found[0]), int(said[_iri(storage_terms(field)[1])][0]))


def _one(said: Said, term: str) -> str | None:
    found = said.get(_iri(term))
    return found[0] if found else None


def _value(term: NamedNode | BlankNode | Literal | Triple) -> str:
    return "" if isinstance(term, Triple) else term.value


@cache
def _iri(term: str) -> str:
    return expand_term(term)


@cache
def _named(term: str) -> NamedNode:
    return NamedNode(expand_term(term))


_TYPES: dict[str, type[Record]] = {
    expand_term(term): kind for kind in RECORD_TYPES for term in (class_of(kind), statement_class_of(kind))
}
