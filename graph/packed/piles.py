"""Arrays that grow at their ends and need not fit into memory: an index is made of them while records stream by.

A `Pile` keeps what was added last in memory. Where it has a file, it moves there whatever goes beyond a small limit, so
the memory of a build hangs on how many columns there are, not on how many records.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from numpy.typing import DTypeLike

from graph.packed.columns import Array, Parts
from ontology.errors import IndexNotSaved

_KEPT = 1 << 16
"""Bytes that a pile with a file keeps in memory at most, when it is left alone."""

_PIECE = 1 << 20
"""Bytes in which a pile is read from its end to its beginning."""

COUNTING_ON = frozenset({"ends", "upto"})
"""The names of arrays that say where something ends: what is added to them counts on from what is there."""


class Spill:
    """A folder for piles that outgrow memory; each gets a file of its own, and whoever made the folder deletes it.

    `saved_in` is where the index will be saved, as an error names it.
    """

    def __init__(self, folder: Path, saved_in: Path) -> None:
        self.folder, self.saved_in = folder, saved_in
        self._files = 0

    def file(self) -> Path:
        """A file that no other pile has."""
        self._files += 1
        return self.folder / str(self._files)

    def clear(self) -> None:
        """Delete the files; the piles they belong to must not be read any more."""
        for file in self.folder.iterdir():
            file.unlink()


class Pile:
    """One array that grows."""

    def __init__(self, dtype: DTypeLike, spill: Spill | None = None) -> None:
        self.dtype = np.dtype(dtype)
        self._spill = spill
        self._file: Path | None = None
        self._kept: list[Array] = []
        self._kept_bytes = self._length = 0

    @staticmethod
    def of(array: Array) -> "Pile":
        """A pile of one array."""
        pile = Pile(array.dtype)
        pile.add(array)
        return pile

    def __len__(self) -> int:
        return self._length

    def add(self, array: Array) -> None:
        """Put an array on the pile. Raises `IndexNotSaved` where its file cannot be written."""
        if len(array):
            self._kept.append(array)
            self._length += len(array)
            self._kept_bytes += array.nbytes
            if self._spill is not None and self._kept_bytes > _KEPT:
                self._move(self._spill)

    def read(self, start: int, stop: int) -> Array:
        """The numbers from one place up to another."""
        if self._file is None:
            return self.array()[start:stop]
        self.rest()
        return np.fromfile(self._file, self.dtype, max(0, stop - start), offset=start * self.dtype.itemsize)

    def pieces(self) -> Iterator[Array]:
        """The whole pile from its beginning, in pieces that memory can hold."""
        step = _PIECE // self.dtype.itemsize
        for start in range(0, self._length, step):
            yield self.read(start, min(start + step, self._length))

    def array(self) -> Array:
        """The whole pile: mapped where it has a file, so that it takes memory only while the array is held."""
        if self._file is not None:
            self.rest()
            return np.memmap(self._file, self.dtype, mode="r").view(np.ndarray)
        if len(self._kept) > 1:
            self._kept = [np.concatenate(self._kept)]
        return self._kept[0] if self._kept else np.empty(0, self.dtype)

    def rest(self) -> None:
        """Move what a file has been begun for to that file."""
        if self._file is not None and self._spill is not None and self._kept:
            self._move(self._spill)

    def _move(self, spill: Spill) -> None:
        self._file = self._file or spill.file()
        with cannot_save(spill.saved_in), self._file.open("ab") as file:
            for array in self._kept:
                file.write(np.ascontiguousarray(array).data)
        self._kept, self._kept_bytes = [], 0


class Piles:
    """Piles by name, made when something is first put on them."""

    def __init__(self, spill: Spill | None = None) -> None:
        self.spill = spill
        self.named: dict[str, Pile] = {}
        self._last: dict[str, int] = {}

    def add(self, parts: Parts) -> None:
        """Put each array on the pile of its name; those that say where something ends count on."""
        for name, array in parts.items():
            pile = self.named.get(name)
            if pile is None:
                pile = self.named[name] = Pile(array.dtype, self.spill)
            if name.rpartition(".")[2] in COUNTING_ON and len(array):
                counted = array.astype(np.int64) + self._last.get(name, 0)
                self._last[name] = int(counted[-1])
                pile.add(counted)
            else:
                pile.add(array)

    def arrays(self) -> dict[str, Array]:
        """The arrays of the piles, by name."""
        return {name: pile.array() for name, pile in self.named.items()}

    def rest(self) -> None:
        """Move what files have been begun for to those files."""
        for pile in self.named.values():
            pile.rest()


@contextmanager
def cannot_save(folder: Path) -> Iterator[None]:
    """Say of which folder it is that it cannot be written."""
    try:
        yield
    except OSError as error:
        raise IndexNotSaved(str(folder), error.strerror or os.strerror(error.errno or 0)) from error
