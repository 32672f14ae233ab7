"""How lists, counts, money and time read, everywhere the same."""

from collections.abc import Sequence
from datetime import date

from ontology.currencies import exponent
from ontology.values import Range


def join(words: Sequence[str], last: str = "and") -> str:
    """Words as a list in a sentence.

    >>> join(["cost", "hours", "proof"])
    'cost, hours and proof'
    """
    return f" {last} ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def few(words: Sequence[str], most: int = 4) -> str:
    """The first few of many.

    >>> few(["a", "b", "c", "d"], most=2)
    'a, b and 2 more'
    """
    return join(words) if len(words) <= most else f"{', '.join(words[:most])} and {len(words) - most} more"


def count(number: int, one: str, many: str | None = None) -> str:
    """A number of things.

    >>> count(1, "step"), count(3, "step"), count(0, "competency", "competencies")
    ('1 step', '3 steps', '0 competencies')
    """
    return f"{number} {one if number == 1 else many or one + 's'}"


def amount(minor: int, currency: str) -> str:
    """Minor units as a person reads them.

    >>> amount(123450, "GBP"), amount(500, "JPY")
    ('1,234.50 GBP', '500 JPY')
    """
    digits = exponent(currency)
    return f"{minor / 10**digits:,.{digits}f} {currency}"


def money(value: Range, currency: str) -> str:
    """A range of money; one whose ends differ by rounding only (a thousandth) reads as its high end.

    >>> money(Range(10000, 25000), "GBP"), money(Range(29859, 29860), "GBP")
    ('100.00 to 250.00 GBP', '298.60 GBP')
    """
    if 1000 * (value.high - value.low) <= value.high:
        return amount(value.high, currency)
    return f"{amount(value.low, currency).rpartition(' ')[0]} to {amount(value.high, currency)}"


def hours(value: Range) -> str:
    """A range of minutes, as hours where they are many.

    >>> hours(Range(60, 90)), hours(Range(2400, 2400)), hours(Range(45, 45)), hours(Range(60, 60))
    ('1 to 1.5 hours', '40 hours', '45 minutes', '1 hour')
    """
    if value.high < 60:
        return _span(str(value.low), str(value.high), "minutes")
    low, high = (_short(end / 60) for end in (value.low, value.high))
    return "1 hour" if low == high == "1" else _span(low, high, "hours")


def short_hours(value: Range) -> str:
    """A range of minutes for a narrow column.

    >>> short_hours(Range(900, 2700)), short_hours(Range(60, 60))
    ('15-45 h', '1 h')
    """
    low, high = (_short(end / 60) for end in (value.low, value.high))
    return f"{low} h" if low == high else f"{low}-{high} h"


def days(value: Range) -> str:
    """A range of days, as weeks or months where it is whole ones.

    >>> days(Range(28, 42)), days(Range(30, 90)), days(Range(1, 1))
    ('4 to 6 weeks', '30 to 90 days', '1 day')
    """
    if value.high >= 14 and value.low % 7 == 0 and value.high % 7 == 0:
        return _span(str(value.low // 7), str(value.high // 7), "weeks")
    return "1 day" if value.low == value.high == 1 else _span(str(value.low), str(value.high), "days")


def day(value: date) -> str:
    """A day, short and without doubt.

    >>> day(date(2026, 3, 9))
    '9 Mar 2026'
    """
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def lower(words: str) -> str:
    """The first letter small, unless the word is an abbreviation."""
    return words[:1].lower() + words[1:] if words[1:2].islower() else words


def _span(low: str, high: str, unit: str) -> str:
    return f"{low} {unit}" if low == high else f"{low} to {high} {unit}"


def _short(number: float) -> str:
    return f"{number:,.1f}".removesuffix(".0")
