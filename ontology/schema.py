"""One declaration per record field: its value kind, its storage term, and whether it holds many.

A record field is written once, as `name: Annotated[type, text("ceterms:name")]` in `records`. From that declaration
follow its RDF term (`term`), its JSON name (the field's own name) and its Neo4j property or relationship (the term's
local name, in camel case or upper snake case). Six value kinds exist; anything else is written by hand in a backend.
"""

import re
from dataclasses import dataclass, fields
from functools import cache
from typing import Annotated, Literal, get_args, get_origin, get_type_hints

from ontology.ids import TERMS

Kind = Literal["text", "number", "date", "link", "links", "range"]

PREFIXES = {
    "cp": TERMS,
    "ceterms": "https://purl.org/ctdl/terms/",
    "ceasn": "https://purl.org/ctdlasn/terms/",
    "asn": "http://purl.org/ASN/schema/core/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "esco": "http://data.europa.eu/esco/model#",
    "prov": "http://www.w3.org/ns/prov#",
    "dcterms": "http://purl.org/dc/terms/",
    "qdata": "https://credreg.net/qdata/terms/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

SCHEMA_VERSION = 1
"""Rises whenever a saved index or store of an earlier version would be read wrongly."""


@dataclass(frozen=True, slots=True)
class Declared:
    """What an annotation says of a field: its kind and its compact storage term."""

    kind: Kind
    term: str
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a record as storage sees it. `many` texts or links are a sorted tuple without repeats.

    `most` is the largest end of a quantity.
    """

    name: str
    kind: Kind
    term: str
    many: bool
    required: bool
    most: int | None = None

    @property
    def iri(self) -> str:
        """The storage term as a full IRI."""
        return expand_term(self.term)

    @property
    def is_link(self) -> bool:
        """Whether it leads to other records."""
        return self.kind in ("link", "links")

    @property
    def property_name(self) -> str:
        """The Neo4j property.

        >>> Field("other_names", "text", "skos:altLabel", many=True, required=False).property_name
        'otherNames'
        """
        head, *rest = self.name.split("_")
        return head + "".join(word.capitalize() for word in rest)

    @property
    def relationship(self) -> str:
        """The Neo4j relationship of a link, and its name in GraphML.

        >>> Field("provider", "link", "ceterms:offeredBy", many=False, required=False).relationship
        'OFFERED_BY'
        """
        return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", self.term.split(":")[1]).upper()


def text(term: str) -> Declared:
    """Words, or a sorted tuple of words."""
    return Declared("text", term)


def number(term: str) -> Declared:
    """A whole number."""
    return Declared("number", term)


def date(term: str) -> Declared:
    """A `datetime.date`."""
    return Declared("date", term)


def link(term: str) -> Declared:
    """The id of another record."""
    return Declared("link", term)


def links(term: str) -> Declared:
    """A sorted tuple of ids of other records."""
    return Declared("links", term)


def quantity(term: str, *, most: int) -> Declared:
    """A `Range` of whole numbers up to `most`."""
    return Declared("range", term, most)


def expand_term(term: str) -> str:
    """The full IRI of a compact term.

    >>> expand_term("ceterms:name")
    'https://purl.org/ctdl/terms/name'
    """
    prefix, local = term.split(":")
    return PREFIXES[prefix] + local


def fields_of(record_type: type) -> tuple[Field, ...]:
    """The declared fields of a record type, in the order of their declaration (not `id`, not `source`)."""
    return _declared_fields(record_type)  # cached apart, since mypy takes `type[Record]` for unhashable


def link_fields_of(record_type: type) -> tuple[Field, ...]:
    """Those of the declared fields that hold a link or links."""
    return tuple(field for field in fields_of(record_type) if field.is_link)


@cache
def _declared_fields(record_type: type) -> tuple[Field, ...]:
    hints = get_type_hints(record_type, include_extras=True)
    found = []
    for field in fields(record_type):
        hint = hints[field.name]
        if get_origin(hint) is not Annotated:
            continue
        value_type, declared = get_args(hint)
        many = get_origin(value_type) is tuple
        optional = many or type(None) in get_args(value_type)
        found.append(Field(field.name, declared.kind, declared.term, many, not optional, declared.most))
    return tuple(found)
