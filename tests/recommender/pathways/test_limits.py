"""Where the node limit cuts the search, the plan is valid, the bound is honest, and nothing is called optimal."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bench.pathways import problem_of
from ontology.values import MOST_DAYS, MOST_MINUTES, MOST_MONEY
from recommender.pathways.problem import Aim, Candidate, Figure, Problem
from recommender.pathways.semantics import is_valid, value
from recommender.pathways.solver import solve
from tests.recommender.pathways.drawn import bits, credential, item, problem, showing
from tests.recommender.pathways.worlds import AIMS, best_of, problems, valid_plans

WORLD = problem(
    showing("a", "x", 5), showing("b", "x", 7), credential("c", 3, may_show=bits("y")),
    items=(item("x"), item("y")), aim="cheapest",
)  # fmt: skip


@settings(max_examples=150, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
@given(problems(6), st.integers(0, 6))
def test_a_bound_is_never_above_the_best_value(world: Problem, nodes: int) -> None:
    best = best_of(valid_plans(world), world, world.aim)
    solution = solve(world, node_limit=nodes)
    if solution.status == "infeasible":
        assert best is None
    elif solution.value:
        assert best is not None
        assert is_valid(solution.plan, world)
        assert solution.bound <= value(best, world) <= solution.value == value(solution.plan, world)
        assert solution.status == "bounded" or solution.plan == best


def test_without_any_node_the_empty_plan_and_the_trivial_bound_remain() -> None:
    solution = solve(WORLD, node_limit=0)
    assert (solution.status, solution.plan.steps) == ("bounded", ())
    assert (solution.value, solution.bound) == ((0, 0, 0, 0, 0, 0), (-2, -2, 0, 0, 0, 0))


def test_with_one_run_the_first_component_is_proved() -> None:
    solution = solve(WORLD, node_limit=1)
    assert (solution.status, solution.bound) == ("bounded", (-1, -1, 0, 0, 0, 0))


def test_where_no_plan_was_found_the_value_is_empty() -> None:
    world = problem(credential("a"), pinned=bits("a"))
    assert (solve(world, node_limit=0).status, solve(world, node_limit=0).value) == ("bounded", ())


@pytest.mark.parametrize("weekly", [1, 300])
def test_numbers_that_floating_point_cannot_tell_apart_prove_nothing(weekly: int) -> None:
    """One of these was called impossible, of another the bound was beyond the plan."""
    for days in (10**13, 10**15 - 1, 10**15, 2**53, 2**63 - 1):
        more = {"weekly_minutes": weekly, "aim": "quickest", "items": (item("x"),)}
        world = problem(showing("a", "x", 5, 1920, days=days), showing("b", "x", 7, 60), pinned=bits("a"), **more)
        solution = solve(world)
        assert solution.status == "bounded"
        assert not solution.value or solution.bound <= value(solution.plan, world) == solution.value


@pytest.mark.parametrize("weekly", [1, 300])
def test_the_largest_quantities_that_a_store_takes_are_proved_to_the_unit(weekly: int) -> None:
    dear, cheap = Figure(MOST_MONEY), Figure(MOST_MONEY - 1)
    candidates = tuple(
        Candidate(id_, price, Figure(MOST_MINUTES), MOST_DAYS, shows=bits("x"), may_show=bits("x"))
        for id_, price in (("a", dear), ("b", cheap))
    )
    world = problem(*candidates, items=(item("x"),), weekly_minutes=weekly)
    for aim in AIMS:
        solution = solve(replace(world, aim=aim))
        assert (solution.status, solution.plan.steps, solution.bound) == ("optimal", ("b",), solution.value)


@pytest.mark.parametrize("aim", AIMS)
@pytest.mark.parametrize("days", [60, 120, 300])
def test_larger_worlds_are_solved_to_the_end(aim: Aim, days: int) -> None:
    world = replace(problem_of(150, 20, aim, 1, limits=True), deadline_days=days, budget=None)
    solution = solve(world)
    assert solution.status == "optimal"
    assert solution.bound == solution.value
    assert is_valid(solution.plan, world)


def test_the_answer_does_not_hang_on_what_covered_candidates_are_called() -> None:
    world = problem_of(40, 10, "cheapest", 2)
    dearer = tuple(
        replace(c, id=f"{c.id} again", money=Figure(c.money.counts + 1, c.money.known)) for c in world.candidates
    )
    both = tuple(sorted((*world.candidates, *dearer), key=lambda candidate: candidate.id))
    assert solve(replace(world, candidates=both)).plan == solve(world).plan
