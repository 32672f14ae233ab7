"""A person from a file of their own, `me.yaml`: the same `Person` value that a data base of people would give.

    role: Senior product manager
    holds:
      - {credential: Professional Scrum Product Owner I, awarded: 2024-05-17, verified: yes}
    levels: {Strategic ownership: Expert}        # what you say of yourself; it shows nothing yet
    experience:
      - {family: Product manager, from: 2019-03-01, to: 2023-08-31}
    facts: {two years leading projects: yes}     # answers to what only you can confirm, by its words or its id

Nothing of it is stored, exported or logged. `verified: yes` says that somebody other than you confirmed the award.
"""

import difflib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TypeAlias

from graph.index import Index
from loaders.nodes import Part, read_part
from ontology.errors import AmbiguousName, InputError, Refusal, UnknownName, Unreadable
from ontology.person import ClaimedLevel, Experience, Holding, Person, StatedFact
from ontology.records import Competency, Credential, Level, Option, Record, Role

Resolve: TypeAlias = Callable[[str, type[Record]], str]
"""From words to the id of the one thing of a kind that they mean; raises `UnknownName` or `AmbiguousName`."""

KEYS = ("role", "holds", "levels", "experience", "facts")


@dataclass(slots=True)
class _Reading:
    index: Index
    resolve: Resolve
    today: date
    refusals: list[Refusal] = field(default_factory=list)

    def named(self, part: Part, record_type: type[Record]) -> str | None:
        """The id that a part's words mean, or a refusal at its place."""
        try:
            return self.resolve(part.text(), record_type)
        except InputError as error:
            self.refusals.append(part.refusal(repr(part.text()), _expected(error)))
            return None

    def past(self, part: Part) -> date:
        """A day that is not after today; a later one is refused."""
        day = part.day()
        if day > self.today:
            part.refuse(day.isoformat(), f"a day that is not after today, {self.today}")
        return day


def read_person(path: Path, index: Index, resolve: Resolve, today: date) -> Person:
    """The person that a file describes. Raises `Unreadable` with every mistake, its place and its line."""
    if not path.is_file():
        found = "something that is no file" if path.exists() else "no such file"
        raise Unreadable((Refusal(str(path), "the file", found, "a file such as me.yaml"),))
    if not path.read_bytes().strip():
        raise Unreadable((Refusal(path.name, "line 1", "an empty file", f"some of: {', '.join(KEYS)}"),))
    top = read_part(path, path.name)
    keys = top.keys(KEYS)
    reading = _Reading(index, resolve, today)
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


def find_facts(index: Index, words: str) -> tuple[str, ...]:
    """The facts that an id or their own words name: whoever has a degree has it wherever a degree is asked for.

    Raises `UnknownName` with the nearest words.
    """
    option = index.find(Option, words)
    if option is not None:
        return (option.id,)
    folded = " ".join(words.split()).casefold()
    facts: dict[str, list[str]] = {}
    for id_ in index.ids(Option):
        asked = index.record(Option, id_).words
        if asked:
            facts.setdefault(asked, []).append(id_)
    found = tuple(id_ for asked, ids in facts.items() if asked.casefold() == folded for id_ in ids)
    if found:
        return found
    by_fold = {asked.casefold(): asked for asked in sorted(facts)}
    near = difflib.get_close_matches(folded, list(by_fold), n=3, cutoff=0.5)
    near += [fold for fold in by_fold if folded and folded in fold and fold not in near]
    raise UnknownName("fact", words, tuple(by_fold[fold] for fold in near[:5]))


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
                    awarded=reading.past(keys["awarded"]) if "awarded" in keys else None,
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
            reading.refusals.append(level.refusal(f"{words}: {level.text()}", _expected(error)))
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
        started, ended = reading.past(keys["from"]), keys["to"].day() if "to" in keys else None
        if ended is not None and ended < started:
            keys["to"].refuse(ended.isoformat(), f"a day after {started.isoformat()}")
        found.append(Experience(family=known[words.casefold()], started=started, ended=ended))
    return replace(person, experiences=tuple(found))


def _facts(reading: _Reading, part: Part, person: Person) -> Person:
    found = []
    for words, answer in part.entries().items():
        try:
            options = find_facts(reading.index, words)
        except UnknownName as error:
            reading.refusals.append(answer.refusal(repr(words), _expected(error)))
            continue
        holds = answer.choice(("yes", "no", "true", "false")) in ("yes", "true")
        found += [StatedFact(option=option, holds=holds) for option in options]
    return replace(person, facts=tuple(found))


def _expected(error: InputError) -> str:
    """What should have stood where a name fits nothing, or several things."""
    match error:
        case UnknownName(kind="level"):
            return f"one of: {', '.join(error.candidates)}"
        case UnknownName(kind="fact"):
            near = f": {'; '.join(error.candidates)}" if error.candidates else ""
            return f"a fact that an answer asks about, in its words{near}"
        case UnknownName():
            near = f", such as {', '.join(error.candidates)}" if error.candidates else "; `credpath find` lists names"
            return f"the name or id of a {error.kind}{near}"
        case AmbiguousName():
            return f"one {error.kind}: {', '.join(error.candidates)}"
        case _:
            return str(error)
