"""Records as N-Triples text say what they say as quads."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, RdfFormat

from graph.lines import RECORDS_IN_A_CHUNK, Ahead, Nodes, lines_of, record_said, said_of
from graph.rdf import quads_of
from ontology.records import Credential, Level, Record
from ontology.values import Source
from tests.every_kind import WORLD
from tests.strategies import contents
from tests.strategies import records as one_record

HERE = Source(id="my board", place="row 2")


def read(records: list[Record]) -> list[pyoxigraph.Quad]:
    return list(pyoxigraph.parse(b"".join(lines_of(records)), RdfFormat.N_TRIPLES))


def test_a_statement_is_a_line() -> None:
    level = Level(id="id/b/level/1", source=HERE, scale="https://example.org/s", rank=1, name="Well \\ knows")
    about, terms = "https://w3id.org/credpath/id/b/level/1", "https://w3id.org/credpath/terms"
    a = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
    assert b"".join(lines_of([level])).decode().splitlines() == [
        f"<{about}> <{a}> <http://purl.org/ASN/schema/core/ProgressionLevel> .",
        f"<{about}> <{terms}/scale> <https://example.org/s> .",
        f'<{about}> <{terms}/rank> "1"^^<http://www.w3.org/2001/XMLSchema#integer> .',
        f'<{about}> <http://www.w3.org/2004/02/skos/core#prefLabel> "Well \\\\ knows" .',
        f"<{about}> <{terms}/saidBy> <https://w3id.org/credpath/source/my%20board> .",
        f'<{about}> <{terms}/place> "row 2" .',
    ]


def test_every_kind_says_in_text_what_it_says_in_quads() -> None:
    assert read([*WORLD]) == list(quads_of(WORLD, lambda _: DefaultGraph()))


@given(records=contents())
def test_any_record_says_in_text_what_it_says_in_quads(records: list[Record]) -> None:
    assert read(records) == list(quads_of(records, lambda _: DefaultGraph()))


def test_odd_words_come_back_as_they_were() -> None:
    name = 'a "quoted" \\ word\r\n\ttab \x00\x1f\x7f\x85 \u2028 \ufffe \U0001f600 é'
    (said,) = [q.object for q in read([Level(id="id/b/level/1", source=HERE, scale="id/s", rank=-1, name=name)])
               if q.predicate.value.endswith("prefLabel")]  # fmt: skip
    assert isinstance(said, pyoxigraph.Literal)
    assert said.value == name


def test_a_thing_met_in_an_earlier_chunk_gets_further_statements() -> None:
    many: list[Record] = [
        Credential(id=f"id/b/credential/{n % RECORDS_IN_A_CHUNK}", source=Source(id="b", place=f"row {n}"), name="x")
        for n in range(2 * RECORDS_IN_A_CHUNK + 1)
    ]
    assert len(list(lines_of(many))) == 3
    assert read(many) == list(quads_of(many, lambda _: DefaultGraph()))
    assert list(lines_of([])) == []


@given(records=contents(), piece=st.integers(1, 90))
def test_what_a_store_writes_is_read_piece_by_piece(records: list[Record], piece: int) -> None:
    store = pyoxigraph.Store()
    store.extend(quads_of(records, lambda _: DefaultGraph()))
    text = store.dump(format=RdfFormat.N_TRIPLES, from_graph=DefaultGraph()) or b""
    found: list[Record | None] = []
    nodes = Nodes(lambda node, said: found.append(record_said(node, said)))
    for start in range(0, len(text), piece):
        nodes.write(text[start : start + piece])
    nodes.end()
    assert sorted(map(repr, found)) == sorted(map(repr, records))


@given(record=one_record())
def test_a_store_writes_a_statement_as_we_do(record: Record) -> None:
    store = pyoxigraph.Store()
    store.extend(quads_of([record], lambda _: DefaultGraph()))
    text = store.dump(format=RdfFormat.N_TRIPLES, from_graph=DefaultGraph()) or b""
    node, said = said_of(record, first=True)
    assert sorted(text.decode().split("\n")[:-1]) == sorted({f"{node} {statement} ." for statement in said})


def test_a_node_that_is_no_record_is_passed_over() -> None:
    assert record_said("<https://example.org/x>", ["<https://example.org/p> <https://example.org/x>"]) is None


def test_pieces_that_are_made_ahead_are_read_in_order_at_any_size() -> None:
    with ThreadPoolExecutor(1) as maker:
        text = Ahead(maker, iter([b"abcde", b"f", b"ghi"]))
        assert [text.read(4) for _ in range(6)] == [b"abcd", b"e", b"f", b"ghi", b"", b""]


def test_what_fails_while_it_is_made_ahead_fails_the_reader() -> None:
    def failing() -> Iterator[bytes]:
        yield b"abc"
        raise KeyError("row 7")

    with ThreadPoolExecutor(1) as maker:
        text = Ahead(maker, failing())
        assert text.read(9) == b"abc"
        with pytest.raises(KeyError, match="row 7"):
            text.read(9)


@given(records=contents(), piece=st.integers(1, 90))
def test_rows_of_a_query_are_read_as_lines_are(records: list[Record], piece: int) -> None:
    store = pyoxigraph.Store()
    store.extend(quads_of(records, lambda _: DefaultGraph()))
    rows = store.query("SELECT ?node ?property ?value { ?node ?property ?value }")
    assert isinstance(rows, pyoxigraph.QuerySolutions)
    text = rows.serialize(format=pyoxigraph.QueryResultsFormat.TSV) or b""
    found: list[Record | None] = []
    nodes = Nodes(lambda node, said: found.append(record_said(node, said)))
    for start in range(0, len(text), piece):
        nodes.write(text[start : start + piece])
    nodes.end()
    assert found[0] is None
    assert sorted(map(repr, found[1:])) == sorted(map(repr, records))
