"""`credpath demo`: two questions and a coverage on the starter graph, in a store of its own."""

# ruff: noqa: D301 (a backspace tells click to keep the lines of an example as they are)

import sys
from pathlib import Path
from typing import Annotated

import typer

FOLDER = Path("data") / "demo"
"""Where the demo keeps its store: below the working folder, never among the user's data."""

FIRST = ("Senior product manager", "Lead product manager")

SECOND = ("Data analyst", "Associate delivery manager")
"""A change of work in which a stack of credentials with conditions shows most of the open criteria."""

LADDER = "Product manager"


def demo_command(
    folder: Annotated[Path, typer.Option(help="Where the demo keeps its store.")] = FOLDER,
) -> None:
    """Two questions and the coverage of a ladder, answered on the starter graph.

    \b
    Example:
      credpath demo
    """
    from api.asking.answering import answer_next
    from api.asking.covering import cover
    from api.asking.reading import Asked
    from api.service import open_service
    from api.settings import read_settings
    from api.terminal.answer import next_page
    from api.terminal.coverage import coverage_page
    from api.terminal.progress import progress
    from api.terminal.show import show

    with open_service(read_settings(f"oxigraph:{folder / 'store'}")) as service:
        with progress() as tell:
            service.load_starter(tick=tell)
        for role, target in (FIRST, SECOND):
            _say(f'credpath next "{role}" --to "{target}"')
            show(next_page(answer_next(service, Asked(role=role, to=target))))
        _say(f'credpath coverage "{LADDER}"')
        show(coverage_page(cover(service, LADDER, currency=None, today=None)))


def _say(command: str) -> None:
    sys.stdout.write(f"\n$ {command}\n\n")
    sys.stdout.flush()
