import os
import signal
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from api.service import open_patiently
from api.settings import Settings
from tests.api.http.processes import (
    Served,
    children_of,
    is_running,
    kill,
    run,
    serving,
    serving_impatiently,
    wait_for,
    wait_until_gone,
)
from tests.api.worlds import baking_folder

pytestmark = pytest.mark.slow

MAPPING = """
[source]
id = "shop"
title = "A shop"
ids = "shop"
voice = "others"
[[tables]]
[tables.credential]
name = "name"
[[tables.cost]]
kind = { value = "exam" }
currency = { value = "GBP" }
amount = "price"
"""

BADGE = "/api/v1/credentials/id/shop/credential/bread-badge"


def load_badge(folder: Path, store: str, price: int) -> str:
    """Load the shop's table with this price; the revision after it."""
    table = folder / "shop.csv"
    table.write_text(f"name,price\nBread badge,{price}\n")
    table.with_suffix(".toml").write_text(MAPPING)
    ended = run("load", "table", str(table), "--store", store)
    assert ended.returncode == 0, ended.stderr
    return revision_of(store)


def revision_of(store: str) -> str:
    opened = open_patiently(Settings(store=store), patience=20)
    try:
        return opened.revision()
    finally:
        opened.close()


def wait_for_revision(served: Served, revision: str, *, seconds: float) -> float:
    """How long it took until twenty answers in a row, from whichever worker, were of this revision."""
    began, row = time.monotonic(), 0
    while row < 20:
        row = row + 1 if served.revision() == revision else 0
        assert time.monotonic() - began < seconds, served.log.read_text()
    return time.monotonic() - began


@contextmanager
def asking(site: str, *paths: str) -> Iterator[Counter[str]]:
    """Ask from several threads as fast as they can; what came of it is counted by status or kind of failure."""
    counted: Counter[str] = Counter()
    ended = threading.Event()

    def ask(path: str) -> None:
        with httpx.Client(timeout=30) as client:
            while not ended.is_set():
                try:
                    counted[str(client.get(f"{site}{path}").status_code)] += 1
                except httpx.HTTPError as error:
                    counted[type(error).__name__] += 1

    threads = [threading.Thread(target=ask, args=(path,)) for path in paths]
    for thread in threads:
        thread.start()
    try:
        yield counted
    finally:
        ended.set()
        for thread in threads:
            thread.join()


def test_what_is_loaded_meanwhile_is_served_within_seconds_and_no_request_fails(tmp_path: Path) -> None:
    store = baking_folder(tmp_path)
    first = load_badge(tmp_path, store, 100)
    with serving(store, tmp_path / "log", "--workers", "2") as served:
        wait_for(served)
        assert len(served.workers) == 2
        assert served.revision() == first
        with asking(served.site, BADGE, "/api/v1/next?role=Junior+baker", "/", "/api/v1/sources") as counted:
            second = load_badge(tmp_path, store, 250)
            wait_for_revision(served, second, seconds=5)
        shown = httpx.get(served.site + BADGE).json()
        sources = httpx.get(f"{served.site}/api/v1/sources").json()
    assert list(counted) == ["200"]
    assert counted["200"] >= 40
    assert shown["price"]["amount"]["amount_minor_high"] == 25000
    assert ([source["id"] for source in sources["sources"]], sources["revision"]) == (["shop", "w"], second)


def test_a_worker_that_is_killed_is_replaced_and_the_others_answer_meanwhile(tmp_path: Path) -> None:
    with serving(baking_folder(tmp_path), tmp_path / "log", "--workers", "2") as served:
        wait_for(served)
        killed, left = served.workers
        kill(killed)
        assert [httpx.get(f"{served.site}/healthz", timeout=30).status_code for _ in range(50)] == [200] * 50
        until = time.monotonic() + 20
        while len(set(served.workers) - {killed}) < 2 and time.monotonic() < until:
            time.sleep(0.1)
        assert left in served.workers
        assert len(served.workers) == 2
        assert killed not in served.workers
        kill(left)
        assert httpx.get(f"{served.site}/api/v1/roles", timeout=30).status_code == 200


def wait_for_words(served: Served, words: str) -> None:
    """Wait until the log holds them."""
    until = time.monotonic() + 120
    while words not in served.log.read_text():
        assert time.monotonic() < until, served.log.read_text()
        time.sleep(0.1)


