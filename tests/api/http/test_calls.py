import asyncio
import json

import anyio
import anyio.to_thread
import httpx
import pytest
from jsonschema import Draft202012Validator

from api.command import run
from api.http.app import build_app
from api.shapes.schemas import json_schema
from tests.api.http.client import DAY, Client, client_of
from tests.api.worlds import baking
from tests.worlds import the_competency, the_credential, the_provider, the_role

QUESTION = {"role": "Junior baker", "to": "Senior baker", "today": DAY}


@pytest.fixture
def client() -> Client:
    return client_of(baking())


def printed(*arguments: str, store: str, capsys: pytest.CaptureFixture[str]) -> str:
    assert run([*arguments, "--store", store, "--json"]) == 0
    return capsys.readouterr().out


def test_the_answer_is_what_the_command_prints(
    tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    from api.service import open_service
    from api.settings import read_settings
    from tests.api.worlds import baking_folder

    store = baking_folder(tmp_path_factory.mktemp("baking"))
    asked = ("Junior baker", "--to", "Senior baker", "--budget", "150GBP", "--hours-per-week", "4", "--today", DAY)
    wanted = {
        "/api/v1/next": printed("next", *asked, store=store, capsys=capsys),
        "/api/v1/gap": printed("gap", *asked[:3], "--today", DAY, store=store, capsys=capsys),
        "/api/v1/coverage": printed("coverage", "Baker", "--today", DAY, store=store, capsys=capsys),
        "/api/v1/find": printed("find", "baker", store=store, capsys=capsys),
        f"/api/v1/credentials/{the_credential('Dough exam')}": printed(
            "show", "Dough exam", "--today", DAY, store=store, capsys=capsys
        ),
    }
    queries: dict[str, dict[str, str | list[str]]] = {
        "/api/v1/next": {**QUESTION, "budget": "150GBP", "hours_per_week": "4"},
        "/api/v1/gap": {**QUESTION},
        "/api/v1/coverage": {"ladder": "Baker", "today": DAY},
        "/api/v1/find": {"words": "baker"},
    }
    with open_service(read_settings(store)) as service:
        client = client_of(service)
        found = {path: client.get(path, **queries.get(path, {"today": DAY})).text for path in wanted}
    assert found == wanted


@pytest.mark.parametrize("path", ["next", "gap"])
def test_who_names_no_role_is_told_in_words_of_http(client: Client, path: str) -> None:
    detail = client.get(f"/api/v1/{path}").json()["detail"]
    assert (
        detail
        == "say in the parameter role which role one has (?role=Senior+product+manager), or in to which one wants"
    )


@pytest.mark.parametrize(
    "path", ["/", "/healthz", "/api/v1/sources", "/openapi.json", "/docs", "/static/credpath.css", "/gone"]
)
def test_a_head_has_the_status_and_headers_of_a_get_and_no_body(client: Client, path: str) -> None:
    read, head = client.get(path), client.send("HEAD", path)
    assert read.content
    assert (head.status_code, dict(head.headers), head.content) == (read.status_code, dict(read.headers), b"")


def test_the_answer_keeps_its_schema(client: Client) -> None:
    said = client.get("/api/v1/next", **QUESTION)
    assert said.status_code == 200
    assert said.headers["content-type"] == "application/json"
    Draft202012Validator(json_schema("next")).validate(said.json())


def test_what_is_held_or_excluded_is_no_step(client: Client) -> None:
    said = client.get("/api/v1/next", have=["Oven exam@2026-01-31"], exclude=["Dough exam"], **QUESTION).json()
    assert [one["credential"]["name"] for one in said["person"]["holdings"]] == ["Oven exam"]
    assert not {"Dough exam", "Oven exam"} & {step["name"] for step in said["answer"]["pathway"]["steps"]}


def test_a_budget_below_its_price_leaves_an_exam_out(client: Client) -> None:
    answer = client.get("/api/v1/next", budget="50GBP", **QUESTION).json()["answer"]
    assert "Dough exam" not in [step["name"] for step in answer["pathway"]["steps"]]


@pytest.mark.parametrize(
    ("path", "name"),
    [
        (f"/api/v1/roles/{the_role('Senior baker')}", "Senior baker"),
        (f"/api/v1/credentials/{the_credential('Dough exam')}", "Dough exam"),
        (f"/api/v1/competencies/{the_competency('Dough')}", "Dough"),
        (f"/api/v1/providers/{the_provider('Guild')}", "Guild"),
    ],
)
def test_an_id_with_slashes_is_an_address(client: Client, path: str, name: str) -> None:
    said = client.get(path)
    assert (said.status_code, said.json()["name"]) == (200, name)


def test_a_thing_of_another_kind_is_not_found(client: Client) -> None:
    assert client.get(f"/api/v1/roles/{the_credential('Dough exam')}").status_code == 404


def test_sources_do_not_name_the_folder_of_the_store(tmp_path_factory: pytest.TempPathFactory) -> None:
    from api.service import open_service
    from api.settings import read_settings
    from tests.api.worlds import baking_folder

    folder = tmp_path_factory.mktemp("hidden")
    with open_service(read_settings(baking_folder(folder))) as service:
        said = client_of(service).get("/api/v1/sources")
    assert said.json()["store"] == "oxigraph"
    assert str(folder) not in said.text


def test_it_is_healthy_even_without_a_catalogue(client: Client) -> None:
    assert client.get("/healthz").json()["status"] == "ok"


def test_it_is_healthy_while_all_threads_think() -> None:
    async def ask() -> httpx.Response:
        threads = anyio.to_thread.current_default_thread_limiter()
        for thinker in range(int(threads.total_tokens)):
            threads.acquire_on_behalf_of_nowait(thinker)
        transport = httpx.ASGITransport(app=build_app(baking()))
        with anyio.fail_after(10):
            async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as asking:
                return await asking.get("/healthz")

    assert asyncio.run(ask()).json()["revision"] == baking().snapshot().revision


def test_what_is_large_is_sent_compressed_and_reads_the_same(client: Client) -> None:
    small = client.get("/api/v1/next", {"accept-encoding": "gzip"}, **QUESTION)
    plain = client.get("/api/v1/next", {"accept-encoding": "identity"}, **QUESTION)
    assert small.headers["content-encoding"] == "gzip"
    assert json.loads(small.text) == json.loads(plain.text)
