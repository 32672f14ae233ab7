"""A second SPARQL engine behind HTTP: pyoxigraph in memory, in a thread of the test, which may interfere.

What a real server does once in a thousand times (an answer that is lost, a writer elsewhere in the middle of a read, a
limit on the size of answers) happens here exactly when a test wants it.
"""

import gzip
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ssl import SSLContext
from threading import Thread
from urllib.parse import parse_qs, urlsplit

import pyoxigraph
from pyoxigraph import NamedNode, QueryResultsFormat, QuerySolutions, QueryTriples, RdfFormat


@dataclass
class Asked:
    """One request: the service (query, update or data), its text, and `carry_out` that does it."""

    service: str
    text: str
    headers: dict[str, str]
    carry_out: Callable[[], "Answer"]


@dataclass
class Answer:
    """What goes back; with `cut` nothing more comes after the body, though more was announced."""

    status: int = 200
    body: bytes = b""
    media_type: str = "text/plain"
    headers: dict[str, str] = field(default_factory=dict)
    cut: bool = False


LOST = Answer(status=0)
"""No answer at all: the connection ends."""


class SmallServer:
    """The store, what was asked so far, and the one who may interfere."""

    def __init__(self) -> None:
        self.store = pyoxigraph.Store()
        self.asked: list[Asked] = []
        self.interfere: Callable[[Asked], Answer] = lambda asked: asked.carry_out()
        self.url = ""

    def answer(self, service: str, text: str, graph: str, headers: dict[str, str]) -> Answer:
        """The answer to one request, after whoever interferes had a say."""
        carry_out = {
            "query": lambda: self._query(text),
            "update": lambda: self._update(text),
            "data": lambda: self._put(text, graph),
        }.get(service, lambda: Answer(404, b"no such service"))
        asked = Asked(service, text, headers, carry_out)
        self.asked.append(asked)
        return self.interfere(asked)

    def graphs(self) -> set[str]:
        """The names of the graphs that hold something."""
        return {quad.graph_name.value for quad in self.store if isinstance(quad.graph_name, NamedNode)}

    def _query(self, text: str) -> Answer:
        found = self.store.query(text)
        if isinstance(found, QueryTriples):
            body = found.serialize(format=RdfFormat.N_TRIPLES) or b""
            return Answer(body=body, media_type="application/n-triples")
        assert isinstance(found, QuerySolutions)
        body = found.serialize(format=QueryResultsFormat.JSON) or b""
        return Answer(body=body, media_type="application/sparql-results+json")

    def _update(self, text: str) -> Answer:
        self.store.update(text)
        return Answer(204)

    def _put(self, text: str, graph: str) -> Answer:
        self.store.update(f"DROP SILENT GRAPH <{graph}>")
        self.store.load(text, format=RdfFormat.N_TRIPLES, to_graph=NamedNode(graph))
        return Answer(201)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    small: SmallServer

    def do_POST(self) -> None:
        service = urlsplit(self.path).path.rpartition("/")[2]
        text = parse_qs(self._body().decode(), keep_blank_values=True).get(service, [""])[0]
        self._respond(service, text, "")

    def do_PUT(self) -> None:
        body = self._body()
        if self.headers.get("Content-Encoding") == "gzip":
            body = gzip.decompress(body)
        graph = parse_qs(urlsplit(self.path).query)["graph"][0]
        self._respond(urlsplit(self.path).path.rpartition("/")[2], body.decode(), graph)

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def _respond(self, service: str, text: str, graph: str) -> None:
        answer = self.small.answer(service, text, graph, dict(self.headers))
        self.close_connection = answer.cut or answer.status == 0
        if answer.status == 0:
            return
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.media_type)
        if answer.status != 204:
            self.send_header("Content-Length", str(len(answer.body) + 100 * answer.cut))
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(answer.body)

    def _body(self) -> bytes:
        if "Content-Length" in self.headers:
            return self.rfile.read(int(self.headers["Content-Length"]))
        chunks = []
        while size := int(self.rfile.readline(), 16):
            chunks.append(self.rfile.read(size))
            self.rfile.readline()
        self.rfile.readline()
        return b"".join(chunks)


@contextmanager
def small_server(tls: SSLContext | None = None) -> Iterator[SmallServer]:
    """A server on a free port of this machine, gone at the end."""
    small = SmallServer()
    listening = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"small": small}))
    listening.daemon_threads = True
    if tls is not None:
        listening.socket = tls.wrap_socket(listening.socket, server_side=True)
    small.url = f"sparql+http{'s' if tls else ''}://127.0.0.1:{listening.server_port}/ds"
    thread = Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield small
    finally:
        listening.shutdown()
        thread.join()
        listening.server_close()
