from datetime import date
from pathlib import Path

import pytest

from api.people import read_person
from graph.index import Index
from graph.names import build_names, resolve
from ontology.errors import Unreadable
from ontology.person import ClaimedLevel, Holding, Person, StatedFact
from ontology.records import Option, Record
from tests.api.worlds import TODAY, baking
from tests.worlds import the_competency, the_credential, the_level, the_role


def read(tmp_path: Path, text: str) -> Person:
    index = baking().index
    file = tmp_path / "me.yaml"
    file.write_text(text, encoding="utf-8")
    names = build_names(index)

    def by_name(words: str, record_type: type[Record]) -> str:
        return resolve(names, words, record_type)

    return read_person(file, index, by_name, TODAY)


def the_fact(index: Index) -> str:
    return next(id_ for id_ in index.ids(Option) if index.record(Option, id_).words == "three years at an oven")


def test_a_file_says_who_somebody_is(tmp_path: Path) -> None:
    fact = the_fact(baking().index)
    person = read(
        tmp_path,
        "role: Junior baker\n"
        "holds:\n"
        "  - Oven exam\n"
        "  - {credential: Dough exam, awarded: 2024-05-17, verified: yes}\n"
        "levels: {Pastry: Expert}\n"
        f"facts: {{{fact}: no}}\n",
    )
    assert person == Person(
        role=the_role("Junior baker"),
        holdings=(
            Holding(credential=the_credential("Oven exam")),
            Holding(credential=the_credential("Dough exam"), awarded=date(2024, 5, 17), verified=True),
        ),
        levels=(ClaimedLevel(competency=the_competency("Pastry"), level=the_level("Expert")),),
        facts=(StatedFact(option=fact, holds=False),),
    )


def test_a_fact_may_be_named_by_its_words(tmp_path: Path) -> None:
    person = read(tmp_path, "facts: {Three years  at an oven: yes}\n")
    assert person.facts == (StatedFact(option=the_fact(baking().index), holds=True),)


def test_every_mistake_is_told_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(Unreadable) as raised:
        read(
            tmp_path,
            "role: baker\nholds: [Wine exam]\nlevels: {Pastry: Guru}\nfacts: {three years at a mill: yes, x: no}\n",
        )
    assert [str(refusal) for refusal in raised.value.refusals] == [
        "me.yaml, role, line 1: found 'baker', expected the name or id of a role, such as Senior baker, Junior baker",
        "me.yaml, holds[1], line 2: found 'Wine exam', expected the name or id of a credential, such as Oven exam, "
        "Dough exam",
        "me.yaml, levels.Pastry, line 3: found Pastry: Guru, expected one of: Awareness, Working, Practitioner, Expert",
        "me.yaml, facts.three years at a mill, line 4: found 'three years at a mill', expected a fact that an answer "
        "asks about, in its words: three years at an oven",
        "me.yaml, facts.x, line 4: found 'x', expected a fact that an answer asks about, in its words",
    ]


def test_nothing_was_awarded_or_begun_in_the_future(tmp_path: Path) -> None:
    for text in (
        "holds: [{credential: Dough exam, awarded: 2030-01-01}]",
        "experience: [{family: Baker, from: 2030-01-01}]",
    ):
        with pytest.raises(Unreadable, match="found 2030-01-01, expected a day that is not after today, 2026-11-24"):
            read(tmp_path, text)


def test_an_empty_file_says_what_may_stand_in_it(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="found an empty file, expected some of: role, holds, levels"):
        read(tmp_path, " \n")


def test_an_unknown_key_is_refused_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="the unknown key 'hold', expected 'holds'"):
        read(tmp_path, "hold: []\n")


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    index = baking().index
    with pytest.raises(Unreadable, match="found no such file"):
        read_person(tmp_path / "you.yaml", index, lambda words, kind: words, TODAY)
