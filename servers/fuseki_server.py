"""Fuseki from its published jar: a TDB2 dataset with query, update and graph store services, behind a password."""

from pathlib import Path

import httpx

from servers.fetch import find_java

CONFIGURATION = """\
PREFIX fuseki: <http://jena.apache.org/fuseki#>
PREFIX tdb2: <http://jena.apache.org/2016/tdb#>
[] a fuseki:Server ;
  fuseki:passwd "passwd" ; fuseki:auth "basic" ; fuseki:realm "graphs" ; fuseki:allowedUsers "*" .
<#service> a fuseki:Service ; fuseki:name "ds" ; fuseki:dataset <#dataset> ;
  fuseki:endpoint [ fuseki:operation fuseki:query ; fuseki:name "query" ] ,
    [ fuseki:operation fuseki:update ; fuseki:name "update" ] ,
    [ fuseki:operation fuseki:gsp-rw ; fuseki:name "data" ] .
<#dataset> a tdb2:DatasetTDB2 ; tdb2:location "tdb2" .
"""
HEAP = "512m"


class FusekiServer:
    """See `servers.kind.Kind`."""

    name = "fuseki"
    variable = "CREDPATH_SPARQL_URL"

    def prepare(self, home: Path, port: int, password: str) -> None:  # noqa: ARG002 — the command has it
        """See `servers.kind.Kind`."""
        (home / "config.ttl").write_text(CONFIGURATION, "utf-8")
        passwords = home / "passwd"
        passwords.touch(mode=0o600)
        passwords.write_text(f"admin: {password}\n", "utf-8")

    def command(self, home: Path, library: Path, port: int) -> list[str]:
        """See `servers.kind.Kind`."""
        (jar,) = library.glob("jena-fuseki-server-*.jar")
        return [
            find_java(), f"-Xmx{HEAP}", f"-Dhome={home}", "-cp", str(jar),
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
