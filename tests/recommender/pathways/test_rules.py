"""Each rule of the model matters: a drawn world for each, whose answer goes wrong when the rule is left out."""

from dataclasses import replace

import pytest

from recommender.pathways.problem import Candidate, Condition, Figure, Item, Plan, Problem, Standing
from recommender.pathways.rows import GROUPS, Group
from recommender.pathways.solver import solve
from tests.recommender.pathways.drawn import bits, credential, item, plan, problem, showing, waiting

X, Y = item("x", 2), item("y", 1)
TWO_WAITS = (showing("a", "x", 0, 60, days=21), showing("b", "y", 0, 60, days=21))

WORLDS: dict[str, tuple[Problem, Plan]] = {
    "conditions": (
        problem(credential("a", 5), showing("b", "x", 5, conditions=waiting("a")), items=(X,), aim="cheapest"),
        plan("a", "b"),
    ),
    "shown items": (problem(showing("a", "x", 10), items=(X,), aim="cheapest"), plan("a")),
    "unconfirmed items": (problem(credential("a", 10, may_show=bits("x")), items=(X,), aim="cheapest"), plan("a")),
    "strongly shown items": (
        problem(showing("strong", "x", 9, strongly=bits("x")), showing("weak", "x", 1), items=(X,), aim="strongest"),
        plan("strong"),
    ),
    "one of them": (problem(showing("a", "x", 5, 9), showing("b", "x", 7, 1), items=(X,), aim="cheapest"), plan("a")),
    "pins": (problem(showing("a", "x", 5), credential("b", 50), items=(X,), pinned=bits("b")), plan("a", "b")),
    "one standing": (
        problem(showing("a", "x", 10), items=(X,), aim="cheapest", held=bits("h", "i"),
                standings=(Standing("h", "a", 6, 0), Standing("i", "a", 5, 0))),
        plan("a", a="h"),
    ),
    "standing source": (
        problem(showing("a", "x", 10), credential("b", 3), items=(X,), aim="cheapest",
                standings=(Standing("b", "a", 6, 0),)),
        plan("a", "b", a="b"),
    ),
    "circles": (
        problem(showing("a", "x", conditions=waiting("b")), credential("b", conditions=waiting("a", "d")),
                showing("c", "x", 50), credential("d", 99), items=(X,), aim="cheapest"),
        plan("c"),
    ),
    "budget": (
        problem(showing("a", "x", 61), credential("b", 60, may_show=bits("x")), items=(X,), aim="cheapest", budget=60),
        plan("b"),
    ),
    "known effort": (
        problem(Candidate("a", Figure(1), Figure(1, known=False), may_show=bits("x"), shows=bits("x")),
                showing("b", "x", 90, 1), items=(X,), aim="cheapest", deadline_days=99),
        plan("b"),
    ),
    "deadline": (problem(*TWO_WAITS, items=(X, Y), aim="cheapest", deadline_days=20), plan()),
    "deadline cuts": (problem(*TWO_WAITS, items=(X, Y), aim="cheapest", deadline_days=27), plan("a")),
    "weeks": (problem(showing("a", "x", 0, 1, days=7), showing("b", "x", 0, 60), showing("c", "x", 0, 2, days=15),
                      items=(X,), aim="quickest"), plan("a")),
    "weeks cuts": (
        problem(*TWO_WAITS, credential("c", 0, 180, shows=bits("x", "y"), may_show=bits("x", "y")),
                items=(X, Y), aim="quickest"),
        plan("c"),
    ),
    "differing": (
        problem(showing("a", "x", 5), showing("b", "x", 7), items=(X,), aim="cheapest", differs_from=(plan("a"),)),
        plan("b"),
    ),
}  # fmt: skip


def without(name: str) -> tuple[Group, ...]:
    if name.endswith(" cuts"):
        return tuple(replace(g, cuts=lambda *_: ()) if f"{g.name} cuts" == name else g for g in GROUPS)
    return tuple(group for group in GROUPS if group.name != name)


def test_every_rule_has_a_world() -> None:
    assert {name for name in WORLDS if not name.endswith(" cuts")} == {group.name for group in GROUPS}


@pytest.mark.parametrize("name", WORLDS)
def test_with_all_rules_the_answer_is_right(name: str) -> None:
    world, best = WORLDS[name]
    solution = solve(world)
    assert (solution.plan, solution.status) == (best, "optimal")


@pytest.mark.parametrize("name", WORLDS)
def test_without_the_rule_the_answer_is_wrong(name: str) -> None:
    world, best = WORLDS[name]
    solution = solve(world, groups=without(name))
    assert (solution.plan, solution.status) != (best, "optimal")


def test_two_of_three_parts_that_a_step_already_shows_are_found() -> None:
    whole = Item("whole", 1, Condition(2, ("a", "b"), ("x",)))
    world = problem(credential("a", 9), credential("b", 4), showing("c", "x", 3), items=(whole,), aim="cheapest")
    assert solve(world).plan == plan("b", "c")


def test_a_problem_without_candidates_or_items_has_the_empty_plan() -> None:
    assert (solve(problem()).plan, solve(problem()).status) == (plan(), "optimal")
    assert solve(problem(items=(X,))).value == (0, 0, 0, 0, 0)


def test_no_plan_is_valid_where_a_pin_cannot_be_earned_or_a_limit_is_negative() -> None:
    assert solve(problem(credential("a", conditions=waiting("ghost")), pinned=bits("a"))).status == "infeasible"
    assert solve(problem(pinned=bits("ghost"))).status == "infeasible"
    assert solve(problem(budget=-1)).status == "infeasible"
    assert solve(problem(deadline_days=-1)).status == "infeasible"
    assert solve(problem(credential("a", 9), pinned=bits("a"), budget=8)).value == ()
