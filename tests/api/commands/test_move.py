from pathlib import Path

import pytest

from api.command import run
from tests.api.worlds import baking_folder


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    baking_folder(tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CREDPATH_STORE", "oxigraph:store")


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert run(arguments) == 0
    return " ".join(capsys.readouterr().out.split())


def test_a_copy_answers_as_the_original_does(capsys: pytest.CaptureFixture[str]) -> None:
    told = said(capsys, "copy", "oxigraph:store", "oxigraph:other")
    assert told.startswith("A drawn world (w): 45 records, 45 new, 0 gone. Copied oxigraph:store to oxigraph:other:")
    assert "both stores hold the same" in told
    question = ("next", "Junior baker", "--to", "Senior baker", "--today", "2026-11-24", "--json")
    answers = [said(capsys, *question, "--store", store) for store in ("oxigraph:store", "oxigraph:other")]
    assert answers[0] == answers[1]
    assert Path("other-index/current").is_file()


def test_copying_again_changes_nothing_and_two_copies_are_equal(capsys: pytest.CaptureFixture[str]) -> None:
    said(capsys, "copy", "oxigraph:store", "oxigraph:other")
    assert "45 records, nothing changed." in said(capsys, "copy", "oxigraph:store", "oxigraph:other")
    assert said(capsys, "compare", "oxigraph:store", "oxigraph:other") == (
        "oxigraph:store and oxigraph:other are equal: 1 source, 45 records, each compared."
    )


def test_what_only_the_second_store_has_stays_unless_the_copy_is_exact(capsys: pytest.CaptureFixture[str]) -> None:
    said(capsys, "amend", "field", "Dough exam", "effort", "20h")
    said(capsys, "copy", "oxigraph:store", "oxigraph:other")
    said(capsys, "drop", "w")
    told = said(capsys, "copy", "oxigraph:store", "oxigraph:other")
    assert "oxigraph:other also keeps w, which oxigraph:store lacks; --exact removes it." in told
    assert "A drawn world (w) is removed." in said(capsys, "copy", "oxigraph:store", "oxigraph:other", "--exact")
    assert "both stores hold the same" in said(capsys, "copy", "oxigraph:store", "oxigraph:other")


@pytest.mark.parametrize(
    "command",
    [
        ("copy", "oxigraph:mistyped", "oxigraph:other"),
        ("copy", "oxigraph:mistyped", "oxigraph:store", "--exact"),
        ("compare", "oxigraph:mistyped", "oxigraph:store"),
        ("compare", "oxigraph:store", "oxigraph:mistyped"),
        ("backup", "b.zip", "--store", "oxigraph:mistyped"),
        ("export", "--format", "nquads", "--store", "oxigraph:mistyped"),
        ("drop", "w", "--store", "oxigraph:mistyped"),
        ("edits", "--store", "oxigraph:mistyped"),
        ("undo", "--all", "--store", "oxigraph:mistyped"),
        ("serve", "--port", "0", "--store", "oxigraph:mistyped"),
    ],
)
def test_a_mistyped_folder_is_told_and_not_made(command: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    before = sorted(path.name for path in Path().iterdir())
    assert run(command) == 2
    told = " ".join(capsys.readouterr().err.split())
    assert told == (
        "credpath: there is no store in mistyped; is the address right? `credpath load starter` would make one"
    )
    assert {path.name for path in Path().iterdir()} - {"store-index"} == {*before} - {"store-index"}
    assert "A drawn world" in said(capsys, "sources")


@pytest.mark.parametrize(
    "command",
    [
        ("next", "Junior baker"),
        ("gap", "Junior baker", "--to", "Senior baker"),
        ("show", "Dough exam"),
        ("find", "dough"),
        ("coverage", "Baker"),
        ("batch", "people.csv", "--out", "plans.csv"),
    ],
)
def test_a_question_to_a_store_that_is_not_there_yet_says_what_to_load_and_makes_nothing(
    command: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    Path("people.csv").write_text("person,role\nann,Junior baker\n")
    for folder in ("none", "bare"):
        Path("bare").mkdir(exist_ok=True)
        assert run((*command, "--store", f"oxigraph:{folder}")) == 2
        told = " ".join(capsys.readouterr().err.split())
        assert f"the store oxigraph:{folder} is empty; `credpath load starter` loads the starter graph" in told
    assert sorted(path.name for path in Path().iterdir()) == ["bare", "people.csv", "store"]
    assert list(Path("bare").iterdir()) == []


def test_a_store_that_is_not_there_yet_has_no_sources_and_no_store_for_doctor(
    capsys: pytest.CaptureFixture[str],
) -> None:
    Path("bare").mkdir()
    for folder in ("none", "bare"):
        assert said(capsys, "sources", "--store", f"oxigraph:{folder}").startswith("Nothing is loaded; `credpath load")
        assert f"there is no store in {folder} yet" in said(capsys, "doctor", "--store", f"oxigraph:{folder}")
    assert sorted(path.name for path in Path().iterdir()) == ["bare", "store"]
    assert list(Path("bare").iterdir()) == []


def test_stores_that_differ_are_told_with_where_they_differ(capsys: pytest.CaptureFixture[str]) -> None:
    said(capsys, "copy", "oxigraph:store", "oxigraph:other")
    said(capsys, "amend", "field", "Dough exam", "effort", "20h", "--store", "oxigraph:other")
    told = said(capsys, "compare", "oxigraph:store", "oxigraph:other")
    assert told.startswith("oxigraph:store (A) and oxigraph:other (B) differ: 2 differences.")
    assert "- edits, credential id/w/credential/dough-exam: only in B" in told


def test_what_is_not_listed_is_counted(capsys: pytest.CaptureFixture[str]) -> None:
    told = said(capsys, "compare", "memory:", "oxigraph:store", "--limit", "2")
    assert told.startswith("memory: (A) and oxigraph:store (B) differ: 46 differences.")
    assert told.endswith("and 44 more; --json lists up to --limit of them.")
    assert said(capsys, "compare", "memory:", "oxigraph:store").endswith(
        "and 26 more; --json lists up to --limit of them."
    )


def test_a_store_is_never_shown_with_its_password(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(("copy", "oxigraph:store", "bolt://ann:secret@127.0.0.1:1")) == 2
    told = capsys.readouterr()
    assert "bolt://127.0.0.1:1" in told.err
    assert "secret" not in told.err + told.out
