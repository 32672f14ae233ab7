"""What a server's answer means, what is tried again, and that no secret is told."""

import ssl
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from graph.address import Access, read_address
from graph.store import open_store
from graph.stores.sparql import service
from graph.stores.sparql.service import Service
from ontology.errors import (
    AccessRefused,
    BadSetting,
    StoreError,
    StoreFull,
    StoreReadOnly,
    StoreRefuses,
    StoreUnreachable,
    UnsuitableServer,
)
from ontology.records import Role
from ontology.values import Source, SourceInfo
from tests import needs
from tests.graph.stores.certificates import own_certificate
from tests.graph.stores.sparql.small_server import LOST, Answer, Asked, SmallServer, small_server

BOARD = SourceInfo(id="board", title="Board", voice="issuer")
ROLES = [Role(id=f"id/board/role/{n}", source=Source(id="board", place=f"row {n}"), name="Lead") for n in range(3)]
PAGE = "<html><title>Welcome</title>\n<p>secrets of the house</p></html>"


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> Iterator[SmallServer]:
    monkeypatch.setattr(service, "WAITS", (0.01, 0.02))
    with small_server() as server:
        yield server


def loads(url: str, access: Access | None = None) -> list[Role]:
    store = open_store(url, access)
    try:
        store.replace_source(BOARD, ROLES)
        return list(store.records(Role))
    finally:
        store.close()


@pytest.mark.parametrize(
    ("of", "answer", "error", "words"),
    [
        ("query", Answer(401), AccessRefused, "it asks for a user and a password; set CREDPATH_STORE_USER"),
        ("query", Answer(403), AccessRefused, "this user may not read at /ds/query"),
        ("update", Answer(403), AccessRefused, "this user may not write at /ds/update"),
        ("query", Answer(404, PAGE.encode(), "text/html"), UnsuitableServer, r"found Not Found \(404\) at /ds/query"),
        ("query", Answer(302, headers={"Location": "http://127.0.0.1:1/"}), UnsuitableServer, r"found Found \(302\)"),
        ("query", Answer(200, PAGE.encode(), "text/html"), UnsuitableServer, "expected a SPARQL 1.1 query service"),
        ("update", Answer(404), StoreReadOnly, "no service for writing is at /ds/update"),
        ("data", Answer(405), StoreReadOnly, "no service for writing is at /ds/data"),
        ("data", Answer(413), StoreRefuses, r"as large as this one \(Request Entity Too Large, 413\): raise its limit"),
        ("data", Answer(507), StoreFull, r"Insufficient Storage \(507\)"),
        ("data", Answer(500, b"java.io.IOException: No space left on device\n at x"), StoreFull, "No space left on de"),
        (
            "data",
            Answer(500, b"a fault occurred in a recent unsafe memory access operation"),
            StoreFull,
            "unsafe memory",
        ),
        ("data", Answer(500, b"NodeTableThrift/Write"), StoreFull, "NodeTableThrift/Write"),
        ("update", Answer(500, b"\nbroken index\n at line 7"), StoreRefuses, r"refuses: broken index \(500\)"),
        ("update", Answer(503, b"starting"), StoreUnreachable, r"nobody answers at .*: starting \(503\)"),
        ("data", LOST, StoreUnreachable, "nobody answers at"),
    ],
)
def test_what_a_server_does_not_do_has_a_name(
    small: SmallServer, of: str, answer: Answer, error: type[StoreError], words: str
) -> None:
    small.interfere = lambda asked: answer if asked.service == of else asked.carry_out()
    with pytest.raises(error, match=words) as refused:
        loads(small.url)
    assert "secrets" not in str(refused.value)
    small.interfere = lambda asked: asked.carry_out()
    store = open_store(small.url)
    assert store.sources() == ()
    store.close()


