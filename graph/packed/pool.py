"""How ids get their numbers without all of them being in memory at once: sorted runs on disk, merged at the end.

The number of an id is its place among all ids of the index, which nobody knows before the last record is read. So the
ids of each kind are kept as they come (sorted), links get provisional numbers, and each few thousand new targets are
sorted and put away as a run. `number_ids` merges all runs block by block and tells each run the numbers of its ids.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import chain, pairwise

import numpy as np

from graph.packed.columns import Array, Ints, Texts
from graph.packed.piles import Pile, Piles, Spill

_TARGETS = 1 << 17
"""How many different targets are held in memory at most, before they are put away."""

_BLOCK = 1 << 12
"""How many ids of a run are in memory while runs are merged."""


class Run:
    """Ids in order, without repeats; `numbers` is filled when all ids are numbered."""

    def __init__(self, spill: Spill | None) -> None:
        self._texts = Piles(spill)
        self.numbers = Pile(np.int64, spill)

    def __len__(self) -> int:
        return len(self._texts.named["ends"]) if self._texts.named else 0

    def add(self, ids: Sequence[str]) -> None:
        """More ids, which come after those that are there."""
        self._texts.add(Texts.pack(ids))

    def rest(self) -> None:
        """Move what files have been begun for to those files."""
        self._texts.rest()

    def blocks(self, size: int) -> Iterator[list[bytes]]:
        """The ids as UTF-8, whose order is the order of the words."""
        start = begin = 0
        while start < len(self):
            ends = self._texts.named["ends"].read(start, min(start + size, len(self)))
            raw = self._texts.named["blob"].read(begin, int(ends[-1])).tobytes()
            bounds = (ends.astype(np.int64) - begin).tolist()
            yield [raw[one:other] for one, other in pairwise([0, *bounds])]
            start, begin = start + len(ends), int(ends[-1])


class Targets(dict[str, int]):
    """Gives every id that a link leads to a provisional number when it is first looked up."""

    def __init__(self, spill: Spill | None) -> None:
        super().__init__()
        self._spill = spill
        self._runs: list[tuple[Run, Ints]] = []
        self._given = 0

    def __missing__(self, id_: str) -> int:
        number = self[id_] = self._given + len(self)
        return number

    def rest(self) -> None:
        """Put the targets away as a run, if there are many."""
        if len(self) > _TARGETS:
            self.put_away()

    def put_away(self) -> None:
        """Put the targets away as a run."""
        ordered = sorted(self)
        run = Run(self._spill)
        run.add(ordered)
        run.rest()
        self._runs.append((run, np.fromiter(map(self.__getitem__, ordered), np.int64, len(ordered))))
        self._given += len(self)
        self.clear()

    def runs(self) -> list[Run]:
        """All targets that were put away, in runs."""
        return [run for run, _ in self._runs]

    def final(self) -> Ints:
        """The number of each target by its provisional one, when all ids are numbered."""
        final = np.empty(self._given, dtype=np.int64)
        for run, places in self._runs:
            final[places] = run.numbers.array()
        return final


class _Head:
    """Where the merging stands in a run."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self._blocks = run.blocks(_BLOCK)
        self._at = 0
        self.block: list[bytes] = next(self._blocks, [])

    def take(self, last: bytes) -> list[bytes]:
        """The ids up to this one."""
        end = bisect_right(self.block, last, self._at)
        taken = self.block[self._at : end]
        self._at = end
        if end == len(self.block):
            self.block, self._at = next(self._blocks, []), 0
        return taken


def number_ids(runs: Sequence[Run], spill: Spill | None) -> Piles:
    """The arrays of all different ids of these runs, in order, as `Texts`; each run is told its numbers."""
    pool, first = Piles(spill), 0
    pool.add(Texts.pack([]))
    heads = [head for head in map(_Head, runs) if head.block]
    while heads:
        last = min(head.block[-1] for head in heads)
        taken = [(head.run, ids) for head in heads if (ids := head.take(last))]
        merged = list(dict.fromkeys(sorted(chain.from_iterable(ids for _, ids in taken))))
        number = {id_: place for place, id_ in enumerate(merged, first)} if len(taken) > 1 else {}
        for run, ids in taken:
            run.numbers.add(
                np.fromiter(map(number.__getitem__, ids), np.int64, len(ids))
                if number
                else np.arange(first, first + len(ids), dtype=np.int64)
            )
        pool.add(_texts(merged))
        first += len(merged)
        heads = [head for head in heads if head.block]
    return pool


def _texts(ids: Sequence[bytes]) -> dict[str, Array]:
    return {
        "blob": np.frombuffer(b"".join(ids), dtype=np.uint8),
        "ends": np.cumsum(np.fromiter(map(len, ids), np.int64, len(ids)), dtype=np.int64),
        "known": np.ones(len(ids), dtype=np.bool_),
    }
