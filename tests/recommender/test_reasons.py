"""A plan in the catalogue's words again: steps with dates, totals, what became of each item and why."""

from datetime import date
from typing import Any

from graph.index import Index
from ontology.person import ClaimedLevel, Holding, Person
from ontology.rubric import default_rubric
from ontology.values import Range
from recommender.answer import Answer, find_answer
from recommender.plans import room_left
from recommender.question import Question
from tests.worlds import (
    EXAM,
    PROJECT,
    any_of,
    assignment,
    backing,
    credential,
    fact,
    provider,
    role,
    standing,
    the_assignment,
    the_competency,
    the_credential,
    the_level,
    the_requirement,
    the_role,
    world,
)

TODAY = date(2026, 11, 24)
NOBODY = Person()
TARGET = role("Target", asks={"SQL": "Working", "R": "Working"})


def answer(index: Index, person: Person = NOBODY, **question: Any) -> Answer:
    asked = Question(today=TODAY, weekly_minutes=300, **question)
    return find_answer(index, person, the_role("Target"), asked, rubric=default_rubric())


def sure(name: str, what: str = "SQL", **more: Any) -> list[Any]:
    """A credential that surely shows a competency at Working."""
    return [
        *credential(name, by="Board", assessed=PROJECT, assesses={what: "Working"}, **more),
        *provider("Board", kind="professional body"),
        *backing(the_credential(name), by="Ofqual", how="accredits", standard="RQF"),
    ]


def steps(found: Answer) -> list[str]:
    assert found.pathway is not None
    return [step.offer.id.split("/")[-1] for step in found.pathway.steps]


def test_steps_come_in_working_order_with_dates() -> None:
    found = answer(
        world(TARGET, sure("B", needs=["A"], money=100, minutes=300), credential("A", money=50, minutes=600))
    )
    assert found.pathway is not None
    assert steps(found) == ["a", "b"]
    assert [(s.starts, s.ends) for s in found.pathway.steps] == [
        (date(2026, 11, 24), date(2026, 12, 8)),
        (date(2026, 12, 8), date(2026, 12, 15)),
    ]
    assert found.pathway.totals.money == Range(150, 150)
    assert found.pathway.totals.minutes == Range(900, 900)
    assert found.pathway.totals.weeks == 3


def test_a_date_never_rests_on_a_stand_in() -> None:
    found = answer(world(TARGET, sure("B", needs=["A"], minutes=300), credential("A")))
    assert found.pathway is not None
    assert [(s.starts, s.ends) for s in found.pathway.steps] == [(date(2026, 11, 24), None), (None, None)]
    assert (found.pathway.totals.unknown_efforts, found.pathway.totals.weeks_known) == (1, False)
    assert found.pathway.totals.unknown_prices == 2
    assert found.pathway.totals.money == Range(0, 0)


def test_each_step_says_what_it_closes_what_waits_for_it_and_what_reopens() -> None:
    index = world(TARGET, sure("B", needs=["A"]), credential("A"), sure("C", "R"))
    found = answer(index)
    assert found.pathway is not None
    by_name = {step.offer.id.split("/")[-1]: step for step in found.pathway.steps}
    sql, r = the_requirement("Target", "SQL"), the_requirement("Target", "R")
    assert [item.requirement.id for item, _ in by_name["b"].closes] == [sql]
    assert by_name["a"].enables == (the_credential("B"),)
    assert (by_name["a"].reopens, by_name["b"].reopens, by_name["c"].reopens) == ((sql,), (sql,), (r,))
    assert found.pathway.shown == (r, sql)


def test_standing_is_told_and_its_figures_are_net() -> None:
    index = world(TARGET, sure("B", money=1000, minutes=600), standing("H", into="B", money_off=400), credential("H"))
    found = answer(index, Person(holdings=(Holding(credential=the_credential("H")),)))
    assert found.pathway is not None
    (step,) = found.pathway.steps
    assert (step.money, step.standing and step.standing.held) == (Range(600, 600), the_credential("H"))


