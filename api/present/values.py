"""One value of a record as a person reads it, and what its field is called: the same wherever it is told."""

from datetime import date

from api.present.view import View
from api.sentences import words
from ontology.records import Record
from ontology.values import Range

MONEY = ("amount", "money_off")
"""Fields that hold minor units of the record's currency."""


def told(view: View, record: Record, field: str, value: object, *, currency: str | None = None) -> str:
    """A value of a record; an amount in `currency`, else in the record's own."""
    stated = currency or getattr(record, "currency", None)
    if field in MONEY and stated is not None:
        return words.money(value if isinstance(value, Range) else Range.exactly(int(str(value))), stated)
    return text(view, field, value)


def text(view: View, field: str, value: object) -> str:
    """A value, whatever record it stands in."""
    if isinstance(value, tuple):
        return ", ".join(text(view, field, each) for each in value)
    if isinstance(value, Range):
        return words.hours(value) if field == "effort" else words.days(value) if field == "elapsed" else f"{value}"
    if isinstance(value, date):
        return words.day(value)
    if field == "renewal_months":
        return "stated never to expire" if value == 0 else f"every {words.count(int(str(value)), 'month')}"
    return view.name(value) if isinstance(value, str) and value.startswith("id/") else str(value)


def field_name(field: str) -> str:
    """What a field is called."""
    return {"renewal_months": "renewal"}.get(field, field.replace("_", " "))
