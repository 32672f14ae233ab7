"""How the index grows: time and memory to build and save it, to open it, its size on disk, the price of look-ups.

`python -m bench.index [CREDENTIALS ...]` prints a table; each credential has five claims, a cost and an assessment.
Each size is built by a process of its own and asked by another one, and the peaks are the most that each of these
processes, Python and libraries included, ever held in memory.
"""

import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar, cast

from bench.memory import peak
from graph.build import open_index, saved_index
from ontology.records import (
    Assessment,
    Claim,
    Competency,
    Cost,
    Credential,
    Level,
    PartOf,
    Provider,
    R,
    Record,
    Scale,
)
from ontology.values import Range, Source, SourceInfo

T = TypeVar("T")

SIZES = (2_000, 20_000, 200_000)
CLAIMS = 5
COMPETENCIES = 2_000
WORDS = (
    "agile", "data", "product", "service", "cloud", "security", "design", "delivery", "research", "strategy", "finance",
    "risk", "quality", "network", "software", "analysis", "leadership", "project", "programme", "portfolio",
    "professional", "certified", "advanced", "associate",
)  # fmt: skip


class Catalogue:
    """A drawn catalogue that makes its records when asked, by id, so that the store's own cost is left out."""

    def __init__(self, credentials: int) -> None:
        self.size = credentials

    def sources(self) -> tuple[SourceInfo, ...]:
        """One source."""
        return (SourceInfo(id="bench", title="Drawn", voice="registry"),)

    def revision(self) -> str:
        """The size, which decides everything."""
        return f"bench-{self.size}"

    def edition(self) -> str:
        """The revision: nothing ever changes."""
        return self.revision()

    def records(self, record_type: type[R]) -> Iterator[R]:
        """The records of one kind."""
        drawn = random.Random(record_type.__name__)
        made: Callable[[int, random.Random, Source], Record] | None
        count, made = {
            Scale: (1, _scale),
            Level: (4, _level),
            Competency: (COMPETENCIES, _competency),
            Provider: (1_000, _provider),
            Credential: (self.size, _credential),
            Cost: (self.size, _cost),
            Assessment: (self.size, _assessment),
            Claim: (self.size * CLAIMS, _claim),
            PartOf: (self.size // 20, _part),
        }.get(record_type, (0, _scale))
        for number in range(count):
            place = Source(
                id="bench", place=f"row {number}", page=f"https://example.org/{number % 997}", date="2026-06"
            )
            yield cast("R", made(number, drawn, place))


def _scale(_: int, __: random.Random, source: Source) -> Record:
    return Scale(id="id/bench/scale/four", source=source, name="Four")


def _level(number: int, _: random.Random, source: Source) -> Record:
    return Level(
        id=f"id/bench/level/{number}", source=source, scale="id/bench/scale/four", rank=number, name=str(number)
    )


def _competency(number: int, drawn: random.Random, source: Source) -> Record:
    name = " ".join(drawn.sample(WORDS, 3))
    return Competency(id=f"id/bench/competency/{number:04}", source=source, name=name, scale="id/bench/scale/four")


def _provider(number: int, drawn: random.Random, source: Source) -> Record:
    return Provider(
        id=f"id/bench/provider/{number:03}", source=source, name=f"{drawn.choice(WORDS)} institute {number}"
    )


def _credential(number: int, drawn: random.Random, source: Source) -> Record:
    return Credential(
        id=f"id/bench/credential/{number:08}",
        source=source,
        name=" ".join(drawn.sample(WORDS, 4)) + f" {number}",
        description="What it is about, in some ten words of no great interest here.",
        provider=f"id/bench/provider/{drawn.randrange(1_000):03}",
        languages=("en",),
        modes=("online",),
        effort=Range.exactly(drawn.randrange(60, 6_000)) if number % 3 else None,
    )


def _cost(number: int, drawn: random.Random, source: Source) -> Record:
    amount = Range.exactly(drawn.randrange(1_000, 500_000)) if number % 4 else None
    credential = f"id/bench/credential/{number:08}"
    return Cost(
        id=f"id/bench/cost/{number:08}",
        source=source,
        credential=credential,
        kind="exam",
        amount=amount,
        currency="GBP",
    )


def _assessment(number: int, _: random.Random, source: Source) -> Record:
    credential = f"id/bench/credential/{number:08}"
    return Assessment(id=f"id/bench/assessment/{number:08}", source=source, credential=credential, methods=("exam",))


def _claim(number: int, drawn: random.Random, source: Source) -> Record:
    credential = number // CLAIMS
    return Claim(
        id=f"id/bench/claim/{number:08}",
        source=source,
        subject=f"id/bench/credential/{credential:08}",
        competency=f"id/bench/competency/{drawn.randrange(COMPETENCIES):04}",
        mode="assesses",
        level=f"id/bench/level/{drawn.randrange(4)}",
        assessment=f"id/bench/assessment/{credential:08}",
    )


def _part(number: int, _: random.Random, source: Source) -> Record:
    part, whole = f"id/bench/credential/{number * 20:08}", f"id/bench/credential/{number * 20 + 1:08}"
    return PartOf(id=f"id/bench/part-of/{number:08}", source=source, part=part, whole=whole)


def _timed(act: Callable[[], T]) -> tuple[float, T]:
    start = time.perf_counter()
    result = act()
    return time.perf_counter() - start, result


def build(credentials: int, folder: Path) -> list[str]:
    """Build and save the index; the cells that tell of it."""
    building, _ = _timed(lambda: open_index(Catalogue(credentials), folder))
    size = sum(path.stat().st_size for path in folder.rglob("*"))
    return [f"{building:.1f} s", _peak(), f"{size / 1e6:,.0f} MB"]


def ask(credentials: int, folder: Path) -> list[str]:
    """Open the saved index and look things up in it; the cells that tell of it."""
    opening, index = _timed(lambda: saved_index(folder))
    assert index is not None
    picked = [f"id/bench/credential/{n:08}" for n in random.Random(0).sample(range(credentials), 1_000)]
    finding, _ = _timed(lambda: [index.record(Credential, id_) for id_ in picked])
    claiming, _ = _timed(lambda: [index.claims_of(id_) for id_ in picked])
    return [f"{opening * 1e3:.0f} ms", f"{finding * 1e3:.0f} us", f"{claiming * 1e3:.0f} us", _peak()]


def measure(credentials: int) -> list[str]:
    """One row of the table."""
    cells = [f"{credentials:,}", f"{credentials * CLAIMS:,}"]
    with tempfile.TemporaryDirectory() as folder:
        for act in (build, ask):
            with ProcessPoolExecutor(1, get_context("spawn")) as process:
                cells += process.submit(act, credentials, Path(folder)).result()
    return cells


def _peak() -> str:
    return f"{peak():,.0f} MB"


HEAD = (
    "credentials", "claims", "build, save", "peak", "on disk", "open", "a record", "claims of", "peak",
)  # fmt: skip


def main(sizes: tuple[int, ...] = SIZES) -> None:
    """Print the table."""
    print(" | ".join(f"{word:>11}" for word in HEAD))
    for size in sizes:
        print(" | ".join(f"{word:>11}" for word in measure(size)), flush=True)


if __name__ == "__main__":
    main(tuple(int(word) for word in sys.argv[1:]) or SIZES)