def test_the_item_that_no_credential_closes_gets_its_nearest_and_the_work_that_would() -> None:
    index = world(
        TARGET, sure("B"), credential("Course", teaches={"R": "Working"}),
        assignment("Build it", shows={"R": "Working"}),
        credential("Low", assessed=EXAM, assesses={"R": "Awareness"}), credential("Silent", assesses={"R": "Working"}),
    )  # fmt: skip
    outcome = {o.item.requirement.id: o for o in answer(index).outcomes}[the_requirement("Target", "R")]
    assert outcome.result == "work"
    assert [(miss.credential, miss.lacks) for miss in outcome.nearest] == [
        (the_credential("Silent"), "proof"),
        (the_credential("Course"), "only teaches"),
        (the_credential("Low"), "level"),
    ]
    assert [work.id for work in outcome.work] == [the_assignment("Build it")]


def test_what_a_credential_only_may_show_stays_unconfirmed() -> None:
    found = answer(
        world(role("Target", asks={"SQL": "Working"}), credential("E", assessed=EXAM, assesses={"SQL": "Working"}))
    )
    (outcome,) = found.outcomes
    assert (outcome.result, outcome.by) == ("unconfirmed", (the_credential("E"),))
    assert found.pathway is not None
    assert found.pathway.unconfirmed == (the_requirement("Target", "SQL"),)


def test_a_word_stays_yours_to_show() -> None:
    word = ClaimedLevel(competency=the_competency("SQL"), level=the_level("Expert"))
    (outcome,) = answer(world(role("Target", asks={"SQL": "Working"})), Person(levels=(word,))).outcomes
    assert outcome.result == "yours to show"


def test_the_facts_that_decide_are_told_those_that_open_most_first() -> None:
    index = world(
        TARGET,
        sure("A", needs=[fact("a degree")]),
        sure("B", "R", needs=[any_of(1, fact("five years"), fact("a title"))]),
    )
    assert [(d.words, d.opens) for d in answer(index).deciding] == [
        ("a degree", (the_credential("A"),)),
        ("five years", (the_credential("B"),)),
        ("a title", (the_credential("B"),)),
    ]


def test_limits_that_leave_nothing_are_said_and_the_gap_still_is() -> None:
    found = answer(world(TARGET, sure("Dear", money=900)), budget=100, pinned=(the_credential("Dear"),))
    assert (found.status, found.pathway) == ("infeasible", None)
    assert len(found.outcomes) == 2


def test_a_whole_that_the_parts_complete_for_nothing_is_also_earned() -> None:
    index = world(
        TARGET, sure("A"), sure("B", "R"),
        credential("Whole", parts=["A", "B"], money=0, minutes=0), credential("Dear", parts=["A", "B"], money=1),
    )  # fmt: skip
    found = answer(index)
    assert found.pathway is not None
    assert found.pathway.also_earned == (the_credential("Whole"),)


def test_alternatives_name_their_intent() -> None:
    index = world(
        TARGET,
        sure("Slow", money=100, minutes=6000),
        sure("Fast", money=900, minutes=60),
        sure("C", "R", money=5, minutes=5),
    )
    choices = {choice.alternative.intent: choice for choice in answer(index).choices}
    assert [(intent, choice.alternative.why, choice.alternative.same_as) for intent, choice in choices.items()] == [
        ("cheapest", "found", ""),
        ("quickest", "same", "best"),
        ("strongest", "same", "cheapest"),
        ("different", "idle", ""),
    ]
    cheapest = choices["cheapest"].pathway
    assert cheapest is not None
    assert cheapest.plan.steps == (the_credential("C"), the_credential("Slow"))


def test_a_plan_tells_what_it_leaves_of_the_budget() -> None:
    index = world(TARGET, sure("B", money=100))
    found, asked = answer(index, budget=250), Question(today=TODAY, budget=250)
    assert found.pathway is not None
    assert room_left(found.pathway, asked) == 150
    assert room_left(found.pathway, Question(today=TODAY)) is None
