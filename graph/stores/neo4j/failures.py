"""What the driver and the server raise, as our own errors: who cannot be reached, who refuses, who is full.

The server's words are passed on; they hold no password, and the address is the one without user and password.
"""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar

from neo4j.exceptions import (
    AuthError,
    ConfigurationError,
    DriverError,
    Neo4jError,
    ServiceUnavailable,
    UnsupportedServerProduct,
)

from graph.address import Address
from graph.stores.tls import BOLT, HTTP, speaks_plainly, speaks_tls
from ontology.errors import (
    AccessRefused,
    StoreError,
    StoreFull,
    StoreReadOnly,
    StoreRefuses,
    StoreUnreachable,
    UnsuitableServer,
)

T = TypeVar("T", bound=BaseException)

DEFAULT_PORT = 7687

_NOBODY = "missing key `scheme`"
"""What the server says to somebody who gives no user."""
_USER_ALONE = "missing key `credentials`"
"""What the server says to somebody who gives a user and no password."""

_FULL = ("OutOfMemory", "OutOfDisk", "No space left on device", "TransactionLogError")
_READ_ONLY = ("NotALeader", "ReadOnly", "AccessMode")
_AWAY = ("DatabaseUnavailable", "Unavailable")
_WAITED = ("TransactionTimedOut", "LockAcquisitionTimeout", "LockClientStopped")


@contextmanager
def translated(store: str) -> Iterator[None]:
    """Let what the driver raises inside come out as a `StoreError` that names the store."""
    try:
        yield
    except (DriverError, Neo4jError, ssl.SSLError, OSError, ValueError) as error:
        raise told(store, error) from error


def told(store: str, error: Exception) -> StoreError:
    """Our error for one of the driver's."""
    certificate = _cause(error, ssl.SSLError)
    if certificate is not None:
        expected = "one of a trusted authority; set CREDPATH_STORE_AUTHORITY, or write +ssc where it is your own"
        return UnsuitableServer(store, f"a connection that cannot be secured ({certificate})", expected)
    if isinstance(error, Neo4jError):
        return _told_by_server(store, error)
    if isinstance(error, UnsupportedServerProduct | ConfigurationError):
        return UnsuitableServer(store, str(error), "a Neo4j server that speaks Bolt at this address")
    if isinstance(error, ServiceUnavailable | DriverError | OSError):
        return StoreUnreachable(store, _why(error))
    return StoreRefuses(store, _first_line(error))


def told_of_tls(address: Address) -> UnsuitableServer | None:
    """Whether a server that hung up does so because it has no TLS, has nothing else, or speaks HTTP."""
    scheme, plus, _ = address.scheme.partition("+")
    host, port = address.parts.hostname or "", address.parts.port or DEFAULT_PORT
    if plus and speaks_plainly(host, port, BOLT):
        found = "a server that speaks no TLS"
        return UnsuitableServer(address.url, found, f"TLS; turn it on there, or write {scheme}://, without TLS")
    if not plus and speaks_tls(host, port):
        found = "a server that demands TLS"
        expected = f"one without; write {scheme}+s://, or {scheme}+ssc:// where its certificate is its own"
        return UnsuitableServer(address.url, found, expected)
    if speaks_plainly(host, port, HTTP):
        expected = f"one that speaks Bolt, as Neo4j does on port {DEFAULT_PORT}; a SPARQL server is sparql+http://"
        return UnsuitableServer(address.url, "a server that speaks HTTP", expected)
    return None


def _told_by_server(store: str, error: Neo4jError) -> StoreError:
    code, words = error.code or "", error.message or str(error)
    both = f"{code} {words}"
    if any(sign in both for sign in _FULL):
        return StoreFull(store, words)
    if any(sign in code for sign in _READ_ONLY):
        return StoreReadOnly(store, words)
    if isinstance(error, AuthError) or ".Security." in code:
        asked = {_NOBODY: "it asks for a user and a password", _USER_ALONE: "it asks for a password beside the user"}
        return AccessRefused(store, next((plain for sign, plain in asked.items() if sign in words), words))
    if "DatabaseNotFound" in code:
        return UnsuitableServer(store, words, "the name of a database that this server has")
    if any(sign in code for sign in _WAITED):
        return StoreRefuses(store, f"somebody else has been writing the same for too long ({words})")
    if any(sign in code for sign in _AWAY):
        return StoreUnreachable(store, words)
    return StoreRefuses(store, f"{words} ({code})")


def _cause(error: BaseException | None, kind: type[T]) -> T | None:
    """The first of this kind among what an error came from; who asked several servers came from several errors."""
    while error is not None and not isinstance(error, kind):
        for one in getattr(error, "exceptions", ()):
            if found := _cause(one, kind):
                return found
        error = error.__cause__ or error.__context__
    return error


def _why(error: Exception) -> str:
    """Why nobody answers: the system's word for it, else the driver's, of the first server that it asked."""
    system = _cause(error, OSError)
    if system is not None and system.strerror:
        return system.strerror
    group = _cause(error, ExceptionGroup)
    return _first_line(group.exceptions[0] if group is not None else error).rstrip(":")


def _first_line(error: Exception) -> str:
    return (str(error) or type(error).__name__).splitlines()[0]
