"""How surely something is shown: a band, an interval in thousandths, and every criterion it rests on."""

from typing import Literal

from api.shapes.basics import Citation, Level, Named, Shape
from ontology.values import Mode, Verdict


class CriterionShape(Shape):
    """One question of the proof rubric and its answer."""

    id: str
    asks: str
    verdict: Verdict | None
    """Null: nobody states it."""
    words: str | None
    source: Citation | None


class StrengthShape(Shape):
    """An interval in thousandths: the low end reads what nobody states as unmet, the high end as met."""

    low: int
    high: int
    threshold: int
    """From here a criterion counts as shown."""
    band_low: str
    band_high: str
    band: str
    """In words, such as "solid" or "weak to strong"."""
    gate: Verdict | None
    """Whether an assessor and a rubric or pass mark are known; null: unknown, so it cannot count as shown."""
    methods: tuple[str, ...]
    """How it is assessed; empty where nobody says."""
    mapped_by_editors: bool
    """Whether our editors, and not the issuer, say to which competency and level it speaks."""
    unstated: tuple[str, ...]
    """The criteria that nobody answers, by id."""
    criteria: tuple[CriterionShape, ...]
    rubric: str
    """Version of the rubric."""


class ClaimShape(Shape):
    """A credential or an assignment teaches or assesses a competency."""

    id: str
    subject: Named
    competency: Named
    level: Level | None
    """Null: no level is stated, so it can at most be unconfirmed."""
    mode: Mode
    topic: str | None
    """The topic that its page names."""
    assessment: Named | None
    source: Citation


Basis = Literal["shown", "assumed", "unconfirmed", "claimed", "missing"]
