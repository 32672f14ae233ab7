from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from api.asking.answering import answer_next
from api.asking.reading import Asked
from api.command import run
from api.terminal.answer import next_page
from api.terminal.colour import draw_rich
from api.terminal.plain import draw_plain
from tests.api.worlds import baking, baking_folder

SHAPE = answer_next(baking(), Asked(role="Junior baker", to="Senior baker", today="2026-11-24"))
ASKED = ("next", "Junior baker", "--to", "Senior baker", "--today", "2026-11-24")
LEFT_OUT = ("WORK THAT CAN SHOW IT", "three criteria", "Master pastry", "three years at an oven", "Without it Dough")


def test_in_brief_a_plan_has_one_reason_a_step_and_what_is_left_one_sentence_each() -> None:
    brief = draw_plain(next_page(SHAPE, brief=True))
    assert brief[brief.index("WHY THESE STEPS") :] == (
        "WHY THESE STEPS\n"
        " 1 It shows Dough: solid to strong proof, assessed by exam.\n"
        " 2 It may show Ovens, unconfirmed because nobody states whether there is a transcript, whether it is\n"
        "   accredited, a framework with levels to which it is mapped and 4 more.\n"
        " 3 It may show Pastry, unconfirmed because nobody states a rubric or a pass mark.\n"
        "\n"
        "WHAT NO CREDENTIAL SURELY SHOWS\n"
        "- Cakes, at Awareness: no credential closes this, because none that is known speaks to it.\n"
        "- Ovens, from Awareness to Working: Oven exam may show it, and nothing known shows it surely.\n"
        "- Pastry, at Awareness: Peer pastry may show it, and nothing known shows it surely.\n"
        "\n"
        "ALTERNATIVES\n"
        "There is no other plan that differs in at least half of its steps.\n"
        "Without --brief: all reasons, what comes nearest to each criterion, the work in full, the facts that\n"
        "would decide.\n"
    )
    assert "4 Bake for a wedding (work): would show Cakes." in brief


def test_on_a_terminal_too_brief_leaves_out_projects_and_near_misses() -> None:
    said = []
    for brief in (False, True):
        console = Console(file=StringIO(), width=100, force_terminal=False, color_system=None)
        draw_rich(next_page(SHAPE, brief=brief), console)
        assert isinstance(console.file, StringIO)
        said.append(console.file.getvalue().upper())
    assert [words for words in LEFT_OUT if words.upper() not in said[0]] == []
    assert [words for words in LEFT_OUT if words.upper() in said[1]] == []


def test_brief_changes_what_is_printed_and_nothing_in_the_json(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CREDPATH_STORE", baking_folder(tmp_path))
    said = []
    for options in ([], ["--brief"], ["--json"], ["--json", "--brief"]):
        assert run([*ASKED, *options]) == 0
        said.append(capsys.readouterr().out)
    whole, brief, json, brief_json = said
    assert [words for words in LEFT_OUT if words not in whole] == []
    assert [words for words in LEFT_OUT if words in brief] == []
    assert brief_json == json
