"""What tests ask a Neo4j server in Cypher of their own, past the store."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from threading import Timer
from typing import Any
from urllib.parse import unquote, urlsplit

from neo4j import GraphDatabase, Result

from graph.store import open_store
from tests.servers import emptied_neo4j

Rows = list[list[Any]]


def ask(url: str, query: str, **parameters: object) -> Rows:
    """The rows of a query."""
    with GraphDatabase.driver(_bare(url), auth=_auth(url), notifications_min_severity="OFF") as driver:
        return driver.execute_query(query, parameters, result_transformer_=Result.values)


def drawn(url: str) -> tuple[Rows, Rows, Rows]:
    """All that Cypher users see: things, what leads from where to where, and who says what about which thing."""
    things = ask(url, "MATCH (x) WHERE x:Thing OR x:Missing RETURN labels(x) AS l, properties(x) AS p")
    lines = ask(
        url,
        "MATCH (a:Thing)-[r]->(b) RETURN a.key, type(r), labels(b), b.id, properties(r)",
    )
    said = ask(
        url,
        "MATCH (now:Source) MATCH (s:Statement {revision: now.current}) OPTIONAL MATCH (s)-[:ABOUT]->(x) "
        "OPTIONAL MATCH (s)-[:SAID_BY]->(source) "
        "RETURN s.record, s.id, s.place, x.key, source.id",
    )
    plain = [[sorted(labels), sorted(properties.items())] for labels, properties in things]
    straight = [[a, type_, sorted(labels), b, sorted(said.items())] for a, type_, labels, b, said in lines]
    return sorted(plain, key=repr), sorted(straight, key=repr), sorted(said, key=repr)


def drawn_afresh(url: str) -> tuple[Rows, Rows, Rows]:
    """What would be drawn if all that the store holds now were loaded into an empty database, which it then is."""
    with closing(open_store(url)) as store:
        held = {info: list(store.records_of(info.id)) for info in store.sources()}
    with closing(open_store(emptied_neo4j(url))) as fresh:
        for info, content in held.items():
            fresh.replace_source(info, content)
    return drawn(url)


@contextmanager
def meanwhile(url: str, statement: str, **parameters: object) -> Iterator[None]:
    """Another client has carried this out when the block begins, and commits a moment later, while the block waits."""
    with (
        GraphDatabase.driver(_bare(url), auth=_auth(url), notifications_min_severity="OFF") as driver,
        driver.session() as session,
        session.begin_transaction() as transaction,
    ):
        transaction.run(statement, parameters).consume()
        late = Timer(0.5, transaction.commit)
        late.start()
        try:
            yield
        finally:
            late.join()


def _bare(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"


def _auth(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return unquote(parts.username or ""), unquote(parts.password or "")
