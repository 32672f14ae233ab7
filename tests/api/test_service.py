from pathlib import Path

import pytest

from api.service import find_rubric, open_service
from api.settings import Settings
from loaders.loaded import Loaded
from ontology.errors import EmptyCatalogue, UnknownSource, Unreadable
from ontology.records import Record, Role
from ontology.values import Source
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


def test_a_source_that_is_not_there_cannot_be_dropped() -> None:
    with pytest.raises(UnknownSource, match="no source is called 'nobody'; there are w"):
        baking().drop("nobody")


def test_a_rubric_of_ones_own_must_be_readable(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="found no such file, expected a proof rubric in TOML"):
        find_rubric(Settings(store="memory:", rubric=tmp_path / "gone.toml"))
