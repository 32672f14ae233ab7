"""Money in starter files: whole units as a person writes them, whole minor units as records keep them."""

from functools import cache

from babel.numbers import list_currencies

from loaders.nodes import Part
from ontology.currencies import to_minor
from ontology.errors import BadValue
from ontology.values import Range


@cache
def known_currencies() -> frozenset[str]:
    """Every ISO 4217 code that the Unicode locale data knows."""
    return frozenset(list_currencies())


def currency_of(part: Part) -> str:
    """An ISO 4217 code."""
    if part.text() not in known_currencies():
        part.refuse(part.shown(), "a currency such as GBP, USD or EUR")
    return part.text()


def minor_units(part: Part, currency: str) -> Range:
    """An amount, or [lowest, highest], in minor units."""
    ends = part.items() if part.is_list else (part, part)
    if len(ends) != 2:
        part.refuse(f"a list of {len(ends)}", "one amount, or [lowest, highest]")
    try:
        return Range(*(to_minor(end.number(), currency) for end in ends))
    except BadValue as error:
        part.refuse(str(error), "an amount in whole units of money, or [lowest, highest]")
