"""What a command works with, for the store that its option or the settings name.

Who changes something holds the store open (`running`); who only asks takes a snapshot and lets the store go at once
(`reading`), so that others need not wait for an answer to be thought out, and a load keeps nobody from asking.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from api.knowledge import Snapshot
from api.service import Service, open_service, take_snapshot
from api.settings import read_settings


@contextmanager
def running(store: str | None, *, make: bool = False) -> Iterator[Service]:
    """A service that is closed when the command ends. Only who writes what was not there may `make` a folder."""
    with open_service(read_settings(store), make=make) as service:
        yield service


def reading(store: str | None) -> Snapshot:
    """What is known now; a line on stderr says so where it is what was saved last, because somebody is writing."""
    return take_snapshot(read_settings(store), notice=_say)


def _say(words: str) -> None:
    sys.stderr.write(f"credpath: {words}\n")
