from dataclasses import replace
from pathlib import Path

import pytest
import xlsxwriter

from api.asking.reading import Asked
from api.batch.reading import Wanted, read_people, read_wanted
from ontology.errors import BadValue, UnknownName, Unreadable
from ontology.person import Holding
from tests.api.worlds import TODAY, baking
from tests.worlds import the_competency, the_credential, the_level, the_role

HEADINGS = "person,role,to,credentials,verified,levels,facts,hours_per_week,budget,by\n"


def wanted(tmp_path: Path, rows: str, *, to_next_rung: bool = True, **common: object) -> Wanted:
    path = tmp_path / "people.csv"
    path.write_text(HEADINGS + rows, encoding="utf-8")
    service = baking()
    asked = replace(Asked(), **common)  # type: ignore[arg-type]
    return read_wanted(read_people(path), asked, service.catalogue, service.settings, TODAY, to_next_rung=to_next_rung)


def test_a_row_is_read_by_the_rules_of_next_and_names_nobody(tmp_path: Path) -> None:
    row = (
        "dana,Junior baker,Senior baker,Oven exam@2025-03-01; Dough exam,Dough exam@2024-01-31,Pastry=Awareness,"
        "three years at an oven=yes,7.5,1000GBP,2027-06-30\n"
    )
    found = wanted(tmp_path, row)
    (asking,) = found.questions
    assert asking.person.role == the_role("Junior baker")
    assert asking.person.holdings == (
        Holding(credential=the_credential("Dough exam"), awarded=TODAY.replace(2024, 1, 31), verified=True),
        Holding(credential=the_credential("Oven exam"), awarded=TODAY.replace(2025, 3, 1)),
    )
    (claimed,) = asking.person.levels
    assert (claimed.competency, claimed.level) == (the_competency("Pastry"), the_level("Awareness"))
    assert [fact.holds for fact in asking.person.facts] == [True]
    assert asking.target == the_role("Senior baker")
    question = asking.question
    assert (question.weekly_minutes, question.budget, str(question.deadline)) == (450, 100000, "2027-06-30")
    assert "dana" not in repr(found.questions)


def test_what_a_row_says_goes_before_what_all_are_asked(tmp_path: Path) -> None:
    rows = "a,Junior baker,,,,,,3,500,\nb,Junior baker,,,,,,,,\n"
    found = wanted(tmp_path, rows, hours=8.0, budget="90GBP", currency="GBP")
    assert [(a.question.weekly_minutes, a.question.budget) for a in found.questions] == [(180, 50000), (480, 9000)]


def test_people_who_ask_the_same_share_one_question(tmp_path: Path) -> None:
    rows = "a,Junior baker,,,,,,,,\nb,junior baker,,,,,,5,,\nc,Junior baker,,,,,,6,,\n"
    found = wanted(tmp_path, rows)
    assert [entry.asks for entry in found.entries] == [0, 0, 1]
    assert len(found.questions) == 2


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("a,Astronaut,,,,,,,,", "no role is called 'Astronaut'"),
        (",Junior baker,,,,,,,,", "the row names nobody; fill the column person"),
        ("a,,,,,,,,,", "the row names no current role"),
        ("a,Junior baker,,Dough exam@soon,,,,,,", "is no day"),
        ("a,Junior baker,,,,Dough,,,,", "names no level"),
        ("a,Junior baker,,,,,old=perhaps,,,", "says neither yes nor no"),
        ('a,Junior baker,,,,,,"7,5",,', "hours_per_week '7,5' is no number"),
        ("a,Junior baker,,,,,,nan,,", "hours per week cannot be planned"),
        ("a,Junior baker,,,,,,,2000,", "2000 what? write 2000GBP"),
        ("a,Junior baker,,,,,,,,2020-01-01", "is not after today"),
    ],
)
def test_a_row_that_cannot_be_used_says_why_and_the_others_go_on(tmp_path: Path, row: str, reason: str) -> None:
    found = wanted(tmp_path, f"{row}\nz,Junior baker,,,,,,,,\n")
    refused, used = found.entries
    assert reason in (refused.reason or "")
    assert found.refused == (refused,)
    assert (used.asks, used.reason) == (0, None)


