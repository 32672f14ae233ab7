"""What a database must have before anything is kept in it: constraints, indexes, and a mark that it is ours.

A database that holds nodes and not our mark belongs to somebody else: labels such as `Role` would mean two things
there, so it is refused untouched.
"""

import re
from contextlib import suppress

from graph.stores.neo4j.connection import Connection
from graph.stores.neo4j.shortcuts import SHORTCUTS
from ontology.errors import AccessRefused, StoreOfOtherVersion, StoreReadOnly, UnsuitableServer
from ontology.records import RECORD_TYPES
from ontology.schema import SCHEMA_VERSION

OLDEST = (5, 26)
"""The first version of the server that is known to serve."""

NAMED = ("Credential", "Competency", "Role", "Provider")
"""The labels whose names can be searched by words."""

UNIQUE: dict[str, tuple[str, ...]] = {
    "Credpath": ("name",),
    "Source": ("id",),
    "Revision": ("id",),
    "Statement": ("revision", "row"),
    "Missing": ("id",),
    "Thing": ("key",),
    **{kind.__name__: ("id",) for kind in RECORD_TYPES},
}
"""By label, the properties that no two nodes share."""

_VERSIONS = "CALL dbms.components() YIELD name, versions RETURN name, versions"
_MARK = "MATCH (mark:Credpath {name: 'store'}) RETURN mark.schemaVersion"
_ANYTHING = "MATCH (node) RETURN count(node)"
_NAMES = "SHOW INDEXES YIELD name RETURN name"
_MAKE = "MERGE (mark:Credpath {name: 'store'}) ON CREATE SET mark.schemaVersion = $version RETURN mark.schemaVersion"


def prepare(connection: Connection) -> None:
    """Check that server and database will do, and lay the database out where that was not done before.

    Raises `UnsuitableServer` and `StoreOfOtherVersion`.
    """
    _check_server(connection)
    version = _marked(connection)
    if version is not None and version != SCHEMA_VERSION:
        raise StoreOfOtherVersion(connection.url, version, SCHEMA_VERSION)
    if version is None:
        _lay_out(connection)
        connection.write(_MAKE, version=SCHEMA_VERSION)
    else:
        with suppress(AccessRefused, StoreReadOnly):  # who may only read does without an index of a newer credpath
            _lay_out(connection)


def _lay_out(connection: Connection) -> None:
    there = {name for (name,) in connection.read(_NAMES)}
    absent = [command for name, command in _commands().items() if name not in there]
    for command in absent:
        connection.command(command)
    if absent:
        connection.command("CALL db.awaitIndexes(120)")


def _check_server(connection: Connection) -> None:
    expected = f"Neo4j {'.'.join(map(str, OLDEST))} or newer"
    for name, versions in connection.read(_VERSIONS):
        if name == "Neo4j Kernel":
            if not any(_number(version) >= OLDEST for version in versions):
                raise UnsuitableServer(connection.url, f"Neo4j {', '.join(versions)}", expected)
            return
    raise UnsuitableServer(connection.url, "another server that speaks Bolt", expected)


def _marked(connection: Connection) -> int | None:
    """The schema version that the database has; nothing where it is empty. Another process may mark it meanwhile."""
    for _ in range(2):
        found = connection.read(_MARK)
        if found:
            return int(found[0][0])
        if not connection.read(_ANYTHING)[0][0]:
            return None
    raise UnsuitableServer(
        connection.url,
        "a database with nodes that credpath did not write",
        "an empty one; name another database in the path of the address, or another server",
    )


def _commands() -> dict[str, str]:
    """What lays out the database, by the name of what it makes."""
    found = {}
    for label, names in UNIQUE.items():
        unique = ", ".join(f"node.{name}" for name in names)
        name = f"credpath_{label}"
        found[name] = f"CREATE CONSTRAINT {name} IF NOT EXISTS FOR (node:{label}) REQUIRE ({unique}) IS UNIQUE"
    for type_ in (type_ for shortcut in SHORTCUTS.values() for type_ in shortcut.types):
        name = f"credpath_{type_}"
        found[name] = f"CREATE INDEX {name} IF NOT EXISTS FOR ()-[shortcut:{type_}]-() ON (shortcut.id)"
    found["credpath_said"] = "CREATE INDEX credpath_said IF NOT EXISTS FOR (node:Statement) ON (node.id)"
    found["credpath_to"] = "CREATE INDEX credpath_to IF NOT EXISTS FOR (node:Forwarding) ON (node.to)"
    found["credpath_names"] = (
        f"CREATE FULLTEXT INDEX credpath_names IF NOT EXISTS FOR (node:{'|'.join(NAMED)}) "
        "ON EACH [node.name, node.otherNames]"
    )
    return found


def _number(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.match(r"[0-9.]*", version)[0].split(".") if part)  # type: ignore[index]
