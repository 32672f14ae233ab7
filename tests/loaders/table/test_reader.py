"""Tables by a mapping: good rows are loaded, each bad cell is named with its row and column."""

import gzip
import re
import tracemalloc
import zipfile
from pathlib import Path
from typing import TypeVar

import pytest
import xlsxwriter

from loaders.loaded import Loaded
from loaders.table.mapping import Mapping, read_mapping
from loaders.table.reader import read_table
from ontology.errors import Unreadable
from ontology.records import Assessment, Claim, Cost, Credential, NextRole, Option, Provider, Record, Requirement, Role
from ontology.values import Range

R = TypeVar("R", bound=Record)

LADDER = """
rungs = true
[source]
id = "bakery"
title = "Bakery"
ids = "bakery"
[scale]
ids = "bakery"
slug = "levels"
name = "Bakery levels"
levels = ["Low", "High"]
[[tables]]
nothing = ["None"]
skip = [{ column = "Role", values = ["NOT IN USE"], why = "roles not in use" }]
[tables.role]
name = "Role"
family = { value = "Baker" }
[tables.competency]
name = "Skill"
[tables.requirement]
level = "Level"
importance = "Weight"
"""

CATALOGUE = """
[source]
id = "school"
title = "School"
ids = "school"
[[tables]]
nothing = ["-99999"]
total = "Total"
[tables.provider]
name = "By"
[tables.credential]
name = "Course"
effort = { column = "Work", unit = "hours", nothing = ["0"] }
elapsed = { column = "Weeks", unit = "weeks" }
type = { column = "Kind", values = { "Cert" = "Certificate" } }
[[tables.cost]]
kind = { value = "tuition" }
currency = { value = "USD" }
amount = "Fee"
[[tables.cost]]
kind = { value = "other" }
currency = { value = "USD" }
amount = "Books"
[tables.condition]
words = { column = "Needs", nothing = ["none"] }
"""

HEAD = "Role,Skill,Level,Weight\n"
COURSE = "Course,By,Work,Weeks,Kind,Fee,Books,Total,Needs\n"


def mapping_of(folder: Path, text: str) -> Mapping:
    path = folder / "mapping.toml"
    path.write_text(text, encoding="utf-8")
    return read_mapping(path)


def load(folder: Path, rows: str | bytes, mapping: str = LADDER, name: str = "t.csv", **knobs: bool) -> Loaded:
    path = folder / name
    path.write_bytes(rows if isinstance(rows, bytes) else rows.encode())
    return read_table(path, mapping_of(folder, mapping), **knobs)


def of(loaded: Loaded, record_type: type[R]) -> list[R]:
    return [record for record in loaded.sources[0][1] if isinstance(record, record_type)]


def texts(loaded: Loaded) -> list[str]:
    return [str(refusal) for refusal in loaded.refusals]


def notes(loaded: Loaded) -> list[str]:
    return [str(note) for note in loaded.notes]


def test_a_role_that_stands_in_many_rows_is_one_role(tmp_path: Path) -> None:
    loaded = load(tmp_path, HEAD + " Baker ,Dough,low,50\nBaker,Oven,High,\n")
    assert [(r.id, r.name, r.family, r.source.place) for r in of(loaded, Role)] == [
        ("id/bakery/role/baker", "Baker", "Baker", "t.csv#row 2")
    ]
    assert [(r.id, r.importance) for r in of(loaded, Requirement)] == [
        ("id/bakery/requirement/baker--dough", 50),
        ("id/bakery/requirement/baker--oven", None),
    ]
    assert [o.level for o in of(loaded, Option)] == ["id/bakery/level/low", "id/bakery/level/high"]


def test_skipped_repeated_and_silent_rows_are_counted(tmp_path: Path) -> None:
    rows = "Baker,Dough,Low,\nNOT IN USE,Dough,Low,\nBaker,Dough,Low,\nNone,None,Low,\n,,,\n"
    loaded = load(tmp_path, HEAD + rows)
    assert notes(loaded) == [
        "roles not in use: 1 (row 3)",
        "rows that repeat an earlier one: 1 (row 4)",
        "rows that say nothing the mapping asks for: 1 (row 5)",
    ]
    assert loaded.refusals == ()


