"""Statements page by page: bounded memory on both sides, and never silently half.

A page is one small query over a range of rows, so the server sorts nothing large and holds no long transaction while
somebody thinks. Since a pointer says how many rows there are, a page that is short tells that another process swept the
revision meanwhile. A node that is just being deleted may lack some properties already, so after each page a reader
makes sure that nobody had begun to delete what it reads. A reader names the revisions it needs; this process deletes
none of them while the reader lives.
"""

from collections.abc import Iterator
from heapq import merge
from operator import itemgetter
from threading import Lock
from typing import Generic
from weakref import WeakSet

from graph.content import order_of
from graph.stores.neo4j.connection import Connection
from graph.stores.neo4j.pointers import Pointer
from graph.stores.neo4j.portions import CHARACTERS, characters_in
from graph.stores.neo4j.statements import reader
from ontology.errors import StoreChanged
from ontology.records import KINDS, R, Record, kind_of

PAGE = 4_000
"""Most statements in a page."""

_HELD = 40_000
"""Statements in memory at a time, where many sources are read side by side."""

_LEAST = 100
_FIRST = 500
"""Statements in the first page, which tells how long they are, and so how many the next one may have."""

_PAGE = "MATCH (s:Statement) WHERE s.revision = $revision AND $first <= s.row < $end RETURN properties(s)"
_IS_KEPT = (
    "OPTIONAL MATCH (mark:Revision {id: $revision}) RETURN CASE WHEN mark IS NULL "
    "THEN EXISTS { MATCH (source:Source) WHERE source.current = $revision } ELSE mark.doomed IS NULL END"
)
"""Whether a revision is a current one, or one that nobody has begun to delete."""


class Reading(Generic[R]):
    """An iterator over records that keeps the revisions it reads until its end."""

    def __init__(self, revisions: frozenset[str], records: Iterator[R]) -> None:
        self.revisions = revisions
        self._records = records

    def __iter__(self) -> "Reading[R]":
        return self

    def __next__(self) -> R:
        try:
            return next(self._records)
        except BaseException:
            self.revisions = frozenset()
            raise


class Readers:
    """Who reads in this process, so that nothing is deleted under them."""

    def __init__(self) -> None:
        self.starting = Lock()
        """Held from looking up pointers until the reader is known here."""
        self._open: WeakSet[Reading[Record]] = WeakSet()

    def add(self, reading: "Reading[R]") -> "Reading[R]":
        """Know of one more reader."""
        self._open.add(reading)  # type: ignore[arg-type]
        return reading

    def revisions(self) -> frozenset[str]:
        """The revisions that somebody still reads."""
        with self.starting:
            return frozenset().union(*(reading.revisions for reading in self._open))


def read_kind(connection: Connection, pointers: list[Pointer], record_type: type[R]) -> Iterator[R]:
    """The records of one kind of all these sources, in order."""
    size = max(_LEAST, min(PAGE, _HELD // max(1, len(pointers))))
    return merge(*(read_pages(connection, pointer, record_type, size) for pointer in pointers), key=order_of)


def read_source(connection: Connection, pointer: Pointer) -> Iterator[Record]:
    """All records of one source, in the order of their keys."""
    for kind in pointer.rows:
        yield from read_pages(connection, pointer, KINDS[kind])


def read_pages(connection: Connection, pointer: Pointer, record_type: type[R], most: int = PAGE) -> Iterator[R]:
    """The records of one kind of one source, in order; pages are smaller where statements are long."""
    rows = pointer.rows.get(kind_of(record_type), range(0))
    read = reader(record_type, pointer.id)
    start, size, share = rows.start, min(most, _FIRST), CHARACTERS * most // PAGE
    while start < rows.stop:
        end = min(start + size, rows.stop)
        page = connection.read(_PAGE, revision=pointer.revision, first=start, end=end)
        if len(page) != end - start or not connection.read(_IS_KEPT, revision=pointer.revision)[0][0]:
            raise StoreChanged(connection.url)
        nodes = [node for (node,) in page]
        nodes.sort(key=itemgetter("row"))
        yield from map(read, nodes)
        fitting = len(nodes) * share // max(1, characters_in(nodes))
        start, size = end, max(1, min(most, 4 * size, fitting))
