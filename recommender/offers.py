"""What could become a step: a credential or a workplace assignment with its price, effort and what it speaks to.

An `Offer` is the bridge between a candidate of the problem, which is ids and numbers, and the catalogue, where each
figure has somebody who says it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from graph.index import Index
from ontology.records import Assignment, Claim, Credential, Level
from ontology.rubric import Rubric
from ontology.values import Range
from recommender.figures import Effort, Price, counted_effort, work_stand_in
from recommender.gap import GapItem, grade
from recommender.pathways.problem import Candidate, Figure
from recommender.proof import Strength, judge, judge_assignment
from recommender.question import Question

Why = Literal[
    "excluded", "retired", "no longer offered", "provider", "language", "mode", "price", "effort", "conditions"
]


@dataclass(frozen=True, slots=True)
class Bit:
    """A competency at a level (or at no stated level) that somebody asks for and that is not met yet."""

    competency: str
    level: str | None

    @property
    def id(self) -> str:
        """The bit as the problem knows it."""
        return f"{self.competency}@{self.level or ''}"


@dataclass(frozen=True, slots=True)
class Support:
    """How an offer speaks to a bit: by which claim (`None` for an assignment), how surely, and its basis."""

    bit: str
    claim: Claim | None
    strength: Strength
    basis: Literal["shown", "unconfirmed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A possible step. Either a credential or an assignment; `open_conditions` are its own requirements not met yet."""

    id: str
    credential: Credential | None
    assignment: Assignment | None
    price: Price
    effort: Effort
    open_conditions: tuple[GapItem, ...]
    candidate: Candidate
    supports: tuple[Support, ...] = ()


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A credential that speaks to what is wanted and still is no candidate: why, and the conditions that keep it out.

    For `price` and `effort` the figure is unknown and the question limits it: it would fit if the figure were within.
    """

    credential: str
    why: Why
    conditions: tuple[GapItem, ...] = ()


def why_not(credential: Credential, price: Price, effort: Effort, question: Question) -> Why | None:
    """The first filter or limit that keeps a credential out, or `None`."""
    checks: tuple[tuple[bool, Why], ...] = (
        (credential.id in question.excluded, "excluded"),
        (credential.status == "retired", "retired"),
        (not is_offered(credential, question.today), "no longer offered"),
        (bool(question.providers) and credential.provider not in question.providers, "provider"),
        (bool(question.languages) and not set(question.languages) & set(credential.languages), "language"),
        (bool(question.modes) and not set(question.modes) & set(credential.modes), "mode"),
        (question.budget is not None and price.amount is None, "price"),
        (question.deadline is not None and effort.minutes is None, "effort"),
    )
    return next((why for keeps_out, why in checks if keeps_out), None)


def is_offered(credential: Credential, today: date) -> bool:
    """Whether a credential can still be earned."""
    return credential.status != "retired" and (credential.offered_until or today) >= today


def speaks_to(index: Index, bit: Bit, question: Question, rubric: Rubric) -> Iterable[tuple[Credential, Support]]:
    """Every credential that speaks to a bit, with the claim by which it shows it, or may show it.

    One that only may show it must have enough known in its favour (`worth_proposing`): nobody is sent to buy a
    credential of whose assessment nothing is known. It is told among the near misses instead.
    """
    for claim, relation in index.claims_on(bit.competency):
        credential = index.find(Credential, claim.subject)
        if claim.mode != "assesses" or credential is None:
            continue
        strength = judge(index, claim, rubric=rubric, today=question.today)
        basis = grade(index, claim, bit.level, strength, rubric, exact=relation == "exact")
        if basis == "shown" or (basis == "unconfirmed" and strength.low >= rubric.worth_proposing):
            yield credential, Support(bit.id, claim, strength, basis)


def is_in_proportion(index: Index, credential: Credential, level: str | None, currency: str, rubric: Rubric) -> bool:
    """Whether the effort of a credential, or the stand-in for it, is in proportion to a level that it is wanted for.

    Nobody is sent to earn a master's degree for an awareness; where one is earned anyway, it counts.
    """
    asked = index.find(Level, level) if level else None
    most = rubric.most_minutes.get(asked.rank) if asked else None
    return most is None or counted_effort(index, credential, currency).counts <= most


def work_on(index: Index, bit: Bit, question: Question, rubric: Rubric) -> Iterable[Offer]:
    """The workplace assignments that show a bit, as offers: no price, their own estimate of hours."""
    for assignment in index.assignments_for(bit.competency, bit.level) if bit.level else ():
        strength = judge_assignment(assignment, rubric)
        if strength.high < rubric.threshold:
            continue
        basis: Literal["shown", "unconfirmed"] = "shown" if strength.low >= rubric.threshold else "unconfirmed"
        id_ = assignment.id if assignment.general_level is None else f"{assignment.id}#{bit.id}"
        effort = assignment.effort
        minutes = Figure(effort.high) if effort else Figure(work_stand_in(index, question.currency), known=False)
        days = assignment.elapsed.high if assignment.elapsed else 0
        yield with_supports(
            Offer(
                id=id_,
                credential=None,
                assignment=assignment,
                price=Price(question.currency, Range(0, 0), ()),
                effort=Effort(assignment.effort, assignment.source),
                open_conditions=(),
                candidate=Candidate(id_, Figure(0), minutes, days),
            ),
            (Support(bit.id, None, strength, basis),),
            rubric,
        )


def with_supports(offer: Offer, supports: Iterable[Support], rubric: Rubric) -> Offer:
    """The offer with more supports, its candidate's bits in keeping with them."""
    every = (*offer.supports, *supports)
    candidate = replace(
        offer.candidate,
        may_show=frozenset(s.bit for s in every),
        shows=frozenset(s.bit for s in every if s.basis == "shown"),
        strongly=frozenset(s.bit for s in every if s.basis == "shown" and s.strength.low >= rubric.strong),
    )
    return replace(offer, supports=every, candidate=candidate)
