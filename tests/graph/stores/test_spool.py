"""Records that do not fit into one run come back in order all the same."""

import random
import tempfile
from pathlib import Path

import pytest

from graph.content import order_of
from graph.stores import spool as spooling
from graph.stores.oxigraph import OxigraphStore
from graph.stores.spool import Spool
from ontology.errors import TemporaryFolderUnusable
from ontology.records import Role
from ontology.values import Source, SourceInfo


def roles(count: int) -> list[Role]:
    return [Role(id=f"id/b/role/{n:04}", source=Source(id="b", place="p"), name="x") for n in range(count)]


def test_what_was_spooled_in_runs_comes_back_in_order() -> None:
    shuffled = roles(3_210)
    random.Random(3).shuffle(shuffled)
    spool: Spool[Role] = Spool(order_of, run=700)
    for role in shuffled:
        spool.add(role)
    assert list(spool.in_order()) == roles(3_210)


def test_a_run_that_is_just_full_loses_nothing() -> None:
    spool: Spool[Role] = Spool(order_of, run=4)
    for role in reversed(roles(8)):
        spool.add(role)
    assert list(spool.in_order()) == roles(8)


def test_an_empty_spool_gives_nothing() -> None:
    assert list(Spool[Role](order_of).in_order()) == []


def test_a_full_folder_for_temporary_files_is_told_as_such(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", "/somewhere/small")
    monkeypatch.setattr(spooling, "TemporaryFile", lambda: Path("/dev/full").open("w+b"))  # noqa: SIM115
    monkeypatch.setattr(spooling.Spool.__init__, "__kwdefaults__", {"run": 4})
    store = OxigraphStore(tmp_path / "store")
    store.replace_source(SourceInfo(id="b", title="B", voice="others"), roles(9))
    with pytest.raises(TemporaryFolderUnusable) as said:
        list(store.records(Role))
    store.close()
    assert str(said.value) == (
        "the folder for temporary files, /somewhere/small, cannot be written: No space left on device; make room "
        "there, or name another one in TMPDIR"
    )


def test_a_folder_for_temporary_files_that_is_not_there_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", "/nowhere/at/all")
    with pytest.raises(TemporaryFolderUnusable, match="/nowhere/at/all, cannot be written: No such file or directory"):
        Spool[Role](order_of, run=1).add(roles(1)[0])
