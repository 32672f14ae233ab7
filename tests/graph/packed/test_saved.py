import json
from pathlib import Path

import pytest

from graph.index import Index
from graph.packed import saved
from graph.packed.saved import find_saved, save
from ontology.errors import DamagedIndex
from ontology.records import RECORD_TYPES, Credential, Role
from tests.worlds import EXAM, Declared, credential, role, said_by, the_credential, the_role, world

SMALL: tuple[Declared, ...] = (
    role("Senior", asks={"Agile": "Working"}),
    credential("PSM", by="Scrum.org", money=20000, minutes=(60, 90), assessed=EXAM, assesses={"Agile": "Working"}),
    said_by("press", "others", credential("PSM", minutes=1200)),
)


def folders(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.is_dir())


def test_a_saved_index_answers_as_the_built_one(tmp_path: Path) -> None:
    index = world(*SMALL)
    save(index.frozen, tmp_path)
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
    save(world().frozen, tmp_path)
    frozen = find_saved(tmp_path)
    assert frozen is not None
    assert list(Index(frozen).ids(Role)) == []


def test_nothing_saved_is_nothing_found(tmp_path: Path) -> None:
    assert find_saved(tmp_path) is None
    assert find_saved(tmp_path / "not there") is None


def test_another_revision_is_not_found(tmp_path: Path) -> None:
    index = world(*SMALL)
    save(index.frozen, tmp_path)
    assert find_saved(tmp_path, revision="another") is None
    assert find_saved(tmp_path, revision=index.revision) is not None


def test_an_index_of_another_schema_is_not_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save(world().frozen, tmp_path)
    monkeypatch.setattr(saved, "SCHEMA_VERSION", 999)
    assert find_saved(tmp_path) is None


def test_a_reader_keeps_its_index_while_others_are_saved(tmp_path: Path) -> None:
    save(world(*SMALL).frozen, tmp_path)
    frozen = find_saved(tmp_path)
    assert frozen is not None
    for name in ("A", "B", "C"):
        save(world(credential(name)).frozen, tmp_path)
    assert Index(frozen).record(Credential, the_credential("PSM")).name == "PSM"
    assert len(folders(tmp_path)) == 2
    newest = find_saved(tmp_path)
    assert newest is not None
    assert list(Index(newest).ids(Credential)) == [the_credential("C")]


def test_a_saving_that_breaks_off_leaves_the_earlier_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save(world(credential("A")).frozen, tmp_path)

    def full_disk(path: Path, words: str) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(saved, "_write", full_disk)
    with pytest.raises(OSError, match="no space left"):
        save(world(credential("B")).frozen, tmp_path)
    monkeypatch.undo()
    frozen = find_saved(tmp_path)
    assert frozen is not None
    assert list(Index(frozen).ids(Credential)) == [the_credential("A")]
    save(world(credential("C")).frozen, tmp_path)
    assert len(folders(tmp_path)) == 2


def test_damaged_files_are_an_error_that_says_what_to_do(tmp_path: Path) -> None:
    save(world(*SMALL).frozen, tmp_path)
    (folder,) = folders(tmp_path)
    (folder / "int64.npy").write_bytes(b"")
    with pytest.raises(DamagedIndex, match="delete its folder, and it is built again"):
        find_saved(tmp_path)


def test_a_stamp_that_lies_about_the_arrays_is_an_error(tmp_path: Path) -> None:
    save(world(*SMALL).frozen, tmp_path)
    (folder,) = folders(tmp_path)
    stamp = json.loads((folder / "stamp.json").read_text())
    stamp["arrays"]["int64"].popitem()
    (folder / "stamp.json").write_text(json.dumps(stamp))
    with pytest.raises(DamagedIndex):
        find_saved(tmp_path)
