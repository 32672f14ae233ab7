"""Alternatives by intent, and one that really differs, on drawn and on random worlds."""

from dataclasses import replace

from hypothesis import HealthCheck, given, settings

from recommender.pathways.alternatives import find_alternatives, idle_steps
from recommender.pathways.problem import Condition, Item, Plan, Problem
from recommender.pathways.reduction import asked_for
from recommender.pathways.semantics import differs, value
from recommender.pathways.solver import Solution, solve
from tests.recommender.pathways.drawn import bits, credential, item, plan, problem, showing
from tests.recommender.pathways.worlds import best_of, problems, valid_plans

X, Y = item("x"), item("y")


def told(world: Problem) -> list[tuple[str, str, str, tuple[str, ...]]]:
    found = find_alternatives(world, solve(world))
    return [(a.intent, a.why, a.same_as, a.solution.plan.steps if a.solution else ()) for a in found]


def test_cheap_quick_and_strong_are_three_plans_and_the_fourth_differs_from_all() -> None:
    world = problem(
        showing("cheap", "x", 1, 600), showing("other", "x", 20, 600), showing("quick", "x", 50, 60),
        showing("strong", "x", 90, 600, strongly=bits("x")), items=(X,), aim="cheapest",
    )  # fmt: skip
    assert told(world) == [
        ("cheapest", "same", "best", ()),
        ("quickest", "found", "", ("quick",)),
        ("strongest", "found", "", ("strong",)),
        ("different", "found", "", ("other",)),
    ]


def test_the_quickest_that_is_also_the_cheapest_is_said_once() -> None:
    world = problem(
        showing("a", "x", 5, 60),
        showing("b", "x", 6, 6, strongly=bits("x")),
        items=(X,),
        hourly_rate=100,
        aim="balanced",
    )
    assert told(world) == [
        ("cheapest", "found", "", ("a",)),
        ("quickest", "same", "best", ()),
        ("strongest", "same", "best", ()),
        ("different", "none", "", ()),
    ]


def test_a_step_added_only_to_make_a_difference_is_no_alternative() -> None:
    world = problem(showing("a", "x", 5), showing("b", "y", 5), showing("c", "x", 90), items=(X, Y), aim="cheapest")
    assert told(world)[-1] == ("different", "found", "", ("b", "c"))
    never = Item("z", 1, Condition(2, ("d", "ghost")))
    world = problem(showing("a", "x", 5), showing("b", "y", 5), credential("d", 1), items=(X, Y, never), aim="cheapest")
    assert told(world)[-1] == ("different", "idle", "", ())
    world = problem(showing("a", "x", 5), showing("b", "y", 5), showing("c", "y", 90), items=(X, Y))
    assert idle_steps(plan("a", "b", "c"), world) == ("b", "c")
    assert idle_steps(plan("a", "b"), replace(world, pinned=bits("a"))) == ()


def test_where_no_plan_is_valid_there_are_no_alternatives() -> None:
    assert told(problem(pinned=bits("ghost"))) == []


def test_where_nothing_can_be_closed_all_intents_are_the_empty_plan() -> None:
    assert told(problem(credential("a"), items=(X,))) == [
        ("cheapest", "same", "best", ()),
        ("quickest", "same", "best", ()),
        ("strongest", "same", "best", ()),
        ("different", "none", "", ()),
    ]


@settings(max_examples=60, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
@given(problems(6))
def test_the_different_plan_is_the_best_that_differs(world: Problem) -> None:
    best = solve(world)
    found = find_alternatives(world, best)
    if not found:
        assert best.status == "infeasible"
        return
    others: list[Solution] = [best, *(a.solution for a in found[:3] if a.solution)]
    earlier = (*world.differs_from, *(other.plan for other in others if other.plan.steps))
    asked = replace(asked_for(world), differs_from=earlier)
    wanted = best_of(valid_plans(asked), asked, world.aim)
    last = found[3]
    if last.solution is not None:
        assert last.solution.plan == wanted
        assert all(differs(last.solution.plan, other.plan) for other in others)
    else:
        closes = wanted is not None and value(wanted, world)[:2] < value(Plan(), world)[:2]
        assert last.why == ("idle" if closes else "none")
        assert not closes or wanted is None or idle_steps(wanted, world)
