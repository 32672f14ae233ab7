"""Whoever opens a file of ours finds it whole: the old one or the new one, also where its writer is killed.

A file is written without a name, where the system knows such files, and takes its name when it is whole: a killed
writer leaves nothing. Elsewhere it is written beside, as `.NAME.TOKEN.part`, under a lock that ends with its writer;
the next writer of the same file takes away what nobody holds any more.
"""

import os
import re
import secrets
import stat
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from ontology.errors import BadValue


def write_whole(path: Path, pieces: Iterable[bytes]) -> None:
    """Write a file so that nobody ever sees half of it. Raises as `whole_file` does."""
    with whole_file(path) as file:
        for piece in pieces:
            file.write(piece)


@contextmanager
def whole_file(path: Path) -> Iterator[IO[bytes]]:
    """A file to write and read, which takes its name when all went well, and leaves no trace when not.

    It keeps the mode of the file that it replaces, and its owner and group where the system allows. A link is followed.
    What is there and is no file (a folder, a device, a pipe) stays: a rename would replace it.
    Raises `BadValue` where the file cannot be written.
    """
    try:
        taken = _is_taken(path)
        if not taken:
            with _written(path.resolve()) as file:
                yield file
    except OSError as error:
        raise BadValue(f"{path} cannot be written: {error.strerror or error}") from error
    if taken:
        raise BadValue(f"{path} is there and is no file; give the name of a file")


def _is_taken(path: Path) -> bool:
    """Whether something other than a file is there."""
    try:
        return not stat.S_ISREG(path.stat().st_mode)
    except FileNotFoundError:
        return False


@contextmanager
def _written(path: Path) -> Iterator[IO[bytes]]:
    before = path.stat() if path.exists() else None
    _sweep(path)
    handle, beside = _nameless(path.parent), _beside(path)
    named = handle is None
    if handle is None:
        handle = _named(beside, 0o666 if before is None else 0o600)
    try:
        with os.fdopen(handle, "w+b") as file:
            yield file
            file.flush()
            if before is not None:
                _take_after(handle, before)
            os.fsync(handle)
            if sys.platform == "win32":  # where nothing can be renamed that is open
                file.close()
            if named:
                beside.replace(path)
            else:
                _give_name(handle, path, beside)
        _remember(path.parent)
    finally:
        beside.unlink(missing_ok=True)


def _beside(path: Path) -> Path:
    return path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")


def _sweep(path: Path) -> None:
    """Remove what killed writers of this file left beside it. What is locked has a writer, who lives."""
    if sys.platform != "win32":
        import fcntl

        left = re.compile(rf"\.{re.escape(path.name)}\.[0-9a-f]{{8}}\.part")
        with suppress(PermissionError):  # of a folder that may be written and not listed
            for part in [part for part in path.parent.iterdir() if left.fullmatch(part.name)]:
                with suppress(OSError):
                    handle = os.open(part, os.O_RDWR | os.O_NONBLOCK | os.O_NOFOLLOW)
                    try:
                        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                        part.unlink()
                    finally:
                        os.close(handle)


def _nameless(folder: Path) -> int | None:
    """A locked file without a name, or nothing where there is no such thing; `_named` says why not."""
    if sys.platform == "linux":
        with suppress(OSError):
            handle = os.open(folder, os.O_TMPFILE | os.O_RDWR, 0o666)
            if Path(_link_to(handle)).exists():
                _lock(handle)
                return handle
            os.close(handle)
    return None


def _named(beside: Path, mode: int) -> int:
    """A locked file beside; another one where a sweep took it before it was locked."""
    while True:
        handle = os.open(beside, os.O_CREAT | os.O_EXCL | os.O_RDWR, mode)
        _lock(handle)
        if os.fstat(handle).st_nlink:
            return handle
        os.close(handle)


def _lock(handle: int) -> None:
    if sys.platform != "win32":
        import fcntl

        with suppress(OSError):  # a file system without locks: nothing is swept there
            fcntl.flock(handle, fcntl.LOCK_EX)


def _take_after(handle: int, before: os.stat_result) -> None:
    """Belong to the same people as the file before. Who is of no group of theirs opens it to no group."""
    mode = stat.S_IMODE(before.st_mode) & 0o777
    if sys.platform != "win32":
        now = os.fstat(handle)
        if (now.st_uid, now.st_gid) != (before.st_uid, before.st_gid):
            try:
                os.chown(handle, before.st_uid, before.st_gid)
            except PermissionError:
                try:
                    os.chown(handle, -1, before.st_gid)
                except PermissionError:
                    mode &= ~0o070
        os.chmod(handle, mode)


def _give_name(handle: int, path: Path, beside: Path) -> None:
    """Name a file that has none. A link replaces nothing, so what is there is replaced by a rename."""
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        try:
            os.link(_link_to(handle), path, src_dir_fd=folder)
        except FileExistsError:
            os.link(_link_to(handle), beside, src_dir_fd=folder)
            beside.replace(path)
    finally:
        os.close(folder)


def _link_to(handle: int) -> str:
    return f"/proc/self/fd/{handle}"


def _remember(folder: Path) -> None:
    """Let the new name outlive a loss of power, where a system lets folders be synchronised."""
    if sys.platform != "win32":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
