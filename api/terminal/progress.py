"""Progress bars, on a terminal only: a load that is piped prints nothing but its result."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Tell = Callable[[str, int, int | None], None]
"""What is being done, how far it is, and out of how many (`None`: not known)."""


@contextmanager
def progress() -> Iterator[Tell]:
    """A way to tell how far something is."""
    if not sys.stderr.isatty():
        yield _say_nothing
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    tasks: dict[str, TaskID] = {}
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:

        def tell(what: str, done: int, whole: int | None) -> None:
            if what not in tasks:
                tasks[what] = bars.add_task(what, total=whole)
            bars.update(tasks[what], completed=done, total=whole)

        yield tell


def _say_nothing(what: str, done: int, whole: int | None) -> None:
    """Nobody looks."""
    del what, done, whole
