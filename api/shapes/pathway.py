"""A plan: dated steps, figures, proof, what each step is for, and totals that are the sums of the steps."""

from datetime import date as Date  # noqa: N812
from typing import Literal

from api.shapes.basics import Citation, Condition, Money, Named, Shape, Span
from api.shapes.figures import EffortShape, ElapsedShape, PriceShape
from api.shapes.proof import ClaimShape, StrengthShape


class AssignmentShape(Shape):
    """A workplace project that shows what it is made for."""

    id: str
    name: str
    produces: str
    assessor: str
    rubric: str
    audience: str | None
    leadership: str | None
    minutes: Span | None
    days: Span | None
    general: bool
    """Made for any competency at its level."""
    source: Citation


class Closes(Shape):
    """How a step speaks to an open item."""

    item: Named
    basis: Literal["shown", "unconfirmed"]
    strength: StrengthShape
    claim: ClaimShape | None
    """Null for a workplace project, which is made for the item."""
    because: str
    """How surely it shows the item, or why not surely."""
    says: str


class StandingShape(Shape):
    """What holding one credential takes off another."""

    held: Named
    money_off: Money | None
    minutes_off: Span | None
    words: str | None
    source: Citation


class StepShape(Shape):
    """One step, in working order."""

    number: int
    id: str
    kind: Literal["credential", "assignment"]
    name: str
    provider: Named | None
    type: str | None
    """Local name of its CTDL class, such as Certification."""
    page: str | None
    starts: Date | None
    ends: Date | None
    undated_because: str | None
    """Why a date is null: a date never rests on a stand-in."""
    price: PriceShape
    """Before advanced standing."""
    effort: EffortShape
    """Before advanced standing."""
    elapsed: ElapsedShape
    money: Money | None
    """What this step costs, after the standing it uses; null: unknown."""
    minutes: Span | None
    """What this step takes, after the standing it uses; null: unknown."""
    standing: StandingShape | None
    conditions: tuple[Condition, ...]
    """What must hold before it can be earned and does not hold today."""
    closes: tuple[Closes, ...]
    enables: tuple[Named, ...]
    """Later steps that count on it."""
    reopens: tuple[Named, ...]
    """Items that fall back without it."""
    pinned: bool
    proof: StrengthShape | None
    """The strength of its surest support; null where it only opens the way to others."""
    practice: AssignmentShape | None
    """Work that puts it into practice."""
    why: tuple[str, ...]
    source: Citation


class TotalsShape(Shape):
    """Sums over the steps: what is known is summed, what is unknown is counted, never read as zero."""

    money: Money
    unknown_prices: int
    minutes: Span
    unknown_efforts: int
    counted_money: Money
    """As plans are compared: known high ends, and stand-ins where nobody states a price."""
    weeks: int
    weeks_known: bool
    """False: an effort is unknown, so a stand-in takes its place."""
    starts: Date
    ends: Date | None
    """Null where an effort is unknown."""
    says: tuple[str, ...]


class Measure(Shape):
    """One component of a plan's value: smaller is better, compared in order."""

    name: str
    value: int
    bound: int
    """No valid plan has less, given the components before."""


class PathwayShape(Shape):
    """A plan. `optimal`: no valid plan is preferred to it, and the bound shows it."""

    status: Literal["optimal", "bounded", "infeasible"]
    value: tuple[Measure, ...]
    """Empty where the search was cut before any plan was found; then there is no step either."""
    steps: tuple[StepShape, ...]
    totals: TotalsShape
    shown: tuple[Named, ...]
    """Items that a credential of the plan shows."""
    unconfirmed: tuple[Named, ...]
    """Items that it may show."""
    also_earned: tuple[Named, ...]
    says: str
