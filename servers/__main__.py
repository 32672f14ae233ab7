"""`python -m servers fetch|start|stop|status [neo4j|fuseki ...]`: real servers on this machine, in `build/servers`.

`start` prints one `export` line for each server, for the shell; everything else is said on the error output.
"""

import argparse
import os
import sys
from pathlib import Path

from graph.address import shown
from servers.fetch import BUILD, fetch, find_java
from servers.fuseki_server import FusekiServer
from servers.kind import Kind
from servers.neo4j_server import Neo4jServer
from servers.problems import FetchFailed, MissingTool, ServerProblem
from servers.running import Server

KINDS: dict[str, Kind] = {kind.name: kind for kind in (Neo4jServer(), FusekiServer())}


def main() -> int:
    """Do what the command line says; the exit code is 0 where it was done."""
    parser = argparse.ArgumentParser(prog="python -m servers", description=__doc__)
    parser.add_argument("what", choices=("fetch", "start", "stop", "status"))
    parser.add_argument("servers", nargs="*", choices=[*KINDS, []], metavar="SERVER", help="default: all")
    parser.add_argument("--homes", type=Path, default=BUILD / "homes", help="folder of the servers' own folders")
    asked = parser.parse_args()
    kinds = [KINDS[name] for name in asked.servers or KINDS]
    try:
        if asked.what == "fetch":
            return fetch_all(kinds)
        for kind in kinds:
            _ACTIONS[asked.what](Server(kind, asked.homes / kind.name))
    except ServerProblem as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def fetch_all(kinds: list[Kind]) -> int:
    """Bring and check the jars. What the machine lacks is said loudly, and fails where everything is required."""
    try:
        find_java()
        for kind in kinds:
            fetch(kind.name)
    except (MissingTool, FetchFailed) as error:
        line = "*" * 100
        print(f"{line}\n  NO SERVERS: the tests on a real Neo4j and a real SPARQL server will be SKIPPED.\n  {error}\n"
              f"  CREDPATH_REQUIRE_ALL=1 makes a skipped test a failure.\n{line}", file=sys.stderr)  # fmt: skip
        return 1 if os.environ.get("CREDPATH_REQUIRE_ALL") == "1" else 0
    return 0


def start(server: Server) -> None:
    """Start it and print the line for the shell."""
    print(f"export {server.kind.variable}={server.start()}", flush=True)


def stop(server: Server) -> None:
    """Stop it; its data stay."""
    server.stop()


def status(server: Server) -> None:
    """Say whether it runs."""
    print(f"{server.kind.name}: " + (f"runs at {shown(server.url)}" if server.is_running() else "does not run"))


_ACTIONS = {"start": start, "stop": stop, "status": status}

if __name__ == "__main__":
    raise SystemExit(main())
