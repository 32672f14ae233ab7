"""What a plan means, on worlds small enough to draw."""

from recommender.pathways.problem import Candidate, Condition, Figure, Plan, Standing
from recommender.pathways.semantics import is_valid, preference, timetable, value, weeks
from tests.recommender.pathways.drawn import FREE, bits, credential, item, plan, problem


def test_a_credential_waits_for_what_it_requires() -> None:
    world = problem(credential("a"), credential("b", conditions=(Condition(1, ("a",)),)))
    assert is_valid(plan("a", "b"), world)
    assert not is_valid(plan("b"), world)


def test_two_credentials_that_wait_for_each_other_are_no_plan() -> None:
    world = problem(
        credential("a", conditions=(Condition(1, ("b",)),)), credential("b", conditions=(Condition(1, ("a",)),))
    )
    assert not is_valid(plan("a", "b"), world)


def test_two_of_three_parts_earn_the_whole() -> None:
    parts = [credential(name) for name in "abc"]
    world = problem(*parts, credential("whole", conditions=(Condition(2, ("a", "b", "c")),)))
    assert is_valid(plan("a", "c", "whole"), world)
    assert not is_valid(plan("a", "whole"), world)


def test_a_competency_that_is_only_perhaps_shown_opens_no_door() -> None:
    needs = credential("z", conditions=(Condition(1, bits=("sql",)),))
    assert is_valid(plan("a", "z"), problem(credential("a", shows=bits("sql"), may_show=bits("sql")), needs))
    assert not is_valid(plan("a", "z"), problem(credential("a", may_show=bits("sql")), needs))


def test_standing_comes_from_an_earlier_step_and_never_in_a_circle() -> None:
    both = (Standing("a", "b", 5, 0), Standing("b", "a", 5, 0))
    world = problem(credential("a", 10), credential("b", 10), standings=both, aim="cheapest")
    assert is_valid(plan("a", "b", b="a"), world)
    assert value(plan("a", "b", b="a"), world)[2] == 15
    assert not is_valid(plan("a", "b", a="b", b="a"), world)
    assert not is_valid(plan("b", b="a"), world)


def test_standing_never_makes_a_figure_negative_or_known() -> None:
    unknown = Candidate("u", Figure(70, known=False), FREE)
    world = problem(credential("a", 10), unknown, standings=(Standing("h", "a", 99, 0), Standing("h", "u", 9, 0)),
                    held=bits("h"), aim="cheapest")  # fmt: skip
    assert value(plan("a", a="h"), world)[2] == 0
    assert value(plan("u", u="h"), world)[2:4] == (70, 1)


def test_an_unknown_price_is_out_under_a_budget_and_an_unknown_effort_under_a_deadline() -> None:
    dear = Candidate("u", Figure(1, known=False), Figure(1, known=False))
    assert is_valid(plan("u"), problem(dear))
    assert not is_valid(plan("u"), problem(dear, budget=10**9))
    assert not is_valid(plan("u"), problem(dear, deadline_days=10**6))


def test_a_budget_and_a_deadline_hold_to_the_last_unit() -> None:
    world = {"candidates": (credential("a", 100, 120),)}
    assert is_valid(plan("a"), problem(*world["candidates"], budget=100, deadline_days=14))
    assert not is_valid(plan("a"), problem(*world["candidates"], budget=99))
    assert not is_valid(plan("a"), problem(*world["candidates"], deadline_days=13))


def test_what_is_pinned_must_be_there() -> None:
    world = problem(credential("a"), credential("b"), pinned=bits("b"))
    assert not is_valid(plan("a"), world)
    assert is_valid(plan("b"), world)


def test_shown_counts_before_unconfirmed_and_both_before_price() -> None:
    sure = credential("sure", 900, shows=bits("x"), may_show=bits("x"))
    perhaps = credential("perhaps", 1, may_show=bits("x"))
    world = problem(sure, perhaps, items=(item("x", 7),), aim="cheapest")
    assert value(plan("sure"), world) == (-7, 0, 900, 0, 0, 1)
    assert value(plan("perhaps"), world) == (0, -7, 1, 0, 0, 1)
    assert value(plan("sure"), world) < value(plan("perhaps"), world) < value(plan(), world)


