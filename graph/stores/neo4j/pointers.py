"""Which revision of a source is current: one small node, whose change is what every reader sees at once.

`(:Source {id, title, ..., current, contentDigest, kinds, counts, seal, viewed})`. The statements of a revision are
numbered from 0 in the order of their kinds, so `kinds` and `counts` say in which rows the records of a kind stand, and
a reader knows how many to expect. `viewed` are the revisions that the view was made of (see `view`): one, where it is
up to date. The empty one among them stands for nothing at all: where a source is drawn for the first time.

A reader of Neo4j may see some properties of a node as they were before a change and others as they are after it. `seal`
is a digest of all that decides what readers see, so that they notice, and look again. A writer who waited for a node
that was deleted meanwhile holds one without properties, and what it sets there is lost without a word; so whoever waits
looks at a property afterwards, and decides only then.
"""

import hashlib
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from itertools import accumulate, pairwise
from typing import Any, cast

from neo4j import ManagedTransaction

from graph.content import Content
from graph.stores.neo4j.connection import Connection, rows_of
from ontology.errors import UnreadableStatement
from ontology.records import kind_of
from ontology.values import SourceInfo

_ALL = "MATCH (source:Source) RETURN properties(source)"
_MAKE = "MERGE (:Source {id: $id})"
_LOCK = "MATCH (source:Source {id: $id}) SET source.lock = 1 REMOVE source.lock RETURN properties(source)"
_MOVE = "MATCH (source:Source {id: $id}) SET source = $properties"
_ANNOUNCED = (
    "MATCH (source:Source {id: $id}) SET source.lock = 1 REMOVE source.lock "
    "WITH source WHERE coalesce(source.current, '') = $revision SET source.viewed = $viewed RETURN 1"
)
_DRAWN = (
    "MATCH (source:Source {id: $id}) SET source.lock = 1 REMOVE source.lock "
    "WITH source WHERE source.viewed = $announced SET source.viewed = $viewed"
)
_ROWS = (
    "MATCH (s:Statement) WHERE s.revision = $revision AND s.row >= 0 RETURN s.record, min(s.row), max(s.row) + 1 "
    "ORDER BY min(s.row)"
)
_LAST = "MATCH (mark:Credpath {name: 'store'}) RETURN mark.lastRemoved"
_REMOVED = "MATCH (mark:Credpath {name: 'store'}) SET mark.lastRemoved = $revision"
FORGET = (
    "MATCH (seen:Source {id: $id}) WHERE seen.current IS NULL SET seen.lock = 1 REMOVE seen.lock "
    "WITH seen MATCH (source:Source {id: $id}) WHERE source.current IS NULL AND source.viewed = [] "
    "AND NOT EXISTS { (source)<-[:SAID_BY]-() } DELETE source"
)
"""Delete the node of a source that was removed, as soon as the view shows it no more and no statement hangs on it."""


_SEALED = (*(field.name for field in fields(SourceInfo)), "current", "contentDigest", "kinds", "counts")
_PAUSES = (0.0, 0.01, 0.02, 0.05, 0.1, 0.2)
"""Seconds before a look at sources that seemed half changed is taken again."""


@dataclass(frozen=True, slots=True)
class Pointer:
    """Where the records of a source are. `info` is nothing where the source was removed and the view still shows it."""

    id: str
    info: SourceInfo | None
    revision: str
    digest: str
    rows: Mapping[str, range]
    viewed: tuple[str, ...]

    @property
    def count(self) -> int:
        """How many statements the revision has."""
        return sum(len(rows) for rows in self.rows.values())


def every_pointer(connection: Connection) -> dict[str, Pointer]:
    """All sources by id, those that were removed and are still viewed too.

    Raises `UnreadableStatement` where a hand other than ours changed one.
    """
    for pause in (*_PAUSES, None):
        try:
            found = [_read(row[0]) for row in connection.read(_ALL)]
        except UnreadableStatement:
            if pause is None:
                raise
            time.sleep(pause)
        else:
            return {pointer.id: pointer for pointer in sorted(found, key=lambda pointer: pointer.id)}
    raise AssertionError


