"""A server may cut an answer anywhere and call it whole, so a reader must know what it should have been given.

Beside each pointer stands how many records of each kind its graph holds, and a sum over them. The sum is the same in
whatever order they come, so it is reckoned while they do: a record that lacks one field is found out like one that is
missing, and so is a server that changes a word.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from graph.content import plain
from ontology.records import Record, kind_of

_MODULUS = 2**128


class Extent:
    """How many records of each kind there are, and what they add up to; it grows by one record at a time.

    `sums` lacks a kind where nothing was written of it: the sources of earlier versions are told by numbers alone.
    """

    def __init__(self, counts: Mapping[str, int] | None = None, sums: Mapping[str, int] | None = None) -> None:
        self.counts = defaultdict(int, counts or {})
        self.sums = defaultdict(int, sums or {})

    def add(self, record: Record) -> None:
        """One record more, in any order."""
        kind = kind_of(type(record))
        digest = hashlib.sha256(plain(record)).digest()
        self.counts[kind] += 1
        self.sums[kind] = (self.sums[kind] + int.from_bytes(digest[:16], "big")) % _MODULUS

    def differing(self, expected: "Extent", kinds: Iterable[str]) -> list[str]:
        """Of these kinds, those of which other records are expected."""
        return [
            kind
            for kind in kinds
            if self.counts.get(kind, 0) != expected.counts.get(kind, 0)
            or self.sums.get(kind, 0) != expected.sums.get(kind, self.sums.get(kind, 0))
        ]

    def words(self) -> tuple[str, str]:
        """The numbers and the sums as they are written, such as `cost 1, credential 2`."""
        return (
            ", ".join(f"{kind} {count}" for kind, count in sorted(self.counts.items())),
            ", ".join(f"{kind} {sum_:032x}" for kind, sum_ in sorted(self.sums.items())),
        )


def extent_of(records: Iterable[Record]) -> Extent:
    """The extent of these records."""
    extent = Extent()
    for record in records:
        extent.add(record)
    return extent


def read_extent(counts: str, sums: str) -> Extent:
    """The extent that was written in these words."""
    return Extent(
        {kind: int(count) for kind, count in _pairs(counts)}, {kind: int(sum_, 16) for kind, sum_ in _pairs(sums)}
    )


def _pairs(words: str) -> Iterator[tuple[str, str]]:
    for pair in filter(None, words.split(", ")):
        kind, _, value = pair.rpartition(" ")
        yield kind, value
