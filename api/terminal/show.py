"""Where a page goes: to a terminal in colour, or piped as plain text; JSON always as it is."""

import sys
from collections.abc import Callable
from typing import TypeVar

from api.shapes.basics import Shape
from api.terminal.blocks import Page

S = TypeVar("S", bound=Shape)


def is_terminal() -> bool:
    """Whether somebody looks at what is printed."""
    return sys.stdout.isatty()


def can_ask() -> bool:
    """Whether there is somebody to ask."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def show(page: Page) -> None:
    """Print a page."""
    if is_terminal():
        from rich.console import Console

        from api.terminal.colour import draw_rich

        draw_rich(page, Console())
    else:
        from api.terminal.plain import draw_plain

        sys.stdout.write(draw_plain(page))


def tell(shape: S, page_of: Callable[[S], Page], *, json: bool) -> None:
    """Print a shape: as JSON, or as the page that it makes."""
    if json:
        show_json(shape)
    else:
        show(page_of(shape))


def show_json(shape: Shape) -> None:
    """Print a shape as JSON."""
    from api.shapes.schemas import to_json

    sys.stdout.write(to_json(shape))