def test_half_an_answer_that_came_as_a_whole_one_is_asked_for_again(small: SmallServer) -> None:
    opened = open_store(small.url)
    opened.replace_source(BOARD, ROLES)
    halved: list[str] = []

    def one_answer_of_each_form_is_half(asked: Asked) -> Answer:
        answer, form = asked.carry_out(), asked.text.split()[0]
        if form not in halved:
            halved.append(form)
            answer.body = answer.body[: len(answer.body) // 2]
        return answer

    small.interfere = one_answer_of_each_form_is_half
    assert list(opened.records(Role)) == ROLES
    assert halved == ["SELECT", "CONSTRUCT"]
    opened.close()


@pytest.mark.parametrize("media_type", ["", "text/plain"])
@pytest.mark.parametrize(("words", "share"), [("SELECT", 0.5), ("CONSTRUCT", 0.9)])
def test_answers_that_always_break_off_are_told_as_such(
    small: SmallServer, words: str, share: float, media_type: str
) -> None:
    opened = open_store(small.url)
    opened.replace_source(BOARD, ROLES)

    def part(asked: Asked) -> Answer:
        answer = asked.carry_out()
        if words in asked.text:
            answer.body = answer.body[: int(len(answer.body) * share)]
            answer.media_type = media_type or answer.media_type
        return answer

    small.interfere, asked = part, len(small.asked)
    with pytest.raises(StoreRefuses, match="its answer breaks off or is garbled, each of 3 times"):
        opened.records(Role)
    assert len([one for one in small.asked[asked:] if words in one.text]) == 3
    opened.close()


def test_a_page_of_somebody_else_in_the_middle_of_it_all_is_no_answer(small: SmallServer) -> None:
    opened = open_store(small.url)
    opened.replace_source(BOARD, ROLES)
    small.interfere = lambda _: Answer(200, PAGE.encode(), "text/html")
    with pytest.raises(UnsuitableServer, match="found an answer that is not application/sparql-results"):
        opened.records(Role)
    opened.close()


def test_a_load_that_is_too_large_is_not_sent_once_more_uncompressed(small: SmallServer) -> None:
    small.interfere = lambda asked: Answer(413) if asked.service == "data" else asked.carry_out()
    talking = Service(read_address(small.url), compress=True)
    with pytest.raises(StoreRefuses, match="client_max_body_size in nginx"):
        talking.put("https://w3id.org/credpath/graph/x", lambda: [b""])
    talking.close()
    assert [asked.headers.get("Content-Encoding") for asked in small.asked] == ["gzip"]


def test_who_gave_a_user_is_told_that_it_or_the_password_is_wrong(small: SmallServer) -> None:
    small.interfere = lambda _: Answer(401)
    with pytest.raises(AccessRefused, match="the user or the password is wrong"):
        loads(small.url, Access(user="ann", password="guessed"))


@pytest.mark.parametrize("failing", [LOST, Answer(503), Answer(200, b"", cut=True)])
def test_what_met_a_lost_connection_is_done_all_the_same(small: SmallServer, failing: Answer) -> None:
    turns: dict[str, int] = {}

    def each_first_answer_is_lost(asked: Asked) -> Answer:
        turns[asked.text] = turns.get(asked.text, 0) + 1
        answer = asked.carry_out()
        return failing if turns[asked.text] == 1 else answer

    small.interfere = each_first_answer_is_lost
    assert loads(small.url) == ROLES
    assert {graph.rpartition("/")[0].rpartition("/")[0] for graph in small.graphs()} == {
        "https://w3id.org",
        "https://w3id.org/credpath/graph/board",
    }


def test_a_port_where_nobody_listens_is_told_within_seconds() -> None:
    with pytest.raises(StoreUnreachable, match=r"nobody answers at sparql\+http://127.0.0.1:9/ds: .*refused"):
        open_store("sparql+http://ann:secret@127.0.0.1:9/ds")


def test_a_server_elsewhere_is_sent_compressed_statements_and_one_that_cannot_read_them_plain_ones(
    small: SmallServer,
) -> None:
    graph, line = "https://w3id.org/credpath/graph/x", b"<http://e/s> <http://e/p> <http://e/o> .\n"
    compressing = Service(read_address(small.url), compress=True)
    compressing.put(graph, lambda: [line])
    assert [asked.headers.get("Content-Encoding") for asked in small.asked] == ["gzip"]
    assert small.graphs() == {graph}

    def plain_only(asked: Asked) -> Answer:
        return Answer(400, b"what is this?") if "Content-Encoding" in asked.headers else asked.carry_out()

    small.interfere = plain_only
    compressing.put(f"{graph}/1", lambda: [line])
    compressing.put(f"{graph}/2", lambda: [line])
    compressing.close()
    assert [asked.headers.get("Content-Encoding") for asked in small.asked] == ["gzip", "gzip", None, None]
    assert small.graphs() == {graph, f"{graph}/1", f"{graph}/2"}


def test_a_server_here_is_sent_plain_statements(small: SmallServer) -> None:
    loads(small.url)
    assert [asked.headers.get("Content-Encoding") for asked in small.asked if asked.service == "data"] == [None]


@pytest.mark.slow
def test_fuseki_reads_compressed_statements() -> None:
    at = read_address(needs.sparql())
    compressing = Service(at, compress=True)
    graph = "https://w3id.org/credpath/graph/compressed/1"
    compressing.put(graph, lambda: [b'<http://e/s> <http://e/p> "o\\u0000" .\n'])
    rows = compressing.rows(f"SELECT ?o {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}")
    compressing.update(f"DROP GRAPH <{graph}>")
    compressing.close()
    assert rows == [("o\x00",)]


@pytest.mark.slow
def test_a_wrong_password_is_refused_and_told_to_nobody() -> None:
    address = read_address(needs.sparql())
    for access in (Access(user=address.access.user, password="wrong-secret"), Access()):
        with pytest.raises(AccessRefused, match="set CREDPATH_STORE_USER and CREDPATH_STORE_PASSWORD") as refused:
            open_store(address.url, access)
        assert "wrong-secret" not in repr(refused.value)
    store = open_store(address.url, address.access)
    store.close()


@pytest.mark.slow
def test_another_dataset_is_no_store() -> None:
    with pytest.raises(UnsuitableServer, match=r"found Not Found \(404\) at /ds/elsewhere/query"):
        open_store(f"{needs.sparql()}/elsewhere")


def test_an_authority_of_ones_own_is_trusted_where_it_is_named(tmp_path: Path) -> None:
    key, certificate = own_certificate(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with small_server(context) as small:
        assert loads(small.url, Access(authority=str(certificate))) == ROLES
        with pytest.raises(StoreUnreachable, match="CREDPATH_STORE_AUTHORITY names an authority of your own"):
            open_store(small.url)
        with pytest.raises(BadSetting, match="store_authority"):
            open_store(small.url, Access(authority=str(tmp_path / "absent.pem")))
        with pytest.raises(
            UnsuitableServer, match=r"found a server that demands TLS at .* write https in place of http"
        ):
            open_store(small.url.replace("https", "http"))


def test_a_server_without_tls_that_is_asked_for_tls_is_told_of(small: SmallServer) -> None:
    with pytest.raises(
        UnsuitableServer, match=r"found a server that speaks no TLS at .* expected TLS; turn it on there"
    ):
        open_store(small.url.replace("http", "https"))
    assert small.asked == []


def test_a_server_that_says_in_plain_words_that_it_demands_tls_is_told_of(
    small: SmallServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        service, "speaks_tls", lambda host, port: (host, port) == ("127.0.0.1", urlsplit(small.url).port)
    )
    small.interfere = lambda _: Answer(400, b"The plain HTTP request was sent to HTTPS port")
    with pytest.raises(UnsuitableServer, match="found a server that demands TLS"):
        open_store(small.url)
    monkeypatch.undo()
    with pytest.raises(StoreRefuses, match="was sent to HTTPS port"):
        open_store(small.url)


@pytest.mark.slow
def test_fuseki_that_is_asked_for_tls_is_told_of() -> None:
    with pytest.raises(UnsuitableServer, match="found a server that speaks no TLS"):
        open_store(needs.sparql().replace("http", "https"))
