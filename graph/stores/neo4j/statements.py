"""Records as nodes and back, without loss, driven by the one declaration of each field in `ontology.schema`.

One record is one node: `(:Statement {revision, row, record, id, place, ..., name, effortLow, effortHigh, ...})`. `row`
is its place in its source, in the order of `graph.content.key_of`. A range is two properties, a date is ISO text, and
a whole number that no 64 bits hold is text. What is absent is no property.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import cache
from itertools import islice
from typing import TypeAlias

from ontology.errors import UnreadableStatement
from ontology.records import R, Record, kind_of
from ontology.schema import Field, fields_of
from ontology.values import Range, Source

Properties: TypeAlias = dict[str, object]

HEADER = ("row", "id", "place", "statedOn", "statedDate", "rule", "premises")
"""What every statement has beside the fields of its kind; `record` names the kind."""

_MOST = 2**63


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
            yield low, _whole(value.low)
            yield high, _whole(value.high)
        case tuple():
            yield field.property_name, list(value)
        case date():
            yield field.property_name, value.isoformat()
        case int():
            yield field.property_name, _whole(value)
        case _:
            yield field.property_name, value


@cache
def property_names(field: Field) -> tuple[str, ...]:
    """The properties that hold a field: two for a range, one for everything else."""
    name = field.property_name
    return (f"{name}Low", f"{name}High") if field.kind == "range" else (name,)


def columns(record_type: type[Record]) -> str:
    """What a query returns of the statements `s` of one kind, for `reader`."""
    names = (*HEADER, *(name for field in fields_of(record_type) for name in property_names(field)))
    return ", ".join(f"s.{name}" for name in names)


def reader(record_type: type[R], source_id: str) -> Callable[[Sequence[object]], R]:
    """Makes a record of the values in `columns`.

    It raises `UnreadableStatement` where a hand other than ours left the node without something a record must have.
    """
    fields = fields_of(record_type)

    def read(values: Sequence[object]) -> R:
        _, id_, place, page, stated, rule, premises = values[: len(HEADER)]
        rest = iter(values[len(HEADER) :])
        try:
            said = {field.name: _read(field, tuple(islice(rest, len(property_names(field))))) for field in fields}
            source = Source(
                id=source_id,
                place=_text(place),
                page=_text_or_none(page),
                date=_text_or_none(stated),
                rule=_text_or_none(rule),
                premises=_texts(premises),
            )
            return record_type(id=_text(id_), source=source, **said)
        except (TypeError, ValueError) as error:
            raise UnreadableStatement(f"{kind_of(record_type)} {id_} of {source_id}", str(error)) from error

    return read


def _read(field: Field, values: tuple[object, ...]) -> object:
    value = values[0]
    if field.many:
        return _texts(value)
    if value is None:
        if field.required:
            raise ValueError(f"it lacks {field.property_name}")
        return None
    match field.kind:
        case "number":
            return _number(value)
        case "date":
            return date.fromisoformat(_text(value))
        case "range":
            return Range(_number(value), _number(values[1]))
        case _:
            return _text(value)


def _whole(value: int) -> int | str:
    return value if -_MOST <= value < _MOST else str(value)


def _number(value: object) -> int:
    if not isinstance(value, int | str):
        raise TypeError(f"{value!r} is no whole number")
    return int(value)


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
