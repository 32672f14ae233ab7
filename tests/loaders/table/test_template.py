"""The employer's spreadsheet: what is written into it comes back, and nothing in it becomes a formula."""

import re
import zipfile
from pathlib import Path

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from loaders.table.mapping import read_mapping
from loaders.table.reader import read_table
from loaders.table.template import HINTS, headings_of, write_template
from ontology.errors import BadValue, Unreadable
from ontology.records import Assessment, Claim, Cost, Credential, LevelText, NextRole, Option, Requirement, Role
from ontology.values import Range


def fill(path: Path, rows: dict[str, list[dict[str, object]]]) -> None:
    """Write the template's own sheets again, with these rows below their headings."""
    sheets = CalamineWorkbook.from_path(str(path))
    headings = {name: sheets.get_sheet_by_name(name).to_python()[0] for name in sheets.sheet_names}
    with xlsxwriter.Workbook(str(path)) as book:
        for name, columns in headings.items():
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, columns)
            for number, row in enumerate(rows.get(name, []), 1):
                assert row.keys() <= set(columns)
                sheet.write_row(number, 0, [row.get(str(column), "") for column in columns])


def test_a_filled_template_comes_back_as_records(tmp_path: Path) -> None:
    written = write_template(tmp_path / "ours.xlsx", organisation="Ann's Bakery", levels=("Low", "High"))
    fill(
        written.spreadsheet,
        {
            "Roles": [
                {"Role": "Baker", "Family": "Baker", "Competency": "Dough", "Level": "Low", "Importance": 40},
                {"Role": "Lead baker", "Family": "Baker", "Competency": "Dough", "Level": "High"},
            ],
            "Competencies": [{"Competency": "Dough", "Level": "High", "What it looks like": "Dough for all."}],
            "Catalogue": [
                {
                    "Credential": "Dough master", "Provider": "School", "Hours of work": "30-50", "Currency": "EUR",
                    "Price of exam": 99.5, "Price of training": 0, "Assessed by": "project", "Pass mark": "70%",
                    "Competency": "Dough", "Level": "High", "Teaches or assesses": "assesses",
                    "Condition": "a year at work",
                },
            ],
        },
    )  # fmt: skip
    loaded = read_table(written.spreadsheet, read_mapping(written.mapping))
    info, records = loaded.sources[0]
    assert loaded.refusals == ()
    assert (info.id, info.title, info.voice) == (
        "ann-s-bakery", "Ann's Bakery: ladder and catalogue", "own organisation",
    )  # fmt: skip
    roles = [r for r in records if isinstance(r, Role)]
    assert [r.id for r in roles] == ["id/ann-s-bakery/role/baker", "id/ann-s-bakery/role/lead-baker"]
    assert [r.importance for r in records if isinstance(r, Requirement) and r.subject == roles[0].id] == [40]
    assert [r.source.rule for r in records if isinstance(r, NextRole)] == ["asks at least as much"]
    assert [r.words for r in records if isinstance(r, LevelText)] == ["Dough for all."]
    assert [r.effort for r in records if isinstance(r, Credential)] == [Range(1800, 3000)]
    assert [(r.kind, r.amount, r.currency) for r in records if isinstance(r, Cost)] == [
        ("exam", Range.exactly(9950), "EUR"),
        ("training", Range.exactly(0), "EUR"),
    ]
    exam = next(r for r in records if isinstance(r, Assessment))
    claim = next(r for r in records if isinstance(r, Claim))
    assert (claim.assessment, claim.level, exam.methods) == (exam.id, "id/ann-s-bakery/level/high", ("project",))
    assert "a year at work" in [r.words for r in records if isinstance(r, Option)]


def test_an_untouched_template_says_so_and_which_sheets_are_empty(tmp_path: Path) -> None:
    written = write_template(tmp_path / "ours.xlsx")
    loaded = read_table(written.spreadsheet, read_mapping(written.mapping))
    assert [note.what for note in loaded.notes] == [
        "nothing is filled in yet: what was read are the scale and the levels that the mapping names",
        "sheets left empty: Roles",
        "sheets left empty: Competencies",
        "sheets left empty: Catalogue",
    ]


def test_a_template_with_a_row_is_not_called_untouched(tmp_path: Path) -> None:
    written = write_template(tmp_path / "ours.xlsx")
    fill(written.spreadsheet, {"Competencies": [{"Competency": "Dough", "Level": "Working"}]})
    loaded = read_table(written.spreadsheet, read_mapping(written.mapping))
    assert [note.what for note in loaded.notes] == ["sheets left empty: Roles", "sheets left empty: Catalogue"]


def test_a_claim_of_an_unknown_competency_is_refused_with_the_nearest(tmp_path: Path) -> None:
    written = write_template(tmp_path / "ours.xlsx")
    claim = {"Credential": "C", "Provider": "S", "Competency": "Dough making", "Teaches or assesses": "teaches"}
    role = {"Role": "Baker", "Family": "Baker", "Competency": "Dough-making", "Level": "Working"}
    fill(written.spreadsheet, {"Roles": [role], "Catalogue": [claim, {**claim, "Competency": "Doughmaking"}]})
    loaded = read_table(written.spreadsheet, read_mapping(written.mapping))
    assert [str(refusal) for refusal in loaded.refusals] == [
        "ours.xlsx, sheet Catalogue, row 3, column Competency: found 'Doughmaking', "
        "expected 'Dough-making' (did you mistype it?)"
    ]


def test_every_heading_has_a_hint_and_no_hint_is_left_over(tmp_path: Path) -> None:
    written = write_template(tmp_path / "ours.xlsx")
    headings = {heading for table in read_mapping(written.mapping).tables for heading in headings_of(table)}
    assert headings == set(HINTS)


def test_nothing_in_the_template_becomes_a_formula(tmp_path: Path) -> None:
    evil = '=HYPERLINK("http://evil.example","x")'
    written = write_template(tmp_path / "ours.xlsx", organisation=evil, levels=("=1+1", "@SUM(A1)"))
    with zipfile.ZipFile(written.spreadsheet) as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
        assert len(sheets) == 5
        assert not any(b"<f>" in archive.read(name) for name in sheets)
        cells = [cell for name in sheets for cell in re.findall(rb"<c [^>]*>", archive.read(name))]
        assert cells
        assert all(b' t="s"' in cell for cell in cells)
        assert b"quotePrefix" in archive.read("xl/styles.xml")
    assert [level.name for level in read_mapping(written.mapping).scale.levels] == ["=1+1", "@SUM(A1)"]  # type: ignore[union-attr]


def test_levels_must_be_two_different_names_at_least(tmp_path: Path) -> None:
    with pytest.raises(BadValue, match="at least two different names"):
        write_template(tmp_path / "ours.xlsx", levels=("Low", "low"))


def test_a_csv_cannot_stand_for_a_workbook(tmp_path: Path) -> None:
    written = write_template(tmp_path / "ours.xlsx")
    (tmp_path / "ours.csv").write_text("Role\nBaker\n", encoding="utf-8")
    with pytest.raises(Unreadable, match="an XLSX workbook with the sheet 'Roles'"):
        read_table(tmp_path / "ours.csv", read_mapping(written.mapping))
