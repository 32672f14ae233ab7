"""The store in a folder, beside pyoxigraph doing the same writes.

The hard measure: N-Triples text that lies ready in memory, bulk-loaded. We start from records instead, which we check,
order, digest and turn into that text. The softer one is what a script would do: make quads of records, one by one.
"""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import pyoxigraph
from pyoxigraph import NamedNode, RdfFormat

from bench.stores.rows import Row, least_of, redated, reworded, seconds
from graph.lines import lines_of
from graph.rdf import quads_of
from graph.stores.oxigraph import OxigraphStore
from ontology.records import RECORD_TYPES, Record
from ontology.values import SourceInfo

GRAPH, AFTER = NamedNode("https://example.org/graph"), NamedNode("https://example.org/after")


def measure(records: list[Record], info: SourceInfo) -> Iterator[Row]:
    """Load and read, and replace where a statement of each record, of each 50th, and everything differs."""
    text, row = b"".join(lines_of(records)), partial(Row, store="oxigraph", records=len(records))
    ours, hard, soft = least_of(
        partial(_ours, lambda store: store.replace_source(info, records)),
        partial(_raw, lambda store: _bulk_load(store, text, GRAPH)),
        partial(_raw, lambda store: _bulk_extend(store, records)),
    )
    yield row(what="load; raw: bulk load of text that lies ready", ours=ours, raw=hard, least=0.8)
    yield row(what="load; raw: bulk load of quads made of the records", ours=ours, raw=soft)
    for what, changed in (
        ("a statement of each record differs", redated(records)),
        ("a statement of each 50th differs", redated(records, every=50)),
        ("everything differs", reworded(records)),
    ):
        after = b"".join(lines_of(changed))
        replacing, anew = least_of(
            partial(_ours, partial(_replace, info, changed), loaded=(info, records)),
            partial(_raw, partial(_replace_raw, after), loaded=text),
            rounds=1,
        )
        yield row(what=f"replace, {what}", ours=replacing, raw=anew)
        yield row(what="  the same; raw: our first load", ours=replacing, raw=ours)
    reading, scanning = least_of(
        partial(
            _ours, lambda store: [sum(1 for _ in store.records(kind)) for kind in RECORD_TYPES], loaded=(info, records)
        ),
        partial(_raw, lambda store: sum(1 for _ in store.quads_for_pattern(None, None, None, GRAPH)), loaded=text),
        rounds=1,
    )
    yield row(what="read all kinds; raw: read all quads", ours=reading, raw=scanning)


def _ours(act: Callable[[OxigraphStore], object], *, loaded: tuple[SourceInfo, list[Record]] | None = None) -> float:
    with TemporaryDirectory() as folder:
        store = OxigraphStore(Path(folder) / "store")
        if loaded:
            store.replace_source(*loaded)
        took = seconds(partial(act, store))
        store.close()
    return took


def _raw(act: Callable[[pyoxigraph.Store], object], *, loaded: bytes | None = None) -> float:
    with TemporaryDirectory() as folder:
        store = pyoxigraph.Store(str(Path(folder) / "store"))
        if loaded:
            _bulk_load(store, loaded, GRAPH)
        return seconds(partial(act, store))


def _replace(info: SourceInfo, records: list[Record], store: OxigraphStore) -> None:
    store.replace_source(info, records)


def _bulk_load(store: pyoxigraph.Store, text: bytes, graph: NamedNode) -> None:
    store.bulk_load(text, RdfFormat.N_TRIPLES, to_graph=graph)
    store.flush()


def _bulk_extend(store: pyoxigraph.Store, records: list[Record]) -> None:
    store.bulk_extend(quads_of(records, lambda _: GRAPH))
    store.flush()


def _replace_raw(text: bytes, store: pyoxigraph.Store) -> None:
    """As a script would: a second graph, then away with the first."""
    _bulk_load(store, text, AFTER)
    store.remove_graph(GRAPH)
    store.flush()
