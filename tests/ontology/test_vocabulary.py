"""The published vocabulary says what the records say: every own term is declared, and nothing is declared in vain."""

from pathlib import Path

import pytest
from rdflib import RDF, RDFS, SKOS, XSD, Graph, Literal, URIRef

import ontology.ids
from graph import rdf
from graph.rdf import SOURCE_TERMS, class_of, statement_class_of, storage_terms
from ontology.ids import TERMS
from ontology.records import RECORD_TYPES
from ontology.schema import PREFIXES, expand_term, fields_of

FILE = Path(ontology.ids.__file__).with_name("credpath.ttl")
DOMAIN, RANGE = (URIRef(f"https://schema.org/{name}") for name in ("domainIncludes", "rangeIncludes"))
PROVENANCE = (rdf.ABOUT, rdf.SAID_BY, rdf.PLACE, rdf.STATED_ON, rdf.STATED_DATE, rdf.RULE, rdf.PREMISE)
OF_THE_STORE = (
    "cp:Source", "cp:Statement", "cp:current", "cp:contentDigest", "cp:schemaVersion", "cp:writingSince",
    "cp:abandoned", "cp:lastRemoved", "cp:contentSums",
)  # fmt: skip
DATATYPES = {"text": XSD.string, "number": XSD.integer, "range": XSD.integer, "date": XSD.date}


@pytest.fixture(scope="module")
def vocabulary() -> Graph:
    return Graph().parse(FILE)


def own(terms: set[str]) -> set[str]:
    return {term for term in terms if term.startswith("cp:")}


def declared(vocabulary: Graph) -> set[str]:
    found = {*vocabulary.subjects(RDF.type, RDF.Property), *vocabulary.subjects(RDF.type, RDFS.Class)}
    return {f"cp:{str(term).removeprefix(TERMS)}" for term in found}


def test_every_term_in_use_is_declared_and_every_declared_term_is_in_use(vocabulary: Graph) -> None:
    used = {class_of(kind) for kind in RECORD_TYPES} | {statement_class_of(kind) for kind in RECORD_TYPES}
    for kind in RECORD_TYPES:
        for field in fields_of(kind):
            used |= {field.term, *storage_terms(field)}
    assert declared(vocabulary) == own(used | set(SOURCE_TERMS.values()) | set(PROVENANCE) | set(OF_THE_STORE))


def test_every_term_has_a_label_and_a_definition(vocabulary: Graph) -> None:
    for term in {*vocabulary.subjects(RDF.type, RDF.Property), *vocabulary.subjects(RDF.type, RDFS.Class)}:
        for said in (RDFS.label, SKOS.definition):
            words = vocabulary.value(term, said)
            assert isinstance(words, Literal), f"{term} lacks {said}"
            assert words.language == "en"


def test_every_property_names_its_subjects_as_the_records_do(vocabulary: Graph) -> None:
    expected: dict[str, set[str]] = {"cp:page": {"cp:Source"}}
    for kind in RECORD_TYPES:
        for field in fields_of(kind):
            for term in own({field.term, *storage_terms(field)}):
                expected.setdefault(term, set()).add(class_of(kind))
    for term, classes in expected.items():
        found = {str(domain) for domain in vocabulary.objects(URIRef(expand_term(term)), DOMAIN)}
        assert found == {expand_term(class_) for class_ in classes}, term


def test_every_property_names_its_objects_as_the_records_do(vocabulary: Graph) -> None:
    for kind in RECORD_TYPES:
        for field in fields_of(kind):
            for term in own({field.term, *storage_terms(field)}):
                found = set(vocabulary.objects(URIRef(expand_term(term)), RANGE))
                if field.is_link:
                    assert found
                    assert not found & set(DATATYPES.values()), term
                else:
                    assert found == {DATATYPES[field.kind]}, term


def test_alignments_lead_to_vocabularies_that_are_known(vocabulary: Graph) -> None:
    known = (*PREFIXES.values(), "https://schema.org/")
    matches = (SKOS.closeMatch, SKOS.relatedMatch, RDFS.seeAlso, RDFS.subClassOf, RDFS.subPropertyOf)
    targets = {str(target) for match in matches for target in vocabulary.objects(None, match)}
    assert len(targets) > 40
    assert all(target.startswith(known) for target in targets)


def test_no_kind_uses_one_term_for_two_fields() -> None:
    for kind in RECORD_TYPES:
        terms = [term for field in fields_of(kind) for term in storage_terms(field)]
        assert sorted({*terms, *PROVENANCE}) == sorted([*terms, *PROVENANCE]), kind


def test_no_two_kinds_share_a_class() -> None:
    classes = [class_of(kind) for kind in RECORD_TYPES] + [statement_class_of(kind) for kind in RECORD_TYPES]
    assert len(set(classes)) == 2 * len(RECORD_TYPES)
