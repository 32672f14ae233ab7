"""The embedded default: an RDF store in a folder, which SPARQL can read and which needs no server.

A source is a named graph; the default graph describes the sources and says which graph is current. Where few statements
of a source differ, they and its description change in one transaction. Else a fresh graph is bulk-loaded beside the
current one, and then the pointer moves in one small transaction; a graph that nothing points to, left by a crash, is
swept when the folder is opened. One process owns the folder; several may read one that they cannot write.
"""

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import RLock
from typing import IO, cast

import pyoxigraph
from pyoxigraph import DefaultGraph, Literal, NamedNode, QueryResultsFormat, RdfFormat

from graph.content import (
    EDITS,
    Change,
    Content,
    EditsChange,
    all_anew,
    changed,
    compare,
    gather,
    key_of,
    order_of,
    revision_of,
)
from graph.iris import graph_iri, source_iri
from graph.lines import Ahead, Nodes, lines_of, record_said
from graph.rdf import nodes_of
from graph.stores.amending import Amending
from graph.stores.difference import Difference, told
from graph.stores.folder import Opened, faults_of, open_folder
from graph.stores.orders import Step, read_every_order
from graph.stores.pointers import CURRENT, Pointer, description, read_pointers
from graph.stores.spool import Spool
from graph.stores.sweeping import dump, sweep
from ontology.errors import StoreClosed, StoreError, StoreFull
from ontology.records import R, Record
from ontology.values import SourceInfo

AT_ONCE = 200_000
"""Statements that one transaction changes at most: it is held in memory, about a kilobyte for each."""


