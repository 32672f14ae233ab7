from pathlib import Path

import pytest

from api.command import run
from api.service import open_service
from api.settings import Settings
from graph.store import open_store
from tests.api.worlds import baking_folder


@pytest.mark.parametrize(
    ("question", "answered"),
    [
        (["next", "Junior baker", "--to", "Senior baker"], "Dough exam"),
        (["gap", "Junior baker", "--to", "Senior baker"], "Pastry"),
        (["show", "Dough exam"], "Guild"),
        (["find", "dough"], "id/w/competency/dough"),
        (["coverage", "Baker"], "Ovens"),
        (["sources"], "A drawn world"),
    ],
)
def test_who_asks_while_another_process_writes_is_answered_from_what_was_saved_last(
    question: list[str], answered: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = baking_folder(tmp_path)
    with open_service(Settings(store=store)) as writer:
        _ = writer.index
        assert run([*question, "--store", store]) == 0
    said = capsys.readouterr()
    assert answered in said.out
    start = f"credpath: another process is writing to {tmp_path}/store; this answer is of the revision saved at "
    assert [line.startswith(start) for line in said.err.splitlines()] == [True]


def test_who_asks_while_nobody_writes_is_told_nothing_beside_the_answer(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["find", "dough", "--store", baking_folder(tmp_path)]) == 0
    assert capsys.readouterr().err == ""


def test_who_writes_while_another_process_writes_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store = baking_folder(tmp_path)
    writer = open_store(store)
    try:
        assert run(["drop", "w", "--store", store]) == 2
    finally:
        writer.close()
    assert "is in use by another process" in capsys.readouterr().err


def test_the_sources_of_an_empty_store_are_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["sources", "--store", f"oxigraph:{tmp_path / 'store'}"]) == 0
    assert "Nothing is loaded" in capsys.readouterr().out
    assert not (tmp_path / "store-index").exists()
