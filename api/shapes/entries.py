"""What one thing of the catalogue is (`credpath show --json`), and what words may mean (`credpath find --json`)."""

from typing import Literal

from api.shapes.basics import Citation, Condition, Level, Named, Shape
from api.shapes.figures import EffortShape, ElapsedShape, PriceShape
from api.shapes.pathway import AssignmentShape, StandingShape
from api.shapes.proof import ClaimShape, StrengthShape


class Stated(Shape):
    """One field and who says it."""

    field: str
    value: str
    source: Citation


class DisagreementShape(Shape):
    """What another source says of a field."""

    field: str
    value: str
    source: Citation


class JudgedClaim(Shape):
    """A claim and how surely it is shown."""

    claim: ClaimShape
    strength: StrengthShape
    says: str


class LeadsTo(Shape):
    """A credential that this one counts toward or takes something off."""

    credential: Named
    how: Literal["part of", "required by", "standing"]
    standing: StandingShape | None


class EntryShape(Shape):
    """One thing. Lists that do not apply to its kind are empty, and single values null."""

    id: str
    kind: str
    """Credential, role, competency, provider, assignment, ..."""
    name: str
    stated: tuple[Stated, ...]
    requires: tuple[Condition, ...]
    price: PriceShape | None
    effort: EffortShape | None
    elapsed: ElapsedShape | None
    claims: tuple[JudgedClaim, ...]
    """What a credential or assignment speaks to; for a competency, who speaks to it."""
    leads_to: tuple[LeadsTo, ...]
    levels: tuple[Level, ...]
    """Of a competency, lowest first."""
    next_roles: tuple[Named, ...]
    offers: tuple[Named, ...]
    """Of a provider: its credentials; of a framework: its roles."""
    assignment: AssignmentShape | None
    disagreements: tuple[DisagreementShape, ...]
    says: str


class MatchShape(Shape):
    """A thing that the words may mean."""

    id: str
    kind: str
    name: str
    score: float
    exact: bool
    matched_words: tuple[str, ...]


class FindShape(Shape):
    """What words may mean, best first."""

    words: str
    matches: tuple[MatchShape, ...]
