"""Neo4j Community from its published jars: Bolt on one loopback port, no HTTP, a small heap, nothing reported home."""

import subprocess
from pathlib import Path

from neo4j import GraphDatabase
from neo4j.exceptions import DriverError, Neo4jError

from servers.fetch import fetch, find_java
from servers.kind import BRIEF
from servers.problems import ServerFailed

CONFIGURATION = """\
server.default_listen_address=127.0.0.1
server.bolt.enabled=true
server.bolt.listen_address=127.0.0.1:{port}
server.bolt.advertised_address=127.0.0.1:{port}
server.http.enabled=false
server.https.enabled=false
dbms.security.auth_enabled=true
dbms.usage_report.enabled=false
server.memory.pagecache.size=128m
db.tx_log.rotation.retention_policy=512M size
db.checkpoint.interval.time=30s
server.config.strict_validation.enabled=true
"""
HEAP = "512m"


class Neo4jServer:
    """See `servers.kind.Kind`; a `brief` one starts sooner and never becomes as fast."""

    name = "neo4j"
    variable = "CREDPATH_NEO4J_URL"

    def __init__(self, *, brief: bool = False) -> None:
        self._java = BRIEF if brief else ()

    def prepare(self, home: Path, port: int, password: str) -> None:
        """See `servers.kind.Kind`. The password is set once, before the first start."""
        fresh = not (home / "conf").exists()
        for folder in ("conf", "logs"):
            (home / folder).mkdir(exist_ok=True)
        (home / "conf" / "neo4j.conf").write_text(CONFIGURATION.format(port=port), "utf-8")
        if fresh:
            self._set_password(home, password)

    def command(self, home: Path, library: Path, port: int) -> list[str]:  # noqa: ARG002 — the configuration has it
        """See `servers.kind.Kind`."""
        return [
            find_java(), *self._java, f"-Xmx{HEAP}", "-XX:+ExitOnOutOfMemoryError",
            "--add-opens=java.base/java.nio=ALL-UNNAMED", "-cp", f"{library}/*", "org.neo4j.server.CommunityEntryPoint",
            f"--home-dir={home}", f"--config-dir={home / 'conf'}", "--console-mode",
        ]  # fmt: skip

    def url(self, port: int, password: str) -> str:
        """See `servers.kind.Kind`."""
        return f"neo4j://neo4j:{password}@127.0.0.1:{port}"

    def answers(self, port: int, password: str) -> bool:
        """See `servers.kind.Kind`."""
        try:
            with GraphDatabase.driver(f"bolt://127.0.0.1:{port}", auth=("neo4j", password)) as driver:
                driver.verify_connectivity()
                with driver.session() as session:
                    return session.run("RETURN 1").single() is not None
        except (DriverError, Neo4jError):
            return False

    def _set_password(self, home: Path, password: str) -> None:
        done = subprocess.run(
            [find_java(), "-cp", f"{fetch(self.name)}/*", f"-Dbasedir={home}",
             "org.neo4j.server.startup.Neo4jAdminCommand", "dbms", "set-initial-password", password],
            stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode != 0:
            raise ServerFailed(self.name, "could not set its password", done.stdout + done.stderr)
