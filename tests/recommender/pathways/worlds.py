"""Small random worlds and the slow, sure way to their best plan: every subset of candidates and every standing choice.

Figures come from few values, so that ties are frequent; a world leans one way or another (`Lean`), so that what rarely
meets by chance (circles, a tight deadline, standing) meets often.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, product

from hypothesis import strategies as st

from recommender.pathways.problem import Aim, Candidate, Condition, Figure, Item, Plan, Problem, Standing
from recommender.pathways.semantics import is_valid, preference

AIMS: tuple[Aim, ...] = ("cheapest", "quickest", "strongest", "balanced")
BITS = ("k", "l", "m")
HELD = "held"


def _figures(known: bool) -> st.SearchStrategy[Figure]:
    numbers = st.sampled_from((0, 10, 10, 20, 30, 40, 60, 90))
    return st.builds(Figure, numbers, st.just(True) if known else st.sampled_from((True, True, True, False)))


@st.composite
def _conditions(draw: st.DrawFn, names: tuple[str, ...], bits: tuple[str, ...]) -> Condition:
    candidates = draw(st.lists(st.sampled_from(names), max_size=3, unique=True)) if names else []
    wanted = draw(st.lists(st.sampled_from(bits), min_size=0 if candidates else 1, max_size=2, unique=True))
    most = len(candidates) + len(wanted)
    return Condition(draw(st.sampled_from((1, 1, min(2, most), most))), tuple(candidates), tuple(wanted))


@st.composite
def _candidates(
    draw: st.DrawFn, name: str, names: tuple[str, ...], *, known: bool, slow: bool, often: int
) -> Candidate:
    may_show = draw(st.sets(st.sampled_from(BITS), min_size=draw(st.sampled_from((0, 1, 1))), max_size=2))
    shows = {bit for bit in sorted(may_show) if draw(st.sampled_from((True, True, False)))}
    strongly = {bit for bit in sorted(shows) if draw(st.booleans())}
    waits = draw(st.integers(0, 9)) < often
    return Candidate(
        name,
        draw(_figures(known)),
        draw(_figures(known)),
        draw(st.sampled_from((0, 7, 14, 30, 30) if slow else (0,))),
        tuple(draw(st.lists(_conditions(names, BITS), min_size=1, max_size=2))) if waits else (),
        frozenset(may_show),
        frozenset(shows),
        frozenset(strongly),
    )


@st.composite
def problems(draw: st.DrawFn, most: int = 7) -> Problem:
    """A problem of at most so many candidates."""
    names = tuple("abcdefgh"[: draw(st.sampled_from((2, most - 3, most - 2, most - 1, most)))])
    known = draw(st.sampled_from((True, True, False)))
    rushed = draw(st.integers(0, 3)) == 0
    slow = rushed or draw(st.booleans())
    often = draw(st.sampled_from((1, 2) if rushed else (2, 5, 8)))
    candidates = tuple(draw(_candidates(name, names, known=known, slow=slow, often=often)) for name in names)
    items = tuple(
        Item(f"item {number}", draw(st.sampled_from((1, 1, 2, 5))), draw(_conditions(names, BITS)))
        for number in range(draw(st.integers(1, 4)))
    )
    pairs = draw(st.lists(st.tuples(st.sampled_from((*names, HELD)), st.sampled_from(names)), max_size=4, unique=True))
    offs = st.sampled_from((0, 5, 10, 20, 50))
    standings = tuple(Standing(held, into, draw(offs), draw(offs)) for held, into in sorted(pairs))
    limited = draw(st.integers(0, 4))
    pinned = draw(st.lists(st.sampled_from(names), max_size=1))
    earlier = draw(st.lists(st.lists(st.sampled_from(names), min_size=1, max_size=3, unique=True), max_size=2))
    return Problem(
        items=items,
        candidates=candidates,
        standings=standings,
        held=frozenset({HELD}) if draw(st.booleans()) else frozenset(),
        may_already=frozenset(draw(st.sets(st.sampled_from(BITS), max_size=1))),
        pinned=frozenset(pinned if draw(st.integers(0, 3)) == 0 else ()),
        aim=draw(st.sampled_from(AIMS)),
        budget=draw(st.sampled_from((0, 60, 100, 150, 200))) if limited in {1, 3} and not rushed else None,
        deadline_days=draw(st.sampled_from((30, 37, 44, 51, 58) if rushed else (0, 14, 21, 30, 37, 44, 60, 90)))
        if rushed or limited in {2, 3}
        else None,
        weekly_minutes=draw(st.sampled_from((20, 30, 60))),
        hourly_rate=draw(st.sampled_from((0, 30, 60, 100))),
        differs_from=tuple(Plan(tuple(sorted(steps))) for steps in earlier) if draw(st.integers(0, 4)) == 0 else (),
    )


def all_plans(problem: Problem) -> Iterator[Plan]:
    """Every plan that the words allow, valid or not."""
    names = [candidate.id for candidate in problem.candidates]
    for size in range(len(names) + 1):
        for steps in combinations(names, size):
            sources = [
                [None, *(s.held for s in problem.standings if s.into == step and s.held in problem.held | set(steps))]
                for step in steps
            ]
            for used in product(*sources):
                yield Plan(
                    steps, tuple((step, held) for step, held in zip(steps, used, strict=True) if held is not None)
                )


def valid_plans(problem: Problem) -> list[Plan]:
    """Every valid plan; which these are does not depend on the aim."""
    return [plan for plan in all_plans(problem) if is_valid(plan, problem)]


def best_of(plans: list[Plan], problem: Problem, aim: Aim) -> Plan | None:
    """The plan preferred to all others."""
    asked = replace(problem, aim=aim)
    return min(plans, key=lambda plan: preference(plan, asked), default=None)
