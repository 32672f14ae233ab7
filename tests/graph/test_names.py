import subprocess
import sys
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.names import Match, Names, build_names, resolve
from ontology.errors import AmbiguousName, UnknownName
from ontology.records import Credential, Forwarding, Level, Provider, Record, Role
from ontology.values import Source
from tests.worlds import credential, provider, role, said_by, the_credential, the_role, world

LADDER: tuple[list[Record], ...] = (
    role("Product manager", other_names=["PM"]),
    role("Senior product manager", other_names=["Senior PM"]),
    role("Lead product manager"),
    role("Business analyst", other_names=["BA"]),
    role("Senior business analyst", other_names=["Sr BA"]),
    role("User researcher"),
)
PROJECTS: tuple[list[Record], ...] = (
    role("Project manager"),
    role("Senior project manager"),
    role("Programme manager"),
)


def names_of(*declared: Sequence[Record]) -> Names:
    return build_names(world(*declared))


EVERYBODY = build_names(world(*LADDER, *PROJECTS))


def named(slug: str, name: str) -> Credential:
    return Credential(id=f"id/w/credential/{slug}", source=Source(id="w", place=slug), name=name)


def called(matches: tuple[Match, ...]) -> list[str]:
    return [match.name for match in matches]


@pytest.mark.parametrize(
    "words",
    ["Senior product manager", "senior  PRODUCT-manager", "SeniorProductManager", " Senior, product: manager. "],
)
def test_a_name_is_exact_in_any_case_spacing_and_punctuation(words: str) -> None:
    names = names_of(*LADDER)
    (match,) = names.candidates(words, Role)
    assert (match.id, match.exact, match.score) == (the_role("Senior product manager"), True, 1.0)
    assert resolve(names, words, Role) == the_role("Senior product manager")


def test_an_id_is_exact() -> None:
    assert resolve(names_of(*LADDER), the_role("Lead product manager"), Role) == the_role("Lead product manager")


def test_an_old_id_resolves_to_the_new_one() -> None:
    old = Forwarding(id=the_role("Old"), source=Source(id="w", place="p"), to=the_role("User researcher"))
    assert resolve(build_names(world(*LADDER, old)), the_role("Old"), Role) == the_role("User researcher")


def test_a_stated_short_form_that_nothing_else_fits_is_exact() -> None:
    assert resolve(names_of(*LADDER), "ba", Role) == the_role("Business analyst")


def test_a_stated_short_form_is_not_exact_where_the_initials_of_another_role_fit() -> None:
    names = names_of(*LADDER, role("Budget administrator"))
    with pytest.raises(AmbiguousName) as raised:
        resolve(names, "BA", Role)
    assert raised.value.candidates == ("Business analyst", "Budget administrator")


def test_pm_may_be_product_or_project_or_programme_manager() -> None:
    names = names_of(*LADDER, *PROJECTS)
    with pytest.raises(AmbiguousName) as raised:
        resolve(names, "PM", Role)
    assert raised.value.candidates == ("Product manager", "Programme manager", "Project manager")
    assert not any(match.exact for match in names.candidates("PM"))


def test_pm_is_asked_about_even_where_only_a_product_manager_is_known() -> None:
    with pytest.raises(AmbiguousName) as raised:
        resolve(names_of(*LADDER), "Senior PM", Role)
    assert raised.value.candidates[0] == "Senior product manager"


def test_an_organisation_decides_what_its_own_short_forms_mean() -> None:
    own = role("Senior product manager", other_names=["Senior PM"])
    index = world(role("Product manager"), said_by("acme", "own organisation", own))
    assert resolve(build_names(index), "Senior PM", Role) == the_role("Senior product manager")


def test_senior_pm_offers_the_senior_ones_first() -> None:
    offered = called(names_of(*LADDER, *PROJECTS).candidates("Senior PM", Role))
    assert offered[:2] == ["Senior product manager", "Senior project manager"]


def test_shortened_words_are_offered_and_not_chosen() -> None:
    names = names_of(*LADDER)
    best = names.candidates("snr product mgr", Role)[0]
    assert (best.name, best.exact, best.matched_words) == ("Senior product manager", False, ("snr", "product", "mgr"))
    with pytest.raises(UnknownName) as raised:
        resolve(names, "snr product mgr", Role)
    assert raised.value.candidates[0] == "Senior product manager"


def test_misspelt_words_are_offered_with_what_matched() -> None:
    best = names_of(*LADDER).candidates("Senor prodct manger", Role)[0]
    assert (best.name, best.matched_words) == ("Senior product manager", ("senor", "prodct", "manger"))
    assert 0.45 < best.score < 0.95


