"""A server as a test wants to find it: empty. Whoever names a server to the tests gives it to be emptied."""

from urllib.parse import parse_qs, unquote, urlsplit

import httpx
from neo4j import GraphDatabase

ROWS = 10_000
"""How much one transaction deletes, relationships before nodes: on one node there may hang more than a heap holds."""


def emptied_neo4j(url: str, *, schema: bool = False) -> str:
    """Delete every node, with `schema` every constraint and index too, and return the URL."""
    parts = urlsplit(url)
    auth = (unquote(parts.username or ""), unquote(parts.password or ""))
    bare = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"
    database = parts.path.strip("/") or None
    with GraphDatabase.driver(bare, auth=auth) as driver, driver.session(database=database) as session:
        session.run(f"MATCH ()-[line]->() CALL (line) {{ DELETE line }} IN TRANSACTIONS OF {ROWS} ROWS").consume()
        session.run(f"MATCH (node) CALL (node) {{ DELETE node }} IN TRANSACTIONS OF {ROWS} ROWS").consume()
        if schema:
            for row in list(session.run("SHOW CONSTRAINTS YIELD name RETURN name")):
                session.run(f"DROP CONSTRAINT `{row['name']}`").consume()
            for row in list(session.run("SHOW INDEXES YIELD name, type WHERE type <> 'LOOKUP' RETURN name")):
                session.run(f"DROP INDEX `{row['name']}`").consume()
    return url


def emptied_sparql(url: str) -> str:
    """Delete every graph, the default graph too, and return the URL."""
    parts = urlsplit(url.removeprefix("sparql+"))
    service = parse_qs(parts.query).get("update", [f"{parts.path}/update"])[0]
    address = service if "://" in service else f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{service}"
    auth = (unquote(parts.username), unquote(parts.password or "")) if parts.username else None
    answer = httpx.post(address, data={"update": "DROP ALL"}, auth=auth, timeout=300, trust_env=False)
    answer.raise_for_status()
    return url
