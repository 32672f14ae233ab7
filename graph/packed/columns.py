"""How a field of many records lies in memory: one frozen numpy column per field, so that millions open in a blink.

Every column follows from the field's declaration in `ontology.schema`, so a new record kind needs no line here
(decision 0020). A column is a bundle of named arrays (`parts`) and gives back, by row, exactly the value it was
packed from:

| kind    | arrays |
|---------|--------|
| text    | `blob` (all words as UTF-8), `ends` (where each value ends), `known` |
| number  | `values` (int64), `known` |
| date    | `days` (ordinal of the proleptic calendar, 0 where unknown) |
| link    | `ids` (number of the id, -1 where unknown) |
| range   | `low`, `high` (int64), `known` |
| many    | `upto` (where each row's items end), and the arrays of a text or link column of the items as `item.*` |
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date as Date  # noqa: N812
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
    def pack(values: Sequence[str | None]) -> "Texts":
        """Texts of these values."""
        coded = [(value or "").encode("utf-8", "surrogatepass") for value in values]
        blob = np.frombuffer(b"".join(coded), dtype=np.uint8)
        ends = np.cumsum([len(word) for word in coded], dtype=np.int64)
        return Texts({"blob": blob, "ends": ends, "known": np.array([v is not None for v in values], dtype=np.bool_)})

    def __len__(self) -> int:
        return len(self.ends)

    def raw(self, row: int) -> bytes:
        """The UTF-8 bytes of a row, whose order is the order of the words."""
        return self.blob[(int(self.ends[row - 1]) if row else 0) : int(self.ends[row])].tobytes()

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

    @staticmethod
    def pack(ids: Sequence[str]) -> tuple["Ids", dict[str, int]]:
        """Ids of a sorted sequence without repeats, and the number of each."""
        return Ids(Texts.pack(ids)), {id_: number for number, id_ in enumerate(ids)}

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
    def pack(values: Sequence[int | None]) -> "Numbers":
        """Numbers of these values. Raises `BadValue` for one that 64 bits cannot hold."""
        return Numbers(
            {
                "values": _whole([v or 0 for v in values]),
                "known": np.array([v is not None for v in values], dtype=np.bool_),
            }
        )

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
    def pack(values: Sequence[Date | None]) -> "Dates":
        """Dates of these values."""
        return Dates({"days": np.array([v.toordinal() if v else 0 for v in values], dtype=np.int32)})

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
    def pack(values: Sequence[str | None], ids: Ids, number: Mapping[str, int]) -> "Links":
        """Links of these values."""
        return Links({"ids": np.array([-1 if v is None else number[v] for v in values], dtype=np.int64)}, ids)

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
    def pack(values: Sequence[Range | None]) -> "Ranges":
        """Ranges of these values. Raises `BadValue` for an end that 64 bits cannot hold."""
        low, high = _whole([v.low if v else 0 for v in values]), _whole([v.high if v else 0 for v in values])
        return Ranges({"low": low, "high": high, "known": np.array([v is not None for v in values], dtype=np.bool_)})

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
    def pack(values: Sequence[tuple[str, ...]], pack_items: Callable[[Sequence[str]], Texts | Links]) -> "Many":
        """Many of these tuples, their items packed by `pack_items`."""
        upto = np.cumsum([len(value) for value in values], dtype=np.int64)
        return Many(upto, pack_items([item for value in values for item in value]))

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
    def pack(numbers: Ints, rows: Ints) -> "Postings":
        """Postings of pairs of a number and a row."""
        order = np.lexsort((rows, numbers))
        keys, counts = np.unique(numbers, return_counts=True)
        return Postings({"keys": keys, "upto": np.cumsum(counts, dtype=np.int64), "rows": rows[order]})

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


def _whole(values: Sequence[int]) -> Ints:
    try:
        return np.array(values, dtype=np.int64)
    except OverflowError:
        biggest = max(values, key=abs)
        raise BadValue(f"{biggest} is too big a number: an index holds whole numbers of 64 bits") from None
