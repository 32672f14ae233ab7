"""The Cypher that draws things as nodes and their links as relationships; labels and types come from the schema.

Every node that is drawn is a `:Thing` too, with a `key` of kind and id, so a dozen queries serve all kinds: planning is
slow where there is one query a kind. A link to something of a wrong kind, or that nobody knows, leads to no thing: it
leads to `(:Missing {id})`, by `LEADS_NOWHERE`, from where it is found again as soon as the thing is known.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from graph.stores.neo4j.portions import counted
from graph.stores.neo4j.statements import Properties, written
from graph.stores.neo4j.truth import Thing
from graph.targets import TARGETS
from ontology.records import KINDS, RECORD_TYPES, Record, kind_of
from ontology.schema import fields_of, link_fields_of

NOWHERE = "LEADS_NOWHERE"

_TYPES = "|".join(sorted({field.relationship for kind in RECORD_TYPES for field in link_fields_of(kind)}))
_THESE = "UNWIND $keys AS key MATCH (x:Thing {key: key})"

DRAWN = f"{_THESE} RETURN x.key"
"""Which of these things are drawn."""

WEIGH = f"{_THESE} RETURN sum({counted('x')})"
"""How many characters stand on these things."""

DRAW_NEW = "UNWIND $rows AS row CREATE (x:Thing:$(row[0])) SET x = row[2], x.key = row[1]"
"""Draw things that are not there: twice as fast."""

DRAW_OVER = "UNWIND $rows AS row MERGE (x:Thing {key: row[1]}) SET x = row[2], x.key = row[1], x:$(row[0])"
"""Draw things over those that are there: label, key, properties."""

ERASE_NOWHERE = (
    f"{_THESE}-[link:{NOWHERE}]->(m) DELETE link WITH DISTINCT m WHERE NOT EXISTS {{ (m)<-[:{NOWHERE}]-() }} DELETE m"
)
"""Let these things lead nowhere no longer, and forget what nobody else looks for."""

_SOME = f"{_THESE}-[line]-() WITH line LIMIT $most"

WEIGH_LINES = f"{_SOME} RETURN sum({counted('line')})"
"""How many characters stand on some of what hangs on these things."""

SEVER = f"{_SOME} DELETE line RETURN count(line)"
"""Delete some of what hangs on these things: on one thing there may hang more than one transaction can hold."""

ERASE = f"{_THESE} DETACH DELETE x"
"""Delete these things."""

LINKING_TO = f"UNWIND $keys AS key MATCH (:Thing {{key: key}})<-[:{_TYPES}]-(x:Thing) RETURN DISTINCT x.key"
"""What is linked to these things."""

FORWARDING_TO = "MATCH (x:Forwarding) WHERE x.to IN $ids RETURN x.key"
"""The records that forward to these ids: they may lead to things of every kind."""

WAITING_FOR = f"UNWIND $ids AS id MATCH (:Missing {{id: id}})<-[:{NOWHERE}]-(x:Thing) RETURN DISTINCT x.key"
"""What has links that lead nowhere as long as these ids are missing."""

ERASE_LINKS = f"{_THESE}-[link:{_TYPES}]->() DELETE link"
"""Delete the links of these things."""

DRAW_LINKS = (
    "UNWIND $links AS link MATCH (x:Thing {key: link[0]}) MATCH (t:Thing {key: link[2]}) CREATE (x)-[:$(link[1])]->(t)"
)
"""Draw links: from, type, to."""

DRAW_NOWHERE = (
    "UNWIND $links AS link MATCH (x:Thing {key: link[0]}) MERGE (m:Missing {id: link[2]}) "
    f"CREATE (x)-[:{NOWHERE} {{field: link[1]}}]->(m)"
)
"""Draw links that lead nowhere: from, field, id."""


@dataclass(frozen=True, slots=True)
class Node:
    """A thing as it is drawn."""

    label: str
    key: str
    said: Properties


@dataclass(frozen=True, slots=True)
class Link:
    """A link as it is drawn: from a thing, by a field, to one of these things, whichever there are."""

    start: str
    field: str
    type: str
    id: str
    ends: tuple[str, ...]


def key_of(thing: Thing) -> str:
    """What tells a thing that is drawn from every other."""
    kind, id_ = thing
    return f"{kind_of(kind)} {id_}"


def thing_of(key: str) -> Thing:
    """The inverse of `key_of`."""
    kind, _, id_ = key.partition(" ")
    return KINDS[kind], id_


def rivals(key: str) -> list[str]:
    """A thing, and those of the same id to which the same links would lead."""
    kind, id_ = thing_of(key)
    return [key_of((other, id_)) for other in _RIVALS[kind]]


def node_of(record: Record) -> Node:
    """The node of a thing; dates are dates there, for `date()` to compare with, and links are ids."""
    kind = type(record)
    said: Properties = {"id": record.id}
    for field in fields_of(kind):
        value = getattr(record, field.name)
        if isinstance(value, date):
            said[field.property_name] = value
        else:
            said.update(written(field, value))
    return Node(kind.__name__, key_of((kind, record.id)), said)


def links_of(record: Record) -> Iterator[Link]:
    """The links of a thing."""
    kind = type(record)
    start = key_of((kind, record.id))
    for field in link_fields_of(kind):
        value = getattr(record, field.name)
        for id_ in value if field.many else () if value is None else (value,):
            ends = tuple(key_of((target, id_)) for target in TARGETS[field.name])
            yield Link(start, field.property_name, field.relationship, id_, ends)


_RIVALS: dict[type[Record], list[type[Record]]] = {
    kind: [
        other
        for other in RECORD_TYPES
        if other is kind or any({kind, other} <= set(targets) for name, targets in TARGETS.items() if name != "to")
    ]
    for kind in RECORD_TYPES
}
"""By kind, the kinds that stand beside it in what some field may lead to."""
