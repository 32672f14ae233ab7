"""Fuseki from its published jar: a TDB2 dataset with query, update and graph store services, behind a password."""

import shutil
from pathlib import Path

import httpx

from servers.fetch import ROOT, find_java
from servers.kind import BRIEF

HEAP = "512m"


class FusekiServer:
    """See `servers.kind.Kind`; a `brief` one starts sooner and never becomes as fast."""

    name = "fuseki"
    variable = "CREDPATH_SPARQL_URL"

    def __init__(self, *, brief: bool = False) -> None:
        self._java = BRIEF if brief else ()

    def prepare(self, home: Path, port: int, password: str) -> None:  # noqa: ARG002 — the command has it
        """See `servers.kind.Kind`."""
        shutil.copyfile(ROOT / "servers" / self.name / "config.ttl", home / "config.ttl")
        passwords = home / "passwd"
        passwords.touch(mode=0o600)
        passwords.write_text(f"admin: {password}\n", "utf-8")

    def command(self, home: Path, library: Path, port: int) -> list[str]:
        """See `servers.kind.Kind`."""
        (jar,) = library.glob("jena-fuseki-server-*.jar")
        return [
            find_java(), *self._java, f"-Xmx{HEAP}", f"-Dhome={home}", "-cp", str(jar),
            "org.apache.jena.fuseki.main.cmds.FusekiMainCmd",
            "--localhost", f"--port={port}", "--ping", "--compact", "--config=config.ttl",
        ]  # fmt: skip

    def url(self, port: int, password: str) -> str:
        """See `servers.kind.Kind`."""
        return f"sparql+http://admin:{password}@127.0.0.1:{port}/ds"

    def answers(self, port: int, password: str) -> bool:
        """See `servers.kind.Kind`."""
        try:
            return httpx.get(f"http://127.0.0.1:{port}/$/ping", auth=("admin", password), trust_env=False).is_success
        except httpx.TransportError:
            return False
