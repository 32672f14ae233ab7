"""A spreadsheet in which an employer writes down their own ladder and catalogue, and the mapping that reads it back.

Its headings come from the mapping `presets/template.toml`, so the two cannot drift apart. Nothing that stands in it can
become a formula: every text is written as text and marked so where it starts like one.
"""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from loaders.table.mapping import PRESETS, TableRules, read_mapping
from ontology.errors import BadValue
from ontology.ids import slug
from ontology.values import Evaluator, Flag, Method, Mode, Necessity, ProviderKind

ROWS = 5_000
"""Rows of each sheet that offer their choices in a list."""
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
LEVELS = ("Awareness", "Working", "Practitioner", "Expert")

HINTS: dict[str, str] = {
    "Role": "One rung of a ladder, such as Senior baker. Repeat it in each row of its competencies.",
    "Family": "The kind of work whose rungs form one ladder, such as Baker.",
    "Group": "A family of families, such as Kitchen. May stay empty.",
    "About the role": "One or two sentences. Once is enough: further rows of the role may leave it empty.",
    "Other names": "Names and abbreviations in use, parted by semicolons.",
    "Competency": "The same words in every sheet.",
    "Level": "One of your levels; the list in the cell offers them.",
    "Importance": "0 to 100. Empty: nobody says.",
    "Essential or optional": "Empty: essential.",
    "Criterion": "What the role asks for, in your own words.",
    "Measured by": "How one sees that it is met.",
    "About the competency": "One sentence.",
    "What it looks like": "The competency at this level, in practice.",
    "Credential": "A course, certificate, exam or internal programme. Repeat it for each competency it speaks to.",
    "Provider": "Who offers it.",
    "Kind of provider": "Empty: unknown.",
    "Type": "A class of CTDL, such as Certification, Certificate, MicroCredential or Badge.",
    "Page": "The public page that says so, https://...",
    "Languages": "Language tags such as en or fr, parted by semicolons.",
    "Modes": "Such as online or in person, parted by semicolons.",
    "Hours of work": "A number, or lowest and highest such as 30-50. Empty: unknown, which is not 0.",
    "Days from start to award": "A number, or lowest and highest. Empty: unknown.",
    "Months until renewal": "0: never expires. Empty: unknown.",
    "Price of exam": "Without currency sign. Empty: unknown or none; 0: stated to be free.",
    "Price of training": "Without currency sign. Empty: unknown or none; 0: stated to be free.",
    "Other fees": "Without currency sign. Empty: unknown or none.",
    "Currency": "Such as GBP, EUR or USD.",
    "Assessed by": "From the list; several parted by semicolons.",
    "Proctored": "Whether somebody watches that the person does it alone.",
    "Rubric published": "Whether the marking guide can be read.",
    "Pass mark": "Such as 70%.",
    "Evaluator": "Who marks it.",
    "Condition": "What somebody must have before, in words.",
    "Teaches or assesses": "Only what is assessed can show a competency.",
}
CHOICES: dict[str, tuple[str, ...]] = {
    "Essential or optional": get_args(Necessity),
    "Kind of provider": get_args(ProviderKind),
    "Assessed by": get_args(Method),
    "Proctored": get_args(Flag),
    "Rubric published": get_args(Flag),
    "Evaluator": get_args(Evaluator),
    "Teaches or assesses": get_args(Mode),
}
README = (
    "Fill in the sheets Roles, Competencies and Catalogue; any of them may stay empty. This sheet is not read.",
    "Roles: one row for each role and each competency it asks for.",
    "Competencies: one row for each competency and level, with what it looks like in practice.",
    "Catalogue: one row for each credential and each competency that it teaches or assesses.",
    "A cell that nobody can fill stays empty. Empty means unknown and is never read as zero.",
    "Rungs need no order: it is derived from what roles ask for, and from words such as senior or lead.",
    "Read it with the mapping file beside it; what cannot be taken is reported with row and column.",
)


@dataclass(frozen=True, slots=True)
class Written:
    """Where the spreadsheet and its mapping stand."""

    spreadsheet: Path
    mapping: Path


