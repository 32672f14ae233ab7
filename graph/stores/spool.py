"""Records come out of an RDF store in its own order and go to readers in ours, without all being in memory.

`Spool` sorts what it is given: some ten thousand records at a time in memory, each such run then in a nameless file
that ends with the last reader. What fits into one run never touches the disk. Those files lie in the system's folder
for temporary ones, so a full disk there is told as such: the store may have all the room it needs.
"""

import os
import pickle
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from heapq import merge
from tempfile import TemporaryFile
from typing import IO, Generic

from ontology.errors import TemporaryFolderUnusable
from ontology.records import R

RUN = 50_000
"""Records sorted in memory at once: some 60 MB of them."""

BLOCK = 500
"""Records written and read back together: a reader holds one block of each run."""


class Spool(Generic[R]):
    """Takes records in any order and gives them once, in the order of a key."""

    def __init__(self, key: Callable[[R], tuple[str, ...]], *, run: int = RUN) -> None:
        self._key = key
        self._run = run
        self._held: list[R] = []
        self._files: list[IO[bytes]] = []

    def add(self, record: R) -> None:
        """Take one record. Raises `TemporaryFolderUnusable`."""
        self._held.append(record)
        if len(self._held) >= self._run:
            self._put_down()

    def in_order(self) -> Iterator[R]:
        """All records that were added, sorted."""
        self._held.sort(key=self._key)
        if not self._files:
            return iter(self._held)
        return merge(*(_blocks(file) for file in self._files), iter(self._held), key=self._key)

    def _put_down(self) -> None:
        self._held.sort(key=self._key)
        with _temporary():
            file = TemporaryFile()  # noqa: SIM115 — it lives as long as who reads it
            try:
                for start in range(0, len(self._held), BLOCK):
                    pickle.dump(self._held[start : start + BLOCK], file, pickle.HIGHEST_PROTOCOL)
                file.seek(0)
            except BaseException:
                with suppress(OSError):  # what it cannot write it cannot write now either
                    file.close()
                raise
        self._files.append(file)
        self._held = []


@contextmanager
def _temporary() -> Iterator[None]:
    """Say of which folder it is that it cannot be written."""
    try:
        yield
    except OSError as error:
        folder = tempfile.tempdir or os.environ.get("TMPDIR", "/tmp")  # noqa: S108 — none could be chosen
        raise TemporaryFolderUnusable(str(folder), error.strerror or str(error)) from error


def _blocks(file: IO[bytes]) -> Iterator[R]:
    with file:
        while True:
            try:
                block = pickle.load(file)  # noqa: S301 — written by this process, into a file without a name
            except EOFError:
                return
            yield from block
