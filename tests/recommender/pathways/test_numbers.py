"""Large numbers stay exact: prices in the hundred millions whose difference is one unit are told apart."""

from dataclasses import replace
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from recommender.pathways.digits import limit, measure
from recommender.pathways.problem import Figure, Item, Problem
from recommender.pathways.program import Program, at_least
from recommender.pathways.semantics import value
from recommender.pathways.solver import solve
from tests.recommender.pathways.drawn import item, plan, problem, showing
from tests.recommender.pathways.worlds import best_of, problems, valid_plans

COEFFICIENTS = st.lists(st.integers(-(10**13), 10**13), min_size=1, max_size=5)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(COEFFICIENTS, st.integers(0, 40))
def test_a_sum_in_digits_has_the_least_of_the_sum(coefficients: list[int], asked: int) -> None:
    program = Program()
    terms = {program.column(): coefficient for coefficient in coefficients}
    chosen = min(asked, len(coefficients))
    program.add([at_least(dict.fromkeys(terms, 1), chosen)])
    least = min(
        sum(k for k, taken in zip(coefficients, picks, strict=True) if taken)
        for picks in product((False, True), repeat=len(coefficients))
        if sum(picks) >= chosen
    )
    summed = measure(program, terms)
    found = []
    for digit, wanted in zip(summed.digits, summed.spell(least), strict=True):
        found.append(program.minimise(digit, nodes=1000).bound)
        program.add([at_least({column: -k for column, k in digit.items()}, -wanted)])
    assert tuple(found) == summed.spell(least)
    assert summed.number(summed.spell(least)) == least


@settings(max_examples=150, deadline=None, derandomize=True)
@given(COEFFICIENTS, st.data())
def test_a_large_limit_holds_to_the_unit(coefficients: list[int], data: st.DataObject) -> None:
    picks = [data.draw(st.booleans()) for _ in coefficients]
    total = sum(k for k, taken in zip(coefficients, picks, strict=True) if taken)
    for upper, fits in ((total, "optimal"), (total - 1, "infeasible")):
        program = Program()
        terms = {program.column(int(taken), int(taken)): k for k, taken in zip(coefficients, picks, strict=True)}
        program.add(limit(program, terms, upper))
        assert program.minimise({}, nodes=1000).status == fits


def _dear(problem_: Problem, factor: int) -> Problem:
    """The same world with prices near multiples of a large prime, each a little off."""
    candidates = tuple(
        replace(c, money=Figure(c.money.counts * factor + place, c.money.known))
        for place, c in enumerate(problem_.candidates)
    )
    standings = tuple(replace(s, money_off=s.money_off * factor) for s in problem_.standings)
    budget = None if problem_.budget is None else problem_.budget * factor + 3
    return replace(problem_, candidates=candidates, standings=standings, budget=budget)


@settings(max_examples=300, deadline=None, derandomize=True, database=None)
@given(problems(6), st.sampled_from((999_983, 99_999_989)))
def test_dear_worlds_are_solved_as_exactly(world: Problem, factor: int) -> None:
    dear = _dear(world, factor)
    best = best_of(valid_plans(dear), dear, dear.aim)
    solution = solve(dear)
    if best is None:
        assert solution.status == "infeasible"
    else:
        assert (solution.plan, solution.value, solution.status) == (best, value(best, dear), "optimal")


def test_one_unit_in_a_hundred_million_decides() -> None:
    world = problem(
        showing("a", "x", 100_000_001, 60), showing("b", "x", 100_000_000, 60), items=(item("x"),), hourly_rate=7919
    )
    assert solve(world).plan == plan("b")


def test_a_large_importance_is_no_trouble() -> None:
    items = (Item("x", 10**9 + 1, item("x").condition), Item("y", 10**9, item("y").condition))
    world = problem(showing("a", "x", 60), showing("b", "y", 60), items=items, aim="cheapest", budget=100)
    assert solve(world).plan == plan("a")


def test_a_sum_that_carries_over_a_digit_is_told_from_one_that_does_not() -> None:
    """Two prices of 9,999,830 and 9,999,831 are one less than one of 19,999,662; wide digits once hid that."""
    both = showing("c", "x", 19_999_662)
    both = replace(both, shows=frozenset({"x", "y"}), may_show=frozenset({"x", "y"}))
    world = problem(
        showing("a", "x", 9_999_830), showing("b", "y", 9_999_831), both, items=(item("x"), item("y")), aim="cheapest"
    )
    assert solve(world).plan == plan("a", "b")