def test_an_unknown_level_is_named_with_row_and_column_and_the_rest_is_loaded(tmp_path: Path) -> None:
    loaded = load(tmp_path, HEAD + "Baker,Dough,Middling,\nBaker,Oven,High,\n")
    assert texts(loaded) == [
        "t.csv, row 2, column Level: found 'Middling', expected a level of Bakery levels: Low, High"
    ]
    assert len(of(loaded, Requirement)) == 1


def test_strict_refuses_the_whole_file(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="row 2, column Level: found 'Middling'"):
        load(tmp_path, HEAD + "Baker,Dough,Middling,\nBaker,Oven,High,\n", strict=True)


def test_one_requirement_with_two_levels_is_a_contradiction(tmp_path: Path) -> None:
    loaded = load(tmp_path, HEAD + "Baker,Dough,Low,\nBaker,Dough,High,\n")
    assert texts(loaded) == [
        "t.csv, row 3: found level 'id/bakery/level/high' of the option id/bakery/option/baker--dough, "
        "expected 'id/bakery/level/low', as in row 2"
    ]


def test_two_names_that_would_share_an_id_are_refused(tmp_path: Path) -> None:
    loaded = load(tmp_path, HEAD + "Baker,C,Low,\nBaker,C!,Low,\n")
    assert texts(loaded) == [
        "t.csv, row 3: found name 'C!' of the competency id/bakery/competency/c, expected 'C', as in row 2"
    ]


def test_a_name_of_which_no_id_can_be_made_is_refused_with_its_row(tmp_path: Path) -> None:
    loaded = load(tmp_path, HEAD + "!!,Dough,Low,\nBaker,Dough,Low,\n")
    assert texts(loaded) == [
        "t.csv, row 2: found no id can be made for a role from ('!!',); it needs a letter or a digit, "
        "expected other words"
    ]
    assert len(of(loaded, Role)) == 1


def test_rungs_are_derived_and_open_pairs_are_reported(tmp_path: Path) -> None:
    rows = "Baker,Dough,Low,\nMaster,Dough,High,\nMiller,Stones,High,\n"
    loaded = load(tmp_path, HEAD + rows)
    assert [(s.from_role, s.to_role, s.source.rule) for s in of(loaded, NextRole)] == [
        ("id/bakery/role/baker", "id/bakery/role/master", "asks at least as much")
    ]
    assert loaded.notes[0].places == (
        "Baker: Baker and Miller: they share no competency",
        "Baker: Master and Miller: they share no competency",
    )


def test_units_money_and_words_become_whole_quantities(tmp_path: Path) -> None:
    row = 'Bread,School of Bread,10-12,2,cert,"1,200.50",$30,1230.50,"a  degree"\n'
    loaded = load(tmp_path, COURSE + row, CATALOGUE)
    course = of(loaded, Credential)[0]
    assert course.id == "id/school/credential/school-of-bread--bread"
    assert (course.effort, course.elapsed, course.type) == (Range(600, 720), Range(14, 14), "Certificate")
    assert course.provider == of(loaded, Provider)[0].id == "id/school/provider/school-of-bread"
    assert [(c.kind, c.amount, c.currency) for c in of(loaded, Cost)] == [
        ("tuition", Range(120050, 120050), "USD"),
        ("other", Range(3000, 3000), "USD"),
    ]
    assert [(o.words, o.competency) for o in of(loaded, Option)] == [("a degree", None)]


def test_a_sentinel_or_an_empty_cell_says_nothing_and_is_no_zero(tmp_path: Path) -> None:
    loaded = load(tmp_path, COURSE + "Bread,School,0,,,-99999,,,None\n", CATALOGUE)
    course = of(loaded, Credential)[0]
    assert (course.effort, course.elapsed, course.type) == (None, None, None)
    assert of(loaded, Cost) == []
    assert of(loaded, Requirement) == []


