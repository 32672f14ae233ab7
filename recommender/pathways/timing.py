"""What a deadline and the number of weeks demand at least, in rows: a relaxation of `semantics.timetable`.

Three bounds on the last end of any plan, all in the units of `semantics.Timed`. One step is worked at a time, so it is
at least the work. A step ends no earlier than a chain of what it waits for allows, were everything done at once. And of
the steps whose rest after the work is at least q, one is worked on last, so it is at least their work and q (Jackson).
"""

from collections.abc import Iterable
from math import inf

from recommender.pathways.digits import limit
from recommender.pathways.model import Model, least_units
from recommender.pathways.problem import Candidate, Plan, Problem
from recommender.pathways.program import Row, at_most


def deadline_rows(model: Model) -> Iterable[Row]:
    """The work, and each step's chain, end by the deadline."""
    units = deadline_units(model.problem)
    if units is None:
        return
    if units < 0:
        yield Row((), 1, None)
    yield from limit(model.program, model.net(0, 7), units)
    for id_, end in earliest_ends(model).items():
        if end > units:
            yield at_most({model.step[id_]: 1}, 0)


def week_rows(model: Model) -> Iterable[Row]:
    """The weeks last as long as the work, and as the chain of every step."""
    if model.weeks is None:
        return
    yield from limit(model.program, model.net(0, 1) | {model.weeks: -model.problem.weekly_minutes}, 0)
    for id_, end in earliest_ends(model).items():
        if end < inf:
            weeks = -(-int(end) // (7 * model.problem.weekly_minutes))
            yield at_most({model.step[id_]: weeks, model.weeks: -1}, 0)


def deadline_units(problem: Problem) -> int | None:
    """The deadline in the units of `semantics.Timed`."""
    return None if problem.deadline_days is None else problem.deadline_days * problem.weekly_minutes


def earliest_ends(model: Model) -> dict[str, float]:
    """When each candidate could end at the earliest, were all work done at once; infinite where it never can."""
    problem = model.problem
    saved: dict[str, int] = {}
    for saving in model.savings:
        saved[saving.standing.into] = max(saved.get(saving.standing.into, 0), saving.minutes)
    least = {c.id: least_units(c, c.minutes.counts - saved.get(c.id, 0), problem) for c in problem.candidates}
    ends: dict[str, float] = dict.fromkeys(least, inf)
    changed = True
    while changed:
        changed = False
        for candidate in problem.candidates:
            end = _ready(model, candidate, ends) + least[candidate.id]
            if end < ends[candidate.id]:
                ends[candidate.id] = end
                changed = True
    return ends


def rest(candidate: Candidate, problem: Problem) -> int:
    """How long a step lasts after its work at the least: a standing shortens the work and so lengthens the rest."""
    return max(0, candidate.days * problem.weekly_minutes - 7 * candidate.minutes.counts)


def jackson(model: Model, plan: Plan) -> Iterable[dict[int, int]]:
    """For each step of a plan with a rest: terms that are at most the last end of every plan.

    If the step is chosen, one of the steps with at least its rest is worked on last among them. If it is not, the terms
    are no more than the work.
    """
    for id_ in plan.steps:
        own = rest(model.by_id[id_], model.problem)
        if own == 0:
            continue
        least = {c.id for c in model.problem.candidates if rest(c, model.problem) >= own}
        terms = {model.step[other]: 7 * model.by_id[other].minutes.counts for other in sorted(least)}
        terms |= {s.column: -7 * s.minutes for s in model.savings if s.standing.into in least}
        terms[model.step[id_]] += own
        yield terms


def _ready(model: Model, candidate: Candidate, ends: dict[str, float]) -> float:
    moments = [0.0]
    for condition in candidate.conditions:
        options = [ends[id_] for id_ in set(condition.candidates) if id_ in ends]
        for bit in set(condition.bits):
            options += sorted(ends[id_] for id_ in model.providers["shows"].get(bit, ()))[:1]
        if len(options) < condition.at_least:
            return inf
        if condition.at_least > 0:
            moments.append(sorted(options)[condition.at_least - 1])
    return max(moments)
