"""The property graph follows the statements: after every change, and on open where a killed process left it behind.

Each source says of which revisions the view is made (`Source.viewed`). Where that is not exactly its current one,
whoever takes the lease compares the revisions, says of what the view is about to be made, draws again what differs, and
says so; the statements of a viewed revision stay until then. A failure here takes nothing back: the statements are the
truth, and the next one who writes or opens the store draws again. What depends on a thing is found by what is drawn,
and a half-drawn view has lost some of it, so after a drawing that did not end all is drawn anew; so it is where things
are renamed, which changes what many others lead to.
"""

import logging
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial

from neo4j import ManagedTransaction

from graph.content import Content, revision_of
from graph.renamed import present_ids
from graph.stores.neo4j.changes import changes
from graph.stores.neo4j.connection import Connection, rows_of
from graph.stores.neo4j.drawing import Drawing
from graph.stores.neo4j.lease import Lease, LeaseLost
from graph.stores.neo4j.pointers import Pointer, announce, every_pointer, former, say_drawn
from graph.stores.neo4j.reading import read_kind, read_source
from graph.stores.neo4j.truth import Thing, Truth
from ontology.errors import StoreChanged, StoreError, StoreUnreachable
from ontology.records import Forwarding

_BEGUN = "MATCH (lease:Credpath {name: 'view'}) SET lease.anew = true"
_IS_ANEW = "MATCH (lease:Credpath {name: 'view'}) RETURN coalesce(lease.anew, false)"
_DONE = "MATCH (lease:Credpath {name: 'view'}) SET lease.revision = $revision REMOVE lease.anew"
_NOTHING = ""
"""The revision that a source has before it is drawn for the first time: without it one half drawn would look done."""

_ROUNDS = 10
"""How often one process draws what others change meanwhile; who changes something in the last round draws it itself."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Loaded:
    """A revision that was just loaded: what differs from the one before it, and its content, still at hand."""

    before: str
    revision: str
    changed: frozenset[Thing]
    content: Content


class View:
    """Keeps what Cypher users see in step with the statements."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._lease = Lease(connection)

    def follow(self, loaded: Loaded | None = None) -> bool:
        """Draw what is not drawn yet, unless another process is at it; `loaded` saves reading that back.

        False where the server is away.
        """
        try:
            for left in reversed(range(_ROUNDS)):
                if not self._is_behind() or not self._lease.take(last=not left):
                    return True
                with suppress(StoreChanged):
                    self._draw_and_release(loaded)
        except LeaseLost:
            return True
        except StoreError as error:
            log.warning("the property graph in %s is behind its statements: %s", self._connection.url, error)
            return not isinstance(error, StoreUnreachable)
        return True

    def distrust(self) -> None:
        """Let everything be drawn anew, whatever the view says it is made of."""
        self._connection.write(_BEGUN)

    def _draw_and_release(self, loaded: Loaded | None) -> None:
        try:
            self._draw(loaded)
        except StoreUnreachable:  # to try to release would take as long again; the lease lapses
            raise
        except BaseException:
            self._lease.release()
            raise
        self._lease.release()

    def _is_behind(self) -> bool:
        return self._all_anew() or any(_is_behind(pointer) for pointer in every_pointer(self._connection).values())

    def _all_anew(self) -> bool:
        """Whether somebody began to draw and did not end."""
        return any(anew for (anew,) in self._connection.read(_IS_ANEW))

    def _draw(self, loaded: Loaded | None) -> None:
        pointers = list(every_pointer(self._connection).values())
        behind = [pointer for pointer in pointers if _is_behind(pointer)]
        present = [pointer for pointer in pointers if pointer.info]
        renamed = present_ids(read_kind(self._connection, present, Forwarding))
        truth = Truth(self._connection, present, renamed, (loaded.revision, loaded.content) if loaded else None)
        anew = self._all_anew()
        changed = set() if anew else self._changed(behind, loaded)
        if anew or any(kind is Forwarding for kind, _ in changed):
            changed, behind, empty = self._everything(present), pointers, True
        else:
            empty = not any(pointer.viewed for pointer in pointers)
        self._announce(behind)
        drawing = Drawing(self._lease, truth, empty=empty)
        if empty:
            drawing.wipe()
        drawing.draw(_present(changed, renamed))
        for pointer in behind:
            if pointer.info:
                drawing.hang(pointer)
        self._say_drawn(behind, {pointer.id: pointer.digest for pointer in present})

    def _everything(self, present: Iterable[Pointer]) -> set[Thing]:
        records = (record for pointer in present for record in read_source(self._connection, pointer))
        return {(type(record), record.id) for record in self._lease.renewed_while(records)}

    def _changed(self, behind: Iterable[Pointer], loaded: Loaded | None) -> set[Thing]:
        """What differs between the revisions that the view is made of and the current ones."""
        found: set[Thing] = set()
        for pointer in behind:
            for old in [revision for revision in pointer.viewed if revision != pointer.revision] or [_NOTHING]:
                if loaded and (old, pointer.revision) == (loaded.before, loaded.revision):
                    found |= loaded.changed
                else:
                    before = former(self._connection, pointer, old)
                    after = read_source(self._connection, pointer)
                    found |= changes(read_source(self._connection, before), self._lease.renewed_while(after)).things
        return found

    def _announce(self, behind: Iterable[Pointer]) -> None:
        """Before anything is drawn, say that the view is now made of the current revisions too.

        From then on nobody deletes their statements, and whoever finds the view before it is said to be drawn draws it
        anew. Raises `StoreChanged`, and has said nothing, where a source moved on meanwhile: what was read of it may be
        gone by now, and drawing it would leave what nobody knows of.
        """

        def say(transaction: ManagedTransaction) -> None:
            rows_of(transaction, _BEGUN)
            for pointer in behind:
                if not announce(transaction, pointer, _announced(pointer)):
                    raise StoreChanged(self._connection.url)

        self._lease.batch(say)

    def _say_drawn(self, behind: Iterable[Pointer], digests: Mapping[str, str]) -> None:
        """Say of which revisions the view is made; a source that moved on meanwhile is drawn again, from there."""
        for pointer in behind:
            said = partial(say_drawn, pointer=pointer, announced=_announced(pointer), viewed=_wanted(pointer))
            self._lease.batch(said)
        self._lease.batch(lambda transaction: rows_of(transaction, _DONE, revision=revision_of(digests)))


def _is_behind(pointer: Pointer) -> bool:
    return pointer.viewed != _wanted(pointer)


def _announced(pointer: Pointer) -> tuple[str, ...]:
    """The revisions that a view of a source is made of while its current one is drawn."""
    return tuple(dict.fromkeys((*(pointer.viewed or (_NOTHING,)), *_wanted(pointer))))


def _wanted(pointer: Pointer) -> tuple[str, ...]:
    """The revisions that an up-to-date view of a source is made of."""
    return (pointer.revision,) if pointer.info else ()


def _present(things: Iterable[Thing], renamed: Mapping[str, str]) -> set[Thing]:
    return {(kind, id_ if kind is Forwarding else renamed.get(id_, id_)) for kind, id_ in things}
