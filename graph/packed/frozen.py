"""Everything an index looks things up in, as one frozen bundle of arrays: made by `graph.build`, read by `graph.index`.

The bundle knows no domain question. It holds a table for every kind of record, for every link field the rows by what
they point to, and the two lists of remarks: what sources disagree on, and which links lead nowhere.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date as Date  # noqa: N812
from typing import cast

import numpy as np

from graph.packed.columns import Array, Ids, Links, Many, Parts, Postings, Texts
from graph.packed.tables import Saying, Sources, Table, spread, under
from ontology.disagreement import Disagreement
from ontology.records import KINDS, R, Record, kind_of
from ontology.schema import fields_of, link_fields_of
from ontology.values import Range, Source, SourceInfo


@dataclass(frozen=True, slots=True, kw_only=True)
class Dangling:
    """A link of the record (`kind`, `id`) to a thing that nobody describes; `source` says so."""

    kind: str
    id: str
    field: str
    target: str
    source: Source


class Remarks:
    """Notes about fields of records: kind, id, field, words, and who says so.

    They are sorted by id and kind; those about one record stay in the order in which they are given.
    """

    _WORDS = ("kind", "id", "field", "words")

    def __init__(self, texts: Mapping[str, Texts], sources: Sources) -> None:
        self._texts, self._sources = texts, sources

    @staticmethod
    def pack(rows: Iterable[tuple[str, str, str, str, Source]]) -> "Remarks":
        """Remarks of (kind, id, field, words, source)."""
        ordered = sorted(rows, key=lambda row: (row[1], row[0]))
        texts = {name: Texts.pack([str(row[at]) for row in ordered]) for at, name in enumerate(Remarks._WORDS)}
        return Remarks(texts, Sources.pack([row[4] for row in ordered]))

    @staticmethod
    def open(parts: Parts) -> "Remarks":
        """The inverse of `parts`."""
        return Remarks(
            {name: Texts(under(parts, name)) for name in Remarks._WORDS}, Sources.open(under(parts, "source"))
        )

    def __len__(self) -> int:
        return len(self._texts["id"])

    def __getitem__(self, row: int) -> tuple[str, str, str, str, Source]:
        kind, id_, field, words = (self._texts[name][row] or "" for name in self._WORDS)
        return kind, id_, field, words, self._sources[row]

    def about(self, id_: str) -> Iterator[tuple[str, str, str, str, Source]]:
        """The remarks about one id."""
        ids = self._texts["id"]
        row = ids.first(id_)
        while row < len(ids) and ids[row] == id_:
            yield self[row]
            row += 1

    def parts(self) -> dict[str, Array]:
        """The arrays of each word and of the sources."""
        return spread({**self._texts, "source": self._sources})


@dataclass(frozen=True)
class Frozen:
    """One revision of the whole catalogue. `postings` are by (kind, field) and leave out what dangles."""

    revision: str
    sources: tuple[SourceInfo, ...]
    ids: Ids
    tables: Mapping[str, Table[Record]]
    postings: Mapping[tuple[str, str], Postings]
    disagreed: Remarks
    dangled: Remarks

    def table(self, record_type: type[R]) -> Table[R]:
        """The table of a kind of record."""
        return cast("Table[R]", self.tables[kind_of(record_type)])

    def parts(self) -> dict[str, Array]:
        """All arrays by name."""
        named = spread({f"postings.{kind}.{field}": posting for (kind, field), posting in self.postings.items()})
        for name, part in (("ids", self.ids.texts), ("disagreed", self.disagreed), ("dangled", self.dangled)):
            named |= {f"{name}.{key}": array for key, array in part.parts().items()}
        for kind, table in self.tables.items():
            named |= {f"table.{kind}.{key}": array for key, array in table.parts().items()}
        return named

    @staticmethod
    def open(revision: str, sources: tuple[SourceInfo, ...], parts: Parts) -> "Frozen":
        """The inverse of `parts`."""
        ids = Ids(Texts(under(parts, "ids")))
        tables, postings = under(parts, "table"), under(parts, "postings")
        return Frozen(
            revision,
            sources,
            ids,
            {kind: Table.open(KINDS[kind], under(tables, kind), ids) for kind in KINDS},
            {key: Postings(under(postings, ".".join(key))) for key in link_fields()},
            Remarks.open(under(parts, "disagreed")),
            Remarks.open(under(parts, "dangled")),
        )


def freeze(
    revision: str,
    sources: Sequence[SourceInfo],
    sayings: Mapping[type[Record], Sequence[Saying[Record]]],
    disagreements: Iterable[Disagreement],
    dangling: Sequence[Dangling],
) -> Frozen:
    """The bundle of these fused records. The order in which anything is given makes no difference."""
    ids, number = Ids.pack(_all_ids(sayings))
    tables = {
        kind: Table.pack(kind_type, sorted(sayings.get(kind_type, ()), key=lambda s: s.record.id), ids, number)
        for kind, kind_type in KINDS.items()
    }
    left_out = _left_out(tables, dangling)
    return Frozen(
        revision,
        tuple(sorted(sources, key=lambda info: info.id)),
        ids,
        tables,
        {key: _postings(tables[key[0]], key[1], left_out) for key in link_fields()},
        Remarks.pack((d.kind, d.id, d.field, _write(d.value), d.source) for d in disagreements),
        Remarks.pack((d.kind, d.id, d.field, d.target, d.source) for d in dangling),
    )


def link_fields() -> tuple[tuple[str, str], ...]:
    """Every (kind, field) that holds a link or links."""
    return tuple((kind, field.name) for kind, kind_type in KINDS.items() for field in link_fields_of(kind_type))


def read_disagreement(row: tuple[str, str, str, str, Source]) -> Disagreement:
    """A remark as the disagreement it was packed from."""
    kind, id_, field, words, source = row
    return Disagreement(kind=kind, id=id_, field=field, value=_read(kind, field, words), source=source)


def read_dangling(row: tuple[str, str, str, str, Source]) -> Dangling:
    """A remark as the link that leads nowhere that it was packed from."""
    kind, id_, field, target, source = row
    return Dangling(kind=kind, id=id_, field=field, target=target, source=source)


def _all_ids(sayings: Mapping[type[Record], Sequence[Saying[Record]]]) -> list[str]:
    found: set[str] = set()
    for record_type, said in sayings.items():
        found.update(saying.record.id for saying in said)
        for field in link_fields_of(record_type):
            if not field.many:
                found.update(getattr(saying.record, field.name) for saying in said)
            else:
                for saying in said:
                    found.update(getattr(saying.record, field.name))
    found.discard(cast("str", None))
    return sorted(found)


def _left_out(
    tables: Mapping[str, Table[Record]], dangling: Sequence[Dangling]
) -> dict[tuple[str, str], set[tuple[int, int | None]]]:
    """By (kind, field) the (row, target) pairs that no look-up may see.

    A record whose required link leads nowhere is seen by none; another only not by way of the link that leads nowhere.
    """
    out: dict[tuple[str, str], set[tuple[int, int | None]]] = {}
    for entry in dangling:
        table = tables[entry.kind]
        row = table.row(table.ids.find(entry.id))
        if row is None:
            continue
        links = link_fields_of(table.record_type)
        if any(field.name == entry.field and field.required for field in links):
            for field in links:
                out.setdefault((entry.kind, field.name), set()).add((row, None))
        else:
            out.setdefault((entry.kind, entry.field), set()).add((row, table.ids.find(entry.target)))
    return out


def _postings(
    table: Table[Record], field: str, left_out: Mapping[tuple[str, str], set[tuple[int, int | None]]]
) -> Postings:
    column = table.columns[field]
    if isinstance(column, Many):
        counts = np.diff(np.concatenate([np.zeros(1, dtype=np.int64), column.upto.astype(np.int64)]))
        rows, targets = np.repeat(np.arange(len(table)), counts), cast("Links", column.items).numbers.astype(np.int64)
    else:
        targets = cast("Links", column).numbers.astype(np.int64)
        rows = np.arange(len(table))
    keep = targets >= 0
    out = left_out.get((kind_of(table.record_type), field))
    if out:
        pairs = zip(rows.tolist(), targets.tolist(), strict=True)
        keep &= np.array([(row, None) not in out and (row, target) not in out for row, target in pairs], dtype=np.bool_)
    return Postings.pack(targets[keep], rows[keep].astype(np.int64))


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
