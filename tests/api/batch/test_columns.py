from pathlib import Path

import pytest

from api.batch.columns import NAMES, find_columns, write_people_template
from api.batch.reading import read_people
from ontology.errors import BadValue, Unreadable


def test_columns_are_found_by_their_headings_in_any_order_and_spelling() -> None:
    places, not_read = find_columns("people.csv", ["Department", "Hours per week", "PERSON", "role", ""])
    assert places == {"hours_per_week": 1, "person": 2, "role": 3}
    assert not_read == ("Department",)


@pytest.mark.parametrize(
    ("headings", "says"),
    [
        (["role"], "found no column person"),
        (["person", "credential"], "found 'credential', expected credentials, or a name less like it"),
        (["person", "role", "Role"], "found two columns role, expected one"),
    ],
)
def test_a_heading_that_may_be_a_slip_is_refused(headings: list[str], says: str) -> None:
    with pytest.raises(Unreadable) as caught:
        find_columns("people.csv", headings)
    assert says in str(caught.value)


def test_the_template_has_every_column_and_is_read_back(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    write_people_template(path)
    people = read_people(path)
    assert [row.cells["person"] for row in people.rows] == ["1001", "1002"]
    assert tuple(people.rows[0].cells) == NAMES
    with pytest.raises(BadValue, match="is there already"):
        write_people_template(path)
