"""One process at a time draws the view. Who draws renews the lease with every batch; one not renewed is taken over.

A batch first locks the lease and looks whose it is, so one who was away too long writes nothing any more. A batch may
last longer than a lease: who finds one that seems to have lapsed waits for its lock, and looks again.

Who finds it taken leaves, since the holder looks for changes again before it ends. Only where the holder said that it
draws for the last time, one waits.
"""

import time
from collections.abc import Callable, Iterable, Iterator
from itertools import count
from typing import TypeVar
from uuid import uuid4

from neo4j import ManagedTransaction

from graph.stores.neo4j.connection import Connection, rows_of

T = TypeVar("T")

LAPSES = 60
"""Seconds after which a lease that nobody renewed may be taken."""

_PAUSE = 0.05
"""Seconds between two looks at a lease that somebody holds for the last time."""

_SEEN = (
    "MATCH (lease:Credpath {name: 'view'}) WHERE lease.holder <> $holder "
    "RETURN toString(lease.since), lease.since < datetime() - duration({seconds: $lapses}), coalesce(lease.last, false)"
)
"""When another one renewed it, whether that is long ago, and whether it will not look for changes again."""

_TAKE = (
    "MERGE (lease:Credpath {name: 'view'}) SET lease.lock = 1 REMOVE lease.lock WITH lease "
    "WHERE lease.holder IS NULL OR lease.holder = $holder OR toString(lease.since) = $lapsed "
    "SET lease.holder = $holder, lease.since = datetime(), lease.last = $last RETURN 1"
)
_RENEW = (
    "MATCH (lease:Credpath {name: 'view'}) SET lease.lock = 1 REMOVE lease.lock "
    "WITH lease WHERE lease.holder = $holder SET lease.since = datetime() RETURN 1"
)
_RELEASE = "MATCH (lease:Credpath {name: 'view', holder: $holder}) REMOVE lease.holder, lease.since, lease.last"


class LeaseLost(Exception):
    """Another process draws now."""


class Lease:
    """The right to draw, while it is renewed."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._holder = uuid4().hex

    def take(self, *, last: bool = False) -> bool:
        """Whether nobody else holds it, or will not look again for what changed; `last` says so of this one."""
        while seen := self._connection.read(_SEEN, holder=self._holder, lapses=LAPSES):
            ((since, has_lapsed, is_last),) = seen
            if has_lapsed:
                return self._take(since, last=last)
            if not is_last:
                return False
            time.sleep(_PAUSE)
        return self._take("", last=last)

    def _take(self, lapsed: str, *, last: bool) -> bool:
        return bool(self._connection.write(_TAKE, holder=self._holder, lapsed=lapsed, last=last or None))

    def renewed_while(self, read: Iterable[T]) -> Iterator[T]:
        """What is read before anything is drawn, which takes long where there is much. Raises `LeaseLost`."""
        renewed = time.monotonic()
        for item in read:
            if time.monotonic() - renewed > LAPSES / 4:
                self.batch(lambda _: None)
                renewed = time.monotonic()
            yield item

    def release(self) -> None:
        """Let another one draw."""
        self._connection.write(_RELEASE, holder=self._holder)

    def batch(
        self, work: Callable[[ManagedTransaction], T], again: Callable[[ManagedTransaction], T] | None = None
    ) -> T:
        """Do the work in one transaction, which renews the lease.

        Where the answer to its commit was lost it is done `again`, over what may be there already. Raises `LeaseLost`.
        """
        tries = count()

        def renewed(transaction: ManagedTransaction) -> T:
            if not rows_of(transaction, _RENEW, holder=self._holder):
                raise LeaseLost
            return again(transaction) if next(tries) and again else work(transaction)

        return self._connection.together(renewed)
