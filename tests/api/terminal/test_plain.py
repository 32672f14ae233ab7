from api.asking.answering import answer_next
from api.asking.reading import Asked
from api.terminal.answer import next_page
from api.terminal.blocks import Bar, Column, Facts, Grid, Heading, Only, Page, Para, Point, Title, Toned
from api.terminal.plain import draw_plain
from tests.api.worlds import baking


def test_a_page_is_aligned_wrapped_and_without_lines_or_colours() -> None:
    page: Page = [
        Title("A page"),
        Heading("Rows"),
        Grid(
            [Column("Name", flexible=True), Column("", drawn=True), Column("Cost", right=True)],
            [
                ["Dough", Bar(1, 2, 4), Toned("9.00", "good")],
                ["Ovens and all that heats them up", Bar(0, 1, 4), "12.00"],
            ],
        ),
        Facts([("a", "one"), ("long", "two words that are wrapped at forty")]),
        Point("hangs on its mark when it is wrapped", "-", indent=2),
        Only("rich", Para("never seen")),
    ]
    assert draw_plain(page, width=34) == (
        "A page\n"
        "\n"
        "ROWS\n"
        "Name                          Cost\n"
        "Dough                         9.00\n"
        "Ovens and all that heats     12.00\n"
        "them up\n"
        "a     one\n"
        "long  two words that are wrapped\n"
        "      at forty\n"
        "  - hangs on its mark when it is\n"
        "    wrapped\n"
    )


def test_the_lines_and_lists_of_a_text_stay_apart() -> None:
    text = "You can:\n\n- lead several teams through it\n- judge others"
    assert draw_plain([Para(text, indent=2)], width=24) == (
        "  You can:\n  - lead several teams\n    through it\n  - judge others\n"
    )


def test_totals_say_the_pace_that_the_weeks_rest_on() -> None:
    shape = answer_next(baking(), Asked(role="Junior baker", to="Senior baker", hours=2.5, today="2026-11-24"))
    text = " ".join(draw_plain(next_page(shape)).split())
    assert "weeks at 2.5 hours a week" in text
