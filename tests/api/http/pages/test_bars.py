import re

import pytest

from api.asking.answering import answer_gap
from api.asking.reading import Asked
from api.http.pages.bars import draw_levels, leading_option
from api.service import Service
from api.settings import Settings
from api.shapes.gap import GapItem
from ontology.rubric import default_rubric
from tests.worlds import credential, fact, role, store_of


def items(*levels: str) -> dict[str, GapItem]:
    store = store_of(
        role("Junior", asks={"A": "Awareness", "B": "Working"}),
        role("Senior", asks={"A": "Practitioner", "B": "Working", "C": "Awareness"}, needs=[fact("a licence")]),
        credential("Unused", assesses={"A": "Awareness"}),
    )
    service = Service(Settings(store="memory:"), store, default_rubric())
    asked = Asked(role="Junior", to="Senior", levels=list(levels), today="2026-11-24")
    return {item.name: item for item in answer_gap(service, asked).items}


def blocks(item: GapItem) -> list[str]:
    option = leading_option(item)
    assert option is not None
    return re.findall(r'rect class="(\w+)"', draw_levels(option))


@pytest.mark.parametrize(
    ("name", "drawn"),
    [
        ("A", ["have", "asked", "asked", "beyond"]),
        ("B", ["have", "have", "beyond", "beyond"]),
        ("C", ["asked", "beyond", "beyond", "beyond"]),
    ],
)
def test_a_bar_is_full_to_what_is_there_and_framed_to_what_is_asked(name: str, drawn: list[str]) -> None:
    assert blocks(items()[name]) == drawn


def test_a_claimed_level_is_drawn_as_yours_to_show() -> None:
    assert blocks(items("A=Practitioner")["A"]) == ["have", "maybe", "maybe", "beyond"]


def test_what_has_no_level_has_no_bar() -> None:
    assert leading_option(items()["a licence"]) is None
