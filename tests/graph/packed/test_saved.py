import json
import multiprocessing
import os
import resource
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from graph.build import open_index, saved_index
from graph.index import Index
from graph.names import build_names
from graph.packed import saved
from graph.packed.saved import find_saved
from graph.stores.memory import MemoryStore
from ontology.errors import DamagedIndex, IndexNotSaved, StoreUnreachable
from ontology.records import RECORD_TYPES, Competency, Credential, R, Role
from tests.worlds import EXAM, Declared, credential, role, said_by, store_of, the_credential, the_role, world

PROCESSES = multiprocessing.get_context("spawn")

SMALL: tuple[Declared, ...] = (
    role("Senior", asks={"Agile": "Working"}),
    credential("PSM", by="Scrum.org", money=20000, minutes=(60, 90), assessed=EXAM, assesses={"Agile": "Working"}),
    said_by("press", "others", credential("PSM", minutes=1200)),
)


def folders(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.is_dir())


def test_a_saved_index_answers_as_the_built_one(tmp_path: Path) -> None:
    index = world(*SMALL)
    open_index(store_of(*SMALL), tmp_path)
    frozen = find_saved(tmp_path)
    assert frozen is not None
    opened = Index(frozen)
    assert (opened.revision, opened.sources) == (index.revision, index.sources)
    for record_type in RECORD_TYPES:
        assert list(opened.ids(record_type)) == list(index.ids(record_type))
        for id_ in index.ids(record_type):
            assert opened.record(record_type, id_) == index.record(record_type, id_)
    assert opened.requirements_of(the_role("Senior")) == index.requirements_of(the_role("Senior"))
    assert opened.disagreements(the_credential("PSM")) == index.disagreements(the_credential("PSM")) != ()


def test_the_empty_index_is_saved_too(tmp_path: Path) -> None:
    open_index(store_of(), tmp_path)
    frozen = find_saved(tmp_path)
    assert frozen is not None
    assert list(Index(frozen).ids(Role)) == []


def test_nothing_saved_is_nothing_found(tmp_path: Path) -> None:
    assert find_saved(tmp_path) is None
    assert find_saved(tmp_path / "not there") is None


def test_another_revision_is_not_found(tmp_path: Path) -> None:
    index = world(*SMALL)
    open_index(store_of(*SMALL), tmp_path)
    assert find_saved(tmp_path, revision="another") is None
    assert find_saved(tmp_path, revision=index.revision) is not None


def test_an_index_of_another_schema_is_not_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    open_index(store_of(), tmp_path)
    monkeypatch.setattr(saved, "SCHEMA_VERSION", 999)
    assert find_saved(tmp_path) is None


@pytest.mark.parametrize(("version", "other"), [("_LAYOUT", 1), ("EDITION", "by other tables")])
def test_an_index_whose_names_were_made_another_way_is_built_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: str, other: int | str
) -> None:
    store = store_of(*SMALL)
    with monkeypatch.context() as before:
        before.setattr(saved, version, other)
        open_index(store, tmp_path)
    assert find_saved(tmp_path) is None
    open_index(store, tmp_path)
    assert find_saved(tmp_path, revision=store.revision()) is not None


def test_an_index_that_was_saved_before_names_were_is_built_again(tmp_path: Path) -> None:
    store = store_of(*SMALL)
    open_index(store, tmp_path)
    (folder,) = folders(tmp_path)
    stamp = json.loads((folder / "stamp.json").read_text())
    del stamp["layout"], stamp["spellings"]
    (folder / "stamp.json").write_text(json.dumps(stamp))
    assert find_saved(tmp_path) is None
    assert open_index(store, tmp_path).frozen.names


