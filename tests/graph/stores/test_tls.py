"""Servers of a few lines on real sockets: each is greeted in both ways, and is never waited for."""

import socket
import ssl
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import Thread

import pytest

from graph.stores import tls
from graph.stores.tls import BOLT, HTTP, speaks_plainly, speaks_tls
from tests.graph.stores.certificates import own_certificate


@contextmanager
def listening(answer: bytes | None, secured: ssl.SSLContext | None = None) -> Iterator[int]:
    """The port of a server that answers everybody like this, or hangs up without a word, or with None says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as server, ExitStack() as held:

        def serve() -> None:
            while True:
                try:
                    plain, _ = server.accept()
                except OSError:
                    return
                held.enter_context(plain)
                if answer is None:
                    continue
                try:
                    with secured.wrap_socket(plain, server_side=True) if secured else plain as connected:
                        connected.recv(1_000)
                        connected.sendall(answer)
                except OSError:
                    plain.close()

        thread = Thread(target=serve)
        thread.start()
        try:
            yield server.getsockname()[1]
        finally:
            server.shutdown(socket.SHUT_RDWR)
            thread.join()


def test_a_plain_server_speaks_plainly_and_no_tls() -> None:
    with listening(bytes.fromhex("00000405")) as port:
        assert speaks_plainly("127.0.0.1", port, BOLT)
        assert not speaks_plainly("127.0.0.1", port, HTTP)
        assert not speaks_tls("127.0.0.1", port)
    with listening(b"HTTP/1.1 400 Bad Request\r\n\r\n") as port:
        assert speaks_plainly("127.0.0.1", port, HTTP)
        assert not speaks_plainly("127.0.0.1", port, BOLT)
        assert not speaks_tls("127.0.0.1", port)


def test_a_secured_server_speaks_tls_and_nothing_else(tmp_path: Path) -> None:
    key, certificate = own_certificate(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with listening(b"HTTP/1.1 200 OK\r\n\r\n", context) as port:
        assert speaks_tls("127.0.0.1", port)
        assert not speaks_plainly("127.0.0.1", port, HTTP)
        assert not speaks_plainly("127.0.0.1", port, BOLT)


@pytest.mark.parametrize("answer", [b"", None], ids=["hangs up", "says nothing"])
def test_a_server_that_says_nothing_is_neither(answer: bytes | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tls, "SECONDS", 0.2)
    with listening(answer) as port:
        assert not speaks_tls("127.0.0.1", port)
        assert not speaks_plainly("127.0.0.1", port, HTTP)


def test_where_nobody_listens_is_neither() -> None:
    assert not speaks_tls("127.0.0.1", 1)
    assert not speaks_plainly("127.0.0.1", 1, BOLT)
