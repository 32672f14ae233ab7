import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar

import pytest

from api import catalogue
from api.catalogue import Catalogue, Follower, current_index, open_saved
from graph.stores.memory import MemoryStore
from ontology.errors import StoreChanged
from ontology.records import RECORD_TYPES, Competency, Record, Role
from tests.api.worlds import WORLD, baking_store
from tests.worlds import SOURCE, role, store_of, the_role

R = TypeVar("R", bound=Record)


class Changing(MemoryStore):
    """A store that another process changes while it is read, so many times."""

    def __init__(self, times: int) -> None:
        super().__init__()
        self.times = times
        self.replace_source(SOURCE, [r for kind in (Role,) for r in baking_store().records(kind)])

    def records(self, record_type: type[R]) -> Iterator[R]:
        """See `graph.store.Store`."""
        if record_type is Role and self.times:
            self.times -= 1
            raise StoreChanged("memory:")
        return super().records(record_type)


class ChangedBetweenTwoKinds(MemoryStore):
    """A store of which another process replaces the source, once, between the reading of two kinds."""

    def __init__(self) -> None:
        super().__init__()
        self.later = (role("Master baker", family="Baker", asks={"Bread": "Expert"}),)
        store = store_of(role("Junior baker", family="Baker", asks={"Dough": "Awareness"}))
        self.replace_source(SOURCE, [r for kind in RECORD_TYPES for r in store.records(kind)])

    def records(self, record_type: type[R]) -> Iterator[R]:
        """See `graph.store.Store`."""
        found = super().records(record_type)
        if record_type is Role and self.later:
            store, self.later = store_of(*self.later), ()
            self.replace_source(SOURCE, [r for kind in RECORD_TYPES for r in store.records(kind)])
        return found


def wait_for(follower: Follower, revision: str) -> None:
    until = time.monotonic() + 10
    while (taken := follower.catalogue) is None or taken.index.revision != revision:
        assert time.monotonic() < until
        time.sleep(0.01)


def test_what_was_saved_last_is_opened_without_a_store(tmp_path: Path) -> None:
    assert open_saved(tmp_path) is None
    saved = current_index(baking_store(), tmp_path)
    opened = open_saved(tmp_path)
    assert opened is not None
    assert opened.index.revision == saved.revision
    assert opened.names.candidates("senior baker")[0].id == the_role("Senior baker")


def test_nothing_is_saved_of_an_empty_store_that_never_held_anything(tmp_path: Path) -> None:
    assert current_index(MemoryStore(), tmp_path).sources == ()
    assert list(tmp_path.iterdir()) == []


def test_an_emptied_store_is_saved_as_empty(tmp_path: Path) -> None:
    store = baking_store()
    current_index(store, tmp_path)
    store.remove_source(SOURCE.id)
    current_index(store, tmp_path)
    opened = open_saved(tmp_path)
    assert opened is not None
    assert (opened.index.sources, opened.index.revision) == ((), store.revision())


def test_a_store_that_others_change_while_it_is_read_is_read_again_but_not_for_ever(tmp_path: Path) -> None:
    assert len(current_index(Changing(times=4), tmp_path / "first").ids(Role)) == 2
    with pytest.raises(StoreChanged):
        current_index(Changing(times=5), tmp_path / "second")


def test_an_index_is_never_made_of_two_revisions(tmp_path: Path) -> None:
    store = ChangedBetweenTwoKinds()
    index = current_index(store, tmp_path)
    assert index.revision == store.revision()
    assert [index.record(kind, id_).name for kind in (Role, Competency) for id_ in index.ids(kind)] == [
        "Master baker",
        "Bread",
    ]


def test_a_follower_takes_what_is_saved_later_and_who_answers_keeps_what_he_took(tmp_path: Path) -> None:
    current_index(baking_store(), tmp_path)
    follower = Follower(tmp_path, every=0.01)
    try:
        taken = follower.catalogue
        more = store_of(*WORLD, role("Master baker", family="Baker"))
        current_index(more, tmp_path)
        wait_for(follower, more.revision())
        assert taken is not None
        assert taken.index.find(Role, the_role("Master baker")) is None
        current_index(baking_store(), tmp_path)
        current_index(more, tmp_path)
        current_index(baking_store(), tmp_path)
        wait_for(follower, baking_store().revision())
        assert taken.index.record(Role, the_role("Senior baker")).name == "Senior baker"
    finally:
        follower.close()


def test_a_follower_passes_over_what_it_cannot_read(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    current_index(baking_store(), tmp_path)
    follower = Follower(tmp_path, every=0.01)
    try:
        (tmp_path / "current").write_text("index-gone")
        until = time.monotonic() + 10
        while "the one before is served" not in caplog.text:
            assert time.monotonic() < until
            time.sleep(0.01)
        assert follower.catalogue is not None
        more = store_of(*WORLD, role("Master baker", family="Baker"))
        current_index(more, tmp_path)
        wait_for(follower, more.revision())
    finally:
        follower.close()


def test_a_follower_tries_again_what_it_could_not_open_and_says_so_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    current_index(baking_store(), tmp_path)
    follower = Follower(tmp_path, every=0.01)
    opened, tries = catalogue.open_saved, []

    def at_last(folder: Path) -> Catalogue | None:
        tries.append(folder)
        if len(tries) < 4:
            raise OSError("Too many open files")
        return opened(folder)

    monkeypatch.setattr(catalogue, "open_saved", at_last)
    try:
        more = store_of(*WORLD, role("Master baker", family="Baker"))
        current_index(more, tmp_path)
        wait_for(follower, more.revision())
    finally:
        follower.close()
    assert len(tries) == 4
    assert caplog.text.count("Too many open files") == 1


def test_processes_that_save_at_once_leave_one_whole_index(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from api.catalogue import current_index; "
        "from tests.api.worlds import baking_store; "
        "print(current_index(baking_store(), Path(sys.argv[1])).revision)"
    )
    saving = [
        subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], stdout=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    said = {process.communicate(timeout=60)[0].strip() for process in saving}
    opened = open_saved(tmp_path)
    assert opened is not None
    assert said == {baking_store().revision()} == {opened.index.revision}
    assert len(list(tmp_path.glob("index-*"))) == 1
