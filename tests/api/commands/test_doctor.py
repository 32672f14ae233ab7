from pathlib import Path

import pytest

from api.command import run
from tests.api.worlds import baking_folder


def test_a_store_in_order_exits_with_0_and_one_that_is_not_with_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = baking_folder(tmp_path)
    assert run(("find", "baker", "--store", store)) == 0
    capsys.readouterr()
    assert run(("doctor", "--store", store)) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines if line.startswith(("ok", "warning", "problem"))].count("problem") == 0
    assert lines[-1].endswith(("Nothing is wrong (credpath 0.1.0).", "No problem, 1 warning."))
    (tmp_path / "store" / "CURRENT").write_text("nonsense\n")
    assert run(("doctor", "--store", store)) == 2
    printed = capsys.readouterr()
    assert "problem  store" in printed.out
    assert printed.out.endswith("1 problem, 0 warnings.\n")
    assert printed.err == ""
