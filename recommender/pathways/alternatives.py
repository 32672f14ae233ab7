"""Other plans worth a look: by intent, and one that really differs.

One best plan hides what else could be wanted. The same problem is asked again as cheapest, quickest and strongest; what
comes out alike is said to be alike. Then comes the best plan that differs: what it shares with each plan shown before
is at most half of either. It must close something, and no step may be there only to make a difference.
"""

from dataclasses import dataclass, replace
from typing import Literal

from recommender.pathways.problem import Plan, Problem
from recommender.pathways.reduction import asked_for
from recommender.pathways.semantics import is_valid, value
from recommender.pathways.solver import NODE_LIMIT, Solution, solve

Intent = Literal["cheapest", "quickest", "strongest", "different"]
Asked = Literal["cheapest", "quickest", "strongest"]
ASKED: tuple[Asked, ...] = ("cheapest", "quickest", "strongest")


@dataclass(frozen=True, slots=True)
class Alternative:
    """What an intent led to.

    - `found`: `solution` is another plan than those before
    - `same`: the plan is the one of `same_as`, `best` or an intent before
    - `none`: no other plan is valid and closes anything (`different` only)
    - `idle`: the best that differs only adds steps that close nothing to steps of the others (`different` only)
    - `cut`: the node limit was reached before such a plan was found
    """

    intent: Intent
    solution: Solution | None
    why: Literal["found", "same", "none", "idle", "cut"]
    same_as: str = ""


def find_alternatives(problem: Problem, best: Solution, *, node_limit: int = NODE_LIMIT) -> tuple[Alternative, ...]:
    """The plans of the other intents and one that differs from all of them; nothing where there is no best plan."""
    if not best.value:
        return ()
    shown: dict[tuple[str, ...], str] = {best.plan.steps: "best"}
    plans = [best.plan]
    found: list[Alternative] = []
    for aim in ASKED:
        solution = best if aim == problem.aim else solve(replace(problem, aim=aim), node_limit=node_limit)
        alternative = _by_intent(aim, solution, shown)
        found.append(alternative)
        if alternative.why == "found":
            shown[solution.plan.steps] = aim
            plans.append(solution.plan)
    return (*found, _different(problem, plans, node_limit))


def idle_steps(plan: Plan, problem: Problem) -> tuple[str, ...]:
    """Steps, not pinned, without which the rest is as valid and closes as much."""
    free = replace(problem, differs_from=())
    closed = value(plan, free)[:2]
    idle = []
    for step in plan.steps:
        steps = tuple(other for other in plan.steps if other != step)
        rest = Plan(steps, tuple(pair for pair in plan.standing if step not in pair))
        if step not in problem.pinned and is_valid(rest, free) and value(rest, free)[:2] <= closed:
            idle.append(step)
    return tuple(idle)


def _by_intent(intent: Asked, solution: Solution, shown: dict[tuple[str, ...], str]) -> Alternative:
    if not solution.value:
        return Alternative(intent, None, "cut")
    same = shown.get(solution.plan.steps)
    if same is not None:
        return Alternative(intent, None, "same", same)
    return Alternative(intent, solution, "found")


def _different(problem: Problem, plans: list[Plan], node_limit: int) -> Alternative:
    earlier = (*problem.differs_from, *(plan for plan in plans if plan.steps))
    asked = replace(asked_for(problem), differs_from=earlier)
    solution = solve(asked, node_limit=node_limit)
    closes = bool(solution.plan.steps) and value(solution.plan, problem)[:2] < value(Plan(), problem)[:2]
    if closes and not idle_steps(solution.plan, problem):
        return Alternative("different", solution, "found")
    if solution.status == "bounded":
        return Alternative("different", None, "cut")
    return Alternative("different", None, "idle" if closes else "none")
