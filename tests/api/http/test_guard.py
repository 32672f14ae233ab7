import logging

import pytest
from fastapi import FastAPI

from api.http.app import build_app
from api.problems import TABLE
from tests.api.http.client import Client, client_of
from tests.api.worlds import baking

SECRET = "Dana holds the Dough exam"


def failing() -> Client:
    app: FastAPI = build_app(baking())

    @app.get("/fail")
    def fail() -> None:
        raise RuntimeError(SECRET)

    return Client(app)


@pytest.mark.parametrize("path", ["/", "/api/v1/roles", "/docs", "/static/credpath.css", "/nowhere", "/api/v1/next"])
def test_every_response_forbids_what_is_foreign(path: str) -> None:
    headers = client_of(baking()).get(path).headers
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; ")
    assert not {"unsafe-inline", "unsafe-eval", "http:", "https:", "*", "data:"} & set(policy.replace("'", " ").split())
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-frame-options"] == "DENY"


def test_an_unexpected_error_says_nothing_of_itself(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        said = failing().get("/fail?have=Dough+exam")
    assert (said.status_code, said.headers["content-type"]) == (500, "application/problem+json")
    assert said.json() == {
        "type": "/docs#unexpected",
        "title": "Something went wrong here",
        "status": 500,
        "detail": "It is not your question. The log of this server says more.",
    }
    assert "default-src 'none'" in said.headers["content-security-policy"]
    assert SECRET not in caplog.text
    assert "RuntimeError at " in caplog.text
    assert "test_guard.py" in caplog.text


def test_a_person_who_looks_at_a_page_gets_a_page_about_it() -> None:
    said = failing().get("/fail", {"accept": "text/html"})
    assert (said.status_code, said.headers["content-type"]) == (500, "text/html; charset=utf-8")
    assert SECRET not in said.text


def test_the_log_has_the_path_and_not_the_question(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, logger="credpath"):
        client_of(baking()).get("/api/v1/next", role="Junior baker", have=["Dough exam"], budget="1234GBP")
    lines = [record.getMessage() for record in caplog.records if record.name == "credpath.http"]
    assert [line.rsplit(" ", 2)[0] for line in lines] == ["GET /api/v1/next 200"]
    assert "Dough" not in caplog.text
    assert "1234" not in caplog.text


def test_nobody_writes_a_line_of_their_own_into_the_log(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, logger="credpath"):
        client_of(baking()).get("/x%0AINFO%20credpath.http:%20GET%20/%1B[2J")
    lines = [record.getMessage() for record in caplog.records if record.name == "credpath.http"]
    assert [line.rsplit(" ", 2)[0] for line in lines] == ["GET /x%0AINFO%20credpath.http%3A%20GET%20/%1B%5B2J 404"]


def test_the_framework_sends_no_telemetry() -> None:
    app = build_app(baking())
    assert not app._native_telemetry.enabled()


def test_every_kind_of_problem_has_a_place_on_the_page_of_the_api() -> None:
    page = client_of(baking()).get("/docs").text
    assert [kind.slug for _, kind in TABLE if f'id="{kind.slug}"' not in page] == []
