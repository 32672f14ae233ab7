"""What only a store on a server must do: others write too, answers are lost, a server dies, a dataset is shared."""

import json
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from graph.address import read_address
from graph.store import Store, open_store
from graph.stores.memory import MemoryStore
from graph.stores.sparql import service
from graph.stores.sparql.service import Service
from ontology.errors import (
    StoreChanged,
    StoreOfOtherVersion,
    StoreReadOnly,
    StoreRefuses,
    StoreUnreachable,
    UnreadableStatement,
)
from ontology.records import RECORD_TYPES, Claim, Cost, Credential, Record
from ontology.values import Range, Source, SourceInfo
from tests import needs
from tests.every_kind import WORLD
from tests.graph.stores.sparql.small_server import LOST, Answer, Asked, SmallServer, small_server
from tests.servers import emptied_sparql

BOARD = SourceInfo(id="board", title="Scrum board", voice="issuer", licence="CC BY", date="2026-03")
PRESS = SourceInfo(id="press", title="Press", voice="others")
ODD = SourceInfo(id='o/"d\x00 é', title='\\u0022 } } ; DROP ALL # "', voice="others", publisher="\x00\r\n\t\\")
FIRST = Credential(
    id="id/board/credential/first", source=Source(id="board", place="p1"), name="First", type="Certification"
)
ELSEWHERE = Credential(id="id/board/credential/first", source=Source(id="board", place="p2"), name="First of all")
NEW = Credential(id="id/board/credential/new", source=Source(id="board", place="p3"), name="New")
PRICE = Cost(
    id="id/board/cost/1", source=Source(id="board", place="p3"), credential=FIRST.id, kind="exam",
    amount=Range(15000, 20000), currency="GBP",
)  # fmt: skip
MOVES = "?before ?value"
"""What stands in the update that moves a pointer, and in no other."""

REMOVES = "lastRemoved> ?last }"
"""What stands in the update that removes a source, and in no other."""

EDITOR = """
import sys
from graph.store import open_store
from ontology.records import Credential
from ontology.values import Source

store = open_store(sys.argv[1])
for number in range(8):
    place = Source(id="board", place=f"{sys.argv[2]} {number}")
    store.amend(Credential(id="id/board/credential/first", source=place, name="Edited"))
    if number % 2:
        store.retract(Credential(id="id/board/credential/first", source=place, name="Edited"))
store.close()
"""

DYING = """
import os, signal, sys
import graph.stores.sparql.store as backend
from graph.store import open_store
from ontology.records import Credential
from ontology.values import Source, SourceInfo

class Dying(backend.Service):
    def put(self, graph, chunks):
        super().put(graph, chunks)
        os.kill(os.getpid(), signal.SIGKILL)

backend.Service = Dying
open_store(sys.argv[1]).replace_source(
    SourceInfo(id="board", title="Scrum board", voice="issuer"),
    [Credential(id="id/board/credential/new", source=Source(id="board", place="p3"), name="New")],
)
"""


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> Iterator[SmallServer]:
    monkeypatch.setattr(service, "WAITS", (0.01, 0.02))
    with small_server() as server:
        yield server


@pytest.fixture
def store(small: SmallServer) -> Iterator[Store]:
    opened = open_store(small.url)
    opened.replace_source(BOARD, [FIRST])
    yield opened
    opened.close()


@pytest.fixture
def fuseki() -> str:
    return emptied_sparql(needs.sparql())


def said_by(url: str, query: str) -> list[tuple[str, ...]]:
    asking = Service(read_address(url))
    try:
        return asking.rows(query)
    finally:
        asking.close()


def told(url: str, update: str) -> None:
    telling = Service(read_address(url))
    telling.update(update)
    telling.close()


def graphs(url: str) -> int:
    """How many graphs there are beside the one that describes the sources."""
    return len(said_by(url, "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }")) - 1


def between(small: SmallServer, words: str, acts: list[Callable[[], object]]) -> list[Callable[[], object]]:
    """Before a request with these words is carried out, let one of the acts happen; gives the acts that are left."""
    acting = threading.Lock()

    def interfere(asked: Asked) -> Answer:
        if words in asked.text and acts and acting.acquire(blocking=False):
            try:
                acts.pop(0)()
            finally:
                acting.release()
        return asked.carry_out()

    small.interfere = interfere
    return acts