def test_an_unknown_price_counts_by_its_stand_in_and_loses_ties() -> None:
    def shows(id_: str, figure: Figure) -> Candidate:
        return Candidate(id_, figure, FREE, shows=bits("x"), may_show=bits("x"))

    world = problem(shows("known", Figure(50)), shows("unknown", Figure(50, known=False)),
                    shows("dear", Figure(51)), items=(item("x"),), aim="cheapest")  # fmt: skip
    ranked = sorted(["known", "unknown", "dear"], key=lambda id_: value(plan(id_), world))
    assert ranked == ["known", "unknown", "dear"]


def test_what_is_held_may_show_an_item_already() -> None:
    world = problem(items=(item("x", 3),), may_already=bits("x"))
    assert value(plan(), world)[:2] == (0, -3)


def test_strongest_prefers_the_strong_band() -> None:
    strong = credential("strong", 9, shows=bits("x"), may_show=bits("x"), strongly=bits("x"))
    weak = credential("weak", 1, shows=bits("x"), may_show=bits("x"))
    world = problem(strong, weak, items=(item("x", 4),), aim="strongest")
    assert value(plan("strong"), world) == (-4, 0, -4, 9, 0, 1)
    assert value(plan("weak"), world) == (-4, 0, 0, 1, 0, 1)


def test_balanced_weighs_hours_at_the_stated_rate() -> None:
    world = problem(credential("a", 300, 90), aim="balanced", hourly_rate=2000)
    assert value(plan("a"), world)[2] == 60 * 300 + 2000 * 90  # 3.00 and an hour and a half at 20.00: 33.00, times 60


def test_waiting_for_a_result_leaves_time_for_other_work() -> None:
    slow = credential("slow", minutes=60, days=21)
    other = credential("other", minutes=60)
    world = problem(slow, other)
    table = timetable(plan("other", "slow"), world)
    assert [timed.step for timed in table.steps] == ["slow", "other"]
    assert table.end == 21 * 60
    assert weeks(plan("other", "slow"), world) == 3


def test_a_step_starts_when_the_second_of_two_needed_parts_has_ended() -> None:
    quick, slow = credential("quick", minutes=60), credential("slow", minutes=60, days=28)
    spare = credential("spare", minutes=60)
    last = credential("whole", minutes=60, conditions=(Condition(2, ("quick", "slow", "spare")),))
    world = problem(quick, slow, spare, last)
    assert weeks(plan("quick", "slow", "whole"), world) == 5
    assert weeks(plan("quick", "slow", "spare", "whole"), world) == 4


def test_a_week_begun_counts_whole() -> None:
    assert weeks(plan("a"), problem(credential("a", minutes=61))) == 2
    assert weeks(plan(), problem()) == 0


def test_a_plan_that_names_what_is_not_there_is_invalid() -> None:
    world = problem(credential("a"))
    assert not is_valid(plan("ghost"), world)
    assert not is_valid(Plan(("a", "a")), world)
    assert not is_valid(plan("a", a="ghost"), world)


def test_a_standing_that_takes_nothing_off_is_not_preferred_for_its_name() -> None:
    standings = (Standing("h", "a", 0, 0), Standing("h", "b", 5, 0))
    world = problem(credential("a", 10), credential("b", 10), standings=standings, held=bits("h"), aim="cheapest")
    assert preference(plan("a", "b", b="h"), world) < preference(plan("a", "b", a="h", b="h"), world)


def test_ten_equal_waits_are_timed_exactly() -> None:
    names = [f"c{number}" for number in range(10)]
    world = problem(*(credential(name, minutes=60, days=35) for name in names))
    table = timetable(plan(*names), world)
    assert table.exact
    assert table.end == 9 * 7 * 60 + 35 * 60


def test_a_plan_that_differs_shares_at_most_half_of_either() -> None:
    steps = [credential(name) for name in "abcd"]
    assert is_valid(plan("a", "c"), problem(*steps, differs_from=(plan("a", "b"),)))
    assert not is_valid(plan("a"), problem(*steps, differs_from=(plan("a", "b"),)))
    assert not is_valid(plan("a", "c"), problem(*steps, differs_from=(plan("a"),)))
    assert not is_valid(plan("a", "c"), problem(*steps, differs_from=(plan("a", "b"), plan("a", "c", "d"))))
    assert is_valid(plan(), problem(*steps, differs_from=(plan("a"),)))
