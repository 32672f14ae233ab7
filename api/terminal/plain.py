"""A page as plain text: aligned, wrapped, without colours or lines; the same bytes for the same page."""

import textwrap
from collections.abc import Iterable, Iterator, Sequence

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

WIDTH = 100
SMALLEST = 18
"""A flexible column is never narrower."""


def draw_plain(page: Page, width: int = WIDTH) -> str:
    """The text of a page."""
    return "\n".join(line.rstrip() for block in page for line in _lines(block, width)) + "\n"


def _lines(block: Block, width: int) -> Iterable[str]:
    match block:
        case Title(text):
            return [text]
        case Heading(text):
            return ["", text.upper()]
        case Para(text, _, indent):
            return _wrapped(text, width, " " * indent, " " * indent)
        case Point(text, mark, _, indent):
            first = " " * indent + mark + " "
            return _wrapped(text, width, first, " " * len(first))
        case Facts(rows, indent):
            return _facts(rows, indent, width)
        case Grid():
            return _grid(block, width)
        case Blank():
            return [""]
        case Only(where, inner):
            return _lines(inner, width) if where == "plain" else []


def _wrapped(text: str, width: int, first: str, later: str) -> list[str]:
    """A text in lines; its own lines stay apart, and a list in it stays a list."""
    lines: list[str] = []
    for line in filter(None, map(str.strip, text.splitlines())):
        lines += textwrap.wrap(
            line,
            width,
            initial_indent=later if lines else first,
            subsequent_indent=later + "  " if line.startswith("- ") else later,
            break_long_words=False,
            break_on_hyphens=False,
        )
    return lines or [first]


def _facts(rows: Sequence[tuple[str, str]], indent: int, width: int) -> Iterator[str]:
    widest = max((len(label) for label, _ in rows), default=0)
    for label, value in rows:
        yield from _wrapped(value, width, f"{' ' * indent}{label:<{widest}}  ", " " * (indent + widest + 2))


def _grid(grid: Grid, width: int) -> Iterator[str]:
    places = [place for place, column in enumerate(grid.columns) if not column.drawn]
    columns = [grid.columns[place] for place in places]
    rows = [[_text(row[place]) for place in places] for row in grid.rows]
    heads = [column.title for column in columns]
    widths = [max(len(row[n]) for row in [heads, *rows]) for n in range(len(columns))]
    for place, column in enumerate(columns):
        if column.flexible:
            others = sum(widths) - widths[place] + 2 * (len(widths) - 1) + grid.indent
            widths[place] = min(widths[place], max(SMALLEST, width - others))
    for row in [heads, *rows] if any(heads) else rows:
        yield from _row(row, columns, widths, grid.indent)


def _row(row: list[str], columns: Sequence[object], widths: list[int], indent: int) -> Iterator[str]:
    cells = [
        textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False) or [""]
        if getattr(column, "flexible", False)
        else [text]
        for text, column, width in zip(row, columns, widths, strict=True)
    ]
    for line in range(max(len(cell) for cell in cells)):
        parts = [cell[line] if line < len(cell) else "" for cell in cells]
        yield " " * indent + "  ".join(
            f"{part:>{width}}" if getattr(column, "right", False) else f"{part:<{width}}"
            for part, column, width in zip(parts, columns, widths, strict=True)
        )


def _text(cell: Cell) -> str:
    match cell:
        case str():
            return cell
        case Toned(text, _):
            return text
        case Bar() | Stretch():
            return ""
