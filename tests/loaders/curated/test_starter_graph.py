"""What the packaged starter graph promises: enough of everything, each fact with its page, nothing copied."""

import csv
import gzip
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import fields
from typing import TypeVar

import pytest

from graph.build import build_index
from graph.index import Index
from graph.stores.memory import MemoryStore
from loaders.curated.folder import read_starter
from loaders.loaded import Loaded
from ontology.records import (
    AdvancedStanding,
    Assessment,
    Assignment,
    Claim,
    Competency,
    Credential,
    Finding,
    LevelText,
    Option,
    PartOf,
    Rate,
    Record,
    Requirement,
    Role,
)
from tests.shared_data import shared

R = TypeVar("R", bound=Record)

FAMILIES = {
    "Product manager": [
        "Associate product manager",
        "Product manager",
        "Senior product manager",
        "Lead product manager",
        "Head of product",
    ],
    "Delivery manager": [
        "Associate delivery manager",
        "Delivery manager",
        "Senior delivery manager",
        "Head of (Agile) delivery management",
    ],
    "Business analyst": [
        "Trainee business analyst",
        "Junior business analyst",
        "Business analyst",
        "Senior business analyst",
        "Lead business analyst",
        "Head of business analysis",
    ],
    "Data analyst": [
        "Associate data analyst",
        "Data analyst",
        "Senior data analyst",
        "Principal data analyst",
    ],
    "User researcher": [
        "Associate user researcher",
        "Junior user researcher",
        "User researcher",
        "Senior user researcher",
        "Lead user researcher",
        "Head of user research",
    ],
    "Service owner": ["Service owner"],
}

OF_PRODUCT = [
    "Agile and Lean practices",
    "Applying user-centred insights",
    "Creating value for money",
    "Life cycle management",
    "Managing product outcomes",
    "Product leadership",
    "Product management",
    "Stakeholder relationship management",
    "Strategic ownership",
]

ATTRIBUTION = "licensed under the Open Government Licence v3.0"

ITS_OWN = ("produces", "assessor", "rubric", "effort")
"""What an assignment cannot do without."""

EXAMINED = {"exam", "quiz"}
"""Ways of assessing that look at answers and at no work."""

LEVELS = "id/uk-digital/level/"


@pytest.fixture(scope="module")
def loaded() -> Loaded:
    return read_starter()


@pytest.fixture(scope="module")
def index(loaded: Loaded) -> Index:
    store = MemoryStore()
    for info, records in loaded.sources:
        store.replace_source(info, records)
    return build_index(store)


def said(loaded: Loaded, record_type: type[R], *sources: str) -> Iterator[R]:
    """The records of a kind that one of these sources states; of every source where none is named."""
    for info, records in loaded.sources:
        if not sources or info.id in sources:
            yield from (record for record in records if isinstance(record, record_type))


def cited(loaded: Loaded) -> list[Record]:
    """Every record about a provider or a credential."""
    return list(said(loaded, Record, "starter-issuers", "starter-others"))


def test_nothing_is_refused(loaded: Loaded) -> None:
    assert loaded.refusals == ()


def test_no_link_leads_nowhere(index: Index) -> None:
    assert index.dangling == ()


def test_the_credentials_are_180_or_more(loaded: Loaded) -> None:
    assert len({c.id for c in said(loaded, Credential)}) >= 180


def test_35_or_more_are_made_of_parts_or_reached_by_advanced_standing(loaded: Loaded) -> None:
    wholes = {part.whole for part in said(loaded, PartOf)}
    targets = {standing.into for standing in said(loaded, AdvancedStanding)}
    assert len(wholes | targets) >= 35
    assert wholes
    assert targets


def test_80_or_more_have_conditions(loaded: Loaded) -> None:
    credentials = {c.id for c in said(loaded, Credential)}
    assert len(credentials & {r.subject for r in said(loaded, Requirement)}) >= 80


@pytest.mark.parametrize(("family", "rungs"), FAMILIES.items())
def test_a_family_has_all_its_rungs_each_with_requirements(loaded: Loaded, family: str, rungs: list[str]) -> None:
    roles = {role.name: role.id for role in said(loaded, Role) if role.family == family}
    assert sorted(roles) == sorted(rungs)
    asked = {requirement.subject for requirement in said(loaded, Requirement, "starter-ladders")}
    assert set(roles.values()) <= asked


def test_every_level_that_a_role_asks_for_has_a_text(loaded: Loaded) -> None:
    texts = {(text.competency, text.level) for text in said(loaded, LevelText) if text.words}
    asked = {(option.competency, option.level) for option in said(loaded, Option, "starter-ladders")}
    assert asked - texts == set()


@pytest.mark.parametrize("level", ["practitioner", "expert"])
def test_each_competency_of_the_product_family_has_a_project_of_its_own(loaded: Loaded, level: str) -> None:
    names = {competency.id: competency.name for competency in said(loaded, Competency)}
    projects = {assignment.id: assignment for assignment in said(loaded, Assignment)}
    shown = {
        names[claim.competency]: projects[claim.subject]
        for claim in said(loaded, Claim)
        if claim.subject in projects and claim.level == LEVELS + level
    }
    assert [name for name in OF_PRODUCT if name not in shown] == []
    assert all(shown[name].general_level is None for name in OF_PRODUCT)
    assert len({shown[name].id for name in OF_PRODUCT}) == len(OF_PRODUCT)


