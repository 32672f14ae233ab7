"""One driver to one database: what the address says becomes TLS, log-in and limits, and every failure one of ours.

Queries come from the schema and from constants of this package; what a user or a file says is a parameter, always.
"""

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from neo4j import (
    WRITE_ACCESS,
    Driver,
    GraphDatabase,
    ManagedTransaction,
    Query,
    Result,
    RoutingControl,
    Session,
    TrustCustomCAs,
    unit_of_work,
)

from graph.address import Access, Address
from graph.stores.neo4j.failures import told_of_tls, translated
from ontology.errors import BadSetting, StoreClosed, StoreUnreachable, UnknownStore, UnsuitableServer

T = TypeVar("T")
Rows = list[list[Any]]

RETRY_SECONDS = 8
"""How long a query is tried again where that may help; the last pause may end twice as late."""

WAIT_SECONDS = 120
"""How long a transaction may last, waiting for another writer included."""

_LIMITS: dict[str, Any] = {
    "max_transaction_retry_time": RETRY_SECONDS,
    "connection_timeout": 5,
    "connection_acquisition_timeout": 30,
    "liveness_check_timeout": 30,
    "keep_alive": True,
    "notifications_min_severity": "OFF",
    "user_agent": "credpath",
}

logging.getLogger("neo4j").addHandler(logging.NullHandler())  # what it retries is no news for a terminal


class Connection:
    """A database of a Neo4j server. Safe to share between threads."""

    def __init__(self, address: Address) -> None:
        self.url = address.url
        parts = address.parts
        if parts.query or parts.fragment or "/" in parts.path.strip("/"):
            raise UnknownStore(self.url)
        self._database = parts.path.strip("/") or None
        uri, secured = _secured(address)
        with translated(self.url):
            driver = GraphDatabase.driver(uri, auth=_auth(address.access), **secured, **_LIMITS)
        self._driver: Driver | None = driver
        try:
            with translated(self.url):
                driver.verify_connectivity()
        except (StoreUnreachable, UnsuitableServer) as error:
            self.close()
            raise told_of_tls(address) or error from error.__cause__
        except BaseException:
            self.close()
            raise

    def read(self, query: str, **parameters: object) -> Rows:
        """The rows of a query that changes nothing; tried again where that may help."""
        return self._rows(query, parameters, RoutingControl.READ)

    def write(self, query: str, **parameters: object) -> Rows:
        """The rows of a query that changes something, in a transaction of its own.

        It may run twice where the answer to its commit was lost, so the second time must change nothing more.
        """
        return self._rows(query, parameters, RoutingControl.WRITE)

    def command(self, query: str) -> None:
        """A query that no transaction may surround: those that lay out the database."""
        with (
            translated(self.url),
            self._open.session(database=self._database, default_access_mode=WRITE_ACCESS) as session,
        ):
            session.run(Query(query)).consume()

    def together(self, work: Callable[[ManagedTransaction], T]) -> T:
        """Run the work in one transaction; like `write`, it may run again."""
        timed = unit_of_work(timeout=WAIT_SECONDS)(work)
        with translated(self.url), self._session() as session:
            return session.execute_write(timed)

    def close(self) -> None:
        """Let go of the server; whatever is asked later raises `StoreClosed`."""
        driver, self._driver = self._driver, None
        if driver is not None:
            driver.close()

    @property
    def _open(self) -> Driver:
        if self._driver is None:
            raise StoreClosed
        return self._driver

    def _session(self) -> Session:
        driver = self._open
        return driver.session(
            database=self._database,
            default_access_mode=WRITE_ACCESS,
            bookmark_manager=driver.execute_query_bookmark_manager,
        )

    def _rows(self, query: str, parameters: dict[str, object], routing: RoutingControl) -> Rows:
        driver = self._open
        with translated(self.url):
            return driver.execute_query(
                Query(query),
                parameters,
                routing_=routing,
                database_=self._database,
                result_transformer_=Result.values,
            )


def rows_of(transaction: ManagedTransaction, query: str, **parameters: object) -> Rows:
    """The rows of a query inside a transaction."""
    return transaction.run(query, parameters).values()


def _auth(access: Access) -> tuple[str, str] | None:
    return None if access.user is None else (access.user, access.password or "")


def _secured(address: Address) -> tuple[str, dict[str, Any]]:
    """The URI for the driver and how it is secured: an authority of one's own goes with the plain scheme."""
    host, scheme, authority = address.parts.netloc, address.scheme, address.access.authority
    if authority is None or not scheme.endswith("+s"):
        return f"{scheme}://{host}", {}
    if not Path(authority).is_file():
        raise BadSetting("CREDPATH_STORE_AUTHORITY", f"there is no file {authority}")
    return f"{scheme.removesuffix('+s')}://{host}", {
        "encrypted": True,
        "trusted_certificates": TrustCustomCAs(authority),
    }
