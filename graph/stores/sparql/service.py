"""HTTP in one place: who is let in, what is tried again, and what a server's answer means.

Everything that `graph.stores.sparql` says may be said twice without harm (a fresh graph is put, a mark is set, a
pointer moves only while its mark is there), so whatever met a lost connection or brought half an answer is tried again,
a few times. Reading has to be used up within a call, for the same reason.
"""

import re
import ssl
import time
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import IO, Literal, TypeVar, cast
from urllib.parse import urlsplit

import httpx
import pyoxigraph
from pyoxigraph import Quad, QueryResultsFormat, QuerySolutions, RdfFormat

from graph.address import Access, Address
from graph.stores.sparql.endpoints import Endpoints, endpoints_of
from graph.stores.tls import HTTP, speaks_plainly, speaks_tls
from ontology.errors import (
    AccessRefused,
    BadSetting,
    StoreError,
    StoreFull,
    StoreReadOnly,
    StoreRefuses,
    StoreUnreachable,
    UnsuitableServer,
)

T = TypeVar("T")
Purpose = Literal["read", "write"]

WAITS = (0.2, 1.0)
"""Seconds before each further try of what met a lost connection, or an answer that breaks off."""

TIMEOUTS: dict[Purpose, httpx.Timeout] = {
    "read": httpx.Timeout(300, connect=10, pool=None),
    "write": httpx.Timeout(900, connect=10, pool=None),
}
"""Seconds of silence after which a server counts as gone. A write may have to wait for the load of somebody else."""

_TRIPLES, _ROWS = RdfFormat.N_TRIPLES, QueryResultsFormat.JSON
_AWAY, _FULL, _TOO_LARGE, _NO_SERVICE = (429, 502, 503, 504), 507, 413, (404, 405, 406, 410, 501)
_WORDS_OF_FULL = re.compile(
    r"no space left|disk (?:is )?full|quota|out ?of ?memory|heap space|unsafe memory access|NodeTable\w*/Write",
    re.IGNORECASE,
)
"""The last two are what Fuseki says where the disk has no room for a page of a mapped file, or for a node."""

_WORDS = 300


class _BrokenOff(StoreRefuses):
    """An answer in the right language that ends in the middle, though it came as a whole one."""


class _TooLarge(StoreRefuses):
    """A request that is larger than the server, or a proxy before it, takes."""


