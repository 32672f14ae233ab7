"""Which ids can be kept: whatever is let in, every RDF store can write."""

import string

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pyoxigraph import NamedNode

from graph.iris import check_id, graph_iri, is_id, source_iri, source_of, statement_iri
from ontology.errors import UnusableId
from ontology.ids import compact, expand

CHARACTERS = st.sampled_from(
    string.ascii_letters + string.digits + "-._~:/?#[]@!$&'()*+,;=%éΩ中\u200e \"<>\\^`{|}\n\t\x00\ue000\ufffe𝄞"
)


@settings(max_examples=2000, deadline=None)
@given(
    start=st.sampled_from(["id/", "http://", "https://example.org/", "urn:", "mailto:", "", "a:", "http://h:"]),
    rest=st.text(CHARACTERS, max_size=8),
)
@example(start="http://", rest="[::1/")
@example(start="http://", rest="a:b/")
@example(start="urn:", rest="//x:y")
@example(start="id/", rest="%zz")
def test_every_id_that_is_let_in_can_be_written_and_comes_back(start: str, rest: str) -> None:
    id_ = start + rest
    try:
        check_id(id_, "credential")
    except UnusableId:
        return
    assert compact(NamedNode(expand(id_)).value) == id_


@pytest.mark.parametrize(
    "id_",
    [
        "id/uk-digital/role/senior-product-manager",
        "https://credentialengineregistry.org/resources/ce-4b7d?x=%20#part",
        "http://data.europa.eu/esco/skill/é",
        "urn:uuid:6e8bc430-9c3a-11d9-9669-0800200c9a66",
        "did:web:example.org",
        "https://example.org:8080",
    ],
)
def test_ids_of_the_field_are_let_in(id_: str) -> None:
    check_id(id_, "credential")


def test_an_id_may_be_long_but_not_without_end() -> None:
    check_id(f"id/{'x' * 1997}", "role")
    with pytest.raises(UnusableId, match=r"the role 'id/x{57}\.\.\.' .* it has 2001 characters, and 2000 are the most"):
        check_id(f"id/{'x' * 1998}", "role")
    assert not is_id(f"id/{'x' * 1998}")


def test_a_full_iri_under_our_base_is_asked_for_in_its_compact_form() -> None:
    with pytest.raises(UnusableId, match="in their compact form"):
        check_id("https://w3id.org/credpath/id/uk-digital/role/x", "role")


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_any_name_of_a_source_makes_an_iri(source_id: str) -> None:
    assert source_of(NamedNode(source_iri(source_id)).value) == source_id
    assert NamedNode(graph_iri(source_id, "0f")).value.endswith("/0f")


def test_statements_at_two_places_are_two_nodes() -> None:
    iris = {statement_iri("cost", "id/b/cost/1", source, place) for source in ("a", "b") for place in ("1", "2")}
    assert len(iris) == 4
    assert statement_iri("cost", "id/b/cost/1", "a", "1") == (
        "https://w3id.org/credpath/statement/8a8469d543c3350a7d7faca9db6d2417"
    )
