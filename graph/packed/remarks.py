"""Notes about fields of records: what sources say otherwise, and which links lead nowhere.

There may be few or as many as there are records, so they are arrays like the records themselves.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date as Date  # noqa: N812
from typing import TypeAlias

from graph.packed.columns import Array, Parts, Texts
from graph.packed.tables import Sources, grouped, nested, spread
from ontology.disagreement import Disagreement
from ontology.records import KINDS
from ontology.schema import fields_of
from ontology.values import Range, Source

Remark: TypeAlias = tuple[str, str, str, str, Source]
"""Kind, id, field, words, and who says so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dangling:
    """A link of the record (`kind`, `id`) to a thing that nobody describes; `source` says so."""

    kind: str
    id: str
    field: str
    target: str
    source: Source


class Remarks:
    """The remarks of a whole catalogue, sorted by id and kind."""

    _WORDS = ("kind", "id", "field", "words")

    def __init__(self, texts: Mapping[str, Texts], sources: Sources) -> None:
        self._texts, self._sources = texts, sources

    @staticmethod
    def pack(rows: Sequence[Remark]) -> dict[str, Array]:
        """The arrays of these remarks, which are in order."""
        texts = {name: Texts.pack([str(row[at]) for row in rows]) for at, name in enumerate(Remarks._WORDS)}
        return nested({**texts, "source": Sources.pack([row[4] for row in rows])})

    @staticmethod
    def open(parts: Parts) -> "Remarks":
        """The inverse of `parts`."""
        named = grouped(parts)
        return Remarks({name: Texts(named[name]) for name in Remarks._WORDS}, Sources.open(named["source"]))

    def __len__(self) -> int:
        return len(self._texts["id"])

    def __getitem__(self, row: int) -> Remark:
        kind, id_, field, words = (self._texts[name][row] or "" for name in self._WORDS)
        return kind, id_, field, words, self._sources[row]

    def about(self, id_: str) -> Iterator[Remark]:
        """The remarks about one id."""
        ids = self._texts["id"]
        row = ids.first(id_)
        while row < len(ids) and ids[row] == id_:
            yield self[row]
            row += 1

    def parts(self) -> dict[str, Array]:
        """The arrays of each word and of the sources."""
        return spread({**self._texts, "source": self._sources})


NO_REMARKS = Remarks.pack(())
"""The arrays of no remarks at all."""


def remark_of(disagreement: Disagreement) -> Remark:
    """A disagreement as the remark that it is packed as."""
    return (
        disagreement.kind, disagreement.id, disagreement.field, _write(disagreement.value), disagreement.source,
    )  # fmt: skip


def read_disagreement(row: Remark) -> Disagreement:
    """A remark as the disagreement it was packed from."""
    kind, id_, field, words, source = row
    return Disagreement(kind=kind, id=id_, field=field, value=_read(kind, field, words), source=source)


def read_dangling(row: Remark) -> Dangling:
    """A remark as the link that leads nowhere that it was packed from."""
    kind, id_, field, target, source = row
    return Dangling(kind=kind, id=id_, field=field, target=target, source=source)


def _write(value: str | int | Date | Range) -> str:
    if isinstance(value, Range):
        return json.dumps([value.low, value.high])
    return value.isoformat() if isinstance(value, Date) else str(value)


def _read(kind: str, field: str, words: str) -> str | int | Date | Range:
    match next(declared.kind for declared in fields_of(KINDS[kind]) if declared.name == field):
        case "number":
            return int(words)
        case "date":
            return Date.fromisoformat(words)
        case "range":
            low, high = json.loads(words)
            return Range(low, high)
        case _:
            return words
