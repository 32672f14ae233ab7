"""Scales: ordered levels as data."""

import pytest

from ontology.errors import UnknownName
from ontology.records import Level, Scale
from ontology.scales import make_scale, open_scale


def test_the_uk_scale_has_four_levels_in_order() -> None:
    scale, *levels = open_scale("uk-digital").records("somebody")
    assert isinstance(scale, Scale)
    assert scale.id == "id/uk-digital/scale/proficiency"
    assert [(level.id, level.rank, level.scale) for level in levels if isinstance(level, Level)] == [
        ("id/uk-digital/level/awareness", 1, scale.id),
        ("id/uk-digital/level/working", 2, scale.id),
        ("id/uk-digital/level/practitioner", 3, scale.id),
        ("id/uk-digital/level/expert", 4, scale.id),
    ]
    assert {record.source.id for record in (scale, *levels)} == {"somebody"}


def test_a_level_is_found_whatever_its_case_and_never_guessed() -> None:
    scale = open_scale("uk-digital")
    assert scale.level(" EXPERT").rank == 4
    assert scale.find_level("Exprt") is None
    with pytest.raises(UnknownName, match="did you mean Awareness, Working, Practitioner, Expert"):
        scale.level("Exprt")


def test_an_unknown_scale_names_those_there_are() -> None:
    with pytest.raises(UnknownName, match="uk-digital"):
        open_scale("none")


def test_an_employer_may_state_a_scale() -> None:
    scale = make_scale("own", "levels", "Our levels", (("Low", None), ("High", "Leads others")))
    assert [(level.id, level.rank, level.meaning) for level in scale.levels] == [
        ("id/own/level/low", 1, None),
        ("id/own/level/high", 2, "Leads others"),
    ]
