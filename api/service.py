"""A store held open with its index, names and rubric: what every edge (command line, HTTP) thinks over.

The index is saved beside the store and mapped into memory, so that a command starts at once; it is built anew when the
store's revision is another. `Service` is safe to share between threads. Whoever answers one question takes a
`Snapshot` first, so that no answer is made of two revisions.
"""

import logging
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from threading import Lock
from typing import Protocol

from api.catalogue import Catalogue, open_saved, place_index
from api.settings import Settings, read_settings
from graph.build import build_index, saved_at
from graph.content import EDITS, Change, Edits
from graph.edits import Step, stepped
from graph.index import Index
from graph.names import Names
from graph.store import Store, open_store
from loaders.loaded import Loaded
from ontology.errors import (
    ChangedButUnread,
    EditedMeanwhile,
    EmptyCatalogue,
    IndexNotSaved,
    Refusal,
    StoreChanged,
    StoreError,
    StoreLocked,
    UnknownSource,
    Unreadable,
)
from ontology.records import Record
from ontology.rubric import Rubric, default_rubric, read_rubric
from ontology.values import SourceInfo

Tick = Callable[[str, int, int], None]
"""Told while a source is stored: its title, how many records so far, how many in all."""


log = logging.getLogger("credpath")

LOOKS = 20
"""How often an edit is looked at and decided anew because others changed it, or the store, meanwhile."""

PATIENCE = 2.0
"""Seconds to wait for another process to let go of the store's folder; two quick commands in a row then both work."""


class Knowledge(Protocol):
    """What a question is answered from."""

    @property
    def settings(self) -> Settings:
        """How this process works."""
        ...

    @property
    def rubric(self) -> Rubric:
        """The proof rubric in force."""
        ...

    @property
    def catalogue(self) -> Catalogue:
        """The index and names in force. Raises `EmptyCatalogue` where nothing is loaded."""
        ...

    @property
    def index(self) -> Index:
        """The index in force."""
        ...

    @property
    def names(self) -> Names:
        """The names in force."""
        ...


