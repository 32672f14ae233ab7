"""What only a store on a Neo4j server must do: share it with other writers, outlive killed ones, say what is wrong."""

import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit

import pytest
from neo4j import ManagedTransaction

from graph.address import Access
from graph.content import Change
from graph.store import Store, open_store
from graph.stores.neo4j import pointers, reading
from graph.stores.neo4j import store as backend
from graph.stores.neo4j.changes import Changed
from graph.stores.neo4j.connection import Connection
from graph.stores.neo4j.revisions import finish_revision
from graph.stores.neo4j.statements import HEADER, property_names
from ontology.errors import (
    AccessRefused,
    BadSetting,
    StoreChanged,
    StoreOfOtherVersion,
    StoreRefuses,
    StoreUnreachable,
    UnknownStore,
    UnreadableStatement,
    UnsuitableServer,
)
from ontology.records import RECORD_TYPES, Cost, Credential, Record, Role
from ontology.schema import fields_of
from ontology.values import Source, SourceInfo
from tests import needs
from tests.graph.stores.neo4j.asking import ask, drawn
from tests.servers import emptied_neo4j

pytestmark = pytest.mark.slow

BOARD = SourceInfo(id="board", title="Scrum board", voice="issuer", licence="CC BY", date="2026-03")
FIRST = Credential(id="id/board/credential/first", source=Source(id="board", place="p1"), name="First")

KILLED = """
import os, signal, sys
import graph.stores.neo4j.revisions as revisions
import graph.stores.neo4j.store as backend
from graph.store import open_store
from ontology.records import Credential
from ontology.values import Source, SourceInfo

moment, url = sys.argv[1:]

def die(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)

def dying(connection, id_, rows):
    if rows[0]["row"] >= 10_000:
        die()
    return written(connection, id_, rows)

written = revisions._written
if moment == "in the load":
    revisions._written = dying
if moment == "before the move":
    backend.finish_revision = die
if moment == "in the view":
    import graph.stores.neo4j.drawing as drawing
    drawing.Drawing._draw_links = die
if moment == "before the clearing":
    backend.delete_revision = die
store = open_store(url)
store.replace_source(
    SourceInfo(id="board", title="Scrum board", voice="issuer"),
    [
        Credential(
            id=f"id/board/credential/{n}",
            source=Source(id="board", place=f"row {n}"),
            name="New",
            provider="id/x/provider/1",
        )
        for n in range(12_000 if moment == "in the load" else 300)
    ],
)
"""


@pytest.fixture
def url() -> str:
    return emptied_neo4j(needs.neo4j())


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    opened = open_store(url)
    yield opened
    opened.close()


def new(count: int) -> list[Record]:
    return [
        Credential(id=f"id/board/credential/{n:05}", source=Source(id="board", place=f"row {n}"), name=f"New {n}")
        for n in range(count)
    ]


def statements(url: str) -> int:
    return int(ask(url, "MATCH (s:Statement) RETURN count(s)")[0][0])


def let_time_pass(url: str) -> None:
    """As if all that processes marked as theirs had been marked an hour ago."""
    ask(url, "MATCH (mark) WHERE mark.since IS NOT NULL SET mark.since = mark.since - duration({hours: 1})")


@pytest.mark.parametrize("moment", ["in the load", "before the move", "in the view", "before the clearing"])
def test_a_killed_process_leaves_the_old_source_or_the_new_one(url: str, moment: str) -> None:
    store = open_store(url)
    store.replace_source(BOARD, [FIRST])
    before = store.revision()
    store.close()
    child = subprocess.run([sys.executable, "-c", KILLED, moment, url], check=False, capture_output=True)
    assert child.returncode == -signal.SIGKILL, child.stderr.decode()
    assert statements(url) == {"in the load": 10_001}.get(moment, 301)
    let_time_pass(url)
    store = open_store(url)
    if moment in ("in the load", "before the move"):
        assert list(store.records(Credential)) == [FIRST]
        assert store.revision() == before
        assert store.sources() == (BOARD,)
    else:
        assert len(list(store.records(Credential))) == 300
        assert ask(url, "MATCH (c:Credential) RETURN count(c)") == [[300]]
        assert ask(url, "MATCH (c:Credential)-[:LEADS_NOWHERE]->(m) RETURN count(c), m.id") == [
            [300, "id/x/provider/1"]
        ]
    seen = drawn(url)
    store.close()
    open_store(url).close()
    let_time_pass(url)
    open_store(url).close()
    assert statements(url) == (1 if moment in ("in the load", "before the move") else 300)
    assert drawn(url) == seen
    assert ask(url, "MATCH (mark:Revision) RETURN mark.id") == []


def test_a_source_whose_first_drawing_was_killed_is_drawn_to_its_end(url: str) -> None:
    child = subprocess.run([sys.executable, "-c", KILLED, "in the view", url], check=False, capture_output=True)
    assert child.returncode == -signal.SIGKILL, child.stderr.decode()
    let_time_pass(url)
    open_store(url).close()
    assert ask(url, "MATCH (c:Credential)-[:LEADS_NOWHERE]->(m) RETURN count(c), m.id") == [[300, "id/x/provider/1"]]
    assert ask(url, "MATCH (s:Source) RETURN s.viewed = [s.current]") == [[True]]


