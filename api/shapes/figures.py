"""Prices and efforts with their parts, their rates, who says them, and what stands in where nobody does."""

from datetime import date as Date  # noqa: N812

from api.shapes.basics import Citation, Money, Shape, Span
from ontology.values import CostKind


class RateShape(Shape):
    """An exchange rate: one `base` is worth `value` of `quote` on `day`."""

    base: str
    quote: str
    value: str
    day: Date
    source: Citation


class Fee(Shape):
    """One fee as it is stated."""

    kind: CostKind
    audience: str | None
    """For whom it holds; null: for everybody."""
    stated: Money | None
    """In the currency in which it is stated; null: such a fee exists and nobody says how much."""
    converted: Money | None
    """In the asked currency; null where it is unknown or no rate leads there."""
    in_price: bool
    """Whether its kind is part of the price of earning (membership and renewal are not)."""
    rates: tuple[RateShape, ...]
    source: Citation


class PriceShape(Shape):
    """What earning a credential costs."""

    amount: Money | None
    """Null: unknown, for the reason in `unknown_because`."""
    unknown_because: str | None
    counted_as: Money | None
    """What stands in for an unknown price when plans are compared (never a figure of the credential); else null."""
    rule: str
    """How the amount, or its stand-in, follows from the fees."""
    fees: tuple[Fee, ...]
    says: str


class EffortShape(Shape):
    """The work that earning a credential takes."""

    minutes: Span | None
    """Null: unknown, for the reason in `unknown_because`."""
    unknown_because: str | None
    counted_as: Span | None
    """What stands in for an unknown effort when plans are compared; else null."""
    rule: str | None
    """How the stand-in, or a derived effort, follows; null where the effort is stated."""
    source: Citation | None
    """Who states it; null where nobody does."""
    says: str


class ElapsedShape(Shape):
    """Days from start to award that the provider states, however fast one works."""

    days: Span | None
    source: Citation | None
