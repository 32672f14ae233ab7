"""What one cell means: units, ranges, decimals, words for nothing."""

import pytest

from loaders.table.cells import Cells
from loaders.table.mapping import Rule
from ontology.errors import Unreadable
from ontology.values import Range


def cells(text: str, *nothing: str, quotes: bool = False) -> Cells:
    return Cells("t.csv", "row 2", {"C": text}, frozenset(nothing), quotes)


@pytest.mark.parametrize(
    ("text", "unit", "days"),
    [
        ("3", "days", (3, 3)),
        ("2", "weeks", (14, 14)),
        ("6", "months", (182, 183)),
        ("1", "years", (365, 366)),
        ("4 to 11", "weeks", (28, 77)),
        ("0.5", "weeks", (3, 4)),
    ],
)
def test_time_that_passes_is_whole_days(text: str, unit: str, days: tuple[int, int]) -> None:
    assert cells(text).days(Rule("elapsed", "C", unit=unit)) == Range(*days)


def test_work_is_whole_minutes_and_a_day_of_work_has_the_stated_hours() -> None:
    assert cells("1.5").minutes(Rule("effort", "C", unit="hours")) == Range(90, 90)
    assert cells("45").minutes(Rule("effort", "C")) == Range(45, 45)
    assert cells("3").minutes(Rule("effort", "C", unit="days", hours_in_unit=7)) == Range(1260, 1260)
    with pytest.raises(Unreadable, match="the unit days, expected minutes, hours, or a unit with hours_in_unit"):
        cells("3").minutes(Rule("effort", "C", unit="days"))


@pytest.mark.parametrize(
    ("text", "decimal", "minor"),
    [("1,200.50", ".", 120050), ("1200.5", ".", 120050), ("1.200,50", ",", 120050), ("€ 7", ".", 700), ("0", ".", 0)],
)
def test_money_is_minor_units(text: str, decimal: str, minor: int) -> None:
    assert cells(text).money(Rule("amount", "C", decimal=decimal), "EUR") == Range.exactly(minor)


@pytest.mark.parametrize("text", ["1,20", "12O", "free", "1e3", "--5"])
def test_what_is_no_amount_is_not_made_one(text: str) -> None:
    with pytest.raises(Unreadable, match=r"row 2, column C: found"):
        cells(text).money(Rule("amount", "C"), "EUR")


def test_empty_cells_and_words_for_nothing_say_nothing() -> None:
    assert cells("  ").cell(Rule("words", "C")) is None
    assert cells("NONE", "none").cell(Rule("words", "C")) is None
    assert cells("n/a").cell(Rule("words", "C", nothing=("N/A",))) is None
    assert cells("None of them", "none").cell(Rule("words", "C")) == "None of them"


def test_names_have_single_spaces_and_prose_keeps_its_lines() -> None:
    assert cells(" End  user\nengineer ").name(Rule("name", "C")) == "End user engineer"
    assert cells("You can: \n- bake\n").prose(Rule("words", "C")) == "You can:\n- bake"


def test_one_cell_may_hold_several_words() -> None:
    assert cells("en; fr ;").names(Rule("languages", "C", split=";")) == ("en", "fr")


def test_stray_quotation_marks_go_where_the_mapping_says_so() -> None:
    assert cells('"Ideal School, Inc.', quotes=True).name(Rule("name", "C")) == "Ideal School, Inc."
    assert cells('"Ideal School, Inc.').name(Rule("name", "C")) == '"Ideal School, Inc.'


def test_words_are_translated_and_unknown_ones_refused() -> None:
    rule = Rule("elapsed", "C", values=(("short", (1, 2)), ("long", (28, 77))))
    assert cells("Long").days(rule) == Range(28, 77)
    with pytest.raises(Unreadable, match="found 'middling', expected one of: short, long"):
        cells("middling").days(rule)


def test_a_page_must_be_an_address() -> None:
    assert cells("https://school.example/a").page(Rule("page", "C")) == "https://school.example/a"
    with pytest.raises(Unreadable, match="expected the address of a page"):
        cells("www.school.example").page(Rule("page", "C"))


def test_a_cell_that_a_terminal_would_obey_is_refused() -> None:
    for text in ("Evil \x1b[31mbaker", "\x1b]0;title\x07", "back\x08space", "\x7f"):
        with pytest.raises(Unreadable, match=r"row 2, column C: found '.*\\x.*', expected text without control"):
            cells(text).name(Rule("name", "C"))
    assert cells("two\x0blines\tand a tab").name(Rule("name", "C")) == "two lines and a tab"