# On a small server, in which a test may interfere


def test_a_second_engine_keeps_every_kind_of_record_and_odd_words(small: SmallServer) -> None:
    odd = [
        Credential(id=FIRST.id, source=Source(id=ODD.id, place=ODD.title), name=words) for words in ["\x00\x1f\\u0022"]
    ]
    opened, memory = open_store(small.url), MemoryStore()
    for each in (opened, memory):
        each.replace_source(BOARD, WORLD)
        each.replace_source(ODD, odd)
        each.amend(FIRST)
    assert list(opened.records_of("board")) == list(memory.records_of("board"))
    assert list(opened.records(Credential)) == list(memory.records(Credential))
    assert opened.sources() == memory.sources()
    assert opened.revision() == memory.revision()
    opened.close()


def test_no_words_of_a_user_are_in_a_query_or_an_update(small: SmallServer) -> None:
    opened = open_store(small.url)
    for _ in range(2):
        opened.replace_source(ODD, [Credential(id=FIRST.id, source=Source(id=ODD.id, place="DROP"), name="DROP")])
        opened.amend(Credential(id=FIRST.id, source=Source(id="board", place="DROP ALL"), name="DROP ALL"))
        opened.retract(Credential(id=FIRST.id, source=Source(id="board", place="DROP ALL"), name="DROP ALL"))
        opened.remove_source(ODD.id)
    opened.close()
    texts = [asked.text for asked in small.asked if asked.service != "data"]
    assert len(texts) > 30
    assert [text for text in texts if "DROP" in text.replace("DROP SILENT GRAPH <https://w3id.org/", "")] == []


def test_a_move_whose_answer_is_lost_counts(small: SmallServer, store: Store) -> None:
    def no_move_is_answered(asked: Asked) -> Answer:
        answer = asked.carry_out()
        return LOST if MOVES in asked.text else answer

    small.interfere = no_move_is_answered
    assert store.replace_source(BOARD, [NEW]).added == 1
    store.amend(FIRST)
    assert [record.source.id for record in store.records(Credential)] == ["edits", "board"]


def test_a_move_that_was_given_up_does_not_happen_later(small: SmallServer, store: Store) -> None:
    late: list[Asked] = []

    def moves_are_on_their_way(asked: Asked) -> Answer:
        if MOVES in asked.text:
            late.append(asked)
            return LOST
        return asked.carry_out()

    small.interfere = moves_are_on_their_way
    with pytest.raises(StoreUnreachable):
        store.replace_source(BOARD, [NEW])
    assert len(late) == 3
    for move in late:
        move.carry_out()
    assert list(store.records(Credential)) == [FIRST]
    assert len(small.graphs()) == 2


def test_an_edit_that_lost_the_race_is_made_on_top_of_the_other(small: SmallServer, store: Store) -> None:
    other = open_store(small.url)
    theirs = Credential(id=FIRST.id, source=Source(id="edits", place="p8"), name="Theirs")
    ours = Credential(id=FIRST.id, source=Source(id="edits", place="p9"), name="Ours")
    rivals = between(small, MOVES, [lambda: other.amend(theirs)])
    store.amend(ours)
    assert list(store.records_of("edits")) == [theirs, ours]
    rivals.append(lambda: other.retract(theirs))
    store.retract(ours)
    assert list(store.records_of("edits")) == []
    assert rivals == []
    assert len(small.graphs()) == 2
    other.close()


def test_the_last_edit_is_not_taken_back_together_with_a_newer_one(small: SmallServer, store: Store) -> None:
    other = open_store(small.url)
    theirs = Credential(id=FIRST.id, source=Source(id="edits", place="p8"), name="Theirs")
    store.amend(FIRST)
    rivals = between(small, "DELETE { GRAPH", [lambda: other.amend(theirs)])
    store.retract(FIRST)
    assert rivals == []
    assert list(store.records_of("edits")) == [theirs]
    other.close()


def test_a_removal_that_arrives_once_more_leaves_what_was_loaded_since(small: SmallServer, store: Store) -> None:
    late: list[Asked] = []

    def the_first_removal_is_on_its_way(asked: Asked) -> Answer:
        if REMOVES in asked.text and not late:
            late.append(asked)
            return LOST
        return asked.carry_out()

    small.interfere = the_first_removal_is_on_its_way
    store.remove_source("board")
    assert store.sources() == ()
    store.replace_source(BOARD, [NEW])
    edition = store.edition()
    assert [removal.carry_out().status for removal in late] == [204]
    assert list(store.records(Credential)) == [NEW]
    assert store.edition() == edition


