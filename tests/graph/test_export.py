"""Exports are read back by other libraries, and the same content gives the same bytes."""

import io
import json
import os
import subprocess
import sys
from itertools import permutations
from pathlib import Path

import networkx as nx
import pyoxigraph
import pytest
import rdflib
from hypothesis import given, settings

from graph.content import key_of
from graph.export import Format, export
from graph.rdf import record_of
from graph.stores.memory import MemoryStore
from ontology.ids import expand
from ontology.records import Credential, Record
from ontology.values import Source, SourceInfo
from tests.every_kind import WORLD
from tests.strategies import contents

BOARD = SourceInfo(id="board", title="Scrum board", voice="issuer", licence="CC BY", page="https://example.org")
PRESS = SourceInfo(id="press", title="Press", voice="others")
BY_PRESS = Credential(id="id/b/credential/first", source=Source(id="press", place="a"), name="The first one")
FORMATS: tuple[Format, ...] = ("turtle", "jsonld", "nquads", "graphml")
READABLE = {
    "turtle": pyoxigraph.RdfFormat.TURTLE,
    "jsonld": pyoxigraph.RdfFormat.JSON_LD,
    "nquads": pyoxigraph.RdfFormat.N_QUADS,
}


@pytest.fixture
def store() -> MemoryStore:
    filled = MemoryStore()
    filled.replace_source(BOARD, WORLD)
    filled.replace_source(PRESS, [BY_PRESS])
    return filled


def file_of(store: MemoryStore, format_: Format) -> bytes:
    return b"".join(export(store, format_))


def read_back(data: bytes, format_: Format) -> list[Record]:
    dataset = pyoxigraph.Store()
    dataset.load(data, READABLE[format_])
    nodes = {(quad.subject, quad.graph_name) for quad in dataset}
    found = (record_of(dataset.quads_for_pattern(subject, None, None, graph)) for subject, graph in nodes)
    return sorted((record for record in found if record is not None), key=key_of)


@pytest.mark.parametrize("format_", ["turtle", "jsonld", "nquads"])
def test_every_statement_survives_the_journey(store: MemoryStore, format_: Format) -> None:
    assert read_back(file_of(store, format_), format_) == sorted([*WORLD, BY_PRESS], key=key_of)


@pytest.mark.parametrize("format_", ["turtle", "jsonld", "nquads"])
@settings(max_examples=60, deadline=None)
@given(one=contents("board"), other=contents("press"))
def test_any_statements_survive_the_journey(format_: Format, one: list[Record], other: list[Record]) -> None:
    store = MemoryStore()
    store.replace_source(BOARD, one)
    store.replace_source(PRESS, other)
    assert read_back(file_of(store, format_), format_) == sorted([*one, *other], key=key_of)


@pytest.mark.parametrize("format_", FORMATS)
def test_the_order_of_loading_is_not_in_the_bytes(store: MemoryStore, format_: Format) -> None:
    for sources in permutations([(BOARD, WORLD[::-1]), (PRESS, (BY_PRESS,))]):
        again = MemoryStore()
        for info, records in sources:
            again.replace_source(info, records)
        assert file_of(again, format_) == file_of(store, format_)


@pytest.mark.parametrize("format_", FORMATS)
def test_another_process_writes_the_same_bytes(store: MemoryStore, format_: Format) -> None:
    script = (
        "import sys; from graph.export import export; from tests.graph.test_export import BOARD, BY_PRESS, PRESS;"
        "from graph.stores.memory import MemoryStore; from tests.every_kind import WORLD; s = MemoryStore();"
        "s.replace_source(PRESS, [BY_PRESS]); s.replace_source(BOARD, WORLD);"
        f"sys.stdout.buffer.write(b''.join(export(s, {format_!r})))"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "7", "PYTHONPATH": str(Path(__file__).parents[2])}
    other = subprocess.run([sys.executable, "-c", script], env=environment, check=True, capture_output=True)
    assert other.stdout == file_of(store, format_)


