"""The best plan of a problem, proved: an integer programme asked once for each component of the value.

`reduction` leaves out what cannot matter, `model` and `rows` say the problem in whole numbers, `lexicographic` proves
the least of each component in turn and then applies the rule for ties. The answer is the one that brute force over all
plans by `semantics.preference` would give.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from recommender.pathways.lexicographic import Search
from recommender.pathways.model import Model
from recommender.pathways.problem import Plan, Problem
from recommender.pathways.program import at_most
from recommender.pathways.reduction import reduce
from recommender.pathways.rows import GROUPS, Group
from recommender.pathways.semantics import Timetable, timetable, value

NODE_LIMIT = 5_000
"""How many branch-and-bound nodes, over all runs, are spent on one problem. Most need one a run, hard ones hundreds."""

Status = Literal["optimal", "bounded", "infeasible"]


@dataclass(frozen=True, slots=True)
class Solution:
    """The best plan found, and how sure that is.

    - `optimal`: no valid plan is preferred to `plan`, and `bound` is its value
    - `bounded`: the node limit was reached; `plan` is valid (where `value` is empty, none was found and it is empty
      too), and no valid plan's value comes before `bound`
    - `infeasible`: no valid plan exists; `plan`, `value` and `bound` are empty
    """

    plan: Plan
    value: tuple[int, ...]
    status: Status
    bound: tuple[int, ...]
    timetable: Timetable
    nodes: int


def solve(problem: Problem, *, node_limit: int = NODE_LIMIT, groups: Sequence[Group] = GROUPS) -> Solution:
    """The best plan by `semantics.preference`. `groups` are the rules it obeys; only tests leave one out."""
    model = Model(reduce(problem))
    for group in groups:
        model.program.add(list(group.rows(model)))
    measures = model.measures()
    search = Search(problem, model, groups, node_limit)
    proved: list[int] = []
    for place, measure in enumerate(measures):
        least = measure.least - proved[0] if place == 1 else measure.least
        answer = search.fix(measure, place, least=least, is_weeks=problem.aim == "quickest" and place == 2)
        if answer.status == "infeasible" and place == 0 and search.best is None:
            return _answer(search, "infeasible", ())
        if answer.status != "proved" or answer.bound is None:
            bound = least if answer.bound is None else answer.bound
            return _answer(search, "bounded", (*proved, bound, *(later.least for later in measures[place + 1 :])))
        proved.append(answer.bound)
    return _answer(search, "optimal" if _ties(search) else "bounded", tuple(proved))


def _ties(search: Search) -> bool:
    """Settle ties among plans of the best value; whether that could be proved."""
    model = search.model
    order = [model.step[id_] for id_ in sorted(model.step)]
    if not search.smallest(order, lambda plan: {model.step[id_] for id_ in plan.steps}, model.program):
        return False
    if search.best is None or not search.best.standing:
        return search.best is not None
    within = model.program.copy()
    for id_, column in model.step.items():
        within.lower[column] = within.upper[column] = int(id_ in search.best.steps)
    savings = {(s.standing.into, s.standing.held): s.column for s in model.savings}
    fewest = search.least(dict.fromkeys(savings.values(), 1), within)
    if fewest.status != "proved" or fewest.bound is None:
        return False
    within.add([at_most(dict.fromkeys(savings.values(), 1), fewest.bound)])
    pairs = [savings[pair] for pair in sorted(savings)]
    return search.smallest(pairs, lambda plan: {savings[pair] for pair in plan.standing}, within)


def _answer(search: Search, status: Status, bound: tuple[int, ...]) -> Solution:
    if search.best is None:
        return Solution(Plan(), (), status, bound, Timetable((), 0, exact=True), search.nodes)
    plan, problem = search.best, search.problem
    return Solution(plan, value(plan, problem), status, bound, timetable(plan, problem), search.nodes)
