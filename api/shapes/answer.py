"""What `credpath next --json` says: the ranking of roles one could go for, and the whole answer for one of them."""

from datetime import date as Date  # noqa: N812
from typing import Literal

from api.shapes.basics import Level, Money, Named, Shape
from api.shapes.gap import GapShape, Readiness
from api.shapes.pathway import AssignmentShape, PathwayShape
from api.shapes.proof import Basis, ClaimShape, StrengthShape
from ontology.values import RoleStep


class QuestionShape(Shape):
    """The question as it was understood."""

    today: Date
    aim: Literal["cheapest", "quickest", "strongest", "balanced"]
    currency: str
    budget: Money | None
    weekly_minutes: int
    hour_value: Money
    deadline: Date | None
    pinned: tuple[Named, ...]
    excluded: tuple[Named, ...]
    providers: tuple[Named, ...]
    languages: tuple[str, ...]
    modes: tuple[str, ...]
    optional: bool
    assume_role: bool
    prefer_work: bool


class HoldingShape(Shape):
    """A credential that the person holds."""

    credential: Named
    awarded: Date | None
    expires: Date | None
    verified: bool


class PersonShape(Shape):
    """Who asks, as far as the question says."""

    role: Named | None
    holdings: tuple[HoldingShape, ...]
    claims: tuple[tuple[Named, Level], ...]
    facts: tuple[tuple[str, bool], ...]


class NearMissShape(Shape):
    """A credential that comes near to showing an item, and what it lacks."""

    credential: Named
    provider: Named | None
    lacks: Literal["level", "only teaches", "closeness", "proof", "out of proportion", "part", "limits", "left out"]
    left_out_because: str | None
    claim: ClaimShape
    strength: StrengthShape
    says: str


class OutcomeShape(Shape):
    """What becomes of one open item."""

    item: Named
    result: Literal["shown", "unconfirmed", "yours to show", "work"]
    by: tuple[Named, ...]
    """The steps of the plan that speak to it."""
    nearest: tuple[NearMissShape, ...]
    work: tuple[AssignmentShape, ...]
    says: tuple[str, ...]


class DecidingShape(Shape):
    """A fact that only the person can confirm, and what waits for it."""

    option: str
    words: str
    opens: tuple[Named, ...]
    says: str


class ShowsShape(Shape):
    """An item that a holding shows or may show."""

    item: Named
    basis: Basis
    strength: StrengthShape


class StackShape(Shape):
    """What a holding leads on to."""

    into: Named
    missing: tuple[str, ...]
    money_off: Money | None
    minutes_off: int | None
    says: str


class WorthShape(Shape):
    """What a held credential is worth for this target."""

    credential: Named
    in_force: bool
    verified: bool
    items: tuple[ShowsShape, ...]
    stacks: tuple[StackShape, ...]
    says: str


class AlternativeShape(Shape):
    """Another plan by intent; `pathway` is null where there is none, and `because` says why."""

    intent: Literal["cheapest", "quickest", "strongest", "different"]
    pathway: PathwayShape | None
    because: str | None
    says: str


class ToDo(Shape):
    """One thing to do, in order: have a holding verified, earn a credential, or do a workplace project."""

    number: int
    kind: Literal["verify", "earn", "work"]
    id: str
    name: str
    items: tuple[Named, ...]
    """The open items that it shows, or may show."""
    surely: bool
    """Whether it shows all of them as far as is known; a project does where its assessor agrees."""
    step: int | None
    """Number of the step of the plan; null where it is no step."""
    says: str


class AnswerShape(Shape):
    """Everything about one target."""

    target: Named
    status: Literal["optimal", "bounded", "infeasible"]
    in_order: tuple[ToDo, ...]
    """What to do, first things first."""
    gap: GapShape
    pathway: PathwayShape | None
    """Null: the limits leave no valid plan."""
    alternatives: tuple[AlternativeShape, ...]
    outcomes: tuple[OutcomeShape, ...]
    deciding: tuple[DecidingShape, ...]
    worth: tuple[WorthShape, ...]
    route: tuple[Named, ...] | None
    """The rungs from the current role to the target; null where no ladder leads there."""
    says: tuple[str, ...]


class ProspectShape(Shape):
    """A role one could go for."""

    role: Named
    step: RoleStep | None
    """How a record relates it to the current role; null: it shares competencies."""
    readiness: Readiness
    open: tuple[Named, ...]
    says: str


class NextShape(Shape):
    """What `credpath next` says. `prospects` is there where no target was given."""

    question: QuestionShape
    person: PersonShape
    prospects: tuple[ProspectShape, ...] | None
    answer: AnswerShape | None
    """Null: no target was given and there is not exactly one next rung."""
    revision: str
    """Digest of the catalogue that was asked."""
    rubric: str
    """Version of the proof rubric."""
