"""What moves from one store to another, and what stops it."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from graph.content import Change
from graph.copying import Named, copy
from graph.stores.memory import MemoryStore
from graph.stores.oxigraph import OxigraphStore
from ontology.errors import BadValue, SourceDamaged, StoreChanged
from ontology.records import Credential, Record
from ontology.values import Source, SourceInfo
from tests.every_kind import WORLD
from tests.graph.otherhands import rename_all

BOARD = SourceInfo(id="board", title="The board", voice="issuer")
PRESS = SourceInfo(id="press", title="The press", voice="others")
BY_PRESS = Credential(id="id/p/credential/x", source=Source(id="press", place="1"), name="X")


class Altered(MemoryStore):
    """A store some hand altered: a record does not come out as it went in."""

    def records_of(self, source_id: str) -> Iterator[Record]:
        for record in super().records_of(source_id):
            yield replace(record, name="Altered") if isinstance(record, Credential) else record


def filled(store: MemoryStore | None = None) -> MemoryStore:
    store = store or MemoryStore()
    store.replace_source(BOARD, WORLD)
    store.replace_source(PRESS, [BY_PRESS])
    return store


def test_every_source_comes_over_whole_and_the_revisions_are_equal(tmp_path: Path) -> None:
    origin, target = filled(), OxigraphStore(tmp_path / "store")
    told: list[tuple[str, int]] = []
    copied = copy(Named(origin, "a"), Named(target, "b"), tick=lambda title, count: told.append((title, count)))
    assert copied.changes == (
        (BOARD, Change(added=25, removed=0, unchanged=0, identical=False)),
        (PRESS, Change(added=1, removed=0, unchanged=0, identical=False)),
    )
    assert copied.equal
    assert told == [("The board", 25), ("Checking: The board", 25), ("The press", 1), ("Checking: The press", 1)]
    assert list(target.records_of("board")) == list(origin.records_of("board"))
    target.close()


def test_copying_again_changes_nothing() -> None:
    origin, target = filled(), MemoryStore()
    copy(Named(origin, "a"), Named(target, "b"))
    again = copy(Named(origin, "a"), Named(target, "b"))
    assert [change.identical for _, change in again.changes] == [True, True]
    assert again.before == again.revision_to


def test_a_copy_mends_what_another_hand_changed_in_the_second_store() -> None:
    origin, target = filled(), filled()
    rename_all(target, "press", "Altered")
    copied = copy(Named(origin, "a"), Named(target, "b"))
    assert [(change.anew, change.identical) for _, change in copied.changes] == [(False, True), (True, False)]
    assert list(target.records_of("press")) == [BY_PRESS]
    assert copied.equal


def test_a_copy_into_a_store_that_never_keeps_what_it_is_given_is_no_copy() -> None:
    with pytest.raises(SourceDamaged, match="the source board in the store b does not hold what was written"):
        copy(Named(filled(), "a"), Named(Altered(), "b"))


def test_a_source_that_another_process_replaces_before_it_is_read_back_is_not_written_over() -> None:
    class Replaced(MemoryStore):
        """A store to which somebody else writes before what was written is read back."""

        def records_of(self, source_id: str) -> Iterator[Record]:
            if len(self.digests()) == 1:
                self.replace_source(BOARD, [WORLD[0]])
            return super().records_of(source_id)

    target = Replaced()
    with pytest.raises(StoreChanged, match="the store b was changed by another process"):
        copy(Named(filled(), "a"), Named(target, "b"))
    assert list(target.records_of("board")) == [WORLD[0]]


def test_what_only_the_second_store_has_is_kept_and_told_unless_the_copy_is_exact() -> None:
    origin, target = MemoryStore(), filled()
    origin.replace_source(PRESS, [BY_PRESS])
    copied = copy(Named(origin, "a"), Named(target, "b"))
    assert (copied.kept, copied.removed, copied.equal) == ((BOARD,), (), False)
    copied = copy(Named(origin, "a"), Named(target, "b"), exact=True)
    assert (copied.kept, copied.removed, copied.equal) == ((), (BOARD,), True)
    assert target.sources() == (PRESS,)


def test_an_exact_copy_of_nothing_removes_nothing() -> None:
    target = filled()
    with pytest.raises(BadValue, match="a is empty, and an exact copy of it would remove all of b"):
        copy(Named(MemoryStore(), "a"), Named(target, "b"), exact=True)
    assert target.sources() == (BOARD, PRESS)
    assert copy(Named(MemoryStore(), "a"), Named(MemoryStore(), "b"), exact=True).equal


def test_a_source_that_is_not_what_was_written_is_not_copied() -> None:
    origin, target = filled(Altered()), filled()
    before = target.revision()
    with pytest.raises(SourceDamaged, match="the source board in the store a does not hold what was written"):
        copy(Named(origin, "a"), Named(target, "b"))
    assert target.revision() == before


def test_a_source_that_another_process_replaces_meanwhile_is_not_copied() -> None:
    class Changing(MemoryStore):
        """A store to which somebody writes as soon as it is read."""

        def records_of(self, source_id: str) -> Iterator[Record]:
            self.replace_source(BOARD, [WORLD[0]])
            return super().records_of(source_id)

    target = MemoryStore()
    with pytest.raises(StoreChanged, match="the store a was changed by another process"):
        copy(Named(filled(Changing()), "a"), Named(target, "b"))
    assert target.sources() == ()
