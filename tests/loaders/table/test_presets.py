"""The packaged presets on the real tables they are for."""

from collections import Counter

import pytest

from loaders.curated.folder import read_starter
from loaders.loaded import Loaded
from loaders.table.mapping import PRESETS, open_preset, read_mapping
from loaders.table.reader import read_table
from ontology.errors import UnknownName
from ontology.records import Competency, Cost, Credential, Framework, LevelText, NextRole, Option, Requirement, Role
from ontology.values import Range
from tests.shared_data import shared


def test_every_preset_is_a_mapping_without_a_mistake() -> None:
    assert [read_mapping(path).info.id for path in sorted(PRESETS.glob("*.toml"))] == [
        "new-jersey",
        "own-organisation",
        "uk-digital",
    ]


def test_an_unknown_preset_names_those_there_are() -> None:
    with pytest.raises(UnknownName, match="did you mean new-jersey, template, uk-digital"):
        open_preset("uk")


@pytest.fixture(scope="module")
def uk() -> Loaded:
    return read_table(shared("uk-digital-ladders/roles.csv.gz"), open_preset("uk-digital"))


@pytest.fixture(scope="module")
def new_jersey() -> Loaded:
    return read_table(shared("nj-training-programs/etpl_subset_2021.csv.gz"), open_preset("new-jersey"))


@pytest.mark.shared_data
def test_the_uk_framework_is_201_levels_of_48_roles_with_1781_requirements(uk: Loaded) -> None:
    kinds = Counter(type(record) for record in uk.sources[0][1])
    assert uk.refusals == ()
    assert (kinds[Role], kinds[Requirement], kinds[Option]) == (201, 1781, 1781)
    assert (kinds[Competency], kinds[LevelText], kinds[Framework]) == (166, 574, 49)
    roles = [record for record in uk.sources[0][1] if isinstance(record, Role)]
    assert len({role.family for role in roles}) == 48
    assert "End user computing engineer" in {role.name for role in roles}
    lead = next(role for role in roles if role.id == "id/uk-digital/role/lead-product-manager")
    assert (lead.family, lead.group) == ("Product manager", "Product and delivery")


@pytest.mark.shared_data
def test_rows_not_in_use_and_repeated_rows_are_counted(uk: Loaded) -> None:
    counted = {note.what: note.count for note in uk.notes}
    assert counted["rows of roles that are not in use"] == 28
    assert counted["rows that repeat an earlier one"] == 16


@pytest.mark.shared_data
def test_the_product_ladder_is_derived_and_management_stays_a_branch(uk: Loaded) -> None:
    steps = {
        (step.from_role.rsplit("/", 1)[1], step.to_role.rsplit("/", 1)[1]): step.source.rule
        for step in uk.sources[0][1]
        if isinstance(step, NextRole)
    }
    product = {pair for pair in steps if "product" in pair[0]}
    assert product == {
        ("associate-product-manager", "product-manager"),
        ("product-manager", "senior-product-manager"),
        ("senior-product-manager", "lead-product-manager"),
        ("lead-product-manager", "head-of-product"),
    }
    assert ("senior-developer", "senior-developer-management") in steps
    assert ("lead-developer-management", "principal-developer-management") in steps
    assert steps["trainee-business-analyst", "junior-business-analyst"] == "title words"
    open_pairs = next(note for note in uk.notes if note.what.startswith("pairs of roles"))
    assert open_pairs.count == 16
    assert any("Lead developer and Lead developer - management" in pair for pair in open_pairs.places)


@pytest.mark.shared_data
def test_the_starter_ladders_speak_of_the_same_ids_and_agree_with_the_table(uk: Loaded) -> None:
    def asked(loaded: Loaded) -> dict[str, tuple[str | None, str | None]]:
        return {o.id: (o.competency, o.level) for o in loaded.sources[0][1] if isinstance(o, Option)}

    def steps(loaded: Loaded) -> set[tuple[str, str]]:
        return {(s.from_role, s.to_role) for s in loaded.sources[0][1] if isinstance(s, NextRole)}

    starter = read_starter()
    families = {role.id: role.family for role in uk.sources[0][1] if isinstance(role, Role)}
    written = {role.family for role in starter.sources[0][1] if isinstance(role, Role)}
    assert len(written) >= 6
    assert asked(starter).items() <= asked(uk).items()
    assert steps(starter) == {pair for pair in steps(uk) if families[pair[0]] in written}


@pytest.mark.shared_data
def test_new_jersey_has_prices_hours_and_bands_of_days(new_jersey: Loaded) -> None:
    assert new_jersey.refusals == ()
    programmes = {c.id: c for c in new_jersey.sources[0][1] if isinstance(c, Credential)}
    assert len(programmes) == 1110
    web = programmes["id/new-jersey/credential/9853"]
    assert (web.name, web.effort, web.elapsed) == (
        "Web Programming Certification",
        Range.exactly(18240),
        Range(181, 366),
    )
    costs = [c for c in new_jersey.sources[0][1] if isinstance(c, Cost) and c.credential == web.id]
    assert [(c.kind, c.amount, c.currency) for c in costs] == [
        ("tuition", Range.exactly(499900), "USD"),
        ("other", Range.exactly(7500), "USD"),
    ]


@pytest.mark.shared_data
def test_new_jersey_invents_no_zero_and_no_condition(new_jersey: Loaded) -> None:
    records = new_jersey.sources[0][1]
    assert all(c.amount is not None and c.amount.low > 0 for c in records if isinstance(c, Cost))
    assert all(c.effort is None or c.effort.low > 0 for c in records if isinstance(c, Credential))
    words = {(o.words or "").casefold() for o in records if isinstance(o, Option)}
    assert not words & {"", "none", "no", "0", "n/a"}
    assert {note.what: note.count for note in new_jersey.notes} == {
        "rows whose costs do not add up to their total: read without costs": 14
    }
