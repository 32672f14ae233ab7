"""Corrections as a person makes them, sees them and takes them back."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from api.command import run
from api.shapes.schemas import json_schema
from graph.stores.oxigraph import OxigraphStore
from tests.api.worlds import baking_folder

FEE = "id/w/cost/dough-exam"
EXAM = "id/w/credential/dough-exam"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CREDPATH_STORE", baking_folder(tmp_path))
    monkeypatch.chdir(tmp_path)


def said(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> str:
    assert run(arguments) == code
    printed = capsys.readouterr()
    return " ".join((printed.out + printed.err).split())


def revision() -> str:
    kept = OxigraphStore(Path("store"))
    try:
        return kept.revision()
    finally:
        kept.close()


def price(capsys: pytest.CaptureFixture[str], credential: str = "Dough exam") -> str:
    """What planning believes, not only what is listed."""
    told = json.loads(said(capsys, "show", credential, "--today", "2026-11-24", "--json"))["price"]
    return str(told["says"])


def test_a_corrected_price_is_believed_and_the_other_stays_in_sight(capsys: pytest.CaptureFixture[str]) -> None:
    told = said(capsys, "amend", "price", "Dough exam", "150GBP", "--page", "https://guild.org/p", "--date", "2026-11")
    assert told.startswith(
        "The exam fee of Dough exam - amount: 150.00 GBP [own edits, 2026-11], before 100.00 to 120.00 GBP [issuer] "
        "- stays in sight: 100.00 to 120.00 GBP [issuer]"
    )
    assert price(capsys).startswith("150.00 GBP")
    shown = said(capsys, "show", "Dough exam")
    assert "OTHERS SAY OTHERWISE - exam fee: amount: 100.00 to 120.00 GBP [issuer]" in shown
    assert "credpath undo" in told


def test_taking_an_edit_back_restores_the_very_revision(capsys: pytest.CaptureFixture[str]) -> None:
    before = revision()
    told = said(capsys, "amend", "price", "Dough exam", "150USD")
    assert revision() != before
    command = told.split("credpath undo ")[1].split()[0]
    told = said(capsys, "undo", command)
    assert told == (
        "The edit of the exam fee of Dough exam is taken back. "
        "- amount: 100.00 to 120.00 GBP [issuer], before 150.00 USD"
    )
    assert revision() == before
    assert said(capsys, "edits") == "Nothing was edited; `credpath amend --help` says what can be."


def test_a_price_that_nobody_stated_needs_its_kind_and_is_a_thing_of_its_own(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert "nobody states a fee of Oven exam yet; say which it is: --kind exam, training" in said(
        capsys, "amend", "price", "Oven exam", "80GBP", code=2
    )
    told = said(capsys, "amend", "price", "Oven exam", "80GBP", "--kind", "exam")
    assert told.startswith("The exam fee of Oven exam is new")
    assert "credpath undo id/edits/cost/w-credential-oven-exam--exam--" in told
    assert price(capsys, "Oven exam").startswith("80.00 GBP")
    said(capsys, "amend", "price", "Oven exam", "90GBP")
    assert price(capsys, "Oven exam").startswith("90.00 GBP")
    said(capsys, "undo", "Oven exam")
    assert price(capsys, "Oven exam") == "Price not stated."


def test_a_claim_is_corrected_or_made_and_counts_in_a_plan(capsys: pytest.CaptureFixture[str]) -> None:
    told = said(capsys, "amend", "claim", "Dough exam", "Dough", "--level", "Expert")
    assert "- level: Expert [own edits], before Working [issuer]" in told
    assert "say --mode assesses or teaches" in said(
        capsys, "amend", "claim", "Dough exam", "Pastry", "--level", "Awareness", code=2
    )
    told = said(capsys, "amend", "claim", "Dough exam", "Pastry", "--level", "awareness", "--mode", "assesses")
    assert told.startswith("That Dough exam assesses Pastry is new")
    shown = json.loads(said(capsys, "show", "Dough exam", "--today", "2026-11-24", "--json"))
    assert [(each["claim"]["competency"]["name"], each["claim"]["level"]["name"]) for each in shown["claims"]] == [
        ("Pastry", "Awareness"),
        ("Dough", "Expert"),
    ]
    assert "is said to assess Pastry already; correct its --level" in said(
        capsys, "amend", "claim", "Dough exam", "Pastry", code=2
    )


def test_the_level_that_a_role_asks_for_is_corrected_or_made(capsys: pytest.CaptureFixture[str]) -> None:
    told = said(capsys, "amend", "level", "Junior baker", "Dough", "Working")
    assert told.startswith("What Junior baker asks: Dough at Working - level: Working [own edits], before Awareness")
    told = said(capsys, "amend", "level", "Junior baker", "Cakes", "Awareness")
    assert told.startswith("What Junior baker asks: Cakes at Awareness is new")
    gap = json.loads(said(capsys, "show", "Junior baker", "--json"))
    assert [condition["says"] for condition in gap["requires"]] == [
        "Cakes at Awareness",
        "Dough at Working",
        "Ovens at Awareness",
    ]
    assert [each["field"] for each in gap["disagreements"]] == ["asks for Dough: level"]


def test_what_a_role_was_made_to_ask_for_is_taken_back_whole_whichever_part_is_named(
    capsys: pytest.CaptureFixture[str],
) -> None:
    before = revision()
    for part in ("option", "requirement", "Junior baker"):
        said(capsys, "amend", "level", "Junior baker", "Cakes", "Awareness")
        edits = json.loads(said(capsys, "edits", "--json"))["edits"]
        assert sorted(edit["kind"] for edit in edits) == ["option", "requirement"]
        said(capsys, "undo", next((edit["id"] for edit in edits if edit["kind"] == part), part))
        assert revision() == before


def test_any_field_of_anything_is_corrected_by_its_name_or_id(capsys: pytest.CaptureFixture[str]) -> None:
    said(capsys, "amend", "field", "Guild", "area", "United Kingdom")
    said(capsys, "amend", "field", "Bake for a wedding", "audience", "the couple")
    said(capsys, "amend", "field", EXAM, "provider", "Guild")
    said(capsys, "amend", "field", FEE, "audience", "members")
    told = json.loads(said(capsys, "edits", "--json"))
    Draft202012Validator(json_schema("edits")).validate(told)
    assert [(edit["kind"], [c["field"] for c in edit["corrections"]]) for edit in told["edits"]] == [
        ("assignment", ["audience"]),
        ("cost", ["audience"]),
        ("credential", ["provider"]),
        ("provider", ["area"]),
    ]


def test_a_later_edit_keeps_the_earlier_one_and_each_field_is_taken_back_alone(
    capsys: pytest.CaptureFixture[str],
) -> None:
    said(capsys, "amend", "field", "Dough exam", "effort", "20h")
    said(capsys, "amend", "field", "Dough exam", "renewal", "36")
    told = said(capsys, "edits")
    assert told.startswith(
        f"Dough exam {EXAM} - effort: 20 hours - overrules 10 hours [issuer] - renewal: every 36 months 1 edit;"
    )
    told = said(capsys, "undo", "Dough exam", "effort")
    assert told == "Some of the edit of Dough exam is taken back. - effort: 10 hours [issuer], before 20 hours"
    assert "effort" not in said(capsys, "edits")
    assert said(capsys, "undo", EXAM, "renewal").startswith("The edit of Dough exam is taken back.")
    assert said(capsys, "edits").startswith("Nothing was edited")


def test_all_edits_are_taken_back_at_once(capsys: pytest.CaptureFixture[str]) -> None:
    before = revision()
    said(capsys, "amend", "field", "Dough exam", "effort", "20h")
    said(capsys, "amend", "price", "Dough exam", "150GBP")
    told = json.loads(said(capsys, "undo", "--all", "--json"))
    Draft202012Validator(json_schema("undo")).validate(told)
    assert [(each["kind"], each["whole"]) for each in told["undone"]] == [("cost", True), ("credential", True)]
    assert told["revision"] == before == revision()
    assert said(capsys, "undo", "--all") == "Nothing was edited."


def test_amend_says_in_json_what_its_schema_says(capsys: pytest.CaptureFixture[str]) -> None:
    told = json.loads(said(capsys, "amend", "price", "Dough exam", "150GBP", "--json"))
    Draft202012Validator(json_schema("amend")).validate(told)
    (edit,) = told["edits"]
    assert (edit["kind"], edit["about"]["name"], edit["new"]) == ("cost", "Dough exam", False)
    amount = edit["fields"][0]
    assert (amount["field"], amount["before"]["value"], amount["now"]["value"]) == (
        "amount", "100.00 to 120.00 GBP", "150.00 GBP",
    )  # fmt: skip
    assert [each["source"]["source"] for each in amount["otherwise"]] == ["w"]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("amend", "price", "Astronaut", "5GBP"), "no credential is called 'Astronaut'"),
        (("amend", "price", "Dough exam", "5"), "5 what? write 5GBP"),
        (("amend", "price", "Dough exam", "5GBP", "--page", "nowhere"), "the page 'nowhere' is no address"),
        (("amend", "price", "Dough exam", "5GBP", "--date", "now"), "the date 'now' is none; write 2026, 2026-06"),
        (("amend", "price", "Dough exam", "5GBP", "--kind", "entry"), "'--kind': 'entry' is not one of 'exam'"),
        (("amend", "level", "Junior baker", "Dough", "Guru"), "no level is called 'Guru'; did you mean Awareness"),
        (("amend", "claim", "Dough exam", "Dough"), "is said to assess Dough already; correct its --level"),
        (("amend", "field", "Dough exam", "colour", "red"), "no field of a credential is called 'colour'"),
        (
            ("amend", "field", "Dough exam", "status", "gone"),
            "no status is called 'gone'; did you mean active, retired",
        ),
        (("amend", "field", "Dough exam", "provider", "Nobody"), "no provider is called 'Nobody'"),
        (("amend", "field", "id/no/thing", "name", "x"), "no thing is called 'id/no/thing'"),
        (("undo",), "say what to undo: an ID, which `credpath edits` lists, or --all"),
        (("undo", "x", "--all"), "say what to undo"),
        (("undo", "Dough exam"), "no edit is called 'Dough exam'"),
        (("amend", "price", "Dough exam", "5GBP", "--store", "memory:"), "the store memory: is empty"),
    ],
)
def test_what_cannot_be_done_changes_nothing(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], says: str
) -> None:
    before = revision()
    assert says in said(capsys, *arguments, code=2)
    assert revision() == before


def test_several_edits_of_what_belongs_to_one_thing_are_told_apart(capsys: pytest.CaptureFixture[str]) -> None:
    said(capsys, "amend", "price", "Dough exam", "150GBP")
    said(capsys, "amend", "claim", "Dough exam", "Dough", "--level", "Expert")
    told = said(capsys, "undo", "Dough exam", code=2)
    assert "'Dough exam' may be any of" in told
    assert FEE in told
    assert "no edit corrects the audience of id/w/cost/dough-exam; it corrects amount" in said(
        capsys, "undo", FEE, "audience", code=2
    )
    assert said(capsys, "undo", FEE).startswith("The edit of the exam fee of Dough exam is taken back.")


def test_a_source_that_changes_its_mind_is_overruled_in_sight(capsys: pytest.CaptureFixture[str]) -> None:
    """The edit stays: whoever loads the source again loses nothing that was corrected."""
    said(capsys, "amend", "field", "Dough exam", "effort", "20h")
    said(capsys, "backup", "b.zip")
    said(capsys, "drop", "w")
    said(capsys, "restore", "b.zip")
    assert "effort: 20 hours - overrules 10 hours [issuer]" in said(capsys, "edits")
