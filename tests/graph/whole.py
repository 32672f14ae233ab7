"""The arrays of an index made plainly, with everything in memory at once: what `graph.build` must come to in pieces."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

import numpy as np

from graph.build import Readable
from graph.fuse import fuse
from graph.packed.columns import Array, Texts
from graph.packed.remarks import Remark, Remarks, remark_of
from graph.packed.tables import Saying, Table, nested
from graph.renamed import present_ids, with_present_ids
from graph.targets import TARGETS
from ontology.records import RECORD_TYPES, Forwarding, Record, kind_of
from ontology.schema import Field, link_fields_of

Sayings = dict[type[Record], list[Saying[Record]]]
Pair = tuple[int, str]


def arrays_of(store: Readable) -> dict[str, Array]:
    """The arrays under the names of `graph.packed.frozen.Frozen.parts`."""
    sayings = {record_type: _sayings(store, record_type) for record_type in RECORD_TYPES}
    ids = sorted({id_ for kind, said in sayings.items() for saying in said for id_ in _ids_in(kind, saying.record)})
    number = {id_: place for place, id_ in enumerate(ids)}
    nowhere = {kind: list(_nowhere(kind, sayings)) for kind in sayings}
    remarks = [
        remark_of(otherwise) for said in sayings.values() for saying in said for otherwise in saying.disagreements
    ]
    parts = {
        "ids": Texts.pack(ids),
        "disagreed": Remarks.pack(_in_order(remarks)),
        "dangled": Remarks.pack(_in_order([remark for found in nowhere.values() for _, _, remark in found])),
    }
    for kind, said in sayings.items():
        numbers = np.array([number[saying.record.id] for saying in said], dtype=np.int64)
        parts[f"table.{kind_of(kind)}"] = Table.pack(kind, said, number) | {"numbers": numbers}
        required = {field.name for field in link_fields_of(kind) if field.required}
        unseen = {row for row, field, _ in nowhere[kind] if field in required}
        for field in link_fields_of(kind):
            lost = {(row, remark[3]) for row, name, remark in nowhere[kind] if name == field.name}
            pairs = [pair for pair in _pairs(field, said) if pair[0] not in unseen and pair not in lost]
            parts[f"postings.{kind_of(kind)}.{field.name}"] = _postings(pairs, number)
    return nested(parts)


def _sayings(store: Readable, record_type: type[Record]) -> list[Saying[Record]]:
    voices = {info.id: info.voice for info in store.sources()}
    renamed = present_ids(store.records(Forwarding))
    by_id: defaultdict[str, list[Record]] = defaultdict(list)
    for record in store.records(record_type):
        present = with_present_ids(record, renamed)
        by_id[present.id].append(present)
    sayings = []
    for id_ in sorted(by_id):
        fused = fuse(by_id[id_], voices)
        said = {field: source for field, source in fused.said.items() if source != fused.record.source}
        sayings.append(Saying(fused.record, said, fused.disagreements))
    return sayings


def _ids_in(kind: type[Record], record: Record) -> Iterator[str]:
    yield record.id
    for field in link_fields_of(kind):
        yield from _targets(field, record)


def _targets(field: Field, record: Record) -> tuple[str, ...]:
    value = getattr(record, field.name)
    return value if field.many else () if value is None else (value,)


def _pairs(field: Field, said: list[Saying[Record]]) -> list[Pair]:
    return [(row, target) for row, saying in enumerate(said) for target in _targets(field, saying.record)]


def _nowhere(kind: type[Record], sayings: Sayings) -> Iterator[tuple[int, str, Remark]]:
    for field in link_fields_of(kind):
        there = {saying.record.id for target in TARGETS[field.name] for saying in sayings[target]}
        for row, target in _pairs(field, sayings[kind]):
            if target not in there:
                saying = sayings[kind][row]
                source = saying.said.get(field.name, saying.record.source)
                yield row, field.name, (kind_of(kind), saying.record.id, field.name, target, source)


def _in_order(remarks: list[Remark]) -> list[Remark]:
    return sorted(remarks, key=lambda remark: (remark[1], remark[0]))


def _postings(pairs: list[Pair], number: Mapping[str, int]) -> dict[str, Array]:
    rows: defaultdict[int, list[int]] = defaultdict(list)
    for row, target in pairs:
        rows[number[target]].append(row)
    keys = sorted(rows)
    return {
        "keys": np.array(keys, dtype=np.int64),
        "upto": np.cumsum([len(rows[key]) for key in keys], dtype=np.int64),
        "rows": np.array([row for key in keys for row in rows[key]], dtype=np.int64),
    }
