"""Rows by the words that they are called by: sorted keys, found by halving, so that nobody reads them all to find one.

The keys are numbered as ids are, in sorted runs that need not fit into memory together (`graph.packed.pool`).
"""

import numpy as np

from graph.packed.columns import Parts, Texts
from graph.packed.piles import Pile, Spill
from graph.packed.pool import Targets, number_ids
from graph.packed.tables import grouped

_PAIRS = 1 << 13
"""How many pairs are held before they are put away."""


class Keys:
    """Different keys in order (`texts`), where the rows of each end (`upto`), and the rows, ascending for each key."""

    def __init__(self, parts: Parts) -> None:
        self._texts = Texts(grouped(parts)["texts"])
        self._upto, self._rows = parts["upto"], parts["rows"]

    def rows(self, key: str) -> list[int]:
        """The rows of a key, in order; none where nothing is called so."""
        place = self._texts.first(key)
        if place == len(self._texts) or self._texts[place] != key:
            return []
        start = int(self._upto[place - 1]) if place else 0
        return [int(row) for row in self._rows[start : int(self._upto[place])]]


class KeysInMaking:
    """Keys that grow pair by pair."""

    def __init__(self, spill: Spill | None = None) -> None:
        self._spill = spill
        self._targets = Targets(spill)
        self._held: list[tuple[int, int]] = []
        self._numbers, self._rows = Pile(np.int64, spill), Pile(np.int32, spill)

    def add(self, key: str, row: int) -> None:
        """A key has this row; where it is said twice, it counts once."""
        self._held.append((self._targets[key], row))
        if len(self._held) == _PAIRS:
            self._rest()

    def packed(self) -> dict[str, Pile]:
        """The arrays of `Keys`."""
        self._rest()
        self._targets.put_away()
        texts = number_ids(self._targets.runs(), self._spill)
        different = np.unique((self._targets.final()[self._numbers.array()] << 32) | self._rows.array())
        upto = np.cumsum(np.bincount(different >> 32, minlength=len(texts.named["ends"])), dtype=np.int64)
        rows = Pile.of((different & 0xFFFFFFFF).astype(np.int32))
        return {f"texts.{name}": pile for name, pile in texts.named.items()} | {"upto": Pile.of(upto), "rows": rows}

    def _rest(self) -> None:
        held = np.array(self._held, dtype=np.int64).reshape(-1, 2)
        self._numbers.add(held[:, 0].copy())
        self._rows.add(held[:, 1].astype(np.int32))
        self._held = []
        self._targets.rest()
