from io import StringIO

from rich.console import Console

from api.asking.answering import answer_next
from api.asking.reading import Asked
from api.terminal.answer import next_page
from api.terminal.colour import draw_rich
from tests.api.worlds import baking


def drawn(width: int) -> str:
    page = next_page(answer_next(baking(), Asked(role="Junior baker", today="2026-11-24")))
    console = Console(file=StringIO(), width=width, force_terminal=False, color_system=None)
    draw_rich(page, console)
    assert isinstance(console.file, StringIO)
    return console.file.getvalue()


def test_a_page_fits_eighty_columns_and_loses_no_words() -> None:
    text = drawn(80)
    assert max(map(len, text.splitlines())) <= 80
    for words in ("Senior baker", "Dough exam", "8 Dec 2026", "Bake for a wedding", "three years at an oven"):
        assert words in text
    row = next(line for line in text.splitlines() if line.startswith("1 ") and "Dough exam" in line)
    assert row.rstrip().endswith("solid to strong")
    assert "━" not in row


def test_levels_are_bars_of_what_is_met_asked_and_beyond() -> None:
    row = next(line for line in drawn(100).splitlines() if line.startswith("Dough "))
    assert "██░░" in row


def test_a_wide_terminal_is_not_filled_beyond_reading() -> None:
    assert max(map(len, drawn(200).splitlines())) <= 120
