import gc
import json
from pathlib import Path

import pyoxigraph
import pytest

from api.command import run
from ontology.schema import expand_term

MAPPING = """
[source]
id = "shop"
title = "A shop"
ids = "shop"
voice = "others"
[[tables]]
[tables.credential]
name = "name"
"""
NAME = f"<{expand_term('ceterms:name')}>"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CREDPATH_STORE", "oxigraph:store")
    Path("shop.toml").write_text(MAPPING)
    Path("shop.csv").write_text("name\nBread badge\nCake badge\n")


def said(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> str:
    assert run(arguments) == code
    printed = capsys.readouterr()
    return " ".join((printed.out + printed.err).split())


def rename_by_another_hand() -> None:
    gc.collect()
    store = pyoxigraph.Store("store")
    store.update(
        f'DELETE {{ GRAPH ?g {{ ?s {NAME} "Bread badge" }} }} INSERT {{ GRAPH ?g {{ ?s {NAME} "Brick badge" }} }} '
        f'WHERE {{ GRAPH ?g {{ ?s {NAME} "Bread badge" }} }}'
    )
    del store
    gc.collect()


def test_what_another_hand_changed_is_mended_by_the_command_that_doctor_names(
    capsys: pytest.CaptureFixture[str],
) -> None:
    said(capsys, "load", "table", "shop.csv")
    said(capsys, "backup", "b.zip")
    rename_by_another_hand()
    assert "A shop (shop): 2 records, nothing changed" in said(capsys, "load", "table", "shop.csv")
    told = said(capsys, "doctor", code=2)
    assert "A shop (shop): it does not hold what was written to it" in told
    assert "`credpath load table FILE --anew --store oxigraph:store` writes it anew from its file" in told
    told = said(capsys, "load", "table", "shop.csv", "--anew")
    assert told.startswith("A shop (shop): 2 records, written anew.")
    assert "problem" not in said(capsys, "doctor")
    assert said(capsys, "find", "Bread badge", "--json").count("Bread badge") >= 1


def test_an_index_that_was_built_of_what_another_hand_wrote_is_built_again(capsys: pytest.CaptureFixture[str]) -> None:
    said(capsys, "load", "table", "shop.csv")
    for mend in (
        ("load", "table", "shop.csv", "--anew"),
        ("restore", "b.zip"),
        ("copy", "oxigraph:good", "oxigraph:store"),
    ):
        said(capsys, "backup", "b.zip")
        said(capsys, "copy", "oxigraph:store", "oxigraph:good")
        rename_by_another_hand()
        Path("store-index/current").unlink()
        assert "Brick badge" in said(capsys, "find", "badge")
        said(capsys, *mend)
        told = said(capsys, "find", "badge")
        assert (mend, "Bread badge" in told, "Brick badge" in told) == (mend, True, False)


def test_no_source_takes_the_name_under_which_own_corrections_are_kept(capsys: pytest.CaptureFixture[str]) -> None:
    said(capsys, "load", "table", "shop.csv")
    said(capsys, "amend", "field", "Bread badge", "effort", "16h")
    Path("shop.toml").write_text(MAPPING.replace('id = "shop"', 'id = "edits"', 1))
    told = said(capsys, "load", "table", "shop.csv", code=2)
    assert "a source cannot be called edits: own corrections are kept there; give it another id" in told
    assert "16 h" in said(capsys, "edits")


def test_a_load_that_is_stopped_says_what_is_there_and_how_to_go_on(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("graph.stores.oxigraph.gather", interrupt)
    told = said(capsys, "load", "table", "shop.csv", code=130)
    assert told == "credpath: stopped; loaded: nothing; not loaded: shop; run it again"
    monkeypatch.undo()
    monkeypatch.setattr("api.service.read_settings", interrupt)
    monkeypatch.setattr("api.commands.running.read_settings", interrupt)
    assert said(capsys, "drop", "shop", code=130) == "credpath: stopped; each source is whole, as it was or new"


def test_a_restore_says_what_it_wrote_anew_and_what_it_found_whole(capsys: pytest.CaptureFixture[str]) -> None:
    said(capsys, "load", "table", "shop.csv")
    said(capsys, "backup", "b.zip")
    assert "A shop (shop): 2 records, nothing changed." in said(capsys, "restore", "b.zip")
    rename_by_another_hand()
    told = json.loads(said(capsys, "restore", "b.zip", "--json"))
    assert [(each["added"], each["identical"], each["anew"]) for each in told["sources"]] == [(2, False, True)]
    rename_by_another_hand()
    assert "A shop (shop): 2 records, written anew, because what was there was not what was written to it." in said(
        capsys, "restore", "b.zip"
    )
