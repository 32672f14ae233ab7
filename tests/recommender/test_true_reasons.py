"""Reasons that would be false in an odd corner, and what is said there instead."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from graph.index import Index
from ontology.errors import UnknownId
from ontology.person import Holding, Person, StatedFact
from ontology.records import AdvancedStanding, Assessment, Claim, Credential, Option, Requirement
from ontology.rubric import default_rubric
from ontology.values import Range
from recommender.answer import Answer, find_answer
from recommender.coverage import find_coverage
from recommender.obstacles import Obstacles
from recommender.plans import Step
from recommender.question import Question
from tests.worlds import (
    EXAM,
    PROJECT,
    aligned,
    any_of,
    assignment,
    at,
    backing,
    credential,
    fact,
    finding,
    provider,
    rate,
    role,
    standing,
    the_assignment,
    the_credential,
    the_requirement,
    the_role,
    world,
    years,
)

TODAY = date(2026, 11, 24)
TARGET = role("Target", asks={"SQL": "Working"})


def sure(name: str, what: str = "SQL", **more: Any) -> list[Any]:
    return [
        *credential(name, by="Board", assessed=PROJECT, assesses={what: "Working"}, **more),
        *provider("Board", kind="professional body"),
        *backing(the_credential(name), by="Ofqual", how="accredits", standard="RQF"),
    ]


def no_longer_offered(records: list[Any]) -> list[Any]:
    return [replace(r, offered_until=date(2026, 11, 23)) if isinstance(r, Credential) else r for r in records]


def answer(index: Index, person: Person = Person(), **question: Any) -> Answer:  # noqa: B008
    asked = Question(today=TODAY, **question)
    return find_answer(index, person, the_role("Target"), asked, rubric=default_rubric(), alternatives=False)


def by_name(found: Answer) -> dict[str, Step]:
    assert found.pathway is not None
    return {step.offer.id.split("/")[-1]: step for step in found.pathway.steps}


def near(found: Answer) -> list[tuple[str, str]]:
    (outcome,) = found.outcomes
    return [(miss.credential.split("/")[-1], miss.lacks) for miss in outcome.nearest]


def left_out(found: Answer) -> list[tuple[str, str]]:
    return [(out.credential.split("/")[-1], out.why) for out in found.framed.left_out]


# What cannot be earned


def test_what_waits_for_something_that_is_left_out_is_left_out_too_and_says_for_what() -> None:
    index = world(TARGET, sure("Top", needs=["Base", "Open"]), credential("Base", needs=[fact("a degree")]),
                  credential("Open"))  # fmt: skip
    found = answer(index)
    assert left_out(found) == [("base", "conditions"), ("top", "conditions")]
    assert near(found) == [("top", "left out")]


def test_what_waits_in_a_circle_is_left_out() -> None:
    index = world(TARGET, sure("A", needs=["B"]), credential("B", needs=["A"]))
    assert left_out(answer(index)) == [("a", "conditions"), ("b", "conditions")]


def test_only_the_conditions_that_cannot_hold_are_told() -> None:
    index = world(TARGET, sure("Top", needs=["Base", fact("a degree")]), credential("Base"))
    (out,) = answer(index).framed.left_out
    assert [condition.options[0].option.words for condition in out.conditions] == ["a degree"]


def test_a_fact_decides_nothing_where_something_else_bars_the_way_for_good() -> None:
    index = world(
        TARGET, sure("Barred", needs=[fact("a degree"), fact("a title")]), sure("Waiting", needs=[fact("a licence")])
    )
    option = next(id_ for id_ in index.ids(Option) if index.record(Option, id_).words == "a title")
    denied = Person(facts=(StatedFact(option=option, holds=False),))
    assert [(d.words, d.opens) for d in answer(index, denied).deciding] == [("a licence", (the_credential("Waiting"),))]


def test_a_fact_that_the_role_itself_asks_for_decides_and_is_yours_to_show() -> None:
    found = answer(world(role("Target", needs=[years(3, "Analyst")])))
    item = the_requirement("Target", "1")
    assert [(d.words, d.opens, d.closes) for d in found.deciding] == [("3 years as Analyst", (), (item,))]
    assert [outcome.result for outcome in found.outcomes] == ["yours to show"]


# Near misses


def test_what_would_show_an_item_and_costs_too_much_lacks_room_and_not_proof() -> None:
    assert near(answer(world(TARGET, sure("Dear", money=900)), budget=100)) == [("dear", "limits")]


def test_what_shows_only_one_of_two_lacks_the_rest() -> None:
    index = world(role("Target", needs=[any_of(2, at("SQL", "Working"), at("R", "Working"))]), sure("A"))
    assert near(answer(index)) == [("a", "part")]


def test_a_sure_proof_of_a_competency_that_is_only_close_lacks_closeness() -> None:
    index = world(role("Target", asks={"Databases": "Working"}), sure("A"), aligned("SQL", "Databases", "close"))
    assert near(answer(index)) == [("a", "closeness")]


def test_what_is_no_longer_offered_neither_comes_near_nor_covers_anything() -> None:
    index = world(role("Target", asks={"SQL": "Working"}, ladder="L"), no_longer_offered(sure("A")))
    assert near(answer(index)) == []
    (cell,) = find_coverage(index, "id/w/framework/l", Question(today=TODAY), rubric=default_rubric()).cells
    assert cell.cover == "none"


def test_the_credential_that_a_role_asks_for_is_named_as_what_shows_it() -> None:
    found = answer(world(role("Target", needs=["Licence"]), credential("Licence")))
    (outcome,) = found.outcomes
    assert (outcome.result, outcome.by) == ("shown", (the_credential("Licence"),))
    assert [item.requirement.id for item in by_name(found)["licence"].asked_by] == [outcome.item.requirement.id]


# Steps


def test_the_surest_support_is_one_that_shows_even_if_a_close_competency_has_more_in_its_favour() -> None:
    exam = credential("C", by="Board", assessed=EXAM, assesses={"Asked": "Working"})
    project = [
        replace(record, id=f"{record.id}-2", assessment="id/w/assessment/c-2") if isinstance(record, Claim)
        else replace(record, id=f"{record.id}-2")
        for record in credential("C", by="Board", assessed=PROJECT, assesses={"Close": "Expert"})
        if isinstance(record, Claim | Assessment)
    ]  # fmt: skip
    index = world(
        role("Target", asks={"Asked": "Working"}), exam, project, aligned("Asked", "Close", "close"),
        provider("Board", kind="professional body"),
        backing(the_credential("C"), by="Ofqual", how="accredits", standard="RQF"),
    )  # fmt: skip
    found = answer(index)
    assert found.pathway is not None
    assert found.pathway.shown == (the_requirement("Target", "Asked"),)
    ((_, support),) = by_name(found)["c"].closes
    assert support.basis == "shown"


def test_a_step_enables_only_what_comes_later() -> None:
    index = world(
        role("Target", asks={"SQL": "Working", "R": "Working"}),
        sure("Top", needs=[any_of(1, "First", "Second")], minutes=6000),
        credential("First", minutes=60), sure("Second", "R", minutes=60, needs=["Top"]),
    )  # fmt: skip
    found = by_name(answer(index))
    assert list(found) == ["first", "top", "second"]
    assert (found["first"].enables, found["second"].enables) == ((the_credential("Top"),), ())


def test_without_the_one_way_into_a_circle_all_of_it_reopens() -> None:
    index = world(
        role("Target", asks={"SQL": "Working", "R": "Working"}), credential("Door"),
        sure("A", needs=[any_of(1, "Door", "B")]), sure("B", "R", needs=["A"]),
    )  # fmt: skip
    found = by_name(answer(index))
    assert found["door"].reopens == (the_requirement("Target", "R"), the_requirement("Target", "SQL"))


def test_so_few_minutes_a_week_that_the_calendar_ends_give_no_date_and_no_error() -> None:
    found = by_name(
        answer(world(TARGET, sure("A", minutes=10_000_000)), weekly_minutes=1, pinned=(the_credential("A"),))
    )
    assert (found["a"].starts, found["a"].ends) == (TODAY, None)


def test_of_two_statements_of_one_standing_the_greater_is_used() -> None:
    again = [
        replace(r, id=r.id + "-2")
        for r in standing("H", into="A", money_off=400)
        if isinstance(r, AdvancedStanding)
    ]  # fmt: skip
    index = world(TARGET, sure("A", money=1000), credential("H", money=1), standing("H", into="A", money_off=2), again)
    assert by_name(answer(index))["a"].money == Range(600, 600)


def test_a_whole_is_also_earned_whatever_it_recommends_and_not_once_it_is_no_longer_offered() -> None:
    whole = credential("Whole", parts=["A"], money=0, minutes=0)
    optional = [
        replace(record, id=f"{record.id}-b", necessity="optional")
        for record in credential("Whole", needs=[fact("love of it")])
        if isinstance(record, Requirement)
    ]
    index = world(TARGET, sure("A"), whole, optional)
    found = answer(index)
    assert found.pathway is not None
    assert found.pathway.also_earned == (the_credential("Whole"),)
    gone = answer(world(TARGET, sure("A"), no_longer_offered(whole)))
    assert gone.pathway is not None
    assert gone.pathway.also_earned == ()


def test_work_of_unknown_length_is_never_taken_for_the_shortest() -> None:
    index = world(
        TARGET, assignment("Short", shows={"SQL": "Working"}, minutes=300),
        assignment("Another", shows={"R": "Working"}, minutes=600), assignment("Silent", shows={"SQL": "Working"}),
    )  # fmt: skip
    found = answer(index, prefer_work=True)
    assert list(by_name(found)) == ["short"]
    silent = found.framed.offers[the_assignment("Silent")].candidate.minutes
    assert (silent.counts, silent.known) == (600, False)


# Questions without an answer


def test_a_pin_that_is_no_candidate_is_named_with_its_reason() -> None:
    index = world(TARGET, sure("Dear", money=900), sure("Silent"), credential("Old", status="retired"))
    found = answer(index, pinned=(the_credential("Silent"), the_credential("Old")), budget=100)
    assert (found.status, found.pathway) == ("infeasible", None)
    assert found.obstacles is not None
    assert [(out.credential, out.why) for out in found.obstacles.left_out] == [
        (the_credential("Old"), "retired"), (the_credential("Silent"), "price")]  # fmt: skip


def test_the_limits_that_a_pin_does_not_fit_are_named() -> None:
    index = world(TARGET, sure("Dear", money=900, minutes=60))
    pinned = (the_credential("Dear"),)
    soon, late = date(2026, 11, 25), date(2027, 11, 25)
    assert answer(index, pinned=pinned, budget=100, deadline=late).obstacles == Obstacles((), ("budget",))
    assert answer(index, pinned=pinned, budget=900, deadline=soon).obstacles == Obstacles((), ("deadline",))
    assert answer(index, pinned=pinned, budget=100, deadline=soon).obstacles == Obstacles((), ("budget", "deadline"))


def test_limits_that_conflict_only_together_are_named_together() -> None:
    index = world(
        TARGET, sure("Top", money=100, minutes=60, needs=[any_of(1, "Fast", "Cheap")]),
        credential("Fast", money=900, minutes=60), credential("Cheap", money=10, minutes=60_000),
    )  # fmt: skip
    found = answer(index, pinned=(the_credential("Top"),), budget=200, deadline=date(2027, 1, 30))
    assert found.obstacles == Obstacles((), ("budget", "deadline"), together=True)


def test_a_pin_that_is_nowhere_is_an_error_that_names_it() -> None:
    with pytest.raises(UnknownId, match="id/w/credential/nowhere"):
        answer(world(TARGET), pinned=("id/w/credential/nowhere",))


def test_dollars_count_under_a_budget_in_pounds_only_with_a_rate() -> None:
    usd = sure("A", money=10_000, currency="USD")
    without = answer(world(TARGET, usd), budget=10_000)
    assert (list(by_name(without)), left_out(without)) == ([], [("a", "price")])
    at_par = world(TARGET, usd, rate("USD", "GBP", 755_000))
    assert list(by_name(answer(at_par, budget=7550))) == ["a"]
    assert list(by_name(answer(at_par, budget=7549))) == []
    assert by_name(answer(at_par, budget=7550))["a"].money == Range(7550, 7550)


def test_a_price_of_zero_is_known_and_fits_a_budget_of_zero() -> None:
    found = answer(world(TARGET, sure("Free", money=0), sure("Unknown")), budget=0)
    assert list(by_name(found)) == ["free"]
    assert left_out(found) == [("unknown", "price")]


def test_an_exam_that_only_may_show_lacks_proof() -> None:
    assert near(answer(world(TARGET, credential("E", assessed=EXAM, assesses={"SQL": "Working"})))) == [("e", "proof")]


def test_a_sure_credential_is_no_near_miss_where_verifying_a_holding_is_enough() -> None:
    held = Person(holdings=(Holding(credential=the_credential("A")),))
    (outcome,) = answer(world(TARGET, sure("A"), sure("B")), held).outcomes
    assert (outcome.result, outcome.nearest) == ("yours to show", ())


def test_a_step_that_gives_standing_enables_what_uses_it() -> None:
    index = world(
        role("Target", asks={"SQL": "Working", "R": "Working"}), sure("A", money=1000), sure("H", "R", money=1),
        standing("H", into="A", money_off=400),
    )  # fmt: skip
    assert by_name(answer(index))["h"].enables == (the_credential("A"),)


def test_only_facts_decide_and_not_the_credentials_beside_them() -> None:
    index = world(TARGET, sure("Top", needs=[any_of(2, fact("a degree"), "Base")]), credential("Base"))
    found = answer(index)
    assert left_out(found) == [("top", "conditions")]
    assert [(d.words, d.opens) for d in found.deciding] == [("a degree", (the_credential("Top"),))]


def test_what_is_left_out_and_not_pinned_is_no_obstacle() -> None:
    index = world(TARGET, sure("Dear", money=900), sure("Silent"))
    assert answer(index, pinned=(the_credential("Dear"),), budget=100).obstacles == Obstacles((), ("budget",))


def test_no_standing_starts_from_what_can_neither_be_held_nor_earned() -> None:
    index = world(
        TARGET, sure("A", money=1000), credential("H", status="retired"), standing("H", into="A", money_off=400)
    )
    found = answer(index)
    assert found.framed.problem.standings == ()
    assert by_name(found)["a"].money == Range(1000, 1000)


def test_however_strong_a_proof_of_a_close_competency_is_it_is_never_in_the_strong_band() -> None:
    index = world(
        role("Target", asks={"Databases": "Working"}), sure("A", minutes=3000), aligned("SQL", "Databases", "close"),
        finding(the_credential("A"), "verifiable_record"), finding(the_credential("A"), "mapped_to_framework"),
    )  # fmt: skip
    (offer,) = answer(index).framed.offers.values()
    assert offer.supports[0].strength.low >= default_rubric().strong
    assert (offer.candidate.shows, offer.candidate.strongly) == (frozenset(), frozenset())
