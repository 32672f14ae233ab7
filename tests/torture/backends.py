"""The stores that are tortured: a folder, and two real servers of this run's own."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

from servers.fuseki_server import FusekiServer
from servers.neo4j_server import Neo4jServer
from servers.private import start_private
from servers.running import Server
from tests.servers import emptied_neo4j, emptied_sparql

KILLS = {"oxigraph": 200, "neo4j": 30, "fuseki": 30}
"""The backends, and how often each is killed when nothing else is said."""


@dataclass(frozen=True, slots=True)
class Backend:
    """Where the store is, and the server behind it if there is one."""

    name: str
    url: str
    server: Server | None
    folder: Path | None = None

    def empty(self) -> None:
        """Make it a store in which nothing was ever loaded."""
        if self.folder is not None:
            shutil.rmtree(self.folder, ignore_errors=True)
        elif self.name == "neo4j":
            emptied_neo4j(self.url, schema=True)
        else:
            emptied_sparql(self.url)


@contextmanager
def opened(name: str) -> Iterator[Backend]:
    """An empty backend by its name, gone afterwards."""
    if name == "oxigraph":
        folder = Path(mkdtemp(prefix="credpath-torture-"))
        try:
            yield Backend(name, f"oxigraph:{folder / 'store'}", None, folder / "store")
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        return
    server = start_private(Neo4jServer(brief=True) if name == "neo4j" else FusekiServer(brief=True))
    try:
        yield Backend(name, server.url, server)
    finally:
        server.remove()
