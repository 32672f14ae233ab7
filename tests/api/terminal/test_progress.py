from io import StringIO

from rich.console import Console

from api.terminal.progress import bars


def test_eighty_columns_say_how_far_it_is_whatever_the_title() -> None:
    console = Console(file=StringIO(), width=80, force_terminal=True, color_system=None)
    with bars(console) as tell:
        tell("Capability framework of a profession whose name is longer than it ought to be", 4711, 4711)
    assert isinstance(console.file, StringIO)
    row = next(line for line in console.file.getvalue().splitlines() if "4711/4711" in line)
    assert "Capability framework" in row
    assert "…" in row
    assert "0:00:0" in row
