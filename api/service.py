"""A store held open with its index, names and rubric: what every edge (command line, HTTP) thinks over.

The index is saved beside the store and mapped into memory, so that a command starts at once; it is built anew when the
store's revision is another. `Service` is safe to share between threads. Whoever answers one question takes a
`Snapshot` first, so that no answer is made of two revisions.
"""

import logging
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from threading import Lock

from api.catalogue import Catalogue, open_saved, place_index
from api.knowledge import Snapshot
from api.settings import Settings, read_settings
from graph.build import build_index, forget_index, saved_at
from graph.content import EDITS, Change, Edits
from graph.edits import Step, stepped
from graph.index import Index
from graph.names import Names
from graph.store import Store, open_store
from loaders.loaded import Loaded
from ontology.errors import (
    BadValue,
    ChangedButUnread,
    EditedMeanwhile,
    IndexNotSaved,
    LoadStopped,
    NoStoreThere,
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

    def load(
        self, loaded: Loaded, *, anew: bool = False, tick: Tick | None = None
    ) -> tuple[tuple[SourceInfo, Change], ...]:
        """Replace each source that was read, and make the index of it. Each source is whole or as it was.

        With `anew` each is written also where the store believes that it holds the same. Raises `LoadStopped` where
        somebody interrupts it, and `BadValue` before anything is written where a source has the name of own edits.
        """
        if any(info.id == EDITS.id for info, _ in loaded.sources):
            raise BadValue(f"a source cannot be called {EDITS.id}: own corrections are kept there; give it another id")
        changes: list[tuple[SourceInfo, Change]] = []
        edition = self.store.edition()
        try:
            for info, records in loaded.sources:
                edition = self.store.edition()
                counted = records if tick is None else _counting(info.title, records, tick)
                changes.append((info, self.store.replace_source(info, counted, anew=anew)))
        except KeyboardInterrupt:
            raise self._stopped([info.id for info, _ in loaded.sources], len(changes), edition) from None
        self.follow(distrust=anew)
        return tuple(changes)

    def _stopped(self, ids: Sequence[str], done: int, edition: str) -> LoadStopped:
        """What an interrupt left; the source at hand may have been taken just before it."""
        if done < len(ids) and self.store.edition() != edition:
            done += 1
        return LoadStopped(tuple(ids[:done]), tuple(ids[done:]))

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

    def edits(self) -> tuple[Snapshot, Edits]:
        """What the store holds now, and the edits in it. Raises `StoreChanged` where others never leave it alone."""
        for _ in range(LOOKS):
            known = self.snapshot()
            edits = tuple(self.store.records_of(EDITS.id))
            if self.store.revision() == known.revision:
                return known, edits
        raise StoreChanged(self.settings.shown_store)

    def edit(self, decide: Callable[[Snapshot, Edits], Iterable[Step]]) -> tuple[Snapshot, tuple[Step, ...]]:
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

    def follow(self, *, distrust: bool = False) -> None:
        """Make the index anew after a change. Raises `ChangedButUnread` where the store fails now: the change stays.

        With `distrust` also one that is of the store's revision: it may be of what another hand had made of a source.
        """
        if distrust:
            self._forget_index()
        try:
            self.snapshot()
        except StoreError as error:
            raise ChangedButUnread(error) from error

    def close(self) -> None:
        """Let go of the store."""
        self.store.close()

    def _forget_index(self) -> None:
        with self._lock:
            self._catalogue = None
            for folder in (self.settings.index_folder, self.settings.spare_index_folder):
                try:
                    if folder is not None:
                        forget_index(folder)
                except IndexNotSaved as error:
                    log.warning("the saved index cannot be deleted, delete %s: %s", folder, error)

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
def open_service(settings: Settings | None = None, *, make: bool = True) -> Iterator[Service]:
    """A service over the store that the settings name, closed at the end; `make` lets a folder be made.

    Waits `PATIENCE` seconds for a folder that another process uses. Raises a `StoreError` where the store cannot be
    opened, `Unreadable` where the rubric cannot be read.
    """
    settings = settings or read_settings()
    rubric = find_rubric(settings)
    store = open_patiently(settings, make=make)
    service = Service(settings, store, rubric)
    try:
        yield service
    finally:
        service.close()


def take_snapshot(settings: Settings, *, notice: Callable[[str], None]) -> Snapshot:
    """What the store holds now, for whoever only reads; the store is let go before it returns.

    Where another process writes to the store's folder, it is what was saved last, and `notice` is told so. Where there
    is no folder yet, it is nothing, and none is made. Raises like `open_service`; `StoreLocked` only where nothing was
    saved yet.
    """
    try:
        with open_service(settings, make=False) as service:
            return service.snapshot()
    except NoStoreThere:
        return Snapshot(settings, find_rubric(settings), Catalogue(build_index(open_store("memory:"))))
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


def open_patiently(settings: Settings, *, make: bool = True, patience: float = PATIENCE) -> Store:
    """The store that the settings name; `make` lets a folder be made.

    Raises `StoreLocked` where others still use its folder after some seconds, and `NoStoreThere` for a folder that may
    not be made.
    """
    until, pause = time.monotonic() + patience, 0.05
    while True:
        try:
            return open_store(settings.store, settings.access, make=make)
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
