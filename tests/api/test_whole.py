import os
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import api.whole
from api.whole import whole_file, write_whole
from ontology.errors import BadValue

HOLD = """
import sys, time
from pathlib import Path
import api.whole
if sys.argv[2] == "named":
    api.whole._nameless = lambda folder: None
with api.whole.whole_file(Path(sys.argv[1])) as file:
    file.write(b"half")
    file.flush()
    print("writing", flush=True)
    time.sleep(60)
"""


@pytest.fixture(params=["nameless", "named"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Both ways of writing: `named` is that of file systems where every file has a name."""
    way: str = request.param
    if way == "named":
        monkeypatch.setattr(api.whole, "_nameless", lambda folder: None)
    return way


@pytest.fixture
def umask() -> Iterator[None]:
    before = os.umask(0o022)
    yield
    os.umask(before)


def held(path: Path, way: str) -> "subprocess.Popen[bytes]":
    """A process in the middle of writing a file."""
    process = subprocess.Popen([sys.executable, "-c", HOLD, str(path), way], stdout=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline() == b"writing\n"
    return process


def kill(process: "subprocess.Popen[bytes]") -> None:
    process.send_signal(signal.SIGKILL)
    process.communicate()


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_file_is_there_when_it_is_whole_and_not_before(tmp_path: Path, way: str) -> None:
    path = tmp_path / "graph.ttl"
    with whole_file(path) as file:
        file.write(b"gr")
        assert not path.exists()
        file.write(b"aph")
    assert path.read_bytes() == b"graph"
    assert [path.name for path in tmp_path.iterdir()] == ["graph.ttl"]


def test_a_failure_leaves_the_file_before_and_nothing_else(tmp_path: Path, way: str) -> None:
    path = tmp_path / "graph.ttl"
    path.write_bytes(b"before")
    with pytest.raises(ZeroDivisionError):
        write_whole(path, (b"%d" % (1 // left) for left in (1, 0)))
    assert path.read_bytes() == b"before"
    assert [path.name for path in tmp_path.iterdir()] == ["graph.ttl"]


@pytest.mark.usefixtures("umask")
def test_a_new_file_has_the_mode_that_the_process_gives(tmp_path: Path, way: str) -> None:
    write_whole(tmp_path / "graph.ttl", [b"graph"])
    assert mode(tmp_path / "graph.ttl") == 0o644


@pytest.mark.usefixtures("umask")
@pytest.mark.parametrize("kept", [0o600, 0o640, 0o666])
def test_a_file_keeps_the_mode_of_the_one_that_it_replaces(tmp_path: Path, way: str, kept: int) -> None:
    path = tmp_path / "salaries.csv"
    path.write_bytes(b"before")
    path.chmod(kept)
    write_whole(path, [b"after"])
    assert (path.read_bytes(), mode(path)) == (b"after", kept)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
def test_a_file_keeps_its_owner_where_the_writer_may_give_it_away(tmp_path: Path, way: str) -> None:
    path = tmp_path / "salaries.csv"
    path.write_bytes(b"before")
    os.chown(path, 1234, 4321)
    path.chmod(0o640)
    write_whole(path, [b"after"])
    assert (path.stat().st_uid, path.stat().st_gid, mode(path)) == (1234, 4321, 0o640)


def test_a_killed_writer_leaves_nothing_where_files_need_no_name(tmp_path: Path) -> None:
    if api.whole._nameless(tmp_path) is None:
        pytest.skip("every file has a name here")
    kill(held(tmp_path / "backup.zip", "nameless"))
    assert list(tmp_path.iterdir()) == []


def test_the_next_writer_takes_away_what_a_killed_one_left(tmp_path: Path, way: str) -> None:
    kill(held(tmp_path / "backup.zip", "named"))
    (left,) = tmp_path.iterdir()
    assert left.name.startswith(".backup.zip.")
    write_whole(tmp_path / "other.zip", [b"other"])
    assert left.exists()
    write_whole(tmp_path / "backup.zip", [b"whole"])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["backup.zip", "other.zip"]


def test_what_a_living_writer_writes_is_left_alone(tmp_path: Path, way: str) -> None:
    process = held(tmp_path / "backup.zip", "named")
    try:
        write_whole(tmp_path / "backup.zip", [b"whole"])
        assert len(list(tmp_path.iterdir())) == 2
    finally:
        kill(process)


def test_what_only_looks_like_a_leaving_is_left_alone(tmp_path: Path, way: str) -> None:
    for name in (".backup.zip.notes.part", "backup.zip.0123abcd.part", ".backupXzip.0123abcd.part"):
        (tmp_path / name).write_bytes(b"mine")
    os.mkfifo(tmp_path / ".other.zip.0123abcd.part")
    write_whole(tmp_path / "backup.zip", [b"whole"])
    assert len(list(tmp_path.iterdir())) == 5


def test_what_is_there_and_is_no_file_is_refused_and_stays(tmp_path: Path) -> None:
    folder, pipe, link = tmp_path / "folder", tmp_path / "pipe", tmp_path / "link"
    folder.mkdir()
    os.mkfifo(pipe)
    link.symlink_to(os.devnull)
    for path in (folder, pipe, link):
        with pytest.raises(BadValue, match=f"{path.name} is there and is no file; give the name of a file"):
            write_whole(path, [b"graph"])
    assert stat.S_ISDIR(folder.lstat().st_mode)
    assert stat.S_ISFIFO(pipe.lstat().st_mode)
    assert link.readlink() == Path(os.devnull)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["folder", "link", "pipe"]


def test_a_folder_that_is_not_there_is_told(tmp_path: Path, way: str) -> None:
    with pytest.raises(BadValue, match=r"graph\.ttl cannot be written: No such file or directory"):
        write_whole(tmp_path / "nowhere" / "graph.ttl", [b"graph"])


def test_a_link_that_leads_to_itself_is_refused(tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(link)
    with pytest.raises(BadValue, match="link cannot be written: Too many levels of symbolic links"):
        write_whole(link, [b"graph"])
    assert link.is_symlink()


def test_a_link_to_a_file_stays_a_link(tmp_path: Path, way: str) -> None:
    file, link = tmp_path / "file", tmp_path / "link"
    file.write_bytes(b"before")
    link.symlink_to(file)
    write_whole(link, [b"gr", b"aph"])
    assert link.is_symlink()
    assert file.read_bytes() == b"graph"
