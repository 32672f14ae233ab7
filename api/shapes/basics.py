"""The small shapes that all others are made of. A field is always there: what is unknown is null, with a reason beside.

Money is whole minor units and time whole minutes and days, so sums are exact; `display` is how a person reads it.
"""

from typing import Literal

from pydantic import BaseModel, ConfigDict

from ontology.values import Voice


class Shape(BaseModel):
    """The base of all: frozen, every field required, nothing else allowed."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class Citation(Shape):
    """Who says so."""

    source: str
    """Id of the source that was loaded."""
    title: str
    """What that source is called."""
    voice: Voice
    """Who speaks in it: an issuer, a registry, our editors, others, ..."""
    place: str
    """Where in the source: file, row or pointer."""
    page: str | None
    """The public address that states it; null where the source names none."""
    date: str | None
    """The day, month or year that the page shows; null where it shows none."""
    by_editors: bool
    """Whether this is our editors' judgement and not the word of whom it is about."""
    rule: str | None
    """The rule that concluded it; null where somebody states it."""
    premises: tuple[str, ...]
    """Ids of the records from which the rule concluded it."""


class Named(Shape):
    """A thing by its id and its name."""

    id: str
    name: str


class Money(Shape):
    """An amount of money, from low to high, in minor units (pence, cents)."""

    amount_minor_low: int
    amount_minor_high: int
    currency: str
    """ISO 4217 code."""
    display: str


class Span(Shape):
    """A whole number of something, from low to high."""

    low: int
    high: int
    unit: Literal["minutes", "days"]
    display: str


class Level(Shape):
    """A level of a scale. `rank` counts from 1; ranks of different scales never compare."""

    id: str
    name: str
    rank: int
    levels: int
    """How many levels the scale has."""
    looks_like: str | None
    """What the competency looks like at this level, in the ladder's own words; null where no ladder says."""


class Condition(Shape):
    """Something that is asked for: at least `at_least` of `options`."""

    id: str
    at_least: int
    options: tuple[str, ...]
    """Each option in words."""
    says: str
    source: Citation
