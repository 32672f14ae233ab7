"""The starter graph on its way through every kind of store: nothing is lost, and the answer stays the same bytes."""

from itertools import pairwise
from pathlib import Path

import pytest

from api.command import run
from tests.needs import neo4j, sparql
from tests.servers import emptied_neo4j, emptied_sparql

QUESTION = ("next", "Senior product manager", "--to", "Lead product manager", "--today", "2026-11-24", "--json")


@pytest.mark.slow
def test_a_copy_of_a_copy_is_the_original_wherever_it_was_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))

    def said(*arguments: str) -> str:
        assert run(arguments) == 0
        return " ".join(capsys.readouterr().out.split())

    stores = ("oxigraph:first", emptied_neo4j(neo4j()), emptied_sparql(sparql()), "oxigraph:last")
    said("load", "starter", "--store", stores[0])
    said("amend", "price", "Professional Scrum Product Owner I", "450GBP", "--store", stores[0])
    for here, there in pairwise(stores):
        assert "both stores hold the same" in said("copy", here, there, "--exact")
    for there in stores[1:]:
        assert "are equal: 5 sources, 6159 records, each compared." in said("compare", stores[0], there)
        assert "problem" not in said("doctor", "--store", there)
    answers = [said(*QUESTION, "--store", store) for store in stores]
    assert answers == [answers[0]] * 4
