"""A folder that is full, read-only, in use or damaged says so, and what was there before is whole."""

import gc
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from api.diagnosis import diagnose
from graph.store import Store, open_store
from ontology.errors import (
    StoreClosed,
    StoreDamaged,
    StoreFolderUnusable,
    StoreFull,
    StoreLocked,
    StoreReadOnly,
)
from ontology.records import RECORD_TYPES, Credential, Record
from ontology.values import Source, SourceInfo
from tests import needs
from tests.views import closed_view

pytestmark = pytest.mark.slow

BOARD = SourceInfo(id="board", title="Scrum board", voice="issuer")
NOBODY = 65_534
COMMAND = "import sys; from api.command import main; sys.exit(main())"


def credentials(count: int, name: str) -> list[Credential]:
    return [
        Credential(
            id=f"id/board/credential/{n:06}",
            source=Source(id="board", place=f"row {n}"),
            name=name,
            description=f"No two are described alike: {n * 7919 % 10_007}, {n * 104_729 % 65_537}, {n}.",
        )
        for n in range(count)
    ]


OLD, NEW = credentials(40, "Old"), credentials(12_000, "New")


def opened(folder: Path) -> Store:
    return open_store(f"oxigraph:{folder}")


def run(*arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run([sys.executable, "-c", COMMAND, *arguments], check=False, capture_output=True, text=True)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 48 MB."""
    place = tmp_path / "disk"
    place.mkdir()
    if not shutil.which("mount") or os.geteuid() != 0:
        needs.missing("only root can mount a small disk, so a full and a read-only one were not tested")
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=48m", "tmpfs", str(place)], check=False, capture_output=True, text=True
    )
    if mounted.returncode:
        needs.missing(f"no small disk can be mounted here ({mounted.stderr.strip()}), so a full one was not tested")
    yield place
    gc.collect()
    subprocess.run(["umount", str(place)], check=True)


@pytest.fixture
def folder(disk: Path) -> Path:
    """A store that holds the old source, on the small disk."""
    store = opened(disk / "store")
    store.replace_source(BOARD, OLD)
    store.close()
    return disk / "store"


def fill(disk: Path, *, but: int) -> Path:
    filler = disk / "filler"
    filler.write_bytes(bytes(shutil.disk_usage(disk).free - but))
    return filler


@pytest.mark.parametrize("under", ["/proc/x", "{folder}/file/store", "{folder}/file"])
def test_a_folder_that_cannot_be_made_is_not_called_damaged(tmp_path: Path, under: str) -> None:
    (tmp_path / "file").write_text("a shopping list")
    with pytest.raises(StoreFolderUnusable, match="cannot be made"):
        open_store(f"oxigraph:{under.format(folder=tmp_path)}")


def test_a_disk_that_fills_up_in_a_load_leaves_the_old_source_whole(disk: Path, folder: Path) -> None:
    store = opened(folder)
    before = store.revision()
    filler = fill(disk, but=1_000_000)
    with pytest.raises(StoreFull, match=r"is full: .*No space left on device.*; make room and load again"):
        store.replace_source(BOARD, NEW)
    assert store.revision() == before
    assert list(store.records(Credential)) == OLD
    store.close()
    filler.unlink()
    store = opened(folder)
    assert (store.revision(), list(store.records_of("board"))) == (before, OLD)
    store.replace_source(BOARD, NEW[:100])
    assert list(store.records(Credential)) == NEW[:100]
    store.close()


def test_an_open_store_takes_writes_again_once_there_is_room(disk: Path, folder: Path) -> None:
    store = opened(folder)
    filler = fill(disk, but=1_000_000)
    for _ in range(2):
        with pytest.raises(StoreFull):
            store.replace_source(BOARD, NEW)
    assert list(store.records(Credential)) == OLD
    filler.unlink()
    store.amend(OLD[0])
    store.replace_source(BOARD, NEW[:100])
    assert len(list(store.records(Credential))) == 101
    store.close()


def test_the_command_line_says_that_the_disk_is_full(disk: Path, folder: Path) -> None:
    filler = fill(disk, but=1_000_000)
    loading = run("load", "starter", "--store", f"oxigraph:{folder}")
    assert loading.returncode == 2, loading.stderr
    assert "is full" in loading.stderr
    assert "Traceback" not in loading.stderr
    filler.unlink()
    store = opened(folder)
    assert [info.id for info in store.sources()] == ["board"]
    assert list(store.records(Credential)) == OLD
    store.close()


READERS: tuple[tuple[str, ...], ...] = (
    ("sources",), ("find", "Old"), ("show", "id/board/credential/000007"), ("export", "--format", "nquads"),
    ("doctor",),
)  # fmt: skip


@contextmanager
def closed(disk: Path) -> Iterator[None]:
    """The disk can only be read meanwhile."""
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    try:
        yield
    finally:
        gc.collect()
        subprocess.run(["mount", "-o", "remount,rw", str(disk)], check=True)


@contextmanager
def somebody_else(folder: Path) -> Iterator[None]:
    """This process is a user who may read the store and not write it."""
    folder.chmod(0o555)
    user = os.geteuid()
    os.seteuid(user or NOBODY)
    try:
        yield
    finally:
        os.seteuid(user)
        folder.chmod(0o755)


def check_only_read(folder: Path, why: str) -> None:
    """The store answers what it holds, refuses every change, and none of its files is touched."""
    files = {file.name: file.stat().st_mtime_ns for file in folder.iterdir()}
    store = opened(folder)
    refusal = rf"can only be read: {why} \(`credpath copy` makes a copy of it that can be written\)"
    for change in (
        lambda: store.replace_source(BOARD, OLD),
        lambda: store.amend(OLD[0]),
        lambda: store.retract(OLD[0]),
        lambda: store.remove_source("board"),
    ):
        with pytest.raises(StoreReadOnly, match=refusal):
            change()
    assert [info.id for info in store.sources()] == ["board"]
    assert list(store.records(Credential)) == list(store.records_of("board")) == OLD
    store.close()
    with pytest.raises(StoreClosed):
        store.replace_source(BOARD, OLD)
    assert {file.name: file.stat().st_mtime_ns for file in folder.iterdir()} == files


def test_a_store_on_a_disk_that_can_only_be_read_is_read(disk: Path, folder: Path) -> None:
    with closed(disk):
        check_only_read(folder, "Read-only file system")
        with pytest.raises(StoreReadOnly, match=r"can only be read: .*Read-only file system"):
            opened(disk / "new")


def test_a_store_in_a_folder_without_permission_to_write_is_read() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        store = opened(folder / "store")
        store.replace_source(BOARD, OLD)
        store.close()
        gc.collect()
        with somebody_else(folder / "store"):
            check_only_read(folder / "store", "Permission denied")
        (folder / "store" / "LOCK").chmod(0o600)
        if os.geteuid() == 0:
            with somebody_else(folder / "store"), pytest.raises(StoreFolderUnusable, match="Permission denied"):
                opened(folder / "store")
        (folder / "empty").mkdir()
        with somebody_else(folder / "empty"), pytest.raises(StoreFolderUnusable, match="Permission denied"):
            opened(folder / "empty")
        store = opened(folder / "store")
        assert list(store.records(Credential)) == OLD
        store.close()


def test_what_was_written_before_a_crash_is_read_where_nothing_can_be_written(disk: Path) -> None:
    folder = disk / "store"
    writing = (
        "import os, sys; from pathlib import Path; from tests.graph.stores.test_folder_faults import *; "
        "s = opened(Path(sys.argv[1])); s.replace_source(BOARD, OLD); s.amend(OLD[3]); os._exit(9)"
    )
    assert subprocess.run([sys.executable, "-c", writing, str(folder)], check=False).returncode == 9
    with closed(disk):
        store = opened(folder)
        assert list(store.records_of("board")) == OLD
        assert [info.id for info in store.sources()] == ["board", "edits"]
        store.close()


def test_who_can_only_read_keeps_writers_out_and_is_kept_out_by_them(disk: Path, folder: Path) -> None:
    """As where one container may write a folder that another one sees read-only."""
    with closed_view(disk, disk.parent / "seen") as seen:
        reading, other = opened(seen / "store"), opened_elsewhere(seen / "store")
        assert other.stdout == "40\n", other.stderr
        assert "StoreLocked" in opened_elsewhere(folder).stderr
        reading.close()
        writing = opened(folder)
        assert "StoreLocked" in opened_elsewhere(seen / "store").stderr
        writing.close()
        assert opened_elsewhere(seen / "store").stdout == "40\n"


def opened_elsewhere(folder: Path) -> "subprocess.CompletedProcess[str]":
    """Another process counts the credentials."""
    count = (
        "import sys; from graph.store import open_store; from ontology.records import Credential; "
        "print(len(list(open_store(sys.argv[1]).records(Credential))))"
    )
    return subprocess.run(
        [sys.executable, "-c", count, f"oxigraph:{folder}"], check=False, capture_output=True, text=True
    )


def test_commands_that_only_read_answer_from_a_disk_that_can_only_be_read(
    disk: Path, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    url = f"oxigraph:{folder}"
    with closed(disk):
        for _ in range(2):
            for reader in READERS:
                done = run(*reader, "--store", url)
                assert (reader, done.returncode) == (reader, 0), done.stderr
                assert "built each time" not in done.stderr
        assert len(list((tmp_path / "data" / "credpath").glob("index-*/current"))) == 1
        assert "and nothing can be loaded or corrected" in " ".join(run("doctor", "--store", url).stdout.split())
        assert run("backup", str(tmp_path / "b.zip"), "--store", url).returncode == 0
        assert run("copy", url, f"oxigraph:{tmp_path / 'copy'}").returncode == 0
        assert '"equal": true' in run("compare", url, f"oxigraph:{tmp_path / 'copy'}", "--json").stdout
        for writer in (("load", "starter"), ("drop", "board"), ("restore", str(tmp_path / "b.zip"))):
            done = run(*writer, "--store", url)
            assert (writer, done.returncode) == (writer, 2), done.stderr
            assert "can only be read: Read-only file system (`credpath copy`" in " ".join(done.stderr.split())
    copied = opened(tmp_path / "copy")
    assert list(copied.records(Credential)) == OLD
    copied.close()


def test_the_index_that_a_writer_saved_is_used_where_nothing_can_be_written(
    disk: Path, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    assert run("sources", "--store", f"oxigraph:{folder}").returncode == 0
    assert (disk / "store-index" / "current").is_file()
    with closed(disk):
        done = run("find", "Old", "--store", f"oxigraph:{folder}")
        assert (done.returncode, done.stderr) == (0, "")
    assert not (tmp_path / "data").exists()


def test_a_second_writer_is_told_by_the_command_line_to_wait(tmp_path: Path) -> None:
    store = opened(tmp_path / "store")
    store.replace_source(BOARD, OLD)
    loading = run("load", "starter", "--store", f"oxigraph:{tmp_path / 'store'}")
    assert loading.returncode == 2, loading.stderr
    assert "in use by another process" in loading.stderr
    with pytest.raises(StoreLocked):
        opened(tmp_path / "store")
    assert list(store.records(Credential)) == OLD
    store.close()


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store whose files the tests copy and damage."""
    folder = tmp_path_factory.mktemp("whole") / "store"
    store = opened(folder)
    store.replace_source(BOARD, NEW[:2_000])
    store.close()
    gc.collect()
    return folder


def read_all(folder: Path) -> list[Record]:
    store = opened(folder)
    try:
        found = [record for kind in RECORD_TYPES for record in store.records(kind)]
        assert list(store.records_of("board")) == found
        return found
    finally:
        store.close()
        del store
        gc.collect()


@pytest.mark.parametrize(
    ("name", "left"),
    [("CURRENT", 0), ("CURRENT", 5), ("CURRENT", None), ("MANIFEST-*", 0), ("MANIFEST-*", None), ("*.sst", 100),
     ("*.sst", None)],
)  # fmt: skip
def test_a_file_that_is_cut_or_missing_is_said(whole: Path, tmp_path: Path, name: str, left: int | None) -> None:
    folder = tmp_path / "store"
    shutil.copytree(whole, folder)
    file = max(folder.glob(name), key=lambda path: path.stat().st_size)
    if left is None:
        file.unlink()
    else:
        os.truncate(file, left)
    with pytest.raises(StoreDamaged, match=r"is damaged: .*`credpath restore`"):
        read_all(folder)


def test_a_flipped_byte_is_said_or_does_not_matter(whole: Path, tmp_path: Path) -> None:
    said = 0
    for file in sorted(whole.glob("*.sst")):
        size = file.stat().st_size
        for place in (size // 7, size // 2, size - 200):
            folder = tmp_path / f"{file.stem}-{place}"
            shutil.copytree(whole, folder)
            content = bytearray(file.read_bytes())
            content[place] ^= 0xFF
            (folder / file.name).write_bytes(content)
            try:
                assert read_all(folder) == NEW[:2_000]
            except StoreDamaged:
                said += 1
            shutil.rmtree(folder)
    assert said >= 3


def damaged(whole: Path, folder: Path, name: str, *, at: float) -> None:
    """A copy of a store in which a tenth of one file was overwritten, from a share of its length on."""
    shutil.copytree(whole, folder)
    content = bytearray((whole / name).read_bytes())
    size = len(content) // 10 + 1
    start = int((len(content) - size) * at)
    content[start : start + size] = bytes(byte ^ 0x5A for byte in content[start : start + size])
    (folder / name).write_bytes(content)


def files_of(whole: Path) -> list[str]:
    """The files that hold statements: those of the smallest hold some dozens of names."""
    return sorted(file.name for file in whole.glob("*.sst"))


def test_a_file_that_is_damaged_in_the_middle_is_said_by_doctor_whichever_it_is(whole: Path, tmp_path: Path) -> None:
    assert len(files_of(whole)) >= 8
    for name in files_of(whole):
        damaged(whole, tmp_path / name, name, at=0.45)
        findings = diagnose(f"oxigraph:{tmp_path / name}").findings
        assert (name, [finding.check for finding in findings if finding.state == "problem"]) == (name, ["store"])
        gc.collect()
    assert all(finding.state != "problem" for finding in diagnose(f"oxigraph:{whole}").findings)


def test_a_source_stays_where_dropping_it_finds_damaged_files(whole: Path, tmp_path: Path) -> None:
    stayed = 0
    for name in files_of(whole):
        damaged(whole, tmp_path / name, name, at=0.45)
        with suppress(StoreDamaged):  # some files are read when the folder is opened
            store = opened(tmp_path / name)
            with pytest.raises(StoreDamaged):
                store.remove_source("board")
            assert store.sources() == (BOARD,)
            store.close()
            stayed += 1
        gc.collect()
    assert stayed >= 5
