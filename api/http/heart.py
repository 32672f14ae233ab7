"""Signs of life, so that a worker that hangs without ending is noticed too.

A sign says that the event loop of a worker turns: that it takes connections, and hands on what it is asked. It says
nothing about the threads in which questions are thought about. A long answer and one that never comes look alike there,
and nobody is to lose a long one; so threads that are all taken for long are told in the log, and nothing is ended.
"""

import asyncio
import logging
import socket
import time
from contextlib import suppress

import anyio.to_thread

log = logging.getLogger("credpath")

EVERY = 1.0
"""Seconds between two signs."""

SILENCE = 60.0
"""Seconds without a sign after which a worker is taken to hang. The loop turns also while plans are searched for."""

BEGINNING = 10
"""A worker that does not answer yet may be silent so many times as long: it reads the names of the whole catalogue."""

TAKEN = 60.0
"""Seconds for which all threads are taken, and more wait, before the log tells it."""

_STEP = 2.0
_SIGN = b"."


class Pulse:
    """What the parent hears of one worker: whether it answers, and for how long it gave no sign."""

    def __init__(self, lifeline: socket.socket) -> None:
        self.lifeline = lifeline
        self.answers = False
        self.silent = 0.0
        self._felt = time.monotonic()
        lifeline.settimeout(0)

    def feel(self) -> None:
        """Take note of the signs that came. A look that is late counts for less: then this process was held up too."""
        now = time.monotonic()
        self.silent += min(now - self._felt, _STEP)
        self._felt = now
        with suppress(OSError):
            if self.lifeline.recv(65536):
                self.answers, self.silent = True, 0.0

    def is_lost(self, silence: float) -> bool:
        """Whether it was silent for longer than that, or many times longer where it does not answer yet."""
        return self.silent > silence * (1 if self.answers else BEGINNING)


async def beat(lifeline: socket.socket, *, every: float = EVERY, taken: float = TAKEN) -> None:
    """Give signs for as long as the event loop turns, and tell when the threads beside it are taken for long.

    `lifeline` must not block: where nobody takes its signs, because the parent is stopped, they are lost.
    """
    since, told = None, False
    while True:
        with suppress(OSError):
            lifeline.send(_SIGN)
        await asyncio.sleep(every)
        threads = anyio.to_thread.current_default_thread_limiter().statistics()
        now = time.monotonic()
        if not threads.tasks_waiting:
            if told:
                log.info("requests wait no longer for a thread")
            since, told = None, False
        elif since is None:
            since = now
        elif not told and now - since >= taken:
            told = True
            log.warning(
                "all %d threads have been taken for %.0f s and %d requests wait; where that lasts, take more workers",
                threads.borrowed_tokens,
                now - since,
                threads.tasks_waiting,
            )
