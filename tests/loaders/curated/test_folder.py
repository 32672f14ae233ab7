"""The starter folder: every line a statement of its own, every mistake named with its line."""

from datetime import date
from pathlib import Path
from typing import TypeVar

import pytest

from loaders.curated.folder import PACKAGED, check_starter, read_starter, starter_files
from loaders.loaded import Loaded
from ontology.errors import Unreadable
from ontology.records import (
    AdvancedStanding,
    Assessment,
    Assignment,
    Backing,
    Claim,
    Competency,
    Cost,
    Credential,
    Finding,
    LevelText,
    NextRole,
    Option,
    PartOf,
    Rate,
    Record,
    Requirement,
    Role,
)
from ontology.values import Range
from tests.loaders import worlds

R = TypeVar("R", bound=Record)

ONE = "id/starter/credential/green-one"
TWO = "id/starter/credential/green-two"
WHOLE = "id/starter/credential/green-whole"
WORKING = "id/uk-digital/level/working"
EXPERT = "id/uk-digital/level/expert"


def of(loaded: Loaded, record_type: type[R], source: str | None = None) -> list[R]:
    return [
        record
        for info, records in loaded.sources
        for record in records
        if isinstance(record, record_type) and source in {None, info.id}
    ]


@pytest.fixture
def small(tmp_path: Path) -> Loaded:
    return read_starter(worlds.write_world(tmp_path))


def refused(folder: Path, **changed: str) -> list[str]:
    return [str(refusal) for refusal in read_starter(worlds.write_world(folder, **changed)).refusals]


def test_a_whole_folder_gives_four_voices_and_refuses_nothing(small: Loaded) -> None:
    assert small.refusals == ()
    assert [(info.id, info.voice) for info, _ in small.sources] == [
        ("starter-ladders", "registry"),
        ("starter-issuers", "issuer"),
        ("starter-others", "others"),
        ("starter-editors", "editors"),
    ]
    assert small.sources[0][0].attribution == "Thanks to all."


def test_every_record_stands_in_the_source_that_says_it_at_a_place_of_its_own(small: Loaded) -> None:
    for info, records in small.sources:
        assert {record.source.id for record in records} <= {info.id}
        places = [(type(record), record.id, record.source.place) for record in records]
        assert len(places) == len(set(places))


def test_each_says_line_is_a_partial_statement_at_its_own_place(small: Loaded) -> None:
    said = [c for c in of(small, Credential) if c.id == ONE]
    assert [(c.source.id, c.source.place, c.effort, c.renewal_months) for c in said] == [
        ("starter-issuers", "credentials/green.yml#green/one", None, None),
        ("starter-issuers", "credentials/green.yml#green/one/says/1", Range(960, 960), None),
        ("starter-issuers", "credentials/green.yml#green/one/says/3", None, 0),
        ("starter-others", "credentials/green.yml#green/one/says/2", Range(1200, 1800), None),
    ]
    assert {c.name for c in said} == {"Green One"}
    assert said[3].source.page == "https://review.example/one"
    assert said[3].source.date == "2025"
    assert said[0].page == "https://green.example/one"


def test_a_line_added_above_an_entry_changes_no_place_below(tmp_path: Path, small: Loaded) -> None:
    more = worlds.CREDENTIALS.replace("providers:\n", "# a remark\n\nproviders:\n")
    moved = read_starter(worlds.write_world(tmp_path / "moved", credentials=more))
    assert [records for _, records in moved.sources] == [records for _, records in small.sources]


def test_money_is_whole_minor_units_by_the_currency(small: Loaded) -> None:
    assert [(c.id, c.amount, c.currency, c.audience) for c in of(small, Cost)] == [
        ("id/starter/cost/green-one--exam", Range(20000, 20000), "USD", None),
        ("id/starter/cost/green-one--exam--members", Range(9050, 10000), "GBP", "members"),
        ("id/starter/cost/green-one--training", None, None, None),
        ("id/starter/cost/green-one--other", Range(3000, 3000), "JPY", None),
    ]


def test_an_assessment_is_one_id_in_several_statements(small: Loaded) -> None:
    exams = of(small, Assessment)
    assert {exam.id for exam in exams} == {"id/starter/assessment/green-one--exam"}
    assert [(exam.methods, exam.proctored, exam.pass_mark) for exam in exams] == [
        ((), None, None),
        (("quiz",), "no", None),
        ((), None, "85%"),
    ]
    assert exams[0].source.page == "https://green.example/exam"


