"""What a Neo4j server says in its codes is told in our errors, with the address and without the password."""

import socket
from socketserver import BaseRequestHandler, ThreadingTCPServer
from threading import Thread

import pytest
from neo4j.exceptions import Neo4jError, ServiceUnavailable

from graph.store import open_store
from graph.stores.neo4j.failures import told, translated
from ontology.errors import (
    AccessRefused,
    StoreError,
    StoreFull,
    StoreReadOnly,
    StoreRefuses,
    StoreUnreachable,
    UnsuitableServer,
)

URL = "neo4j://localhost:7687"

CODES: dict[str, type[StoreError]] = {
    "Neo.ClientError.Security.Unauthorized": AccessRefused,
    "Neo.ClientError.Security.AuthenticationRateLimit": AccessRefused,
    "Neo.ClientError.Security.Forbidden": AccessRefused,
    "Neo.ClientError.Cluster.NotALeader": StoreReadOnly,
    "Neo.ClientError.General.WriteOnReadOnlyAccessDatabase": StoreReadOnly,
    "Neo.ClientError.General.ForbiddenOnReadOnlyDatabase": StoreReadOnly,
    "Neo.TransientError.General.MemoryPoolOutOfMemoryError": StoreFull,
    "Neo.TransientError.General.OutOfMemoryError": StoreFull,
    "Neo.ClientError.Database.DatabaseNotFound": UnsuitableServer,
    "Neo.TransientError.Database.DatabaseUnavailable": StoreUnreachable,
    "Neo.ClientError.Transaction.TransactionTimedOut": StoreRefuses,
    "Neo.ClientError.Schema.ConstraintValidationFailed": StoreRefuses,
}


@pytest.mark.parametrize("code", sorted(CODES))
def test_a_code_of_the_server_is_one_of_our_errors(code: str) -> None:
    error = told(URL, Neo4jError._hydrate_neo4j(code=code, message="What the server says."))
    assert type(error) is CODES[code]
    assert URL in str(error)
    assert "What the server says" in str(error)


def test_who_names_no_user_is_told_that_one_is_asked_for() -> None:
    words = "Unsupported authentication token, missing key `scheme`"
    error = told(URL, Neo4jError._hydrate_neo4j(code="Neo.ClientError.Security.Unauthorized", message=words))
    assert str(error).startswith(f"{URL} lets nobody in like that: it asks for a user and a password; set")


def test_who_names_a_user_and_no_password_is_told_that_one_is_asked_for() -> None:
    words = "Unsupported authentication token, missing key `credentials`"
    error = told(URL, Neo4jError._hydrate_neo4j(code="Neo.ClientError.Security.Unauthorized", message=words))
    assert str(error).startswith(f"{URL} lets nobody in like that: it asks for a password beside the user; set")


@pytest.mark.parametrize("scheme", ["neo4j", "bolt", "neo4j+s"])
def test_a_port_where_nobody_listens_refuses_the_connection(scheme: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(StoreUnreachable, match=f"nobody answers at .*:{port}: Connection refused; is the server run"):
        open_store(f"{scheme}://127.0.0.1:{port}")


class _Web(BaseRequestHandler):
    """Whatever it is told, it answers as servers of the web do."""

    def handle(self) -> None:
        self.request.recv(64)
        self.request.sendall(b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n")


@pytest.mark.parametrize("scheme", ["neo4j", "bolt"])
def test_a_server_that_speaks_http_is_no_neo4j(scheme: str) -> None:
    with ThreadingTCPServer(("127.0.0.1", 0), _Web) as server:
        listening = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        listening.start()
        with pytest.raises(UnsuitableServer) as refused:
            open_store(f"{scheme}://127.0.0.1:{server.server_address[1]}")
        server.shutdown()
        listening.join()
    expected = "one that speaks Bolt, as Neo4j does on port 7687; a SPARQL server is sparql+http://"
    assert str(refused.value).endswith(f"found a server that speaks HTTP, expected {expected}")


def test_a_disk_without_room_is_full_whatever_the_code() -> None:
    words = "Could not append: No space left on device"
    code = "Neo.DatabaseError.Transaction.TransactionCommitFailed"
    assert type(told(URL, Neo4jError._hydrate_neo4j(code=code, message=words))) is StoreFull


def test_a_connection_that_breaks_is_nobody_answering() -> None:
    with pytest.raises(StoreUnreachable, match="broken pipe"), translated(URL):
        raise ServiceUnavailable("broken pipe\nand more")


def test_our_own_errors_pass_as_they_are() -> None:
    with pytest.raises(AccessRefused), translated(URL):
        raise AccessRefused(URL, "no")
