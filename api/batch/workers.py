"""Who answers questions: processes of this machine, or a Dask cluster; both are a standard executor from outside.

Both lose workers: a process is killed for want of memory, a machine goes away. A pool of processes is then broken as a
whole and made anew at the next question; a cluster gives its questions to others by itself.
"""

import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import resource_tracker
from typing import Any, Protocol

from api.batch.interrupts import none_for_children
from api.batch.planning import Asking, Ground, plan_all, why_not
from ontology.errors import ClusterUnusable, MissingExtra

PATIENCE = 30.0
"""Seconds to wait for a cluster, and for the first of its workers."""

ALONE = 120.0
"""Seconds after which a cluster without any worker is given up."""

Plan = Callable[[Ground, Sequence[Asking]], tuple[str, ...]]
"""What workers do; only tests give another one than `plan_all`."""


class Workers(Protocol):
    """Who answers questions. `close` ends them, whatever they are at, or lets a cluster go.

    `width` questions may wait or be worked on at once. A future that ends in one of `deaths` says that a worker ended;
    a question during which one ended so often as `tries`, while no other was asked, is at fault.
    """

    @property
    def width(self) -> int:
        """How many chunks are handed out at once."""
        ...

    @property
    def tries(self) -> int:
        """How often a chunk is handed out alone before it counts as the one that ends workers."""
        ...

    @property
    def deaths(self) -> tuple[type[BaseException], ...]:
        """The errors that say that a worker ended."""
        ...

    def submit(self, askings: Sequence[Asking]) -> "Future[tuple[str, ...]]":
        """Hand out questions."""
        ...

    def take_back(self, future: "Future[tuple[str, ...]]") -> bool:
        """Whether a question that nobody has begun is taken back, so that nothing more is to be expected of it."""
        ...

    def look(self) -> None:
        """Called while nothing is finished. Raises `ClusterUnusable` where nothing ever will be."""
        ...

    def close(self) -> None:
        """End the work at once."""
        ...


class Pool:
    """Processes of this machine, each started afresh, so that nothing of this one is copied into them."""

    tries = 3
    deaths: tuple[type[BaseException], ...] = (BrokenProcessPool,)

    def __init__(self, ground: Ground, processes: int, plan: Plan = plan_all) -> None:
        self.width = 2 * processes
        self._ground, self._processes, self._plan = ground, processes, plan
        self._pool = self._made()

    def submit(self, askings: Sequence[Asking]) -> "Future[tuple[str, ...]]":
        """Hand out questions, to new processes where the old ones are gone."""
        try:
            return self._submitted(askings)
        except BrokenProcessPool:
            self._pool.shutdown(wait=False)
            self._pool = self._made()
            return self._submitted(askings)

    def take_back(self, future: "Future[tuple[str, ...]]") -> bool:
        """Never: few are out that nobody has begun, and a broken pool stumbles over one that was cancelled."""
        del future
        return False

    def look(self) -> None:
        """Processes that end say so."""

    def close(self) -> None:
        """End the processes.

        They are killed first: one that is asked to end may wait for ever on what another held when it was interrupted.
        The pool then takes itself apart, once nobody can write to it any more: it may be reading half an answer.
        """
        pool: Any = self._pool
        processes = list((pool._processes or {}).values())
        for process in processes:
            process.kill()
        for process in processes:
            process.join()
        pool._result_queue._writer.close()
        pool.shutdown(wait=True)

    def _submitted(self, askings: Sequence[Asking]) -> "Future[tuple[str, ...]]":
        """A question that is handed out. It may start a process, which leaves interrupts to this one."""
        resource_tracker.ensure_running()  # whose start would let interrupts through again
        with none_for_children():
            return self._pool.submit(self._plan, self._ground, askings)

    def _made(self) -> ProcessPoolExecutor:
        context = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(self._processes, mp_context=context, initializer=_begin)


class Cluster:
    """The workers of a Dask cluster, wherever they are. Made by `open_cluster`."""

    tries = 1  # the scheduler has handed it out several times by itself

    def __init__(
        self, client: Any, address: str, ground: Ground, deaths: tuple[type[BaseException], ...], plan: Plan
    ) -> None:
        self.deaths = deaths
        self.width = 4 * max(1, sum(client.nthreads().values()))
        self._client, self._address, self._ground, self._plan = client, address, ground, plan
        self._executor = client.get_executor(pure=False)
        self._seen = time.monotonic()

    def submit(self, askings: Sequence[Asking]) -> "Future[tuple[str, ...]]":
        """Hand out questions."""
        self._seen = time.monotonic()
        future: Future[tuple[str, ...]] = self._executor.submit(self._plan, self._ground, askings)
        return future

    def take_back(self, future: "Future[tuple[str, ...]]") -> bool:
        """See `Workers`."""
        return future.cancel()

    def look(self) -> None:
        """See `Workers`."""
        if self._client.status != "running":
            raise ClusterUnusable(self._address, "it went away; what was planned is kept, the same command goes on")
        if self._client.nthreads():
            self._seen = time.monotonic()
        elif time.monotonic() - self._seen > ALONE:
            raise ClusterUnusable(self._address, "it has no workers left; what was planned is kept")

    def close(self) -> None:
        """Let the cluster go, and take back what nobody has begun."""
        self._executor.shutdown(wait=False)
        self._client.close()


def open_cluster(address: str, ground: Ground, plan: Plan = plan_all) -> Cluster:
    """The workers of the cluster whose scheduler is at an address, such as tcp://10.0.0.5:8786.

    Raises `MissingExtra` where Dask is not installed, `ClusterUnusable` where nobody answers, nobody works there, or a
    worker has no credpath or does not see the saved index.
    """
    try:
        import distributed
    except ImportError as error:
        raise MissingExtra("--dask", "dask") from error
    connect: Any = distributed.Client
    try:
        client = connect(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        raise ClusterUnusable(address, f"no scheduler answers there ({_said(error)})") from error
    try:
        why = _why_unusable(client, ground)
        if why is None:
            return Cluster(client, address, ground, (distributed.KilledWorker,), plan)
    except BaseException:
        client.close()
        raise
    client.close()
    raise ClusterUnusable(address, why)


def _why_unusable(client: Any, ground: Ground) -> str | None:
    """What keeps the workers of a cluster from working, or `None`."""
    try:
        client.wait_for_workers(1, timeout=PATIENCE)
        unable = [f"at {worker}, {why}" for worker, why in sorted(client.run(why_not, ground).items()) if why]
    except TimeoutError:
        return f"it has no workers after {PATIENCE:g} seconds"
    except (ImportError, AttributeError) as error:
        return f"its workers need the same credpath as here ({_said(error)})"
    return unable[0] if unable else None


def _said(error: BaseException) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__


def _begin() -> None:
    """A process of the pool leaves interrupts to its parent, and ends when that is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: "multiprocessing.process.BaseProcess") -> None:
    parent.join()
    sys.stderr.flush()
    os._exit(1)
