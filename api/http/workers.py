"""Several processes that answer from one socket: one that ends or hangs is replaced, and all end together.

The parent keeps the socket open, so whoever connects while a worker is replaced waits and is not refused.
"""

import logging
import multiprocessing
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import wait
from multiprocessing.context import SpawnProcess
from pathlib import Path

from api.http.heart import SILENCE, Pulse
from api.http.worker import GRACE, work
from api.settings import Settings

log = logging.getLogger("credpath")

_TRIES = 3
"""So many workers in a row may end before they answer; then something is wrong that another one would not mend."""

_SPAWN = multiprocessing.get_context("spawn")


class WorkersEnd(RuntimeError):
    """No worker can begin to answer; the log says why."""


@dataclass(frozen=True, slots=True)
class _Worker:
    process: SpawnProcess
    lifeline: socket.socket
    pulse: Pulse


class Workers:
    """So many workers over one socket. Made by `running_workers`."""

    def __init__(
        self, count: int, settings: Settings, folder: Path, listening: socket.socket, *, silence: float = SILENCE
    ) -> None:
        self._settings = settings
        self._folder = folder
        self._listening = listening
        self._silence = silence
        self._failed = 0
        self._workers = [self._start() for _ in range(count)]

    def watch(self, seconds: float) -> None:
        """Wait for so long or until something happens; replace what ended or hangs. Raises `WorkersEnd`."""
        silent = [worker.lifeline for worker in self._workers if not worker.pulse.answers]
        wait([*silent, *(worker.process.sentinel for worker in self._workers)], seconds)
        for place, worker in enumerate(self._workers):
            worker.pulse.feel()
            if worker.pulse.answers:
                self._failed = 0
            if worker.process.exitcode is not None:
                self._workers[place] = self._replace(worker, f"ended ({worker.process.exitcode})")
            elif worker.pulse.is_lost(self._silence):
                worker.process.kill()
                said = f"gave no sign of life for {worker.pulse.silent:.0f} s, so it hangs and was ended"
                self._workers[place] = self._replace(worker, said)

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

    def _replace(self, worker: _Worker, said: str) -> _Worker:
        log.warning("worker %s %s; another takes its place", worker.process.pid, said)
        worker.lifeline.close()
        self._failed = 0 if worker.pulse.answers else self._failed + 1
        if self._failed == _TRIES:
            raise WorkersEnd(f"{_TRIES} workers in a row ended before they could answer")
        return self._start()

    def _start(self) -> _Worker:
        ours, theirs = socket.socketpair()
        process = _SPAWN.Process(target=work, args=(self._settings, self._folder, self._listening, theirs), daemon=True)
        process.start()
        theirs.close()
        return _Worker(process, ours, Pulse(ours))


@contextmanager
def running_workers(
    count: int,
    settings: Settings,
    folder: Path,
    listening: socket.socket,
    *,
    hurry: Callable[[], bool],
    silence: float = SILENCE,
) -> Iterator[Workers]:
    """Workers that end with the block, over the index that is saved in the folder.

    One that gives no sign of life for `silence` seconds is taken to hang. Their settings name no user and password,
    since they never open the store.
    """
    unsecret = settings.model_copy(
        update={"store": settings.shown_store, "store_user": None, "store_password": None, "store_authority": None}
    )
    workers = Workers(count, unsecret, folder, listening, silence=silence)
    try:
        yield workers
    finally:
        workers.end(hurry=hurry)
