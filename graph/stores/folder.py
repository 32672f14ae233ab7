"""The folder of an embedded store: opened, only to be read where nothing can be written, or refused.

What goes wrong in it is told as one of our errors. pyoxigraph raises an `OSError` or, where files are damaged, a
`RuntimeError`, with the words of RocksDB or of the system; `fault` is the one place that reads them.
"""

import errno
import fcntl
import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import pyoxigraph
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from ontology.errors import (
    NoStoreThere,
    StoreDamaged,
    StoreError,
    StoreFolderUnusable,
    StoreFull,
    StoreLocked,
    StoreOfOtherVersion,
    StoreReadOnly,
)
from ontology.ids import BASE
from ontology.schema import SCHEMA_VERSION, expand_term

_FAULTS: tuple[tuple[tuple[str, ...], type[StoreFull | StoreReadOnly | StoreDamaged | StoreFolderUnusable]], ...] = (
    (("no space left", "quota exceeded", "file too large"), StoreFull),
    (("read-only file system",), StoreReadOnly),
    (("permission denied", "not permitted"), StoreFolderUnusable),
    (("corruption", "no such file"), StoreDamaged),
)
"""Words that tell what happened, in the order in which they are looked for."""

_STORE, _VERSION = NamedNode(BASE + "store"), NamedNode(expand_term("cp:schemaVersion"))
_INTEGER = NamedNode(expand_term("xsd:integer"))
_OF_A_STORE = ("*.sst", "MANIFEST-*", "OPTIONS-*")


@contextmanager
def faults_of(folder: Path) -> Iterator[None]:
    """Raise what happens to the files within as one of our errors."""
    try:
        yield
    except (OSError, RuntimeError) as error:
        raise fault(folder, error) from error


def fault(folder: Path, error: OSError | RuntimeError) -> StoreError:
    """What an error of pyoxigraph means."""
    words = str(error)
    if "lock file" in words or "/LOCK" in words:
        return StoreLocked(str(folder))
    for signs, kind in _FAULTS:
        if any(sign in words.lower() for sign in signs):
            return kind(str(folder), words)
    return StoreFolderUnusable(str(folder), words)


@dataclass(slots=True)
class Opened:
    """An open folder. Where it can only be read, `closed` says why, and `lock` keeps whoever may write out of it."""

    folder: Path
    store: pyoxigraph.Store
    closed: str | None = None
    lock: IO[bytes] | None = None

    def check_writable(self) -> None:
        """Raise `StoreReadOnly` where nothing can be written."""
        if self.closed is not None:
            why = f"{self.closed} (`credpath copy` makes a copy of it that can be written)"
            raise StoreReadOnly(str(self.folder), why)

    def close(self) -> None:
        """Let go of the folder; nothing can be asked after it."""
        del self.store
        gc.collect()
        if self.lock is not None:
            self.lock.close()


def open_folder(folder: Path, *, make: bool = True) -> Opened:
    """Open or make the store in a folder; one that is there and cannot be written is opened to be read.

    Raises `NoStoreThere` where nothing is and nothing may be made, `StoreLocked`, `StoreReadOnly`, `StoreFull`,
    `StoreDamaged`, `StoreOfOtherVersion` and `StoreFolderUnusable`.
    """
    with faults_of(folder):
        there = (folder / "CURRENT").exists()
        if not there and folder.is_dir() and any(folder.iterdir()):
            if any(next(folder.glob(pattern), None) for pattern in _OF_A_STORE):
                raise StoreDamaged(str(folder), "its file CURRENT is missing")
            raise StoreFolderUnusable(str(folder), "it holds other files; name an empty or a new folder")
        if not there and not make:
            raise NoStoreThere(str(folder))
        _make(folder)
        closed = _closed(folder)
        if closed is None:
            opened = Opened(folder, pyoxigraph.Store(str(folder)))
        elif there:
            opened = _open_to_read(folder, closed.strerror or str(closed))
        else:
            raise closed
        try:
            _check_version(opened)
        except BaseException:
            opened.close()
            raise
        return opened


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (FileNotFoundError, FileExistsError, NotADirectoryError) as error:  # nothing is damaged: nothing is there
        raise StoreFolderUnusable(str(folder), f"it cannot be made ({error.strerror})") from error


def _closed(folder: Path) -> OSError | None:
    """Why nothing can be written into a folder that is there."""
    if os.statvfs(folder).f_flag & os.ST_RDONLY:
        return OSError(errno.EROFS, os.strerror(errno.EROFS))
    effective, lock = os.access in os.supports_effective_ids, folder / "LOCK"
    if os.access(folder, os.W_OK | os.X_OK, effective_ids=effective) and (
        not lock.exists() or os.access(lock, os.W_OK, effective_ids=effective)
    ):
        return None
    return PermissionError(errno.EACCES, os.strerror(errno.EACCES))


def _open_to_read(folder: Path, closed: str) -> Opened:
    """What is read may be anything while somebody writes, who may be let in where we are not: keep them out."""
    lock = _shared(folder)
    try:
        return Opened(folder, pyoxigraph.Store.read_only(str(folder)), closed, lock)
    except BaseException:
        if lock is not None:
            lock.close()
        raise


def _shared(folder: Path) -> IO[bytes] | None:
    """A share of the lock that a writer takes whole; `None` where its file was not copied, and nobody wrote since."""
    try:
        lock = (folder / "LOCK").open("rb")
    except FileNotFoundError:
        return None
    except OSError as error:
        raise OSError(error.errno, error.strerror) from error  # the name of the lock would tell `fault` another thing
    try:
        fcntl.lockf(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError as error:
        lock.close()
        if error.errno in {errno.EACCES, errno.EAGAIN}:
            raise StoreLocked(str(folder)) from error
        raise
    return lock


def _check_version(opened: Opened) -> None:
    """Write the version of the schema into a new store, and compare that of one that was there.

    Raises `StoreOfOtherVersion`, and `StoreFolderUnusable` where others wrote what is there.
    """
    store, folder = opened.store, opened.folder
    found = next(iter(store.quads_for_pattern(_STORE, _VERSION, None, DefaultGraph())), None)
    if found is None and len(store):
        raise StoreFolderUnusable(str(folder), "it holds RDF that credpath did not write")
    if found is None:
        if opened.closed is None:
            store.add(Quad(_STORE, _VERSION, Literal(str(SCHEMA_VERSION), datatype=_INTEGER)))
        return
    version = int(found.object.value) if isinstance(found.object, Literal) else 0
    if version != SCHEMA_VERSION:
        raise StoreOfOtherVersion(str(folder), version, SCHEMA_VERSION)