@pytest.mark.parametrize("file", ["float64.npy", "int32.npy", "int64.npy", "uint8.npy", "stamp.json"])
def test_a_file_that_was_cut_short_is_noticed_and_made_again(tmp_path: Path, file: str) -> None:
    store = store_of(*SMALL)
    open_index(store, tmp_path)
    (folder,) = folders(tmp_path)
    whole = (folder / file).read_bytes()
    for kept in (len(whole) - 1, len(whole) // 2, 0):
        (folder / file).write_bytes(whole[:kept])
        with pytest.raises(DamagedIndex):
            find_saved(tmp_path)
    (match,) = build_names(open_index(store, tmp_path)).candidates("senor")
    assert match.id == the_role("Senior")


def test_a_bit_that_flipped_anywhere_is_noticed(tmp_path: Path) -> None:
    open_index(store_of(*SMALL), tmp_path)
    (folder,) = folders(tmp_path)
    unnoticed = []
    for file in folder.iterdir():
        whole = file.read_bytes()
        for at in range(0, len(whole), 1 + len(whole) // 100):
            damaged = bytearray(whole)
            damaged[at] ^= 1 << at % 8
            file.write_bytes(damaged)
            with suppress(DamagedIndex):
                if find_saved(tmp_path) is not None:
                    unnoticed.append((file.name, at))
        file.write_bytes(whole)
    assert unnoticed == []
    assert find_saved(tmp_path) is not None


def test_a_reader_keeps_its_index_while_others_are_saved(tmp_path: Path) -> None:
    open_index(store_of(*SMALL), tmp_path)
    frozen = find_saved(tmp_path)
    assert frozen is not None
    for name in ("A", "B", "C"):
        open_index(store_of(credential(name)), tmp_path)
    assert Index(frozen).record(Credential, the_credential("PSM")).name == "PSM"
    assert len(folders(tmp_path)) == 2
    newest = find_saved(tmp_path)
    assert newest is not None
    assert list(Index(newest).ids(Credential)) == [the_credential("C")]


def names_in(folder: Path) -> list[str]:
    frozen = find_saved(folder)
    assert frozen is not None
    return [Index(frozen).record(Credential, id_).name for id_ in Index(frozen).ids(Credential)]


@contextmanager
def files_of_at_most(size: int) -> Iterator[None]:
    """Let this process write no bigger file: to whoever writes it is like a disk that is full."""
    before, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, most))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (before, most))


@pytest.mark.parametrize("size", [0, 10, 1_000])
def test_a_full_disk_is_a_clear_error_and_leaves_the_earlier_index(tmp_path: Path, size: int) -> None:
    open_index(store_of(credential("A")), tmp_path)
    with files_of_at_most(size), pytest.raises(IndexNotSaved, match=r"the index cannot be saved in .*: File too large"):
        open_index(store_of(credential("B")), tmp_path)
    assert names_in(tmp_path) == ["A"]
    assert len(folders(tmp_path)) == 1
    open_index(store_of(credential("B")), tmp_path)
    assert names_in(tmp_path) == ["B"]


def test_a_full_disk_while_records_stream_by_is_the_same_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph.packed.piles._KEPT", 0)
    with files_of_at_most(10), pytest.raises(IndexNotSaved) as caught:
        open_index(store_of(credential("B")), tmp_path)
    assert (caught.value.folder, caught.value.why) == (str(tmp_path), "File too large")
    assert folders(tmp_path) == []


def test_a_file_where_the_folder_should_be_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")
    with pytest.raises(IndexNotSaved, match="File exists"):
        open_index(store_of(credential("A")), tmp_path / "taken")


class Away(MemoryStore):
    """A server that is stopped while it is read."""

    def records(self, record_type: type[R]) -> Iterator[R]:
        if record_type is Competency:
            raise StoreUnreachable("neo4j://there", "connection refused")
        return super().records(record_type)

    def revision(self) -> str:
        return "later"


def test_a_store_that_fails_while_it_is_read_leaves_the_earlier_index(tmp_path: Path) -> None:
    open_index(store_of(credential("A")), tmp_path)
    with pytest.raises(StoreUnreachable):
        open_index(Away(), tmp_path)
    assert names_in(tmp_path) == ["A"]
    assert len(folders(tmp_path)) == 1


class Waiting(MemoryStore):
    """A store that says when it is read, and then is in no hurry."""

    def __init__(self, told: Path, *, seconds: float) -> None:
        super().__init__()
        self.told, self.seconds = told, seconds

    def records(self, record_type: type[R]) -> Iterator[R]:
        if record_type is Competency:
            with self.told.open("a") as file:
                file.write("read\n")
            time.sleep(self.seconds)
        return super().records(record_type)

    def revision(self) -> str:
        return "the one that all want"


