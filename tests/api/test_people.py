from datetime import date
from pathlib import Path

import pytest

from api.people import read_person
from graph.index import Index
from graph.names import build_names, resolve
from ontology.errors import Unreadable
from ontology.person import ClaimedLevel, Holding, Person, StatedFact
from ontology.records import Option, Record
from tests.api.worlds import baking
from tests.worlds import the_competency, the_credential, the_level, the_role


def read(tmp_path: Path, text: str) -> Person:
    index = baking().index
    file = tmp_path / "me.yaml"
    file.write_text(text, encoding="utf-8")
    names = build_names(index)

    def by_name(words: str, record_type: type[Record]) -> str:
        return resolve(names, words, record_type)

    return read_person(file, index, by_name)


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


def test_every_mistake_is_told_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(Unreadable) as raised:
        read(tmp_path, "role: Junior baker\nholds: [Wine exam]\nlevels: {Pastry: Guru}\nfacts: {x: yes}\n")
    told = [str(refusal) for refusal in raised.value.refusals]
    assert told[0].startswith("me.yaml, holds[1], line 2: found 'Wine exam', expected no credential is called")
    assert told[1].startswith("me.yaml, levels.Pastry, line 3: found Pastry: Guru, expected no level is called 'Guru'")
    assert told[2] == "me.yaml, facts.x, line 4: found 'x', expected the id of a fact that an answer asks about"


def test_an_unknown_key_is_refused_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="the unknown key 'hold', expected 'holds'"):
        read(tmp_path, "hold: []\n")


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    index = baking().index
    with pytest.raises(Unreadable, match="found no such file"):
        read_person(tmp_path / "you.yaml", index, lambda words, kind: words)
