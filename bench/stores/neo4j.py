"""A Neo4j server, beside hand-written UNWIND batches that write the same nodes and relationships from rows made before.

The server is the one that CREDPATH_NEO4J_URL names, which is emptied, or one of this run's own. Both write into a
database with the same constraints and indexes, 5,000 rows a transaction, and take turns.
"""

import os
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import unquote, urlsplit

from neo4j import Driver, GraphDatabase

from bench.stores.rows import Row, in_turn, least_of, redated, seconds
from graph.content import gather
from graph.store import Store, open_store
from graph.stores.neo4j.links import key_of, links_of, node_of
from graph.stores.neo4j.statements import properties_of
from ontology.records import RECORD_TYPES, Claim, Level, PartOf, Record
from ontology.values import SourceInfo
from servers.neo4j_server import Neo4jServer
from servers.private import start_private

BATCH = 5_000
ROUNDS = 3

STATEMENTS = "UNWIND $rows AS row CREATE (s:Statement) SET s = row"
HANG = (
    "UNWIND $rows AS row MATCH (s:Statement {revision: 'raw', row: row[0]}) MATCH (x:Thing {key: row[1]}) "
    "MATCH (source:Source {id: 'raw'}) CREATE (s)-[:ABOUT]->(x) CREATE (s)-[:SAID_BY]->(source)"
)
LINES = "UNWIND $rows AS row MATCH (a:Thing {key: row[0]}) MATCH (b:Thing {key: row[1]}) CREATE (a)-[r:%s]->(b)"


@dataclass(frozen=True, slots=True)
class Script:
    """What a script would send: each query with its rows."""

    steps: tuple[tuple[str, list[Any]], ...]

    def run(self, driver: Driver) -> None:
        """Send it batch by batch."""
        driver.execute_query("MERGE (:Source {id: 'raw'})")
        for query, rows in self.steps:
            for start in range(0, len(rows), BATCH):
                driver.execute_query(query, rows=rows[start : start + BATCH])


def measure(records: list[Record], info: SourceInfo) -> Iterator[Row]:
    """Load, replace and read."""
    url = os.environ.get(Neo4jServer.variable) or start_private(Neo4jServer()).url
    parts, row = urlsplit(url), partial(Row, store="neo4j", records=len(records))
    auth = (unquote(parts.username or ""), unquote(parts.password or ""))
    with GraphDatabase.driver(f"bolt://{parts.netloc.rpartition('@')[2]}", auth=auth) as driver:
        _empty(driver)
        store = open_store(url)
        script, few = script_of(info, records), records[:5_000]
        _load(driver, store, info, few)
        _run(driver, script_of(info, few))
        ours, raw = least_of(partial(_load, driver, store, info, records), partial(_run, driver, script), rounds=ROUNDS)
        yield row(what="load; raw: UNWIND batches of rows that lie ready", ours=ours, raw=raw, least=0.7)
        _load(driver, store, info, records)
        reading, plain = in_turn(
            lambda: [sum(1 for _ in store.records(kind)) for kind in RECORD_TYPES],
            partial(_read, driver),
            rounds=2,
        )
        yield row(what="read all kinds; raw: read all statements", ours=reading, raw=plain)
        changed = redated(records, every=50)
        yield row(
            what="replace, a statement of each 50th differs", ours=seconds(lambda: store.replace_source(info, changed))
        )
        store.close()


def script_of(info: SourceInfo, records: list[Record]) -> Script:
    """The same nodes and relationships as our load makes, as rows."""
    ordered = gather(info, records).records
    nodes, lines = defaultdict[str, list[Any]](list), defaultdict[str, list[Any]](list)
    known = {key_of((type(record), record.id)) for record in ordered}
    levels = {record.id: record for record in ordered if isinstance(record, Level)}
    hung = []
    for place, record in enumerate(ordered):
        node = node_of(record)
        nodes[node.label].append({**node.said, "key": node.key})
        hung.append((place, node.key))
        for link in links_of(record):
            lines[LINES % link.type].extend((link.start, end) for end in link.ends if end in known)
        if isinstance(record, Claim):
            level = levels.get(record.level or "")
            said = {"id": record.id, "level": record.level, "words": record.words, "assessment": record.assessment}
            said |= {"levelName": level.name, "rank": level.rank} if level else {}
            start, end = f"credential {record.subject}", f"competency {record.competency}"
            lines[LINES % record.mode.upper() + " SET r = row[2]"].append((start, end, said))
        if isinstance(record, PartOf):
            start, end = f"credential {record.part}", f"credential {record.whole}"
            lines[LINES % "PART_OF" + " SET r = row[2]"].append((start, end, {"id": record.id}))
    statements = [{"revision": "raw", **properties_of(record, place)} for place, record in enumerate(ordered)]
    made = [(f"UNWIND $rows AS row CREATE (x:Thing:{label}) SET x = row", rows) for label, rows in nodes.items()]
    return Script(((STATEMENTS, statements), *made, *lines.items(), (HANG, hung)))


def _load(driver: Driver, store: Store, info: SourceInfo, records: list[Record]) -> float:
    """The seconds of our load into an empty database."""
    _empty(driver)
    return seconds(lambda: store.replace_source(info, records))


def _run(driver: Driver, script: Script) -> float:
    """The seconds of the script in an empty database."""
    _empty(driver)
    return seconds(lambda: script.run(driver))


def _read(driver: Driver) -> int:
    with driver.session() as session:
        return sum(1 for _ in session.run("MATCH (s:Statement) RETURN properties(s)"))


def _empty(driver: Driver) -> None:
    """Relationships first: a node on which very many hang does not fit into one transaction of a small heap."""
    with driver.session() as session:
        session.run("MATCH ()-[r]->() CALL (r) { DELETE r } IN TRANSACTIONS OF 20000 ROWS").consume()
        session.run("MATCH (n) WHERE NOT n:Credpath CALL (n) { DELETE n } IN TRANSACTIONS OF 10000 ROWS").consume()
