"""One question, answered whole: the gap, the best pathway with its proof, the alternatives, and the reasons.

This is the one door that edges use for "what next": everything in an `Answer` is data that follows from the index, the
person and the question alone, so the same question has the same answer in every process.
"""

from dataclasses import dataclass

from graph.index import Index
from ontology.person import Person
from ontology.rubric import Rubric
from recommender.framing import Framed, frame
from recommender.gap import Gap, find_gap
from recommender.obstacles import Obstacles, find_obstacles
from recommender.pathways.alternatives import Alternative, find_alternatives
from recommender.pathways.solver import Status, solve
from recommender.plans import Pathway, dress
from recommender.question import Question
from recommender.readiness import find_route
from recommender.reasons import Deciding, Outcome, find_deciding, find_outcomes
from recommender.worth import Worth, find_worth


@dataclass(frozen=True, slots=True)
class Choice:
    """An alternative by intent: its pathway, or `None` and why there is none."""

    alternative: Alternative
    pathway: Pathway | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Everything about one target.

    `pathway` is `None` where the limits leave no valid plan (`status` is then `infeasible`, and `obstacles` say why).
    `outcomes` has one entry for each open item of the gap; `deciding` are the unconfirmed facts about the person that
    keep credentials out.
    """

    person: Person
    question: Question
    gap: Gap
    framed: Framed
    status: Status
    pathway: Pathway | None
    obstacles: Obstacles | None
    choices: tuple[Choice, ...]
    outcomes: tuple[Outcome, ...]
    deciding: tuple[Deciding, ...]
    worth: tuple[Worth, ...]
    route: tuple[str, ...] | None


def find_answer(
    index: Index, person: Person, target: str, question: Question, *, rubric: Rubric, alternatives: bool = True
) -> Answer:
    """What closes the gap between a person and a role. Raises `UnknownId` for a role that is not in the index."""
    gap = find_gap(
        index,
        person,
        target,
        rubric=rubric,
        today=question.today,
        assume_role=question.assume_role,
        optional=question.optional,
    )
    framed = frame(index, person, gap, question, rubric=rubric)
    best = solve(framed.problem)
    feasible = best.status != "infeasible"
    pathway = dress(index, framed, best, question.today) if feasible else None
    choices: tuple[Choice, ...] = ()
    if feasible and alternatives:
        choices = tuple(
            Choice(other, dress(index, framed, other.solution, question.today) if other.solution else None)
            for other in find_alternatives(framed.problem, best)
        )
    return Answer(
        person=person,
        question=question,
        gap=gap,
        framed=framed,
        status=best.status,
        pathway=pathway,
        obstacles=None if feasible else find_obstacles(framed),
        choices=choices,
        outcomes=find_outcomes(index, framed, pathway, question, rubric=rubric),
        deciding=find_deciding(framed),
        worth=find_worth(index, person, gap, question, rubric=rubric),
        route=find_route(index, person.role, gap.target) if person.role else None,
    )
