"""Draws things again in three passes: nodes, then links, then shortcuts, since each needs the one before it everywhere.

What depends on a thing is drawn again too: what waits for it or leads to it when it comes or goes, the shortcuts that
carry its level or its requirement, and the options beside it. Every batch is one transaction of the lease's.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice

from neo4j import ManagedTransaction

from graph.stores.neo4j import links as cypher
from graph.stores.neo4j.connection import Rows, rows_of
from graph.stores.neo4j.lease import Lease
from graph.stores.neo4j.links import key_of, links_of, node_of, rivals, thing_of
from graph.stores.neo4j.pointers import Pointer
from graph.stores.neo4j.shortcuts import SHORTCUTS, SIBLINGS
from graph.stores.neo4j.truth import Thing, Truth
from ontology.records import RECORD_TYPES, Level, Option, Record, Requirement

BATCH = 2_000
"""Things drawn in one transaction."""

_LINES = 20_000
"""Relationships deleted in one transaction."""

_ORDER = {kind: number for number, kind in enumerate(RECORD_TYPES)}
_CARRIED = (Level, Requirement)
"""Kinds whose words stand on the shortcuts of those that lead to them."""

_HANG = (
    "MATCH (source:Source {id: $source}) MATCH (s:Statement) WHERE s.revision = $revision AND $first <= s.row < $end "
    "AND NOT EXISTS { (s)-[:ABOUT]->() } "
    "WITH source, s, CASE s.record WHEN 'forwarding' THEN s.id ELSE coalesce($renamed[s.id], s.id) END AS id "
    "MATCH (x:Thing {key: s.record + ' ' + id}) CREATE (s)-[:ABOUT]->(x) "
    "WITH source, s WHERE NOT EXISTS { (s)-[:SAID_BY]->() } CREATE (s)-[:SAID_BY]->(source)"
)
_ANYTHING = "MATCH (x:Thing|Missing) RETURN count(x)"
_WIPE = "MATCH (x:{label}) WITH x LIMIT $most DETACH DELETE x RETURN count(*)"


class Drawing:
    """Draws what is true on what was drawn before; `empty` says that nothing was, which saves looking."""

    def __init__(self, lease: Lease, truth: Truth, *, empty: bool) -> None:
        self._lease, self._truth, self._empty = lease, truth, empty

    def draw(self, changed: Collection[Thing]) -> None:
        """Draw these things, and what depends on them, as they are now."""
        linked = set(changed)
        for batch in _batches(changed):
            linked |= self._draw_nodes(batch)
        for batch in _batches(linked):
            self._draw_links(batch)
        if not self._empty:
            for batch in _batches({thing for thing in linked if thing[0] is Option}):
                linked |= _things(self._rows(SIBLINGS, ids=_ids(batch, Option)))
        for batch in _batches({thing for thing in linked if thing[0] in SHORTCUTS}):
            self._draw_shortcuts(batch)

    def hang(self, pointer: Pointer) -> None:
        """Hang the statements of a source on the things they are about, and on the source."""
        said = {"source": pointer.id, "revision": pointer.revision, "renamed": dict(self._truth.renamed)}
        for start in range(0, pointer.count, BATCH):
            self._rows(_HANG, first=start, end=start + BATCH, **said)

    def wipe(self) -> None:
        """Delete all that was drawn, first what leads to others: on those there hangs too much for one transaction."""
        if self._rows(_ANYTHING)[0][0]:
            for label in (*(kind.__name__ for kind in reversed(RECORD_TYPES)), "Missing"):
                while self._rows(_WIPE.format(label=label), most=BATCH)[0][0]:
                    pass

    def _draw_nodes(self, things: Sequence[Thing]) -> set[Thing]:
        """Draw the nodes of these things or delete them, and tell what leads to them or waits for them."""
        rows = [node_of(record) for record in self._truth.believed(things)]
        true = {row.key for row in rows}
        keys = [key_of(thing) for thing in things]
        carried = {key_of(thing) for thing in things if thing[0] in _CARRIED}
        options = _ids(things, Option)

        said = [(row.label, row.key, row.said) for row in rows]

        def look(transaction: ManagedTransaction) -> tuple[set[Thing], list[str]]:
            there = {key for (key,) in rows_of(transaction, cypher.DRAWN, keys=keys)}
            moved = sorted(carried | (true ^ there))
            found = rows_of(transaction, SIBLINGS, ids=options) if options else []
            if moved:
                ids = [thing_of(key)[1] for key in moved]
                found += rows_of(transaction, cypher.LINKING_TO, keys=[key for one in moved for key in rivals(one)])
                found += rows_of(transaction, cypher.FORWARDING_TO, ids=ids)
                found += rows_of(transaction, cypher.WAITING_FOR, ids=ids)
            return _things(found), sorted(there - true)

        if self._empty:
            self._lease.batch(
                lambda transaction: rows_of(transaction, cypher.DRAW_NEW, rows=said),
                lambda transaction: rows_of(transaction, cypher.DRAW_OVER, rows=said),
            )
            return set()
        found, gone = self._lease.batch(look)
        if gone:
            self._rows(cypher.ERASE_NOWHERE, keys=gone)
            while self._rows(cypher.SEVER, keys=gone, most=_LINES)[0][0]:
                pass
            self._rows(cypher.ERASE, keys=gone)
        self._rows(cypher.DRAW_OVER, rows=said)
        return found

    def _draw_links(self, things: Sequence[Thing]) -> None:
        links = [link for record in self._truth.believed(things) for link in links_of(record)]
        keys = [key_of(thing) for thing in things]
        ends = sorted({end for link in links for end in link.ends})

        def new(transaction: ManagedTransaction) -> None:
            there = {key for (key,) in rows_of(transaction, cypher.DRAWN, keys=ends)} if ends else set()
            drawn = [(link.start, link.type, end) for link in links for end in link.ends if end in there]
            nowhere = [(link.start, link.field, link.id) for link in links if there.isdisjoint(link.ends)]
            if drawn:
                rows_of(transaction, cypher.DRAW_LINKS, links=drawn)
            if nowhere:
                rows_of(transaction, cypher.DRAW_NOWHERE, links=nowhere)

        def over(transaction: ManagedTransaction) -> None:
            for query in (cypher.ERASE_NOWHERE, cypher.ERASE_LINKS):
                rows_of(transaction, query, keys=keys)
            new(transaction)

        self._lease.batch(new if self._empty else over, over)

    def _draw_shortcuts(self, things: Sequence[Thing]) -> None:
        there = [(shortcut, ids) for kind, shortcut in SHORTCUTS.items() if (ids := _ids(things, kind))]

        def new(transaction: ManagedTransaction) -> None:
            for shortcut, ids in there:
                rows_of(transaction, shortcut.draw, ids=ids)

        def over(transaction: ManagedTransaction) -> None:
            for shortcut, ids in there:
                for query in shortcut.erase:
                    rows_of(transaction, query, ids=ids)
            new(transaction)

        self._lease.batch(new if self._empty else over, over)

    def _rows(self, query: str, **parameters: object) -> Rows:
        return self._lease.batch(lambda transaction: rows_of(transaction, query, **parameters))


def _ids(things: Iterable[Thing], kind: type[Record]) -> list[str]:
    return [id_ for found, id_ in things if found is kind]


def _things(keys: Rows) -> set[Thing]:
    return {thing_of(key) for (key,) in keys}


def _batches(things: Collection[Thing]) -> Iterator[list[Thing]]:
    rest = iter(sorted(things, key=lambda thing: (_ORDER[thing[0]], thing[1])))
    while batch := list(islice(rest, BATCH)):
        yield batch