class OxigraphStore(Amending):
    """A folder of RDF. Safe to share between the threads of its one process.

    A load keeps other writers out (`_writing`) but not readers: only the move of the pointer waits for whoever reads
    (`_reading`), so after it nobody reads the old graph, and a read never spans two revisions.
    """

    def __init__(self, folder: Path, *, make: bool = True) -> None:
        self._writing, self._reading = RLock(), RLock()
        self._folder = folder
        self._opened: Opened | None = open_folder(folder, make=make)
        self._full, self._edition = False, 0
        if self._held.closed is None:
            with faults_of(folder):
                self._sweep()

    def replace_source(self, info: SourceInfo, records: Iterable[Record], *, anew: bool = False) -> Change:
        """See `graph.store.Store`."""
        self._held.check_writable()
        content = gather(info, records)
        with self._changing():
            if anew:
                self._load(content, self._pointers().get(info.id))
                return all_anew(content)
            return self._replace(content)

    def edit(self, change: EditsChange) -> None:
        """See `graph.store.Store`. Reads the whole source `edits`, which people fill by hand."""
        with self._changing():
            after = changed(self._edits(), change)
            if after is None:
                self._remove(EDITS.id)
            else:
                self._replace(after)

    def remove_source(self, source_id: str) -> None:
        """See `graph.store.Store`. Damaged files are noticed before, while the source can still be read."""
        with self._changing():
            pointer = self._pointers().get(source_id)
            if pointer is not None:
                with self._reading:
                    read_every_order(self._open, graph=NamedNode(pointer.graph))
            self._remove(source_id)

    def check_files(self, *, step: Step | None = None) -> None:
        """Read everything in every order in which it is kept. Raises `StoreDamaged`."""
        with self._reading, faults_of(self._folder):
            read_every_order(self._open, step=step)

    def sources(self) -> tuple[SourceInfo, ...]:
        """See `graph.store.Store`."""
        pointers = self._pointers()
        return tuple(pointers[id_].info for id_ in sorted(pointers))

    def records(self, record_type: type[R]) -> Iterator[R]:
        """See `graph.store.Store`. All is read, and sorted in bounded memory, before the first record comes."""
        spool: Spool[R] = Spool(order_of)

        def take(node: str, said: list[str]) -> None:
            record = record_said(node, said)
            if isinstance(record, record_type):
                spool.add(record)

        classes = " ".join(str(class_) for class_ in nodes_of(record_type))
        with self._reading, faults_of(self._folder):
            for pointer in self._pointers().values():
                nodes = Nodes(take)
                found = self._open.query(
                    f"SELECT ?node ?property ?value WHERE {{ GRAPH <{pointer.graph}> {{ "
                    f"VALUES ?class {{ {classes} }} ?node a ?class . ?node ?property ?value }} }}"
                )
                cast("pyoxigraph.QuerySolutions", found).serialize(cast("IO[bytes]", nodes), QueryResultsFormat.TSV)
                nodes.end()
        return spool.in_order()

    def records_of(self, source_id: str) -> Iterator[Record]:
        """See `graph.store.Store`. Reads like `records`."""
        spool: Spool[Record] = Spool(key_of)

        def take(node: str, said: list[str]) -> None:
            record = record_said(node, said)
            if record is not None:
                spool.add(record)

        with self._reading, faults_of(self._folder):
            pointer = self._pointers().get(source_id)
            if pointer is not None:
                dump(self._open, pointer.graph, take)
        return spool.in_order()

    def digests(self) -> dict[str, str]:
        """See `graph.store.Store`."""
        return {id_: pointer.digest for id_, pointer in self._pointers().items()}

    def revision(self) -> str:
        """See `graph.store.Store`."""
        return revision_of(self.digests())

    def edition(self) -> str:
        """See `graph.store.Store`. No other process writes to the folder."""
        return str(self._edition)

    def close(self) -> None:
        """See `graph.store.Store`."""
        with self._writing, self._reading, suppress(StoreClosed):
            self._held.close()
            self._opened = None

    @property
    def _held(self) -> Opened:
        if self._opened is None:
            raise StoreClosed
        return self._opened

    @property
    def _open(self) -> pyoxigraph.Store:
        return self._held.store

    @contextmanager
    def _changing(self) -> Iterator[None]:
        """Keep other writers out. After a full disk the folder is opened anew first: till then it takes no writes."""
        with self._writing:
            if self._full:
                self._reopen()
            self._held.check_writable()
            try:
                with faults_of(self._folder):
                    yield
            except StoreFull:
                self._full = True
                raise

    def _reopen(self) -> None:
        with self._reading:
            self._held.close()
            self._opened = None
            try:
                self._opened = open_folder(self._folder)
            except StoreError:
                self._opened = Opened(self._folder, pyoxigraph.Store.read_only(str(self._folder)))
                raise
        self._full = False

    def _remove(self, source_id: str) -> None:
        node = NamedNode(source_iri(source_id))
        with self._changing():
            with self._reading:
                self._edition += 1
                self._open.update(f"DELETE WHERE {{ {node} ?property ?value }}")
                self._flush_quietly()
            self._sweep_quietly()

    def _edits(self) -> Content | None:
        pointer = self._pointers().get(EDITS.id)
        return Content(pointer.info, tuple(self.records_of(EDITS.id)), pointer.digest) if pointer else None

    def _replace(self, content: Content) -> Change:
        pointer = self._pointers().get(content.info.id)
        if pointer is None:
            self._load(content, None)
            return compare(None, content)
        if pointer.digest == content.digest:
            return compare(Content(content.info, (), content.digest), content)
        difference = Difference(content, most=AT_ONCE)
        dump(self._open, pointer.graph, difference.take)
        change = difference.end()
        if difference.too_many:
            self._load(content, pointer)
        else:
            self._change(content, pointer, difference)
        return change

    def _change(self, content: Content, pointer: Pointer, difference: Difference) -> None:
        """Turn the current graph into what the source says now, in one transaction."""
        graph = NamedNode(pointer.graph)
        changes = [
            told(word, graph, lines)
            for word, lines in (("DELETE", difference.removed), ("INSERT", difference.added))
            if lines
        ]
        with self._reading:
            self._point(content, graph, *changes)

    def _load(self, content: Content, before: Pointer | None) -> None:
        """Write a fresh graph beside the current one and let it be the current one."""
        self._sweep()  # what could not be swept before may have the name of this one
        iri = graph_iri(content.info.id, content.digest)
        graph = NamedNode(f"{iri}/again" if before and before.graph == iri else iri)
        try:
            self._write_graph(content, graph)
            with self._reading:
                self._point(content, graph)
        finally:
            self._sweep_quietly()

    def _write_graph(self, content: Content, graph: NamedNode) -> None:
        with ThreadPoolExecutor(1) as writer:
            text = Ahead(writer, lines_of(content.records))
            self._open.bulk_load(cast("IO[bytes]", text), RdfFormat.N_TRIPLES, to_graph=graph, lenient=True)
        self._open.flush()

    def _point(self, content: Content, graph: NamedNode, *changes: str) -> None:
        node = NamedNode(source_iri(content.info.id))
        after = " ".join(f"{quad.subject} {quad.predicate} {quad.object} ." for quad in description(content, graph))
        move = (
            f"DELETE {{ {node} ?property ?value }} INSERT {{ {after} }} "
            f"WHERE {{ OPTIONAL {{ {node} ?property ?value }} }}"
        )
        self._edition += 1
        self._open.update(" ;\n".join((*changes, move)))
        self._flush_quietly()

    def _flush_quietly(self) -> None:
        """Write out what a change did: it stands in the log already, so it counts also where the disk is full now."""
        try:
            self._open.flush()
        except (OSError, RuntimeError):
            self._full = True

    def _sweep_quietly(self) -> None:
        """Sweep after a change, which counts whether or not its leavings could be swept: the next load does it."""
        try:
            with faults_of(self._folder):
                self._sweep()
        except StoreError as error:
            self._full = self._full or isinstance(error, StoreFull)

    def _sweep(self) -> None:
        sweep(self._open, kept={NamedNode(pointer.graph) for pointer in self._pointers().values()})

    def _pointers(self) -> dict[str, Pointer]:
        with faults_of(self._folder), self._reading:
            store = self._open
            return read_pointers(
                (str(quad.subject), quad.predicate.value, _words(quad.object) or "")
                for found in store.quads_for_pattern(None, CURRENT, None, DefaultGraph())
                for quad in store.quads_for_pattern(found.subject, None, None, DefaultGraph())
            )


def _words(term: object) -> str | None:
    return term.value if isinstance(term, Literal | NamedNode) else None
