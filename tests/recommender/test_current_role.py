"""What holding a certificate or a role lets one conclude, and what it does not."""

from datetime import date
from typing import Any

from graph.index import Index
from ontology.person import ClaimedLevel, Experience, Holding, Person, StatedFact
from ontology.records import Forwarding, Record
from ontology.rubric import default_rubric
from ontology.values import Source
from recommender.answer import Answer, find_answer
from recommender.gap import Gap, GapItem, find_gap
from recommender.question import Question
from recommender.readiness import find_prospects
from tests.worlds import (
    PROJECT,
    aligned,
    any_of,
    ask,
    at,
    backing,
    credential,
    provider,
    role,
    the_competency,
    the_credential,
    the_level,
    the_requirement,
    the_role,
    world,
    years,
)

TODAY = date(2026, 11, 24)
NOW = Person(role=the_role("Now"))


def sure(name: str, what: str = "SQL", **more: Any) -> list[Any]:
    return [
        *credential(name, by="Board", assessed=PROJECT, assesses={what: "Working"}, **more),
        *provider("Board", kind="professional body"),
        *backing(the_credential(name), by="Ofqual", how="accredits", standard="RQF"),
    ]


def renamed(old: str, new: str) -> Record:
    return Forwarding(id=old, source=Source(id="w", place="renamed"), to=new)


def gap(index: Index, person: Person, **keywords: bool) -> Gap:
    return find_gap(index, person, the_role("Target"), rubric=default_rubric(), today=TODAY, **keywords)


def only(index: Index, person: Person, **keywords: bool) -> GapItem:
    (item,) = gap(index, person, **keywords).items
    return item


def answer(index: Index, person: Person = Person(), **question: Any) -> Answer:  # noqa: B008
    asked = Question(today=TODAY, **question)
    return find_answer(index, person, the_role("Target"), asked, rubric=default_rubric(), alternatives=False)


def steps(found: Answer) -> list[str]:
    assert found.pathway is not None
    return [step.offer.id.split("/")[-1] for step in found.pathway.steps]


def have(*names: str, verified: bool = False, **dates: date) -> Person:
    return Person(holdings=tuple(Holding(credential=the_credential(n), verified=verified, **dates) for n in names))


# What is held


def test_of_one_credential_stated_twice_the_verified_one_counts_in_either_order() -> None:
    index = world(role("Target", asks={"SQL": "Working"}), sure("A"))
    verified, word = have("A", verified=True).holdings, have("A").holdings
    assert only(index, Person(holdings=verified + word)).basis == "shown"
    assert only(index, Person(holdings=word + verified)).basis == "shown"


def test_what_will_be_awarded_later_is_not_held_yet() -> None:
    index = world(role("Target", needs=["A"]), credential("A"))
    assert not only(index, have("A", verified=True, awarded=date(2026, 11, 25))).met
    assert only(index, have("A", verified=True, awarded=date(2026, 11, 24))).met


def test_a_holding_counts_on_its_last_day() -> None:
    index = world(role("Target", needs=["A"]), credential("A"))
    assert only(index, have("A", verified=True, expires=date(2026, 11, 24))).met
    assert not only(index, have("A", verified=True, expires=date(2026, 11, 23))).met


def test_renewal_beyond_the_last_day_of_the_calendar_never_runs_out() -> None:
    index = world(role("Target", needs=["A"]), credential("A", renewal_months=120_000))
    assert only(index, have("A", verified=True, awarded=date(2020, 1, 1))).met


def test_verifying_is_not_enough_where_two_are_asked_and_one_is_held() -> None:
    index = world(
        role("Target", needs=[any_of(2, at("SQL", "Working"), at("R", "Working"), at("Law", "Working"))]),
        sure("A"), sure("B", "R", money=500), sure("C", "Law", money=400), sure("D", money=1),
    )  # fmt: skip
    found = answer(index, have("A"))
    (item,) = found.gap.open
    assert (item.by_verifying, item.still, item.verifying_is_enough) == ((the_credential("A"),), 1, False)
    assert steps(found) == ["c"]
    assert found.pathway is not None
    assert (found.pathway.shown, found.pathway.unconfirmed) == ((), (item.requirement.id,))
    assert [(o.result, o.by) for o in found.outcomes] == [("yours to show", (the_credential("C"),))]


def test_verifying_two_holdings_is_enough_where_two_are_asked() -> None:
    index = world(
        role("Target", needs=[any_of(2, at("SQL", "Working"), at("R", "Working"))]), sure("A"), sure("B", "R")
    )
    found = answer(index, have("A", "B"))
    (item,) = found.gap.open
    assert (item.by_verifying, item.verifying_is_enough) == ((the_credential("A"), the_credential("B")), True)
    assert steps(found) == []


def test_an_unverified_holding_meets_what_a_credential_asks_by_level_too() -> None:
    index = world(
        role("Target", asks={"R": "Working"}), sure("A"), sure("Top", "R", needs=[at("SQL", "Working")]), sure("Other")
    )
    found = answer(index, have("A"))
    assert steps(found) == ["top"]
    assert found.framed.offers[the_credential("Top")].open_conditions == ()
    assert len(steps(answer(index))) == 2


def test_a_holding_that_only_may_show_says_truly_whether_it_is_verified() -> None:
    index = world(role("Target", asks={"SQL": "Working"}), credential("A", assessed=PROJECT, assesses={"SQL": None}))
    for verified in (True, False):
        item = only(index, have("A", verified=verified))
        (ground,) = item.options[0].grounds
        assert (ground.basis, ground.verified, ground.would_show) == ("unconfirmed", verified, False)
        assert item.by_verifying == ()


