"""All records of one kind as they stream by: packed a few thousand at a time, so that a million need little memory.

Only what is in the batch at hand exists as Python objects. The arrays lie on piles; the ids of the records and those
they link to wait in runs for their numbers (`graph.packed.pool`).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice

from graph.packed.columns import Array
from graph.packed.piles import Piles, Spill
from graph.packed.pool import Run, Targets
from graph.packed.remarks import NO_REMARKS, Remarks, remark_of
from graph.packed.tables import Saying, Table
from ontology.records import KINDS, R, Record, kind_of

_ROWS = 4_096
"""How many records are packed at a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grown:
    """The records of one kind, by id: their arrays under the names of a `Table`, with links by provisional numbers."""

    record_type: type[Record]
    table: Piles
    ids: Run
    targets: Targets
    disagreed: Piles


def grow(record_type: type[R], sayings: Iterable[Saying[R]], *, spill: Spill | None = None) -> Grown:
    """Pack the records of one kind, which come in the order of their ids."""
    table, disagreed, ids, targets = Piles(spill), Piles(spill), Run(spill), Targets(spill)
    table.add(_no_records(kind_of(record_type)))
    disagreed.add(NO_REMARKS)
    for batch in _batches(sayings):
        table.add(Table.pack(record_type, batch, targets, first_row=len(ids)))
        ids.add([saying.record.id for saying in batch])
        remarks = [remark_of(otherwise) for saying in batch for otherwise in saying.disagreements]
        if remarks:
            disagreed.add(Remarks.pack(remarks))
        targets.rest()
    for piles in (table, disagreed, ids):
        piles.rest()
    targets.put_away()
    return Grown(record_type=record_type, table=table, ids=ids, targets=targets, disagreed=disagreed)


@cache
def _no_records(kind: str) -> dict[str, Array]:
    return Table.pack(KINDS[kind], (), {})


def _batches(sayings: Iterable[Saying[R]]) -> Iterator[list[Saying[R]]]:
    streaming = iter(sayings)
    while batch := list(islice(streaming, _ROWS)):
        yield batch
