"""Whoever waits for a node that another writer changes or deletes decides by what is there afterwards."""

from collections.abc import Iterator
from contextlib import closing
from types import SimpleNamespace

import pytest

from graph.address import read_address
from graph.store import Store, open_store
from graph.stores.neo4j.connection import Connection
from graph.stores.neo4j.pointers import FORGET, every_pointer, lock
from graph.stores.neo4j.revisions import delete_revision, finish_revision, sweep, write_revision
from ontology.errors import StoreRefuses
from ontology.records import Role
from ontology.values import Source, SourceInfo
from tests import needs
from tests.graph.stores.neo4j.asking import ask, meanwhile
from tests.servers import emptied_neo4j

pytestmark = pytest.mark.slow

BOARD = SourceInfo(id="board", title="Scrum board", voice="issuer")
ROLE = Role(id="id/b/role/lead", source=Source(id="board", place="p1"), name="Lead")
GONE = "MATCH (source:Source {id: 'board'}) DETACH DELETE source"


@pytest.fixture
def url() -> str:
    return emptied_neo4j(needs.neo4j())


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    opened = open_store(url)
    yield opened
    opened.close()


@pytest.fixture
def connection(url: str) -> Iterator[Connection]:
    with closing(Connection(read_address(url))) as opened:
        yield opened


def test_a_source_that_was_removed_and_is_just_loaded_again_is_not_forgotten(
    store: Store, url: str, connection: Connection
) -> None:
    store.replace_source(BOARD, [ROLE])
    ((before,),) = ask(url, "MATCH (source:Source) RETURN properties(source)")
    ask(url, "MATCH (source:Source) DETACH DELETE source CREATE (:Source {id: 'board', viewed: []})")
    loaded = "MATCH (source:Source) SET source.lock = 1 REMOVE source.lock SET source = $properties"
    with meanwhile(url, loaded, properties=before):
        connection.write(FORGET, id="board")
    assert store.sources() == (BOARD,)


def test_who_locks_a_source_that_is_just_forgotten_makes_it_again(
    store: Store, url: str, connection: Connection
) -> None:
    store.replace_source(BOARD, [ROLE])
    with meanwhile(url, GONE):
        assert connection.together(lambda transaction: lock(transaction, "board")).info is None
    assert ask(url, "MATCH (source:Source) RETURN source.id") == [["board"]]
    store.replace_source(BOARD, [ROLE])
    assert store.sources() == (BOARD,)


def test_a_load_whose_mark_is_just_swept_is_told_and_leaves_nothing(url: str, connection: Connection) -> None:
    open_store(url).close()
    swept = write_revision(connection, "board", [ROLE])
    with meanwhile(url, "MATCH (mark:Revision) DELETE mark"), pytest.raises(StoreRefuses, match="swept"):
        connection.together(lambda transaction: finish_revision(connection, transaction, swept))


def test_statements_are_not_written_under_a_mark_that_is_just_swept(
    url: str, connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_store(url).close()
    ask(url, "CREATE (:Revision {id: 'mine', source: 'board', since: datetime()})")
    monkeypatch.setattr("graph.stores.neo4j.revisions.uuid4", lambda: SimpleNamespace(hex="mine"))
    with meanwhile(url, "MATCH (mark:Revision) DELETE mark"), pytest.raises(StoreRefuses, match="swept"):
        write_revision(connection, "board", [ROLE])
    assert ask(url, "MATCH (s:Statement) RETURN count(s)") == [[0]]


def test_what_the_view_is_made_of_is_not_swept_however_old(store: Store, url: str, connection: Connection) -> None:
    store.replace_source(BOARD, [ROLE])
    viewed = every_pointer(connection)["board"].revision
    ask(url, "CREATE (:Revision {id: $id, source: 'board', since: datetime() - duration({hours: 1})})", id=viewed)
    sweep(connection)
    assert list(store.records(Role)) == [ROLE]
    ask(url, "MATCH (source:Source) SET source.viewed = []")
    sweep(connection)
    assert ask(url, "MATCH (s:Statement) RETURN count(s)") == [[0]]


def test_a_revision_is_deleted_to_its_last_statement_also_where_a_deletion_ended_early(
    store: Store, url: str, connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph.stores.neo4j.revisions.BATCH", 3)
    said = [Role(id=f"id/b/role/{n}", source=Source(id="board", place="p"), name="x") for n in range(10)]
    revision = write_revision(connection, "board", said)
    ask(url, "MATCH (s:Statement) WHERE s.row IN [0, 1, 5] DETACH DELETE s")
    delete_revision(connection, revision)
    assert ask(url, "MATCH (node:Statement|Revision) RETURN count(node)") == [[0]]