class Service:
    """The three services of one server. Safe to share between threads.

    What is put is compressed unless the server is on this machine; `compress` says otherwise.
    """

    def __init__(self, address: Address, *, compress: bool | None = None) -> None:
        self.url = address.url
        self._at = endpoints_of(address)
        self._compress = not self._at.is_here if compress is None else compress
        self._client = _client(address.access, self._at)
        self._answered = self._understood = False

    def rows(self, query: str) -> list[tuple[str, ...]]:
        """The values of a SELECT in the order of its variables, unbound ones empty."""

        def read(body: IO[bytes]) -> list[tuple[str, ...]]:
            solutions = pyoxigraph.parse_query_results(body, format=_ROWS)
            if not isinstance(solutions, QuerySolutions):
                raise SyntaxError("an answer to another question")  # noqa: TRY004 — like what the parser raises
            return [tuple(str(getattr(term, "value", "")) for term in solution) for solution in solutions]

        return self._query(query, _ROWS.media_type, read)

    def read(self, query: str, use: Callable[[Iterator[Quad]], T]) -> T:
        """What `use` makes of the statements of a CONSTRUCT, which come as they are read; it may be begun again."""
        return self._query(query, _TRIPLES.media_type, lambda body: use(pyoxigraph.parse(body, format=_TRIPLES)))

    def update(self, text: str) -> None:
        """Carry out an update."""

        def send() -> None:
            with self._answer("write", "POST", self._at.update, data={"update": text}):
                pass

        self._patiently(send)

    def put(self, graph: str, chunks: Callable[[], Iterable[bytes]]) -> None:
        """Let a graph hold these N-Triples; `chunks` is asked for them once for each try.

        A server that does not understand compressed ones is given plain ones from then on.
        """
        if self._compress:
            try:
                return self._patiently(lambda: self._put(graph, _compressed(chunks()), {"Content-Encoding": "gzip"}))
            except _TooLarge:
                raise
            except StoreRefuses:
                self._compress = False
        return self._patiently(lambda: self._put(graph, chunks(), {}))

    def close(self) -> None:
        """Let go of the connections."""
        self._client.close()

    def _put(self, graph: str, body: Iterable[bytes], headers: dict[str, str]) -> None:
        url = str(httpx.URL(self._at.data).copy_merge_params({"graph": graph}))
        headers = {"Content-Type": _TRIPLES.media_type, **headers}
        with self._answer("write", "PUT", url, content=body, headers=headers):
            pass

    def _query(self, query: str, media_type: str, use: Callable[[IO[bytes]], T]) -> T:
        def ask() -> T:
            try:
                with self._answer(
                    "read", "POST", self._at.query, data={"query": query}, headers={"Accept": media_type}
                ) as answer:
                    said = answer.headers.get("Content-Type", "")
                    used = use(cast("IO[bytes]", _Body(answer)))
                    self._understood = True
                    return used
            except SyntaxError as error:
                if media_type in said or (self._understood and "html" not in said):
                    why = f"its answer breaks off or is garbled, each of {len(WAITS) + 1} times ({error})"
                    raise _BrokenOff(self.url, why) from error
                found = f"an answer that is not {media_type}"
                raise UnsuitableServer(self.url, found, "a SPARQL 1.1 query service") from error

        return self._patiently(ask)

    @contextmanager
    def _answer(
        self,
        purpose: Purpose,
        method: str,
        url: str,
        *,
        headers: dict[str, str] | None = None,
        content: Iterable[bytes] | None = None,
        data: dict[str, str] | None = None,
    ) -> Iterator[httpx.Response]:
        """The answer of a service that does what it was told. Raises a `StoreError` for every other."""
        try:
            with self._client.stream(
                method, url, headers=headers, content=content, data=data, timeout=TIMEOUTS[purpose]
            ) as answer:
                if not answer.is_success:
                    answer.read()
                    raise self._fault(answer, purpose)
                self._answered = True
                yield answer
        except httpx.RequestError as error:
            hung_up = not isinstance(error, httpx.TimeoutException)
            told = self._told_of_tls(url) if hung_up and not self._answered else None
            raise told or StoreUnreachable(self.url, _words_of(error)) from error

    def _patiently(self, act: Callable[[], T]) -> T:
        for wait in WAITS:
            try:
                return act()
            except (StoreUnreachable, _BrokenOff) as error:
                if isinstance(error.__cause__, httpx.TimeoutException):
                    raise
                time.sleep(wait)
        return act()

    def _told_of_tls(self, url: str) -> UnsuitableServer | None:
        """Whether a server that never answered has no TLS, or has nothing else."""
        parts = urlsplit(url)
        if parts.scheme == "https" and speaks_plainly(parts.hostname or "", parts.port or 443, HTTP):
            expected = "TLS; turn it on there, or write http in place of https, without TLS"
            return UnsuitableServer(self.url, f"a server that speaks no TLS at {parts.netloc}", expected)
        if parts.scheme == "http" and speaks_tls(parts.hostname or "", parts.port or 80):
            found = f"a server that demands TLS at {parts.netloc}"
            return UnsuitableServer(self.url, found, "one without; write https in place of http")
        return None

    def _fault(self, answer: httpx.Response, purpose: Purpose) -> StoreError:
        status, words, path = answer.status_code, _first_line(answer), urlsplit(str(answer.url)).path
        if status == 401:
            given = self._client.auth is not None
            return AccessRefused(
                self.url, "the user or the password is wrong" if given else "it asks for a user and a password"
            )
        if status == 403:
            return AccessRefused(self.url, f"this user may not {purpose} at {path}")
        if status in _AWAY:
            return StoreUnreachable(self.url, f"{words} ({status})")
        if status == _TOO_LARGE:
            why = (
                f"it takes no request as large as this one ({words}, {status}): raise its limit on the size of "
                "requests, or that of a proxy before it (client_max_body_size in nginx), or load smaller sources"
            )
            return _TooLarge(self.url, why)
        if status == _FULL or _WORDS_OF_FULL.search(answer.text):
            return StoreFull(self.url, f"{words} ({status})")
        if status in _NO_SERVICE and purpose == "write":
            return StoreReadOnly(self.url, f"no service for writing is at {path} ({status})")
        if status == 400 and not self._answered and (told := self._told_of_tls(str(answer.url))):
            return told
        if status in _NO_SERVICE or answer.has_redirect_location:
            return UnsuitableServer(self.url, f"{words} ({status}) at {path}", "a SPARQL 1.1 query service")
        return StoreRefuses(self.url, f"{words} ({status})")


class _Body:
    """The body of an answer as a file, which a parser reads while it comes."""

    def __init__(self, answer: httpx.Response) -> None:
        self._chunks = answer.iter_bytes()
        self._left = b""

    def read(self, size: int = -1) -> bytes:
        """At most `size` bytes, none at the end."""
        if size < 0:
            whole, self._left = b"".join((self._left, *self._chunks)), b""
            return whole
        while not self._left:
            chunk = next(self._chunks, None)
            if chunk is None:
                return b""
            self._left = chunk
        part, self._left = self._left[:size], self._left[size:]
        return part


def _client(access: Access, at: Endpoints) -> httpx.Client:
    auth = None if access.user is None else httpx.BasicAuth(access.user, access.password or "")
    verify: ssl.SSLContext | bool = True
    if at.is_encrypted:
        try:
            verify = ssl.create_default_context(cafile=access.authority)
        except OSError as error:
            raise BadSetting("store_authority", f"{access.authority} holds no certificate ({error})") from error
    return httpx.Client(auth=auth, verify=verify, trust_env=not at.is_here, follow_redirects=False)


def _compressed(chunks: Iterable[bytes]) -> Iterator[bytes]:
    compressor = zlib.compressobj(1, wbits=31)
    for chunk in chunks:
        if packed := compressor.compress(chunk):
            yield packed
    yield compressor.flush()


def _first_line(answer: httpx.Response) -> str:
    """The first words of an answer; those of a page made for browsers say less than the name of its status."""
    if "html" not in answer.headers.get("Content-Type", ""):
        for line in answer.text.splitlines():
            if line.strip():
                return line.strip()[:_WORDS]
    return answer.reason_phrase or "no words"


def _words_of(error: httpx.RequestError) -> str:
    words = str(error) or type(error).__name__
    if "CERTIFICATE_VERIFY_FAILED" in words:
        return f"{words}; CREDPATH_STORE_AUTHORITY names an authority of your own"
    return words
