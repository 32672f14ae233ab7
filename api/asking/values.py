"""The words for one field of a record become its value: each kind is read in its own way, and closed lists are offered.

Amounts carry their currency and efforts their unit, since a bare 16 may be hours, minutes or pounds.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Literal, get_args, get_origin, get_type_hints

from api.asking.reading import read_amount, read_currency, read_day
from ontology.errors import BadValue, UnknownName
from ontology.records import AdvancedStanding, Cost, Record, kind_of
from ontology.schema import Field, fields_of
from ontology.values import Range

Lead = Callable[[str, Field], str]
"""The id of the thing that words name, for a link. Raises an `InputError`."""

MONEY: Mapping[tuple[type[Record], str], str] = {
    (Cost, "amount"): "currency",
    (AdvancedStanding, "money_off"): "currency",
}
"""Fields that hold minor units, and the field that holds their currency."""

UNITS: Mapping[str, Mapping[str, int]] = {
    "effort": {"minute": 1, "min": 1, "m": 1, "hour": 60, "h": 60},
    "minutes_off": {"minute": 1, "min": 1, "m": 1, "hour": 60, "h": 60},
    "elapsed": {"day": 1, "d": 1, "week": 7, "w": 7},
}
"""Units in which a figure may be written, in terms of the one in which it is kept."""

CALLED: Mapping[str, str] = {"renewal": "renewal_months"}
"""What answers call a field, where that is not its name."""

BOUNDS: Mapping[str, tuple[int, int]] = {"importance": (0, 100), "at_least": (1, 1000), "rank": (1, 1000)}
LARGEST = 10**12

_SPAN = re.compile(r"\s*(\d[\d,.]*\s*[A-Za-z]*?)\s*(?:-|–|to)\s*(\d.*)", re.DOTALL)
_FIGURE = re.compile(r"\s*(\d+(?:\.\d+)?)\s*([a-z]*)\s*", re.ASCII)
_PAGE = re.compile(r"https?://[^\s/?#]+\.[^\s]+")
_WHEN = re.compile(r"\d{4}(-\d\d){0,2}")


def find_field(record_type: type[Record], words: str) -> Field:
    """The field of a kind of record that is called so. Raises `UnknownName` with the fields there are."""
    wanted = "_".join(words.strip().lower().replace("-", " ").replace("_", " ").split())
    wanted = CALLED.get(wanted, wanted)
    fields = {field.name: field for field in fields_of(record_type)}
    if wanted not in fields:
        raise UnknownName(f"field of a {kind_of(record_type)}", words, tuple(fields))
    return fields[wanted]


def read_value(record_type: type[Record], field: Field, words: Sequence[str], lead: Lead) -> dict[str, object]:
    """What the words say of a field, and of the field that goes with it (a currency). Raises an `InputError`."""
    if not field.many and len(words) != 1:
        raise BadValue(f"{field.name} holds one value, and {len(words)} were given; put quotes around its words")
    given = [" ".join(each.split()) for each in words]
    if not all(given):
        raise BadValue(f"an edit cannot make the {field.name} unknown; say what it is")
    if field.many:
        return {field.name: tuple(sorted({str(_read_one(record_type, field, each, lead)) for each in given}))}
    if (currency := MONEY.get((record_type, field.name))) is not None:
        amount, code = read_money(given[0])
        return {field.name: amount if field.kind == "range" else _exact(amount, field.name), currency: code}
    return {field.name: _read_one(record_type, field, given[0], lead)}


def read_money(words: str) -> tuple[Range, str]:
    """An amount, or a span of amounts, in minor units, with its currency. Raises `BadValue`.

    >>> read_money("450GBP"), read_money("400-450 GBP")
    ((Range(low=45000, high=45000), 'GBP'), (Range(low=40000, high=45000), 'GBP'))
    """
    span = _SPAN.fullmatch(words)
    high, currency = read_amount(span[2] if span else words, "price")
    first = span[1] if span else words
    low, other = read_amount(first if first[-1:].isalpha() else f"{first}{currency}", "price")
    if other != currency:
        raise BadValue(f"{words!r} is in two currencies; write one, such as 400-450{currency}")
    return _range(low, high, words), currency


def read_page(words: str) -> str:
    """The address of a public page. Raises `BadValue`."""
    if not _PAGE.fullmatch(words.strip()):
        raise BadValue(f"the page {words!r} is no address; write it as https://example.org/page")
    return words.strip()


def read_when(words: str) -> str:
    """A day, a month or a year, as ISO 8601 writes it. Raises `BadValue`.

    >>> read_when("2026-11"), read_when("2026")
    ('2026-11', '2026')
    """
    found = words.strip()
    if not _WHEN.fullmatch(found):
        raise BadValue(f"the date {words!r} is none; write 2026, 2026-06 or 2026-06-30")
    read_day(found + "-01-01"[len(found) - 4 :] if len(found) < 10 else found, "date")
    return found


def choices_of(record_type: type[Record], field: Field) -> tuple[str, ...]:
    """The words of a closed list; none where the field takes any.

    >>> choices_of(Cost, find_field(Cost, "kind"))
    ('exam', 'training', 'tuition', 'membership', 'renewal', 'other')
    """
    return _literal(get_type_hints(record_type)[field.name])


def _literal(hint: object) -> tuple[str, ...]:
    if get_origin(hint) is Literal:
        return get_args(hint)
    return next((found for part in get_args(hint) if (found := _literal(part))), ())


def _read_one(record_type: type[Record], field: Field, words: str, lead: Lead) -> str | int | date | Range:
    match field.kind:
        case "text":
            return _text(words, record_type, field)
        case "number":
            return _exact(_figures(words, field.name), field.name)
        case "date":
            return read_day(words, field.name.replace("_", " "))
        case "range":
            return _figures(words, field.name)
        case "link" | "links":
            return lead(words, field)


def _text(words: str, record_type: type[Record], field: Field) -> str:
    choices = choices_of(record_type, field)
    if choices:
        by_fold = {choice.casefold(): choice for choice in choices}
        if words.casefold() not in by_fold:
            raise UnknownName(field.name.replace("_", " "), words, choices)
        return by_fold[words.casefold()]
    if field.name == "page":
        return read_page(words)
    return read_currency(words) if field.name in ("currency", "base", "quote") else words


def _figures(words: str, name: str) -> Range:
    """A whole number or a span of them, in the unit in which the field is kept."""
    span = _SPAN.fullmatch(words)
    low, high = (span[1], span[2]) if span else (words, words)
    found = _FIGURE.fullmatch(high.lower())
    unit = found[2] if found else ""
    return _range(_figure(low if _unit(low) else low + unit, name, words), _figure(high, name, words), words)


def _unit(words: str) -> str:
    found = _FIGURE.fullmatch(words.lower())
    return found[2] if found else ""


def _figure(words: str, name: str, whole: str) -> int:
    units = UNITS.get(name, {"": 1})
    found = _FIGURE.fullmatch(words.lower())
    unit = found[2] if found else "?"
    unit = unit if unit in units else unit.removesuffix("s")
    if found is None or unit not in units:
        raise BadValue(f"{whole!r} is no {name.replace('_', ' ')}; write {_example(name)}")
    value = Decimal(found[1]) * units[unit]
    least, most = BOUNDS.get(name, (0, LARGEST))
    if value != value.to_integral_value() or not least <= value <= most:
        raise BadValue(f"{whole!r} is no {name.replace('_', ' ')}: it is a whole number from {least} to {most}")
    return int(value)


def _example(name: str) -> str:
    if name not in UNITS:
        return "a whole number"
    return "such as 4 weeks, 28 days or 28-42 days" if name == "elapsed" else "such as 16h, 90min or 16-20h"


def _exact(value: Range, name: str) -> int:
    if value.low != value.high:
        raise BadValue(f"{name} is one number, not from {value.low} to {value.high}")
    return value.low


def _range(low: int, high: int, words: str) -> Range:
    if low > high:
        raise BadValue(f"{words!r} goes down; write the lower end first")
    return Range(low, high)
