"""Where one could go, how a ladder is covered, and what is held is worth."""

from datetime import date
from fractions import Fraction
from typing import Any

from graph.index import Index
from ontology.person import Holding, Person
from ontology.records import Claim, Forwarding
from ontology.rubric import default_rubric
from ontology.values import Source
from recommender.coverage import find_coverage
from recommender.gap import find_gap
from recommender.question import Question
from recommender.readiness import find_prospects, find_route
from recommender.worth import find_worth
from tests.worlds import (
    EXAM,
    PROJECT,
    aligned,
    ask,
    assignment,
    backing,
    credential,
    provider,
    related,
    role,
    standing,
    the_assignment,
    the_credential,
    the_provider,
    the_requirement,
    the_role,
    world,
)

QUESTION = Question(today=date(2026, 11, 24))
RUBRIC = default_rubric()


def sure(name: str, what: str, level: str = "Working", by: str = "Board", **more: Any) -> list[Any]:
    return [
        *credential(name, by=by, assessed=PROJECT, assesses={what: level}, **more),
        *provider(by, kind="professional body"),
        *backing(the_credential(name), by="Ofqual", how="accredits", standard="RQF"),
    ]


LADDER = [
    role("Junior", asks={"SQL": "Awareness"}, ladder="Data", family="Analyst"),
    role("Analyst", asks={"SQL": "Working", "R": "Awareness"}, after="Junior", ladder="Data", family="Analyst"),
    role("Senior", asks={"SQL": "Practitioner", "R": "Working"}, after="Analyst", ladder="Data", family="Analyst"),
]


def prospects(index: Index, role_name: str) -> list[tuple[str, str | None, Fraction]]:
    found = find_prospects(index, Person(role=the_role(role_name)), QUESTION, rubric=RUBRIC)
    return [(p.role.split("/")[-1], p.step, p.readiness) for p in found]


def test_next_rungs_come_first_then_related_roles_by_readiness() -> None:
    index = world(
        *LADDER,
        role("Engineer", asks={"SQL": "Awareness", "Law": "Working"}, family="Engineer"),
        role("Head engineer", asks={"SQL": "Expert"}, family="Engineer"),
        role("Lawyer", asks={"Law": "Expert"}, family="Lawyer"),
        role("Planner", asks={"Law": "Expert"}, family="Planner"),
        related("Junior", "Planner"),
    )
    assert prospects(index, "Junior") == [
        ("analyst", "ladder step", Fraction(0)),
        ("planner", "related role", Fraction(0)),
        ("engineer", None, Fraction(1, 2)),
    ]


def test_a_route_leads_over_several_rungs_or_nowhere() -> None:
    index = world(*LADDER, role("Other", asks={"R": "Working"}))
    assert find_route(index, the_role("Junior"), the_role("Senior")) == tuple(
        the_role(name) for name in ("Junior", "Analyst", "Senior")
    )
    assert find_route(index, the_role("Senior"), the_role("Junior")) is None
    assert find_route(index, the_role("Junior"), the_role("Other")) is None


def test_coverage_goes_from_the_lowest_rung_and_says_who_shows_how_cheaply() -> None:
    index = world(
        *LADDER, sure("A", "SQL", money=500), sure("B", "SQL", by="Guild", money=300), sure("C", "SQL", by="Guild"),
        credential("Course", teaches={"R": "Working"}), assignment("Do it", shows={"R": "Working"}),
    )  # fmt: skip
    coverage = find_coverage(index, "Analyst", QUESTION, rubric=RUBRIC)
    assert coverage.roles == (the_role("Junior"), the_role("Analyst"), the_role("Senior"))
    cells = {(cell.role, cell.requirement.id): cell for cell in coverage.cells}
    sql = cells[the_role("Analyst"), the_requirement("Analyst", "SQL")]
    assert (sql.cover, len(sql.credentials), sql.providers) == (
        "shown", 3, (the_provider("Board"), the_provider("Guild")))  # fmt: skip
    assert sql.cheapest is not None
    assert sql.cheapest[0] == the_credential("B")
    assert cells[the_role("Senior"), the_requirement("Senior", "SQL")].cover == "none"
    taught = cells[the_role("Senior"), the_requirement("Senior", "R")]
    assert (taught.cover, taught.work) == ("taught", (the_assignment("Do it"),))


