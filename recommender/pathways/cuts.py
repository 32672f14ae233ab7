"""Rows added when a solution breaks a rule that no small set of rows can say: circles of waiting and timetables.

Each function returns rows that the given plan breaks and that no valid plan (for `slow`: no valid plan that is as good
in what was fixed before) breaks. A plan that broke a row cannot come again, there are finitely many plans, so cutting
and solving again ends.

**circles.** R are the steps that can be earned, U the others. Each step of U has a condition that R does not meet, or a
standing from U. Let W be a part of U that waits for itself only (a terminal strongly connected part of "has as an
option of that condition, or as that standing's source"). In a valid plan with a step of W, let j be the first of W to
be earned. If j's reason is a condition, that condition is met by steps outside W, while those in R are too few and no
other member of U is an option: so some step outside R and W is an option. If it is a standing, j does not use one from
W. Hence for each i in W: step i <= options outside R and W, for all reasons + (step j - j's standings from W).

**late and slow.** Let C be steps of the plan that include every step of the plan that is an option of one of their
conditions or the source of a standing they use. Take any valid plan that has all of C, no other option of their
conditions, and in which no step of C changes its standing so that it waits for less or has less work. Its timetable,
without the other steps, is a timetable of C with no less work and no later start, so it lasts at least as long as C
alone. So if C alone is too late, something of this changes: the sum of changes is at least 1. For weeks, where L weeks
are proved and C alone takes w > L: weeks >= w - (w - L) * changes. Where the search for a timetable was cut, C is the
plan and every difference is a change.
"""

from collections.abc import Callable, Iterable

import networkx as nx

from recommender.pathways.model import Model
from recommender.pathways.problem import Candidate, Plan
from recommender.pathways.program import Row, at_least, at_most
from recommender.pathways.semantics import holds, reachable, used_standing
from recommender.pathways.timing import deadline_units, jackson


def circles(model: Model, plan: Plan) -> Iterable[Row]:
    """Rows against steps that wait for each other."""
    earned = reachable(plan, model.problem)
    waiting = [id_ for id_ in plan.steps if id_ not in earned]
    standing = dict(plan.standing)
    options = {id_: _unmet_options(model, model.by_id[id_], earned) for id_ in waiting}
    graph = nx.DiGraph()
    graph.add_nodes_from(waiting)
    for id_ in waiting:
        unmet = options[id_]
        after = unmet if unmet is not None else {standing[id_]} if id_ in standing else set()
        graph.add_edges_from((id_, other) for other in sorted(after) if other in options)
    for part in sorted(sorted(component) for component in nx.strongly_connected_components(graph)):
        if len(part) == 1 or any(other not in part for id_ in part for other in graph.successors(id_)):
            continue
        right: dict[int, int] = {}
        for id_ in part:
            unmet = options[id_]
            if unmet is not None:
                right |= {model.step[other]: 1 for other in unmet if other not in earned and other not in part}
        for id_ in part:
            if options[id_] is None:
                right[model.step[id_]] = 1
                right |= {s.column: -1 for s in model.savings if s.standing.into == id_ and s.standing.held in part}
        for id_ in part:
            left = {column: -coefficient for column, coefficient in right.items()}
            left[model.step[id_]] = left.get(model.step[id_], 0) + 1
            yield at_most(left, 0)


def late(model: Model, plan: Plan) -> Iterable[Row]:
    """Rows against plans that end after the deadline."""
    units = deadline_units(model.problem)
    if units is None or reachable(plan, model.problem) != set(plan.steps):
        return
    if model.timetable(plan).end <= units:
        return
    yield from (at_most(terms, units) for terms in jackson(model, plan))
    core = _core(model, plan, lambda part: model.timetable(part).end > units)
    terms, constant = _changes(model, core)
    yield at_least(terms, 1 - constant)


