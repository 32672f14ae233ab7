"""An index, a person and a question become a problem, and what is left out says why."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from graph.index import Index
from ontology.errors import BadValue
from ontology.person import Holding, Person, StatedFact
from ontology.records import Requirement
from ontology.rubric import default_rubric
from recommender.framing import Framed, frame
from recommender.gap import find_gap
from recommender.pathways.problem import Condition, Standing
from recommender.question import Question
from tests.worlds import (
    EXAM,
    PROJECT,
    any_of,
    assignment,
    at,
    backing,
    credential,
    fact,
    provider,
    rate,
    role,
    standing,
    the_assignment,
    the_competency,
    the_credential,
    the_level,
    the_provider,
    the_role,
    world,
    years,
)

TODAY = date(2026, 11, 24)
NOBODY = Person()
TARGET = role("Target", asks={"SQL": "Working"})
BIT = f"{the_competency('SQL')}@{the_level('Working')}"


def framed(index: Index, person: Person = NOBODY, **question: Any) -> Framed:
    asked = Question(today=TODAY, **question)
    gap = find_gap(index, person, the_role("Target"), rubric=default_rubric(), today=TODAY)
    return frame(index, person, gap, asked, rubric=default_rubric())


def names(found: Framed) -> list[str]:
    return [candidate.id.split("/")[-1] for candidate in found.problem.candidates]


def left_out(found: Framed) -> list[tuple[str, str]]:
    return [(out.credential.split("/")[-1], out.why) for out in found.left_out]


def sure(name: str, level: str = "Working", *, what: str = "SQL", **more: Any) -> list[Any]:
    """A credential that surely shows a competency."""
    return [
        *credential(name, by="Board", assessed=PROJECT, assesses={what: level}, **more),
        *provider("Board", kind="professional body"),
        *backing(the_credential(name), by="Ofqual", how="accredits", standard="RQF"),
    ]


def test_what_shows_an_open_item_at_its_level_is_a_candidate_and_what_is_lower_is_not() -> None:
    found = framed(world(TARGET, sure("Sure"), sure("Low", "Awareness"), sure("High", "Expert")))
    assert names(found) == ["high", "sure"]
    assert found.problem.candidates[1].shows == {BIT}


def test_what_only_teaches_is_no_candidate() -> None:
    assert names(framed(world(TARGET, credential("Course", teaches={"SQL": "Expert"}, assessed=PROJECT)))) == []


def test_what_may_show_is_a_candidate_with_something_known_in_its_favour() -> None:
    found = framed(
        world(TARGET, credential("Exam", assessed=EXAM, assesses={"SQL": "Working"}),
              credential("Silent", assesses={"SQL": "Working"}))
    )  # fmt: skip
    assert names(found) == ["exam"]
    assert (found.problem.candidates[0].may_show, found.problem.candidates[0].shows) == ({BIT}, frozenset())


def test_nobody_is_sent_to_a_degree_for_what_it_may_show_of_a_low_level() -> None:
    degree = credential("MSc", type="Degree", minutes=108000, assessed=EXAM, assesses={"SQL": "Expert"})
    assert names(framed(world(TARGET, degree))) == []
    assert names(framed(world(role("Target", asks={"SQL": "Expert"}), degree))) == ["msc"]


def test_what_a_candidate_requires_comes_along_with_what_that_requires() -> None:
    found = framed(
        world(TARGET, sure("Top", needs=["Middle"]), credential("Middle", needs=["Base"]), credential("Base"))
    )
    assert names(found) == ["base", "middle", "top"]
    assert found.problem.candidates[2].conditions == (Condition(1, (the_credential("Middle"),)),)


def test_what_is_held_is_counted_off_a_condition() -> None:
    index = world(TARGET, sure("Top", needs=[any_of(2, "A", "B", "C")]), *(credential(n) for n in "ABC"))
    found = framed(index, Person(holdings=(Holding(credential=the_credential("B")),)))
    assert names(found) == ["a", "c", "top"]
    assert found.problem.candidates[2].conditions == (Condition(1, (the_credential("A"), the_credential("C"))),)


def test_a_fact_that_nobody_confirmed_keeps_a_credential_out_and_says_so() -> None:
    index = world(TARGET, sure("Top", needs=[fact("a degree")]))
    found = framed(index)
    assert (names(found), left_out(found)) == ([], [("top", "conditions")])
    option = found.left_out[0].conditions[0].options[0].option.id
    assert names(framed(index, Person(facts=(StatedFact(option=option, holds=True),)))) == ["top"]


def test_what_a_credential_only_recommends_keeps_nobody_out() -> None:
    top = [
        replace(record, necessity="optional") if isinstance(record, Requirement) else record
        for record in sure("Top", needs=[fact("a degree")])
    ]
    assert names(framed(world(TARGET, top))) == ["top"]


def test_an_alternative_that_can_be_earned_opens_what_a_fact_would_keep_out() -> None:
    index = world(TARGET, sure("Top", needs=[any_of(1, years(5), "Base")]), credential("Base"))
    assert names(framed(index)) == ["base", "top"]


def test_a_competency_that_a_credential_requires_becomes_a_bit_of_its_own() -> None:
    index = world(TARGET, sure("Top", needs=[at("Law", "Awareness")]), sure("Bar", what="Law"))
    found = framed(index)
    assert names(found) == ["bar", "top"]
    assert found.problem.candidates[1].conditions[0].bits == (f"{the_competency('Law')}@{the_level('Awareness')}",)


def test_each_filter_leaves_out_and_says_which() -> None:
    index = world(
        TARGET, sure("A", status="retired"), sure("B", languages=["de"]), sure("C", modes=["classroom"]),
        sure("D", languages=["en"], modes=["online"]),
    )  # fmt: skip
    found = framed(index, languages=("en",), modes=("online",), excluded=(the_credential("D"),))
    assert left_out(found) == [("a", "retired"), ("b", "language"), ("c", "language"), ("d", "excluded")]
    assert left_out(framed(index, providers=(the_provider("Other"),)))[1:] == [
        ("b", "provider"), ("c", "provider"), ("d", "provider")]  # fmt: skip


def test_an_unknown_price_is_out_under_a_budget_and_an_unknown_effort_under_a_deadline() -> None:
    index = world(TARGET, sure("A", money=100), sure("B", minutes=60))
    assert left_out(framed(index, budget=10_000)) == [("b", "price")]
    assert left_out(framed(index, deadline=date(2027, 1, 1))) == [("a", "effort")]
    assert framed(index, deadline=date(2027, 1, 1)).problem.deadline_days == 38


def test_prices_of_two_currencies_meet_in_the_asked_one() -> None:
    index = world(TARGET, sure("A", money=100), sure("B", money=100, currency="USD"), rate("USD", "GBP", 755_000))
    assert [c.money.counts for c in framed(index).problem.candidates] == [100, 76]


def test_standing_joins_from_what_is_held_or_could_be_a_step() -> None:
    index = world(
        TARGET, sure("Master", money=900), credential("Cert", money=50), standing("Cert", into="Master", money_off=300),
        standing("Badge", into="Master", minutes_off=60), credential("Badge"),
    )  # fmt: skip
    found = framed(index, Person(holdings=(Holding(credential=the_credential("Badge")),)))
    assert names(found) == ["cert", "master"]
    assert found.problem.standings == (
        Standing(the_credential("Badge"), the_credential("Master"), 0, 60),
        Standing(the_credential("Cert"), the_credential("Master"), 300, 0),
    )
    assert found.problem.held == {the_credential("Badge")}


def test_nothing_is_planned_for_what_a_certificate_in_the_drawer_shows() -> None:
    index = world(TARGET, sure("Sure"), sure("Other"))
    found = framed(index, Person(holdings=(Holding(credential=the_credential("Sure")),)))
    assert (found.problem.items, names(found)) == ((), [])


def test_who_prefers_work_gets_assignments_as_steps() -> None:
    index = world(
        role("Target", asks={"SQL": "Working", "R": "Working"}), assignment("Do a task", general="Working"),
        assignment("Build a report", shows={"SQL": "Working"}, minutes=600),
    )  # fmt: skip
    assert names(framed(index)) == []
    found = framed(index, prefer_work=True)
    general = f"{the_assignment('Do a task')}#{the_competency('R')}@{the_level('Working')}"
    assert [c.id for c in found.problem.candidates] == [the_assignment("Build a report"), general]
    assert all(candidate.shows for candidate in found.problem.candidates)


def test_a_pinned_credential_is_a_candidate_whatever_it_shows() -> None:
    found = framed(world(TARGET, credential("Hobby")), pinned=(the_credential("Hobby"),))
    assert (names(found), found.problem.pinned) == (["hobby"], {the_credential("Hobby")})


@pytest.mark.parametrize(
    ("limits", "says"),
    [
        ({"budget": -1}, "cannot be negative"),
        ({"weekly_minutes": 0}, "more than 0"),
        ({"deadline": TODAY}, "not after today"),
        ({"pinned": ("x",), "excluded": ("x",)}, "both pinned and excluded"),
    ],
)
def test_a_question_that_could_mean_nothing_is_refused(limits: dict[str, Any], says: str) -> None:
    with pytest.raises(BadValue, match=says):
        Question(today=TODAY, **limits)


def test_bits_are_named_after_competency_and_level() -> None:
    assert list(framed(world(TARGET)).bits) == [BIT]
