"""A person from a file of their own, `me.yaml`: the same `Person` value that a data base of people would give.

    role: Senior product manager
    holds:
      - {credential: Professional Scrum Product Owner I, awarded: 2024-05-17, verified: yes}
    levels: {Strategic ownership: Expert}        # what you say of yourself; it shows nothing yet
    experience:
      - {family: Product manager, from: 2019-03-01, to: 2023-08-31}
    facts: {id/starter/option/...: yes}          # answers to what only you can confirm

Nothing of it is stored, exported or logged. `verified: yes` says that somebody other than you confirmed the award.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeAlias

from graph.index import Index
from loaders.nodes import Part, read_part
from ontology.errors import InputError, Refusal, UnknownName, Unreadable
from ontology.person import ClaimedLevel, Experience, Holding, Person, StatedFact
from ontology.records import Competency, Credential, Level, Option, Record, Role

Resolve: TypeAlias = Callable[[str, type[Record]], str]
"""From words to the id of the one thing of a kind that they mean; raises `UnknownName` or `AmbiguousName`."""

KEYS = ("role", "holds", "levels", "experience", "facts")


@dataclass(slots=True)
class _Reading:
    index: Index
    resolve: Resolve
    refusals: list[Refusal] = field(default_factory=list)

    def named(self, part: Part, record_type: type[Record]) -> str | None:
        """The id that a part's words mean, or a refusal at its place."""
        try:
            return self.resolve(part.text(), record_type)
        except InputError as error:
            self.refusals.append(part.refusal(repr(part.text()), str(error)))
            return None


def read_person(path: Path, index: Index, resolve: Resolve) -> Person:
    """The person that a file describes. Raises `Unreadable` with every mistake, its place and its line."""
    if not path.is_file():
        raise Unreadable((Refusal(str(path), "the file", "no such file", "a file such as me.yaml"),))
    top = read_part(path, path.name)
    keys = top.keys(KEYS)
    reading = _Reading(index, resolve)
    person = Person()
    readers: dict[str, Callable[[_Reading, Part, Person], Person]] = {
        "role": _role,
        "holds": _holds,
        "levels": _levels,
        "experience": _experience,
        "facts": _facts,
    }
    for key, part in keys.items():
        try:
            person = readers[key](reading, part, person)
        except Unreadable as error:
            reading.refusals.extend(error.refusals)
    if reading.refusals:
        raise Unreadable(tuple(reading.refusals))
    return person


def find_level(index: Index, competency: str, words: str) -> str:
    """The level of a competency's scale that is called so. Raises `UnknownName` with the levels there are."""
    scale = index.record(Competency, competency).scale
    levels = index.levels_of(scale) if scale else tuple(index.record(Level, id_) for id_ in index.ids(Level))
    for level in levels:
        if words.strip().casefold() in (level.name.casefold(), level.id):
            return level.id
    raise UnknownName("level", words, tuple(dict.fromkeys(level.name for level in levels)))


def _role(reading: _Reading, part: Part, person: Person) -> Person:
    return replace(person, role=reading.named(part, Role))


def _holds(reading: _Reading, part: Part, person: Person) -> Person:
    found = []
    for item in part.items():
        if not item.is_mapping:
            if (plain := reading.named(item, Credential)) is not None:
                found.append(Holding(credential=plain))
            continue
        keys = item.keys(("credential", "awarded", "expires", "verified"), required=("credential",))
        credential = reading.named(keys["credential"], Credential)
        verified = keys["verified"].choice(("yes", "no", "true", "false")) if "verified" in keys else "no"
        if credential is not None:
            found.append(
                Holding(
                    credential=credential,
                    awarded=keys["awarded"].day() if "awarded" in keys else None,
                    expires=keys["expires"].day() if "expires" in keys else None,
                    verified=verified in ("yes", "true"),
                )
            )
    return replace(person, holdings=tuple(found))


def _levels(reading: _Reading, part: Part, person: Person) -> Person:
    found = []
    for words, level in part.entries().items():
        try:
            competency = reading.resolve(words, Competency)
            found.append(ClaimedLevel(competency=competency, level=find_level(reading.index, competency, level.text())))
        except InputError as error:
            reading.refusals.append(level.refusal(f"{words}: {level.text()}", str(error)))
    return replace(person, levels=tuple(found))


def _experience(reading: _Reading, part: Part, person: Person) -> Person:
    families = {reading.index.record(Role, id_).family for id_ in reading.index.ids(Role)}
    known = {family.casefold(): family for family in families if family}
    found = []
    for item in part.items():
        keys = item.keys(("family", "from", "to"), required=("family", "from"))
        words = keys["family"].text()
        if words.casefold() not in known:
            reading.refusals.append(keys["family"].refusal(repr(words), "a role family: " + ", ".join(sorted(known))))
            continue
        started, ended = keys["from"].day(), keys["to"].day() if "to" in keys else None
        if ended is not None and ended < started:
            keys["to"].refuse(ended.isoformat(), f"a day after {started.isoformat()}")
        found.append(Experience(family=known[words.casefold()], started=started, ended=ended))
    return replace(person, experiences=tuple(found))


def _facts(reading: _Reading, part: Part, person: Person) -> Person:
    found = []
    for option, answer in part.entries().items():
        if reading.index.find(Option, option) is None:
            reading.refusals.append(answer.refusal(repr(option), "the id of a fact that an answer asks about"))
            continue
        found.append(StatedFact(option=option, holds=answer.choice(("yes", "no", "true", "false")) in ("yes", "true")))
    return replace(person, facts=tuple(found))
