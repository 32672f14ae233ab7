"""Whoever changes what another one draws, and whatever dies meanwhile: what is seen is true at the end.

Each test lets something happen before every single batch of a drawing, one after the other, and compares what Cypher
users see with a fresh drawing of what the store holds.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from itertools import count
from random import Random
from threading import Thread
from typing import Any

import pytest

from graph.store import Store, open_store
from graph.stores.neo4j import drawing, lease, pointers, portions
from graph.stores.neo4j.connection import Connection
from graph.stores.neo4j.lease import Lease
from graph.stores.neo4j.pointers import Pointer
from graph.stores.neo4j.store import Neo4jStore
from ontology.errors import StoreError, StoreRefuses
from ontology.records import (
    Claim,
    Competency,
    Credential,
    Forwarding,
    Level,
    Option,
    Provider,
    Record,
    Requirement,
    Role,
    Scale,
)
from ontology.values import Source, SourceInfo
from tests import needs
from tests.graph.stores.neo4j.asking import ask, drawn, drawn_afresh
from tests.servers import emptied_neo4j

pytestmark = pytest.mark.slow

BOARD = SourceInfo(id="board", title="Scrum board", voice="issuer")
PRESS = SourceInfo(id="press", title="Press", voice="others")
HERE, THERE = Source(id="board", place="p1"), Source(id="press", place="a")
SCALE = Scale(id="id/b/scale/s", source=HERE, name="Two levels")
WORKING = Level(id="id/b/level/2", source=HERE, scale=SCALE.id, rank=2, name="Working")
AGILE = Competency(id="id/b/competency/agile", source=HERE, name="Agile", scale=SCALE.id)
PROVIDER = Provider(id="id/b/provider/board", source=HERE, name="Board", kind="industry association")
FIRST = Credential(id="id/b/credential/first", source=HERE, name="First", provider=PROVIDER.id)
CLAIM = Claim(
    id="id/b/claim/1", source=HERE, subject=FIRST.id, competency=AGILE.id, mode="assesses", level=WORKING.id, words="x"
)
ROLE = Role(id="id/b/role/lead", source=HERE, name="Lead")
ASKED = Requirement(id="id/b/requirement/1", source=HERE, subject=ROLE.id, at_least=1, importance=40, words="Knows it")
BY_SKILL = Option(id="id/b/option/1", source=HERE, requirement=ASKED.id, competency=AGILE.id, level=WORKING.id)
BY_CREDENTIAL = Option(id="id/b/option/2", source=HERE, requirement=ASKED.id, credential=FIRST.id)
WORLD: tuple[Record, ...] = (
    SCALE, WORKING, AGILE, PROVIDER, FIRST, CLAIM, ROLE, ASKED, BY_SKILL, BY_CREDENTIAL,
)  # fmt: skip
LESS = tuple(record for record in WORLD if record not in (ROLE, AGILE, WORKING))
BY_PRESS: tuple[Record, ...] = (
    Competency(id=AGILE.id, source=THERE, name="Agility", scale=SCALE.id),
    Claim(id="id/b/claim/2", source=THERE, subject=FIRST.id, competency=AGILE.id, mode="teaches", words="y"),
)
EDIT = Level(id=WORKING.id, source=HERE, scale=SCALE.id, rank=3, name="Practitioner")
MOST = 60
"""More batches than any of these drawings has."""


@pytest.fixture
def url() -> str:
    return emptied_neo4j(needs.neo4j())


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    opened = open_store(url)
    yield opened
    opened.close()


@pytest.fixture
def other(url: str) -> Iterator[Store]:
    opened = open_store(url)
    yield opened
    opened.close()


@contextmanager
def before_batch(store: Store, at: int, happens: Callable[[], object]) -> Iterator[list[int]]:
    """Let something happen before the batch of this number that the store draws, from 1; gives how many came."""
    assert isinstance(store, Neo4jStore)
    batch, drawing_store, numbers, came = Lease.batch, store._view._lease, count(1), [0]

    def counting(self: Lease, *works: Any) -> Any:
        if self is drawing_store:
            came[0] = next(numbers)
            if came[0] == at:
                happens()
        return batch(self, *works)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Lease, "batch", counting)
        yield came


def lapse(url: str) -> None:
    ask(url, "MATCH (lease:Credpath {name: 'view'}) SET lease.since = lease.since - duration({hours: 1})")


def behind(url: str) -> list[list[Any]]:
    """The sources that are not shown as they are."""
    return ask(url, "MATCH (s:Source) WHERE s.viewed <> [id IN [s.current] WHERE id IS NOT NULL] RETURN s.id")


def whatever_happens(
    store: Store, url: str, before: tuple[Record, ...], after: tuple[Record, ...], happens: Callable[[], object]
) -> None:
    """Before each batch in turn, and for each compare what is seen with a fresh drawing."""
    for at in range(1, MOST):
        store.replace_source(BOARD, before)
        with before_batch(store, at, happens) as came:
            store.replace_source(BOARD, after)
        seen = drawn(url)
        assert behind(url) == [], f"before batch {at}"
        assert seen == drawn_afresh(url), f"before batch {at}"
        if came[0] < at:
            assert at > 5
            return
    raise AssertionError("more batches than expected")


def test_who_was_away_too_long_draws_no_more_and_another_draws_all(store: Store, other: Store, url: str) -> None:
    def happens() -> None:
        lapse(url)
        other.replace_source(PRESS, BY_PRESS)

    whatever_happens(store, url, WORLD, LESS, happens)


def test_a_source_that_is_removed_while_it_is_drawn_is_gone(store: Store, other: Store, url: str) -> None:
    whatever_happens(store, url, LESS, WORLD, lambda: other.remove_source("board"))


def test_edits_that_follow_each_other_while_one_draws_are_all_seen(store: Store, other: Store, url: str) -> None:
    def happens() -> None:
        other.amend(EDIT)
        other.replace_source(BOARD, [ROLE, ASKED, BY_SKILL])
        other.retract(EDIT)
        other.amend(Forwarding(id="id/b/role/once", source=HERE, to=ROLE.id))

    whatever_happens(store, url, LESS, WORLD, happens)


def test_a_source_that_comes_back_while_its_removal_is_drawn_is_seen(store: Store, other: Store, url: str) -> None:
    for at in range(1, MOST):
        store.replace_source(BOARD, WORLD)
        with before_batch(store, at, lambda: other.replace_source(BOARD, LESS)) as came:
            store.remove_source("board")
        seen = drawn(url)
        assert behind(url) == []
        assert seen == drawn_afresh(url), f"before batch {at}"
        if came[0] < at:
            break
    assert 5 < at < MOST


def test_what_changes_while_one_draws_for_the_last_time_is_drawn_by_who_changed_it(
    store: Store, other: Store, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph.stores.neo4j.view._ROUNDS", 1)
    store.replace_source(BOARD, LESS)
    edits = [Thread(target=other.amend, args=(EDIT,))]

    def happens() -> None:
        edits[0].start()
        while not ask(url, "MATCH (s:Source {id: 'edits'}) WHERE s.current IS NOT NULL RETURN s.id"):
            edits[0].join(0.01)

    with before_batch(store, 5, happens) as came:
        store.replace_source(BOARD, WORLD)
    edits[0].join()
    assert came[0] > 5
    assert ask(url, "MATCH (l:Level) RETURN l.name") == [["Practitioner"]]
    assert behind(url) == []
    seen = drawn(url)
    assert seen == drawn_afresh(url)


def test_after_a_failure_anywhere_the_next_change_of_the_same_process_draws_all(
    store: Store, url: str, caplog: pytest.LogCaptureFixture
) -> None:
    def happens() -> None:
        raise StoreRefuses(url, "made up")

    for at in range(1, MOST):
        store.replace_source(BOARD, LESS)
        with before_batch(store, at, happens) as came, caplog.at_level(logging.ERROR):
            store.replace_source(BOARD, WORLD)
        store.replace_source(PRESS, BY_PRESS)
        store.remove_source("press")
        seen = drawn(url)
        assert behind(url) == []
        assert seen == drawn_afresh(url), f"before batch {at}"
        if came[0] < at:
            break
    assert 5 < at < MOST


def test_what_moved_on_while_it_was_drawn_is_compared_with_what_was_drawn_last(
    store: Store, other: Store, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    revisions = []
    for content in (LESS, WORLD):
        store.replace_source(BOARD, content)
        revisions.append(ask(url, "MATCH (s:Source) RETURN s.current")[0][0])
    compared: list[str] = []
    looked_up = pointers.former

    def former(connection: Connection, pointer: Pointer, revision: str) -> Pointer:
        compared.append(revision)
        return looked_up(connection, pointer, revision)

    monkeypatch.setattr("graph.stores.neo4j.view.former", former)
    with before_batch(store, 5, lambda: other.replace_source(BOARD, [ROLE])):
        store.replace_source(BOARD, LESS)
    assert behind(url) == []
    assert len(compared) == 1
    assert compared[0] not in revisions


@pytest.mark.parametrize("lapses", [0, 60])
def test_three_who_change_everything_at_once_leave_what_is_true(
    url: str, monkeypatch: pytest.MonkeyPatch, lapses: int
) -> None:
    monkeypatch.setattr(lease, "LAPSES", lapses)
    faults: list[StoreError] = []

    def change(number: int) -> None:
        chance = Random(number)
        with closing(open_store(url)) as mine:
            steps: list[Callable[[], object]] = [
                lambda: mine.replace_source(BOARD, WORLD),
                lambda: mine.replace_source(BOARD, LESS),
                lambda: mine.replace_source(PRESS, BY_PRESS),
                lambda: mine.remove_source("board"),
                lambda: mine.remove_source("press"),
                lambda: mine.amend(EDIT),
                lambda: mine.retract(EDIT),
            ]
            for _ in range(12):
                try:
                    chance.choice(steps)()
                except StoreError as fault:
                    faults.append(fault)

    open_store(url).close()
    threads = [Thread(target=change, args=(number,)) for number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    open_store(url).close()
    seen = drawn(url)
    assert behind(url) == []
    assert seen == drawn_afresh(url)


def test_texts_too_long_for_one_transaction_are_drawn_one_by_one_and_the_same(
    store: Store, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.replace_source(PRESS, BY_PRESS)
    store.replace_source(BOARD, WORLD)
    true, held = drawn(url), list(store.records_of("board"))
    for module in (portions, drawing):
        monkeypatch.setattr(module, "CHARACTERS", 10)
    for change in (
        lambda: store.replace_source(BOARD, LESS),
        lambda: store.replace_source(BOARD, WORLD),
        lambda: store.amend(EDIT),
        lambda: store.amend(Forwarding(id="id/b/role/once", source=HERE, to=ROLE.id)),
        lambda: store.remove_source("edits"),
    ):
        change()
    assert drawn(url) == true
    assert list(store.records_of("board")) == held
