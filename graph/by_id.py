"""Every record of the catalogue by its id, present or renamed, and who says what of it.

Records are made from the columns when first asked for, and remembered. Nothing here knows what a record means: `Index`
adds the look-ups that do.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import cast

from graph.packed.frozen import Frozen
from graph.packed.remarks import Dangling, read_dangling, read_disagreement
from graph.packed.tables import RecordIds
from ontology.disagreement import Disagreement
from ontology.errors import UnknownId
from ontology.records import Forwarding, R, Record, kind_of
from ontology.values import Source, SourceInfo, Voice

_REMEMBERED = 200_000


class ById:
    """The records of one revision. Look-ups are pure and answer in the order of ids."""

    def __init__(self, frozen: Frozen) -> None:
        self.frozen = frozen
        self.revision: str = frozen.revision
        self.sources: tuple[SourceInfo, ...] = frozen.sources
        self._voices: dict[str, Voice] = {info.id: info.voice for info in frozen.sources}
        self._remembered = lru_cache(maxsize=_REMEMBERED)(self._make)
        self._number = lru_cache(maxsize=_REMEMBERED)(frozen.ids.find)
        self._there = lru_cache(maxsize=_REMEMBERED)(self._find_row)
        self._found_pointing = lru_cache(maxsize=_REMEMBERED)(self._find_pointing)

    def ids(self, record_type: type[Record]) -> Sequence[str]:
        """All ids of a kind, sorted."""
        return RecordIds(self.frozen.table(record_type))

    def find(self, record_type: type[R], id_: str) -> R | None:
        """The record with this id, or the one that a renamed id leads to."""
        row = self._row(record_type, id_)
        return None if row is None else self._at(record_type, row)

    def record(self, record_type: type[R], id_: str) -> R:
        """Like `find`. Raises `UnknownId` where there is none."""
        found = self.find(record_type, id_)
        if found is None:
            raise UnknownId(kind_of(record_type), id_)
        return found

    def present_id(self, id_: str) -> str:
        """The id that a renamed one leads to; any other id, and one renamed in a circle, is its own."""
        table, at, seen = self.frozen.table(Forwarding), id_, {id_}
        while (row := table.row(self._number(at))) is not None:
            at = cast("str", table.columns["to"][row])
            if at in seen:
                return id_
            seen.add(at)
        return at

    def said(self, id_: str, field: str) -> Source:
        """Who says the value of a field; the record's own source where nobody else does. Raises `UnknownId`."""
        number = self._number(self.present_id(id_))
        for table in self.frozen.tables.values():
            row = table.row(number)
            if row is not None and table.record_type is not Forwarding:
                return table.said(row, field)
        raise UnknownId("record", id_)

    def voice(self, source_id: str) -> Voice:
        """Who speaks in a source; one that is not listed speaks as others."""
        return self._voices.get(source_id, "others")

    def disagreements(self, id_: str) -> tuple[Disagreement, ...]:
        """What sources say otherwise of this record, by field."""
        return tuple(read_disagreement(row) for row in self.frozen.disagreed.about(self.present_id(id_)))

    @property
    def dangling(self) -> tuple[Dangling, ...]:
        """Every link that leads nowhere, with who says so."""
        return tuple(read_dangling(self.frozen.dangled[row]) for row in range(len(self.frozen.dangled)))

    def _make(self, kind: str, row: int) -> Record:
        return self.frozen.tables[kind].record(row)

    def _at(self, record_type: type[R], row: int) -> R:
        return cast("R", self._remembered(kind_of(record_type), row))

    def _row(self, record_type: type[Record], id_: str) -> int | None:
        return self._there(kind_of(record_type), id_)

    def _find_row(self, kind: str, id_: str) -> int | None:
        table = self.frozen.tables[kind]
        row = table.row(self._number(id_))
        return table.row(self._number(self.present_id(id_))) if row is None else row

    def _some(self, record_type: type[R], ids: set[str]) -> tuple[R, ...]:
        found = (self.find(record_type, id_) for id_ in sorted(ids))
        return tuple(record for record in found if record is not None)

    def _pointing(self, record_type: type[R], field: str, id_: str) -> tuple[R, ...]:
        return cast("tuple[R, ...]", self._found_pointing(kind_of(record_type), field, id_))

    def _find_pointing(self, kind: str, field: str, id_: str) -> tuple[Record, ...]:
        rows = self.frozen.postings[kind, field].rows(self._number(self.present_id(id_)))
        return tuple(self._remembered(kind, row) for row in rows.tolist())
