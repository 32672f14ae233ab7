import os
import stat
from pathlib import Path

import pytest

from api.commands.keep import write_whole
from ontology.errors import BadValue


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


def test_a_link_that_leads_to_itself_is_refused(tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(link)
    with pytest.raises(BadValue, match="link cannot be written: Too many levels of symbolic links"):
        write_whole(link, [b"graph"])
    assert link.is_symlink()


def test_a_link_to_a_file_stays_a_link(tmp_path: Path) -> None:
    file, link = tmp_path / "file", tmp_path / "link"
    file.write_bytes(b"before")
    link.symlink_to(file)
    write_whole(link, [b"gr", b"aph"])
    assert link.is_symlink()
    assert file.read_bytes() == b"graph"
