"""The folder of an embedded store: opened or refused, and what goes wrong in it told as one of our errors.

pyoxigraph raises an `OSError` or, where files are damaged, a `RuntimeError`, with the words of RocksDB or of the
system; `fault` is the one place that reads them.
"""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyoxigraph
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from ontology.errors import (
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


def open_folder(folder: Path) -> pyoxigraph.Store:
    """Open or make the store in a folder.

    Raises `StoreLocked`, `StoreReadOnly`, `StoreFull`, `StoreDamaged` and `StoreFolderUnusable`.
    """
    with faults_of(folder):
        if folder.is_dir() and any(folder.iterdir()) and not (folder / "CURRENT").exists():
            if any(next(folder.glob(pattern), None) for pattern in _OF_A_STORE):
                raise StoreDamaged(str(folder), "its file CURRENT is missing")
            raise StoreFolderUnusable(str(folder), "it holds other files; name an empty or a new folder")
        folder.mkdir(parents=True, exist_ok=True)
        if os.statvfs(folder).f_flag & os.ST_RDONLY:
            raise OSError(errno.EROFS, os.strerror(errno.EROFS))
        if not os.access(folder, os.W_OK | os.X_OK, effective_ids=os.access in os.supports_effective_ids):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        return pyoxigraph.Store(str(folder))


def check_version(store: pyoxigraph.Store, folder: Path) -> None:
    """Write the version of the schema into a new store, and compare that of one that was there.

    Raises `StoreOfOtherVersion`, and `StoreFolderUnusable` where others wrote what is there.
    """
    found = next(iter(store.quads_for_pattern(_STORE, _VERSION, None, DefaultGraph())), None)
    if found is None and len(store):
        raise StoreFolderUnusable(str(folder), "it holds RDF that credpath did not write")
    if found is None:
        store.add(Quad(_STORE, _VERSION, Literal(str(SCHEMA_VERSION), datatype=_INTEGER)))
        return
    version = int(found.object.value) if isinstance(found.object, Literal) else 0
    if version != SCHEMA_VERSION:
        raise StoreOfOtherVersion(str(folder), version, SCHEMA_VERSION)
