"""A SPARQL server as a store: every revision of a source is a graph with a fresh name, and one pointer decides.

A source is put into a graph that nobody reads yet, and then one conditional update lets the source point to it. The
graph is marked as being written before, and the pointer moves only while the mark is there; so whoever takes the mark
away, because the move seems lost or its writer dead, can be sure that it will not happen later. Whether a move happened
is read from the server, never guessed from an answer that did not come.
"""

import random
import secrets
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import chain
from threading import RLock

from graph.address import Address
from graph.content import (
    EDITS,
    Change,
    Content,
    EditsChange,
    all_anew,
    change_from,
    changed,
    compare,
    gather,
    revision_of,
)
from graph.iris import graph_iri
from graph.lines import lines_of
from graph.stores.amending import Amending
from graph.stores.sparql import statements
from graph.stores.sparql.reading import find_state, read_kind, read_source
from graph.stores.sparql.service import Service
from graph.stores.sparql.statements import State
from ontology.errors import AccessRefused, StoreClosed, StoreError, StoreReadOnly, StoreRefuses, StoreUnreachable
from ontology.records import R, Record
from ontology.values import SourceInfo

PATIENCE = 3600.0
"""Seconds that a graph may be in the writing. What is older was left by a dead writer, and is swept."""

EDITINGS = 30
"""How often an edit is begun again because another process edited at the same time."""


