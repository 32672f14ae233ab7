"""A Neo4j server that demands TLS: who comes without it is told so, and who comes with it is let in."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from neo4j import GraphDatabase
from neo4j.exceptions import DriverError, Neo4jError

from graph.address import Access
from graph.store import open_store
from ontology.errors import UnsuitableServer
from servers.neo4j_server import Neo4jServer
from servers.running import Server
from tests import needs
from tests.graph.stores.certificates import own_certificate

pytestmark = pytest.mark.slow

DEMANDED = """\
server.bolt.tls_level=REQUIRED
dbms.ssl.policy.bolt.enabled=true
dbms.ssl.policy.bolt.base_directory={folder}
"""


class SecuredNeo4j(Neo4jServer):
    """With a certificate of its own, which also is the authority to trust."""

    def __init__(self) -> None:
        super().__init__(brief=True)

    def prepare(self, home: Path, port: int, password: str) -> None:
        super().prepare(home, port, password)
        folder = home / "certificates"
        folder.mkdir()
        own_certificate(folder)
        with (home / "conf" / "neo4j.conf").open("a", encoding="utf-8") as configuration:
            configuration.write(DEMANDED.format(folder=folder))

    def answers(self, port: int, password: str) -> bool:
        try:
            with GraphDatabase.driver(f"bolt+ssc://127.0.0.1:{port}", auth=("neo4j", password)) as driver:
                return bool(driver.execute_query("RETURN 1").records)
        except (DriverError, Neo4jError):
            return False


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    server = needs.own_server(SecuredNeo4j())
    yield server
    server.remove()


def test_who_comes_without_tls_is_told_to_ask_for_it(server: Server) -> None:
    for scheme in ("neo4j", "bolt"):
        with pytest.raises(UnsuitableServer) as refused:
            open_store(server.url.replace("neo4j:", f"{scheme}:", 1))
        host = urlsplit(server.url).netloc.rpartition("@")[2]
        assert str(refused.value) == (
            f"{scheme}://{host} is no store for credpath: found a server that demands TLS, expected one without; "
            f"write {scheme}+s://, or {scheme}+ssc:// where its certificate is its own"
        )


def test_who_trusts_the_authority_is_let_in_and_who_does_not_is_told_how(server: Server) -> None:
    secured = server.url.replace("neo4j:", "neo4j+s:", 1)
    open_store(secured, Access(authority=str(server.home / "certificates" / "public.crt"))).close()
    open_store(server.url.replace("neo4j:", "neo4j+ssc:", 1)).close()
    with pytest.raises(UnsuitableServer, match=r"trusted authority; set CREDPATH_STORE_AUTHORITY, or write \+ssc"):
        open_store(secured.replace("neo4j+s:", "bolt+s:", 1))
    with pytest.raises(UnsuitableServer, match=r"trusted authority; set CREDPATH_STORE_AUTHORITY, or write \+ssc"):
        open_store(secured)