def test_where_costs_do_not_add_up_the_price_is_unknown_and_said(tmp_path: Path) -> None:
    loaded = load(tmp_path, COURSE + "Bread,School,1,1,Cert,10,5,16,\n", CATALOGUE)
    assert of(loaded, Cost) == []
    assert len(of(loaded, Credential)) == 1
    assert notes(loaded) == ["rows whose costs do not add up to their total: read without costs: 1 (row 2)"]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("Bread,S,ten,,,,,,", "column Work: found 'ten', expected a number of hours"),
        ("Bread,S,-1,,,,,,", "column Work: found '-1', expected a number of hours"),
        ("Bread,S,5-3,,,,,,", "column Work: found '5-3', expected the lower number first"),
        ("Bread,S,,,Diploma,,,,", "column Kind: found 'Diploma', expected one of: Cert"),
        ("Bread,S,,,,10.555,,,", "column Fee: found '10.555', expected 10.555 is no amount of USD: "
                                 "it has 2 digits after the point"),
        ("Bread,S,,,,,,,,extra", "found 10 cells, expected 9 cells, as many as headings"),
    ],
)  # fmt: skip
def test_a_cell_that_cannot_be_taken_is_named(tmp_path: Path, row: str, expected: str) -> None:
    loaded = load(tmp_path, COURSE + row + "\nRolls,S,1,1,Cert,1,,1,\n", CATALOGUE)
    assert len(loaded.refusals) == 1
    assert texts(loaded)[0].startswith("t.csv, row 2")
    assert texts(loaded)[0].endswith(expected)
    assert [c.name for c in of(loaded, Credential)] == ["Rolls"]


def test_what_stands_beyond_the_last_heading_is_refused_where_the_headings_end_in_separators(tmp_path: Path) -> None:
    head = COURSE.rstrip("\n") + ",,\n"
    loaded = load(tmp_path, head + "Cakes,S,2,5,,1,,,,1\nRolls,S,1,1,Cert,1,,1,,,\n", CATALOGUE)
    assert texts(loaded)[-1] == "t.csv, row 2: found 10 cells, expected 9 cells, as many as headings"
    assert [course.name for course in of(loaded, Credential)] == ["Rolls"]


def test_a_later_row_adds_what_an_earlier_one_left_empty(tmp_path: Path) -> None:
    rows = "Bread,S,5,,,,,,\nBread,S,,2,,,,,\nBread,S,6,,,,,,\n"
    loaded = load(tmp_path, COURSE + rows, CATALOGUE)
    course = of(loaded, Credential)[0]
    assert (course.effort, course.elapsed) == (Range(300, 300), Range(14, 14))
    assert [refusal.place for refusal in loaded.refusals] == ["row 4"]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "t.csv, row 1: found an empty file, expected a row of headings"),
        (b"Role,Skill,Level,Weight\n", "t.csv, row 1: found no row below the headings"),
        (b"Role,Skil,Level,Weight\na,b,Low,\n", "t.csv, row 1, column Skill: found no column of that name; 'Skil'"),
        (b"Role,Role,Skill,Level,Weight\na,b,c,Low,\n", "t.csv, row 1, column Role: found 2 columns"),
        (HEAD.encode() + b"B\x81ker,\x8d\x8f,Low,\n", "expected text in UTF-8"),
        (bytes(range(256)) * 20, "expected text in UTF-8"),
        (HEAD.encode() + b'"Baker,Dough,' + b"x" * 200_000, "cells of at most 131072 characters"),
        (b",".join(b"c" for _ in range(3000)) + b"\n", "found 3000 columns, expected at most 2000 columns"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_clearly(tmp_path: Path, content: bytes, expected: str) -> None:
    with pytest.raises(Unreadable) as caught:
        load(tmp_path, content)
    assert expected in str(caught.value)


def test_a_missing_file_and_a_broken_archive_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="no such file"):
        read_table(tmp_path / "none.csv", mapping_of(tmp_path, LADDER))
    with pytest.raises(Unreadable, match="a whole gzip file"):
        load(tmp_path, gzip.compress(HEAD.encode() * 100)[:-20], name="t.csv.gz")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_sure_encodings_are_read_without_a_note(tmp_path: Path, encoding: str) -> None:
    loaded = load(tmp_path, (HEAD + "Bäcker,Teig,Low,\n").encode(encoding))
    assert [r.name for r in of(loaded, Role)] == ["Bäcker"]
    assert loaded.notes == ()


