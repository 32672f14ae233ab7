"""An open service for one command, with the store that its option or the settings name."""

from collections.abc import Iterator
from contextlib import contextmanager

from api.service import Service, open_service
from api.settings import read_settings


@contextmanager
def running(store: str | None) -> Iterator[Service]:
    """A service that is closed when the command ends."""
    with open_service(read_settings(store)) as service:
        yield service
