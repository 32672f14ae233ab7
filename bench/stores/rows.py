"""The table of `bench.stores`: one row for each thing a backend does, beside what its raw client needs for the same.

A backend is a module with `measure(records, info) -> Iterator[Row]`, listed in `bench/stores/__main__.py`.
"""

import gc
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from bench.index import Catalogue
from ontology.records import RECORD_TYPES, Record
from ontology.values import SourceInfo

WIDTHS = (10, 52, 9, 12, 12, 6, 6)
HEAD = ("store", "what", "records", "ours", "raw client", "ratio", "least")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What one act took, in seconds. `raw` is the raw client's time for it; `least` the ratio that is asked for."""

    store: str
    what: str
    records: int
    ours: float
    raw: float | None = None
    least: float | None = None

    @property
    def ratio(self) -> float | None:
        """Our rate by the raw client's: 1 is as fast, 0.5 half as fast."""
        return self.raw / self.ours if self.raw else None


def drawn(credentials: int) -> tuple[SourceInfo, list[Record]]:
    """A source and its records: the drawn catalogue of `bench.index` (five claims to a credential), made beforehand."""
    catalogue = Catalogue(credentials)
    return catalogue.sources()[0], [record for kind in RECORD_TYPES for record in catalogue.records(kind)]


def redated(records: list[Record], *, every: int = 1) -> list[Record]:
    """The same records, of which each, or each so many-th, now cites a later date: one statement of it differs."""
    return [
        replace(record, source=replace(record.source, date="2026-11")) if number % every == 0 else record
        for number, record in enumerate(records)
    ]


def reworded(records: list[Record]) -> list[Record]:
    """Records at places that none of these stands at, so that none of them is the same."""
    return [replace(record, source=replace(record.source, place=f"new {record.source.place}", date="2026-11"),
                    id=f"{record.id}-new") for record in records]  # fmt: skip


def in_turn(*acts: Callable[[], object], rounds: int = 3) -> tuple[float, ...]:
    """The least seconds that each act took, taking turns, so that what else the machine does meets all alike."""
    return least_of(*(partial(seconds, act) for act in acts), rounds=rounds)


def least_of(*timed: Callable[[], float], rounds: int = 3) -> tuple[float, ...]:
    """Like `in_turn`, of acts that prepare something first and say themselves how long the rest took."""
    return tuple(min(times) for times in zip(*([act() for act in timed] for _ in range(rounds)), strict=True))


def seconds(act: Callable[[], object]) -> float:
    """How long an act takes, without the garbage of the one before."""
    gc.collect()
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def table(rows: Sequence[Row]) -> str:
    """The rows as lines."""
    return "\n".join((_line(HEAD), *(_line(_cells(row)) for row in rows)))


def _cells(row: Row) -> tuple[str, ...]:
    raw, ratio, least = row.raw, row.ratio, row.least
    return (
        row.store,
        row.what,
        f"{row.records:,}",
        f"{row.records / row.ours:,.0f}/s",
        f"{row.records / raw:,.0f}/s" if raw else "",
        f"{ratio:.2f}" if ratio else "",
        f"{least:.2f}" if least else "",
    )


def _line(cells: Sequence[str]) -> str:
    padded = (
        cell.ljust(width) if at < 2 else cell.rjust(width)
        for at, (cell, width) in enumerate(zip(cells, WIDTHS, strict=True))
    )
    return " | ".join(padded)
