import re
from collections.abc import Iterable
from pathlib import Path
from threading import Timer

import pytest

from api.catalogue import open_saved
from api.service import Service, find_rubric, open_service, take_snapshot
from api.settings import Settings
from graph.content import Change
from graph.store import open_store
from graph.stores.memory import MemoryStore
from loaders.loaded import Loaded
from ontology.errors import (
    ChangedButUnread,
    EmptyCatalogue,
    LoadStopped,
    StoreLocked,
    StoreUnreachable,
    UnknownSource,
    Unreadable,
)
from ontology.records import Record, Role
from ontology.rubric import default_rubric
from ontology.values import Source, SourceInfo
from tests.api.worlds import baking, baking_folder, empty
from tests.worlds import SOURCE, the_role


def test_an_empty_store_says_how_to_fill_it() -> None:
    with pytest.raises(EmptyCatalogue, match="the store memory: is empty; `credpath load starter` loads"):
        _ = empty().catalogue


def test_the_index_is_saved_beside_the_store_and_read_again(tmp_path: Path) -> None:
    settings = Settings(store=baking_folder(tmp_path))
    with open_service(settings) as service:
        revision = service.index.revision
    assert (tmp_path / "store-index" / "current").is_file()
    with open_service(settings) as service:
        assert service.index.revision == revision
        assert service.index.record(Role, the_role("Senior baker")).name == "Senior baker"


def test_a_damaged_saved_index_is_no_reason_to_stop(tmp_path: Path) -> None:
    settings = Settings(store=baking_folder(tmp_path))
    with open_service(settings) as service:
        _ = service.index
    for file in (tmp_path / "store-index").rglob("*.npy"):
        file.write_bytes(b"nonsense")
    with open_service(settings) as service:
        assert len(service.index.ids(Role)) == 2


def test_what_is_loaded_is_in_the_index_at_once_and_what_is_dropped_is_gone() -> None:
    service = baking()
    before = service.index
    more: tuple[Record, ...] = (Role(id="id/more/role/miller", source=Source(id="more", place="1"), name="Miller"),)
    info = type(SOURCE)(id="more", title="More", voice="others")
    ticks: list[tuple[str, int, int]] = []
    ((_, change),) = service.load(Loaded(((info, more),)), tick=lambda *told: ticks.append(told))
    assert (change.added, ticks) == (1, [("More", 0, 1), ("More", 1, 1)])
    assert service.index.find(Role, "id/more/role/miller") is not None
    assert before.find(Role, "id/more/role/miller") is None
    assert service.drop("more") == info
    assert service.index.find(Role, "id/more/role/miller") is None


class Fleeting(MemoryStore):
    """A store whose server goes away as soon as it has taken a source."""

    away = False

    def replace_source(self, info: SourceInfo, records: Iterable[Record], *, anew: bool = False) -> Change:
        change = super().replace_source(info, records, anew=anew)
        self.away = True
        return change

    def revision(self) -> str:
        if self.away:
            raise StoreUnreachable("neo4j://host", "it is away")
        return super().revision()


@pytest.mark.parametrize(("stops_after", "loaded", "left"), [(0, ("a",), ("b", "c")), (-1, (), ("a", "b", "c"))])
def test_a_load_that_is_stopped_says_which_sources_are_there(
    stops_after: int, loaded: tuple[str, ...], left: tuple[str, ...]
) -> None:
    class Stopped(MemoryStore):
        """A store whose user stops the first load, before it is taken or just after."""

        def replace_source(self, info: SourceInfo, records: Iterable[Record], *, anew: bool = False) -> Change:
            if stops_after == 0:
                super().replace_source(info, records, anew=anew)
            raise KeyboardInterrupt

    service = Service(Settings(store="memory:"), Stopped(), default_rubric())
    sources = tuple((SourceInfo(id=id_, title=id_, voice="others"), ()) for id_ in "abc")
    with pytest.raises(LoadStopped) as stopped:
        service.load(Loaded(sources))
    assert (stopped.value.loaded, stopped.value.left) == (loaded, left)
    assert tuple(info.id for info in service.store.sources()) == loaded


