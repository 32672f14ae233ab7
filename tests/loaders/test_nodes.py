"""What one node of a YAML file means, and that what is no such thing is refused where it stands."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from loaders.nodes import Part, read_part
from ontology.errors import Unreadable
from ontology.values import Range


@pytest.fixture
def part(tmp_path: Path) -> Callable[[str], Part]:
    """The node after `x: ` in a file of one line."""

    def read(words: str) -> Part:
        (tmp_path / "t.yml").write_text(f"x: {words}\n", encoding="utf-8")
        return read_part(tmp_path / "t.yml", "t.yml").entries()["x"]

    return read


Reads = Callable[[str], Part]


def test_values_are_read_as_they_are_written_and_not_as_yaml_guesses(part: Reads) -> None:
    assert part("no").text() == "no"
    assert part("2026-06").when() == "2026-06"
    assert part("2026-06-30").day() == date(2026, 6, 30)
    assert part("012").whole() == 12
    assert part("[1.5, 2]").quantity(60) == Range(90, 120)
    assert part("[one,  two words]").texts() == ("one", "two words")


@pytest.mark.parametrize(
    ("words", "read", "says"),
    [
        ("1e3", Part.number, "found '1e3', expected a number such as 120 or 7.5"),
        ("-1", Part.whole, "found '-1', expected a number such as 120 or 7.5"),
        ("1.5", Part.whole, "found 1.5, expected a whole number"),
        ("2026-02-30", Part.when, "found '2026-02-30', expected a date such as"),
        ("2026-06", Part.day, "found '2026-06', expected a day such as 2026-06-30"),
        ("javascript:alert(1)", Part.page, "found 'javascript:alert(1)', expected the address of a page"),
        ("[a]", Part.text, "found a list, expected words"),
        ('"\\e[31mred"', Part.text, "found '\\x1b[31mred', expected words without control characters"),
    ],
)
def test_what_is_no_such_value_is_refused_at_its_place(
    part: Reads, words: str, read: Callable[[Part], object], says: str
) -> None:
    with pytest.raises(Unreadable) as caught:
        read(part(words))
    assert str(caught.value).startswith(f"t.yml, x, line 1: {says}")


def test_a_tag_makes_no_object(part: Reads) -> None:
    assert part("!!python/name:os.system ''").is_mapping is False
    with pytest.raises(Unreadable, match="found nothing, expected words"):
        part("!!python/name:os.system ''").text()


@pytest.mark.parametrize("words", ["{a: &a [b], c: *a}", "&a [*a]"])
def test_one_node_in_two_places_is_refused(part: Reads, words: str) -> None:
    with pytest.raises(Unreadable, match="found an anchor that is used twice, expected the value written out"):
        part(words)


def test_a_file_that_is_too_deep_is_refused_before_it_is_composed(part: Reads) -> None:
    with pytest.raises(Unreadable, match="found lists in lists in lists, expected at most 20 levels"):
        part("[" * 200_000 + "]" * 200_000)
