"""What a batch keeps while it runs, so that a run that was stopped goes on where it was, and nobody is planned twice.

Beside the file of plans stands a folder `<file>.part`: a manifest of all that decides the answers, and each finished
chunk, written beside and renamed. A later run of the same manifest takes what is there; another manifest starts anew.
Chunks hold answers to questions, and never who asked.
"""

import contextlib
import json
import os
import shutil
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import IO

from ontology.errors import BadValue

MANIFEST = "manifest.json"
_LOCK = "lock"


class Journal:
    """A folder of finished chunks. Made by `open_journal`; `remove` when the plans are written, else `close`.

    `before` are the chunks that an earlier run finished, by number. `differs` names the parts of the manifest in which
    what stood there was of another run, and was thrown away; it is empty where nothing was.
    """

    def __init__(
        self, folder: Path, lock: IO[str], before: Mapping[int, tuple[str, ...]], differs: Sequence[str]
    ) -> None:
        self.folder = folder
        self.before = before
        self.differs = tuple(differs)
        self._lock = lock

    def keep(self, number: int, rows: Iterable[str]) -> None:
        """Keep the rows of a finished chunk. Raises `OSError` where they cannot be written."""
        _write(self.folder / _name(number), "".join(f"{row}\n" for row in rows))

    def is_empty(self) -> bool:
        """Whether no chunk is kept."""
        return not any(self.folder.glob("chunk-*.jsonl"))

    def close(self) -> None:
        """Leave what is kept for a later run."""
        self._lock.close()

    def remove(self) -> None:
        """Throw away what is kept: the plans are written.

        The lock goes last, since by it the next run knows the folder for a journal, however far this one came.
        """
        with contextlib.suppress(OSError):
            _clear(self.folder)
            (self.folder / _LOCK).unlink(missing_ok=True)
            self.folder.rmdir()
        self.close()


def open_journal(folder: Path, manifest: Mapping[str, str], sizes: Sequence[int]) -> Journal:
    """The journal of a run whose chunks have these sizes.

    Raises `BadValue` where the folder is another's, where another process is at work in it, or it cannot be written.
    """
    try:
        return _open(folder, manifest, sizes)
    except OSError as error:
        raise BadValue(f"{folder} cannot be written: {error.strerror or error}") from error


def _open(folder: Path, manifest: Mapping[str, str], sizes: Sequence[int]) -> Journal:
    if folder.exists() and not folder.is_dir():
        raise BadValue(f"{folder} is no folder; remove it, or write the plans elsewhere")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / _LOCK).exists():
        raise BadValue(f"{folder} holds something else; remove it, or write the plans elsewhere")
    lock = _locked(folder)
    try:
        found = _manifest(folder)
        differs = [] if found is None else [name for name in manifest if found.get(name) != manifest[name]]
        if found is None or differs:
            _clear(folder)
            _write(folder / MANIFEST, json.dumps(dict(manifest), indent=1))
        before = {number: rows for number, size in enumerate(sizes) if (rows := _finished(folder, number, size))}
    except BaseException:
        lock.close()
        raise
    return Journal(folder, lock, before, differs)


def _locked(folder: Path) -> IO[str]:
    """The lock of the folder, taken. One that another run threw away meanwhile keeps nobody out: it is made again."""
    while True:
        folder.mkdir(exist_ok=True)
        lock = (folder / _LOCK).open("w", encoding="utf-8")
        try:
            _take(lock, folder)
            with contextlib.suppress(FileNotFoundError):
                if os.path.samestat(os.fstat(lock.fileno()), (folder / _LOCK).stat()):
                    return lock
        except BaseException:
            lock.close()
            raise
        lock.close()


def _take(lock: IO[str], folder: Path) -> None:
    """Keep other processes of this machine out; one that was killed keeps nobody out."""
    if sys.platform == "win32":
        return
    import fcntl

    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise BadValue(f"another run is at work in {folder}; wait for it, or write the plans elsewhere") from error


def _clear(folder: Path) -> None:
    """Remove everything but the lock."""
    for path in sorted(folder.iterdir()):
        if path.is_dir():
            shutil.rmtree(path)
        elif path.name != _LOCK:
            path.unlink()


def _manifest(folder: Path) -> Mapping[str, str] | None:
    """What stands in the manifest; nothing where there is none, and no part where it cannot be read."""
    try:
        found = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _finished(folder: Path, number: int, size: int) -> tuple[str, ...] | None:
    """The rows of a chunk that is there whole."""
    try:
        rows = tuple((folder / _name(number)).read_text(encoding="utf-8").split("\n")[:-1])
        for row in rows:
            json.loads(row)
    except (FileNotFoundError, ValueError):
        return None
    return rows if len(rows) == size else None


def _name(number: int) -> str:
    return f"chunk-{number:06}.jsonl"


def _write(path: Path, words: str) -> None:
    """Write beside and rename, so that a name stands for a whole file."""
    beside = path.with_name(f"{path.name}.new")
    try:
        with beside.open("w", encoding="utf-8") as file:
            file.write(words)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
        raise
