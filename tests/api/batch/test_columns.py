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


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("target", "to"), ("target role", "to"), ("role_to", "to"), ("To role", "to"), ("Goal", "to"),
        ("hours", "hours_per_week"), ("Weekly hours", "hours_per_week"), ("Budget (GBP)", "budget"),
        ("max budget", "budget"), ("deadline", "by"), ("Target date", "by"), ("by when", "by"), ("due", "by"),
        ("held", "credentials"), ("certifications", "credentials"), ("verified_credentials", "verified"),
        ("current role", "role"), ("Job title", "role"), ("Skills", "levels"), ("person id", "person"),
    ],
)  # fmt: skip
def test_what_stands_under_an_obvious_heading_is_not_dropped(heading: str, column: str) -> None:
    with pytest.raises(Unreadable) as caught:
        find_columns("people.csv", ["person", heading])
    assert str(caught.value) == (
        f"people.csv, the headings: found {heading!r}, expected {column}, or a name less like it"
    )


def test_every_such_heading_is_named_at_once_and_columns_of_ones_own_are_left_alone() -> None:
    with pytest.raises(Unreadable) as caught:
        find_columns("people.csv", ["person", "deadline", "Team", "hours"])
    assert [refusal.found for refusal in caught.value.refusals] == ["'deadline'", "'hours'"]
    own = ("Department", "Reports to", "Start date", "Approved by", "Cost centre", "Manager", "Email", "Job title")
    assert find_columns("people.csv", ["person", "role", *own])[1] == own


def test_the_template_has_every_column_and_is_read_back(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    write_people_template(path)
    people = read_people(path)
    assert [row.cells["person"] for row in people.rows] == ["1001", "1002"]
    assert tuple(people.rows[0].cells) == NAMES
    with pytest.raises(BadValue, match="is there already"):
        write_people_template(path)
