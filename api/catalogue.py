"""One revision of everything that is known, and how a process takes a newer one without keeping anybody waiting.

The index is saved beside the store by whoever writes; whoever only answers maps it and needs no store. A `Follower`
notices a newer saving, maps it in the background, and then swaps: who is answering keeps the old.
"""

import errno
import logging
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from threading import Event, Thread

from graph.build import build_index, open_index, saved_at, saved_index
from graph.index import Index
from graph.names import Names, build_names
from graph.store import Store
from ontology.errors import IndexNotSaved

_CLOSED = (errno.EROFS, errno.EACCES, errno.EPERM)
"""What a system says of a folder that this user cannot write, today or tomorrow."""

EVERY = 0.5
"""Seconds between two looks at whether a newer index was saved."""

log = logging.getLogger("credpath")


@dataclass(frozen=True)
class Catalogue:
    """One revision of everything that is known."""

    index: Index

    @cached_property
    def names(self) -> Names:
        """The names of the index."""
        return build_names(self.index)


def open_saved(folder: Path) -> Catalogue | None:
    """The catalogue that was saved last in a folder, memory-mapped, of whatever revision; `None` where none was.

    Raises `DamagedIndex`.
    """
    index = saved_index(folder)
    return None if index is None else Catalogue(index)


def current_index(store: Store, folder: Path) -> Index:
    """The index of all that a store holds now: the one saved in the folder, or else built and saved there.

    Of several processes one builds, and the others wait for it. Nothing is saved of an empty store that never held
    anything. Raises `IndexNotSaved` where it cannot be saved, and `StoreChanged` where others change the store faster
    than it can be read.
    """
    if saved_at(folder) is None and not store.sources():
        return build_index(store)
    return open_index(store, folder)


def place_index(store: Store, folder: Path, spare: Path | None) -> tuple[Index, Path]:
    """The index of all that a store holds now, and where it is saved: the folder or, where that is closed, the spare.

    Raises like `current_index`.
    """
    try:
        return current_index(store, folder), folder
    except IndexNotSaved as error:
        cause = error.__cause__
        if spare is None or not isinstance(cause, OSError) or cause.errno not in _CLOSED:
            raise
    return current_index(store, spare), spare


class Follower:
    """Holds the catalogue that was saved last in a folder. `close` ends its thread.

    Raises `DamagedIndex` where the first one cannot be read; a later one that cannot be is passed over.
    """

    def __init__(self, folder: Path, *, every: float = EVERY) -> None:
        self._folder = folder
        self._every = every
        self._seen = saved_at(folder)
        self._catalogue = open_saved(folder)
        self._ended = Event()
        self._thread = Thread(target=self._follow, name="follower", daemon=True)
        self._thread.start()

    @property
    def catalogue(self) -> Catalogue | None:
        """The newest catalogue, ready to be used; `None` while none was saved."""
        return self._catalogue

    def close(self) -> None:
        """Follow no longer."""
        self._ended.set()
        self._thread.join()

    def _follow(self) -> None:
        told = ""
        while not self._ended.wait(self._every):
            try:
                self._look()
                told = ""
            except Exception as error:  # noqa: BLE001 — whatever it is, the old catalogue is served on
                words = f"{type(error).__name__}: {error}"
                if words != told:
                    log.warning("the index saved last cannot be opened, and the one before is served: %s", words)
                told = words

    def _look(self) -> None:
        newest = saved_at(self._folder)
        if newest in {None, self._seen}:
            return
        found = open_saved(self._folder)
        self._seen = newest
        if found is not None:
            self._catalogue = found
            log.info("revision %s is served now", found.index.revision[:12])
