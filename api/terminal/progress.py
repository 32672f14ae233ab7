"""Progress bars, on a terminal only: a load that is piped prints nothing but its result."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

from api.terminal.bare import bare

if TYPE_CHECKING:
    from rich.console import Console


class Tell(Protocol):
    """Told what is being done, how far it is, and out of how many (`None`: not known)."""

    def __call__(self, what: str, done: int, whole: int | None = None, /) -> None:
        """Show it."""
        ...


BAR = 20
"""Letters of a bar."""


@contextmanager
def progress() -> Iterator[Tell]:
    """A way to tell how far something is."""
    if not sys.stderr.isatty():
        yield _say_nothing
        return
    from rich.console import Console

    with bars(Console(stderr=True)) as tell:
        yield tell


@contextmanager
def bars(console: "Console") -> Iterator[Tell]:
    """A bar for each thing that is being done; on a narrow terminal its title gives way, never how far it is."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
    from rich.table import Column

    columns = (
        TextColumn("{task.description}", table_column=Column(ratio=1, no_wrap=True, overflow="ellipsis")),
        BarColumn(BAR, table_column=Column(min_width=BAR)),
        MofNCompleteColumn(table_column=Column(min_width=len("10000/10000"), no_wrap=True, justify="right")),
        TimeElapsedColumn(table_column=Column(min_width=len("0:00:00"), no_wrap=True)),
    )
    tasks: dict[str, TaskID] = {}
    with Progress(*columns, console=console, transient=True, expand=True) as shown:

        def tell(what: str, done: int, whole: int | None = None) -> None:
            if what not in tasks:
                tasks[what] = shown.add_task(bare(what), total=whole)
            shown.update(tasks[what], completed=done, total=whole)

        yield tell


def _say_nothing(what: str, done: int, whole: int | None = None) -> None:
    """Nobody looks."""
    del what, done, whole
