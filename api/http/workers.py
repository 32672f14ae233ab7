"""Several processes that answer from one socket: one that ends is replaced, and all end together.

The parent keeps the socket open, so whoever connects while a worker is replaced waits and is not refused.
"""

import logging
import multiprocessing
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess

from api.http.worker import GRACE, work
from api.settings import Settings

log = logging.getLogger("credpath")

_TRIES = 3
"""So many workers in a row may end before they answer; then something is wrong that another one would not mend."""

_SPAWN = multiprocessing.get_context("spawn")


class WorkersEnd(RuntimeError):
    """No worker can begin to answer; the log says why."""


@dataclass
class _Worker:
    process: SpawnProcess
    lifeline: Connection
    answers: bool = False

    def hear(self) -> None:
        """Take note that it answers, if it says so."""
        try:
            if not self.answers and self.lifeline.poll():
                self.answers = self.lifeline.recv() == "answers"
        except (EOFError, OSError):
            return


class Workers:
    """So many workers over one socket. Made by `running_workers`."""

    def __init__(self, count: int, settings: Settings, listening: socket.socket) -> None:
        self._settings = settings
        self._listening = listening
        self._failed = 0
        self._workers = [self._start() for _ in range(count)]

    def watch(self, seconds: float) -> None:
        """Wait for so long or until something happens; replace what ended. Raises `WorkersEnd`."""
        silent = [worker.lifeline for worker in self._workers if not worker.answers]
        wait([*silent, *(worker.process.sentinel for worker in self._workers)], seconds)
        for place, worker in enumerate(self._workers):
            worker.hear()
            if worker.answers:
                self._failed = 0
            if worker.process.exitcode is not None:
                self._workers[place] = self._replace(worker)

    def end(self, *, hurry: Callable[[], bool]) -> None:
        """Let all answer what they were asked and end; kill what takes too long, or all when `hurry` says so."""
        for worker in self._workers:
            worker.lifeline.close()
        until = time.monotonic() + GRACE + 5
        while alive := [w.process for w in self._workers if w.process.exitcode is None]:
            if hurry() or time.monotonic() > until:
                for process in alive:
                    process.kill()
            wait([process.sentinel for process in alive], 0.2)

    def _replace(self, worker: _Worker) -> _Worker:
        log.warning("worker %s ended (%s); another takes its place", worker.process.pid, worker.process.exitcode)
        worker.lifeline.close()
        self._failed = 0 if worker.answers else self._failed + 1
        if self._failed == _TRIES:
            raise WorkersEnd(f"{_TRIES} workers in a row ended before they could answer")
        return self._start()

    def _start(self) -> _Worker:
        ours, theirs = _SPAWN.Pipe()
        process = _SPAWN.Process(target=work, args=(self._settings, self._listening, theirs), daemon=True)
        process.start()
        theirs.close()
        return _Worker(process, ours)


@contextmanager
def running_workers(
    count: int, settings: Settings, listening: socket.socket, *, hurry: Callable[[], bool]
) -> Iterator[Workers]:
    """Workers that end with the block. Their settings name no user and password, since they never open the store."""
    unsecret = settings.model_copy(
        update={"store": settings.shown_store, "store_user": None, "store_password": None, "store_authority": None}
    )
    workers = Workers(count, unsecret, listening)
    try:
        yield workers
    finally:
        workers.end(hurry=hurry)