def test_coverage_tells_unconfirmed_from_shown() -> None:
    index = world(*LADDER, credential("E", assessed=EXAM, assesses={"SQL": "Awareness"}))
    (junior, *_) = find_coverage(index, "Analyst", QUESTION, rubric=RUBRIC).cells
    assert (junior.cover, junior.providers, junior.cheapest) == ("unconfirmed", (), None)


def test_coverage_of_what_is_no_ladder_is_empty() -> None:
    assert find_coverage(world(*LADDER), "Cook", QUESTION, rubric=RUBRIC).cells == ()


def test_what_is_held_is_worth_what_it_shows_and_what_it_stacks_into() -> None:
    index = world(
        role("Target", asks={"SQL": ask("Working", importance=70), "R": "Working"}), sure("Cert", "SQL"),
        credential("Other"), credential("Whole", parts=["Cert", "Other"]), credential("Next", needs=["Cert"]),
        standing("Cert", into="Master", money_off=300, minutes_off=60), credential("Master"),
    )  # fmt: skip
    person = Person(holdings=(Holding(credential=the_credential("Cert"), verified=True),))
    gap = find_gap(index, person, the_role("Target"), rubric=RUBRIC, today=QUESTION.today)
    (worth,) = find_worth(index, person, gap, QUESTION, rubric=RUBRIC)
    assert [(shows.requirement, shows.basis) for shows in worth.items] == [(the_requirement("Target", "SQL"), "shown")]
    stacks = {stack.into: (len(stack.missing), stack.money_off, stack.minutes_off) for stack in worth.stacks}
    assert stacks == {
        the_credential("Master"): (0, 300, 60),
        the_credential("Next"): (0, 0, 0),
        the_credential("Whole"): (1, 0, 0),
    }


def test_an_unverified_holding_counts_toward_what_a_credential_asks_for_and_retired_ones_are_no_aim() -> None:
    index = world(
        role("Target", asks={"SQL": "Working"}), sure("Cert", "SQL"), credential("Next", needs=["Cert"]),
        credential("Gone", needs=["Cert"], status="retired"),
    )  # fmt: skip
    person = Person(holdings=(Holding(credential=the_credential("Cert")),))
    gap = find_gap(index, person, the_role("Target"), rubric=RUBRIC, today=QUESTION.today)
    (worth,) = find_worth(index, person, gap, QUESTION, rubric=RUBRIC)
    assert [(stack.into, stack.missing) for stack in worth.stacks] == [(the_credential("Next"), ())]
    assert [(shows.requirement, shows.basis) for shows in worth.items] == [
        (the_requirement("Target", "SQL"), "unconfirmed")
    ]


def test_an_item_that_two_claims_of_a_holding_speak_to_is_told_once_by_the_surer() -> None:
    index = world(
        role("Target", asks={"SQL": "Working"}), sure("Cert", "SQL"), aligned("SQL", "Tables", "close"),
        [r for r in credential("Cert", assessed=PROJECT, assesses={"Tables": "Expert"}) if isinstance(r, Claim)],
    )  # fmt: skip
    person = Person(holdings=(Holding(credential=the_credential("Cert"), verified=True),))
    gap = find_gap(index, person, the_role("Target"), rubric=RUBRIC, today=QUESTION.today)
    (worth,) = find_worth(index, person, gap, QUESTION, rubric=RUBRIC)
    assert [(shows.requirement, shows.basis) for shows in worth.items] == [(the_requirement("Target", "SQL"), "shown")]


def test_a_route_is_found_from_a_renamed_role() -> None:
    renamed = Forwarding(id="id/w/role/old", source=Source(id="w", place="renamed"), to=the_role("Junior"))
    index = world(*LADDER, renamed)
    assert find_route(index, "id/w/role/old", the_role("Analyst")) == (the_role("Junior"), the_role("Analyst"))