def slow(model: Model, plan: Plan, proved: int | None) -> Iterable[Row]:
    """Rows that make the weeks column tell the truth about this plan."""
    if model.weeks is None or proved is None or reachable(plan, model.problem) != set(plan.steps):
        return
    week = 7 * model.problem.weekly_minutes
    if model.timetable(plan).end <= proved * week:
        return
    for bound in jackson(model, plan):
        yield at_most(bound | {model.weeks: -week}, 0)
    core = _core(model, plan, lambda part: model.timetable(part).end > proved * week)
    taken = -(-model.timetable(core).end // week)
    terms, constant = _changes(model, core)
    scaled = {column: (taken - proved) * coefficient for column, coefficient in terms.items()}
    yield at_least(scaled | {model.weeks: 1}, taken - (taken - proved) * constant)


def _unmet_options(model: Model, step: Candidate, earned: set[str]) -> set[str] | None:
    """What could help the first condition that the earned steps do not meet; `None` where they meet all."""
    for condition in step.conditions:
        if not holds(condition, [model.by_id[id_] for id_ in sorted(earned)], "shows"):
            return _options(model, step.id, condition.candidates, condition.bits)
    return None


def _options(model: Model, apart: str, candidates: Iterable[str], bits: Iterable[str]) -> set[str]:
    found = {id_ for id_ in candidates if id_ in model.step}
    for bit in bits:
        found |= set(model.providers["shows"].get(bit, ()))
    return found - {apart}


def _helpers(model: Model, id_: str) -> set[str]:
    """Everything that is an option of one of a step's conditions."""
    conditions = model.by_id[id_].conditions
    return set().union(*(_options(model, id_, condition.candidates, condition.bits) for condition in conditions))


def _core(model: Model, plan: Plan, is_bad: Callable[[Plan], bool]) -> Plan:
    """A smaller plan that is bad as well and that nothing outside it serves."""
    if not model.timetable(plan).exact:
        return plan
    steps, standing = list(plan.steps), dict(plan.standing)
    helps = {id_: _helpers(model, id_) | ({standing.get(id_, id_)} - {id_}) for id_ in steps}
    shrinking = True
    while shrinking:
        shrinking = False
        for id_ in list(steps):
            rest = [other for other in steps if other != id_]
            if any(id_ in helps[other] for other in rest):
                continue
            part = Plan(tuple(rest), tuple(pair for pair in plan.standing if pair[0] in rest))
            if is_bad(part):
                steps, shrinking = rest, True
    return Plan(tuple(steps), tuple(pair for pair in plan.standing if pair[0] in steps))


def _changes(model: Model, core: Plan) -> tuple[dict[int, int], int]:
    """Terms and a constant that together are 0 for plans that keep the core, and at least 1 for others."""
    if not model.timetable(core).exact:
        return _any_change(model, core)
    used = used_standing(core, model.problem) or {}
    terms = {model.step[id_]: -1 for id_ in core.steps}
    constant = len(core.steps)
    for other in sorted(set().union(*(_helpers(model, id_) for id_ in core.steps)) - set(core.steps)):
        terms[model.step[other]] = 1
    for id_ in core.steps:
        savings = [s for s in model.savings if s.standing.into == id_]
        now = next((s for s in savings if id_ in used and s.standing.held == used[id_].held), None)
        if now is not None and now.standing.held not in model.problem.held:
            terms[now.column] = -1
            constant += 1
        else:
            terms |= {s.column: 1 for s in savings if s.minutes > (0 if now is None else now.minutes)}
    return terms, constant


def _any_change(model: Model, plan: Plan) -> tuple[dict[int, int], int]:
    standing = set(plan.standing)
    chosen = {model.step[id_] for id_ in plan.steps}
    chosen |= {s.column for s in model.savings if (s.standing.into, s.standing.held) in standing}
    columns = [*model.step.values(), *(s.column for s in model.savings)]
    return {column: -1 if column in chosen else 1 for column in columns}, len(chosen)