@pytest.mark.parametrize("words", ["banana", "", "  ", "!?", "zzz qqq", "数据"])
def test_words_like_nothing_are_met_with_silence(words: str) -> None:
    names = names_of(*LADDER)
    assert names.candidates(words, Role) == ()
    with pytest.raises(UnknownName) as raised:
        resolve(names, words, Role)
    assert raised.value.candidates == ()


def test_no_names_know_nothing() -> None:
    assert names_of().candidates("Product manager") == ()


def test_names_without_a_letter_are_like_nothing() -> None:
    assert names_of([named("signs", "!?")]).candidates("Product manager") == ()


def test_two_records_of_one_name_are_told_apart_by_id() -> None:
    names = names_of([named("one", "Agile"), named("two", "Agile"), named("three", "Agility")])
    with pytest.raises(AmbiguousName) as raised:
        resolve(names, "agile", Credential)
    assert raised.value.candidates == ("Agile (id/w/credential/one)", "Agile (id/w/credential/two)")


def test_a_name_beats_the_same_other_name() -> None:
    names = names_of(credential("Scrum"), credential("Professional Scrum", other_names=["Scrum"]))
    assert resolve(names, "scrum", Credential) == the_credential("Scrum")


def test_a_credential_is_called_by_the_short_form_that_it_states() -> None:
    names = names_of(credential("SAFe Agilist", other_names=["SA"]), credential("Systems Architect"))
    assert resolve(names, "SA", Credential) == the_credential("SAFe Agilist")


def test_a_stated_short_form_is_liker_than_the_initials_of_another_credential() -> None:
    names = names_of(
        credential("Professional Scrum Master", other_names=["PSM I"]), credential("Public Sector Management")
    )
    assert called(names.candidates("PSM", Credential)) == ["Professional Scrum Master", "Public Sector Management"]


def test_one_letter_may_tell_short_forms_apart() -> None:
    names = names_of(credential("Scrum Master", other_names=["CSM"]), credential("Higher", other_names=["A-CSM"]))
    assert resolve(names, "csm", Credential) == the_credential("Scrum Master")
    assert resolve(names, "a csm", Credential) == the_credential("Higher")


def test_a_number_may_be_roman() -> None:
    best = names_of(credential("Professional Scrum Master", other_names=["PSM I"]), credential("PSM II")).candidates(
        "psm 1"
    )[0]
    assert (best.name, best.exact) == ("Professional Scrum Master", False)


def test_signs_tell_names_apart() -> None:
    names = names_of([named("c", "C developer"), named("c-plus", "C++ developer"), named("c-sharp", "C# developer")])
    assert resolve(names, "c++ Developer", Credential) == "id/w/credential/c-plus"
    assert resolve(names, "c# developer", Credential) == "id/w/credential/c-sharp"
    assert resolve(names, "c developer", Credential) == "id/w/credential/c"


def test_only_the_kind_that_is_asked_for_is_offered() -> None:
    names = names_of(credential("Scrum Master"), role("Scrum Master"), provider("Scrum Masters"))
    assert resolve(names, "scrum master", Role) == the_role("Scrum Master")
    assert [m.record_type for m in names.candidates("scrum master", Provider)] == [Provider]
    assert len(names.candidates("scrum master")) == 3
    assert not names.candidates("scrum master")[0].exact


def test_no_more_are_offered_than_asked_for_in_the_same_order() -> None:
    names = names_of(*LADDER, *PROJECTS)
    assert called(names.candidates("manager", Role, limit=3)) == called(names.candidates("manager", Role))[:3]
    assert len(names.candidates("manager", Role, limit=3)) == 3


def test_kinds_without_other_names_can_be_named_too() -> None:
    names = build_names(world(), [Level])
    assert resolve(names, "expert", Level) == "id/w/level/expert"


def test_no_name_needs_scikit_learn_or_scipy() -> None:
    script = """
import sys
from graph.names import build_names, resolve
from ontology.records import Role
from tests.worlds import role, world
names = build_names(world(role("Product manager")))
assert resolve(names, "product manager", Role)
assert names.candidates("prodct manger", Role)
sys.exit("sklearn" in sys.modules or "scipy" in sys.modules)
"""
    assert subprocess.run([sys.executable, "-c", script], check=False, timeout=60).returncode == 0


@settings(max_examples=150, deadline=None)
@given(
    st.text(max_size=40)
    | st.lists(st.sampled_from(["PM", "snr", "Senior", "of", "mgr", "C++", "II", "é"])).map(" ".join)
)
def test_any_words_are_answered_in_order_and_alike_twice(words: str) -> None:
    matches = EVERYBODY.candidates(words)
    assert [m.score for m in matches] == sorted((m.score for m in matches), reverse=True)
    assert all(0 < m.score <= 1 for m in matches)
    assert len({m.id for m in matches}) == len(matches) <= 8
    assert not any(m.exact for m in matches[1:])
    assert EVERYBODY.candidates(words) == matches
