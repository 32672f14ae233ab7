"""What names cost a process that answers: its own memory, and how long a first name and a misspelt one take.

`python -m bench.names [CREDENTIALS ...]` prints a table over the catalogue of `bench.index`, in which everything has a
name. One process builds and saves the index, another one makes its names alone, and a third one is a worker that maps
what was saved and is asked. Memory is what is the process's own, Python and libraries included; what it maps is shared.
"""

import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from bench.index import Catalogue
from bench.memory import own, peak
from graph.build import open_index, saved_index
from graph.index import Index
from graph.names import build_names, pack_names
from graph.packed.piles import Spill
from ontology.records import Credential, Role

SIZES = (2_000, 20_000, 200_000)


def build(credentials: int, folder: Path) -> list[str]:
    """Build and save the index, names included."""
    spent = _timed(lambda: open_index(Catalogue(credentials), folder))
    size = sum(path.stat().st_size for path in folder.rglob("*"))
    return [f"{spent:.1f} s", f"{peak():,.0f} MB", f"{size / 1e6:,.0f} MB"]


def make(_: int, folder: Path) -> list[str]:
    """Make the names alone, on disk as the index is built."""
    index = _saved(folder)
    with tempfile.TemporaryDirectory() as growing:
        spent = _timed(lambda: pack_names(index.frozen, Spill(Path(growing), folder)))
    size = sum(array.nbytes for array in index.frozen.names.values())
    return [f"{spent:.1f} s", f"{size / 1e6:,.0f} MB"]


def ask(credentials: int, folder: Path) -> list[str]:
    """Answer as a worker does, from what was saved."""
    index = _saved(folder)
    before = own()
    names = build_names(index)
    wanted = index.record(Credential, f"id/bench/credential/{credentials // 2:08}").name
    exact = _timed(lambda: names.exact(wanted, Credential))
    first = _timed(lambda: names.candidates("certifed agile profesional", Credential))
    after = own()
    later = _timed(lambda: names.candidates("advanced clowd security", Credential))
    short = _timed(lambda: names.candidates("Senior PM of securty"))
    role = _timed(lambda: names.candidates("Senior PM of securty", Role))
    times = (exact, first, later, short, role)
    return [f"{before:.0f} MB", f"{after:.0f} MB", *(f"{spent * 1e3:.1f} ms" for spent in times)]


def measure(credentials: int) -> list[str]:
    """One row of the table."""
    cells = [f"{credentials:,}"]
    with tempfile.TemporaryDirectory() as folder:
        for act in (build, make, ask):
            with ProcessPoolExecutor(1, get_context("spawn")) as process:
                cells += process.submit(act, credentials, Path(folder)).result()
    return cells


def _saved(folder: Path) -> Index:
    index = saved_index(folder)
    assert index is not None
    return index


def _timed(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


HEAD = (
    "credentials", "build, save", "peak", "on disk", "names alone", "of it", "own, opened", "own, asked", "exact",
    "first like", "later like", "4 readings", "of no kind",
)  # fmt: skip


def main(sizes: tuple[int, ...] = SIZES) -> None:
    """Print the table."""
    print(" | ".join(f"{word:>11}" for word in HEAD))
    for size in sizes:
        print(" | ".join(f"{word:>11}" for word in measure(size)), flush=True)


if __name__ == "__main__":
    main(tuple(int(word) for word in sys.argv[1:]) or SIZES)
