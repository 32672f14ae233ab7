import pytest

from api.problems import kind_of_error, problem_of_error, told
from ontology.errors import (
    AccessRefused,
    AmbiguousName,
    BadValue,
    CredpathError,
    EmptyCatalogue,
    ForeignRecord,
    StoreChanged,
    StoreFolderUnusable,
    StoreFull,
    StoreLocked,
    StoreReadOnly,
    StoreUnreachable,
    UnknownId,
    UnknownName,
    UnknownSource,
)
from tests.api.http.client import client_of
from tests.api.worlds import baking, empty


@pytest.mark.parametrize(
    ("error", "status", "slug"),
    [
        (AmbiguousName("role", "baker", ("Junior baker", "Senior baker")), 422, "ambiguous-name"),
        (UnknownName("role", "bakr"), 404, "unknown-name"),
        (UnknownId("role", "x"), 404, "unknown-id"),
        (UnknownSource("x", ()), 404, "unknown-source"),
        (BadValue("no"), 422, "bad-value"),
        (EmptyCatalogue("oxigraph:/home/dana"), 503, "empty-catalogue"),
        (ForeignRecord("x", "a", "b"), 422, "unreadable-source"),
        (StoreLocked("/home/dana"), 503, "store-in-use"),
        (StoreFolderUnusable("/home/dana", "no"), 500, "store-fails"),
        (StoreUnreachable("neo4j://inside:7687", "refused"), 503, "store-away"),
        (StoreChanged("neo4j://inside:7687"), 503, "store-changed"),
        (StoreFull("/home/dana", "no room"), 507, "store-full"),
        (AccessRefused("neo4j://inside:7687", "wrong password"), 500, "store-fails"),
        (StoreReadOnly("/home/dana", "closed"), 500, "store-fails"),
        (CredpathError("x"), 500, "unexpected"),
    ],
)
def test_each_family_of_errors_has_a_status(error: CredpathError, status: int, slug: str) -> None:
    kind = kind_of_error(error)
    assert (kind.status, kind.slug) == (status, slug)


@pytest.mark.parametrize(
    "error",
    [
        EmptyCatalogue("/home/dana"),
        StoreLocked("/home/dana"),
        StoreFolderUnusable("/home/dana", "/home/dana"),
        StoreUnreachable("/home/dana", "/home/dana"),
        StoreChanged("/home/dana"),
        StoreFull("/home/dana", "/home/dana"),
        AccessRefused("/home/dana", "/home/dana"),
    ],
)
def test_a_fault_of_the_server_does_not_name_its_folders(error: CredpathError) -> None:
    assert "/home/dana" not in told(error)
    assert "/home/dana" not in str(problem_of_error(error))


def test_a_name_that_is_not_clear_comes_with_its_candidates() -> None:
    assert problem_of_error(AmbiguousName("role", "baker", ("Junior baker", "Senior baker"))) == {
        "type": "/docs#ambiguous-name",
        "title": "Several things are called like that",
        "status": 422,
        "detail": "'baker' may be any of: Junior baker, Senior baker; say which role you mean",
        "kind": "role",
        "words": "baker",
        "candidates": ["Junior baker", "Senior baker"],
    }


@pytest.mark.parametrize(
    ("query", "status", "slug"),
    [
        ("role=Nobody+at+all+x", 404, "unknown-name"),
        ("", 422, "bad-value"),
        ("role=Junior+baker&budget=-5GBP", 422, "bad-value"),
        ("role=Junior+baker&budget=5", 422, "bad-value"),
        ("role=Junior+baker&by=2020-01-01", 422, "bad-value"),
        ("role=Junior+baker&by=soon", 422, "unreadable-question"),
        ("role=Junior+baker&hours_per_week=0", 422, "unreadable-question"),
        ("role=Junior+baker&hours_per_week=nan", 422, "unreadable-question"),
        ("role=Junior+baker&aim=luckiest", 422, "unreadable-question"),
        ("role=Junior+baker&colour=red", 422, "unreadable-question"),
        ("role=" + "x" * 201, 422, "unreadable-question"),
        ("role=Junior+baker" + "&have=Dough+exam" * 41, 422, "unreadable-question"),
        ("role=%00", 422, "unreadable-question"),
    ],
)
def test_a_question_that_cannot_be_answered_is_a_problem(query: str, status: int, slug: str) -> None:
    said = client_of(baking()).get(f"/api/v1/next?{query}")
    assert said.headers["content-type"] == "application/problem+json"
    assert (said.status_code, said.json()["status"], said.json()["type"]) == (status, status, f"/docs#{slug}")


def test_what_was_sent_is_not_echoed() -> None:
    said = client_of(baking()).get("/api/v1/next", role="Junior baker", aim="<script>")
    assert "<script>" not in said.text


@pytest.mark.parametrize("path", ["/api/v1/next?role=x", "/api/v1/roles", "/"])
def test_an_empty_store_is_said(path: str) -> None:
    said = client_of(empty()).get(path)
    assert (said.status_code, said.json()["type"]) == (503, "/docs#empty-catalogue")


def test_addresses_and_methods_that_nothing_answers_are_problems_too() -> None:
    client = client_of(baking())
    assert client.get("/api/v1/nothing").json()["type"] == "/docs#not-found"
    refused = client.send("POST", "/api/v1/next")
    assert (refused.json()["type"], refused.headers["allow"]) == ("/docs#wrong-method", "GET")
