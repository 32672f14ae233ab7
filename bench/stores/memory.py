"""The store in memory: what checking, ordering and digesting records cost, which every store pays."""

from collections.abc import Iterator

from bench.stores.rows import Row, in_turn, redated
from graph.stores.memory import MemoryStore
from ontology.records import RECORD_TYPES, Record
from ontology.values import SourceInfo


def measure(records: list[Record], info: SourceInfo) -> Iterator[Row]:
    """Load, replace and read."""
    size, store, changed = len(records), MemoryStore(), redated(records)
    (loading,) = in_turn(lambda: MemoryStore().replace_source(info, records))
    yield Row(store="memory", what="load", records=size, ours=loading)
    store.replace_source(info, records)
    (replacing,) = in_turn(lambda: store.replace_source(info, changed), rounds=1)
    yield Row(store="memory", what="replace, a statement of each record differs", records=size, ours=replacing)
    (reading,) = in_turn(lambda: [list(store.records(kind)) for kind in RECORD_TYPES])
    yield Row(store="memory", what="read all kinds", records=size, ours=reading)
