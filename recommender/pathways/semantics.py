"""What a plan means, said once: which plans are valid, what they are worth, how many weeks they take.

The solver is fast and complicated; this is slow and plain, and it has the last word: the brute-force tests, the
solver's last check and later the certificate's checker all use it. Whole numbers only, standard library only.

A plan is **valid** when starting from what is held, adding any chosen step whose conditions all hold, and repeating,
adds every chosen step; when each standing it uses starts from something held or an earlier step; and when the limits
hold. A plan's **value** is a tuple in which smaller is better, compared from the left.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import inf

from recommender.pathways.problem import Candidate, Condition, Figure, Plan, Problem, Standing

SEARCH_NODES = 200_000
"""How many partial orders `timetable` looks at before it settles for the best found."""


Rank = tuple[tuple[int, ...], tuple[str, ...], int, tuple[tuple[str, str], ...]]
"""Where a plan stands in the order of `preference`."""


@dataclass(frozen=True, slots=True)
class Timed:
    """When a step is worked on. Times are in units of a day divided by the weekly minutes, so that they are whole."""

    step: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Timetable:
    """Steps in working order. `exact` is false where the search was cut, so that a shorter order may exist."""

    steps: tuple[Timed, ...]
    end: int
    exact: bool


def is_valid(plan: Plan, problem: Problem) -> bool:
    """Whether every step can be earned in some order and every limit holds."""
    steps = chosen(plan, problem)
    if steps is None or not problem.pinned <= set(plan.steps):
        return False
    if used_standing(plan, problem) is None or reachable(plan, problem) != set(plan.steps):
        return False
    if not all(differs(plan, earlier) for earlier in problem.differs_from):
        return False
    figures = [net_figures(step, plan, problem) for step in steps.values()]
    if problem.budget is not None and (
        any(not money.known for money, _ in figures) or sum(money.counts for money, _ in figures) > problem.budget
    ):
        return False
    if problem.deadline_days is not None:
        if any(not minutes.known for _, minutes in figures):
            return False
        return timetable(plan, problem).end <= problem.deadline_days * problem.weekly_minutes
    return True


def value(plan: Plan, problem: Problem) -> tuple[int, ...]:
    """What a valid plan is worth: smaller is better, compared from the left.

    First the importance it closes as shown and as unconfirmed (negated), then the aim, then the number of steps.
    Unknown figures count by what stands for them, and where that leaves plans equal, fewer unknown figures win.
    """
    steps = chosen(plan, problem) or {}
    figures = [net_figures(step, plan, problem) for step in steps.values()]
    money = sum(m.counts for m, _ in figures)
    minutes = sum(t.counts for _, t in figures)
    unknown = sum((not m.known) + (not t.known) for m, t in figures)
    shown = closed_importance(steps, problem, "shows")
    unconfirmed = closed_importance(steps, problem, "may_show") - shown
    aim: tuple[int, ...]
    match problem.aim:
        case "cheapest":
            aim = (money, unknown, minutes)
        case "quickest":
            aim = (weeks(plan, problem), minutes, unknown, money)
        case "strongest":
            aim = (-closed_importance(steps, problem, "strongly"), money, unknown)
        case "balanced":
            aim = (60 * money + problem.hourly_rate * minutes, unknown)
    return (-shown, -unconfirmed, *aim, len(plan.steps))


def preference(plan: Plan, problem: Problem) -> Rank:
    """The order among all valid plans: by value, by the smallest ids, by the fewest standings, by the smallest pairs.

    So there is one best plan, and it never uses a standing that takes nothing off.
    """
    return value(plan, problem), plan.steps, len(plan.standing), plan.standing


def differs(plan: Plan, earlier: Plan) -> bool:
    """Whether two plans share at most half of the steps of either, so that neither is the other with a step more."""
    shared = len(set(plan.steps) & set(earlier.steps))
    return 2 * shared <= min(len(plan.steps), len(earlier.steps))


def weeks(plan: Plan, problem: Problem) -> int:
    """Whole weeks from the first day to the last award, the last one begun counted as whole."""
    week = 7 * problem.weekly_minutes
    return -(-timetable(plan, problem).end // week)


def chosen(plan: Plan, problem: Problem) -> Mapping[str, Candidate] | None:
    """The candidates a plan chooses, by id; `None` where it names something else, or the same twice."""
    by_id = {candidate.id: candidate for candidate in problem.candidates}
    if list(plan.steps) != sorted(set(plan.steps)) or not by_id.keys() >= set(plan.steps):
        return None
    return {step: by_id[step] for step in plan.steps}


def used_standing(plan: Plan, problem: Problem) -> Mapping[str, Standing] | None:
    """The standing each step uses, by step; `None` where the plan uses one that does not exist or two for one step."""
    by_pair = {(standing.into, standing.held): standing for standing in problem.standings}
    used = {into: by_pair.get((into, held)) for into, held in plan.standing}
    if list(plan.standing) != sorted(set(plan.standing)) or len(used) != len(plan.standing):
        return None
    found = {into: standing for into, standing in used.items() if standing is not None and into in plan.steps}
    return found if len(found) == len(used) else None


def net_figures(step: Candidate, plan: Plan, problem: Problem) -> tuple[Figure, Figure]:
    """Money and minutes of a step after the standing it uses. What is unknown stays unknown and undiminished."""
    standing = (used_standing(plan, problem) or {}).get(step.id)
    if standing is None:
        return step.money, step.minutes
    return _less(step.money, standing.money_off), _less(step.minutes, standing.minutes_off)


def reachable(plan: Plan, problem: Problem) -> set[str]:
    """The chosen steps that can be earned: start from what is held, add what has all it waits for, repeat."""
    steps = chosen(plan, problem) or {}
    standing = used_standing(plan, problem) or {}
    done: set[str] = set()
    while True:
        ready = {
            id_
            for id_, step in steps.items()
            if id_ not in done
            and all(holds(condition, [steps[d] for d in done], "shows") for condition in step.conditions)
            and (id_ not in standing or standing[id_].held in done | problem.held)
        }
        if not ready:
            return done
        done |= ready


def holds(
    condition: Condition, earned: Iterable[Candidate], sureness: str, already: frozenset[str] = frozenset()
) -> bool:
    """Whether enough options of a condition hold; `sureness` is `shows`, `may_show` or `strongly`."""
    earned = list(earned)
    bits = already.union(*(getattr(step, sureness) for step in earned))
    ids = {step.id for step in earned}
    return len(ids & set(condition.candidates)) + len(bits & set(condition.bits)) >= condition.at_least


def closed_importance(steps: Mapping[str, Candidate], problem: Problem, sureness: str) -> int:
    """Summed importance of the items that the steps close with this sureness."""
    already = problem.may_already if sureness == "may_show" else frozenset()
    return sum(i.importance for i in problem.items if holds(i.condition, steps.values(), sureness, already))


def timetable(plan: Plan, problem: Problem) -> Timetable:
    """The order of the steps with the least last end.

    One step is worked at a time, at the weekly minutes. A step starts when what it waits for has ended; it ends after
    its work and not before its elapsed days. All orders are searched, depth first. What remains takes at least as long
    as if all of it could start now and only what must follow each step counted; then it is best to begin with the step
    that leaves most to wait for after its work (Jackson's rule).
    """
    steps = chosen(plan, problem) or {}
    standing = used_standing(plan, problem) or {}
    work = {id_: 7 * net_figures(step, plan, problem)[1].counts for id_, step in steps.items()}
    least = {id_: max(work[id_], step.days * problem.weekly_minutes) for id_, step in steps.items()}
    ahead = _least_ahead(steps, standing, least)
    longest_first = sorted(steps, key=lambda id_: (work[id_] - ahead[id_], id_))
    best: list[Timed] = []
    best_end: float = inf
    nodes = 0

    def search(done: dict[str, Timed], free: int) -> None:
        nonlocal best, best_end, nodes
        nodes += 1
        rest = [id_ for id_ in longest_first if id_ not in done]
        end = max((timed.end for timed in done.values()), default=0)
        if not rest:
            if end < best_end:
                best, best_end = list(done.values()), end
            return
        worked, bound = free, end
        for id_ in rest:
            bound = max(bound, worked + ahead[id_])
            worked += work[id_]
        if bound >= best_end or nodes > SEARCH_NODES:
            return
        for id_ in rest:
            start = _ready(steps[id_], standing.get(id_), steps, done, problem)
            if start is None:
                continue
            start = max(start, free)
            search({**done, id_: Timed(id_, start, start + least[id_])}, start + work[id_])

    search({}, 0)
    return Timetable(tuple(best), 0 if best_end is inf else int(best_end), nodes <= SEARCH_NODES)


def _ready(
    step: Candidate,
    standing: Standing | None,
    steps: Mapping[str, Candidate],
    done: Mapping[str, Timed],
    problem: Problem,
) -> int | None:
    """When everything that a step waits for has ended, given the steps done before it; `None`: not with these."""
    moments = [0]
    if standing is not None and standing.held not in problem.held:
        if standing.held not in done:
            return None
        moments.append(done[standing.held].end)
    for condition in step.conditions:
        ends = [done[c].end for c in set(condition.candidates) if c in done]
        for bit in set(condition.bits):
            ends += sorted(timed.end for id_, timed in done.items() if bit in steps[id_].shows)[:1]
        if len(ends) < condition.at_least:
            return None
        if condition.at_least > 0:
            moments.append(sorted(ends)[condition.at_least - 1])
    return max(moments)


def _least_ahead(
    steps: Mapping[str, Candidate], standing: Mapping[str, Standing], least: Mapping[str, int]
) -> Mapping[str, int]:
    """How long it takes at least from the start of each step to the last end: the step and what surely waits for it."""
    waits = {id_: _surely_waits_for(step, standing.get(id_), steps) for id_, step in steps.items()}
    ahead = dict(least)
    for _ in steps:
        for id_, before in waits.items():
            for earlier in before:
                ahead[earlier] = max(ahead[earlier], least[earlier] + ahead[id_])
    return ahead


def _surely_waits_for(step: Candidate, standing: Standing | None, steps: Mapping[str, Candidate]) -> set[str]:
    """The steps that must end before this one starts: its standing, and options of which none can be spared."""
    found = {standing.held} & steps.keys() if standing is not None else set()
    others = {id_: other for id_, other in steps.items() if id_ != step.id}
    for condition in step.conditions:
        options = [{id_} & others.keys() for id_ in set(condition.candidates)]
        options += [{id_ for id_, other in others.items() if bit in other.shows} for bit in set(condition.bits)]
        if sum(map(bool, options)) == condition.at_least:
            found |= {id_ for option in options if len(option) == 1 for id_ in option}
    return found


def _less(figure: Figure, off: int) -> Figure:
    return Figure(max(0, figure.counts - off)) if figure.known else figure
