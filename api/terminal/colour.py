"""A page on a terminal, with rich: tones as colours, level bars, a small timeline, tables without boxes."""

from collections.abc import Sequence

from rich import box
from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from api.terminal.blocks import (
    Bar,
    Blank,
    Block,
    Cell,
    Facts,
    Grid,
    Heading,
    Only,
    Page,
    Para,
    Point,
    Stretch,
    Title,
    Toned,
)

WIDEST = 120
LEAST = 18
"""Letters that a flexible column keeps."""

TIMELINE = 10
"""Letters of a timeline."""

STYLES = {"": "", "good": "green", "maybe": "yellow", "bad": "red", "faint": "dim", "strong": "bold"}


def draw_rich(page: Page, console: Console) -> None:
    """Print a page."""
    width = min(console.width, WIDEST)
    for block in page:
        drawn = _drawn(block, width)
        if drawn is not None:
            console.print(drawn, width=width, highlight=False, soft_wrap=False)


def _drawn(block: Block, width: int) -> RenderableType | None:
    match block:
        case Title(text):
            return Text(text, style="bold cyan")
        case Heading(text):
            return Padding(Rule(Text(text, style="bold"), align="left", style="dim", characters="─"), (1, 0, 0, 0))
        case Para(text, tone, indent):
            return Padding(Text(text, style=STYLES[tone]), (0, 0, 0, indent))
        case Point(text, mark, tone, indent):
            return _columns([(mark, text)], indent, STYLES[tone], "cyan")
        case Facts(rows, indent):
            return _columns(rows, indent, "", "dim")
        case Grid():
            return _grid(block, width)
        case Blank():
            return Text("")
        case Only(where, inner):
            return _drawn(inner, width) if where == "rich" else None


def _columns(rows: Sequence[tuple[str, str]], indent: int, style: str, mark_style: str) -> RenderableType:
    table = Table.grid(padding=(0, 1 if mark_style == "cyan" else 2, 0, 0))
    table.add_column(no_wrap=True, style=mark_style)
    table.add_column(style=style, overflow="fold")
    for label, value in rows:
        table.add_row(Text(label), Text(value))
    return Padding(table, (0, 0, 0, indent))


def _grid(grid: Grid, width: int) -> RenderableType:
    """A table that fits: where room is short the drawings go first, then every column may wrap."""
    titled = any(column.title for column in grid.columns)
    places = list(range(len(grid.columns)))
    if _natural(grid, places) > width:
        places = [place for place in places if not grid.columns[place].drawn]
    tight = _natural(grid, places) > width
    table = Table(
        box=box.SIMPLE_HEAD if titled else None,
        show_header=titled,
        show_edge=False,
        pad_edge=False,
        padding=(0, 1 if tight else 2, 0, 0),
        header_style="dim",
        border_style="dim",
    )
    for column in (grid.columns[place] for place in places):
        table.add_column(
            Text(column.title),
            justify="right" if column.right else "left",
            no_wrap=not column.flexible and not tight,
            overflow="fold",
            min_width=LEAST if column.flexible else None,
        )
    for row in grid.rows:
        table.add_row(*(_cell(row[place]) for place in places))
    return Padding(table, (0, 0, 0, grid.indent))


def _natural(grid: Grid, places: Sequence[int]) -> int:
    """Letters that a grid needs, its flexible columns at their least."""
    return grid.indent + sum(
        3
        + (
            LEAST
            if grid.columns[n].flexible
            else max(map(_letters, [grid.columns[n].title, *(r[n] for r in grid.rows)]))
        )
        for n in places
    )


def _letters(cell: Cell) -> int:
    return len(_cell(cell).plain)


def _cell(cell: Cell) -> Text:
    match cell:
        case str():
            return Text(cell)
        case Toned(text, tone):
            return Text(text, style=STYLES[tone])
        case Bar(have, asked, levels):
            return Text.assemble(
                ("█" * min(have, levels), "green"),
                ("█" * max(0, asked - have), "yellow"),
                ("░" * max(0, levels - max(have, asked)), "dim"),
            )
        case Stretch(start, end, whole):
            first = start * TIMELINE // max(1, whole)
            last = max(first + 1, -(-end * TIMELINE // max(1, whole)))
            return Text.assemble(
                ("·" * first, "dim"), ("━" * (last - first), "cyan"), ("·" * max(0, TIMELINE - last), "dim")
            )