def test_a_load_that_another_process_is_at_is_not_swept(url: str) -> None:
    child = subprocess.run([sys.executable, "-c", KILLED, "before the move", url], check=False, capture_output=True)
    assert child.returncode == -signal.SIGKILL, child.stderr.decode()
    open_store(url).close()
    assert statements(url) == 300


def test_a_writer_whose_load_was_swept_is_told_and_changes_nothing(
    store: Store, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.replace_source(BOARD, [FIRST])

    def swept(connection: Connection, transaction: ManagedTransaction, id_: str) -> None:
        let_time_pass(url)
        open_store(url).close()
        finish_revision(connection, transaction, id_)

    monkeypatch.setattr(backend, "finish_revision", swept)
    with pytest.raises(StoreRefuses, match="swept"):
        store.replace_source(BOARD, new(10))
    assert list(store.records(Credential)) == [FIRST]


def test_two_writers_at_once_lose_no_edit(url: str) -> None:
    stores = [open_store(url), open_store(url)]

    def edit(store: Store, name: str) -> None:
        for number in range(15):
            store.amend(Role(id=f"id/w/role/{name}-{number}", source=Source(id="edits", place="x"), name=name))

    threads = [Thread(target=edit, args=(store, name)) for store, name in zip(stores, ("ann", "ben"), strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(role.id for role in stores[0].records(Role)) == sorted(
        f"id/w/role/{name}-{number}" for name in ("ann", "ben") for number in range(15)
    )
    assert stores[0].revision() == stores[1].revision()
    for store in stores:
        store.close()
    open_store(url).close()
    assert ask(url, "MATCH (r:Role) RETURN count(r)") == [[30]]
    assert ask(url, "MATCH (s:Source) WHERE s.viewed <> [s.current] RETURN s.id") == []


def test_of_two_loads_of_one_source_the_later_wins(store: Store, url: str) -> None:
    other = open_store(url)
    store.replace_source(BOARD, new(3))
    other.replace_source(BOARD, [FIRST])
    assert list(store.records(Credential)) == list(other.records(Credential)) == [FIRST]
    other.close()


def test_a_load_of_what_others_replace_meanwhile_is_compared_again(
    store: Store, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = open_store(url)
    store.replace_source(BOARD, new(250))

    def late(before: Iterator[Record], after: Iterable[Record]) -> Changed:
        monkeypatch.undo()
        other.replace_source(BOARD, [FIRST])
        raise StoreChanged(url)

    monkeypatch.setattr(backend, "changes", late)
    assert store.replace_source(BOARD, new(3)) == Change(added=3, removed=1, unchanged=0, identical=False)
    assert list(store.records(Credential)) == new(3)
    other.close()


def test_a_reader_whose_revision_another_process_swept_is_told(
    store: Store, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "PAGE", 100)
    monkeypatch.setattr(reading, "_LEAST", 100)
    store.replace_source(BOARD, new(250))
    reader = store.records(Credential)
    assert next(reader) == new(1)[0]
    other = open_store(url)
    other.replace_source(BOARD, [FIRST])
    other.close()
    with pytest.raises(StoreChanged):
        list(reader)


def test_a_page_of_a_revision_that_is_being_deleted_is_not_believed(
    store: Store, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "PAGE", 100)
    store.replace_source(BOARD, new(250))
    reader = store.records(Credential)
    assert next(reader) == new(1)[0]
    ask(url, "MATCH (source:Source) CREATE (:Revision {id: source.current, doomed: true})")
    with pytest.raises(StoreChanged):
        list(reader)


def test_a_source_that_was_read_half_changed_is_read_again(
    store: Store, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.replace_source(BOARD, [FIRST])
    whole, digests = pointers._ALL, store.digests()
    half = "MATCH (source:Source) RETURN source {.*, contentDigest: 'of the revision before'}"
    monkeypatch.setattr(pointers, "_ALL", half)
    monkeypatch.setattr(time, "sleep", lambda _: monkeypatch.setattr(pointers, "_ALL", whole))
    assert store.digests() == digests
    monkeypatch.undo()
    ask(url, "MATCH (source:Source) REMOVE source.current")
    with pytest.raises(UnreadableStatement, match="source board"):
        store.sources()


def test_a_source_that_another_hand_changed_goes_as_the_page_says_and_leaves_nothing(store: Store, url: str) -> None:
    press = SourceInfo(id="press", title="Press", voice="others")
    said = Credential(id=FIRST.id, source=Source(id="press", place="a"), name="The first one")
    store.replace_source(press, [said])
    store.replace_source(BOARD, [FIRST, *new(3)])
    ask(url, "MATCH (source:Source {id: 'board'}) SET source.current = 'something else'")
    with pytest.raises(UnreadableStatement, match=r"delete it as docs/neo4j\.md says; load its source again"):
        store.sources()
    page = (Path(__file__).parents[4] / "docs" / "neo4j.md").read_text("utf-8")
    (query,) = re.findall(r'```cypher\n:param source => "board"\n(.*?)```', page, flags=re.DOTALL)
    ask(url, query, source="board")
    open_store(url).close()
    assert ask(url, "MATCH (s:Statement) RETURN s.name") == [["The first one"]]
    assert ask(url, "MATCH (c:Credential) RETURN c.name") == [["The first one"]]
    assert ask(url, "MATCH (mark:Revision) RETURN mark.id") == []
    store.replace_source(BOARD, new(2))
    assert [record.name for record in store.records(Credential)] == ["New 0", "New 1", "The first one"]


def test_a_source_of_several_pages_comes_whole_and_in_order(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "PAGE", 100)
    store.replace_source(BOARD, reversed(new(250)))
    assert list(store.records(Credential)) == new(250)


def test_no_field_of_a_record_takes_a_name_that_every_statement_has() -> None:
    names = {name for kind in RECORD_TYPES for field in fields_of(kind) for name in property_names(field)}
    assert names.isdisjoint({*HEADER, "key"})


def test_a_wrong_password_is_refused_without_being_told(url: str) -> None:
    host = urlsplit(url).netloc.rpartition("@")[2]
    with pytest.raises(AccessRefused) as refused:
        open_store(f"neo4j://nobody:very-secret@{host}")
    assert str(refused.value).startswith(f"neo4j://{host} lets nobody in like that: ")
    assert "very-secret" not in str(refused.value)
    with pytest.raises(AccessRefused):
        open_store(f"neo4j://{host}")


def test_user_and_password_may_come_beside_the_address(url: str) -> None:
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    store = open_store(f"bolt://{host}/neo4j", Access(user=parts.username, password=parts.password))
    assert store.sources() == ()
    store.close()


def test_a_server_that_is_away_is_told_at_once() -> None:
    start = time.monotonic()
    with pytest.raises(StoreUnreachable, match=r"nobody answers at neo4j://127\.0\.0\.1:1"):
        open_store("neo4j://neo4j:x@127.0.0.1:1")
    assert time.monotonic() - start < 5


def test_a_server_without_tls_is_no_server_with_tls(url: str) -> None:
    parts = urlsplit(url)
    for scheme in ("neo4j", "bolt"):
        for secured in ("s", "ssc"):
            with pytest.raises(
                UnsuitableServer, match=f"speaks no TLS, expected TLS; .* or write {scheme}://, without"
            ):
                open_store(f"{scheme}+{secured}://{parts.netloc}")
    with pytest.raises(BadSetting, match=r"there is no file /nowhere\.pem"):
        open_store(f"neo4j+s://{parts.netloc}", Access(authority="/nowhere.pem"))


def test_an_address_names_one_database_and_nothing_else(url: str) -> None:
    with pytest.raises(UnsuitableServer, match="the name of a database that this server has"):
        open_store(f"{url}/elsewhere")
    for odd in (f"{url}/a/b", f"{url}?policy=x", "neo4j:x", "neo4j:"):
        with pytest.raises(UnknownStore):
            open_store(odd)


def test_a_database_of_somebody_else_is_refused_untouched(url: str) -> None:
    ask(url, "CREATE (:Role {name: 'Admin'})")
    with pytest.raises(UnsuitableServer, match="a database with nodes that credpath did not write"):
        open_store(url)
    assert ask(url, "MATCH (n) RETURN labels(n), properties(n)") == [[["Role"], {"name": "Admin"}]]


def test_a_store_of_another_schema_version_is_refused(url: str) -> None:
    open_store(url).close()
    ask(url, "MATCH (mark:Credpath {name: 'store'}) SET mark.schemaVersion = 99")
    with pytest.raises(StoreOfOtherVersion) as refused:
        open_store(url)
    assert refused.value.found == 99


def test_a_statement_that_another_hand_spoilt_is_named(store: Store, url: str) -> None:
    store.replace_source(BOARD, [FIRST])
    ask(url, "MATCH (s:Statement) REMOVE s.name")
    with pytest.raises(UnreadableStatement, match="credential id/board/credential/first of board"):
        list(store.records(Credential))


def test_a_server_that_stops_in_a_load_leaves_the_old_whole() -> None:
    server = needs.own_server(needs.NEO4J)
    try:
        store = open_store(server.url)
        cost = Cost(id="id/b/cost/1", source=Source(id="board", place="p1"), credential=FIRST.id, kind="exam")
        store.replace_source(BOARD, [FIRST, cost])
        before = store.revision()

        def until_it_stops() -> Iterator[Record]:
            yield from new(10)
            server.kill()

        with pytest.raises(StoreUnreachable):
            store.replace_source(BOARD, until_it_stops())
        server.start()
        assert store.revision() == before
        assert list(store.records_of("board")) == [cost, FIRST]
        store.replace_source(BOARD, new(10))
        assert list(store.records(Credential)) == new(10)
        store.close()
    finally:
        server.remove()
