import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from tests.api.worlds import baking_folder


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def serving(store: str, log: Path) -> Iterator[str]:
    port = free_port()
    command = [sys.executable, "-c", "from api.command import main; main()", "serve", "--port", str(port)]
    with log.open("w") as errors:
        process = subprocess.Popen([*command, "--store", store], env=os.environ, stderr=errors, stdout=errors)
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(timeout=20)


def wait_for(site: str) -> None:
    for _ in range(200):
        try:
            httpx.get(f"{site}/healthz")
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("the server did not start")


def test_the_command_serves_and_its_log_holds_nothing_personal(tmp_path: Path) -> None:
    log = tmp_path / "log"
    with serving(baking_folder(tmp_path), log) as site:
        wait_for(site)
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
    command = [
        sys.executable,
        "-c",
        "from api.command import main; main()",
        "serve",
        "--store",
        f"oxigraph:{tmp_path}/s",
    ]
    ended = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert ended.returncode == 2
    assert "`credpath load starter`" in ended.stderr


def test_a_port_that_is_taken_is_told_before_anything_is_promised(tmp_path: Path) -> None:
    store = baking_folder(tmp_path)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        command = [sys.executable, "-c", "from api.command import main; main()", "serve", "--store", store]
        ended = subprocess.run([*command, "--port", port], capture_output=True, text=True, check=False, timeout=60)
    assert ended.returncode == 2
    assert f"nobody can listen at 127.0.0.1, port {port}" in ended.stderr
    assert "the page is at" not in ended.stderr
