import pytest

from graph.address import Access, read_address, shown
from ontology.errors import StoreFolderUnusable, UnknownStore


def test_user_and_password_are_taken_out_of_the_url() -> None:
    address = read_address("neo4j+s://ann:p%40%2Fss@graph.example.org:7687/people")
    assert (address.access.user, address.access.password) == ("ann", "p@/ss")
    assert address.url == "neo4j+s://graph.example.org:7687/people"
    assert "p@/ss" not in repr(address)


def test_what_the_url_does_not_say_comes_from_elsewhere() -> None:
    access = Access(user="bob", password="secret", authority="ca.pem")
    assert read_address("sparql+https://example.org/ds", access).access == access
    assert read_address("neo4j://ann:x@localhost", access).access == Access(
        user="ann", password="x", authority="ca.pem"
    )


def test_a_user_without_a_password_has_the_one_from_elsewhere() -> None:
    access = Access(user="bob", password="secret")
    assert read_address("neo4j://ann@localhost", access).access == Access(user="ann", password="secret")
    assert read_address("neo4j://ann:@localhost", access).access == Access(user="ann", password="")
    assert read_address("neo4j://ann@localhost").access == Access(user="ann")


def test_a_folder_may_hold_any_sign() -> None:
    address = read_address("oxigraph:./my@store:2")
    assert (address.scheme, address.rest, address.url) == ("oxigraph", "./my@store:2", "oxigraph:./my@store:2")


@pytest.mark.parametrize("url", ["", "store", "neo4j://ann:secret@host:port", "neo4j://ann:secret@[::1"])
def test_what_is_no_url_is_refused_without_telling_its_secret(url: str) -> None:
    with pytest.raises(UnknownStore) as refused:
        read_address(url)
    assert "secret" not in str(refused.value)


def test_a_shown_url_has_no_secret() -> None:
    assert shown("neo4j://ann:secret@host:1/db?x=1") == "neo4j://host:1/db?x=1"
    assert shown("memory:") == "memory:"


@pytest.mark.parametrize(
    ("url", "seen"),
    [
        ("neo4j//ann:secret@host", "neo4j//host"),
        ("ann:secret@host:7687", "ann:host:7687"),
        ("neo4j://ann:sec/ret@host", "neo4j://host"),
        ("neo4j://ann:sec?ret@host", "neo4j://host"),
        ("sparql+http://host/ds?query=http://ann:secret@other/q", "sparql+http://other/q"),
        ("sparql+http://host/ds?query=http%3A%2F%2Fann%3Asecret%40other%2Fq", "sparql+http://other%2Fq"),
        ("oxigraph://ann:secret@host/folder", "oxigraph://host/folder"),
    ],
)
def test_a_mistyped_url_tells_no_secret_either(url: str, seen: str) -> None:
    assert shown(url) == seen


@pytest.mark.parametrize("url", ["mysql://host", "oxigraph://tmp/store", "http://ann:secret@host/ds"])
def test_what_names_no_store_is_refused_at_once(url: str) -> None:
    with pytest.raises(UnknownStore) as refused:
        read_address(url)
    assert "secret" not in str(refused.value)


def test_a_folder_from_the_root_may_have_three_slashes() -> None:
    assert read_address("oxigraph:///tmp/my@store").rest == "/tmp/my@store"
    assert shown("oxigraph:///tmp/my@store") == "oxigraph:///tmp/my@store"


@pytest.mark.parametrize(
    "host", ["ann:secret@host:99999", "ann:sec/ret@host", "ann:1/secret@host", "ann:s@1/secret@host"]
)
def test_a_port_that_is_none_and_a_password_that_is_not_encoded_say_what_to_write(host: str) -> None:
    with pytest.raises(
        UnknownStore, match=r"a port is a number up to 65535, and .* percent-encoded \(@ as %40"
    ) as refused:
        read_address(f"neo4j://{host}")
    assert "ret" not in str(refused.value)


def test_an_at_sign_in_a_password_that_cuts_nothing_is_taken() -> None:
    assert read_address("neo4j://ann:pa@ss@host").access == Access(user="ann", password="pa@ss")


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_the_address_of_a_web_server_is_told_with_the_scheme_of_its_store(scheme: str) -> None:
    with pytest.raises(UnknownStore) as refused:
        read_address(f"{scheme}://ann:secret@localhost:3030/ds")
    assert str(refused.value) == (
        f"'{scheme}://localhost:3030/ds' is no store; write sparql+{scheme}://localhost:3030/ds for a SPARQL server, "
        "neo4j://HOST:7687 for Neo4j"
    )


@pytest.mark.parametrize(
    ("url", "why"),
    [
        (
            "oxigraph:~nobody-of-this-name/x",
            "/x cannot be used: its ~ names a user who is not there",
        ),
        ("oxigraph:a\0b", r"a\?b cannot be used: its name holds a character that no name may hold"),
    ],
)
def test_a_folder_that_nothing_can_be_called_is_refused_at_once(url: str, why: str) -> None:
    with pytest.raises(StoreFolderUnusable, match=why):
        read_address(url)
