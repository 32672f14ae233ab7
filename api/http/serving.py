"""`credpath serve`: a parent that keeps the saved index and the socket, and workers that answer over HTTP.

One worker or many, it is the same way. The log has paths without queries, since questions are personal.
"""

import logging
import signal
import socket
from contextlib import closing
from types import FrameType

from api.http.heart import SILENCE
from api.http.keeper import Keeper
from api.http.worker import begin_log
from api.http.workers import running_workers
from api.service import find_rubric
from api.settings import Settings
from ontology.errors import BadValue

log = logging.getLogger("credpath")

_LOOK = 0.5
_BACKLOG = 2048


class _Asked:
    """How often this process was asked to end, by a terminal or by whoever looks after it."""

    def __init__(self) -> None:
        self.times = 0
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._count)

    def _count(self, number: int, frame: FrameType | None) -> None:
        del number, frame
        self.times += 1


def serve(settings: Settings, *, host: str, port: int, workers: int = 1, silence: float = SILENCE) -> None:
    """Answer until the process is told to end; asked twice, it does not wait for answers that are being made.

    A worker that gives no sign of life for `silence` seconds is replaced. Raises `BadValue` where nobody can listen,
    and whatever keeps the index from being saved.
    """
    begin_log()
    find_rubric(settings)
    with _bind(host, port) as listening, closing(Keeper(settings)) as keeper:
        keeper.begin()
        asked = _Asked()
        listening.listen(_BACKLOG)
        site = f"http://{f'[{host}]' if ':' in host else host}:{listening.getsockname()[1]}"
        log.info("the page is at %s/ and the API at %s/docs", site, site)
        with running_workers(
            workers, settings, keeper.folder, listening, hurry=lambda: asked.times > 1, silence=silence
        ) as running:
            while not asked.times:
                running.watch(_LOOK)
            listening.close()


def _bind(host: str, port: int) -> socket.socket:
    """The socket, on which nobody is let in yet."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            listening.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        listening.bind((host, port))
    except OSError as error:
        listening.close()
        raise BadValue(
            f"nobody can listen at {host}, port {port}: {error.strerror or error}; give another --port or --host"
        ) from error
    return listening
