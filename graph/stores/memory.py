"""The smallest store: what the protocol means when nothing can fail. For tests, and for questions over one file."""

from collections.abc import Iterable, Iterator
from threading import RLock

from graph.content import EDITS, Change, Content, EditsChange, all_anew, changed, compare, gather, revision_of, select
from graph.stores.amending import Amending
from ontology.errors import StoreClosed
from ontology.records import R, Record
from ontology.values import SourceInfo


class MemoryStore(Amending):
    """Keeps everything in a dictionary, and forgets it when closed. Safe to share between threads."""

    def __init__(self) -> None:
        self._writing = RLock()
        self._contents: dict[str, Content] | None = {}
        self._edition = 0

    def replace_source(self, info: SourceInfo, records: Iterable[Record], *, anew: bool = False) -> Change:
        """See `graph.store.Store`."""
        content = gather(info, records)
        with self._writing:
            change = all_anew(content) if anew else compare(self._open.get(info.id), content)
            if not change.identical:
                self._become({**self._open, info.id: content})
        return change

    def edit(self, change: EditsChange) -> None:
        """See `graph.store.Store`."""
        with self._writing:
            after = changed(self._open.get(EDITS.id), change)
            if after is None:
                self.remove_source(EDITS.id)
            else:
                self._become({**self._open, EDITS.id: after})

    def remove_source(self, source_id: str) -> None:
        """See `graph.store.Store`."""
        with self._writing:
            self._become({id_: content for id_, content in self._open.items() if id_ != source_id})

    def sources(self) -> tuple[SourceInfo, ...]:
        """See `graph.store.Store`."""
        return tuple(self._open[id_].info for id_ in sorted(self._open))

    def records(self, record_type: type[R]) -> Iterator[R]:
        """See `graph.store.Store`."""
        return iter(select(self._open.values(), record_type))

    def records_of(self, source_id: str) -> Iterator[Record]:
        """See `graph.store.Store`."""
        content = self._open.get(source_id)
        return iter(content.records if content else ())

    def digests(self) -> dict[str, str]:
        """See `graph.store.Store`."""
        return {id_: content.digest for id_, content in self._open.items()}

    def revision(self) -> str:
        """See `graph.store.Store`."""
        return revision_of(self.digests())

    def edition(self) -> str:
        """See `graph.store.Store`."""
        return str(self._edition)

    def close(self) -> None:
        """See `graph.store.Store`."""
        self._contents = None

    def _become(self, contents: dict[str, Content]) -> None:
        self._contents = contents
        self._edition += 1

    @property
    def _open(self) -> dict[str, Content]:
        if self._contents is None:
            raise StoreClosed
        return self._contents
