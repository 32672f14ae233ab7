import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from api.command import run
from api.shapes.schemas import json_schema
from tests.api.worlds import baking_folder


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    baking_folder(tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CREDPATH_STORE", "oxigraph:store")


def said(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> str:
    assert run(arguments) == code
    printed = capsys.readouterr()
    return " ".join((printed.out + printed.err).split())


def revision(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    return str(json.loads(said(capsys, "sources", "--json", *arguments))["revision"])


def test_what_was_lost_is_there_again(capsys: pytest.CaptureFixture[str]) -> None:
    before = revision(capsys)
    assert "b.zip is written and was read back: 1 source, 45 records" in said(capsys, "backup", "b.zip")
    said(capsys, "drop", "w")
    told = said(capsys, "restore", "b.zip")
    assert told.startswith("A drawn world (w): 45 records, 45 new, 0 gone. oxigraph:store holds what b.zip held")
    assert revision(capsys) == before


def test_a_restore_says_in_json_what_its_schema_says(capsys: pytest.CaptureFixture[str]) -> None:
    said(capsys, "backup", "b.zip")
    told = json.loads(said(capsys, "restore", "b.zip", "--store", "oxigraph:new", "--json"))
    Draft202012Validator(json_schema("restore")).validate(told)
    assert (told["store"], told["file"], told["removed"]) == ("oxigraph:new", "b.zip", [])
    assert told["revision"] == revision(capsys)
    assert [(each["source"], each["added"], each["identical"]) for each in told["sources"]] == [("w", 45, False)]


def test_a_restore_loses_no_source_that_the_backup_lacks(capsys: pytest.CaptureFixture[str]) -> None:
    said(capsys, "backup", "b.zip")
    said(capsys, "amend", "field", "Dough exam", "effort", "20h")
    before = revision(capsys)
    told = said(capsys, "restore", "b.zip", code=2)
    assert told.startswith("credpath: the store oxigraph:store also holds edits, which the backup lacks; restore into")
    assert revision(capsys) == before
    assert "Own edits (edits) is removed." in said(capsys, "restore", "b.zip", "--exact")
    assert revision(capsys) != before


def test_a_file_that_is_no_backup_is_not_written_over(capsys: pytest.CaptureFixture[str]) -> None:
    Path("me.yaml").write_text("role: Junior baker")
    told = said(capsys, "backup", "me.yaml", code=2)
    assert told == "credpath: me.yaml is there and is no backup; give another name, or delete it first"
    assert Path("me.yaml").read_text() == "role: Junior baker"
    said(capsys, "backup", "b.zip")
    said(capsys, "backup", "b.zip")


def test_an_earlier_backup_stays_where_a_later_one_cannot_be_written_whole(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    said(capsys, "backup", "b.zip")
    whole = Path("b.zip").read_bytes()

    def full(*_: object) -> object:
        yield b"<half"
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("graph.backup.lines_of", full)
    assert said(capsys, "backup", "b.zip", code=2) == "credpath: b.zip cannot be written: No space left on device"
    assert Path("b.zip").read_bytes() == whole
    assert [path.name for path in Path().glob(".b.zip*")] == []


def test_a_backup_that_does_not_read_back_is_none(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def forgetful(records: object) -> object:
        del records
        yield b'<https://w3id.org/credpath/id/w/role/x> <https://example.org/p> "x" .\n'

    monkeypatch.setattr("graph.backup.lines_of", forgetful)
    assert "the backup that was just written, sources/0001.nt: found" in said(capsys, "backup", "b.zip", code=2)
    assert not Path("b.zip").exists()


def test_a_backup_that_was_cut_off_changes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    said(capsys, "backup", "b.zip")
    before, whole = revision(capsys), Path("b.zip").read_bytes()
    said(capsys, "amend", "field", "Dough exam", "effort", "20h")
    amended = revision(capsys)
    Path("cut.zip").write_bytes(whole[: len(whole) // 2])
    assert "cut.zip, the file: found no backup, or one that was cut off" in said(
        capsys, "restore", "cut.zip", "--exact", code=2
    )
    assert revision(capsys) == amended != before


def test_a_backup_that_is_damaged_makes_no_folder(capsys: pytest.CaptureFixture[str]) -> None:
    said(capsys, "backup", "b.zip")
    whole = bytearray(Path("b.zip").read_bytes())
    whole[len(whole) // 3] ^= 0xFF
    for content in (whole, whole[: len(whole) // 2]):
        Path("broken.zip").write_bytes(content)
        assert "broken.zip, " in said(capsys, "restore", "broken.zip", "--store", "oxigraph:new", code=2)
        assert not Path("new").exists()