def test_a_worker_that_hangs_without_ending_is_replaced(tmp_path: Path) -> None:
    with serving_impatiently(baking_folder(tmp_path), tmp_path / "log") as served:
        wait_for(served)
        (stopped,) = served.workers
        os.kill(stopped, signal.SIGSTOP)
        wait_for_words(served, f"worker {stopped} gave no sign of life for ")
        assert "so it hangs and was ended; another takes its place" in served.log.read_text()
        assert wait_until_gone([stopped]) == []
        assert served.revision()


def test_a_parent_that_was_stopped_itself_takes_no_worker_for_hung(tmp_path: Path) -> None:
    with serving_impatiently(baking_folder(tmp_path), tmp_path / "log") as served:
        wait_for(served)
        before = served.workers
        family = [served.process.pid, *before]
        for pid in family:
            os.kill(pid, signal.SIGSTOP)
        time.sleep(7)  # longer than any may be silent
        for pid in family:
            os.kill(pid, signal.SIGCONT)
        for _ in range(20):
            assert served.revision()
        assert served.workers == before


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_all_processes_end_when_the_parent_is_told_to(number: signal.Signals, tmp_path: Path) -> None:
    with serving(baking_folder(tmp_path), tmp_path / "log", "--workers", "2") as served:
        wait_for(served)
        family = children_of(served.process.pid)
        assert len(family) >= 2
        os.kill(served.process.pid, number)
        assert served.process.wait(timeout=20) == 0
        assert wait_until_gone(family) == []
    assert "Traceback" not in served.log.read_text()


def test_what_is_asked_when_the_end_comes_is_still_answered(tmp_path: Path) -> None:
    answers: list[int] = []
    together = threading.Barrier(31)

    def ask(site: str, hours: int) -> None:
        with httpx.Client(timeout=30) as client:
            client.get(f"{site}/healthz")
            together.wait()
            found = client.get(f"{site}/api/v1/next?role=Junior+baker&hours_per_week={hours}")
            answers.append(found.status_code)

    with serving(baking_folder(tmp_path), tmp_path / "log") as served:
        wait_for(served)
        threads = [threading.Thread(target=ask, args=(served.site, hours)) for hours in range(1, 31)]
        for thread in threads:
            thread.start()
        together.wait()
        time.sleep(0.2)
        served.process.terminate()
        before = len(answers)
        for thread in threads:
            thread.join()
        assert served.process.wait(timeout=20) == 0
    assert before < 30
    assert answers == [200] * 30


def test_no_worker_outlives_a_parent_that_is_killed(tmp_path: Path) -> None:
    with serving(baking_folder(tmp_path), tmp_path / "log", "--workers", "2") as served:
        wait_for(served)
        workers = served.workers
        assert all(map(is_running, workers))
        kill(served.process.pid)
        assert wait_until_gone(workers) == []


def test_a_folder_that_a_writer_holds_is_served_from_what_was_saved_and_then_caught_up_with(tmp_path: Path) -> None:
    store = baking_folder(tmp_path)
    before = load_badge(tmp_path, store, 100)
    writer = open_patiently(Settings(store=store))
    try:
        with serving(store, tmp_path / "log") as served:
            wait_for(served)
            assert served.revision() == before
            assert "is in use by another process" in served.log.read_text()
            assert "which was saved before, is served" in served.log.read_text()
            writer.remove_source("shop")
            writer.close()
            wait_for_revision(served, revision_of(store), seconds=15)
            assert httpx.get(served.site + BADGE).status_code == 404
    finally:
        writer.close()


def test_a_source_whose_loader_was_killed_before_it_saved_the_index_is_served_all_the_same(tmp_path: Path) -> None:
    store = baking_folder(tmp_path)
    load_badge(tmp_path, store, 100)
    with serving(store, tmp_path / "log") as served:
        wait_for(served)
        loader = open_patiently(Settings(store=store), patience=20)
        loader.remove_source("shop")
        after = loader.revision()
        loader.close()  # as if killed here: the store is changed, the index is not saved
        wait_for_revision(served, after, seconds=15)


def test_when_everything_is_dropped_nothing_is_answered_from_what_was(tmp_path: Path) -> None:
    store = baking_folder(tmp_path)
    with serving(store, tmp_path / "log") as served:
        wait_for(served)
        assert run("drop", "w", "--store", store).returncode == 0
        wait_for_revision(served, revision_of(store), seconds=5)
        said = httpx.get(f"{served.site}/api/v1/roles")
        assert (said.status_code, said.json()["type"]) == (503, "/docs#empty-catalogue")