def write_template(
    spreadsheet: Path, *, organisation: str = "Our organisation", levels: tuple[str, ...] = LEVELS
) -> Written:
    """Write the spreadsheet, and beside it the mapping that reads it (same name, ending .toml).

    `levels` are the names of the levels of competencies, lowest first. Raises `BadValue` where they are not distinct.
    """
    if len(levels) < 2 or len({slug(level) for level in levels} - {""}) != len(levels):
        raise BadValue(f"levels are at least two different names, lowest first, not {', '.join(levels) or 'none'}")
    preset = PRESETS / "template.toml"
    mapping = spreadsheet.with_suffix(".toml")
    mapping.write_text(own_mapping(preset.read_text(encoding="utf-8"), organisation, levels), encoding="utf-8")
    choices = {**CHOICES, "Level": levels}
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(spreadsheet), options) as book:
        book.set_properties({"title": "Ladder and catalogue", "company": organisation})
        bold, wrapped = book.add_format({"bold": True, "bottom": 1}), book.add_format({"text_wrap": True})
        marked = book.add_format({"quote_prefix": True})
        write_readme(book.add_worksheet("Read me"), organisation, bold, wrapped)
        tables = read_mapping(preset).tables
        sheets = [(table, book.add_worksheet(table.sheet)) for table in tables]
        places = write_choices(book.add_worksheet("Words"), choices, marked)
        for table, sheet in sheets:
            write_headings(sheet, table, places, bold)
    return Written(spreadsheet, mapping)


def own_mapping(preset: str, organisation: str, levels: tuple[str, ...]) -> str:
    """The preset with the organisation's name, ids and levels in place of its own."""
    ids = slug(organisation) or "own"
    lines = {
        r'^id = "own-organisation"$': f'id = "{ids}"',
        r"^title = .*$": f"title = {json.dumps(f'{organisation}: ladder and catalogue', ensure_ascii=False)}",
        r'^ids = "own"$': f'ids = "{ids}"',
        r"^levels = .*$": f"levels = {json.dumps(list(levels), ensure_ascii=False)}",
    }
    for pattern, line in lines.items():
        preset = re.sub(pattern, line.replace("\\", r"\\"), preset, flags=re.MULTILINE)
    return preset


def write_text(sheet: Worksheet, row: int, column: int, words: str, format_: Format | None = None) -> None:
    """Write words as words, whatever they start with."""
    sheet.write_string(row, column, words, format_)


def write_readme(sheet: Worksheet, organisation: str, bold: Format, wrapped: Format) -> None:
    """What the sheets are for."""
    sheet.set_column(0, 0, 110)
    write_text(sheet, 0, 0, f"{organisation}: ladder and catalogue", bold)
    for row, words in enumerate(README, 2):
        write_text(sheet, row, 0, words, wrapped)


def write_choices(sheet: Worksheet, choices: dict[str, tuple[str, ...]], marked: Format) -> dict[str, str]:
    """The closed lists of words, each in a column; where each list stands, for the sheets that offer it."""
    places = {}
    for column, (heading, words) in enumerate(choices.items()):
        write_text(sheet, 0, column, heading)
        for row, word in enumerate(words, 1):
            write_text(sheet, row, column, word, marked if word.startswith(FORMULA_STARTS) else None)
        letter = chr(ord("A") + column)
        places[heading] = f"=Words!${letter}$2:${letter}${len(words) + 1}"
    sheet.hide()
    return places


def write_headings(sheet: Worksheet, table: TableRules, places: dict[str, str], bold: Format) -> None:
    """The headings of one sheet, each with its hint, and lists where only certain words are taken."""
    sheet.freeze_panes(1, 0)
    for column, heading in enumerate(headings_of(table)):
        sheet.set_column(column, column, max(14, len(heading) + 4))
        write_text(sheet, 0, column, heading, bold)
        sheet.write_comment(0, column, HINTS[heading], {"x_scale": 2})
        if heading in places:
            several = heading == "Assessed by"
            rule = {"validate": "list", "source": places[heading], "ignore_blank": True, "show_error": not several}
            sheet.data_validation(1, column, ROWS, column, rule)


def headings_of(table: TableRules) -> Iterable[str]:
    """The columns that a sheet has, in the order of its mapping."""
    return table.columns
