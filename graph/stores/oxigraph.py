"""The embedded default: an RDF store in a folder, which SPARQL can read and which needs no server.

Each revision of a source is a named graph. The default graph describes the sources and says which graph is current.
`replace_source` bulk-loads a fresh graph beside the current one and then moves one pointer in one small transaction;
a graph that nothing points to, left by a crash, is swept when the folder is opened. One process owns the folder.
"""

import gc
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from threading import RLock
from typing import cast

import pyoxigraph
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from graph.content import EDITS, Change, Content, amended, compare, gather, key_of, order_of, retracted, revision_of
from graph.iris import GRAPHS, graph_iri, source_iri
from graph.rdf import nodes_of, quads_of, record_of
from graph.stores.pointers import CURRENT, REVISION_OF, TYPE, Pointer, description, read_pointers
from ontology.errors import StoreClosed, StoreFolderUnusable, StoreLocked, StoreOfOtherVersion
from ontology.ids import BASE
from ontology.records import R, Record
from ontology.schema import SCHEMA_VERSION, expand_term
from ontology.values import SourceInfo

_STORE, _VERSION = NamedNode(BASE + "store"), NamedNode(expand_term("cp:schemaVersion"))
_INTEGER = NamedNode(expand_term("xsd:integer"))


class OxigraphStore:
    """A folder of RDF. Safe to share between the threads of its one process.

    A load keeps other writers out (`_writing`) but not readers: only the move of the pointer waits for whoever reads
    (`_reading`), so after it nobody reads the old graph, and a read never spans two revisions.
    """

    def __init__(self, folder: Path) -> None:
        self._writing, self._reading = RLock(), RLock()
        self._folder = folder
        self._store: pyoxigraph.Store | None = _open_folder(folder)
        self._check_version()
        self._sweep()

    def replace_source(self, info: SourceInfo, records: Iterable[Record]) -> Change:
        """See `graph.store.Store`."""
        content = gather(info, records)
        with self._writing:
            return self._replace(content)

    def amend(self, record: Record) -> None:
        """See `graph.store.Store`. Rewrites the whole source `edits`, which people fill by hand."""
        with self._writing:
            pointer = self._pointers().get(EDITS.id)
            self._replace(amended(self._content(pointer) if pointer else None, record))

    def retract(self, record: Record) -> None:
        """See `graph.store.Store`."""
        with self._writing:
            pointer = self._pointers().get(EDITS.id)
            if pointer is None:
                return
            after = retracted(self._content(pointer), record)
            if after is None:
                self.remove_source(EDITS.id)
            else:
                self._replace(after)

    def remove_source(self, source_id: str) -> None:
        """See `graph.store.Store`."""
        node = NamedNode(source_iri(source_id))
        with self._writing:
            with self._reading:
                self._open.update(f"DELETE WHERE {{ {node} ?property ?value }}")
            self._sweep()

    def sources(self) -> tuple[SourceInfo, ...]:
        """See `graph.store.Store`."""
        with self._reading:
            pointers = self._pointers()
        return tuple(pointers[id_].info for id_ in sorted(pointers))

    def records(self, record_type: type[R]) -> Iterator[R]:
        """See `graph.store.Store`."""
        found: list[R] = []
        with self._reading:
            for pointer in self._pointers().values():
                for class_ in nodes_of(record_type):
                    found.extend(cast("Iterator[R]", self._records_of_class(class_, NamedNode(pointer.graph))))
        return iter(sorted(found, key=order_of))

    def records_of(self, source_id: str) -> Iterator[Record]:
        """See `graph.store.Store`."""
        with self._reading:
            pointer = self._pointers().get(source_id)
            return iter(self._content(pointer).records if pointer else ())

    def digests(self) -> dict[str, str]:
        """See `graph.store.Store`."""
        with self._reading:
            return {id_: pointer.digest for id_, pointer in self._pointers().items()}

    def revision(self) -> str:
        """See `graph.store.Store`."""
        return revision_of(self.digests())

    def close(self) -> None:
        """See `graph.store.Store`."""
        with self._writing, self._reading:
            self._store = None
            gc.collect()

    @property
    def _open(self) -> pyoxigraph.Store:
        if self._store is None:
            raise StoreClosed
        return self._store

    def _replace(self, content: Content) -> Change:
        pointer = self._pointers().get(content.info.id)
        if pointer and pointer.digest == content.digest:
            return compare(Content(content.info, (), content.digest), content)
        change = compare(self._content(pointer) if pointer else None, content)
        graph = NamedNode(graph_iri(content.info.id, content.digest))
        try:
            self._write_graph(content, graph)
            with self._reading:
                self._move_pointer(content, graph)
        except OSError as error:
            raise StoreFolderUnusable(str(self._folder), str(error)) from error
        finally:
            self._sweep()
        return change

    def _write_graph(self, content: Content, graph: NamedNode) -> None:
        store = self._open
        store.bulk_extend(quads_of(content.records, lambda _: graph))
        store.flush()

    def _move_pointer(self, content: Content, graph: NamedNode) -> None:
        node = NamedNode(source_iri(content.info.id))
        after = " ".join(f"{quad.subject} {quad.predicate} {quad.object} ." for quad in description(content, graph))
        self._open.update(
            f"DELETE {{ {node} ?property ?value }} INSERT {{ {after} }} "
            f"WHERE {{ OPTIONAL {{ {node} ?property ?value }} }}"
        )
        self._open.flush()

    def _sweep(self) -> None:
        """Remove the graphs of ours that no source calls current, and what was said of them.

        Quad by quad: nobody reads such a graph, and one transaction over a large graph would be held in memory.
        """
        store = self._open
        kept = {NamedNode(pointer.graph) for pointer in self._pointers().values()}
        described = {quad.subject for quad in store.quads_for_pattern(None, REVISION_OF, None, DefaultGraph())}
        stored = set(store.named_graphs())
        ours = [g for g in described | stored if isinstance(g, NamedNode) and g.value.startswith(GRAPHS)]
        for graph in sorted(set(ours) - kept, key=str):
            for quad in store.quads_for_pattern(None, None, None, graph):
                store.remove(quad)
            store.remove_graph(graph)
            store.update(f"DELETE WHERE {{ {graph} ?property ?value }}")
            store.flush()

    def _pointers(self) -> dict[str, Pointer]:
        store = self._open
        return read_pointers(
            (str(quad.subject), quad.predicate.value, _words(quad.object) or "")
            for found in store.quads_for_pattern(None, CURRENT, None, DefaultGraph())
            for quad in store.quads_for_pattern(found.subject, None, None, DefaultGraph())
        )

    def _content(self, pointer: Pointer) -> Content:
        quads = self._open.quads_for_pattern(None, None, None, NamedNode(pointer.graph))
        records = [record_of(list(group)) for _, group in groupby(quads, key=lambda quad: quad.subject)]
        ordered = sorted((record for record in records if record is not None), key=key_of)
        return Content(pointer.info, tuple(ordered), pointer.digest)

    def _records_of_class(self, class_: NamedNode, graph: NamedNode) -> Iterator[Record]:
        store = self._open
        for found in store.quads_for_pattern(None, TYPE, class_, graph):
            record = record_of(store.quads_for_pattern(found.subject, None, None, graph))
            if record is not None:
                yield record

    def _check_version(self) -> None:
        store = self._open
        found = next(iter(store.quads_for_pattern(_STORE, _VERSION, None, DefaultGraph())), None)
        if found is None and len(store):
            raise StoreFolderUnusable(str(self._folder), "it holds RDF that credpath did not write")
        if found is None:
            store.add(Quad(_STORE, _VERSION, Literal(str(SCHEMA_VERSION), datatype=_INTEGER)))
            return
        version = int(_words(found.object) or 0)
        if version != SCHEMA_VERSION:
            raise StoreOfOtherVersion(str(self._folder), version, SCHEMA_VERSION)


def _open_folder(folder: Path) -> pyoxigraph.Store:
    """Open or make the store in a folder. Raises `StoreLocked` and `StoreFolderUnusable`."""
    try:
        if folder.is_dir() and any(folder.iterdir()) and not (folder / "CURRENT").exists():
            raise StoreFolderUnusable(str(folder), "it holds other files; name an empty or a new folder")
        folder.parent.mkdir(parents=True, exist_ok=True)
        return pyoxigraph.Store(str(folder))
    except OSError as error:
        if "lock" in str(error).lower():
            raise StoreLocked(str(folder)) from error
        raise StoreFolderUnusable(str(folder), str(error)) from error


def _words(term: object) -> str | None:
    return term.value if isinstance(term, Literal | NamedNode) else None
