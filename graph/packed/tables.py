"""All records of one kind as columns, sorted by id, and the way back to exactly the records they were packed from.

A table is generic over the schema: it holds a column for each declared field, the columns of each record's source, and
the sources of those fields that somebody else than the record's source says.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date as Date  # noqa: N812
from typing import Generic, cast, overload

import numpy as np

from graph.packed.columns import (
    Array,
    Column,
    Dates,
    Ids,
    Ints,
    Links,
    Many,
    Numbers,
    Parted,
    Parts,
    Ranges,
    Texts,
    Value,
)
from ontology.disagreement import Disagreement
from ontology.records import R, Record
from ontology.schema import Field, fields_of
from ontology.values import Range, Source

_SOURCE_WORDS = ("id", "place", "page", "date", "rule")


@dataclass(frozen=True, slots=True)
class Saying(Generic[R]):
    """A fused record, who says each field that its own source does not, and what sources say otherwise."""

    record: R
    said: Mapping[str, Source]
    disagreements: tuple[Disagreement, ...] = ()


class Sources:
    """Who says so, by row."""

    def __init__(self, words: Mapping[str, Texts], premises: Many) -> None:
        self._words, self._premises = words, premises

    @staticmethod
    def pack(values: Sequence[Source]) -> dict[str, Array]:
        """The arrays of these values."""
        words = {name: Texts.pack([getattr(value, name) for value in values]) for name in _SOURCE_WORDS}
        return nested({**words, "premises": Many.pack([value.premises for value in values], Texts.pack)})

    @staticmethod
    def open(parts: Parts) -> "Sources":
        """The inverse of `parts`."""
        named = grouped(parts)
        return Sources({name: Texts(named[name]) for name in _SOURCE_WORDS}, open_many_texts(named["premises"]))

    def __getitem__(self, row: int) -> Source:
        words = self._words
        return Source(
            id=words["id"][row] or "",
            place=words["place"][row] or "",
            page=words["page"][row],
            date=words["date"][row],
            rule=words["rule"][row],
            premises=self._premises[row],
        )

    def parts(self) -> dict[str, Array]:
        """The arrays of each field of a source, the field's name before theirs."""
        return spread({**self._words, "premises": self._premises})


class Table(Generic[R]):
    """The records of one kind. Row n is the n-th record by id; `numbers` are the ids' numbers, sorted."""

    def __init__(
        self, record_type: type[R], ids: Ids, *, numbers: Ints, columns: Mapping[str, Column], sources: Sources,
        said: "Said",
    ) -> None:  # fmt: skip
        self.record_type, self.ids, self.numbers, self.columns = record_type, ids, numbers, columns
        self._sources, self._said = sources, said

    @staticmethod
    def pack(
        record_type: type[R], sayings: Sequence[Saying[R]], number: Mapping[str, int], first_row: int = 0
    ) -> dict[str, Array]:
        """The arrays of these records, which are sorted by id, except for `numbers`; `number` gives each link its own.

        They are the rows from `first_row` on.
        """
        records = [saying.record for saying in sayings]
        columns = {
            field.name: pack_column(field, [getattr(record, field.name) for record in records], number)
            for field in fields_of(record_type)
        }
        sources = Sources.pack([record.source for record in records])
        return nested({**columns, "source": sources, "said": Said.pack([saying.said for saying in sayings], first_row)})

    @staticmethod
    def open(record_type: type[R], parts: Parts, ids: Ids) -> "Table[R]":
        """The inverse of `parts`."""
        named = grouped(parts)
        columns = {field.name: open_column(field, named[field.name], ids) for field in fields_of(record_type)}
        numbers = cast("Ints", parts["numbers"])
        sources, said = Sources.open(named["source"]), Said.open(named["said"])
        return Table(record_type, ids, numbers=numbers, columns=columns, sources=sources, said=said)

    def __len__(self) -> int:
        return len(self.numbers)

    def row(self, number: int | None) -> int | None:
        """The row of the record with this number of an id."""
        if number is None:
            return None
        row = int(np.searchsorted(self.numbers, number))
        return row if row < len(self.numbers) and int(self.numbers[row]) == number else None

    def id(self, row: int) -> str:
        """The id of a row."""
        return self.ids[int(self.numbers[row])]

    def record(self, row: int) -> R:
        """The record of a row, as it was packed."""
        values: dict[str, Value] = {name: column[row] for name, column in self.columns.items()}
        build = cast("Callable[..., R]", self.record_type)
        return build(id=self.id(row), source=self._sources[row], **values)

    def said(self, row: int, field: str) -> Source:
        """Who says a field of a row."""
        return self._said.find(row, field) or self._sources[row]

    def parts(self) -> dict[str, Array]:
        """All arrays by name."""
        return spread({**self.columns, "source": self._sources, "said": self._said}) | {"numbers": self.numbers}