def save_slowly(folder: Path, told: Path, seconds: float) -> None:
    open_index(Waiting(told, seconds=seconds), folder)


def until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + 30
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.01)


def test_of_processes_that_want_one_index_one_builds_it_and_the_others_wait(tmp_path: Path) -> None:
    told, folder = tmp_path / "told", tmp_path / "index"
    workers = [PROCESSES.Process(target=save_slowly, args=(folder, told, 2)) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert [worker.exitcode for worker in workers] == [0, 0, 0]
    assert told.read_text() == "read\n"
    assert len(folders(folder)) == 1


def test_what_a_killed_process_was_saving_is_swept_by_the_next_one(tmp_path: Path) -> None:
    told, folder = tmp_path / "told", tmp_path / "index"
    open_index(store_of(credential("A")), folder)
    worker = PROCESSES.Process(target=save_slowly, args=(folder, told, 60))
    worker.start()
    until(told.exists)
    assert len(folders(folder)) == 2
    assert worker.pid is not None
    os.kill(worker.pid, signal.SIGKILL)
    worker.join(60)
    assert names_in(folder) == ["A"]
    open_index(store_of(credential("B")), folder)
    open_index(store_of(credential("C")), folder)
    assert names_in(folder) == ["C"]
    assert len(folders(folder)) == 2


def save_many(folder: Path, times: int) -> None:
    for number in range(times):
        open_index(store_of(credential(f"Number {number}")), folder)


def test_whoever_reads_while_others_save_and_sweep_reads_a_whole_index(tmp_path: Path) -> None:
    save_many(tmp_path, 1)
    workers = [PROCESSES.Process(target=save_many, args=(tmp_path, 12)) for _ in range(2)]
    for worker in workers:
        worker.start()
    read = 0
    while any(worker.is_alive() for worker in workers):
        (name,) = names_in(tmp_path)
        assert name.startswith("Number ")
        read += 1
    for worker in workers:
        worker.join(60)
    assert [worker.exitcode for worker in workers] == [0, 0]
    assert read > 0
    assert names_in(tmp_path) == ["Number 11"]


def test_whoever_reads_what_is_swept_meanwhile_reads_what_was_saved_instead(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_index(store_of(credential("A")), tmp_path)
    map_arrays, late = saved._map_arrays, [True]

    def too_late(target: Path, ends: dict[str, dict[str, int]]) -> object:
        if late:
            late.clear()
            open_index(store_of(credential("B")), tmp_path)
            open_index(store_of(credential("C")), tmp_path)
            assert not target.exists()
        return map_arrays(target, ends)

    monkeypatch.setattr(saved, "_map_arrays", too_late)
    assert names_in(tmp_path) == ["C"]


def test_a_pointer_to_nothing_is_damage(tmp_path: Path) -> None:
    open_index(store_of(credential("A")), tmp_path)
    (tmp_path / "current").write_text("index-gone")
    with pytest.raises(DamagedIndex, match="index-gone cannot be read"):
        saved_index(tmp_path)
    (tmp_path / "current").write_bytes(b"\xff")
    with pytest.raises(DamagedIndex, match="delete its folder"):
        saved_index(tmp_path)
    open_index(store_of(credential("B")), tmp_path)
    assert names_in(tmp_path) == ["B"]


def test_damaged_files_are_an_error_that_says_what_to_do(tmp_path: Path) -> None:
    open_index(store_of(*SMALL), tmp_path)
    (folder,) = folders(tmp_path)
    (folder / "int64.npy").write_bytes(b"")
    with pytest.raises(DamagedIndex, match="delete its folder, and it is built again"):
        find_saved(tmp_path)


def test_a_stamp_that_lies_about_the_arrays_is_an_error(tmp_path: Path) -> None:
    open_index(store_of(*SMALL), tmp_path)
    (folder,) = folders(tmp_path)
    stamp = json.loads((folder / "stamp.json").read_text())
    stamp["arrays"]["int64"].popitem()
    (folder / "stamp.json").write_text(json.dumps(stamp))
    with pytest.raises(DamagedIndex):
        find_saved(tmp_path)
