"""What only a store in a folder must do: survive a killed process, have one owner, read as natural RDF."""

import gc
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pyoxigraph
import pytest

from graph.store import Store, open_store
from graph.stores import oxigraph, sweeping
from graph.stores.memory import MemoryStore
from ontology.errors import (
    StoreFolderUnusable,
    StoreLocked,
    StoreOfOtherVersion,
    StoreReadOnly,
    UnknownStore,
    UnreadableStatement,
)
from ontology.records import Claim, Cost, Credential
from ontology.values import Range, Source, SourceInfo

pytestmark = pytest.mark.slow

BOARD = SourceInfo(id="board", title="Scrum board", voice="issuer", licence="CC BY", date="2026-03")
FIRST = Credential(
    id="id/board/credential/first", source=Source(id="board", place="p1"), name="First", type="Certification"
)
ELSEWHERE = Credential(id="id/board/credential/first", source=Source(id="board", place="p2"), name="First of all")

KILLED = """
import os, signal, sys
from pathlib import Path
import graph.stores.oxigraph as backend
from ontology.records import Credential
from ontology.values import Source, SourceInfo


def die():
    os.kill(os.getpid(), signal.SIGKILL)

def records(count, dies_at):
    for number in range(count):
        if number == dies_at:
            die()
        yield Credential(
            id=f"id/board/credential/{number}", source=Source(id="board", place=f"row {number}"), name="New"
        )

def dying_lines(records):
    for number, chunk in enumerate(whole(records)):
        if number == 20:
            die()
        yield chunk

class Dying(backend.OxigraphStore):
    def _point(self, content, graph, *changes):
        if moment == "after the load":
            die()
        super()._point(content, graph, *changes)
        if moment == "before the sweep":
            die()

moment, at_once, folder = sys.argv[1:]
backend.AT_ONCE = int(at_once)
whole = backend.lines_of
if moment == "in the load":
    backend.lines_of = dying_lines
store = Dying(Path(folder))
store.replace_source(
    SourceInfo(id="board", title="Scrum board", voice="issuer"),
    records(15_000, 10_000 if moment == "in the file" else -1),
)
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "store"


def opened(folder: Path) -> Store:
    return open_store(f"oxigraph:{folder}")


def graphs_in(folder: Path) -> list[str]:
    gc.collect()
    return sorted(graph.value for graph in pyoxigraph.Store.read_only(str(folder)).named_graphs() if graph.value)


def killed(folder: Path, moment: str, at_once: int) -> None:
    child = subprocess.run(
        [sys.executable, "-c", KILLED, moment, str(at_once), str(folder)], check=False, capture_output=True
    )
    assert child.returncode == -signal.SIGKILL, child.stderr.decode()


@pytest.mark.parametrize("moment", ["in the file", "in the load", "after the load", "before the sweep"])
def test_a_killed_process_leaves_the_old_source_or_the_new_one(folder: Path, moment: str) -> None:
    store = opened(folder)
    store.replace_source(BOARD, [FIRST])
    before = store.revision()
    store.close()
    killed(folder, moment, 0)
    if moment != "in the file":
        assert (len(graphs_in(folder)) > 1) == (moment in ("after the load", "before the sweep"))
    store = opened(folder)
    if moment == "before the sweep":
        assert len(list(store.records(Credential))) == 15_000
    else:
        assert list(store.records(Credential)) == [FIRST]
        assert store.revision() == before
        assert store.sources() == (BOARD,)
    store.close()
    assert len(graphs_in(folder)) == 1


@pytest.mark.parametrize(("moment", "held"), [("after the load", 1), ("before the sweep", 15_000)])
def test_a_process_killed_around_a_change_in_place_leaves_the_old_or_the_new(
    folder: Path, moment: str, held: int
) -> None:
    store = opened(folder)
    store.replace_source(BOARD, [FIRST])
    store.close()
    killed(folder, moment, 200_000)
    assert len(graphs_in(folder)) == 1
    store = opened(folder)
    assert len(list(store.records(Credential))) == len(list(store.records_of("board"))) == held
    store.close()


def test_a_kill_in_the_load_can_be_followed_by_the_same_load(folder: Path) -> None:
    killed(folder, "after the load", 0)
    store = opened(folder)
    assert store.sources() == ()
    assert list(store.records(Credential)) == []
    store.replace_source(BOARD, [FIRST])
    assert list(store.records(Credential)) == [FIRST]
    store.close()


@pytest.mark.parametrize("at_once", [0, 200_000])
def test_only_current_graphs_remain_after_many_loads(
    folder: Path, at_once: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(oxigraph, "AT_ONCE", at_once)
    store = opened(folder)
    for name in ("a", "b", "c"):
        store.replace_source(BOARD, [Credential(id=FIRST.id, source=FIRST.source, name=name)])
        assert list(store.records(Credential)) == [Credential(id=FIRST.id, source=FIRST.source, name=name)]
    store.replace_source(BOARD, [])
    store.remove_source("board")
    store.close()
    assert graphs_in(folder) == []


@pytest.mark.parametrize("at_once", [0, 200_000])
def test_going_back_to_what_a_source_said_before_is_a_change_like_any(
    folder: Path, at_once: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(oxigraph, "AT_ONCE", 200_000)
    store = opened(folder)
    store.replace_source(BOARD, [FIRST])
    store.replace_source(BOARD, [ELSEWHERE])
    monkeypatch.setattr(oxigraph, "AT_ONCE", at_once)
    store.replace_source(BOARD, [FIRST, ELSEWHERE])
    store.replace_source(BOARD, [FIRST])
    assert list(store.records(Credential)) == [FIRST]
    store.close()
    assert len(graphs_in(folder)) == 1


ODD = [
    "\\u0041", "\\\\u0041", "\\U0001F600", "\x00\x01\x1f\x7f", "\x85\u2028", "\ufffe\uffff", '"\\"', "\\",
    "\r\n\t\b\f\v", "} } ; DROP ALL", "# no comment", "%20 <x> . <y>", "é\U0001f600",
]  # fmt: skip


@pytest.mark.parametrize("at_once", [0, 200_000])
def test_odd_words_survive_every_way_of_writing(folder: Path, at_once: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(oxigraph, "AT_ONCE", at_once)
    info = SourceInfo(id="board", title="\\u0022 } ; DROP ALL", voice="issuer")
    store = opened(folder)
    for turn in (0, 1, 5):
        said = [
            Credential(
                id=f"id/board/credential/{n:02}",
                source=Source(id="board", place=words),
                name=ODD[(n + turn) % len(ODD)],
                other_names=(words, ODD[turn]),
            )
            for n, words in enumerate(ODD)
        ]
        store.replace_source(info, said)
        assert list(store.records(Credential)) == said
        assert store.sources() == (info,)
    store.close()


def test_what_could_not_be_swept_is_never_read_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def said(*names: str) -> list[Credential]:
        return [Credential(id=f"id/board/credential/{name}", source=FIRST.source, name=name) for name in names]

    def no_room(store: pyoxigraph.Store, graph: pyoxigraph.NamedNode) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr(oxigraph, "AT_ONCE", 50)
    store = open_store(f"oxigraph:{folder}")
    store.replace_source(BOARD, said("a", "b"))
    store.replace_source(BOARD, said("a", "c"))
    with monkeypatch.context() as patched:
        patched.setattr(sweeping, "_clear", no_room)
        store.replace_source(BOARD, said(*"defghijklmno"))
    assert list(store.records(Credential)) == said(*"defghijklmno")
    store.replace_source(BOARD, said("a", "b"))
    assert list(store.records(Credential)) == said("a", "b")
    store.close()


def test_the_same_source_again_writes_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def written(self: oxigraph.OxigraphStore, *_: object) -> None:
        raise AssertionError("something was written")

    store = opened(folder)
    store.replace_source(BOARD, [FIRST])
    monkeypatch.setattr(oxigraph.OxigraphStore, "_point", written)
    assert store.replace_source(BOARD, [FIRST]).identical
    with pytest.raises(AssertionError, match="something was written"):
        store.replace_source(BOARD, [ELSEWHERE])
    store.close()


def test_a_stranger_reads_the_store_naturally(folder: Path) -> None:
    store = opened(folder)
    price = Cost(
        id="id/board/cost/1",
        source=Source(id="board", place="p3"),
        credential=FIRST.id,
        kind="exam",
        amount=Range(15000, 20000),
        currency="GBP",
    )
    store.replace_source(BOARD, [FIRST, ELSEWHERE, price])
    store.close()
    gc.collect()
    rows = pyoxigraph.Store.read_only(str(folder)).query(
        """
        PREFIX ceterms: <https://purl.org/ctdl/terms/>
        PREFIX cp: <https://w3id.org/credpath/terms/>
        PREFIX dcterms: <http://purl.org/dc/terms/>
        SELECT ?credential ?name ?other ?low ?high ?licence ?title {
          ?source a cp:Source ; dcterms:title ?title ; cp:licence ?licence ; cp:current ?graph .
          GRAPH ?graph {
            ?credential a ceterms:Certification ; ceterms:name ?name .
            ?statement a cp:CredentialStatement ; cp:about ?credential ; ceterms:name ?other .
            ?cost a ceterms:CostProfile ; cp:credential ?credential ; ceterms:currency "GBP" ;
                  cp:amountMinorLow ?low ; cp:amountMinorHigh ?high .
          }
        }"""
    )
    assert isinstance(rows, pyoxigraph.QuerySolutions)
    assert [tuple(term.value for term in row) for row in rows] == [
        (
            "https://w3id.org/credpath/id/board/credential/first",
            "First",
            "First of all",
            "15000",
            "20000",
            "CC BY",
            "Scrum board",
        )
    ]


def test_a_folder_has_one_owner(folder: Path) -> None:
    store = opened(folder)
    with pytest.raises(StoreLocked, match="in use by another process"):
        opened(folder)
    store.close()
    opened(folder).close()


def test_another_process_cannot_take_the_folder(folder: Path) -> None:
    store = opened(folder)
    child = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys; from graph.store import open_store; open_store(sys.argv[1])",
            f"oxigraph:{folder}",
        ],
        check=False,
        capture_output=True,
        text=True,
    )
    assert "StoreLocked" in child.stderr
    store.close()


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(StoreFolderUnusable, match="cannot be used"):
        opened(tmp_path / "file")
    with pytest.raises(StoreFolderUnusable, match="cannot be used"):
        opened(tmp_path / "file" / "store")


@pytest.mark.skipif(not Path("/sys/kernel").is_dir(), reason="needs a folder that nobody can write, as Linux has")
def test_a_read_only_folder_is_said() -> None:
    with pytest.raises((StoreFolderUnusable, StoreReadOnly), match=r"not permitted|denied|[Rr]ead-only"):
        opened(Path("/sys/kernel/credpath"))
    assert not Path("/sys/kernel/credpath").exists()


def test_a_folder_of_other_things_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("dear all")
    with pytest.raises(StoreFolderUnusable, match="holds other files"):
        opened(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_rdf_of_strangers_is_left_alone(folder: Path) -> None:
    theirs = pyoxigraph.Store(str(folder))
    name = pyoxigraph.NamedNode("https://example.org/x")
    theirs.add(pyoxigraph.Quad(name, name, name, name))
    del theirs
    gc.collect()
    with pytest.raises(StoreFolderUnusable, match="did not write"):
        opened(folder)


@pytest.mark.parametrize(("version", "mend"), [(999, "upgrade credpath"), (0, "into a new store")])
def test_a_store_of_another_schema_version_is_refused(folder: Path, version: int, mend: str) -> None:
    opened(folder).close()
    gc.collect()
    raw = pyoxigraph.Store(str(folder))
    raw.update(
        f"""PREFIX cp: <https://w3id.org/credpath/terms/>
        DELETE {{ ?store cp:schemaVersion ?old }} INSERT {{ ?store cp:schemaVersion {version} }}
        WHERE {{ ?store cp:schemaVersion ?old }}"""
    )
    del raw
    gc.collect()
    with pytest.raises(StoreOfOtherVersion, match=mend):
        opened(folder)


def test_a_statement_broken_by_another_hand_is_said(folder: Path) -> None:
    store = opened(folder)
    store.replace_source(BOARD, [FIRST])
    store.close()
    gc.collect()
    raw = pyoxigraph.Store(str(folder))
    raw.update("DELETE { GRAPH ?g { ?c <https://purl.org/ctdl/terms/name> ?n } } "
               "WHERE { GRAPH ?g { ?c <https://purl.org/ctdl/terms/name> ?n } }")  # fmt: skip
    del raw
    gc.collect()
    store = opened(folder)
    with pytest.raises(UnreadableStatement, match="it lacks ceterms:name; load its source again"):
        store.records(Credential)
    store.close()


@pytest.mark.parametrize("url", ["", "oxigraph:", "sqlite:./x", "memory:x", "./folder", "neo4j"])
def test_an_address_of_no_store_is_refused(url: str) -> None:
    with pytest.raises(UnknownStore, match="write oxigraph:FOLDER, neo4j://HOST"):
        open_store(url)


@pytest.mark.parametrize("at_once", [0, 200_000])
def test_a_reader_sees_the_old_source_or_the_new_one(
    folder: Path, at_once: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(oxigraph, "AT_ONCE", at_once)
    store = opened(folder)
    old = [Claim(id=f"id/board/claim/{n}", source=Source(id="board", place="old"), subject=FIRST.id,
                 competency="id/x/competency/a", mode="teaches") for n in range(300)]  # fmt: skip
    new = [Claim(id=f"id/board/claim/{n}", source=Source(id="board", place="new"), subject=FIRST.id,
                 competency="id/x/competency/a", mode="teaches") for n in range(300)]  # fmt: skip
    store.replace_source(BOARD, old)
    seen: list[list[Claim]] = []
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            seen.append(list(store.records(Claim)))
            seen.append([claim for claim in store.records_of("board") if isinstance(claim, Claim)])

    reader = threading.Thread(target=read)
    reader.start()
    for _ in range(3):
        store.replace_source(BOARD, new)
        store.replace_source(BOARD, old)
    done.set()
    reader.join()
    store.close()
    assert seen
    assert {(len(claims), *{claim.source.place for claim in claims}) for claims in seen} <= {(300, "old"), (300, "new")}


def test_memory_and_folder_agree_on_the_revision(folder: Path) -> None:
    store, memory = opened(folder), MemoryStore()
    for each in (store, memory):
        each.replace_source(BOARD, [ELSEWHERE, FIRST])
    assert store.revision() == memory.revision()
    store.close()