def test_a_change_that_was_made_is_said_to_be_made_though_the_server_is_away_now() -> None:
    store = Fleeting()
    service = Service(Settings(store="memory:"), store, default_rubric())
    role = Role(id="id/w/role/miller", source=Source(id="w", place="1"), name="Miller")
    with pytest.raises(ChangedButUnread, match=r"the change is made and stays, but .* nobody answers at neo4j://host"):
        service.load(Loaded(((SOURCE, (role,)),)))
    assert list(store.records(Role)) == [role]


def test_a_source_that_is_not_there_cannot_be_dropped() -> None:
    with pytest.raises(UnknownSource, match="no source is called 'nobody'; there are w"):
        baking().drop("nobody")


def test_a_rubric_of_ones_own_must_be_readable(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="found no such file, expected a proof rubric in TOML"):
        find_rubric(Settings(store="memory:", rubric=tmp_path / "gone.toml"))


def test_a_saved_index_of_another_revision_is_never_believed(tmp_path: Path) -> None:
    settings = Settings(store=baking_folder(tmp_path))
    with open_service(settings) as service:
        before = service.index.revision
        service.store.remove_source(SOURCE.id)  # and killed here, before the index is saved
        service.store.replace_source(
            SOURCE, (Role(id="id/w/role/miller", source=Source(id="w", place="1"), name="Miller"),)
        )
    with open_service(settings) as service:
        assert service.index.revision == service.store.revision() != before
        assert list(service.index.ids(Role)) == ["id/w/role/miller"]


def test_a_damaged_saved_index_is_saved_anew(tmp_path: Path) -> None:
    settings = Settings(store=baking_folder(tmp_path))
    with open_service(settings) as service:
        _ = service.index
    for file in (tmp_path / "store-index").rglob("*.npy"):
        file.write_bytes(b"nonsense")
    with open_service(settings) as service:
        _ = service.index
    saved = open_saved(tmp_path / "store-index")
    assert saved is not None
    assert len(saved.index.ids(Role)) == 2


def test_a_snapshot_stays_as_it_is_whatever_is_loaded_meanwhile() -> None:
    service = baking()
    taken = service.snapshot()
    service.drop(SOURCE.id)
    assert taken.index.record(Role, the_role("Senior baker")).name == "Senior baker"
    assert [info.id for info in taken.sources] == ["w"]
    assert service.snapshot().sources == ()
    with pytest.raises(EmptyCatalogue):
        _ = service.snapshot().catalogue


def test_who_reads_lets_the_store_go_before_thinking(tmp_path: Path) -> None:
    settings = Settings(store=baking_folder(tmp_path))
    told: list[str] = []
    taken = take_snapshot(settings, notice=told.append)
    with open_service(settings) as service:
        assert service.index.revision == taken.revision
    assert told == []


def test_who_reads_while_another_writes_gets_what_was_saved_last_and_is_told(tmp_path: Path) -> None:
    settings = Settings(store=baking_folder(tmp_path))
    told: list[str] = []
    with open_service(settings) as writer:
        revision = writer.index.revision
        taken = take_snapshot(settings, notice=told.append)
        with pytest.raises(StoreLocked), open_service(settings):
            pass
    assert (taken.revision, len(taken.index.ids(Role))) == (revision, 2)
    assert len(told) == 1
    assert re.fullmatch(
        rf"another process is writing to {tmp_path}/store; this answer is of the revision saved at "
        r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d[+-]\d\d:\d\d",
        told[0],
    )


def test_who_reads_while_another_writes_and_nothing_was_saved_is_refused(tmp_path: Path) -> None:
    settings = Settings(store=baking_folder(tmp_path))
    writer = open_store(settings.store)
    try:
        with pytest.raises(StoreLocked):
            take_snapshot(settings, notice=lambda _: None)
    finally:
        writer.close()


def test_a_folder_that_is_let_go_within_a_moment_is_waited_for(tmp_path: Path) -> None:
    settings = Settings(store=baking_folder(tmp_path))
    writer = open_store(settings.store)
    leaving = Timer(0.4, writer.close)
    leaving.start()
    with open_service(settings) as service:
        assert len(service.index.ids(Role)) == 2
    leaving.join()