class Revisions(Protocol):
    """Whatever has a snapshot for each question: an open store, or what others save."""

    @property
    def settings(self) -> Settings:
        """How this process works."""
        ...

    def snapshot(self) -> "Snapshot":
        """What is known now."""
        ...


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The knowledge of one revision, which stays as it is whatever is loaded meanwhile."""

    settings: Settings
    rubric: Rubric
    taken: Catalogue

    @property
    def catalogue(self) -> Catalogue:
        """See `Knowledge`."""
        if not self.taken.index.sources:
            raise EmptyCatalogue(self.settings.shown_store)
        return self.taken

    @property
    def index(self) -> Index:
        """See `Knowledge`."""
        return self.catalogue.index

    @property
    def names(self) -> Names:
        """See `Knowledge`."""
        return self.catalogue.names

    @property
    def sources(self) -> tuple[SourceInfo, ...]:
        """The sources there are, by id."""
        return self.taken.index.sources

    @property
    def revision(self) -> str:
        """The digest of the content."""
        return self.taken.index.revision


class Service:
    """An open store and what is thought over it. Made by `open_service`; `close` ends it."""

    def __init__(self, settings: Settings, store: Store, rubric: Rubric) -> None:
        self.settings = settings
        self.store = store
        self.rubric = rubric
        self._lock = Lock()
        self._catalogue: Catalogue | None = None

    def snapshot(self) -> Snapshot:
        """What the store holds now."""
        with self._lock:
            if self._catalogue is None or self._catalogue.index.revision != self.store.revision():
                self._catalogue = Catalogue(self._open_index())
            return Snapshot(self.settings, self.rubric, self._catalogue)

    @property
    def catalogue(self) -> Catalogue:
        """See `Knowledge`: of what the store holds now."""
        return self.snapshot().catalogue

    @property
    def index(self) -> Index:
        """See `Knowledge`: of what the store holds now."""
        return self.catalogue.index

    @property
    def names(self) -> Names:
        """See `Knowledge`: of what the store holds now."""
        return self.catalogue.names

    def load(self, loaded: Loaded, *, tick: Tick | None = None) -> tuple[tuple[SourceInfo, Change], ...]:
        """Replace each source that was read, and make the index anew. Each source is whole or as it was."""
        changes = []
        for info, records in loaded.sources:
            counted = records if tick is None else _counting(info.title, records, tick)
            changes.append((info, self.store.replace_source(info, counted)))
        self.follow()
        return tuple(changes)

    def load_starter(self, *, tick: Tick | None = None) -> tuple[tuple[SourceInfo, Change], ...]:
        """Load the starter graph that ships with credpath. Raises `Unreadable` where a file of it was damaged."""
        from loaders.curated.folder import read_starter

        loaded = read_starter()
        if loaded.refusals:
            raise Unreadable(loaded.refusals)
        return self.load(loaded, tick=tick)

    def drop(self, source_id: str) -> SourceInfo:
        """Forget a source. Raises `UnknownSource` where none is called so."""
        sources = {info.id: info for info in self.store.sources()}
        if source_id not in sources:
            raise UnknownSource(source_id, tuple(sources))
        self.store.remove_source(source_id)
        self.follow()
        return sources[source_id]

    def edits(self) -> tuple["Snapshot", Edits]:
        """What the store holds now, and the edits in it. Raises `StoreChanged` where others never leave it alone."""
        for _ in range(LOOKS):
            known = self.snapshot()
            edits = tuple(self.store.records_of(EDITS.id))
            if self.store.revision() == known.revision:
                return known, edits
        raise StoreChanged(self.settings.shown_store)

    def edit(self, decide: Callable[["Snapshot", Edits], Iterable[Step]]) -> tuple["Snapshot", tuple[Step, ...]]:
        """Take the steps that are decided from what is known and edited, all or none; gives also what was known.

        What one edit says depends on what others say and on the edit before it. So where that one was changed by
        somebody else before a step could be taken, all is looked at and decided again. Raises `EditedMeanwhile` where
        that happens over and over, and what `decide` raises.
        """
        for looks in reversed(range(LOOKS)):
            known, edits = self.edits()
            steps = tuple(decide(known, edits))
            try:
                self.store.edit(partial(stepped, steps=steps))
            except EditedMeanwhile:
                if not looks:
                    raise
            else:
                break
        self.follow()
        return known, steps

    def follow(self) -> None:
        """Make the index anew after a change. Raises `ChangedButUnread` where the store fails now: the change stays."""
        try:
            self.snapshot()
        except StoreError as error:
            raise ChangedButUnread(error) from error

    def close(self) -> None:
        """Let go of the store."""
        self.store.close()

    def _open_index(self) -> Index:
        folder = self.settings.index_folder
        if folder is None:
            return build_index(self.store)
        try:
            return place_index(self.store, folder, self.settings.spare_index_folder)[0]
        except (IndexNotSaved, OSError) as error:
            log.warning("the index is built each time: %s", error)
            return build_index(self.store)


def _counting(title: str, records: Sequence[Record], tick: Tick) -> Iterator[Record]:
    tick(title, 0, len(records))
    for count, record in enumerate(records, 1):
        yield record
        if count % 200 == 0 or count == len(records):
            tick(title, count, len(records))


@contextmanager
def open_service(settings: Settings | None = None) -> Iterator[Service]:
    """A service over the store that the settings name, closed at the end.

    Waits `PATIENCE` seconds for a folder that another process uses. Raises a `StoreError` where the store cannot be
    opened, `Unreadable` where the rubric cannot be read.
    """
    settings = settings or read_settings()
    rubric = find_rubric(settings)
    store = open_patiently(settings)
    service = Service(settings, store, rubric)
    try:
        yield service
    finally:
        service.close()


def take_snapshot(settings: Settings, *, notice: Callable[[str], None]) -> Snapshot:
    """What the store holds now, for whoever only reads; the store is let go before it returns.

    Where another process writes to the store's folder, it is what was saved last, and `notice` is told so. Raises like
    `open_service`; `StoreLocked` only where nothing was saved yet.
    """
    try:
        with open_service(settings) as service:
            return service.snapshot()
    except StoreLocked as locked:
        folder = last_saved(settings)
        saved, at = (open_saved(folder), saved_at(folder)) if folder else (None, None)
        if saved is None or at is None:
            raise
        notice(f"another process is writing to {locked.folder}; this answer is of the revision saved at {_told(at)}")
        return Snapshot(settings, find_rubric(settings), saved)


def last_saved(settings: Settings) -> Path | None:
    """The folder in which an index was saved last; `None` where none was."""
    folders = [folder for folder in (settings.index_folder, settings.spare_index_folder) if folder is not None]
    when = [(saved, folder) for folder in folders if (saved := saved_at(folder)) is not None]
    return max(when)[1] if when else None


def _told(nanoseconds: int) -> str:
    moment = datetime.fromtimestamp(nanoseconds // 1_000_000_000, tz=UTC).astimezone()
    return moment.isoformat(sep=" ")


def open_patiently(settings: Settings, *, patience: float = PATIENCE) -> Store:
    """The store that the settings name. Raises `StoreLocked` where others still use its folder after some seconds."""
    until, pause = time.monotonic() + patience, 0.05
    while True:
        try:
            return open_store(settings.store, settings.access)
        except StoreLocked:
            if time.monotonic() >= until:
                raise
        time.sleep(pause)
        pause *= 1.5  # each try leaves a small log file in the folder


def find_rubric(settings: Settings) -> Rubric:
    """The proof rubric in force."""
    if settings.rubric is None:
        return default_rubric()
    try:
        text = settings.rubric.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        found = "no such file" if isinstance(error, FileNotFoundError) else str(error)
        raise Unreadable((Refusal(str(settings.rubric), "the file", found, "a proof rubric in TOML"),)) from error
    return read_rubric(text, settings.rubric.name)