def test_a_condition_is_a_requirement_with_its_options(small: Loaded) -> None:
    asked = next(r for r in of(small, Requirement) if r.subject == TWO)
    assert asked.at_least == 1
    assert asked.id == "id/starter/requirement/green-two--green-one"
    options = [o for o in of(small, Option) if o.requirement == asked.id]
    assert [(o.id.rsplit("--", 1)[1], o.credential, o.years, o.family, o.words) for o in options] == [
        ("green-one", ONE, None, None, None),
        ("3-years-gardener-three-years-in-gardens", None, 3, "Gardener", "three years in gardens"),
        ("a-degree", None, None, None, "a degree"),
    ]


def test_an_option_keeps_its_id_when_another_is_added(tmp_path: Path, small: Loaded) -> None:
    more = worlds.CREDENTIALS.replace("{words: a degree}]", "{words: luck}, {words: a degree}]")
    loaded = read_starter(worlds.write_world(tmp_path / "more", credentials=more))
    assert {o.id for o in of(small, Option)} < {o.id for o in of(loaded, Option)}


def test_parts_count_toward_a_whole_and_are_its_requirement(small: Loaded) -> None:
    assert [(p.part, p.whole) for p in of(small, PartOf)] == [(ONE, WHOLE), (TWO, WHOLE)]
    asked = next(r for r in of(small, Requirement) if r.subject == WHOLE)
    assert asked.at_least == 2
    assert [o.credential for o in of(small, Option) if o.requirement == asked.id] == [ONE, TWO]


def test_standing_backing_and_findings_are_records(small: Loaded) -> None:
    standing = of(small, AdvancedStanding)[0]
    assert (standing.held, standing.into, standing.money_off, standing.minutes_off) == (TWO, WHOLE, 5000, 90)
    backing = of(small, Backing)[0]
    assert (backing.subject, backing.by, backing.how, backing.source.date) == (
        "id/starter/provider/green", "Garden Board", "accredits", "2026-06",
    )  # fmt: skip
    finding = of(small, Finding)[0]
    assert (finding.subject, finding.criterion, finding.verdict) == (TWO, "verifiable_record", "met")


def test_stated_credit_gives_a_derived_effort_that_names_its_rule_and_premises(small: Loaded) -> None:
    derived = of(small, Credential, "starter-editors")
    assert [(c.id, c.effort, c.source.rule, c.source.premises, c.source.page) for c in derived] == [
        (TWO, Range(8100, 9450), "hours in one UK credit", (TWO,), "https://credit.example/")
    ]


def test_where_effort_is_stated_nothing_is_derived(tmp_path: Path) -> None:
    both = worlds.CREDENTIALS.replace(
        "      - {credit: 15,",
        "      - {effort_hours: 1, page: https://x.example/, by: third party}\n      - {credit: 15,",
    )
    assert of(read_starter(worlds.write_world(tmp_path, credentials=both)), Credential, "starter-editors") == []


def test_a_mapping_line_is_our_editors_claim_by_the_only_assessment(small: Loaded) -> None:
    claim = next(c for c in of(small, Claim) if c.subject == ONE)
    assert claim.source.id == "starter-editors"
    assert claim.assessment == "id/starter/assessment/green-one--exam"
    assert (claim.competency, claim.level, claim.mode, claim.words) == (
        "id/uk-digital/competency/pruning", WORKING, "assesses", "saws; shears",
    )  # fmt: skip


def test_with_two_assessments_a_mapping_must_say_which(tmp_path: Path) -> None:
    two = worlds.CREDENTIALS.replace(
        "    assessments:\n", "    assessments:\n      - {id: essay, page: https://e.example/}\n"
    )
    assert refused(tmp_path, credentials=two) == [
        "mapping/green.yml, [1].shows[1], line 3: found no by, expected by: which of essay, exam assesses it"
    ]
    named = worlds.MAPPING.replace("topics:", "by: essay, topics:")
    loaded = read_starter(worlds.write_world(tmp_path, credentials=two, mapping=named))
    assert of(loaded, Claim)[0].assessment == "id/starter/assessment/green-one--essay"


def test_assignments_show_their_competency_or_serve_a_level(small: Loaded) -> None:
    orchard, general = of(small, Assignment)
    assert (orchard.effort, orchard.elapsed, orchard.general_level) == (Range(1800, 3000), Range(30, 90), None)
    assert general.general_level == WORKING
    claim = next(c for c in of(small, Claim) if c.subject == orchard.id)
    assert (claim.competency, claim.level) == ("id/uk-digital/competency/pruning", EXPERT)


