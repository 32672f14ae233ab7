"""Another hand changes what a store holds, past credpath: in one record of a source, or by taking one out."""

from collections.abc import Callable
from dataclasses import replace
from urllib.parse import parse_qs, unquote, urlsplit

import httpx
from neo4j import GraphDatabase

from graph.content import Content
from graph.store import Store
from graph.stores.memory import MemoryStore
from graph.stores.oxigraph import OxigraphStore
from ontology.records import Credential, Record
from ontology.schema import expand_term

_NAME = f"<{expand_term('ceterms:name')}>"
_RENAME = (
    f'DELETE {{ GRAPH ?g {{ ?node {_NAME} "First" }} }} INSERT {{ GRAPH ?g {{ ?node {_NAME} "Altered" }} }} '
    f'WHERE {{ GRAPH ?g {{ ?node {_NAME} "First" }} }}'
)
_TAKE_OUT = f'DELETE {{ GRAPH ?g {{ ?node ?p ?o }} }} WHERE {{ GRAPH ?g {{ ?node {_NAME} "First" . ?node ?p ?o }} }}'


def rename(store: Store, url: str) -> None:
    """Call whatever is called First otherwise."""
    if isinstance(store, MemoryStore):
        _in_memory(store, "Altered")
    elif isinstance(store, OxigraphStore):
        store._open.update(_RENAME)
    elif url.startswith("sparql"):
        _update(url, _RENAME)
    else:
        _run(url, "MATCH (s:Statement {name: 'First'}) SET s.name = 'Altered'")


def take_out(store: Store, url: str) -> None:
    """Delete whatever is called First."""
    if isinstance(store, MemoryStore):
        _in_memory(store, None)
    elif isinstance(store, OxigraphStore):
        store._open.update(_TAKE_OUT)
    elif url.startswith("sparql"):
        _update(url, _TAKE_OUT)
    else:
        _run(url, "MATCH (s:Statement {name: 'First'}) DETACH DELETE s")


DAMAGES: tuple[Callable[[Store, str], None], ...] = (rename, take_out)


def rename_all(store: MemoryStore, source_id: str, name: str) -> None:
    """Call every credential of one source otherwise."""
    content = store._open[source_id]
    named = tuple(replace(each, name=name) if isinstance(each, Credential) else each for each in content.records)
    store._become({**store._open, source_id: Content(content.info, named, content.digest)})


def _in_memory(store: MemoryStore, name: str | None) -> None:
    for id_, content in store._open.items():
        records: list[Record] = []
        for record in content.records:
            if not (isinstance(record, Credential) and record.name == "First"):
                records.append(record)
            elif name is not None:
                records.append(replace(record, name=name))
        store._become({**store._open, id_: Content(content.info, tuple(records), content.digest)})


def _update(url: str, update: str) -> None:
    parts = urlsplit(url.removeprefix("sparql+"))
    service = parse_qs(parts.query).get("update", [f"{parts.path}/update"])[0]
    address = service if "://" in service else f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{service}"
    auth = (unquote(parts.username), unquote(parts.password or "")) if parts.username else None
    httpx.post(address, data={"update": update}, auth=auth, timeout=60, trust_env=False).raise_for_status()


def _run(url: str, query: str) -> None:
    parts = urlsplit(url)
    auth = (unquote(parts.username or ""), unquote(parts.password or ""))
    bare = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"
    with GraphDatabase.driver(bare, auth=auth) as driver:
        driver.execute_query(query, database_=parts.path.strip("/") or None)
