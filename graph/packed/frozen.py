"""Everything an index looks things up in, as one frozen bundle of arrays: made by `graph.build`, read by `graph.index`.

The bundle knows no domain question. It holds a table for every kind of record, for every link field the rows by what
they point to, and the two lists of remarks: what sources disagree on, and which links lead nowhere.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import cast

from graph.packed.columns import Array, Ids, Parts, Postings, Texts
from graph.packed.remarks import Remarks
from graph.packed.tables import Table, grouped, spread
from ontology.records import KINDS, R, Record, kind_of
from ontology.schema import link_fields_of
from ontology.values import SourceInfo


@dataclass(frozen=True)
class Frozen:
    """One revision of the whole catalogue. `postings` are by (kind, field) and leave out what dangles.

    `names` are what `graph.names` looks up, where they were made beforehand.
    """

    revision: str
    sources: tuple[SourceInfo, ...]
    ids: Ids
    tables: Mapping[str, Table[Record]]
    postings: Mapping[tuple[str, str], Postings]
    disagreed: Remarks
    dangled: Remarks
    names: Parts = field(default_factory=dict)

    def table(self, record_type: type[R]) -> Table[R]:
        """The table of a kind of record."""
        return cast("Table[R]", self.tables[kind_of(record_type)])

    def parts(self) -> dict[str, Array]:
        """All arrays by name, but those of names, which follow from them."""
        named = spread({f"postings.{kind}.{field}": posting for (kind, field), posting in self.postings.items()})
        for name, part in (("ids", self.ids.texts), ("disagreed", self.disagreed), ("dangled", self.dangled)):
            named |= {f"{name}.{key}": array for key, array in part.parts().items()}
        for kind, table in self.tables.items():
            named |= {f"table.{kind}.{key}": array for key, array in table.parts().items()}
        return named

    @staticmethod
    def open(revision: str, sources: tuple[SourceInfo, ...], parts: Parts) -> "Frozen":
        """The inverse of `parts`, with the arrays of names if there are any."""
        named = grouped(parts)
        ids, tables = Ids(Texts(named["ids"])), grouped(named["table"])
        postings = {kind: grouped(of_kind) for kind, of_kind in grouped(named["postings"]).items()}
        return Frozen(
            revision,
            sources,
            ids,
            {kind: Table.open(KINDS[kind], tables[kind], ids) for kind in KINDS},
            {(kind, field): Postings(postings[kind][field]) for kind, field in link_fields()},
            Remarks.open(named["disagreed"]),
            Remarks.open(named["dangled"]),
            named.get("names", {}),
        )


def link_fields() -> tuple[tuple[str, str], ...]:
    """Every (kind, field) that holds a link or links."""
    return tuple((kind, field.name) for kind, kind_type in KINDS.items() for field in link_fields_of(kind_type))
