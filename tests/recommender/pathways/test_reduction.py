"""What cannot be in the best plan is left out, and nothing else is."""

from recommender.pathways.dominance import uncovered
from recommender.pathways.problem import Candidate, Condition, Figure, Item, Standing
from recommender.pathways.reduction import reduce
from tests.recommender.pathways.drawn import FREE, bits, credential, item, plan, problem, showing, waiting

X = item("x")


def left(*candidates: Candidate, **more: object) -> list[str]:
    return [candidate.id for candidate in uncovered(problem(*candidates, **{"items": (X,), "aim": "cheapest", **more}))]


def test_what_is_asked_for_stays_with_what_it_waits_for_or_takes_standing_from() -> None:
    world = problem(
        credential("a"), showing("b", "x", conditions=waiting("a")), credential("c", conditions=waiting("ghost")),
        credential("d"), credential("idle"), credential("pinned"), items=(X,), pinned=bits("pinned"),
        standings=(Standing("d", "b", 1, 1),),
    )  # fmt: skip
    assert [candidate.id for candidate in reduce(world).candidates] == ["a", "b", "d", "pinned"]


def test_where_plans_must_differ_what_nobody_asks_for_stays() -> None:
    world = problem(credential("idle"), showing("b", "x"), items=(X,), differs_from=(plan("b"),))
    assert [candidate.id for candidate in reduce(world).candidates] == ["idle", "b"]


def test_of_two_alike_the_smaller_id_stays() -> None:
    assert left(showing("a", "x", 5), showing("b", "x", 5)) == ["a"]


def test_the_dearer_goes_unless_it_shows_more_or_takes_less_time() -> None:
    assert left(showing("a", "x", 6, 9), showing("b", "x", 5, 9)) == ["b"]
    assert left(showing("a", "x", 6, 8), showing("b", "x", 5, 9)) == ["a", "b"]
    assert left(showing("a", "x", 6, 9), showing("b", "x", 5, 9, days=1)) == ["a", "b"]
    assert left(showing("a", "x", 6), credential("b", 5, may_show=bits("x"))) == ["a", "b"]


def test_a_figure_that_the_aim_does_not_count_breaks_no_tie_against_the_smaller_id() -> None:
    assert left(showing("a", "x", 5, 9), showing("b", "x", 5, 8), aim="strongest") == ["a", "b"]
    assert left(showing("a", "x", 5, 9), showing("b", "x", 5, 8), aim="cheapest") == ["b"]


def test_an_unknown_price_covers_no_known_one() -> None:
    unknown = Candidate("a", Figure(5, known=False), FREE, may_show=bits("x"), shows=bits("x"))
    assert left(unknown, showing("b", "x", 5)) == ["b"]
    assert left(unknown, showing("b", "x", 6)) == ["a", "b"]


def test_what_something_names_stays() -> None:
    both = (showing("a", "x", 5), showing("b", "x", 6))
    assert left(*both, pinned=bits("b")) == ["a", "b"]
    assert left(*both, standings=(Standing("h", "b", 1, 0),)) == ["a", "b"]
    assert left(*both, items=(X, Item("y", 1, Condition(1, ("b",))))) == ["a", "b"]
    assert left(*both, differs_from=(plan("a"),)) == ["a", "b"]


def test_the_strong_band_counts_only_for_the_strongest() -> None:
    both = (showing("a", "x", 5), showing("b", "x", 6, strongly=bits("x")))
    assert left(*both) == ["a"]
    assert left(*both, aim="strongest") == ["a", "b"]


def test_what_waits_for_more_covers_nothing() -> None:
    door = credential("door")
    assert left(showing("a", "x", 5, conditions=waiting("door")), showing("b", "x", 6), door) == ["a", "b", "door"]
    assert left(showing("a", "x", 5), showing("b", "x", 6, conditions=waiting("door")), door) == ["a", "door"]