def test_a_removal_does_not_take_what_another_process_loads_at_the_same_time(small: SmallServer, store: Store) -> None:
    other = open_store(small.url)
    rivals = between(small, REMOVES, [lambda: other.replace_source(BOARD, [NEW])])
    store.remove_source("board")
    assert rivals == []
    assert list(store.records(Credential)) == [NEW]
    other.close()


def test_a_removal_that_somebody_else_answered_is_not_taken_for_done(small: SmallServer, store: Store) -> None:
    log_in = Answer(200, b"<html>log in</html>", "text/html")
    small.interfere = lambda asked: log_in if REMOVES in asked.text else asked.carry_out()
    with pytest.raises(StoreRefuses, match="it says that the source board is removed; it is there"):
        store.remove_source("board")
    assert store.sources() == (BOARD,)
    assert list(store.records(Credential)) == [FIRST]


def test_of_two_loads_at_once_the_later_wins(small: SmallServer, store: Store) -> None:
    other = open_store(small.url)
    rivals = between(small, MOVES, [lambda: other.replace_source(BOARD, [ELSEWHERE])])
    store.replace_source(BOARD, [NEW])
    assert rivals == []
    assert list(other.records(Credential)) == [NEW]
    assert len(small.graphs()) == 2
    other.close()


def test_a_load_that_was_swept_by_others_meanwhile_says_so(
    small: SmallServer, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = open_store(small.url)

    def the_load_takes_hours(asked: Asked) -> Answer:
        answer = asked.carry_out()
        if asked.service == "data":
            small.interfere = lambda asked: asked.carry_out()
            with monkeypatch.context() as patched:
                patched.setattr("graph.stores.sparql.store.PATIENCE", 0.0)
                open_store(small.url).close()
        return answer

    small.interfere = the_load_takes_hours
    with pytest.raises(StoreRefuses, match="took this load for one left behind and swept it"):
        store.replace_source(BOARD, [NEW])
    assert list(other.records(Credential)) == [FIRST]
    assert len(small.graphs()) == 2
    other.close()


def test_a_load_into_a_server_that_keeps_no_marks_is_refused(small: SmallServer, store: Store) -> None:
    small.interfere = lambda asked: Answer(204) if "writingSince> ?now" in asked.text else asked.carry_out()
    with pytest.raises(StoreRefuses, match="it does not keep what it is told of the source board"):
        store.replace_source(BOARD, [NEW])
    assert list(store.records(Credential)) == [FIRST]
    assert len(small.graphs()) == 2


def test_a_source_replaced_while_it_is_read_is_read_again(small: SmallServer, store: Store) -> None:
    other = open_store(small.url)
    store.replace_source(
        PRESS, [Credential(id="id/press/credential/x", source=Source(id="press", place="a"), name="X")]
    )
    rivals = between(small, "GRAPH <https://w3id.org/credpath/graph/board", [])
    asked = len(small.asked)
    rivals.append(lambda: other.replace_source(BOARD, [ELSEWHERE, NEW]))
    assert [record.name for record in store.records(Credential)] == ["First of all", "New", "X"]
    assert rivals == []
    assert len([one for one in small.asked[asked:] if "CONSTRUCT" in one.text and "/press/" in one.text]) == 1
    rivals.append(lambda: other.remove_source("board"))
    assert list(store.records_of("board")) == []
    other.close()


def test_a_source_that_never_rests_is_never_half_read(small: SmallServer, store: Store) -> None:
    other = open_store(small.url)

    def replace(number: int) -> Callable[[], object]:
        name = f"Number {number}"
        return lambda: other.replace_source(BOARD, [Credential(id=FIRST.id, source=FIRST.source, name=name)])

    between(small, "CONSTRUCT", [replace(number) for number in range(9)])
    with pytest.raises(StoreChanged, match="read it again"):
        store.records(Credential)
    other.close()


def test_an_answer_that_a_limit_cut_short_is_found_out(small: SmallServer, store: Store) -> None:
    store.replace_source(BOARD, WORLD)

    def at_most_thirty_lines(asked: Asked) -> Answer:
        answer = asked.carry_out()
        if "CONSTRUCT" in asked.text:
            answer.body = b"".join(answer.body.splitlines(keepends=True)[:30])
        return answer

    small.interfere = at_most_thirty_lines
    with pytest.raises(StoreRefuses, match=r"gives [0-9] of the [0-9] records of kind .* of the source board; raise"):
        store.records_of("board")


@pytest.mark.parametrize("missing", [1, 2, 5, 13])
def test_an_answer_that_was_cut_within_a_record_is_found_out(small: SmallServer, store: Store, missing: int) -> None:
    store.replace_source(BOARD, WORLD)
    whole = {kind: list(store.records(kind)) for kind in RECORD_TYPES}

    def the_last_lines_are_missing(asked: Asked) -> Answer:
        answer = asked.carry_out()
        if "CONSTRUCT" in asked.text:
            answer.body = b"".join(sorted(answer.body.splitlines(keepends=True))[:-missing])
        return answer

    small.interfere = the_last_lines_are_missing
    for kind in RECORD_TYPES:
        with pytest.raises((StoreRefuses, UnreadableStatement)):
            store.records(kind)
    small.interfere = lambda asked: asked.carry_out()
    assert {kind: list(store.records(kind)) for kind in RECORD_TYPES} == whole


def test_a_word_that_a_server_changes_is_found_out(small: SmallServer, store: Store) -> None:
    def misspelt(asked: Asked) -> Answer:
        answer = asked.carry_out()
        if "CONSTRUCT" in asked.text:
            answer.body = answer.body.replace(b'"First"', b'"Frist"')
        return answer

    small.interfere = misspelt
    with pytest.raises(StoreRefuses, match="other words in the 1 records of kind credential of the source board"):
        store.records(Credential)


@pytest.mark.parametrize(("rows", "given"), [(0, "none of the statements"), (3, "3 of the 13 statements")])
def test_pointers_that_a_limit_cut_short_are_found_out(small: SmallServer, store: Store, rows: int, given: str) -> None:
    def few_rows(asked: Asked) -> Answer:
        answer = asked.carry_out()
        if "SELECT" in asked.text:
            said = json.loads(answer.body)
            said["results"]["bindings"] = said["results"]["bindings"][:rows]
            answer.body = json.dumps(said).encode()
        return answer

    small.interfere = few_rows
    for act in (store.sources, lambda: open_store(small.url), lambda: store.replace_source(BOARD, [NEW])):
        with pytest.raises(StoreRefuses, match=f"it gives {given} about its sources; raise its limit"):
            act()
    small.interfere = lambda asked: asked.carry_out()
    assert list(store.records(Credential)) == [FIRST]


def test_a_source_that_an_earlier_version_wrote_is_told_by_numbers_alone(small: SmallServer, store: Store) -> None:
    sums = "?source <https://w3id.org/credpath/terms/contentSums> ?sums"
    small.store.update(f"DELETE WHERE {{ GRAPH ?g {{ {sums} }} }}")
    assert list(store.records(Credential)) == [FIRST]
    small.store.update(f"DELETE WHERE {{ GRAPH <{next(g for g in small.graphs() if '/graph/' in g)}> {{ ?s ?p ?o }} }}")
    with pytest.raises(StoreRefuses, match="gives 0 of the 1 records of kind credential of the source board"):
        store.records(Credential)


def test_statements_that_come_in_any_order_are_put_together(small: SmallServer, store: Store) -> None:
    store.replace_source(BOARD, WORLD)
    whole = list(store.records_of("board"))

    def in_the_order_of_properties(asked: Asked) -> Answer:
        answer = asked.carry_out()
        if "CONSTRUCT" in asked.text:
            lines = answer.body.splitlines(keepends=True)
            by_property = sorted(lines, key=lambda line: line.split(b" ")[1])
            answer.body = b"".join(sorted(lines) if "ORDER BY" in asked.text else by_property)
        return answer

    small.interfere = in_the_order_of_properties
    assert list(store.records_of("board")) == whole
    assert len(whole) == 25


def test_a_store_that_may_only_be_read_opens_and_is_read(small: SmallServer, store: Store) -> None:
    small.interfere = lambda asked: asked.carry_out() if asked.service == "query" else Answer(404)
    reader = open_store(small.url)
    assert list(reader.records(Credential)) == [FIRST]
    with pytest.raises(StoreReadOnly):
        reader.amend(FIRST)
    with pytest.raises(StoreReadOnly):
        reader.remove_source("board")
    assert reader.sources() == (BOARD,)
    reader.close()


@pytest.mark.parametrize(("version", "mend"), [(999, "upgrade credpath"), (0, "into a new store")])
def test_a_store_of_another_schema_version_is_refused(
    small: SmallServer, store: Store, version: int, mend: str
) -> None:
    small.store.update(
        f"""PREFIX cp: <https://w3id.org/credpath/terms/>
        DELETE {{ GRAPH ?g {{ ?store cp:schemaVersion ?old }} }}
        INSERT {{ GRAPH ?g {{ ?store cp:schemaVersion {version} }} }}
        WHERE {{ GRAPH ?g {{ ?store cp:schemaVersion ?old }} }}"""
    )
    with pytest.raises(StoreOfOtherVersion, match=mend):
        open_store(small.url)
    with pytest.raises(StoreOfOtherVersion, match=mend):
        store.amend(FIRST)


# On real Fuseki


@pytest.mark.slow
def test_two_processes_that_edit_at_once_lose_no_edit(fuseki: str) -> None:
    editors = [subprocess.Popen([sys.executable, "-c", EDITOR, fuseki, name]) for name in ("ann", "bob")]
    assert [editor.wait() for editor in editors] == [0, 0]
    store = open_store(fuseki)
    assert [record.source.place for record in store.records_of("edits")] == [
        "ann 0", "ann 2", "ann 4", "ann 6", "bob 0", "bob 2", "bob 4", "bob 6",
    ]  # fmt: skip
    store.close()
    assert graphs(fuseki) == 1


@pytest.mark.slow
def test_a_killed_writer_leaves_the_old_source_and_its_graph_is_swept_when_it_is_old(fuseki: str) -> None:
    store = open_store(fuseki)
    store.replace_source(BOARD, [FIRST])
    before = store.revision()
    child = subprocess.run([sys.executable, "-c", DYING, fuseki], check=False, capture_output=True)
    assert child.returncode == -signal.SIGKILL, child.stderr.decode()
    assert store.revision() == before
    store.close()
    open_store(fuseki).close()
    assert graphs(fuseki) == 2
    told(
        fuseki,
        """PREFIX cp: <https://w3id.org/credpath/terms/>
        DELETE { GRAPH ?s { ?g cp:writingSince ?now } }
        INSERT { GRAPH ?s { ?g cp:writingSince "2026-01-31T10:00:00Z"^^<http://www.w3.org/2001/XMLSchema#dateTime> } }
        WHERE { GRAPH ?s { ?g cp:writingSince ?now } }""",
    )
    store = open_store(fuseki)
    assert graphs(fuseki) == 1
    assert list(store.records(Credential)) == [FIRST]
    assert store.revision() == before
    store.close()


@pytest.mark.slow
def test_a_server_killed_in_the_middle_of_a_load_holds_the_old_source_whole() -> None:
    server = needs.own_server(needs.FUSEKI)
    try:
        store = open_store(server.url)
        store.replace_source(BOARD, [FIRST])
        before = store.revision()
        raised: list[BaseException] = []

        def load() -> None:
            try:
                store.replace_source(BOARD, many())
            except StoreUnreachable as error:
                raised.append(error)

        loading = threading.Thread(target=load)
        loading.start()
        while not said_by(
            server.url, "SELECT ?g { GRAPH ?s { ?g <https://w3id.org/credpath/terms/writingSince> ?t } }"
        ):
            time.sleep(0.02)
        time.sleep(0.3)
        server.kill()
        loading.join()
        assert [type(error) for error in raised] == [StoreUnreachable]
        with pytest.raises(StoreUnreachable):
            store.sources()
        server.start()
        assert store.revision() == before
        assert list(store.records(Credential)) == [FIRST]
        assert store.replace_source(BOARD, [NEW]).removed == 1
        store.close()
    finally:
        server.remove()


def many() -> Iterator[Record]:
    """So many that a server is at work for seconds."""
    for number in range(25_000):
        place = Source(id="board", place=f"row {number}", page="https://example.org/page", date="2026-01")
        yield Claim(id=f"id/board/claim/{number}", source=place, subject=FIRST.id, competency="id/x/y", mode="teaches")


@pytest.mark.slow
def test_a_reader_elsewhere_sees_the_old_source_or_the_new_one(fuseki: str) -> None:
    claims = {
        words: [
            Claim(id=f"id/board/claim/{n}", source=Source(id="board", place=words), subject=FIRST.id,
                  competency="id/x/competency/a", mode="teaches") for n in range(300)
        ]
        for words in ("old", "new")
    }  # fmt: skip
    store, elsewhere = open_store(fuseki), open_store(fuseki)
    store.replace_source(BOARD, claims["old"])
    seen: list[set[tuple[int, str]]] = []
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            found = list(elsewhere.records(Claim))
            seen.append({(len(found), claim.source.place) for claim in found})

    reader = threading.Thread(target=read)
    reader.start()
    for words in ("new", "old", "new"):
        store.replace_source(BOARD, claims[words])
    done.set()
    reader.join()
    for each in (store, elsewhere):
        each.close()
    assert len(seen) > 3
    assert [sight for sight in seen if sight not in ({(300, "old")}, {(300, "new")})] == []


@pytest.mark.slow
def test_data_of_others_in_the_same_dataset_stays(fuseki: str) -> None:
    told(
        fuseki,
        """INSERT DATA { <http://e/s> <http://e/p> "theirs" .
        GRAPH <http://e/g> { <http://e/s> <http://e/p> "theirs" }
        GRAPH <https://w3id.org/credpath/graph/of-others> { <http://e/s> <http://e/p> "theirs" } }""",
    )
    store = open_store(fuseki)
    assert store.sources() == ()
    store.replace_source(BOARD, [FIRST, ELSEWHERE])
    store.replace_source(BOARD, [FIRST])
    store.remove_source("board")
    store.close()
    open_store(fuseki).close()
    theirs = "SELECT ?g { { ?s ?p 'theirs' } UNION { GRAPH ?g { ?s ?p 'theirs' } } } ORDER BY ?g"
    assert said_by(fuseki, theirs) == [
        ("",), ("http://e/g",), ("https://w3id.org/credpath/graph/of-others",),
    ]  # fmt: skip
    assert said_by(fuseki, "SELECT ?p { GRAPH <https://w3id.org/credpath/sources> { ?s ?p ?o } } ORDER BY ?p") == [
        ("https://w3id.org/credpath/terms/lastRemoved",),
        ("https://w3id.org/credpath/terms/schemaVersion",),
    ]


@pytest.mark.slow
def test_a_stranger_reads_the_server_naturally(fuseki: str) -> None:
    store = open_store(fuseki)
    store.replace_source(BOARD, [FIRST, ELSEWHERE, PRICE])
    store.close()
    rows = said_by(
        fuseki,
        """
        PREFIX ceterms: <https://purl.org/ctdl/terms/>
        PREFIX cp: <https://w3id.org/credpath/terms/>
        PREFIX dcterms: <http://purl.org/dc/terms/>
        SELECT ?title ?licence ?credential ?name ?low ?high ?extent {
          GRAPH <https://w3id.org/credpath/sources> {
            ?source a cp:Source ; dcterms:title ?title ; cp:licence ?licence ; cp:current ?graph .
            ?source dcterms:extent ?extent
          }
          GRAPH ?graph {
            ?credential a ceterms:Certification ; ceterms:name ?name .
            ?cost a ceterms:CostProfile ; cp:credential ?credential ; ceterms:currency "GBP" ;
                  cp:amountMinorLow ?low ; cp:amountMinorHigh ?high .
          }
        }""",
    )
    assert rows == [
        ("Scrum board", "CC BY", "https://w3id.org/credpath/id/board/credential/first", "First", "15000", "20000",
         "cost 1, credential 2")
    ]  # fmt: skip


@pytest.mark.slow
def test_the_query_of_the_documentation_answers(fuseki: str) -> None:
    page = (Path(__file__).parents[4] / "docs" / "sparql.md").read_text("utf-8")
    query = page.split("```sparql")[1].split("```")[0]
    store = open_store(fuseki)
    store.replace_source(BOARD, [FIRST, ELSEWHERE, PRICE])
    store.replace_source(PRESS, [])
    store.close()
    assert said_by(fuseki, query) == [("First", "20000", "GBP")]
