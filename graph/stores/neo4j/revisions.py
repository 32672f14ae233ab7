"""A revision is written beside the current one, under a mark that says who is at work; what is left behind is swept.

`(:Revision {id, source, since})` marks the statements that no source calls current: those being written, and those that
were current until a moment ago. Every batch renews `since` by the server's clock. A mark that nobody renewed for ten
minutes is left behind by a killed process, and whoever opens the store deletes what it marks.
"""

from collections.abc import Sequence
from itertools import count, starmap
from uuid import uuid4

from neo4j import ManagedTransaction
from neo4j.exceptions import ConstraintError

from graph.stores.neo4j.connection import Connection, rows_of
from graph.stores.neo4j.pointers import FORGET
from graph.stores.neo4j.portions import characters_in, counted, halved, portions, weight_in
from graph.stores.neo4j.statements import properties_of
from ontology.errors import StoreRefuses
from ontology.records import Record

BATCH = 5_000
"""Most statements written or deleted in one transaction; fewer where they are long (`portions`)."""

LEFT_BEHIND = 600
"""Seconds after which nobody is thought to be at work on a marked revision."""

_MARK = "MERGE (mark:Revision {id: $id}) ON CREATE SET mark.source = $source, mark.since = datetime()"
_RENEW = (
    "MATCH (mark:Revision {id: $id}) SET mark.since = datetime() "
    "WITH mark WHERE mark.doomed IS NULL AND mark.since IS NOT NULL WITH mark "
)
"""Renews a mark, and goes on unless somebody doomed it, or deleted it while we waited for it."""

_ROWS = "UNWIND $rows AS row "
_CREATE = _RENEW + _ROWS + "CREATE (s:Statement {revision: $id}) SET s += row RETURN count(*)"
_MERGE = _RENEW + _ROWS + "MERGE (s:Statement {revision: $id, row: row.row}) SET s += row RETURN count(*)"
_FINISH = f"{_RENEW}DELETE mark RETURN count(*)"
_IS_CURRENT = "MATCH (source:Source {id: $source}) WHERE source.current = $id RETURN 1"
_LEFT = (
    "MATCH (mark:Revision) WHERE mark.since < datetime() - duration({seconds: $seconds}) OR mark.doomed "
    "RETURN mark.id ORDER BY mark.id"
)
_DOOM = (
    "MATCH (mark:Revision {id: $id}) SET mark.lock = 1 REMOVE mark.lock "
    "WITH mark WHERE (mark.since < datetime() - duration({seconds: $seconds}) OR mark.doomed) "
    "AND NOT EXISTS { MATCH (source:Source) WHERE $id IN source.viewed } "
    "SET mark.doomed = true RETURN count(*)"
)
_ENDS = (
    "MATCH (s:Statement) WHERE s.revision = $id AND s.row >= 0 RETURN coalesce(min(s.row), 0), coalesce(max(s.row), -1)"
)
_THESE = "MATCH (s:Statement) WHERE s.revision = $id AND $first <= s.row < $end "
_WEIGH = f"{_THESE} RETURN sum({counted('s')})"
_DELETE = f"{_THESE} DETACH DELETE s"
_BEGIN = "MATCH (mark:Revision {id: $id}) SET mark.doomed = true"
_UNMARK = "MATCH (mark:Revision {id: $id}) WITH mark, mark.source AS source DELETE mark RETURN source"


def write_revision(connection: Connection, source_id: str, records: Sequence[Record]) -> str:
    """Write the records of a source under a new revision, which nobody reads yet, and return its id."""
    id_ = uuid4().hex
    connection.write(_MARK, id=id_, source=source_id)
    for rows in portions(starmap(properties_of, zip(records, count(), strict=False)), BATCH, characters_in):
        if _written(connection, id_, rows) != len(rows):
            raise StoreRefuses(connection.url, "another process took this load for one left behind and swept it")
    return id_


def finish_revision(connection: Connection, transaction: ManagedTransaction, id_: str) -> None:
    """Take the mark off a revision that becomes current in this transaction."""
    if rows_of(transaction, _FINISH, id=id_)[0][0] != 1:
        raise StoreRefuses(connection.url, "another process took this load for one left behind and swept it")


def discard_unless_current(transaction: ManagedTransaction, id_: str, source_id: str) -> str | None:
    """Mark the revision that was current when the source was locked, if it no longer is, and tell its id."""
    if not id_ or rows_of(transaction, _IS_CURRENT, source=source_id, id=id_):
        return None
    rows_of(transaction, _MARK, id=id_, source=source_id)
    return id_


def delete_revision(connection: Connection, id_: str) -> None:
    """Delete the statements of a marked revision, batch by batch, then its mark, and its source if that is no more.

    Before the first one goes the mark says so, for readers (`graph.stores.neo4j.reading`).
    """
    connection.write(_BEGIN, id=id_)

    def weigh(rows: Sequence[int]) -> int:
        return weight_in(connection.read(_WEIGH, id=id_, first=rows[0], end=rows[-1] + 1))

    ((first, last),) = connection.read(_ENDS, id=id_)
    for start in range(first, last + 1, BATCH):
        for rows in halved(range(start, min(start + BATCH, last + 1)), weigh):
            connection.write(_DELETE, id=id_, first=rows[0], end=rows[-1] + 1)
    for (source,) in connection.write(_UNMARK, id=id_):
        connection.write(FORGET, id=source)


def sweep(connection: Connection) -> None:
    """Delete the revisions that were left behind, but for those that the view still needs."""
    for (id_,) in connection.read(_LEFT, seconds=LEFT_BEHIND):
        if connection.write(_DOOM, id=id_, seconds=LEFT_BEHIND)[0][0]:
            delete_revision(connection, id_)


def _written(connection: Connection, id_: str, rows: Sequence[dict[str, object]]) -> int:
    """How many rows were written. `MERGE` takes twice as long and serves where the answer to a commit was lost."""

    def write(transaction: ManagedTransaction) -> int:
        return int(rows_of(transaction, _CREATE, id=id_, rows=rows)[0][0])

    try:
        return connection.together(write)
    except StoreRefuses as refused:
        if not isinstance(refused.__cause__, ConstraintError):
            raise
        return int(connection.write(_MERGE, id=id_, rows=rows)[0][0])
