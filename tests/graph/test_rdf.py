"""What a record looks like as RDF, triple by triple."""

import pytest
from pyoxigraph import DefaultGraph, NamedNode, Quad

from graph.rdf import quads_of, record_of
from ontology.records import Cost, Credential, Record
from ontology.values import Range, Source

FIRST = Credential(
    id="id/b/credential/first",
    source=Source(id="b", place="row 2", page="https://example.org", date="2026-03"),
    name="First",
    type="Certification",
    provider="https://example.org/board",
    effort=Range(60, 90),
    languages=("de", "en"),
)
AGAIN = Credential(
    id=FIRST.id, source=Source(id="b", place="row 9", rule="r", premises=("id/b/credential/zero",)), name="1st"
)

ID, TERMS = "https://w3id.org/credpath/id", "https://w3id.org/credpath/terms"
A, INTEGER = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>", "<http://www.w3.org/2001/XMLSchema#integer>"


def written(*records: Record) -> list[Quad]:
    return list(quads_of(records, lambda _: DefaultGraph()))


def test_the_first_statement_stands_on_the_thing_itself() -> None:
    thing = f"<{ID}/b/credential/first>"
    assert [str(quad) for quad in written(FIRST)] == [
        f"{thing} {A} <{TERMS}/Credential>",
        f"{thing} {A} <https://purl.org/ctdl/terms/Certification>",
        f'{thing} <https://purl.org/ctdl/terms/name> "First"',
        f'{thing} <{TERMS}/credentialType> "Certification"',
        f"{thing} <https://purl.org/ctdl/terms/offeredBy> <https://example.org/board>",
        f'{thing} <https://purl.org/ctdl/terms/inLanguage> "de"',
        f'{thing} <https://purl.org/ctdl/terms/inLanguage> "en"',
        f'{thing} <{TERMS}/effortMinutesLow> "60"^^{INTEGER}',
        f'{thing} <{TERMS}/effortMinutesHigh> "90"^^{INTEGER}',
        f"{thing} <{TERMS}/saidBy> <https://w3id.org/credpath/source/b>",
        f'{thing} <{TERMS}/place> "row 2"',
        f'{thing} <{TERMS}/statedOn> "https://example.org"',
        f'{thing} <{TERMS}/statedDate> "2026-03"',
    ]


def test_a_further_statement_points_to_the_thing() -> None:
    further = [quad for quad in written(FIRST, AGAIN) if quad.subject != NamedNode(f"{ID}/b/credential/first")]
    node = str(further[0].subject)
    assert node.startswith("<https://w3id.org/credpath/statement/")
    assert [str(quad) for quad in further] == [
        f"{node} {A} <{TERMS}/CredentialStatement>",
        f"{node} <{TERMS}/about> <{ID}/b/credential/first>",
        f'{node} <https://purl.org/ctdl/terms/name> "1st"',
        f"{node} <{TERMS}/saidBy> <https://w3id.org/credpath/source/b>",
        f'{node} <{TERMS}/place> "row 9"',
        f'{node} <{TERMS}/rule> "r"',
        f"{node} <{TERMS}/premise> <{ID}/b/credential/zero>",
    ]
    assert record_of(further) == AGAIN


def test_each_graph_has_a_first_statement_of_its_own() -> None:
    graphs = {"row 2": NamedNode("https://example.org/1"), "row 9": NamedNode("https://example.org/2")}
    quads = quads_of([FIRST, AGAIN], lambda record: graphs[record.source.place])
    assert {str(quad.subject) for quad in quads} == {f"<{ID}/b/credential/first>"}


def test_money_stays_whole_minor_units() -> None:
    cost = Cost(
        id="id/b/cost/1",
        source=AGAIN.source,
        credential=FIRST.id,
        kind="exam",
        amount=Range(1999, 1999),
        currency="GBP",
    )
    amounts = {str(quad.object) for quad in written(cost) if "amountMinor" in quad.predicate.value}
    assert amounts == {f'"1999"^^{INTEGER}'}
    assert record_of(written(cost)) == cost


@pytest.mark.parametrize("type_", ["CredentialOrganization", "CostProfile", "AssessmentProfile"])
def test_a_credential_whose_type_is_the_class_of_another_kind_stays_a_credential(type_: str) -> None:
    odd = Credential(id=FIRST.id, source=FIRST.source, name="First", type=type_)
    quads = list(quads_of([odd], lambda _: DefaultGraph()))
    assert record_of(quads) == record_of(quads[::-1]) == odd
    assert [str(quad.object) for quad in quads if str(quad.predicate) == A] == [
        "<https://w3id.org/credpath/terms/Credential>"
    ]


def test_a_type_that_is_no_class_name_stays_words_only() -> None:
    odd = Credential(id=FIRST.id, source=FIRST.source, name="First", type="short course / CPD")
    quads = written(odd)
    assert [str(quad.object) for quad in quads if str(quad.predicate) == A] == [f"<{TERMS}/Credential>"]
    assert record_of(quads) == odd


def test_a_node_that_is_no_record_is_nothing() -> None:
    thing = NamedNode("https://example.org/x")
    assert record_of([Quad(thing, NamedNode("https://example.org/p"), thing)]) is None
