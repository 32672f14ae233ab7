"""The gap between a person and a role, criterion by criterion (`credpath gap --json`)."""

from datetime import date as Date  # noqa: N812
from typing import Literal

from api.shapes.basics import Citation, Level, Named, Shape
from api.shapes.proof import Basis, ClaimShape, StrengthShape
from ontology.values import Necessity


class GroundShape(Shape):
    """One thing on which a basis rests."""

    basis: Basis
    by: Named
    """A held credential, the current role, or the competency that the person claims."""
    claim: ClaimShape | None
    strength: StrengthShape | None
    verified: bool
    says: str


class GapOption(Shape):
    """One way to satisfy an item."""

    id: str
    kind: Literal["competency", "credential", "years", "fact"]
    name: str
    competency: Named | None
    asked: Level | None
    """The level asked for; null where none is."""
    have: Level | None
    """The level of the same competency that the current role asks for; null: none."""
    credential: Named | None
    years: int | None
    family: str | None
    basis: Basis
    decided: bool
    """False: a fact about the person that nobody has confirmed or denied."""
    grounds: tuple[GroundShape, ...]


class GapItem(Shape):
    """A requirement of the target role."""

    id: str
    name: str
    words: str | None
    """The criterion in its source's own words; null where it has none of its own."""
    necessity: Necessity
    importance: int
    importance_stated: bool
    """False: nobody states it, and it weighs like all such."""
    measured_by: str | None
    at_least: int
    options: tuple[GapOption, ...]
    basis: Basis
    met: bool
    verify: tuple[Named, ...]
    """Holdings that would show this item as soon as somebody verifies them."""
    says: str
    source: Citation


class Readiness(Shape):
    """Importance met and in all."""

    met: int
    whole: int
    percent: int
    """Rounded down."""


class GapShape(Shape):
    """All items of a target role for one person."""

    role: Named | None
    target: Named
    today: Date
    items: tuple[GapItem, ...]
    open: tuple[str, ...]
    """Ids of the items that are not met."""
    readiness: Readiness
    says: str