def test_renamed_ids_of_person_and_question_mean_the_present_things() -> None:
    index = world(
        role("Target", asks={"SQL": "Working", "R": "Working"}), role("Now", asks={"R": "Expert"}, after=()),
        sure("A"), sure("B"), renamed("id/w/credential/old-a", the_credential("A")),
        renamed("id/w/role/old-now", the_role("Now")), renamed("id/w/provider/old", "id/w/provider/board"),
    )  # fmt: skip
    old = "id/w/credential/old-a"
    person = Person(role="id/w/role/old-now", holdings=(Holding(credential=old, verified=True),))
    assert gap(index, person).open == ()
    assert gap(index, person).role == the_role("Now")
    assert steps(answer(index, pinned=(old,))) == ["a"]
    assert steps(answer(index, excluded=(old,))) == ["b"]
    assert steps(answer(index, providers=("id/w/provider/old",))) == ["a"]
    found = find_prospects(index, Person(role="id/w/role/old-now"), Question(today=TODAY), rubric=default_rubric())
    assert [prospect.role for prospect in found] == [the_role("Target")]


# What the current role lets one assume


def test_a_credential_that_the_current_role_asks_for_is_assumed_unless_it_has_run_out() -> None:
    index = world(role("Target", needs=["Licence"]), role("Now", needs=["Licence"]), credential("Licence"))
    assert only(index, NOW).basis == "assumed"
    assert only(index, NOW, assume_role=False).basis == "missing"
    expired = Person(role=NOW.role, holdings=have("Licence", expires=date(2026, 1, 1)).holdings)
    assert only(index, expired).basis == "missing"


def test_years_that_the_current_role_asks_for_are_assumed_unless_known_to_be_less() -> None:
    index = world(role("Target", needs=[years(3, "Analyst")]), role("Now", needs=[years(4, "analyst")]))
    assert only(index, NOW).basis == "assumed"
    since = (Experience(family="Analyst", started=date(2026, 1, 1)),)
    assert only(index, Person(role=NOW.role, experiences=since)).basis == "missing"
    fewer = world(role("Target", needs=[years(3, "Analyst")]), role("Now", needs=[years(2, "Analyst")]))
    assert not only(fewer, NOW).met


def test_the_same_choice_asked_again_is_assumed_and_a_narrower_one_is_not() -> None:
    now = role("Now", needs=[any_of(2, at("SQL", "Expert"), at("R", "Working"), at("Law", "Working"))])
    options = (at("SQL", "Working"), at("R", "Working"), at("Law", "Working"))
    assert only(world(now, role("Target", needs=[any_of(2, *options)])), NOW).basis == "assumed"
    assert only(world(now, role("Target", needs=[any_of(1, *options[:2])])), NOW).basis == "assumed"
    assert only(world(now, role("Target", needs=[any_of(2, *options[:2])])), NOW).basis == "missing"
    assert only(world(now, role("Target", needs=[any_of(3, *options)])), NOW).basis == "missing"


def test_a_word_about_an_exactly_matching_competency_is_claimed() -> None:
    word = Person(levels=(ClaimedLevel(competency=the_competency("SQL"), level=the_level("Expert")),))
    target = role("Target", asks={"Databases": "Working"})
    assert only(world(target, aligned("SQL", "Databases")), word).basis == "claimed"
    assert only(world(target, aligned("SQL", "Databases", "close")), word).basis == "missing"


# Time worked


def test_a_day_in_two_jobs_at_once_is_one_day_and_days_to_come_are_none() -> None:
    index = world(role("Target", needs=[years(3, "Analyst")]))

    def worked(*spans: tuple[date, date | None]) -> bool:
        return only(
            index, Person(experiences=tuple(Experience(family="Analyst", started=a, ended=b) for a, b in spans))
        ).met

    assert not worked((date(2025, 1, 1), None), (date(2025, 1, 1), None))
    assert not worked((date(2025, 1, 1), date(2030, 1, 1)))
    assert worked((date(2020, 1, 1), date(2021, 7, 1)), (date(2021, 6, 1), date(2023, 1, 1)))


def test_a_renamed_option_keeps_the_answer_to_its_fact() -> None:
    index = world(
        role("Target", needs=[years(3, "Analyst")]), renamed("id/w/option/old", "id/w/option/target-1--1"),
    )  # fmt: skip
    (item,) = gap(index, Person()).items
    present = item.options[0].option.id
    index = world(role("Target", needs=[years(3, "Analyst")]), renamed("id/w/option/old", present))
    assert only(index, Person(facts=(StatedFact(option="id/w/option/old", holds=True),))).met


def test_a_requirement_without_options_stays_open_and_nothing_is_planned_for_it() -> None:
    records = [r for r in role("Target", needs=[years(3)]) if type(r).__name__ != "Option"]
    found = answer(world(records))
    assert [(item.requirement.id, item.met) for item in found.gap.items] == [(the_requirement("Target", "1"), False)]
    assert steps(found) == []


def test_a_requirement_of_none_of_its_options_is_met() -> None:
    assert only(world(role("Target", needs=[any_of(0, at("SQL", "Working"))])), Person()).met


def test_an_answer_asks_as_strictly_and_as_widely_as_its_question() -> None:
    index = world(
        role("Target", asks={"SQL": ask("Working"), "R": ask("Working", optional=True)}),
        role("Now", asks={"SQL": "Working"}),
    )
    opened = [
        [item.requirement.id for item in answer(index, NOW, **question).gap.open]
        for question in ({}, {"assume_role": False}, {"optional": True})
    ]
    assert opened == [[], [the_requirement("Target", "SQL")], [the_requirement("Target", "R")]]
