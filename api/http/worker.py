"""One process that answers. It maps the saved index, follows newer ones, and never opens the store.

It ends when its parent tells it to, or is gone: two joined sockets are their lifeline, so that no worker outlives
whoever started it, however that one ended. What is asked at that moment is answered first.
"""

import asyncio
import logging
import signal
import socket
from dataclasses import dataclass
from multiprocessing.connection import wait
from pathlib import Path
from threading import Thread

import uvicorn

from api.catalogue import Follower
from api.http.app import build_app
from api.http.heart import beat
from api.knowledge import Snapshot
from api.service import find_rubric
from api.settings import Settings
from ontology.errors import EmptyCatalogue
from ontology.rubric import Rubric

GRACE = 30
"""Seconds that questions still have to be answered when the process ends."""

FORMAT = "%(levelname)s %(name)s: %(message)s"


@dataclass(frozen=True, slots=True)
class Saved:
    """What others save, as `api.knowledge.Revisions`."""

    settings: Settings
    rubric: Rubric
    follower: Follower

    def snapshot(self) -> Snapshot:
        """See `api.knowledge.Revisions`. Raises `EmptyCatalogue` where nothing was ever saved."""
        catalogue = self.follower.catalogue
        if catalogue is None:
            raise EmptyCatalogue(self.settings.shown_store)
        return Snapshot(self.settings, self.rubric, catalogue)


class _Server(uvicorn.Server):
    """Gives the parent signs of life from when it answers."""

    def __init__(self, config: uvicorn.Config, lifeline: socket.socket) -> None:
        super().__init__(config)
        self._lifeline = lifeline
        self._beating: asyncio.Task[None] | None = None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to answer, and say so."""
        await super().startup(sockets)
        self._beating = asyncio.create_task(beat(self._lifeline))


def begin_log() -> None:
    """Log what this program says; its libraries would tell every look into the store and every try to reach it."""
    logging.basicConfig(level=logging.INFO, format=FORMAT)
    logging.getLogger("httpx").setLevel(logging.WARNING)
    logging.getLogger("neo4j").setLevel(logging.CRITICAL)


def work(settings: Settings, folder: Path, listening: socket.socket, lifeline: socket.socket) -> None:
    """Answer what comes to the socket, from what is saved in the folder, until the lifeline ends."""
    lifeline.settimeout(0)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a terminal sends it to everybody; the parent decides
    begin_log()
    follower = Follower(folder)
    app = build_app(Saved(settings, find_rubric(settings), follower))
    config = uvicorn.Config(
        app, access_log=False, server_header=False, log_level="warning", timeout_graceful_shutdown=GRACE
    )
    server = _Server(config, lifeline)
    Thread(target=_end_with, args=(server, lifeline), name="lifeline", daemon=True).start()
    server.run(sockets=[listening])
    follower.close()


def _end_with(server: uvicorn.Server, lifeline: socket.socket) -> None:
    wait([lifeline])  # nothing is ever sent to a worker: it can be read from when its other end is closed
    server.should_exit = True
