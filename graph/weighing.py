"""How much every run of letters weighs in every name, worked out once for the arrays of `graph.similarity`.

A catalogue has some hundred grams for each name, too many to hold at once. So names stream by: a batch of them is
sorted by gram and put away; when all have been seen, the batches are read side by side, some grams at a time, and what
the grams weigh follows from how many names have them. What stays in memory are the different grams and a few numbers
for each name.
"""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias, cast

import numpy as np

from graph.packed.columns import Array, Ints, Texts
from graph.packed.piles import Pile, Piles, Spill
from graph.similarity import grams_of, rarity_of, weight_of, words_in

Body: TypeAlias = tuple[str, int, float]
"""Words, the number of whose they are, and how much a likeness to them counts (0 to 1)."""

_GRAMS = 1 << 18
"""How many grams are sorted at a time."""

_WORDS = 1 << 15
"""Of how many different words the grams are remembered."""

_LOW = 0xFFFFFFFF
"""A key is the number of a gram, and in these lower bits how often it stands in a body."""


class _Vocabulary:
    """Numbers grams in the order in which they are met."""

    def __init__(self) -> None:
        self.number: dict[str, int] = {}
        self._met: dict[str, array[int]] = {}

    def of(self, word: str) -> "array[int]":
        """The numbers of the grams of a word."""
        known = self._met.get(word)
        if known is None:
            if len(self._met) == _WORDS:
                self._met.clear()
            number = self.number
            known = self._met[word] = array("i", [number.setdefault(gram, len(number)) for gram in grams_of(word)])
        return known


@dataclass(frozen=True, slots=True)
class _Batch:
    """The lines of some bodies: in order each gram and how often (`keys`), and where the bodies of each end."""

    keys: Pile
    upto: Pile
    bodies: Pile

    def between(self, first: int, stop: int) -> tuple[Ints, Array]:
        """The bodies that have the grams from one number up to another, and by which key each of them does."""
        keys, upto = cast("Ints", self.keys.array()), cast("Ints", self.upto.array())
        start, end = (int(place) for place in np.searchsorted(keys, [first << 32, stop << 32]))
        begin = int(upto[start - 1]) if start else 0
        counts: Ints = np.diff(upto[start:end], prepend=begin)
        return np.repeat(keys[start:end], counts), self.bodies.read(begin, begin + int(counts.sum()))


def weigh(bodies: Iterable[Body], spill: Spill | None = None) -> dict[str, Pile]:
    """The arrays of a `graph.similarity.Similarity`."""
    vocabulary, owned = _Vocabulary(), Piles(spill)
    batches = list(_batches(bodies, vocabulary, owned, spill))
    ordered = sorted(vocabulary.number)
    numbers = np.fromiter(map(vocabulary.number.__getitem__, ordered), np.int32, len(ordered))
    weighed = _weighed(batches, len(ordered), len(owned.named["owners"]), spill)
    grams = {f"grams.{name}": Pile.of(part) for name, part in Texts.pack(ordered).items()}
    return {**owned.named, **weighed, **grams, "numbers": Pile.of(numbers)}


def _batches(bodies: Iterable[Body], vocabulary: _Vocabulary, owned: Piles, spill: Spill | None) -> Iterator[_Batch]:
    """The bodies in batches; `owned` is told whose each is and how much it counts."""
    grams, sizes, owners, counts, first = array("i"), list[int](), list[int](), list[float](), 0
    for words, owner, count in bodies:
        before = len(grams)
        for word in words_in(words):
            grams.extend(vocabulary.of(word))
        sizes.append(len(grams) - before)
        owners.append(owner)
        counts.append(count)
        if len(grams) >= _GRAMS:
            yield _batch(grams, sizes, first, spill)
            owned.add({"owners": np.array(owners, dtype=np.int32), "counts": np.array(counts)})
            first += len(sizes)
            grams, sizes, owners, counts = array("i"), [], [], []
    owned.add({"owners": np.array(owners, dtype=np.int32), "counts": np.array(counts, dtype=np.float64)})
    if grams:
        yield _batch(grams, sizes, first, spill)


def _batch(grams: "array[int]", sizes: Sequence[int], first: int, spill: Spill | None) -> _Batch:
    """The lines of bodies whose grams stand end to end, so many of each; the first body has this number."""
    pairs = np.frombuffer(grams, dtype=np.int32).astype(np.int64) << 32
    pairs |= np.repeat(np.arange(first, first + len(sizes), dtype=np.int64), sizes)
    pairs.sort()
    different, times = _counted(pairs)
    each = (different & ~_LOW) | times
    order = np.argsort(each, kind="stable")
    keys, counts = _counted(each[order])
    batch = _Batch(Pile(np.int64, spill), Pile(np.int64, spill), Pile(np.int32, spill))
    batch.keys.add(keys)
    batch.upto.add(np.cumsum(counts, dtype=np.int64))
    batch.bodies.add((different[order] & _LOW).astype(np.int32))
    return batch


def _weighed(batches: Sequence[_Batch], grams: int, bodies: int, spill: Spill | None) -> dict[str, Pile]:
    """All lines by number of their gram, and the length of each body as a vector.

    Squares are added up in the order of these numbers, so that equal sums are equal to the last bit.
    """
    holding = np.zeros(grams, dtype=np.int64)
    for batch in batches:
        np.add.at(holding, cast("Ints", batch.keys.array()) >> 32, np.diff(cast("Ints", batch.upto.array()), prepend=0))
    rarity, squares, lines = rarity_of(holding, bodies), np.zeros(bodies), Piles(spill)
    lines.add({name: np.empty(0, np.int64) for name in ("lines.upto", "upto")})
    lines.add({name: np.empty(0, np.int32) for name in ("times", "bodies")})
    for first, stop in _some(holding):
        pieces = [batch.between(first, stop) for batch in batches]
        each = np.concatenate([keys for keys, _ in pieces])
        order = np.argsort(each, kind="stable")
        having = np.concatenate([of_piece for _, of_piece in pieces])[order]
        keys, counts = _counted(each[order])
        gram, times = keys >> 32, keys & _LOW
        np.add.at(squares, having, np.repeat((weight_of(times) * rarity[gram]) ** 2, counts))
        lines.add({"lines.upto": np.cumsum(np.bincount(gram - first, minlength=stop - first), dtype=np.int64)})
        lines.add({"times": times.astype(np.int32), "upto": np.cumsum(counts, dtype=np.int64), "bodies": having})
    return {**lines.named, "norms": Pile.of(np.sqrt(squares))}


def _some(holding: Ints) -> Iterator[tuple[int, int]]:
    """Grams, from one number up to another, that have no more bodies together than can be sorted at a time."""
    upto, first = np.cumsum(holding, dtype=np.int64), 0
    while first < len(holding):
        fits = int(np.searchsorted(upto, (int(upto[first - 1]) if first else 0) + _GRAMS, side="right"))
        stop = max(fits, first + 1)
        yield first, stop
        first = stop


def _counted(ordered: Ints) -> tuple[Ints, Ints]:
    """The different numbers among ordered ones, and how often each is there."""
    first = np.flatnonzero(np.diff(ordered, prepend=ordered[:1] - 1))
    return ordered[first], np.diff(first, append=len(ordered))
