"""Who draws keeps the right to draw, however long a batch or reading takes; who is dead loses it."""

from collections.abc import Iterator
from contextlib import closing
from threading import Thread

import pytest

from graph.address import read_address
from graph.store import open_store
from graph.stores.neo4j import lease
from graph.stores.neo4j.connection import Connection
from graph.stores.neo4j.lease import Lease, LeaseLost
from tests import needs
from tests.graph.stores.neo4j.asking import ask
from tests.servers import emptied_neo4j

pytestmark = pytest.mark.slow


@pytest.fixture
def url() -> str:
    url = emptied_neo4j(needs.neo4j())
    open_store(url).close()
    return url


@pytest.fixture
def connection(url: str) -> Iterator[Connection]:
    with closing(Connection(read_address(url))) as opened:
        yield opened


def lapse(url: str) -> None:
    ask(url, "MATCH (lease:Credpath {name: 'view'}) SET lease.since = lease.since - duration({hours: 1})")


def test_a_lease_is_free_when_it_is_released_or_has_lapsed(url: str, connection: Connection) -> None:
    one, other = Lease(connection), Lease(connection)
    assert one.take()
    assert one.take()
    assert not other.take()
    one.release()
    assert other.take()
    assert not one.take()
    lapse(url)
    assert one.take()
    with pytest.raises(LeaseLost):
        other.batch(lambda _: None)


def test_who_is_in_a_batch_that_lasts_longer_than_a_lease_keeps_it(url: str, connection: Connection) -> None:
    one, other = Lease(connection), Lease(connection)
    one.take()
    lapse(url)
    taken: list[bool] = []
    waiting = Thread(target=lambda: taken.append(other.take()))

    def long(_: object) -> None:
        waiting.start()
        waiting.join(0.5)
        assert waiting.is_alive()

    one.batch(long)
    waiting.join()
    assert taken == [False]
    one.batch(lambda _: None)


def test_who_reads_longer_than_a_lease_keeps_it_and_one_who_lost_it_reads_no_more(
    url: str, connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = Lease(connection), Lease(connection)
    one.take()
    reading = one.renewed_while(iter("abc"))
    assert next(reading) == "a"
    lapse(url)
    monkeypatch.setattr(lease, "LAPSES", 0)
    assert next(reading) == "b"
    monkeypatch.undo()
    assert not other.take()
    lapse(url)
    assert other.take()
    monkeypatch.setattr(lease, "LAPSES", 0)
    with pytest.raises(LeaseLost):
        next(reading)
