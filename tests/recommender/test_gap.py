"""What is open between a person and a role, and on what each answer rests."""

from datetime import date

import pytest

from graph.index import Index
from ontology.errors import UnknownId
from ontology.person import ClaimedLevel, Experience, Holding, Person, StatedFact
from ontology.rubric import default_rubric
from recommender.gap import Gap, GapItem, find_gap
from tests.worlds import (
    PEER_CAPSTONE,
    PROJECT,
    Assessed,
    aligned,
    any_of,
    ask,
    at,
    backing,
    credential,
    fact,
    provider,
    role,
    the_competency,
    the_credential,
    the_level,
    the_role,
    world,
    years,
)

TODAY = date(2026, 11, 24)
NOBODY = Person()
SURE = [
    provider("Board", kind="professional body"),
    credential("Sure", by="Board", assessed=PROJECT, assesses={"SQL": "Practitioner"}),
    backing(the_credential("Sure"), by="Ofqual", how="accredits", standard="RQF"),
]


def gap(index: Index, person: Person = NOBODY, **keywords: bool) -> Gap:
    return find_gap(index, person, the_role("Target"), rubric=default_rubric(), today=TODAY, **keywords)


def only(index: Index, person: Person = NOBODY, **keywords: bool) -> GapItem:
    (item,) = gap(index, person, **keywords).items
    return item


def holding(name: str, *, verified: bool = True, **dates: date) -> Person:
    return Person(holdings=(Holding(credential=the_credential(name), verified=verified, **dates),))


TARGET = role("Target", asks={"SQL": "Practitioner"})


def test_a_verified_holding_with_sure_proof_shows() -> None:
    item = only(world(TARGET, *SURE), holding("Sure"))
    assert (item.basis, item.met) == ("shown", True)
    assert item.options[0].grounds[0].by == the_credential("Sure")


def test_an_unverified_holding_is_unconfirmed_and_says_that_verifying_is_enough() -> None:
    item = only(world(TARGET, *SURE), holding("Sure", verified=False))
    assert (item.basis, item.met, item.by_verifying) == ("unconfirmed", False, (the_credential("Sure"),))


def test_a_higher_level_shows_a_lower_one_and_not_the_other_way() -> None:
    assert only(world(role("Target", asks={"SQL": "Working"}), *SURE), holding("Sure")).basis == "shown"
    assert only(world(role("Target", asks={"SQL": "Expert"}), *SURE), holding("Sure")).basis == "missing"


def test_what_the_current_role_asks_for_is_assumed_and_the_stricter_question_does_not_assume() -> None:
    index = world(TARGET, role("Now", asks={"SQL": "Expert"}))
    person = Person(role=the_role("Now"))
    assert (only(index, person).basis, only(index, person).met) == ("assumed", True)
    assert only(index, person, assume_role=False).basis == "missing"


def test_the_level_one_has_now_is_told() -> None:
    index = world(TARGET, role("Now", asks={"SQL": "Working"}))
    item = only(index, Person(role=the_role("Now")))
    assert (item.basis, item.options[0].have) == ("missing", the_level("Working"))


def test_an_alternative_of_the_current_role_is_no_certainty() -> None:
    index = world(TARGET, role("Now", needs=[any_of(1, at("SQL", "Expert"), at("R", "Expert"))]))
    assert only(index, Person(role=the_role("Now"))).basis == "missing"


def test_a_bare_word_is_claimed_and_stays_open() -> None:
    word = Person(levels=(ClaimedLevel(competency=the_competency("SQL"), level=the_level("Expert")),))
    item = only(world(TARGET), word)
    assert (item.basis, item.met) == ("claimed", False)


def test_a_peer_marked_capstone_with_nothing_else_known_is_not_shown() -> None:
    index = world(TARGET, credential("Capstone", assessed=PEER_CAPSTONE, assesses={"SQL": "Practitioner"}))
    assert only(index, holding("Capstone")).basis == "unconfirmed"


def test_a_programme_with_one_capstone_and_eight_claims_shows_only_what_that_capstone_assesses() -> None:
    skills = [f"Skill {n}" for n in range(1, 9)]
    programme = credential(
        "Programme", by="Board", assessed=PROJECT, assesses={"Skill 1": "Working"},
        teaches=dict.fromkeys(skills[1:], "Working"),
    )  # fmt: skip
    unnamed = credential("Programme", assesses=dict.fromkeys(skills[1:4], "Working"))
    claims = [record for record in unnamed if type(record).__name__ == "Claim"]
    index = world(
        role("Target", asks=dict.fromkeys(skills, "Working")), provider("Board", kind="university"), programme, claims,
        backing(the_credential("Programme"), by="Ofqual", how="accredits", standard="RQF"),
    )  # fmt: skip
    bases = {item.options[0].option.competency: item.basis for item in gap(index, holding("Programme")).items}
    assert [bases[the_competency(skill)] for skill in skills] == ["shown"] + ["unconfirmed"] * 3 + ["missing"] * 4


