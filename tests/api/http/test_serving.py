import socket
from pathlib import Path

import httpx

from tests.api.http.processes import run, serving, wait_for
from tests.api.worlds import baking_folder


def test_the_command_serves_and_its_log_holds_nothing_personal(tmp_path: Path) -> None:
    log = tmp_path / "log"
    with serving(baking_folder(tmp_path), log) as served:
        wait_for(served)
        site = served.site
        said = httpx.get(f"{site}/api/v1/next", params={"role": "Junior baker", "have": "Dough exam"})
        page = httpx.get(site)
    assert (said.status_code, page.status_code) == (200, 200)
    assert "server" not in said.headers
    written = log.read_text()
    assert f"the page is at {site}/" in written
    assert "GET /api/v1/next 200" in written
    assert "Dough" not in written
    assert "Junior" not in written


def test_an_empty_store_is_not_served(tmp_path: Path) -> None:
    ended = run("serve", "--store", f"oxigraph:{tmp_path}/s")
    assert ended.returncode == 2
    assert "`credpath load starter`" in ended.stderr


def test_a_store_in_memory_is_not_served_because_nobody_else_knows_it() -> None:
    ended = run("serve", "--store", "memory:")
    assert ended.returncode == 2
    assert "memory: is known to one process and forgotten at its end" in ended.stderr


def test_a_port_that_is_taken_is_told_before_anything_is_promised(tmp_path: Path) -> None:
    store = baking_folder(tmp_path)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        ended = run("serve", "--store", store, "--port", port)
    assert ended.returncode == 2
    assert f"nobody can listen at 127.0.0.1, port {port}" in ended.stderr
    assert "the page is at" not in ended.stderr
