import os
import shutil
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from api.catalogue import open_saved
from api.http.keeper import Keeper
from api.service import open_patiently, open_service
from api.settings import Settings
from graph.store import open_store
from ontology.errors import EmptyCatalogue, NoStoreThere, StoreLocked
from servers.running import Server
from tests.api.http.processes import run, serving, wait_for
from tests.api.http.test_workers import BADGE, load_badge, revision_of, wait_for_revision
from tests.api.worlds import baking_folder
from tests.needs import FUSEKI, own_server
from tests.views import closed_view
from tests.worlds import SOURCE


@pytest.fixture
def fuseki() -> Iterator[Server]:
    server = own_server(FUSEKI)
    yield server
    server.remove()


@pytest.fixture
def closed(tmp_path: Path) -> Iterator[Path]:
    """A view of `tmp_path/there` in which nothing can be written."""
    (tmp_path / "there").mkdir()
    with closed_view(tmp_path / "there", tmp_path / "seen") as seen:
        yield seen


@pytest.mark.slow
def test_a_store_that_can_only_be_read_is_served_and_followed_and_its_index_saved_elsewhere(
    closed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    baking_folder(tmp_path / "there")
    with serving(f"oxigraph:{closed / 'store'}", tmp_path / "log", "--workers", "2") as served:
        wait_for(served)
        assert httpx.get(f"{served.site}/api/v1/next?role=Junior+baker").status_code == 200
        assert not (tmp_path / "there" / "store-index").exists()
        assert len(list((tmp_path / "data" / "credpath").glob("index-*/current"))) == 1
        changed = load_badge(tmp_path, f"oxigraph:{tmp_path / 'there' / 'store'}", 250)  # by whoever may
        wait_for_revision(served, changed, seconds=30)
        assert httpx.get(served.site + BADGE).json()["price"]["amount"]["amount_minor_high"] == 25000


@pytest.mark.slow
def test_a_store_that_can_only_be_read_is_served_from_the_index_that_was_saved_beside_it(
    closed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    writable = baking_folder(tmp_path / "there")
    before = load_badge(tmp_path, writable, 100)
    with serving(f"oxigraph:{closed / 'store'}", tmp_path / "log") as served:
        wait_for(served)
        assert served.revision() == before
        wait_for_revision(served, load_badge(tmp_path, writable, 250), seconds=30)
    assert not (tmp_path / "data").exists()


def test_a_folder_is_let_go_once_its_index_is_saved(tmp_path: Path) -> None:
    store = baking_folder(tmp_path)
    keeper = Keeper(Settings(store=store))
    keeper.begin()
    try:
        assert (tmp_path / "store-index" / "current").is_file()
        open_store(store).close()
    finally:
        keeper.close()


def test_a_folder_that_is_in_use_and_of_which_nothing_was_saved_cannot_be_served(tmp_path: Path) -> None:
    store = baking_folder(tmp_path)
    writer = open_store(store)
    keeper = Keeper(Settings(store=store))
    try:
        with pytest.raises(StoreLocked):
            keeper.begin()
    finally:
        keeper.close()
        writer.close()


def test_an_empty_store_cannot_be_served(tmp_path: Path) -> None:
    store = Settings(store=f"oxigraph:{tmp_path / 'store'}")
    for error in (NoStoreThere, EmptyCatalogue):
        keeper = Keeper(store)
        with pytest.raises(error):
            keeper.begin()
        keeper.close()
        assert (tmp_path / "store").exists() == (error is EmptyCatalogue)
        open_store(store.store).close()


@pytest.mark.slow
def test_what_others_load_into_a_server_is_found_and_its_absence_survived(
    fuseki: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, elsewhere, here = fuseki.url, str(tmp_path / "elsewhere"), str(tmp_path / "here")
    monkeypatch.setenv("XDG_DATA_HOME", elsewhere)  # as on another machine: its saved index is not ours
    first = load_badge(tmp_path, store, 100)
    monkeypatch.setenv("XDG_DATA_HOME", here)
    with serving(store, tmp_path / "log", "--workers", "2") as served:
        wait_for(served)
        assert served.revision() == first
        monkeypatch.setenv("XDG_DATA_HOME", elsewhere)
        wait_for_revision(served, load_badge(tmp_path, store, 250), seconds=5)
        fuseki.stop()
        until = time.monotonic() + 15
        while "the store cannot be looked into" not in served.log.read_text():
            assert httpx.get(served.site + BADGE).status_code == 200
            assert time.monotonic() < until
        fuseki.start()
        third = load_badge(tmp_path, store, 300)
        wait_for_revision(served, third, seconds=15)
        assert "the store can be looked into again" in served.log.read_text()
        assert revision_of(store) == third
    password = store.partition("@")[0].rpartition(":")[2]
    assert len(password) > 8
    assert password not in served.log.read_text()


@pytest.mark.slow
def test_a_server_that_is_away_at_the_start_is_no_reason_not_to_serve_what_was_saved(
    fuseki: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "here"))
    first = load_badge(tmp_path, fuseki.url, 100)
    fuseki.stop()
    with serving(fuseki.url, tmp_path / "log") as served:
        wait_for(served)
        assert served.revision() == first
        assert "which was saved before, is served" in served.log.read_text()
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "elsewhere"))
    ended = run("serve", "--port", "0", "--store", fuseki.url)
    assert (ended.returncode, "nobody answers at" in ended.stderr) == (2, True)


