from io import StringIO

from rich.console import Console

from api.terminal.blocks import Column, Facts, Grid, Heading, Page, Para, Point, Title, Toned
from api.terminal.colour import draw_rich
from api.terminal.plain import draw_plain

RED = "\x1b[31m"
TITLE = "\x1b]0;owned\x07"
C1 = "\x9b2J"
PAGE: Page = [
    Title(f"{RED}A page"),
    Heading(f"{TITLE}Part"),
    Para(f"first{C1}\r\nsecond\x85\x7f"),
    Point(f"a point{RED}", f"{RED}-"),
    Facts([(f"label{C1}", f"value{RED}")]),
    Grid([Column(f"Name{RED}"), Column("Cost")], [[f"Dough{C1}", Toned(f"9.00{TITLE}", "good")]]),
]


def test_what_a_terminal_would_obey_is_not_in_a_page_that_is_piped() -> None:
    assert draw_plain(PAGE) == (
        "[31mA page\n"
        "\n"
        "]0;OWNEDPART\n"
        "first2J\n"
        "second\n"
        "[31m- a point[31m\n"
        "label2J  value[31m\n"
        "Name[31m  Cost\n"
        "Dough2J   9.00]0;owned\n"
    )


def test_what_a_terminal_would_obey_is_not_in_a_page_that_is_drawn() -> None:
    console = Console(file=StringIO(), width=80, force_terminal=False, color_system=None)
    draw_rich(PAGE, console)
    assert isinstance(console.file, StringIO)
    text = console.file.getvalue()
    assert [letter for letter in text if letter < " " or "\x7f" <= letter < "\xa0"] == ["\n"] * text.count("\n")
    assert "Dough2J" in text
    assert "first2J" in text


def test_lines_and_tabs_of_a_text_stay() -> None:
    assert Para("one\n\ttwo").text == "one\n\ttwo"