@pytest.mark.parametrize("format_", FORMATS)
def test_an_empty_store_is_an_empty_file_of_its_format(format_: Format) -> None:
    data = file_of(MemoryStore(), format_)
    if format_ == "graphml":
        assert len(nx.read_graphml(io.BytesIO(data))) == 0
    else:
        assert read_back(data, format_) == []


def test_a_large_export_is_one_file(store: MemoryStore) -> None:
    many = [
        Credential(
            id=f"id/press/credential/{number}", source=Source(id="press", place="@prefix a"), name=f"\n@prefix {number}"
        )
        for number in range(3_000)
    ]
    store.replace_source(PRESS, many)
    pieces = list(export(store, "turtle"))
    assert len(pieces) > 2
    assert pieces[0].startswith(b"@prefix asn: ")
    assert read_back(b"".join(pieces), "turtle") == sorted([*WORLD, *many], key=key_of)


def test_the_most_believed_statement_stands_on_the_thing_itself(store: MemoryStore) -> None:
    graph = rdflib.Graph().parse(data=file_of(store, "turtle"), format="turtle")
    name = rdflib.URIRef("https://purl.org/ctdl/terms/name")
    thing = rdflib.URIRef(expand("id/b/credential/first"))
    assert [str(said) for said in graph.objects(thing, name)] == ["First"]
    store.replace_source(SourceInfo(id="press", title="Press", voice="own organisation"), [BY_PRESS])
    graph = rdflib.Graph().parse(data=file_of(store, "turtle"), format="turtle")
    assert [str(said) for said in graph.objects(thing, name)] == ["The first one"]


def test_each_source_is_a_graph_of_n_quads_and_is_described(store: MemoryStore) -> None:
    dataset = pyoxigraph.Store()
    dataset.load(file_of(store, "nquads"), pyoxigraph.RdfFormat.N_QUADS)
    assert sorted(str(graph) for graph in dataset.named_graphs()) == [
        "<https://w3id.org/credpath/source/board>",
        "<https://w3id.org/credpath/source/press>",
    ]
    title = pyoxigraph.NamedNode("http://purl.org/dc/terms/title")
    described = dataset.quads_for_pattern(None, title, None, pyoxigraph.DefaultGraph())
    assert sorted(str(quad.object) for quad in described) == ['"Press"', '"Scrum board"']


def test_json_ld_reads_as_plain_json(store: MemoryStore) -> None:
    nodes = {node["@id"]: node for node in json.loads(file_of(store, "jsonld"))["@graph"]}
    price = nodes[expand("id/b/cost/1")]
    assert price == {
        "@id": expand("id/b/cost/1"),
        "@type": "ceterms:CostProfile",
        "cp:credential": expand("id/b/credential/first"),
        "ceterms:directCostType": "exam",
        "cp:amountMinorLow": 15000,
        "cp:amountMinorHigh": 20000,
        "ceterms:currency": "GBP",
        "cp:saidBy": "https://w3id.org/credpath/source/board",
        "cp:place": "p1",
        "cp:statedOn": "https://example.org/first",
        "cp:statedDate": "2026-03",
    }


def test_graphml_draws_things_as_they_are_believed(store: MemoryStore) -> None:
    store.replace_source(PRESS, [BY_PRESS, Credential(id="id/b/credential/odd", source=BY_PRESS.source, name="a\x00b")])
    picture = nx.read_graphml(io.BytesIO(file_of(store, "graphml")))
    assert picture.nodes[expand("id/b/credential/first")] == {"kind": "credential", "name": "First"}
    assert picture.nodes[expand("id/b/credential/odd")] == {"kind": "credential", "name": "a\ufffdb"}
    assert picture.nodes[expand("id/b/claim/1")] == {"kind": "claim", "name": "claim"}
    out = picture.out_edges(expand("id/b/claim/1"), data="relation")
    assert sorted((target, relation) for _, target, relation in out) == [
        (expand("id/b/competency/c"), "COMPETENCY"),
        (expand("id/b/credential/first"), "SUBJECT"),
    ]