def test_windows_letters_are_read_and_the_guess_is_said(tmp_path: Path) -> None:
    rows = HEAD + "".join(f"Bäcker für Brötchen {i},Teig – “süß”,Low,\n" for i in range(20))
    loaded = load(tmp_path, rows.encode("cp1252"))
    assert of(loaded, Role)[0].name == "Bäcker für Brötchen 0"
    assert notes(loaded)[0].startswith("read as cp1252, which the file does not say")


def test_utf_16_without_its_mark_is_read_and_the_guess_is_said(tmp_path: Path) -> None:
    rows = HEAD + "".join(f"Bäcker für Brötchen {i},Teig,Low,\n" for i in range(20))
    loaded = load(tmp_path, rows.encode("utf-16-le"))
    assert of(loaded, Role)[0].name == "Bäcker für Brötchen 0"
    assert notes(loaded)[0].startswith("read as utf_16")


def test_semicolons_tabs_and_packed_files_are_read(tmp_path: Path) -> None:
    for separator in (";", "\t", "|"):
        rows = (HEAD + "Baker,Dough,Low,\n").replace(",", separator)
        assert len(of(load(tmp_path, gzip.compress(rows.encode()), name="t.csv.gz"), Requirement)) == 1


def test_the_callback_hears_of_every_row(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(HEAD + "Baker,Dough,Low,\nBaker,Oven,Low,\n", encoding="utf-8")
    heard: list[int] = []
    read_table(tmp_path / "t.csv", mapping_of(tmp_path, LADDER), on_row=heard.append)
    assert heard == [1, 2]


def test_the_same_file_has_the_same_digest_and_another_mapping_another(tmp_path: Path) -> None:
    rows = HEAD + "Baker,Dough,Low,\n"
    first, again = load(tmp_path, rows), load(tmp_path, rows)
    other = load(tmp_path, rows, LADDER.replace('title = "Bakery"', 'title = "The bakery"'))
    assert first == again
    assert first.sources[0][0].digest != other.sources[0][0].digest


def test_many_refusals_are_bounded_and_counted(tmp_path: Path) -> None:
    loaded = load(tmp_path, HEAD + "Baker,Dough,Middling,\n" * 1_005 + "Baker,Dough,Low,\n")
    assert len(loaded.refusals) == 1_000
    assert notes(loaded)[0].startswith("further refused rows: 5")


def test_rows_are_streamed_and_not_kept(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text(HEAD + ("Baker,Dough,Low," + " " * 2_000 + "\n") * 3_000, encoding="utf-8")
    mapping = mapping_of(tmp_path, LADDER)
    tracemalloc.start()
    loaded = read_table(path, mapping)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert notes(loaded)[0].startswith("rows that repeat an earlier one: 2999")
    assert path.stat().st_size > 6_000_000
    assert peak < 3_000_000


# workbooks


def workbook(path: Path, rows: list[list[object]], sheet: str = "One", first_row: int = 0) -> Path:
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet(sheet)
        for number, row in enumerate(rows, first_row):
            page.write_row(number, 0, row)
    return path


def test_a_workbook_is_read_with_its_row_numbers(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["Role", "Skill", "Level", "Weight"], ["Baker", "Dough", "Low", 50.0], ["Baker", "Oven", "?", 1],
    ]  # fmt: skip
    path = workbook(tmp_path / "t.xlsx", rows, first_row=3)
    mapping = mapping_of(tmp_path, LADDER.replace("[[tables]]", '[[tables]]\nsheet = "One"\nheader_row = 4'))
    loaded = read_table(path, mapping)
    assert [(r.importance, r.source.place) for r in of(loaded, Requirement)] == [(50, "t.xlsx#sheet One, row 5")]
    assert texts(loaded)[0].startswith("t.xlsx, sheet One, row 6, column Level: found '?'")


def test_a_missing_sheet_names_the_sheets_there_are(tmp_path: Path) -> None:
    path = workbook(tmp_path / "t.xlsx", [["Role"]])
    with pytest.raises(Unreadable, match="found the sheets One, expected a sheet called 'Two'"):
        read_table(path, mapping_of(tmp_path, LADDER.replace("[[tables]]", '[[tables]]\nsheet = "Two"')))


def test_a_sheet_that_spans_billions_of_cells_is_refused_before_memory_goes(tmp_path: Path) -> None:
    path = workbook(tmp_path / "t.xlsx", [["Role", "Skill", "Level", "Weight"]])
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet("One")
        page.write(0, 0, "Role")
        page.write(1_048_575, 1_500, "far away")
    with pytest.raises(
        Unreadable, match="found a sheet of 1048576 rows by 1501 columns, expected at most 2000 columns"
    ):
        read_table(path, mapping_of(tmp_path, LADDER))


def test_a_workbook_that_only_declares_two_milliard_texts_is_refused(tmp_path: Path) -> None:
    honest = workbook(tmp_path / "honest.xlsx", [["Role", "Skill", "Level", "Weight"], ["Baker", "Dough", "Low", ""]])
    with zipfile.ZipFile(honest) as source, zipfile.ZipFile(tmp_path / "t.xlsx", "w") as target:
        for name in source.namelist():
            content = re.sub(rb'uniqueCount="\d+"', b'uniqueCount="2147483647"', source.read(name))
            target.writestr(name, content)
    with pytest.raises(Unreadable) as caught:
        read_table(tmp_path / "t.xlsx", mapping_of(tmp_path, LADDER))
    assert str(caught.value) == (
        "t.xlsx, xl/sharedStrings.xml: found a declared count of 2147483647, expected at most 10000000"
    )
    assert len(of(read_table(honest, mapping_of(tmp_path, LADDER)), Requirement)) == 1


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (b'<c r="B2"', b"<c", "a cell without its address"),
        (b'<c r="B2"', b"<c s='0' r='XFD1048576'", "a sheet of 1048576 rows by 16384 columns"),
        (b'<c r="B2"', b'<x:c xmlns:x="y" r="XFD1048576"', "a sheet of 1048576 rows by 16384 columns"),
    ],
)
def test_a_sheet_written_in_another_way_is_measured_all_the_same(
    tmp_path: Path, old: bytes, new: bytes, expected: str
) -> None:
    honest = workbook(tmp_path / "honest.xlsx", [["Role", "Skill", "Level", "Weight"], ["Baker", "Dough", "Low", ""]])
    with zipfile.ZipFile(honest) as source, zipfile.ZipFile(tmp_path / "t.xlsx", "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name).replace(old, new))
    with pytest.raises(Unreadable, match=expected):
        read_table(tmp_path / "t.xlsx", mapping_of(tmp_path, LADDER))


@pytest.mark.parametrize("name", ["xl/worksheets/sheet1.XML", "xl/other/sheet1.xml", "xl/worksheets/sheet1.bin"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_sheet_is_measured_under_any_name(tmp_path: Path, name: str, encoding: str) -> None:
    honest = workbook(tmp_path / "honest.xlsx", [["Role", "Skill", "Level", "Weight"], ["Baker", "Dough", "Low", ""]])
    usual, reached = b"worksheets/sheet1.xml", name.removeprefix("xl/").encode()
    with zipfile.ZipFile(honest) as source, zipfile.ZipFile(tmp_path / "t.xlsx", "w") as target:
        for part in source.namelist():
            content = source.read(part).replace(usual, reached).replace(b'<c r="B2"', b'<c r="XFD1048576"')
            is_sheet = part.encode().endswith(usual)
            target.writestr(name if is_sheet else part, content.decode().encode(encoding) if is_sheet else content)
    expected = "a sheet of 1048576 rows by 16384 columns" if encoding == "utf-8" else "letters of two bytes"
    with pytest.raises(Unreadable, match=expected):
        read_table(tmp_path / "t.xlsx", mapping_of(tmp_path, LADDER))


def test_shared_texts_are_measured_under_any_spelling_of_their_name(tmp_path: Path) -> None:
    honest = workbook(tmp_path / "honest.xlsx", [["Role", "Skill", "Level", "Weight"], ["Baker", "Dough", "Low", ""]])
    with zipfile.ZipFile(honest) as source, zipfile.ZipFile(tmp_path / "t.xlsx", "w") as target:
        for part in source.namelist():
            content = re.sub(rb'uniqueCount="\d+"', b'uniqueCount="2147483647"', source.read(part))
            target.writestr(part.replace("sharedStrings.xml", "SharedStrings.XML"), content)
    with pytest.raises(Unreadable, match="a declared count of 2147483647"):
        read_table(tmp_path / "t.xlsx", mapping_of(tmp_path, LADDER))


def test_a_cell_may_speak_of_counts(tmp_path: Path) -> None:
    rows: list[list[object]] = [["Role", "Skill", "Level", "Weight"], ['count="99999999999"', "Dough", "Low", ""]]
    loaded = read_table(workbook(tmp_path / "t.xlsx", rows), mapping_of(tmp_path, LADDER))
    assert of(loaded, Role)[0].name == 'count="99999999999"'


def test_a_workbook_that_unpacks_to_too_much_or_is_none_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("x", "w") as stream:
        for _ in range(401):
            stream.write(b"\0" * 1_000_000)
    with pytest.raises(Unreadable, match="401000000 bytes unpacked"):
        read_table(path, mapping_of(tmp_path, LADDER))
    path.write_bytes(b"no workbook")
    with pytest.raises(Unreadable, match="expected an XLSX workbook"):
        read_table(path, mapping_of(tmp_path, LADDER))


# mappings


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("rungs = true", "rung = true", "file: found the unknown key 'rung', expected 'rungs' (did you mistype it?)"),
        ('ids = "bakery"\n[scale]', "[scale]", "source: found no ids, expected a ids"),
        ('family = { value = "Baker" }', "", "tables 1, role: found no family, expected a family"),
        ('[tables.role]\nname = "Role"\nfamily = { value = "Baker" }', "",
         "tables 1, requirement: found no role section, expected a role section, which requirement is about"),
        ('{ value = "Baker" }', "{ }", "tables 1, role, family: found column and value together, or neither, "
                                       "expected column = heading, or value = words"),
        ('id = "bakery"\n', 'id = "bakery"\nvoice = "gossip"\n',
         "source, voice: found 'gossip', expected one of: own edits"),
        ('levels = ["Low", "High"]', "", "scale: found neither packaged nor levels"),
        ("[[tables]]", "[[tables", "file: found "),
    ],
)  # fmt: skip
def test_a_mistake_in_a_mapping_is_named(tmp_path: Path, old: str, new: str, expected: str) -> None:
    assert old in LADDER
    with pytest.raises(Unreadable) as caught:
        mapping_of(tmp_path, LADDER.replace(old, new))
    assert any(f"mapping.toml, {expected}" in str(refusal) for refusal in caught.value.refusals)


def test_a_claim_is_linked_to_the_assessment_of_its_credential(tmp_path: Path) -> None:
    mapping = LADDER.split("[[tables]]", maxsplit=1)[0] + (
        '[[tables]]\n[tables.credential]\nname = "C"\n[tables.assessment]\nmethods = { column = "How", split = ";" }\n'
        'pass_mark = "Mark"\n[tables.claim]\ncompetency = "Skill"\nlevel = "Level"\nmode = "Mode"\n'
    )
    rows = "C,How,Mark,Skill,Level,Mode\nBread,quiz; exam,80%,Dough,Low,assesses\nBread,,,Oven,High,Teaches\n"
    loaded = load(tmp_path, rows, mapping)
    exam = of(loaded, Assessment)[0]
    assert (exam.methods, exam.pass_mark) == (("exam", "quiz"), "80%")
    assert [(c.competency, c.level, c.mode, c.assessment) for c in of(loaded, Claim)] == [
        ("id/bakery/competency/dough", "id/bakery/level/low", "assesses", exam.id),
        ("id/bakery/competency/oven", "id/bakery/level/high", "teaches", exam.id),
    ]


def test_missing_columns_list_what_there_is_once(tmp_path: Path) -> None:
    with pytest.raises(Unreadable) as caught:
        load(tmp_path, b"Wine,Cheese\na,b\n")
    assert [refusal.found for refusal in caught.value.refusals] == [
        "no column of that name; there are: Wine, Cheese",
        "no column of that name",
        "no column of that name",
        "no column of that name",
    ]