def last_removed(connection: Connection) -> str:
    """The revision that a source had when it was removed, the last of all that were."""
    return "".join(str(revision or "") for (revision,) in connection.read(_LAST))


def lock(transaction: ManagedTransaction, source_id: str) -> Pointer:
    """Keep every other writer from this source until the transaction ends, and read where it points now."""
    while True:
        rows_of(transaction, _MAKE, id=source_id)
        for (properties,) in rows_of(transaction, _LOCK, id=source_id):
            if properties:
                return _read(properties)


def move(transaction: ManagedTransaction, before: Pointer, content: Content, revision: str) -> None:
    """Let the source that was locked point to another revision."""
    counts = Counter(kind_of(type(record)) for record in content.records)
    properties = {name: value for name, value in asdict(content.info).items() if value is not None}
    properties |= {
        "current": revision,
        "contentDigest": content.digest,
        "kinds": sorted(counts),
        "counts": [counts[kind] for kind in sorted(counts)],
        "viewed": list(before.viewed),
    }
    properties["seal"] = _seal_of(properties)
    rows_of(transaction, _MOVE, id=content.info.id, properties=properties)


def forget(transaction: ManagedTransaction, before: Pointer) -> None:
    """Let the source that was locked point nowhere; its node goes when the view no longer shows it."""
    rows_of(transaction, _MOVE, id=before.id, properties={"id": before.id, "viewed": list(before.viewed)})
    if before.info:
        rows_of(transaction, _REMOVED, revision=before.revision)
    rows_of(transaction, FORGET, id=before.id)


def announce(transaction: ManagedTransaction, pointer: Pointer, viewed: tuple[str, ...]) -> bool:
    """Say of which revisions of a source the view will be made; false where the source points elsewhere by now."""
    return bool(rows_of(transaction, _ANNOUNCED, id=pointer.id, revision=pointer.revision, viewed=list(viewed)))


def say_drawn(
    transaction: ManagedTransaction, pointer: Pointer, announced: tuple[str, ...], viewed: tuple[str, ...]
) -> None:
    """Say of which revision of a source the view is made now, also where the source points elsewhere by now."""
    rows_of(transaction, _DRAWN, id=pointer.id, announced=list(announced), viewed=list(viewed))
    rows_of(transaction, FORGET, id=pointer.id)


def former(connection: Connection, pointer: Pointer, revision: str) -> Pointer:
    """Where the records of a revision are that is no longer current."""
    found = connection.read(_ROWS, revision=revision)
    return Pointer(pointer.id, None, revision, "", {kind: range(first, end) for kind, first, end in found}, ())


def _read(properties: Mapping[str, Any]) -> Pointer:
    if "id" not in properties:
        raise UnreadableStatement("source", "it has no id")
    id_ = cast("str", properties["id"])
    viewed = tuple(properties.get("viewed") or ())
    if "current" not in properties and "seal" not in properties:
        return Pointer(id_, None, "", "", {}, viewed)
    if properties.get("seal") != _seal_of(properties):
        raise UnreadableStatement(
            f"source {id_}", "a hand other than ours changed this node, delete it as docs/neo4j.md says"
        )
    try:
        info = SourceInfo(**{field.name: properties.get(field.name) for field in fields(SourceInfo)})  # type: ignore[arg-type]
        starts = pairwise(accumulate(properties["counts"], initial=0))
        rows = {kind: range(*ends) for kind, ends in zip(properties["kinds"], starts, strict=True)}
        return Pointer(id_, info, properties["current"], properties["contentDigest"], rows, viewed)
    except (KeyError, TypeError, ValueError) as error:
        raise UnreadableStatement(f"source {id_}", str(error)) from error


def _seal_of(properties: Mapping[str, Any]) -> str:
    said = [(name, properties.get(name)) for name in _SEALED]
    return hashlib.sha256(ascii(said).encode()).hexdigest()
