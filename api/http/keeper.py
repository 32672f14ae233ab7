"""Keeps the saved index as the store is, for workers that only map it and never open the store.

A folder is opened for a moment only, so that `credpath load` works while others are served: once it is another than it
was when it was last looked into, and quiet. No time decides that, since clocks jump and a folder that is put back from
a copy is older than what was saved. A server is asked for its revision every few seconds. While the store is away or in
use, what was saved last is served on.
"""

import logging
from contextlib import closing
from pathlib import Path
from threading import Event, Thread

from api.catalogue import open_saved, place_index
from api.service import last_saved, open_patiently
from api.settings import Settings
from graph.build import saved_at
from graph.index import Index
from graph.store import Store, open_store
from ontology.errors import BadValue, DamagedIndex, EmptyCatalogue, StoreLocked, StoreUnreachable

log = logging.getLogger("credpath")

Mark = tuple[frozenset[tuple[str, int, int, int]], int | None]
"""How a folder and what is saved of it look from outside: equal where nobody wrote to either."""

_UNKNOWN: Mark = (frozenset(), None)


class Keeper:
    """Brings the saved index of a store up to date: once by `begin`, then in the background until `close`.

    `folder` is where it is saved, from `begin` on the same one.
    """

    def __init__(self, settings: Settings) -> None:
        if settings.index_folder is None:
            raise BadValue(
                f"{settings.shown_store} is known to one process and forgotten at its end, so that nobody else can "
                "answer from it; load into oxigraph:FOLDER or a server, and serve that"
            )
        self._settings = settings
        self.folder: Path = settings.index_folder
        embedded = settings.store.startswith("oxigraph:")
        self._files = Path(settings.store.partition(":")[2]).expanduser() if embedded else None
        self._known = _UNKNOWN
        self._before = _UNKNOWN
        self._store: Store | None = None
        self._away = False
        self._ended = Event()
        self._thread = Thread(target=self._keep, name="keeper", daemon=True)

    def begin(self) -> None:
        """Bring the saved index up to date and keep it so from now on.

        What was saved last does where a writer is at work or the server is away. Raises `EmptyCatalogue` where nothing
        is loaded, `IndexNotSaved` where the index cannot be saved, and a `StoreError` where the store cannot be opened.
        """
        try:
            index = self._update(open_patiently(self._settings, make=False))
        except (StoreLocked, StoreUnreachable) as error:
            saved = self._saved()
            if saved is None:
                raise
            index = saved
            log.warning("%s; revision %s, which was saved before, is served", error, index.revision[:12])
        if not index.sources:
            raise EmptyCatalogue(self._settings.shown_store)
        self._thread.start()

    def close(self) -> None:
        """Keep the index no longer; a build that runs is left alone, and what was saved before it stays."""
        self._ended.set()
        if self._thread.ident is None:
            self._let_go()
        else:
            self._thread.join(timeout=1)

    def _keep(self) -> None:
        while not self._ended.wait(self._settings.poll_seconds):
            try:
                self._look()
            except StoreLocked:
                continue
            except Exception as error:  # noqa: BLE001 — whatever it is, what was saved is served on
                self._lose(error)
            else:
                self._find_again()
        self._let_go()

    def _look(self) -> None:
        if self._files is None:
            self._update(self._store or open_store(self._settings.store, self._settings.access, make=False))
        elif self._is_stirred(self._files):
            self._update(open_store(self._settings.store, self._settings.access, make=False))

    def _update(self, store: Store) -> Index:
        """Save the index of what the store holds now, if that is not done; a folder is let go of."""
        if self._files is None:
            self._store = store
            return self._index(store)
        with closing(store):
            index = self._index(store)
            self._known = self._mark(self._files)  # while nobody else can write
        return index

    def _index(self, store: Store) -> Index:
        """The index, saved. Where to is settled before anybody follows it."""
        spare = self._settings.spare_index_folder if self._thread.ident is None else None
        index, self.folder = place_index(store, self.folder, spare)
        return index

    def _is_stirred(self, files: Path) -> bool:
        """Whether the folder, or what is saved of it, is another than it was when looked into, and nobody is at it."""
        before, self._before = self._before, self._mark(files)
        return before == self._before != self._known

    def _mark(self, files: Path) -> Mark:
        return _written(files), saved_at(self.folder)

    def _saved(self) -> Index | None:
        self.folder = last_saved(self._settings) or self.folder
        try:
            saved = open_saved(self.folder)
        except DamagedIndex:
            return None
        return saved.index if saved else None

    def _lose(self, error: Exception) -> None:
        if not self._away:
            log.warning("the store cannot be looked into; what was saved is served on: %s", error)
        self._away = True
        self._let_go()

    def _find_again(self) -> None:
        if self._away:
            log.info("the store can be looked into again")
        self._away = False

    def _let_go(self) -> None:
        store, self._store = self._store, None
        if store is not None:
            store.close()


def _written(folder: Path) -> frozenset[tuple[str, int, int, int]]:
    """The files that hold what was written: name, size, time, number. Whoever only looks changes none of them."""
    found = set()
    for path in folder.iterdir():
        if path.suffix in (".sst", ".log"):
            try:
                stat = path.stat()
            except FileNotFoundError:
                continue
            if stat.st_size:  # each opening begins an empty log
                found.add((path.name, stat.st_size, stat.st_mtime_ns, stat.st_ino))
    return frozenset(found)
