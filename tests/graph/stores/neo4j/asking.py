"""What tests ask a Neo4j server in Cypher of their own, past the store."""

from typing import Any
from urllib.parse import unquote, urlsplit

from neo4j import GraphDatabase, Result

Rows = list[list[Any]]


def ask(url: str, query: str, **parameters: object) -> Rows:
    """The rows of a query."""
    parts = urlsplit(url)
    auth = (unquote(parts.username or ""), unquote(parts.password or ""))
    bare = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"
    with GraphDatabase.driver(bare, auth=auth, notifications_min_severity="OFF") as driver:
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