def test_a_claim_or_a_requirement_without_a_level_can_at_most_be_unconfirmed() -> None:
    no_level = [
        provider("Board", kind="professional body"),
        credential("Bare", by="Board", assessed=PROJECT, assesses={"SQL": None}),
        backing(the_credential("Bare"), by="Ofqual", how="accredits", standard="RQF"),
    ]
    assert only(world(TARGET, *no_level), holding("Bare")).basis == "unconfirmed"
    assert only(world(role("Target", asks={"SQL": None}), *SURE), holding("Sure")).basis == "unconfirmed"


def test_a_closely_aligned_competency_can_at_most_be_unconfirmed_and_an_exact_one_shows() -> None:
    asks_other = role("Target", asks={"Databases": "Working"})
    assert only(world(asks_other, *SURE, aligned("SQL", "Databases")), holding("Sure")).basis == "shown"
    assert only(world(asks_other, *SURE, aligned("SQL", "Databases", "close")), holding("Sure")).basis == "unconfirmed"
    assert only(world(asks_other, *SURE, aligned("SQL", "Databases", "narrow")), holding("Sure")).basis == "missing"


def test_a_holding_that_has_run_out_shows_nothing() -> None:
    renewing = [
        provider("Board", kind="professional body"),
        credential("Sure", by="Board", renewal_months=36, assessed=PROJECT, assesses={"SQL": "Practitioner"}),
        backing(the_credential("Sure"), by="Ofqual", how="accredits", standard="RQF"),
    ]
    index = world(TARGET, *renewing)
    assert only(index, holding("Sure", awarded=date(2023, 11, 24))).basis == "shown"
    assert only(index, holding("Sure", awarded=date(2023, 11, 23))).basis == "missing"
    assert only(index, holding("Sure", expires=date(2026, 11, 23))).basis == "missing"


def test_two_of_three_takes_the_second_best_basis() -> None:
    index = world(
        role("Target", needs=[any_of(2, at("SQL", "Practitioner"), at("R", "Working"), at("Law", "Working"))]), *SURE
    )
    word = ClaimedLevel(competency=the_competency("R"), level=the_level("Working"))
    person = Person(holdings=holding("Sure").holdings, levels=(word,))
    assert [state.basis for state in only(index, person).options] == ["shown", "claimed", "missing"]
    assert only(index, person).basis == "claimed"


def test_a_credential_that_a_role_asks_for_is_met_by_holding_it() -> None:
    index = world(role("Target", needs=["Licence"]), credential("Licence"))
    assert only(index).basis == "missing"
    assert only(index, holding("Licence")).basis == "shown"
    unverified = only(index, holding("Licence", verified=False))
    assert (unverified.basis, unverified.by_verifying) == ("unconfirmed", (the_credential("Licence"),))


def test_years_are_counted_over_all_work_in_the_family_and_unknown_without_any() -> None:
    index = world(role("Target", needs=[years(3, "Analyst")]))

    def worked(*spans: tuple[str, date, date | None]) -> GapItem:
        experiences = tuple(Experience(family=f, started=a, ended=b) for f, a, b in spans)
        return only(index, Person(experiences=experiences))

    assert not only(index).options[0].decided
    assert worked(("Analyst", date(2020, 1, 1), date(2022, 1, 1)), ("analyst", date(2025, 11, 1), None)).met
    assert not worked(("Analyst", date(2024, 1, 1), None)).met
    assert not worked(("Designer", date(2000, 1, 1), None)).met


def test_a_fact_in_words_is_what_the_person_says_of_it_and_unknown_before() -> None:
    index = world(role("Target", needs=[fact("a degree")]))
    option = only(index).options[0].option.id
    assert (only(index).basis, only(index).options[0].decided) == ("missing", False)
    assert only(index, Person(facts=(StatedFact(option=option, holds=True),))).met
    denied = only(index, Person(facts=(StatedFact(option=option, holds=False),)))
    assert (denied.met, denied.options[0].decided) == (False, True)


def test_optional_requirements_count_when_asked() -> None:
    index = world(role("Target", asks={"SQL": ask("Working"), "R": ask("Working", optional=True)}))
    assert len(gap(index).items) == 1
    assert len(gap(index, optional=True).items) == 2


def test_readiness_weighs_by_importance() -> None:
    index = world(
        role("Target", asks={"SQL": ask("Practitioner", importance=80), "R": ask("Working", importance=20)}), *SURE
    )
    assert gap(index, holding("Sure")).readiness == (80, 100)


def test_an_unproctored_exam_shows_nothing_surely() -> None:
    quiz = Assessed(methods=("exam",), proctored="no", pass_mark="85 %", evaluator="Automated")
    index = world(TARGET, credential("Quiz", assessed=quiz, assesses={"SQL": "Practitioner"}))
    assert only(index, holding("Quiz")).basis == "unconfirmed"


def test_an_unknown_role_is_an_error_that_names_it() -> None:
    with pytest.raises(UnknownId, match="id/w/role/target"):
        gap(world(role("Other")))