class RecordIds(Sequence[str]):
    """The ids of one kind, sorted, read when asked for."""

    def __init__(self, table: Table[Record]) -> None:
        self._table = table

    def __len__(self) -> int:
        return len(self._table)

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[str, ...]: ...
    def __getitem__(self, place: int | slice) -> str | tuple[str, ...]:
        if isinstance(place, slice):
            return tuple(self._table.id(row) for row in range(len(self))[place])
        return self._table.id(range(len(self))[place])


class Said:
    """Who says a field, where that is not the record's own source: sparse, by row."""

    def __init__(self, rows: Ints, fields: Texts, sources: Sources) -> None:
        self._rows, self._fields, self._sources = rows, fields, sources

    @staticmethod
    def pack(said: Sequence[Mapping[str, Source]], first_row: int = 0) -> dict[str, Array]:
        """The arrays of the sayings of the rows from `first_row` on."""
        flat = [(row, field, by[field]) for row, by in enumerate(said, first_row) for field in sorted(by)]
        rows = np.array([row for row, _, _ in flat], dtype=np.int64)
        fields = Texts.pack([field for _, field, _ in flat])
        return nested({"fields": fields, "by": Sources.pack([source for _, _, source in flat])}) | {"rows": rows}

    @staticmethod
    def open(parts: Parts) -> "Said":
        """The inverse of `parts`."""
        named = grouped(parts)
        return Said(cast("Ints", parts["rows"]), Texts(named["fields"]), Sources.open(named["by"]))

    def find(self, row: int, field: str) -> Source | None:
        """Who says this field of this row, where it is not the record's own source."""
        start, end = (int(place) for place in np.searchsorted(self._rows, [row, row + 1]))
        return next((self._sources[place] for place in range(start, end) if self._fields[place] == field), None)

    def parts(self) -> dict[str, Array]:
        """`rows`, and the arrays of the fields and sources."""
        return spread({"fields": self._fields, "by": self._sources}) | {"rows": self._rows}


def pack_column(field: Field, values: Sequence[object], number: Mapping[str, int]) -> dict[str, Array]:
    """The arrays of a field's values, as its declaration says."""
    match field.kind, field.many:
        case "text", False:
            return Texts.pack(cast("Sequence[str | None]", values))
        case "text", True:
            return Many.pack(cast("Sequence[tuple[str, ...]]", values), Texts.pack)
        case "number", _:
            return Numbers.pack(cast("Sequence[int | None]", values))
        case "date", _:
            return Dates.pack(cast("Sequence[Date | None]", values))
        case "link", _:
            return Links.pack(cast("Sequence[str | None]", values), number)
        case "range", _:
            return Ranges.pack(cast("Sequence[Range | None]", values))
        case _:
            return Many.pack(cast("Sequence[tuple[str, ...]]", values), lambda items: Links.pack(items, number))


def open_column(field: Field, parts: Parts, ids: Ids) -> Column:
    """The inverse of a column's `parts`."""
    match field.kind, field.many:
        case "text", False:
            return Texts(parts)
        case "text", True:
            return open_many_texts(parts)
        case "number", _:
            return Numbers(parts)
        case "date", _:
            return Dates(parts)
        case "link", _:
            return Links(parts, ids)
        case "range", _:
            return Ranges(parts)
        case _:
            return Many(parts["upto"], Links(grouped(parts)["item"], ids))


def open_many_texts(parts: Parts) -> Many:
    """The inverse of the `parts` of many texts."""
    return Many(parts["upto"], Texts(grouped(parts)["item"]))


def grouped(parts: Parts) -> dict[str, dict[str, Array]]:
    """The arrays by what stands before the first dot of their names, without that: the inverse of `nested`."""
    groups: dict[str, dict[str, Array]] = {}
    for name, array in parts.items():
        group, dot, rest = name.partition(".")
        if dot:
            groups.setdefault(group, {})[rest] = array
    return groups


def nested(packed: Mapping[str, Parts]) -> dict[str, Array]:
    """The arrays of several things, each thing's name before theirs."""
    return {f"{name}.{key}": array for name, parts in packed.items() for key, array in parts.items()}


def spread(columns: Mapping[str, Parted]) -> dict[str, Array]:
    """The arrays of several columns, each column's name before theirs."""
    return nested({name: column.parts() for name, column in columns.items()})
