"""Records as nodes and back, without loss, driven by the one declaration of each field in `ontology.schema`.

One record is one node: `(:Statement {revision, row, record, id, place, ..., name, effortLow, effortHigh, ...})`. `row`
is its place in its source, in the order of `graph.content.key_of`. A range is two properties and a date
is ISO text. What is absent is no property.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any, TypeAlias

from ontology.errors import UnreadableStatement
from ontology.records import R, Record, kind_of
from ontology.schema import Field, fields_of
from ontology.values import Range, Source

Properties: TypeAlias = dict[str, object]

HEADER = ("revision", "row", "record", "id", "place", "statedOn", "statedDate", "rule", "premises")
"""What every statement has beside the fields of its kind; `record` names the kind."""


def properties_of(record: Record, row: int) -> Properties:
    """What stands on the node of a record."""
    source = record.source
    found: Properties = {"row": row, "record": kind_of(type(record)), "id": record.id, "place": source.place}
    for name, words in (("statedOn", source.page), ("statedDate", source.date), ("rule", source.rule)):
        if words is not None:
            found[name] = words
    if source.premises:
        found["premises"] = list(source.premises)
    for field in fields_of(type(record)):
        found.update(written(field, getattr(record, field.name)))
    return found


def written(field: Field, value: object) -> Iterator[tuple[str, object]]:
    """The properties that hold a value: none for what is absent, two for a range."""
    match value:
        case None | ():
            return
        case Range():
            low, high = property_names(field)
            yield low, value.low
            yield high, value.high
        case tuple():
            yield field.property_name, list(value)
        case date():
            yield field.property_name, value.isoformat()
        case _:
            yield field.property_name, value


@cache
def property_names(field: Field) -> tuple[str, ...]:
    """The properties that hold a field: two for a range, one for everything else."""
    name = field.property_name
    return (f"{name}Low", f"{name}High") if field.kind == "range" else (name,)


def reader(record_type: type[R], source_id: str) -> Callable[[Mapping[str, object]], R]:
    """Makes a record of the properties of its node.

    It raises `UnreadableStatement` where a hand other than ours left the node without something a record must have.
    """
    fields = [
        (field.name, _READ[field.kind, field.many], property_names(field)[0], property_names(field)[-1])
        for field in fields_of(record_type)
    ]

    def read(node: Mapping[str, object]) -> R:
        try:
            said = {name: value(node[low], node[high]) for name, value, low, high in fields if low in node}
            source = Source(
                id=source_id,
                place=_text(node["place"]),
                page=_text_or_none(node.get("statedOn")),
                date=_text_or_none(node.get("statedDate")),
                rule=_text_or_none(node.get("rule")),
                premises=_texts(node.get("premises")),
            )
            return record_type(id=_text(node["id"]), source=source, **said)
        except (KeyError, TypeError, ValueError) as error:
            raise UnreadableStatement(f"{kind_of(record_type)} {node.get('id')} of {source_id}", str(error)) from error

    return read


def _number(value: object) -> int:
    if not isinstance(value, int):
        raise TypeError(f"{value!r} is no whole number")
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is no text")
    return value


def _text_or_none(value: object) -> str | None:
    return None if value is None else _text(value)


def _texts(value: object) -> tuple[str, ...]:
    if value is None:
        return ()
    if not isinstance(value, list):
        raise TypeError(f"{value!r} is no list of texts")
    return tuple(_text(item) for item in value)


_READ: dict[tuple[str, bool], Callable[[object, object], Any]] = {
    ("text", False): lambda value, _: _text(value),
    ("text", True): lambda value, _: _texts(value),
    ("link", False): lambda value, _: _text(value),
    ("links", True): lambda value, _: _texts(value),
    ("number", False): lambda value, _: _number(value),
    ("date", False): lambda value, _: date.fromisoformat(_text(value)),
    ("range", False): lambda low, high: Range(_number(low), _number(high)),
}
"""How each kind of value is read, one or many."""