def keep(tmp_path: Path) -> tuple[Settings, Keeper]:
    """A keeper of the baking world, which looks often."""
    settings = Settings(store=baking_folder(tmp_path), poll_seconds=0.1)
    keeper = Keeper(settings)
    keeper.begin()
    return settings, keeper


def wait_until_empty(folder: Path) -> None:
    """Wait until an index without sources is saved."""
    until = time.monotonic() + 20
    while (saved := open_saved(folder)) is None or saved.index.sources:
        assert time.monotonic() < until
        time.sleep(0.05)


def remove_and_save_no_index(settings: Settings) -> None:
    """As a command does that is killed between the two."""
    killed = open_patiently(settings)
    killed.remove_source(SOURCE.id)
    killed.close()


def test_what_a_writer_left_unsaved_is_saved(tmp_path: Path) -> None:
    settings, keeper = keep(tmp_path)
    try:
        remove_and_save_no_index(settings)
        wait_until_empty(tmp_path / "store-index")
    finally:
        keeper.close()


def test_what_is_written_is_noticed_though_the_index_was_saved_by_a_clock_that_was_ahead(tmp_path: Path) -> None:
    settings, keeper = keep(tmp_path)
    try:
        ahead = time.time() + 7200
        os.utime(tmp_path / "store-index" / "current", (ahead, ahead))
        time.sleep(1)
        remove_and_save_no_index(settings)
        wait_until_empty(tmp_path / "store-index")
    finally:
        keeper.close()


def test_a_folder_that_is_put_back_from_an_older_copy_is_noticed(tmp_path: Path) -> None:
    settings = Settings(store=baking_folder(tmp_path), poll_seconds=0.1)
    full = open_store(settings.store)
    revision = full.revision()
    full.close()
    shutil.copytree(tmp_path / "store", tmp_path / "kept")  # with its times
    remove_and_save_no_index(settings)
    with open_service(settings) as writer:
        writer.store.replace_source(replace(SOURCE, title="Another"), [])
        _ = writer.snapshot()
    keeper = Keeper(settings)
    keeper.begin()
    try:
        (tmp_path / "store").rename(tmp_path / "bad")
        (tmp_path / "kept").rename(tmp_path / "store")
        until = time.monotonic() + 20
        while (saved := open_saved(tmp_path / "store-index")) is None or saved.index.revision != revision:
            assert time.monotonic() < until
            time.sleep(0.05)
    finally:
        keeper.close()


def test_an_index_that_is_put_back_from_an_older_copy_is_noticed(tmp_path: Path) -> None:
    settings = Settings(store=baking_folder(tmp_path), poll_seconds=0.1)
    with open_service(settings) as writer:
        _ = writer.snapshot()
    shutil.copytree(tmp_path / "store-index", tmp_path / "kept")
    remove_and_save_no_index(settings)
    with open_service(settings) as writer:
        writer.store.replace_source(SOURCE, [])
        revision = writer.snapshot().revision
    keeper = Keeper(settings)
    keeper.begin()
    try:
        (tmp_path / "store-index").rename(tmp_path / "bad")
        (tmp_path / "kept").rename(tmp_path / "store-index")
        until = time.monotonic() + 20
        while (saved := open_saved(tmp_path / "store-index")) is None or saved.index.revision != revision:
            assert time.monotonic() < until
            time.sleep(0.05)
    finally:
        keeper.close()


def test_a_folder_is_looked_into_once_after_it_was_written_to_and_not_after_somebody_only_looked(
    tmp_path: Path,
) -> None:
    settings, keeper = keep(tmp_path)

    def openings() -> int:
        return len(list((tmp_path / "store").glob("LOG*")))  # the database begins a log of its own at each opening

    def settled() -> int:
        before = -1
        while before != (before := openings()):
            time.sleep(1)
        return before

    try:
        begun = settled()
        with open_service(settings) as writer:
            writer.store.replace_source(SOURCE, [])
            _ = writer.snapshot()
        looked = settled()
        assert looked >= begun + 2
        open_patiently(settings).close()
        assert settled() == looked + 1
    finally:
        keeper.close()
