"""Links when all ids have numbers: to what each leads, who points to what, and which lead nowhere (decision 0021).

Everything is told from arrays, one kind at a time.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np
from numpy.typing import NDArray

from graph.packed.columns import Ids, Ints, Postings, Texts
from graph.packed.growing import Grown
from graph.packed.piles import Pile, Piles, Spill
from graph.packed.remarks import Remark
from graph.packed.tables import Said, Sources, grouped
from ontology.records import KINDS, Record, kind_of
from ontology.schema import Field, link_fields_of

_REMARKS = 2_000
"""For how many remarks the arrays they are told from are held at a time: what is mapped and touched takes memory."""

_BIT = {record_type: 1 << place for place, record_type in enumerate(KINDS.values())}


@dataclass(frozen=True, slots=True)
class Lost:
    """The links of one kind that lead nowhere, by row: which of the link fields each is, and the target's number."""

    rows: Ints
    fields: Ints
    targets: Ints


def described_as(grown: Sequence[Grown], ids: int) -> Ints:
    """For each number of an id the kinds as which records describe it, one bit for each."""
    bits = np.zeros(ids, dtype=np.int64)
    for kind in grown:
        bits[kind.ids.numbers.array()] |= _BIT[kind.record_type]
    return bits


def link(
    grown: Grown, described: Ints, leads_to: Mapping[str, Sequence[type[Record]]], postings: Piles, spill: Spill | None
) -> Lost:
    """Give the links of one kind their final numbers, in place; add who points to what; tell which lead nowhere.

    A record whose required link leads nowhere is in no posting; another only not by way of the link that leads nowhere.
    """
    final, fields = grown.targets.final(), link_fields_of(grown.record_type)
    nowhere: list[NDArray[np.bool_]] = []
    unseen = np.zeros(len(grown.ids), dtype=np.bool_)
    for field in fields:
        name = _numbers_of(field)
        grown.table.named[name] = _renumbered(grown.table.named[name], final, spill)
        targets = _targets(grown, field)
        allowed = sum(_BIT[record_type] for record_type in leads_to[field.name])
        nowhere.append((targets >= 0) & (described[targets] & allowed == 0) if len(targets) else targets < 0)
        if field.required:
            unseen |= nowhere[-1]
    lost = []
    for place, field in enumerate(fields):
        targets, rows = _targets(grown, field), _rows(grown, field)
        lost.append((rows[nowhere[place]], targets[nowhere[place]]))
        seen = (targets >= 0) & ~nowhere[place] & ~unseen[rows]
        name = f"{kind_of(grown.record_type)}.{field.name}"
        parts = Postings.pack(targets[seen], rows[seen])
        postings.add({f"{name}.{key}": array for key, array in parts.items()})
    return _by_row(lost)


def dangling(grown: Grown, lost: Lost, ids: Piles) -> Iterator[Remark]:
    """A remark for each link that leads nowhere, by the record's id and then in the order of its fields."""
    kind, fields = kind_of(grown.record_type), link_fields_of(grown.record_type)
    for start in range(0, len(lost.rows), _REMARKS):
        words = Ids(Texts(ids.arrays()))
        table = grouped(grown.table.arrays())
        sources, said = Sources.open(table["source"]), Said.open(table["said"])
        numbers = grown.ids.numbers.array()
        some = slice(start, start + _REMARKS)
        for row, place, target in zip(
            lost.rows[some].tolist(), lost.fields[some].tolist(), lost.targets[some].tolist(), strict=True
        ):
            field = fields[place].name
            yield kind, words[int(numbers[row])], field, words[target], said.find(row, field) or sources[row]


def _by_row(lost: Sequence[tuple[Ints, Ints]]) -> Lost:
    nothing = np.empty(0, dtype=np.int64)
    rows = np.concatenate([nothing, *(rows for rows, _ in lost)])
    targets = np.concatenate([nothing, *(targets for _, targets in lost)])
    fields = np.repeat(np.arange(len(lost), dtype=np.int64), [len(rows) for rows, _ in lost])
    order = np.argsort(rows, kind="stable")
    return Lost(rows[order], fields[order], targets[order])


def _numbers_of(field: Field) -> str:
    return f"{field.name}.item.ids" if field.many else f"{field.name}.ids"


def _targets(grown: Grown, field: Field) -> Ints:
    return cast("Ints", grown.table.named[_numbers_of(field)].array())


def _rows(grown: Grown, field: Field) -> Ints:
    rows = np.arange(len(grown.ids), dtype=np.int64)
    if not field.many:
        return rows
    upto = grown.table.named[f"{field.name}.upto"].array().astype(np.int64)
    return np.repeat(rows, np.diff(upto, prepend=0))


def _renumbered(pile: Pile, final: Ints, spill: Spill | None) -> Pile:
    renumbered = Pile(np.int64, spill)
    for piece in pile.pieces():
        numbers = piece.astype(np.int64)
        known = numbers >= 0
        numbers[known] = final[numbers[known]]
        renumbered.add(numbers)
    renumbered.rest()
    return renumbered
