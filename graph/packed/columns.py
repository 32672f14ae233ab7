"""How a field of many records lies in memory: one frozen numpy column per field, so that millions open in a blink.

Every column follows from the field's declaration in `ontology.schema`, so a new record kind needs no line here
(decision 0020). A column is a bundle of named arrays (`parts`) and gives back, by row, exactly the value it was
packed from. Values are packed a few thousand rows at a time (`pack`), and `graph.packed.piles` puts the arrays end to
end:

| kind    | arrays |
|---------|--------|
| text    | `blob` (all words as UTF-8), `ends` (where each value ends), `known` |
| number  | `values` (int64), `known` |
| date    | `days` (ordinal of the proleptic calendar, 0 where unknown) |
| link    | `ids` (number of the id, -1 where unknown) |
| range   | `low`, `high` (int64), `known` |
| many    | `upto` (where each row's items end), and the arrays of a text or link column of the items as `item.*` |
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date as Date  # noqa: N812
from itertools import pairwise
from typing import Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from ontology.errors import BadValue
from ontology.values import Range

Array: TypeAlias = NDArray[np.generic]
Ints: TypeAlias = NDArray[np.int64]
Value: TypeAlias = str | int | Date | Range | tuple[str, ...] | None
Parts: TypeAlias = Mapping[str, NDArray[np.generic]]


class Parted(Protocol):
    """Whatever is held in arrays."""

    def parts(self) -> dict[str, Array]:
        """The arrays that hold it, by name."""
        ...


class Column(Parted, Protocol):
    """The values of one field, by row."""

    def __getitem__(self, row: int) -> Value: ...


class Texts:
    """Words by row; `None` is kept apart from no words."""

    def __init__(self, parts: Parts) -> None:
        self.blob, self.ends, self.known = parts["blob"], parts["ends"], parts["known"]

    @staticmethod
    def pack(values: Sequence[str | None]) -> dict[str, Array]:
        """The arrays of these values."""
        words = [value or "" for value in values]
        joined = "".join(words)
        lengths: Iterable[int] = map(len, words)
        if joined.isascii():
            blob = joined.encode()
        else:
            coded = [word.encode("utf-8", "surrogatepass") for word in words]
            blob, lengths = b"".join(coded), map(len, coded)
        return {
            "blob": np.frombuffer(blob, dtype=np.uint8),
            "ends": np.cumsum(np.fromiter(lengths, np.int64, len(words)), dtype=np.int64),
            "known": _known(values),
        }

    def __len__(self) -> int:
        return len(self.ends)

    def raw(self, row: int) -> bytes:
        """The UTF-8 bytes of a row, whose order is the order of the words."""
        return self.blob[(int(self.ends[row - 1]) if row else 0) : int(self.ends[row])].tobytes()

    def between(self, start: int, stop: int) -> list[str | None]:
        """The values of the rows from one up to another, read at once."""
        ends = self.ends[start:stop].tolist()
        begin = int(self.ends[start - 1]) if start else 0
        raw = self.blob[begin : ends[-1] if ends else begin].tobytes()
        words = (raw[one - begin : other - begin] for one, other in pairwise([begin, *ends]))
        known = self.known[start:stop].tolist()
        return [
            word.decode("utf-8", "surrogatepass") if there else None for word, there in zip(words, known, strict=True)
        ]

    def first(self, words: str) -> int:
        """Where these words stand or would stand, if the values are sorted: found by halving."""
        wanted, low, high = words.encode("utf-8", "surrogatepass"), 0, len(self)
        while low < high:
            middle = (low + high) // 2
            low, high = (middle + 1, high) if self.raw(middle) < wanted else (low, middle)
        return low

    def __getitem__(self, row: int) -> str | None:
        return self.raw(row).decode("utf-8", "surrogatepass") if self.known[row] else None

    def parts(self) -> dict[str, Array]:
        """`blob`, `ends`, `known`."""
        return {"blob": self.blob, "ends": self.ends, "known": self.known}


class Ids:
    """Every id of an index, sorted and numbered from 0; links are these numbers."""

    def __init__(self, texts: Texts) -> None:
        self.texts = texts

    def __len__(self) -> int:
        return len(self.texts)

    def __getitem__(self, number: int) -> str:
        return self.texts.raw(number).decode("utf-8", "surrogatepass")

    def find(self, id_: str) -> int | None:
        """The number of an id."""
        number = self.texts.first(id_)
        return number if number < len(self) and self.texts[number] == id_ else None


class Numbers:
    """Whole numbers by row, each known or not."""

    def __init__(self, parts: Parts) -> None:
        self.values, self.known = parts["values"], parts["known"]

    @staticmethod
    def pack(values: Sequence[int | None]) -> dict[str, Array]:
        """The arrays of these values. Raises `BadValue` for one that 64 bits cannot hold."""
        return {"values": _whole([v or 0 for v in values]), "known": _known(values)}

    def __getitem__(self, row: int) -> int | None:
        return int(self.values[row]) if self.known[row] else None

    def parts(self) -> dict[str, Array]:
        """`values`, `known`."""
        return {"values": self.values, "known": self.known}


class Dates:
    """Days by row."""

    def __init__(self, parts: Parts) -> None:
        self.days = parts["days"]

    @staticmethod
    def pack(values: Sequence[Date | None]) -> dict[str, Array]:
        """The arrays of these values."""
        return {"days": np.array([v.toordinal() if v else 0 for v in values], dtype=np.int32)}

    def __getitem__(self, row: int) -> Date | None:
        day = int(self.days[row])
        return Date.fromordinal(day) if day else None

    def parts(self) -> dict[str, Array]:
        """`days`."""
        return {"days": self.days}


class Links:
    """Ids by row, as numbers in `Ids`."""

    def __init__(self, parts: Parts, ids: Ids) -> None:
        self.numbers, self.ids = parts["ids"].view(), ids

    @staticmethod
    def pack(values: Sequence[str | None], number: Mapping[str, int]) -> dict[str, Array]:
        """The arrays of these values; `number` gives each id its number."""
        numbers = (-1 if value is None else number[value] for value in values)
        return {"ids": np.fromiter(numbers, np.int64, len(values))}

    def __getitem__(self, row: int) -> str | None:
        number = int(self.numbers[row])
        return None if number < 0 else self.ids[number]

    def parts(self) -> dict[str, Array]:
        """`ids`."""
        return {"ids": self.numbers}


class Ranges:
    """Ranges by row."""

    def __init__(self, parts: Parts) -> None:
        self.low, self.high, self.known = parts["low"], parts["high"], parts["known"]

    @staticmethod
    def pack(values: Sequence[Range | None]) -> dict[str, Array]:
        """The arrays of these values. Raises `BadValue` for an end that 64 bits cannot hold."""
        low, high = _whole([v.low if v else 0 for v in values]), _whole([v.high if v else 0 for v in values])
        return {"low": low, "high": high, "known": _known(values)}

    def __getitem__(self, row: int) -> Range | None:
        return Range(int(self.low[row]), int(self.high[row])) if self.known[row] else None

    def parts(self) -> dict[str, Array]:
        """`low`, `high`, `known`."""
        return {"low": self.low, "high": self.high, "known": self.known}


class Many:
    """Several texts or ids by row, in compressed rows."""

    def __init__(self, upto: Array, items: Texts | Links) -> None:
        self.upto, self.items = upto, items

    @staticmethod
    def pack(values: Sequence[tuple[str, ...]], pack_items: Callable[[Sequence[str]], Parts]) -> dict[str, Array]:
        """The arrays of these tuples, their items packed by `pack_items`."""
        upto = np.cumsum(np.fromiter(map(len, values), np.int64, len(values)), dtype=np.int64)
        items = pack_items([item for value in values for item in value])
        return {"upto": upto} | {f"item.{name}": array for name, array in items.items()}

    def __getitem__(self, row: int) -> tuple[str, ...]:
        start = int(self.upto[row - 1]) if row else 0
        return tuple(str(self.items[item]) for item in range(start, int(self.upto[row])))

    def parts(self) -> dict[str, Array]:
        """`upto`, and the arrays of the items."""
        return {"upto": self.upto} | {f"item.{name}": array for name, array in self.items.parts().items()}


class Postings:
    """Rows by the id they point to: sorted `keys` (numbers of ids), where each key's rows end, and the rows, sorted."""

    def __init__(self, parts: Parts) -> None:
        self.keys, self.upto, self.rows_ = parts["keys"], parts["upto"], parts["rows"]

    @staticmethod
    def pack(numbers: Ints, rows: Ints) -> dict[str, Array]:
        """The arrays of pairs of a number and a row; the rows ascend."""
        order = np.argsort(numbers, kind="stable")
        keys, counts = np.unique(numbers, return_counts=True)
        return {"keys": keys, "upto": np.cumsum(counts, dtype=np.int64), "rows": rows[order]}

    def rows(self, number: int | None) -> Ints:
        """The rows that point to an id, in order; none where nobody does."""
        if number is not None:
            place = int(np.searchsorted(self.keys, number))
            if place < len(self.keys) and int(self.keys[place]) == number:
                return self.rows_[(int(self.upto[place - 1]) if place else 0) : int(self.upto[place])].astype(np.int64)
        return np.empty(0, dtype=np.int64)

    def parts(self) -> dict[str, Array]:
        """`keys`, `upto`, `rows`."""
        return {"keys": self.keys, "upto": self.upto, "rows": self.rows_}


def _known(values: Sequence[object]) -> Array:
    return np.fromiter((value is not None for value in values), np.bool_, len(values))


def _whole(values: Sequence[int]) -> Ints:
    try:
        return np.array(values, dtype=np.int64)
    except OverflowError:
        biggest = max(values, key=abs)
        raise BadValue(f"{biggest} is too big a number: an index holds whole numbers of 64 bits") from None