def test_a_rate_is_whole_millionths(small: Loaded) -> None:
    assert [(r.base, r.quote, r.millionths, r.day) for r in of(small, Rate)] == [
        ("USD", "GBP", 761200, date(2026, 10, 30))
    ]


def test_ladders_have_roles_levels_and_steps_that_name_their_rule(small: Loaded) -> None:
    assert [(r.id, r.family, r.group, r.ladder, r.other_names) for r in of(small, Role)] == [
        ("id/uk-digital/role/gardener", "Gardener", "Outdoors", "id/uk-digital/framework/gardener", ("Gdnr",)),
        ("id/uk-digital/role/lead-gardener", "Gardener", "Outdoors", "id/uk-digital/framework/gardener", ()),
    ]
    assert {(c.name, c.scale) for c in of(small, Competency)} == {
        ("Pruning", "id/uk-digital/scale/proficiency"),
        ("Planting", "id/uk-digital/scale/proficiency"),
    }
    assert [(t.level, t.words) for t in of(small, LevelText)] == [
        (WORKING, "Cuts with care."),
        (EXPERT, "Teaches others to cut."),
    ]
    step = of(small, NextRole)[0]
    assert (step.from_role, step.to_role) == ("id/uk-digital/role/gardener", "id/uk-digital/role/lead-gardener")
    assert step.source.rule == "asks at least as much"
    assert "id/uk-digital/requirement/lead-gardener--pruning" in step.source.premises


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        ("ladder", "Pruning: Expert", "Prunning: Expert",
         "ladders/gardener.yml, roles[2].requires, line 15: found competency 'Prunning', "
         "expected 'Pruning' (did you mistype it?)"),
        ("ladder", "Pruning: Expert", "Pruning: Master",
         "ladders/gardener.yml, roles[2].requires.Pruning, line 15: found 'Master', "
         "expected one of: Awareness, Working, Practitioner, Expert"),
        ("credentials", "effort_hours: 16", "efort_hours: 16",
         "credentials/green.yml, credentials[1].says[1].efort_hours, line 16: found the unknown key 'efort_hours', "
         "expected 'effort_hours' (did you mistype it?)"),
        ("credentials", "USD, page: https://green.example/fees}", "USD}",
         "credentials/green.yml, credentials[1].costs[1], line 20: found no page, "
         "expected the page that says it (what no page says is left out)"),
        ("credentials", "amount: 3000, currency: JPY", "amount: 30.5, currency: JPY",
         "credentials/green.yml, credentials[1].costs[4].amount, line 23: "
         "found 30.5 is no amount of JPY: it has 0 digits after the point, "
         "expected an amount in whole units of money, or [lowest, highest]"),
        ("credentials", "[20, 30]", "[30, 20]",
         "credentials/green.yml, credentials[1].says[2].effort_hours, line 17: found [30, 20], "
         "expected the lowest first: [lowest, highest]"),
        ("credentials", "amount: 200", "amount: -200",
         "credentials/green.yml, credentials[1].costs[1].amount, line 20: found '-200', "
         "expected a number such as 120 or 7.5, without a sign or a thousands mark"),
        ("credentials", "date: 2025,", "date: 2025-13,",
         "credentials/green.yml, credentials[1].says[2].date, line 17: found '2025-13', "
         "expected a date such as 2026, 2026-06 or 2026-06-30"),
        ("credentials", "[green/one, green/two]", "[green/one, green/too]",
         "credentials/green.yml, credentials[3].parts[1].of[2], line 47: found credential 'green/too', "
         "expected 'green/two' (did you mistype it?)"),
        ("credentials", "at_least: 2", "at_least: 3",
         "credentials/green.yml, credentials[3].parts[1].at_least, line 47: found 3, "
         "expected a number from 1 to 2, the number of different entries under of"),
        ("credentials", "id: green/two", "id: green/one",
         "credentials/green.yml, credentials[2].id, line 30: found 'green/one' again, "
         "expected each name once (first in credentials/green.yml, line 9)"),
        ("credentials", "criterion: verifiable_record", "criterion: verifyable_record",
         "credentials/green.yml, credentials[2].findings[1].criterion, line 42: found 'verifyable_record', "
         "expected 'verifiable_record' (did you mistype it?)"),
        ("mapping", "green/one", "green/on",
         "mapping/green.yml, [1].credential, line 1: found credential 'green/on', "
         "expected 'green/one' (did you mistype it?)"),
        ("conventions", "0.7612", "0.76123456",
         "conventions.yml, rates[1].value, line 2: found '0.76123456', "
         "expected a rate above 0 with at most six digits after the point"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_its_line(tmp_path: Path, file: str, old: str, new: str, expected: str) -> None:
    texts = {"ladder": worlds.LADDER, "credentials": worlds.CREDENTIALS, "mapping": worlds.MAPPING,
             "conventions": worlds.CONVENTIONS}  # fmt: skip
    assert old in texts[file]
    assert refused(tmp_path, **{file: texts[file].replace(old, new)})[0] == expected


def test_two_names_with_one_id_are_refused(tmp_path: Path) -> None:
    twice = worlds.LADDER.replace("  - name: Planting\n", "  - name: Planting\n  - name: Planting!\n")
    assert (
        "ladders/gardener.yml, competencies[3].name, line 10: found 'Planting!', "
        "expected a name whose id differs from that of 'Planting' (ladders/gardener.yml, line 9)"
    ) in refused(tmp_path, ladder=twice)


def test_a_name_of_which_no_id_can_be_made_is_refused_at_its_entry(tmp_path: Path) -> None:
    nameless = worlds.LADDER.replace("  - name: Planting\n", '  - name: Planting\n  - name: "!!"\n')
    assert refused(tmp_path, ladder=nameless) == [
        "ladders/gardener.yml, competencies[3], line 10: found no id can be made for a competency from ('!!',); "
        "it needs a letter or a digit, expected other words"
    ]


def test_a_refused_line_leaves_the_others_standing(tmp_path: Path) -> None:
    broken = worlds.CREDENTIALS.replace("effort_hours: 16", "effort_hours: sixteen")
    loaded = read_starter(worlds.write_world(tmp_path, credentials=broken))
    assert len(loaded.refusals) == 1
    assert [c.renewal_months for c in of(loaded, Credential, "starter-issuers") if c.id == ONE] == [None, 0]


def test_a_step_that_no_rule_supports_is_refused(tmp_path: Path) -> None:
    backward = worlds.LADDER.replace("{from: Gardener, to: Lead gardener}", "{from: Lead gardener, to: Gardener}")
    assert refused(tmp_path, ladder=backward) == [
        "ladders/gardener.yml, steps[1], line 17: found a step from 'Lead gardener' to 'Gardener', "
        "expected a step that the rules support (Lead gardener asks at least as much as Gardener)"
    ]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "found an empty file"),
        (b"\xff\xfe\x00\xd8", "expected YAML in UTF-8"),
        (b"a: [1, 2", "expected YAML in UTF-8"),
        (b"providers: &a [1]\ncredentials: *a\n", "found an anchor that is used twice"),
        (b"[" * 200 + b"]" * 200, "found lists in lists in lists"),
        (b"[" * 1_000_000, "found lists in lists in lists"),
        (b"- " * 1_000_000, "found lists in lists in lists"),
        (b"providers: []\nproviders: []\n", "found the key 'providers' twice"),
    ],
)
def test_a_file_that_is_no_yaml_of_ours_is_refused_and_the_rest_is_read(
    tmp_path: Path, content: bytes, expected: str
) -> None:
    folder = worlds.write_world(tmp_path)
    (folder / "credentials/broken.yml").write_bytes(content)
    loaded = read_starter(folder)
    assert [refusal.file for refusal in loaded.refusals] == ["credentials/broken.yml"]
    assert expected in str(loaded.refusals[0])
    assert len(of(loaded, Role)) == 2


def test_one_file_is_checked_in_its_folder(tmp_path: Path) -> None:
    folder = worlds.write_world(tmp_path, mapping=worlds.MAPPING.replace("saws", '""'), conventions="rates: 5\n")
    assert [r.place for r in check_starter(folder / "mapping/green.yml")] == ["[1].shows[1].topics[1], line 3"]
    assert [r.place for r in check_starter(folder / "conventions.yml")] == ["rates, line 1"]
    assert len(check_starter(folder)) == 2


def test_a_folder_or_file_of_something_else_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="no file of a starter graph"):
        read_starter(tmp_path)
    (tmp_path / "me.yaml").write_text("a: 1", encoding="utf-8")
    with pytest.raises(Unreadable, match="a file of no starter folder"):
        check_starter(tmp_path / "me.yaml")


def test_the_packaged_ladders_are_read_without_a_refusal() -> None:
    loaded = read_starter(PACKAGED)
    assert [str(r) for r in loaded.refusals if r.file.startswith("ladders/")] == []
    assert {"Product manager", "Delivery manager", "User researcher"} <= {role.family for role in of(loaded, Role)}
    assert len(starter_files(PACKAGED)) >= 8
