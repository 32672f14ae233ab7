"""The published shapes accept what the store writes, refuse what is broken, and say the same as the records."""

import gc
from pathlib import Path
from typing import Literal as Words
from typing import get_args, get_origin, get_type_hints

import pyoxigraph
import pyshacl
import pytest
from rdflib import RDF, SH, Graph, Namespace, URIRef
from rdflib.collection import Collection

import ontology.ids
from graph.rdf import class_of, quads_of, statement_class_of, storage_terms
from graph.store import open_store
from ontology.records import RECORD_TYPES, Record
from ontology.schema import expand_term, fields_of
from ontology.values import SourceInfo
from tests.every_kind import WORLD

FILE = Path(ontology.ids.__file__).with_name("shapes.ttl")
SHAPES = Namespace("https://w3id.org/credpath/shapes/")


@pytest.fixture(scope="module")
def shapes() -> Graph:
    return Graph().parse(FILE)


def ntriples(records: tuple[Record, ...]) -> str:
    store = pyoxigraph.Store()
    store.extend(quads_of(records, lambda _: pyoxigraph.DefaultGraph()))
    return str(store)


def report(data: str, shapes: Graph) -> tuple[bool, str]:
    conforms, _, words = pyshacl.validate(Graph().parse(data=data, format="nt"), shacl_graph=shapes)
    return conforms, words


def test_what_the_store_writes_conforms(shapes: Graph) -> None:
    assert {type(record) for record in WORLD} == set(RECORD_TYPES)
    conforms, words = report(ntriples(WORLD), shapes)
    assert conforms, words


@pytest.mark.parametrize(
    ("found", "instead", "complaint"),
    [
        ('<https://purl.org/ctdl/terms/name> "First" .', '<https://example.org/called> "First" .', "MinCount"),
        ('directCostType> "exam"', 'directCostType> "bribe"', "In"),
        ('amountMinorLow> "15000"', 'amountMinorLow> "25000"', "LessThanOrEquals"),
        ("amountMinorHigh>", "amountMinorTop>", "Xone"),
        ('amountMinorLow> "15000"^^<http://www.w3.org/2001/XMLSchema#integer>', 'amountMinorLow> "150.00"', "Datatype"),
        ('importance> "100"', 'importance> "101"', "MaxInclusive"),
        ('offeredBy> <https://w3id.org/credpath/id/b/provider/b>', 'offeredBy> "Board"', "NodeKind"),
        ('isProctored> "yes"', 'isProctored> "maybe"', "In"),
        ("credpath/terms/saidBy>", "credpath/terms/heardFrom>", "Node"),
        ("credpath/terms/about>", "credpath/terms/around>", "MinCount"),
    ],
)  # fmt: skip
def test_what_is_broken_is_refused(shapes: Graph, found: str, instead: str, complaint: str) -> None:
    whole = ntriples(WORLD)
    assert found in whole
    conforms, words = report(whole.replace(found, instead), shapes)
    assert not conforms
    assert f"{complaint}ConstraintComponent" in words


def test_every_graph_of_a_folder_conforms(shapes: Graph, tmp_path: Path) -> None:
    store = open_store(f"oxigraph:{tmp_path / 'store'}")
    store.replace_source(SourceInfo(id="board", title="Board", voice="issuer", licence="CC BY", digest="0f"), WORLD)
    store.amend(WORLD[-1])
    store.close()
    gc.collect()
    graphs: dict[str, str] = {}
    for quad in pyoxigraph.Store.read_only(str(tmp_path / "store")):
        name = str(quad.graph_name)
        graphs[name] = graphs.get(name, "") + f"{quad.triple} .\n"
    assert len(graphs) == 3
    for data in graphs.values():
        conforms, words = report(data, shapes)
        assert conforms, words
    described = graphs["DEFAULT"]
    assert described.count('terms/voice> "issuer"') == 1
    conforms, words = report(described.replace('terms/voice> "issuer"', 'terms/voice> "hearsay"'), shapes)
    assert not conforms
    assert "InConstraintComponent" in words


def test_a_second_value_of_a_single_field_is_refused(shapes: Graph) -> None:
    name = f"<{expand_term('ceterms:name')}>"
    extra = f'<https://w3id.org/credpath/id/b/provider/b> {name} "Another board" .\n'
    conforms, words = report(ntriples(WORLD) + extra, shapes)
    assert not conforms
    assert "MaxCountConstraintComponent" in words


@pytest.mark.parametrize("kind", RECORD_TYPES)
def test_each_shape_says_what_the_record_says(shapes: Graph, kind: type[Record]) -> None:
    shape = SHAPES[kind.__name__]
    targets = {str(target) for target in shapes.objects(shape, SH.targetClass)}
    assert targets == {expand_term(class_of(kind)), expand_term(statement_class_of(kind))}
    assert shapes.value(shape, SH.node) == SHAPES.Said
    hints = get_type_hints(kind)
    stated = {str(shapes.value(node, SH.path)): node for node in shapes.objects(shape, SH.property)}
    fields = {expand_term(term): field for field in fields_of(kind) for term in storage_terms(field)}
    assert set(stated) == set(fields)
    for path, field in fields.items():
        node = stated[path]
        least, most, values = (shapes.value(node, said) for said in (SH.minCount, SH.maxCount, SH["in"]))
        assert str(least) == ("1" if field.required else "None"), path
        assert (most is None) == field.many, path
        if field.is_link:
            assert shapes.value(node, SH.nodeKind) == SH.IRI, path
        else:
            plain = {"text": "string", "number": "integer", "range": "integer", "date": "date"}[field.kind]
            assert shapes.value(node, SH.datatype) == URIRef(expand_term(f"xsd:{plain}")), path
        listed = [] if values is None else [str(value) for value in Collection(shapes, values)]
        assert listed == list(words_of(hints[field.name])), path


def words_of(hint: object) -> tuple[str, ...]:
    if get_origin(hint) is Words:
        return get_args(hint)
    return next((found for inner in get_args(hint) if (found := words_of(inner))), ())


def test_there_is_no_shape_without_a_record(shapes: Graph) -> None:
    kinds = {SHAPES[kind.__name__] for kind in RECORD_TYPES}
    assert set(shapes.subjects(RDF.type, SH.NodeShape)) == kinds | {SHAPES.Said, SHAPES.Statement, SHAPES.Source}
