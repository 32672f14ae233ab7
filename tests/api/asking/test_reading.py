from datetime import date

import pytest

from api.asking.reading import Asked, read_amount, read_person_asked, read_question
from api.service import Catalogue
from api.settings import Settings
from ontology.errors import BadSetting, BadValue, InputError, UnknownName
from ontology.person import Holding, Person
from recommender.question import Question
from tests.api.worlds import TODAY, baking
from tests.worlds import the_credential, the_provider, the_role

CATALOGUE: Catalogue = baking().catalogue


def question(asked: Asked) -> Question:
    return read_question(asked, CATALOGUE, Settings(store="memory:"), TODAY)


def person(asked: Asked) -> Person:
    return read_person_asked(asked, CATALOGUE, TODAY)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("2000", "2000 what? write 2000GBP"),
        ("-5GBP", "negative"),
        ("lots", "is no amount; write a number and a currency, such as 2000GBP"),
        ("20QQQ", "'QQQ' is no code of a currency"),
        ("1.999GBP", "2 digits after the point"),
        ("1,5EUR", "is no amount"),
        ("1,2,3GBP", "is no amount"),
    ],
)
def test_an_amount_that_cannot_be_is_told_how_to_write(words: str, says: str) -> None:
    with pytest.raises(BadValue) as raised:
        read_amount(words)
    assert says in str(raised.value)


def test_a_budget_brings_its_currency() -> None:
    asked = question(Asked(budget="300GBP", hours=2.5, by="2027-06-30", aim="cheapest"))
    assert (asked.budget, asked.currency, asked.weekly_minutes) == (30000, "GBP", 150)
    assert (asked.deadline, asked.aim, asked.hourly_rate) == (date(2027, 6, 30), "cheapest", 2500)


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        (Asked(budget="20EUR", currency="GBP"), "the budget is in EUR and plans are compared in GBP"),
        (Asked(budget="20EUR"), "no rate leads from GBP to EUR"),
        (Asked(by="2026-11-24"), "the deadline 2026-11-24 is not after today"),
        (Asked(by="soon"), "is no day; write it as 2027-06-30"),
        (Asked(hours=0), "0 hours per week cannot be planned"),
        (Asked(hours=0.001), "0.001 hours per week cannot be planned; give at least a minute"),
        (Asked(hours=float("nan")), "nan hours per week cannot be planned"),
        (Asked(pin=["Dough exam"], exclude=["Dough exam"]), "is both pinned and excluded"),
        (Asked(languages=["fr"]), "no credential is stated to have the language 'fr'"),
        (Asked(pin=["Wine exam of the moon"]), "no credential is called"),
    ],
)
def test_a_question_that_cannot_be_is_told_why(asked: Asked, says: str) -> None:
    with pytest.raises(InputError) as raised:
        question(asked)
    assert says in str(raised.value)


def test_a_value_of_an_hour_that_no_currency_has_names_its_setting() -> None:
    with pytest.raises(BadSetting, match=r"the setting hour_value cannot be used: 0\.001 is no amount of GBP"):
        read_question(Asked(), CATALOGUE, Settings(store="memory:", hour_value=0.001), TODAY)


def test_names_become_ids() -> None:
    asked = question(Asked(pin=["dough exam"], exclude=["Peer pastry"], providers=["Guild"]))
    assert asked.pinned == (the_credential("Dough exam"),)
    assert asked.excluded == (the_credential("Peer pastry"),)
    assert asked.providers == (the_provider("Guild"),)


def test_what_is_held_by_word_is_not_verified() -> None:
    who = person(Asked(role="Junior baker", have=["Dough exam@2024-01-31", "Oven exam"]))
    assert who.role == the_role("Junior baker")
    assert who.holdings == (
        Holding(credential=the_credential("Dough exam"), awarded=date(2024, 1, 31), verified=False),
        Holding(credential=the_credential("Oven exam"), verified=False),
    )


def test_a_fact_holds_wherever_its_words_are_asked_for() -> None:
    (fact,) = person(Asked(facts=["Three years at an  oven=yes"])).facts
    assert fact.holds
    with pytest.raises(UnknownName, match="did you mean three years at an oven"):
        person(Asked(facts=["three year at an oven=yes"]))
    with pytest.raises(BadValue, match="says neither yes nor no"):
        person(Asked(facts=["three years at an oven"]))


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        (Asked(have=["Dough exam@2030-01-01"]), "cannot have been awarded on 2030-01-01"),
        (Asked(levels=["Pastry"]), "write COMPETENCY=LEVEL"),
        (Asked(levels=["Pastry=Guru"]), "did you mean Awareness, Working, Practitioner, Expert?"),
        (Asked(role="Astronaut on the moon"), "no role is called"),
    ],
)
def test_a_person_that_cannot_be_is_told_why(asked: Asked, says: str) -> None:
    with pytest.raises(InputError) as raised:
        person(asked)
    assert says in str(raised.value)
