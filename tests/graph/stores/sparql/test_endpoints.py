"""Which service stands where: Fuseki's layout, or what the address names."""

import pytest

from graph.address import read_address
from graph.stores.sparql.endpoints import Endpoints, endpoints_of
from ontology.errors import BadSetting, CredpathError


def of(url: str) -> Endpoints:
    return endpoints_of(read_address(url))


def test_the_layout_of_fuseki_is_the_default() -> None:
    assert of("sparql+https://ann:secret@example.org:3030/ds/") == Endpoints(
        query="https://example.org:3030/ds/query",
        update="https://example.org:3030/ds/update",
        data="https://example.org:3030/ds/data",
    )


def test_graphdb_is_named_by_paths() -> None:
    named = "query=/repositories/r&update=/repositories/r/statements&data=/repositories/r/rdf-graphs/service"
    assert of(f"sparql+http://example.org:7200?{named}") == Endpoints(
        query="http://example.org:7200/repositories/r",
        update="http://example.org:7200/repositories/r/statements",
        data="http://example.org:7200/repositories/r/rdf-graphs/service",
    )


def test_a_service_may_stand_on_another_host() -> None:
    assert of("sparql+https://read.example.org/ds?update=https://write.example.org/u").update == (
        "https://write.example.org/u"
    )


@pytest.mark.parametrize(
    ("url", "here"),
    [
        ("sparql+http://127.0.0.1/ds", True),
        ("sparql+http://[::1]:3030/ds", True),
        ("sparql+http://localhost/ds", True),
        ("sparql+http://localhost.example.org/ds", False),
        ("sparql+http://localhost/ds?data=http://example.org/data", False),
    ],
)
def test_a_server_on_this_machine_is_known_as_such(url: str, here: bool) -> None:
    assert of(url).is_here == here


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("sparql+http:///ds", "names a host"),
        ("sparql+http://example.org/ds?qurey=/x", "'qurey' is none of query, update and data"),
        ("sparql+http://example.org/ds?data=ftp://example.org/x", "'data' must be a path or an http address"),
        ("sparql+http://example.org/ds?data=https://ann:secret@example.org/x", "without a user or a password"),
        ("sparql+http://example.org/ds?data=", "'data' must be a path"),
    ],
)
def test_an_address_that_cannot_be_meant_is_refused_without_its_secrets(url: str, why: str) -> None:
    with pytest.raises(BadSetting, match=why) as refused:
        of(url)
    assert isinstance(refused.value, CredpathError)
    assert "secret" not in str(refused.value)
