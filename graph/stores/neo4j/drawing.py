"""Draws things again in three passes: nodes, then links, then shortcuts, since each needs the one before it everywhere.

What depends on a thing is drawn again too: what waits for it or leads to it when it comes or goes, the shortcuts that
carry its level or its requirement, and the options beside it. Every batch is one transaction of the lease's.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import partial
from itertools import islice
from typing import TypeAlias

from neo4j import ManagedTransaction

from graph.stores.neo4j import links as cypher
from graph.stores.neo4j.connection import Rows, rows_of
from graph.stores.neo4j.lease import Lease
from graph.stores.neo4j.links import Link, key_of, links_of, node_of, rivals, thing_of
from graph.stores.neo4j.pointers import Pointer
from graph.stores.neo4j.portions import CHARACTERS, characters_in, halved, portions, weight_in
from graph.stores.neo4j.shortcuts import SHORTCUTS, SIBLINGS, Shortcut
from graph.stores.neo4j.statements import Properties
from graph.stores.neo4j.truth import Thing, Truth
from ontology.records import RECORD_TYPES, Level, Option, Record, Requirement

Row: TypeAlias = tuple[str, str, Properties]
"""A node to draw: its label, its key, and what stands on it."""

BATCH = 2_000
"""Most things drawn in one transaction; fewer where what stands on them is long (`portions`)."""

_LINES = 20_000
"""Most relationships deleted in one transaction."""

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
_SOME = "MATCH (x:Thing) RETURN x.key LIMIT $most"
_FORGET = "MATCH (m:Missing) WITH m LIMIT $most DETACH DELETE m RETURN count(*)"
_IDS = "MATCH (s:Statement) WHERE s.revision = $revision AND $first <= s.row < $end RETURN DISTINCT s.id"
"""The ids among some statements, to find out which of them are renamed."""


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
        renamed = self._truth.renamed
        for start in range(0, pointer.count, BATCH):
            rows = {"revision": pointer.revision, "first": start, "end": start + BATCH}
            ids = [id_ for (id_,) in self._rows(_IDS, **rows)] if renamed else []
            present = {id_: renamed[id_] for id_ in ids if id_ in renamed}
            self._rows(_HANG, source=pointer.id, renamed=present, **rows)

    def wipe(self) -> None:
        """Delete all that was drawn."""
        while some := [key for (key,) in self._rows(_SOME, most=BATCH)]:
            self._erase(some)
        while self._rows(_FORGET, most=BATCH)[0][0]:
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
            for portion in portions(said, BATCH, characters_in):
                self._draw_rows(portion)
            return set()
        found, gone = self._lease.batch(look)
        if gone:
            self._erase(gone)
        for portion in portions(said, BATCH, characters_in):
            for part in halved(portion, lambda rows: self._weight([key for _, key, _ in rows])):
                self._draw_rows(part)
        return found

    def _draw_rows(self, rows: Sequence[Row]) -> None:
        def draw(query: str) -> Callable[[ManagedTransaction], Rows]:
            return lambda transaction: rows_of(transaction, query, rows=rows)

        over = draw(cypher.DRAW_OVER)
        self._lease.batch(draw(cypher.DRAW_NEW) if self._empty else over, over)

    def _erase(self, keys: Sequence[str]) -> None:
        """Delete these things, and what hangs on them."""
        self._rows(cypher.ERASE_NOWHERE, keys=keys)

        most = _LINES

        def sever(transaction: ManagedTransaction) -> int:
            nonlocal most
            while most > 1 and weight_in(rows_of(transaction, cypher.WEIGH_LINES, keys=keys, most=most)) > CHARACTERS:
                most //= 2
            return int(rows_of(transaction, cypher.SEVER, keys=keys, most=most)[0][0])

        while self._lease.batch(sever):
            most = min(_LINES, 2 * most)
        for part in halved(keys, self._weight):
            self._rows(cypher.ERASE, keys=part)

    def _weight(self, keys: Sequence[str]) -> int:
        return weight_in(self._rows(cypher.WEIGH, keys=keys))

    def _draw_links(self, things: Sequence[Thing]) -> None:
        links: dict[Thing, list[Link]] = {thing: [] for thing in things}
        for record in self._truth.believed(things):
            links[type(record), record.id].extend(links_of(record))
        for portion in portions(links.items(), BATCH, lambda of_one: sum(map(_weight_of, of_one[1]))):
            self._draw_links_of([thing for thing, _ in portion], [link for _, found in portion for link in found])

    def _draw_links_of(self, things: Sequence[Thing], links: Sequence[Link]) -> None:
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
        for kind, shortcut in SHORTCUTS.items():
            for ids in halved(_ids(things, kind), partial(self._weight_of_words, shortcut)):
                self._draw_shortcut(shortcut, ids)

    def _draw_shortcut(self, shortcut: Shortcut, ids: Sequence[str]) -> None:
        def new(transaction: ManagedTransaction) -> None:
            rows_of(transaction, shortcut.draw, ids=ids)

        def over(transaction: ManagedTransaction) -> None:
            for query in shortcut.erase:
                rows_of(transaction, query, ids=ids)
            new(transaction)

        self._lease.batch(new if self._empty else over, over)

    def _weight_of_words(self, shortcut: Shortcut, ids: Sequence[str]) -> int:
        queries = shortcut.weigh if self._empty else (*shortcut.weigh, *shortcut.weigh_drawn)
        return sum(weight_in(self._rows(query, ids=ids)) for query in queries)

    def _rows(self, query: str, **parameters: object) -> Rows:
        return self._lease.batch(lambda transaction: rows_of(transaction, query, **parameters))


def _weight_of(link: Link) -> int:
    return characters_in((link.start, link.id, *link.ends))


def _ids(things: Iterable[Thing], kind: type[Record]) -> list[str]:
    return [id_ for found, id_ in things if found is kind]


def _things(keys: Rows) -> set[Thing]:
    return {thing_of(key) for (key,) in keys}


def _batches(things: Collection[Thing]) -> Iterator[list[Thing]]:
    rest = iter(sorted(things, key=lambda thing: (_ORDER[thing[0]], thing[1])))
    while batch := list(islice(rest, BATCH)):
        yield batch
