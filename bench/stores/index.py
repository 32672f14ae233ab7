"""What it takes to make the index from a server: `python -m bench.stores.index [CREDENTIALS] [neo4j|sparql]`.

The drawn catalogue of `bench.index` is loaded by one process; another, fresh one reads it into an index on disk. The
peak of its resident memory is what is asked: under 500 MB for 200,000 credentials with a million claims.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from bench.memory import peak
from bench.stores.rows import drawn
from graph.build import open_index
from graph.store import open_store
from servers.fuseki_server import FusekiServer
from servers.kind import Kind
from servers.neo4j_server import Neo4jServer
from servers.private import start_private

KINDS: dict[str, Kind] = {"neo4j": Neo4jServer(), "sparql": FusekiServer()}


def load(url: str, credentials: int) -> str:
    """Load the catalogue; how many records, and how long it took."""
    info, records = drawn(credentials)
    store = open_store(url)
    start = time.perf_counter()
    store.replace_source(info, records)
    took = time.perf_counter() - start
    store.close()
    return f"{len(records):,} records loaded in {took:,.0f} s, {len(records) / took:,.0f}/s"


def read(url: str, folder: Path) -> str:
    """Read the store into an index; how long it took, and the most memory that this process ever held."""
    store = open_store(url)
    start = time.perf_counter()
    open_index(store, folder)
    took = time.perf_counter() - start
    store.close()
    size = sum(path.stat().st_size for path in folder.rglob("*")) / 1e6
    return f"index of {size:,.0f} MB read in {took:,.0f} s, peak of the process {peak():,.0f} MB"


def main(arguments: list[str]) -> None:
    """Load, then read, each in a process of its own."""
    credentials = int(arguments[0]) if arguments else 200_000
    kind = KINDS[arguments[1] if len(arguments) > 1 else "neo4j"]
    url = os.environ.get(kind.variable) or start_private(kind).url
    with tempfile.TemporaryDirectory() as folder:
        print(_apart(partial(load, url, credentials)), flush=True)
        print(_apart(partial(read, url, Path(folder) / "index")), flush=True)


def _apart(act: Callable[[], str]) -> str:
    with ProcessPoolExecutor(1, get_context("spawn")) as process:
        return process.submit(act).result()


if __name__ == "__main__":
    main(sys.argv[1:])
