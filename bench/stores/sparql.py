"""A SPARQL server, beside a plain PUT of N-Triples that lie ready to the same server.

The server is the one that CREDPATH_SPARQL_URL names, which is emptied, or a Fuseki of this run's own. Its disk grows
with each load, and it gets slower as it grows, so ours and the raw client take turns.
"""

import os
from collections.abc import Iterator
from functools import partial

import httpx

from bench.stores.rows import Row, in_turn, least_of, redated, seconds
from graph.address import read_address
from graph.lines import lines_of
from graph.store import Store, open_store
from graph.stores.sparql.endpoints import endpoints_of
from ontology.records import RECORD_TYPES, Record
from ontology.values import SourceInfo
from servers.fuseki_server import FusekiServer
from servers.private import start_private

GRAPH = "https://example.org/graph"
PATIENCE, ROUNDS = 900, 4


def measure(records: list[Record], info: SourceInfo) -> Iterator[Row]:
    """Load, replace and read."""
    url = os.environ.get(FusekiServer.variable) or start_private(FusekiServer()).url
    text, row = b"".join(lines_of(records)), partial(Row, store="sparql", records=len(records))
    with Raw(url) as raw:
        raw.update("DROP ALL")
        store = open_store(url)
        store.replace_source(info, records[:2000])
        raw.put(b"".join(lines_of(records[:2000])))
        ours, plain = least_of(partial(_load, store, info, records), partial(_put, raw, text), rounds=ROUNDS)
        yield row(what="load; raw: plain PUT of N-Triples that lie ready", ours=ours, raw=plain, least=0.8)
        store.replace_source(info, records)
        raw.put(text)
        reading, getting = in_turn(
            lambda: [sum(1 for _ in store.records(kind)) for kind in RECORD_TYPES], raw.get, rounds=2
        )
        yield row(what="read all kinds; raw: GET the N-Triples", ours=reading, raw=getting)
        changed = redated(records, every=50)
        after = b"".join(lines_of(changed))
        replacing, putting = seconds(lambda: store.replace_source(info, changed)), seconds(lambda: raw.put(after))
        yield row(what="replace, a statement of each 50th differs; raw: PUT", ours=replacing, raw=putting)
        store.close()


class Raw:
    """What a script would do with an HTTP client."""

    def __init__(self, url: str) -> None:
        address = read_address(url)
        self._at = endpoints_of(address)
        auth = (address.access.user, address.access.password or "") if address.access.user else None
        self._client = httpx.Client(auth=auth, timeout=PATIENCE, trust_env=False)

    def __enter__(self) -> "Raw":
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def put(self, text: bytes) -> None:
        """Let the graph hold this text."""
        headers = {"Content-Type": "application/n-triples"}
        self._client.put(self._at.data, params={"graph": GRAPH}, content=text, headers=headers).raise_for_status()

    def get(self) -> int:
        """How long the text of the graph is."""
        headers = {"Accept": "application/n-triples"}
        answer = self._client.get(self._at.data, params={"graph": GRAPH}, headers=headers).raise_for_status()
        return len(answer.content)

    def update(self, text: str) -> None:
        """Carry out an update."""
        self._client.post(self._at.update, data={"update": text}).raise_for_status()


def _load(store: Store, info: SourceInfo, records: list[Record]) -> float:
    """The seconds of our load into a store that does not have the source."""
    store.remove_source(info.id)
    return seconds(lambda: store.replace_source(info, records))


def _put(raw: Raw, text: bytes) -> float:
    """The seconds of a PUT where there is no such graph."""
    raw.update(f"DROP SILENT GRAPH <{GRAPH}>")
    return seconds(lambda: raw.put(text))
