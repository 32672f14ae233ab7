from io import StringIO

from rich.console import Console

from api.asking.covering import cover
from api.terminal.colour import draw_rich
from api.terminal.coverage import coverage_page
from tests.api.worlds import baking


def test_the_map_names_roles_by_their_numbers_in_the_list_above() -> None:
    page = coverage_page(cover(baking(), "Baker", currency=None, today="2026-11-24"))
    console = Console(file=StringIO(), width=80, force_terminal=False, color_system=None)
    draw_rich(page, console)
    assert isinstance(console.file, StringIO)
    lines = [" ".join(line.split()) for line in console.file.getvalue().splitlines()]
    assert any(line.startswith("1 Junior baker") for line in lines)
    assert any(line.startswith("2 Senior baker") for line in lines)
    assert "Competency 1 2" in lines
    assert "Dough ● 1 ● 1" in lines
    assert "Cakes ✗" in lines
