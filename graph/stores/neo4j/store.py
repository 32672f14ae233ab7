"""A Neo4j server behind the protocol of `graph.store`: statements are the truth, the property graph follows from them.

A load writes its statements beside the current ones under a revision of their own and then moves one pointer in one
small transaction, which locks the source: of two loads the later wins, and two edits both count. Then the view is
brought up to date, and what nothing points to any more is deleted, once no reader of this process needs it.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from threading import RLock

from neo4j import ManagedTransaction

from graph.address import Address
from graph.content import EDITS, Change, Content, EditsChange, all_anew, changed, compare, gather, revision_of
from graph.stores.amending import Amending
from graph.stores.neo4j.changes import changes
from graph.stores.neo4j.connection import Connection
from graph.stores.neo4j.layout import prepare
from graph.stores.neo4j.pointers import Pointer, every_pointer, forget, last_removed, lock, move
from graph.stores.neo4j.reading import Readers, Reading, read_kind, read_source
from graph.stores.neo4j.revisions import delete_revision, discard_unless_current, finish_revision, sweep, write_revision
from graph.stores.neo4j.view import Loaded, View
from ontology.errors import AccessRefused, StoreChanged, StoreFull, StoreReadOnly, StoreRefuses, StoreUnreachable
from ontology.records import R, Record
from ontology.values import SourceInfo

READS = 5
"""How often a source is compared again because others replaced it meanwhile."""


class Neo4jStore(Amending):
    """A database of a Neo4j server. Safe to share between threads, and several processes may write at once."""

    def __init__(self, address: Address) -> None:
        self._writing = RLock()
        self._readers = Readers()
        self._left: set[str] = set()
        self._connection = Connection(address)
        try:
            prepare(self._connection)
            self._view = View(self._connection)
            self._mend()
        except BaseException:
            self._connection.close()
            raise

    def replace_source(self, info: SourceInfo, records: Iterable[Record], *, anew: bool = False) -> Change:
        """See `graph.store.Store`."""
        content = gather(info, records)
        with self._writing:
            if anew:
                return self._write_anew(content)
            for _ in range(READS):
                with suppress(StoreChanged):
                    return self._replace(content)
        raise StoreChanged(self._connection.url)

    def edit(self, change: EditsChange) -> None:
        """See `graph.store.Store`. Rewrites the whole source `edits`, which people fill by hand, while it is locked."""

        def edit(transaction: ManagedTransaction, now: Pointer) -> None:
            after = changed(self._content(now), change)
            if after is None:
                forget(transaction, now)
            elif after.digest != now.digest:
                revision = write_revision(self._connection, EDITS.id, after.records)
                self._point(transaction, now, after, revision)

        with self._writing:
            self._change(EDITS.id, edit)
            self._follow()

    def remove_source(self, source_id: str) -> None:
        """See `graph.store.Store`."""
        with self._writing:
            if source_id in self._pointers():
                self._change(source_id, forget)
                self._follow()

    def sources(self) -> tuple[SourceInfo, ...]:
        """See `graph.store.Store`."""
        return tuple(pointer.info for pointer in self._pointers().values() if pointer.info)

    def records(self, record_type: type[R]) -> Iterator[R]:
        """See `graph.store.Store`."""
        with self._readers.starting:
            pointers = list(self._pointers().values())
            records = read_kind(self._connection, pointers, record_type)
            return self._readers.add(Reading(frozenset(pointer.revision for pointer in pointers), records))

    def records_of(self, source_id: str) -> Iterator[Record]:
        """See `graph.store.Store`."""
        with self._readers.starting:
            pointer = self._pointers().get(source_id)
            if pointer is None:
                return iter(())
            return self._readers.add(Reading(frozenset({pointer.revision}), read_source(self._connection, pointer)))

    def digests(self) -> dict[str, str]:
        """See `graph.store.Store`."""
        return {id_: pointer.digest for id_, pointer in self._pointers().items()}

    def revision(self) -> str:
        """See `graph.store.Store`."""
        return revision_of(self.digests())

    def edition(self) -> str:
        """See `graph.store.Store`. The id of a revision never comes back, neither to a source nor as removed last."""
        revisions = {id_: pointer.revision for id_, pointer in self._pointers().items()}
        return revision_of(revisions | {"": last_removed(self._connection)})

    def close(self) -> None:
        """See `graph.store.Store`."""
        with self._writing:
            self._connection.close()

    def _replace(self, content: Content) -> Change:
        """Raises `StoreChanged`, and has done nothing, where others replace the source while it is compared."""
        info = content.info
        before = self._pointers().get(info.id)
        if before and before.digest == content.digest:
            return compare(Content(info, (), content.digest), content)
        changed = changes(self._whole(before), content.records)
        revision = write_revision(self._connection, info.id, content.records)
        self._change(info.id, lambda transaction, now: self._point(transaction, now, content, revision))
        self._follow(Loaded(before.revision if before else "", revision, changed.things, content))
        return changed.counts

    def _write_anew(self, content: Content) -> Change:
        """What the view was drawn of may be wrong as well, so all of it is drawn again."""
        revision = write_revision(self._connection, content.info.id, content.records)
        self._change(content.info.id, lambda transaction, now: self._point(transaction, now, content, revision))
        self._view.distrust()
        self._follow()
        return all_anew(content)

    def _pointers(self) -> dict[str, Pointer]:
        return {id_: pointer for id_, pointer in every_pointer(self._connection).items() if pointer.info}

    def _whole(self, pointer: Pointer | None) -> Iterator[Record]:
        return read_source(self._connection, pointer) if pointer and pointer.info else iter(())

    def _content(self, pointer: Pointer) -> Content | None:
        return Content(pointer.info, tuple(self._whole(pointer)), pointer.digest) if pointer.info else None

    def _change(self, source_id: str, work: Callable[[ManagedTransaction, Pointer], None]) -> None:
        """Lock a source and do what may change its pointer."""

        def locked(transaction: ManagedTransaction) -> str | None:
            now = lock(transaction, source_id)
            work(transaction, now)
            return discard_unless_current(transaction, now.revision, source_id)

        left = self._connection.together(locked)
        if left:
            self._left.add(left)

    def _point(self, transaction: ManagedTransaction, now: Pointer, content: Content, revision: str) -> None:
        if now.revision != revision:  # equal where the answer to the commit was lost, and this is the second try
            finish_revision(self._connection, transaction, revision)
            move(transaction, now, content, revision)

    def _follow(self, loaded: Loaded | None = None) -> None:
        """Bring the view up to date, and delete what this process left behind and nobody in it reads.

        What was asked for is done by now, so a failure here is left for the next one who comes by.
        """
        if not self._view.follow(loaded):
            return
        with suppress(StoreRefuses, StoreUnreachable, StoreFull):
            for revision in sorted(self._left - self._needed()):
                delete_revision(self._connection, revision)
                self._left.discard(revision)

    def _needed(self) -> frozenset[str]:
        """The revisions that a reader of this process or the view still needs."""
        viewed = (id_ for pointer in every_pointer(self._connection).values() for id_ in pointer.viewed)
        return self._readers.revisions().union(viewed)

    def _mend(self) -> None:
        """Clear up behind processes that were killed; a server that can only be read is read as it is."""
        with suppress(AccessRefused, StoreReadOnly):
            sweep(self._connection)
        self._view.follow()
