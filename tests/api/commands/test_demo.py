from pathlib import Path

import pytest

from api.command import run


def test_the_demo_answers_in_a_store_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CREDPATH_STORE", f"oxigraph:{tmp_path / 'mine'}")
    assert run(["demo"]) == 0
    told = capsys.readouterr().out
    assert 'credpath next "Senior product manager" --to "Lead product manager"' in told
    assert "5 of 9 criteria are open" in told
    for item in (
        "Agile and Lean practices",
        "Applying user-centred insights",
        "Life cycle management",
        "Stakeholder relationship management",
        "Strategic ownership",
    ):
        assert f"{item}  " in told
    assert "Coverage of Product manager" in told
    assert (tmp_path / "data" / "demo" / "store").is_dir()
    assert not (tmp_path / "mine").exists()