def test_every_project_says_what_to_produce_who_judges_by_what_and_how_long_it_takes(loaded: Loaded) -> None:
    lacking = [(a.id, name) for a in said(loaded, Assignment) for name in ITS_OWN if not getattr(a, name)]
    assert lacking == []


def test_a_general_project_serves_each_level_that_is_shown_by_work(loaded: Loaded) -> None:
    general = {assignment.general_level for assignment in said(loaded, Assignment)} - {None}
    assert general == {LEVELS + "working", LEVELS + "practitioner", LEVELS + "expert"}


def test_every_fact_about_a_credential_has_a_page_on_the_web(loaded: Loaded) -> None:
    without = [r.source.place for r in cited(loaded) if not re.match(r"https?://[^ ]+\.[^ ]+", r.source.page or "")]
    assert without == []


def test_every_rate_has_a_page_and_a_day(loaded: Loaded) -> None:
    rates = list(said(loaded, Rate))
    assert {("USD", "GBP"), ("EUR", "GBP")} <= {(rate.base, rate.quote) for rate in rates}
    assert all(rate.source.page and rate.day for rate in rates)


def test_only_the_editors_say_what_a_credential_speaks_to_and_they_name_a_page(loaded: Loaded) -> None:
    credentials = {credential.id for credential in said(loaded, Credential)}
    claims = [claim for claim in said(loaded, Claim) if claim.subject in credentials]
    assert len(claims) >= 500
    assert {claim.source.id for claim in claims} == {"starter-editors"}
    assert [claim.id for claim in claims if not (claim.source.page and claim.level and claim.words)] == []


def test_an_exam_alone_shows_no_more_than_working_but_for_the_cases_named(loaded: Loaded) -> None:
    methods: dict[str, set[str]] = defaultdict(set)
    own: dict[str, set[str]] = defaultdict(set)
    for assessment in said(loaded, Assessment):
        methods[assessment.id] |= set(assessment.methods)
        own[assessment.credential].add(assessment.id)
    above = {
        claim.subject.removeprefix("id/starter/credential/")
        for claim in said(loaded, Claim)
        if claim.mode == "assesses" and claim.level in {LEVELS + "practitioner", LEVELS + "expert"}
        for assessed in [{claim.assessment} if claim.assessment else own[claim.subject]]
        if (used := set().union(*(methods[id_] for id_ in assessed if id_))) and used <= EXAMINED
    }
    assert above == {"scrum-org-pspo-3"}


def test_a_pass_mark_is_a_figure(loaded: Loaded) -> None:
    marks = [a.pass_mark for a in said(loaded, Assessment) if a.pass_mark]
    assert [mark for mark in marks if not re.search(r"\d", mark)] == []


def test_no_assessment_has_both_a_pass_mark_and_a_finding_that_there_is_none(loaded: Loaded) -> None:
    none = {f.subject for f in said(loaded, Finding) if f.criterion == "pass_mark_stated" and f.verdict == "unmet"}
    assert none & {a.id for a in said(loaded, Assessment) if a.pass_mark} == set()
    assert none


def test_what_a_part_leads_to_is_no_part_of_it(loaded: Loaded) -> None:
    pairs = {(part.part, part.whole) for part in said(loaded, PartOf)}
    assert pairs & {(whole, part) for part, whole in pairs} == set()
    standing = {(s.held, s.into) for s in said(loaded, AdvancedStanding) if s.money_off or s.minutes_off}
    assert standing & {(into, held) for held, into in standing} == set()


def test_the_ladders_carry_the_attribution_that_their_licence_asks_for(loaded: Loaded) -> None:
    ladders = next(info for info, _ in loaded.sources if info.id == "starter-ladders")
    assert ladders.licence == "OGL-UK-3.0"
    assert ATTRIBUTION in (ladders.attribution or "")


def runs(text: str, *, words: int = 8) -> set[tuple[str, ...]]:
    """Every run of so many words of a text, without its capitals and stops."""
    found = re.findall(r"[a-z0-9']+", text.lower())
    return {tuple(found[at : at + words]) for at in range(len(found) - words + 1)}


def texts(record: Record) -> Iterator[str]:
    """What a record says in words, its name apart: names are the framework's."""
    for field in fields(record):
        value = getattr(record, field.name)
        if isinstance(value, str) and " " in value and field.name != "name":
            yield value


@pytest.mark.shared_data
def test_no_eight_words_in_a_row_are_those_of_the_framework(loaded: Loaded) -> None:
    folder = shared("uk-digital-ladders")
    theirs: set[tuple[str, ...]] = set()
    with gzip.open(folder / "roles.csv.gz", "rt", encoding="utf-8-sig", newline="") as file:
        cells = {cell for row in csv.reader(file) for cell in row}
    with (folder / "skills.csv").open(encoding="utf-8-sig", newline="") as file:
        cells |= {cell for row in csv.reader(file) for cell in row}
    for cell in cells:
        theirs |= runs(cell)
    assert len(theirs) > 10_000
    ours = list(said(loaded, Record, "starter-ladders", "starter-editors"))
    copied = [(record.id, text) for record in ours for text in texts(record) if runs(text) & theirs]
    assert copied == []
