import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from api.catalogue import open_saved
from api.http.keeper import Keeper
from api.service import open_patiently, open_service
from api.settings import Settings
from graph.store import open_store
from ontology.errors import EmptyCatalogue, StoreLocked
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
    keeper = Keeper(Settings(store=f"oxigraph:{tmp_path / 'store'}"))
    with pytest.raises(EmptyCatalogue):
        keeper.begin()
    keeper.close()


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


def test_a_folder_is_looked_into_again_only_where_somebody_wrote_and_saved_no_index(tmp_path: Path) -> None:
    store = baking_folder(tmp_path)
    settings = Settings(store=store, poll_seconds=0.1)
    keeper = Keeper(settings)
    keeper.begin()
    saved = tmp_path / "store-index" / "current"

    def openings() -> int:
        return len(list((tmp_path / "store").glob("LOG*")))  # the database begins a log of its own at each opening

    try:
        with open_service(settings) as writer:
            writer.store.replace_source(SOURCE, [])
            _ = writer.snapshot()
        of_the_writer, opened = saved.stat().st_mtime_ns, openings()
        time.sleep(1)
        assert openings() == opened
        killed = open_patiently(settings)
        killed.remove_source(SOURCE.id)
        killed.close()
        until = time.monotonic() + 20
        while saved.stat().st_mtime_ns == of_the_writer:
            assert time.monotonic() < until
            time.sleep(0.05)
    finally:
        keeper.close()
    after = open_saved(tmp_path / "store-index")
    assert after is not None
    assert after.index.sources == ()
