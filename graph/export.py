"""What the store holds now, in the formats that others read; the same content always gives the same bytes.

| format   | holds |
|----------|-------|
| nquads   | every statement in a graph per source: lossless, and the one to load elsewhere |
| turtle, jsonld | the same statements in one graph; the most believed one about a thing stands on the thing's own IRI |
| graphml  | things and the links between them as they are believed, with names, for drawing |
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby, islice
from typing import Literal as Words
from typing import TypeAlias

import networkx as nx
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, serialize

from graph.fuse import by_belief, fuse
from graph.iris import source_iri
from graph.rdf import ABOUT, PREMISE, SAID_BY, quads_of, source_quads, storage_terms
from graph.store import Store
from ontology.ids import expand
from ontology.records import KINDS, RECORD_TYPES, Record, kind_of
from ontology.schema import PREFIXES, fields_of, link_fields_of
from ontology.values import Voice

Format: TypeAlias = Words["turtle", "jsonld", "nquads", "graphml"]

_CHUNK = 5_000
"""Quads that are turned into bytes at a time."""

_NO_XML = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF), "\ufffd")
"""Characters that no XML file may hold."""


def export(store: Store, format: Format) -> Iterator[bytes]:  # noqa: A002
    """The bytes of a file, piece by piece."""
    match format:
        case "nquads":
            yield from _serialized(_graph_per_source(store))
        case "turtle":
            yield from _turtle(_one_graph(store))
        case "jsonld":
            yield from _json_ld(_one_graph(store))
        case "graphml":
            yield from _graphml(store)


def _graph_per_source(store: Store) -> Iterator[Quad]:
    for info in store.sources():
        yield from source_quads(info)
    graphs = {info.id: NamedNode(source_iri(info.id)) for info in store.sources()}
    records = (record for kind in sorted(KINDS) for record in store.records(KINDS[kind]))
    yield from quads_of(records, lambda record: graphs[record.source.id])


def _one_graph(store: Store) -> Iterator[Quad]:
    for info in store.sources():
        yield from source_quads(info)
    voices = _voices(store)
    everything = (
        record for kind in sorted(KINDS) for group in _by_id(store, KINDS[kind]) for record in by_belief(group, voices)
    )
    yield from quads_of(everything, lambda _: DefaultGraph())


def _serialized(quads: Iterator[Quad]) -> Iterator[bytes]:
    while chunk := list(islice(quads, _CHUNK)):
        yield serialize(chunk, format=RdfFormat.N_QUADS) or b""


def _turtle(quads: Iterator[Quad]) -> Iterator[bytes]:
    """Our prefixes in order, then chunks without the prefixes that the serializer opens each with, in any order."""
    yield "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in sorted(PREFIXES.items())).encode()
    while chunk := list(islice(quads, _CHUNK)):
        data = serialize([quad.triple for quad in chunk], format=RdfFormat.TURTLE, prefixes=PREFIXES) or b""
        lines = data.splitlines(keepends=True)
        yield b"".join(lines[sum(1 for _ in _leading_prefixes(lines)) :])


def _leading_prefixes(lines: Iterable[bytes]) -> Iterator[bytes]:
    for line in lines:
        if not line.startswith(b"@prefix "):
            return
        yield line


def _json_ld(quads: Iterator[Quad]) -> Iterator[bytes]:
    """One node a line, after a context that types every property."""
    context = {"@version": 1.1, **dict(sorted(PREFIXES.items())), **_coercions()}
    yield b'{"@context": ' + _json(context) + b',\n"@graph": ['
    comma = b"\n"
    for subject, group in groupby(quads, key=lambda quad: quad.subject):
        node: dict[str, object] = {"@id": subject.value if isinstance(subject, NamedNode) else str(subject)}
        for quad in group:
            _add(node, quad)
        yield comma + _json(node)
        comma = b",\n"
    yield b"\n]}\n"


def _add(node: dict[str, object], quad: Quad) -> None:
    name, value = _compact(quad.predicate), _json_value(quad.object)
    key = "@type" if name == "rdf:type" else name
    if key == "@type" and isinstance(quad.object, NamedNode):
        value = _compact(quad.object)
    if key not in node:
        node[key] = value
    else:
        before = node[key]
        node[key] = [*before, value] if isinstance(before, list) else [before, value]


def _json_value(term: object) -> object:
    if isinstance(term, Literal) and term.datatype.value == PREFIXES["xsd"] + "integer":
        number = int(term.value)
        exact = abs(number) < 2**53
        return number if exact else {"@type": "xsd:integer", "@value": term.value}
    return term.value if isinstance(term, Literal | NamedNode) else str(term)


def _coercions() -> dict[str, dict[str, str]]:
    """How JSON-LD reads each property whose values are not words."""
    types = {"link": "@id", "links": "@id", "number": "xsd:integer", "range": "xsd:integer", "date": "xsd:date"}
    found = dict.fromkeys((ABOUT, PREMISE, SAID_BY), "@id")
    for kind in RECORD_TYPES:
        for field in fields_of(kind):
            if field.kind in types:
                found.update(dict.fromkeys(storage_terms(field), types[field.kind]))
    return {term: {"@type": found[term]} for term in sorted(found)}


def _compact(term: NamedNode) -> str:
    for prefix, iri in PREFIXES.items():
        if term.value.startswith(iri):
            return f"{prefix}:{term.value.removeprefix(iri)}"
    return term.value


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


def _graphml(store: Store) -> Iterator[bytes]:
    picture, voices = nx.MultiDiGraph(), _voices(store)
    believed = [fuse(group, voices).record for kind in sorted(KINDS) for group in _by_id(store, KINDS[kind])]
    for record in believed:
        picture.add_node(expand(record.id), kind=kind_of(type(record)), name=_name(record))
    number = 0
    for record in believed:
        for field in link_fields_of(type(record)):
            value = getattr(record, field.name)
            for target in (value,) if isinstance(value, str) else value or ():
                picture.add_edge(expand(record.id), expand(target), key=number, relation=field.relationship)
                number += 1
    for line in nx.generate_graphml(picture):
        yield f"{line}\n".encode()


def _name(record: Record) -> str:
    """What to write beside a thing: its name, else its words, else its kind."""
    said = (getattr(record, field, None) for field in ("name", "words"))
    return next((words for words in said if words), kind_of(type(record))).translate(_NO_XML)


def _by_id(store: Store, record_type: type[Record]) -> Iterator[list[Record]]:
    for _, group in groupby(store.records(record_type), key=lambda record: record.id):
        yield list(group)


def _voices(store: Store) -> Mapping[str, Voice]:
    return {info.id: info.voice for info in store.sources()}
