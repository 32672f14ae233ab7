"""What must go from a graph and what must come, line by line, whatever the order of nodes."""

import pyoxigraph
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph

from graph.content import Change, Content, compare, gather
from graph.lines import lines_of, said_of
from graph.rdf import quads_of
from graph.stores.difference import Difference
from ontology.records import Record, Role
from ontology.values import Source, SourceInfo
from tests.strategies import contents

TEST = SourceInfo(id="test", title="Test", voice="issuer")


def role(place: str, name: str) -> Role:
    return Role(id="id/t/role/x", source=Source(id="test", place=place), name=name)


def nodes_of(records: tuple[Record, ...]) -> dict[str, list[str]]:
    nodes: dict[str, list[str]] = {}
    for line in b"".join(lines_of(records)).decode().split("\n")[:-1]:
        node, _, said = line.partition(" ")
        nodes.setdefault(node, []).append(said.removesuffix(" ."))
    return nodes


def told(old: Content, new: Content, most: int = 1_000) -> tuple[Difference, Change]:
    difference = Difference(new, most=most)
    for node, said in reversed(nodes_of(old.records).items()):
        difference.take(node, said)
    return difference, difference.end()


@given(old=contents(), new=contents(), kept=st.data())
def test_taking_and_adding_makes_the_new_graph_of_the_old(
    old: list[Record], new: list[Record], kept: st.DataObject
) -> None:
    before = gather(TEST, old)
    stays = kept.draw(st.lists(st.sampled_from(old), unique_by=id)) if old else []
    keys = {(type(r), r.id, r.source.place) for r in new}
    after = gather(TEST, [*new, *(r for r in stays if (type(r), r.id, r.source.place) not in keys)])
    difference, change = told(before, after)
    quads = {str(quad) for quad in quads_of(before.records, lambda _: DefaultGraph())}
    quads -= {str(q) for q in pyoxigraph.parse("\n".join(difference.removed), pyoxigraph.RdfFormat.N_TRIPLES)}
    quads |= {str(q) for q in pyoxigraph.parse("\n".join(difference.added), pyoxigraph.RdfFormat.N_TRIPLES)}
    assert quads == {str(quad) for quad in quads_of(after.records, lambda _: DefaultGraph())}
    if before.digest != after.digest:
        assert change == compare(before, after)


def test_one_changed_word_is_one_line_out_and_one_line_in() -> None:
    name = "<https://w3id.org/credpath/id/t/role/x> <https://purl.org/ctdl/terms/name>"
    difference, change = told(gather(TEST, [role("p1", "old")]), gather(TEST, [role("p1", "new")]))
    assert (difference.removed, difference.added) == ([f'{name} "old" .'], [f'{name} "new" .'])
    assert change == Change(added=1, removed=1, unchanged=0, identical=False)


def test_a_statement_that_moves_to_another_node_has_not_changed() -> None:
    old, new = gather(TEST, [role("p2", "x")]), gather(TEST, [role("p1", "first"), role("p2", "x")])
    difference, change = told(old, new)
    assert change == Change(added=1, removed=0, unchanged=1, identical=False)
    assert said_of(role("p2", "x"), first=False)[0] in difference.added[-1]


def test_too_many_differences_are_let_go_and_still_counted() -> None:
    old = gather(TEST, [role(f"p{n}", "old") for n in range(9)])
    new = gather(TEST, [role(f"p{n}", "new") for n in range(8)])
    difference, change = told(old, new, most=10)
    assert difference.too_many
    assert (difference.removed, difference.added) == ([], [])
    assert change == Change(added=8, removed=9, unchanged=0, identical=False)


def test_what_is_no_record_is_taken_out() -> None:
    difference = Difference(gather(TEST, []), most=10)
    difference.take("<https://example.org/x>", ["<https://example.org/p> <https://example.org/x>"])
    assert difference.end() == Change(added=0, removed=0, unchanged=0, identical=False)
    assert difference.removed == ["<https://example.org/x> <https://example.org/p> <https://example.org/x> ."]
