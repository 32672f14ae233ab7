"""One process at a time draws the view. Who draws renews the lease with every batch; one not renewed is taken over.

A batch first locks the lease and looks whose it is, so one who was away too long writes nothing any more. A batch may
last longer than a lease: who finds one that seems to have lapsed waits for its lock, and looks again.
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

_SEEN = (
    "MATCH (lease:Credpath {name: 'view'}) WHERE lease.holder <> $holder "
    "RETURN toString(lease.since), lease.since < datetime() - duration({seconds: $lapses})"
)
"""When another one renewed it, and whether that is long ago."""

_TAKE = (
    "MERGE (lease:Credpath {name: 'view'}) SET lease.lock = 1 REMOVE lease.lock WITH lease "
    "WHERE lease.holder IS NULL OR lease.holder = $holder OR toString(lease.since) = $lapsed "
    "SET lease.holder = $holder, lease.since = datetime() RETURN 1"
)
_RENEW = (
    "MATCH (lease:Credpath {name: 'view'}) SET lease.lock = 1 REMOVE lease.lock "
    "WITH lease WHERE lease.holder = $holder SET lease.since = datetime() RETURN 1"
)
_RELEASE = "MATCH (lease:Credpath {name: 'view', holder: $holder}) REMOVE lease.holder, lease.since"


class LeaseLost(Exception):
    """Another process draws now."""


class Lease:
    """The right to draw, while it is renewed."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._holder = uuid4().hex

    def take(self) -> bool:
        """Whether nobody else holds it."""
        seen = self._connection.read(_SEEN, holder=self._holder, lapses=LAPSES)
        lapsed = [since for since, long_ago in seen if long_ago]
        if seen and not lapsed:
            return False
        return bool(self._connection.write(_TAKE, holder=self._holder, lapsed=lapsed[0] if lapsed else ""))

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
