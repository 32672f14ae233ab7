"""What a server with a heap of 512 MB can take, and what it shows after it died."""

import logging
from collections.abc import Iterator
from contextlib import closing

import pytest

from graph.content import Change
from graph.store import open_store
from graph.stores.neo4j.lease import Lease
from ontology.records import Claim, Competency, Credential, Record, Role
from ontology.values import Source, SourceInfo
from servers.running import Server
from tests import needs
from tests.graph.stores.neo4j.asking import ask, drawn, drawn_afresh

pytestmark = pytest.mark.slow

BOARD = SourceInfo(id="board", title="Scrum board", voice="issuer")
WORDS = "What one learns – and shows. " * 690
LEAN = Competency(id="id/b/competency/lean", source=Source(id="board", place="c"), name="Lean")
ROLE = Role(id="id/b/role/lead", source=Source(id="board", place="r"), name="Lead")


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    server = needs.own_server(needs.NEO4J)
    try:
        yield server
    finally:
        server.remove()


def wordy(credentials: int, claims: int) -> Iterator[Record]:
    """Credentials with 20 kB of description each, and claims with as many words, all on one competency."""
    for number in range(credentials):
        source = Source(id="board", place=f"row {number}")
        name, id_ = f"Credential {number}", f"id/b/credential/{number:05}"
        yield Credential(id=id_, source=source, name=name, description=f"{number} {WORDS}")
        if number < claims:
            yield Claim(
                id=f"id/b/claim/{number:05}", source=source, subject=id_, competency=LEAN.id, mode="teaches",
                words=f"{number} {WORDS}",
            )  # fmt: skip


def test_long_texts_come_are_read_and_go_and_the_server_stays_well(server: Server) -> None:
    """5,000 of them in one transaction were refused; those of the shortcuts all hang on one competency."""
    before = (server.home / "server.pid").read_text("utf-8")
    with closing(open_store(server.url)) as store:
        assert store.replace_source(BOARD, [LEAN, *wordy(5_000, 800)]).added == 5_801
        assert ask(server.url, "MATCH (:Credential)-[s:TEACHES]->() RETURN count(s), min(size(s.words)) > 20000") == [
            [800, True]
        ]
        assert max(len(record.description or "") for record in store.records(Credential)) == len(WORDS) + 5
        without = store.replace_source(BOARD, wordy(3_500, 700))
        assert without == Change(added=0, removed=1_601, unchanged=4_200, identical=False)
        assert ask(server.url, "MATCH (c:Claim)-[:LEADS_NOWHERE]->(m:Missing) RETURN count(c)") == [[700]]
        store.remove_source("board")
    assert ask(server.url, "MATCH (x) WHERE NOT x:Credpath RETURN count(x)") == [[0]]
    assert server.is_running()
    assert (server.home / "server.pid").read_text("utf-8") == before
    logged = (server.home / "logs" / "debug.log").read_text("utf-8")
    assert "MemoryPoolOutOfMemory" not in logged
    assert "java.lang.OutOfMemoryError" not in logged


def test_a_server_that_dies_while_it_is_drawn_on_shows_what_is_true_afterwards(
    server: Server, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    batch, came = Lease.batch, 0

    def fatal(self: Lease, *works: object) -> object:
        nonlocal came
        came += 1
        if came == 5:
            server.kill()
        return batch(self, *works)  # type: ignore[arg-type]

    with closing(open_store(server.url)) as store, caplog.at_level(logging.WARNING):
        store.replace_source(BOARD, [LEAN, ROLE])
        monkeypatch.setattr(Lease, "batch", fatal)
        store.replace_source(BOARD, [LEAN, *wordy(3, 2)])
        monkeypatch.undo()
        assert came == 5
        assert "is behind its statements: nobody answers" in caplog.text
        server.start()
        assert list(store.records(Role)) == []
        store.amend(ROLE)
        seen = drawn(server.url)
    assert seen == drawn_afresh(server.url)