@pytest.mark.parametrize(
    ("headings", "row", "reason"),
    [
        ("person,role,to,hours_per_week", "a,Junior baker,,2,5", "5 cells, 4 headings"),
        ("person,role,to,budget,", "a,Junior baker,,2,000", "5 cells, 4 headings"),
        ("person;role;team", "a;Junior baker;Bread; cakes", "4 cells, 3 headings"),
    ],
)
def test_a_row_with_more_cells_than_headings_is_planned_for_by_nobodys_limits(
    tmp_path: Path, headings: str, row: str, reason: str
) -> None:
    path = tmp_path / "people.csv"
    path.write_text(f"{headings}\n{row}\n", encoding="utf-8")
    service = baking()
    found = read_wanted(read_people(path), Asked(), service.catalogue, service.settings, TODAY, to_next_rung=True)
    assert (found.entries[0].reason or "").startswith(reason)
    assert found.entries[0].asks is None


def test_empty_cells_beyond_the_headings_and_notes_beside_a_sheet_move_nothing(tmp_path: Path) -> None:
    table = tmp_path / "people.csv"
    table.write_text("person,role\na,Junior baker,,\n", encoding="utf-8")
    book = tmp_path / "people.xlsx"
    with xlsxwriter.Workbook(str(book)) as workbook:
        sheet = workbook.add_worksheet()
        sheet.write_row(0, 0, ["person", "role"])
        sheet.write_row(1, 0, ["a", "Junior baker", None, "on leave"])
    assert [row.misread for path in (table, book) for row in read_people(path).rows] == [None, None]


def test_a_person_who_stands_there_twice_is_planned_once(tmp_path: Path) -> None:
    found = wanted(tmp_path, "a,Junior baker,,,,,,,,\na,Senior baker,Junior baker,,,,,,,\n")
    assert [entry.asks for entry in found.entries] == [0, None]
    assert found.entries[1].reason == "this person stands in row 2 already"


def test_whoever_names_no_role_needs_a_target_of_all(tmp_path: Path) -> None:
    none = wanted(tmp_path, "a,Junior baker,,,,,,,,\n", to_next_rung=False)
    assert "names no role in the column to" in (none.entries[0].reason or "")
    of_all = wanted(tmp_path, "a,,,,,,,,,\n", to_next_rung=False, to="Senior baker")
    assert of_all.questions[0].target == the_role("Senior baker")


def test_what_all_are_asked_must_be_usable(tmp_path: Path) -> None:
    with pytest.raises(UnknownName, match="Astronaut"):
        wanted(tmp_path, "a,Junior baker,,,,,,,,\n", to="Astronaut")
    with pytest.raises(BadValue, match="is negative"):
        wanted(tmp_path, "a,Junior baker,,,,,,,,\n", budget="-5GBP")


@pytest.mark.parametrize(
    ("content", "says"),
    [(b"", "an empty file"), (b"person,role\n", "no row below the headings"), (b"person,role\n,\n", "no row below")],
)
def test_a_table_of_nobody_is_refused(tmp_path: Path, content: bytes, says: str) -> None:
    path = tmp_path / "people.csv"
    path.write_bytes(content)
    with pytest.raises(Unreadable, match=says):
        read_people(path)
    with pytest.raises(Unreadable, match="no such file"):
        read_people(tmp_path / "gone.csv")


def test_spreadsheets_and_other_separators_are_read_alike(tmp_path: Path) -> None:
    book = tmp_path / "people.xlsx"
    with xlsxwriter.Workbook(str(book)) as workbook:
        sheet = workbook.add_worksheet()
        sheet.write_row(0, 0, ["Person", "Role", "Hours per week"])
        sheet.write_row(1, 0, [17, "Junior baker", 5])
    semicolons = tmp_path / "people.csv"
    semicolons.write_text("Person;Role;Hours per week\n17;Junior baker;5\n\n", encoding="utf-8-sig")
    assert read_people(book).rows == read_people(semicolons).rows
    assert read_people(book).rows[0].cells == {"person": "17", "role": "Junior baker", "hours_per_week": "5"}
