"""What a credential asks for, what counts toward it, what it takes off others, and who stands behind it.

A condition is "at least k of these", in the same words for entry conditions and for the parts of a whole. The ids of a
requirement and of its options come from what they say, not from where they stand, so that an answer a person has
given once stays attached when lines move.
"""

from dataclasses import dataclass, replace
from typing import get_args

from loaders.curated.money import currency_of, minor_units
from loaders.curated.reading import OTHERS, SAID, STARTER_IDS, THIRD_PARTY, Reading, credential_id, said
from loaders.nodes import Part
from loaders.slugs import short_slug
from ontology.ids import local_name, mint
from ontology.records import AdvancedStanding, Backing, Finding, Option, PartOf, Requirement
from ontology.rubric import default_rubric
from ontology.values import BackingKind, Source, Verdict


@dataclass(frozen=True, slots=True)
class Way:
    """One entry of an `of` list."""

    credential: str | None = None
    family: str | None = None
    years: int | None = None
    words: str | None = None

    @property
    def key(self) -> str:
        """What distinguishes it within its requirement, as the last part of an id."""
        if self.credential:
            return local_name(self.credential)
        years = f"{self.years} years {self.family or ''} " if self.years is not None else ""
        return short_slug(f"{years}{self.words or ''}")


def read_requires(reading: Reading, line: Part, key: str, place: str) -> None:
    """One line of conditions: at least so many of these."""
    _read_condition(reading, line, key, place)


def read_parts(reading: Reading, line: Part, key: str, place: str) -> None:
    """One line of parts: what counts toward this whole, and how many of them it needs."""
    source, ways = _read_condition(reading, line, key, place)
    for way in ways:
        if way.credential:
            part_key = local_name(way.credential)
            own = replace(source, place=f"{place}/{part_key}")
            id_ = mint(STARTER_IDS, "part-of", part_key, key)
            reading.add(PartOf(id=id_, source=own, part=way.credential, whole=credential_id(key)))


def _read_condition(reading: Reading, line: Part, key: str, place: str) -> tuple[Source, tuple[Way, ...]]:
    found = line.keys(("at_least", "of", "words", *SAID), ("at_least", "of"))
    ways = tuple(dict.fromkeys(_way(reading, part, key) for part in found["of"].items()))
    at_least = found["at_least"].whole()
    if not 1 <= at_least <= len(ways):
        found["at_least"].refuse(
            str(at_least), f"a number from 1 to {len(ways)}, the number of different entries under of"
        )
    source = said(found, line, place)
    id_ = _requirement_id(reading, key, at_least, ways)
    words = found["words"].text() if "words" in found else None
    reading.add(Requirement(id=id_, source=source, subject=credential_id(key), at_least=at_least, words=words))
    for way in ways:
        reading.add(
            Option(
                id=f"{id_.replace('/requirement/', '/option/')}--{way.key}",
                source=replace(source, place=f"{place}/{way.key}"),
                requirement=id_,
                credential=way.credential,
                family=way.family,
                years=way.years,
                words=way.words,
            )
        )
    return source, ways


def _requirement_id(reading: Reading, key: str, at_least: int, ways: tuple[Way, ...]) -> str:
    """By credential and first option; another requirement that starts alike gets a number, the same one the same id."""
    content = (at_least, frozenset(ways))
    first = mint(STARTER_IDS, "requirement", key, ways[0].key)
    id_, number = first, 1
    while reading.conditions.setdefault(id_, content) != content:
        number += 1
        id_ = f"{first}-{number}"
    return id_


def _way(reading: Reading, part: Part, key: str) -> Way:
    if not part.is_mapping:
        way = Way(credential=reading.credential_id(part))
        if way.credential == credential_id(key):
            part.refuse(f"{key} asking for itself", "other credentials")
        return way
    found = part.keys(("years", "family", "words"))
    if "words" not in found and "years" not in found:
        part.refuse("neither words nor years", "a credential's id, {years: n, words: ...} or {words: ...}")
    if "family" in found and "years" not in found:
        part.refuse("a family without years", "{years: n, family: ..., words: ...}")
    return Way(
        years=found["years"].whole() if "years" in found else None,
        family=reading.family_name(found["family"]) if "family" in found else None,
        words=found["words"].text() if "words" in found else None,
    )


def read_standing(reading: Reading, line: Part, key: str, place: str) -> None:
    """What holding this credential takes off earning another."""
    found = line.keys(("into", "money_off", "currency", "hours_off", "words", *SAID), ("into",))
    into = found["into"].text()
    if not {"money_off", "hours_off", "words"} & found.keys():
        line.refuse("nothing that is taken off", "money_off, hours_off or words")
    if ("money_off" in found) != ("currency" in found):
        line.refuse("money_off without currency, or the reverse", "both")
    currency = currency_of(found["currency"]) if "currency" in found else None
    reading.add(
        AdvancedStanding(
            id=mint(STARTER_IDS, "advanced-standing", key, into),
            source=said(found, line, place),
            held=credential_id(key),
            into=reading.credential_id(found["into"]),
            money_off=minor_units(found["money_off"], currency).low if currency else None,
            currency=currency,
            minutes_off=found["hours_off"].quantity(60).low if "hours_off" in found else None,
            words=found["words"].text() if "words" in found else None,
        )
    )


def read_backing(reading: Reading, line: Part, subject: str, key: str, place: str) -> None:
    """Who accredits, recognises ... a credential or provider. Here `by` is that body; who says so is `said_by`."""
    keys = ("how", "by", "standard", "from", "until", "page", "date", "said_by", "note")
    found = line.keys(keys, ("how", "by"))
    how, by = found["how"].choice(get_args(BackingKind)), found["by"].text()
    standard = found["standard"].text() if "standard" in found else None
    source = said({name: part for name, part in found.items() if name != "by"}, line, place)
    if "said_by" in found:
        found["said_by"].choice((THIRD_PARTY,))
        source = replace(source, id=OTHERS)
    reading.add(
        Backing(
            id=mint(STARTER_IDS, "backing", key, how, short_slug(by), *([short_slug(standard)] if standard else [])),
            source=source,
            subject=subject,
            by=by,
            how=how,
            standard=standard,
            valid_from=found["from"].day() if "from" in found else None,
            valid_until=found["until"].day() if "until" in found else None,
        )
    )


def read_finding(reading: Reading, line: Part, subject: str, key: str, place: str) -> None:
    """The answer to a criterion of the rubric."""
    found = line.keys(("criterion", "verdict", "words", *SAID), ("criterion", "verdict"))
    criterion = found["criterion"].choice(tuple(criterion.id for criterion in default_rubric().criteria))
    reading.add(
        Finding(
            id=mint(STARTER_IDS, "finding", key, criterion),
            source=said(found, line, place),
            subject=subject,
            criterion=criterion,
            verdict=found["verdict"].choice(get_args(Verdict)),
            words=found["words"].text() if "words" in found else None,
        )
    )