class SparqlStore(Amending):
    """A dataset of a SPARQL server. Safe to share between threads; any number of processes may use one dataset.

    Writers of this process wait for each other (`_writing`); those of other processes meet at the pointer. `_left` are
    graphs that this process began and may have left: nobody else will finish them.
    """

    def __init__(self, address: Address) -> None:
        self._writing = RLock()
        self._left: set[str] = set()
        self._service: Service | None = Service(address)
        try:
            state = find_state(self._service)
            with suppress(AccessRefused, StoreReadOnly):
                self._sweep(state)
        except BaseException:
            self.close()
            raise

    def replace_source(self, info: SourceInfo, records: Iterable[Record], *, anew: bool = False) -> Change:
        """See `graph.store.Store`."""
        content = gather(info, records)
        with self._writing:
            pointer = find_state(self._open).pointers.get(info.id)
            if anew:
                change = all_anew(content)
            elif pointer and pointer.digest == content.digest:
                return compare(Content(info, (), pointer.digest), content)
            else:
                change = change_from(read_source(self._open, info.id)[1] if pointer else (), content)
            if not self._write(content):
                raise StoreRefuses(self._open.url, f"the source {info.id} did not move to what was written")
            return change

    def edit(self, change: EditsChange) -> None:
        """See `graph.store.Store`. Rewrites the whole source `edits`, until nobody else did so meanwhile."""
        with self._writing:
            for attempt in range(EDITINGS):
                pointer, records = read_source(self._open, EDITS.id)
                after = changed(Content(pointer.info, tuple(records), pointer.digest) if pointer else None, change)
                if (after and after.digest) == (pointer and pointer.digest):
                    return
                if self._write_edits(after, pointer.graph if pointer else None):
                    return
                time.sleep(random.uniform(0, 0.02 * (attempt + 1)))
            raise StoreRefuses(self._open.url, f"other processes edited meanwhile, {EDITINGS} times; try again")

    def remove_source(self, source_id: str) -> None:
        """See `graph.store.Store`."""
        with self._writing:
            pointer = find_state(self._open).pointers.get(source_id)
            if pointer is not None:
                self._remove(source_id, pointer.graph)
                if pointer.graph in find_state(self._open).current:
                    raise StoreRefuses(self._open.url, f"it says that the source {source_id} is removed; it is there")

    def sources(self) -> tuple[SourceInfo, ...]:
        """See `graph.store.Store`."""
        pointers = find_state(self._open).pointers
        return tuple(pointers[id_].info for id_ in sorted(pointers))

    def records(self, record_type: type[R]) -> Iterator[R]:
        """See `graph.store.Store`. All is read, and sorted in bounded memory, before the first record comes."""
        return read_kind(self._open, record_type)

    def records_of(self, source_id: str) -> Iterator[Record]:
        """See `graph.store.Store`. Reads like `records`."""
        return read_source(self._open, source_id)[1]

    def digests(self) -> dict[str, str]:
        """See `graph.store.Store`."""
        return {id_: pointer.digest for id_, pointer in find_state(self._open).pointers.items()}

    def revision(self) -> str:
        """See `graph.store.Store`."""
        return revision_of(self.digests())

    def edition(self) -> str:
        """See `graph.store.Store`. The name of a graph never comes back, neither to a source nor as removed last."""
        state = find_state(self._open)
        return revision_of({id_: p.graph for id_, p in state.pointers.items()} | {"": state.last_removed or ""})

    def close(self) -> None:
        """See `graph.store.Store`."""
        with self._writing:
            if self._service is not None:
                self._service.close()
            self._service = None

    @property
    def _open(self) -> Service:
        if self._service is None:
            raise StoreClosed
        return self._service

    def _write_edits(self, after: Content | None, graph: str | None) -> bool:
        if after is not None:
            where = statements.still_at(graph, EDITS.id) if graph else statements.nowhere(EDITS.id)
            return self._write(after, where=where)
        if graph is not None:
            self._remove(EDITS.id, graph)
        state = find_state(self._open)
        return EDITS.id not in state.pointers or state.last_removed == graph  # others may have edited since

    def _remove(self, source_id: str, graph: str) -> None:
        """Forget a source that points to this graph; one that was loaded since stays, however late this arrives."""
        self._open.update(statements.removal(source_id, graph))
        self._sweep_quietly()

    def _write(self, content: Content, *, where: str = "") -> bool:
        """Put the content into a fresh graph and move the pointer there; false where `where` was not so."""
        graph = f"{graph_iri(content.info.id, content.digest)}/{secrets.token_hex(8)}"
        self._left.add(graph)
        try:
            self._mark(graph, content.info.id)
            self._open.put(graph, lambda: chain([statements.described(content, graph)], lines_of(content.records)))
            self._move(graph, content.info.id, where)
            return self._has_moved(graph)
        except StoreUnreachable:
            self._left.discard(graph)  # what got no answer may be at work still: it is swept when that cannot be
            raise
        finally:
            self._sweep_quietly()

    def _mark(self, graph: str, source_id: str) -> None:
        """Mark a graph as being written, and look whether it is: what happens later is concluded from its mark."""
        self._open.update(statements.mark(graph, source_id))
        if graph not in find_state(self._open).ages:
            raise StoreRefuses(self._open.url, f"it does not keep what it is told of the source {source_id}")

    def _move(self, graph: str, source_id: str, where: str) -> None:
        try:
            self._open.update(statements.move(graph, source_id, where=where))
        except StoreError:
            with suppress(StoreError):
                self._open.update(statements.fence(graph))
                if graph in find_state(self._open).current:
                    return
            raise

    def _has_moved(self, graph: str) -> bool:
        state = find_state(self._open)
        if graph in state.abandoned:
            raise StoreRefuses(self._open.url, "another process took this load for one left behind and swept it")
        return graph in state.current or graph not in state.ages  # in neither: somebody else moved on since

    def _sweep_quietly(self) -> None:
        """Sweep after a write, which counts whether or not its leavings could be swept: a later sweep does it."""
        with suppress(StoreError):
            self._sweep(find_state(self._open))

    def _sweep(self, state: State) -> None:
        """Drop the graphs that no source points to, but not those that somebody may be writing."""
        dead = {
            graph
            for graph in state.known - state.current
            if graph in self._left or state.ages.get(graph, PATIENCE) >= PATIENCE
        }
        for graph in sorted(dead & set(state.ages)):
            self._open.update(statements.fence(graph) if graph in self._left else statements.give_up(graph))
        if dead & set(state.ages):
            dead -= find_state(self._open).current
        for graph in sorted(dead):
            self._open.update(statements.drop(graph))
        self._left &= state.known - state.current - dead
