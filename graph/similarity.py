"""Likeness of spellings by shared runs of letters, for words that no name fits exactly.

How much each run of letters weighs in each name is worked out once, by `graph.weighing`, and lies in arrays that all
processes map. A question reads of them only what its own runs of letters stand in.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import reduce
from math import sqrt
from typing import cast

import numpy as np
from numpy.typing import NDArray

from graph.packed.columns import Parts, Texts
from graph.packed.tables import grouped

_LENGTHS = (2, 3, 4)
_PLACES = 6

Floats = NDArray[np.float64]


class Similarity:
    """Names as weighted character n-grams (2 to 4 letters inside words); cosine says how alike two are.

    What is compared is a *body*: the words of a name or of a short form of it, with whose they are (`owners`) and how
    much a likeness to them counts (`counts`, 0 to 1). A gram weighs `(1 + ln times) x (1 + ln((1 + bodies) /
    (1 + bodies with it)))` in a body, divided by the body's length as a vector (`norms`).

    | array                 | what it holds |
    |-----------------------|---------------|
    | `grams.*`, `numbers`  | every gram in order, and its number |
    | `lines.upto`          | by number of a gram: where its lines end |
    | `times`, `upto`       | by line: how often the gram stands in these bodies, and where they end |
    | `bodies`              | the bodies of each line, ascending |
    """

    def __init__(self, parts: Parts) -> None:
        self._grams, self._numbers = Texts(grouped(parts)["grams"]), parts["numbers"]
        self._lines, self._times, self._upto, self._bodies = (
            parts[name] for name in ("lines.upto", "times", "upto", "bodies")
        )
        self._owners = parts["owners"]
        self._counts, self._norms = cast("Floats", parts["counts"]), cast("Floats", parts["norms"])

    def nearest(self, spellings: Sequence[str], among: range, *, least: float) -> Iterator[tuple[int, float]]:
        """The owners, of these, of the names most like one of the spellings, most alike first, ties by owner."""
        start, stop = (int(place) for place in np.searchsorted(self._owners, [among.start, among.stop]))
        cosines = reduce(np.maximum, self._cosines(spellings, start, stop))
        counted: Floats = cosines * self._counts[start:stop]
        near = np.flatnonzero(counted >= least - 10.0**-_PLACES)
        alike = np.round(counted[near], _PLACES)
        hits = alike >= least
        alike, owners = alike[hits], self._owners[start:stop][near[hits]]
        told: set[int] = set()
        for place in np.lexsort((owners, -alike)).tolist():
            owner = int(owners[place])
            if owner not in told:
                told.add(owner)
                yield owner, float(alike[place])

    def _cosines(self, spellings: Sequence[str], start: int, stop: int) -> list[Floats]:
        """How alike each spelling is to each body from one number up to another.

        Grams are added up in their order, so that equal sums are equal to the last bit on every machine.
        """
        sums = [np.zeros(stop - start) for _ in spellings]
        for number, rarity, asked in self._asked(spellings):
            for line in range(int(self._lines[number - 1]) if number else 0, int(self._lines[number])):
                bodies = self._bodies[(int(self._upto[line - 1]) if line else 0) : int(self._upto[line])]
                if stop - start < len(self._norms):
                    bodies = bodies[slice(*np.searchsorted(bodies, [start, stop]))]
                at = bodies.astype(np.intp)
                weights = weight_of(self._times[line : line + 1]) * rarity / self._norms[at]
                at -= start
                for place, weight in asked:
                    np.add.at(sums[place], at, weights * weight)
        return sums

    def _asked(self, spellings: Sequence[str]) -> Iterator[tuple[int, float, list[tuple[int, float]]]]:
        """Each gram that stands in a spelling and in some body, in order.

        Its number, how rare it is, and what it weighs in each spelling, by place.
        """
        counted = [Counter(gram for word in words_in(spelling) for gram in grams_of(word)) for spelling in spellings]
        known = self._known(sorted(set().union(*counted)))
        rarity = self._rarity(known)
        weights = [_unit({gram: times[gram] for gram in known if gram in times}, rarity) for times in counted]
        for gram, number in known.items():
            yield number, rarity[gram], [(place, of[gram]) for place, of in enumerate(weights) if gram in of]

    def _known(self, grams: Sequence[str]) -> dict[str, int]:
        """The numbers of those grams that some body has."""
        places = [(gram, self._grams.first(gram)) for gram in grams]
        there = [(gram, at) for gram, at in places if at < len(self._grams) and self._grams[at] == gram]
        return {gram: int(self._numbers[at]) for gram, at in there}

    def _rarity(self, known: Mapping[str, int]) -> dict[str, float]:
        """How rare each gram is."""
        bounds = [
            (int(self._lines[number - 1]) if number else 0, int(self._lines[number])) for number in known.values()
        ]
        holding = [int(self._upto[end - 1]) - (int(self._upto[first - 1]) if first else 0) for first, end in bounds]
        rarity = rarity_of(np.array(holding, dtype=np.int64), len(self._norms))
        return dict(zip(known, rarity.tolist(), strict=True))


def _unit(times: Mapping[str, int], rarity: Mapping[str, float]) -> dict[str, float]:
    """What grams weigh in a spelling, as a vector of length one. Squares are added up in the order of the grams."""
    weights = weight_of(np.array(list(times.values()), dtype=np.int64)) * np.array([rarity[gram] for gram in times])
    squares = 0.0
    for weight in weights.tolist():
        squares += weight * weight
    return dict(zip(times, (weights / sqrt(squares or 1.0)).tolist(), strict=True))


def words_in(body: str) -> list[str]:
    """The words of which grams are made."""
    return body.lower().split()


def grams_of(word: str) -> list[str]:
    """The runs of letters in a word, a space standing for its beginning and its end.

    >>> grams_of("po")
    [' p', 'po', 'o ', ' po', 'po ', ' po ']
    """
    padded = f" {word} "
    return [padded[start : start + size] for size in _LENGTHS for start in range(len(padded) - size + 1)]


def weight_of(times: NDArray[np.generic]) -> Floats:
    """What it weighs that a gram stands in a body so often."""
    return np.log(times.astype(np.float64)) + 1.0


def rarity_of(holding: NDArray[np.generic], bodies: int) -> Floats:
    """What it weighs that so many of all bodies have a gram."""
    return np.log(float(bodies + 1) / (holding.astype(np.float64) + 1.0)) + 1.0
