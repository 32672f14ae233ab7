"""The words of a command become a person and a question; each mistake says what was found and what to write."""

import re
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

from babel.numbers import is_currency

from api.asking.picking import pick
from api.catalogue import Catalogue
from api.people import find_facts, find_level, read_person
from api.settings import Settings
from ontology.currencies import to_minor
from ontology.errors import BadSetting, BadValue
from ontology.person import ClaimedLevel, Holding, Person, StatedFact
from ontology.records import Competency, Credential, Provider, Record, Role
from ontology.values import Range
from recommender.figures import convert
from recommender.pathways.problem import Aim
from recommender.question import Question


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Everything that `next` and `gap` may be given, as it was written."""

    role: str | None = None
    to: str | None = None
    file: Path | None = None
    have: list[str] = field(default_factory=list)
    levels: list[str] = field(default_factory=list)
    facts: list[str] = field(default_factory=list)
    budget: str | None = None
    hours: float | None = None
    by: str | None = None
    pin: list[str] = field(default_factory=list)
    exclude: list[str] = field(default_factory=list)
    providers: list[str] = field(default_factory=list)
    languages: list[str] = field(default_factory=list)
    modes: list[str] = field(default_factory=list)
    currency: str | None = None
    hour_value: str | None = None
    aim: Aim = "balanced"
    strict_role: bool = False
    optional: bool = False
    prefer_work: bool = False
    today: str | None = None


def read_amount(words: str, what: str = "budget") -> tuple[int, str]:
    """An amount with its currency, in minor units. Raises `BadValue`.

    >>> read_amount("2000GBP"), read_amount("1,250.50 eur")
    ((200000, 'GBP'), (125050, 'EUR'))
    """
    found = re.fullmatch(r"\s*(-?)\s*(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)\s*([A-Za-z]*)\s*", words, re.ASCII)
    if found is None:
        raise BadValue(f"the {what} {words!r} is no amount; write a number and a currency, such as 2000GBP")
    sign, number, currency = found[1], found[2].replace(",", ""), found[3].upper()
    if sign:
        raise BadValue(f"the {what} {words!r} is negative; give 0 or more, such as 2000GBP")
    if not currency:
        raise BadValue(f"{words.strip()} what? write {words.strip()}GBP, or another currency")
    return to_minor(Decimal(number), read_currency(currency)), currency


def read_currency(words: str) -> str:
    """A currency by its code. Raises `BadValue`."""
    code = words.strip().upper()
    if not is_currency(code):
        raise BadValue(f"{words!r} is no code of a currency, such as GBP, EUR or USD")
    return code


def read_day(words: str, what: str) -> date:
    """A day. Raises `BadValue`."""
    try:
        return date.fromisoformat(words.strip())
    except ValueError as error:
        raise BadValue(f"the {what} {words!r} is no day; write it as 2027-06-30") from error


def today_of(words: str | None) -> date:
    """The day that is given, or today: the one place where the clock is read."""
    return read_day(words, "day given with --today") if words else datetime.now(UTC).astimezone().date()


def read_person_asked(asked: Asked, catalogue: Catalogue, today: date) -> Person:
    """Who asks: the file, then what the command line says on top. Raises an `InputError` or `Unreadable`."""

    def resolve(words: str, record_type: type[Record]) -> str:
        return pick(catalogue.names, words, record_type)

    index = catalogue.index
    person = read_person(asked.file, index, resolve, today) if asked.file else Person()
    role = resolve(asked.role, Role) if asked.role else person.role
    held = {holding.credential: holding for holding in person.holdings}
    for words in asked.have:
        name, at, day = words.partition("@")
        awarded = read_day(day, f"date of {name}") if at else None
        if awarded is not None and awarded > today:
            raise BadValue(f"{name} cannot have been awarded on {day}, which is after today, {today}")
        id_ = resolve(name, Credential)
        held[id_] = (
            replace(held[id_], awarded=awarded or held[id_].awarded)
            if id_ in held
            else Holding(credential=id_, awarded=awarded)
        )
    levels = {claimed.competency: claimed for claimed in person.levels}
    for words in asked.levels:
        name, equals, level = words.rpartition("=")
        if not equals:
            raise BadValue(f'--level {words!r} names no level; write COMPETENCY=LEVEL, such as "{words}=Expert"')
        competency = resolve(name, Competency)
        levels[competency] = ClaimedLevel(competency=competency, level=find_level(index, competency, level))
    facts = {fact.option: fact for fact in person.facts} | {f.option: f for f in _facts(asked.facts, catalogue)}
    return replace(
        person,
        role=role,
        holdings=tuple(held[id_] for id_ in sorted(held)),
        levels=tuple(levels[id_] for id_ in sorted(levels)),
        facts=tuple(facts[id_] for id_ in sorted(facts)),
    )


def target_of(asked: Asked, catalogue: Catalogue) -> str | None:
    """The role that is wanted; `None` where none is named. Raises an `InputError`."""
    if asked.to is None:
        return None
    if not asked.to.strip():
        raise BadValue("--to names no role; write the name of one, or leave --to out")
    return pick(catalogue.names, asked.to, Role)


def read_question(asked: Asked, catalogue: Catalogue, settings: Settings, today: date) -> Question:
    """The question that was asked. Raises an `InputError`."""
    currency = read_currency(asked.currency) if asked.currency else None
    budget = None
    if asked.budget is not None:
        budget, of = read_amount(asked.budget)
        if currency is not None and of != currency:
            raise BadValue(f"the budget is in {of} and plans are compared in {currency}; give both in one currency")
        currency = of
    currency = currency or settings.currency
    names = catalogue.names
    hours = settings.hours_per_week if asked.hours is None else asked.hours
    if not 1 / 60 <= hours <= 168:
        raise BadValue(f"{hours:g} hours per week cannot be planned; give at least a minute (0.017) and at most 168")
    return Question(
        today=today,
        aim=asked.aim,
        currency=currency,
        budget=budget,
        weekly_minutes=round(hours * 60),
        hourly_rate=_hour_value(asked, catalogue, settings, currency),
        deadline=read_day(asked.by, "day given with --by") if asked.by else None,
        pinned=tuple(sorted({pick(names, words, Credential) for words in asked.pin})),
        excluded=tuple(sorted({pick(names, words, Credential) for words in asked.exclude})),
        providers=tuple(sorted({pick(names, words, Provider) for words in asked.providers})),
        languages=tuple(sorted(_known(asked.languages, catalogue, "languages", "language"))),
        modes=tuple(sorted(_known(asked.modes, catalogue, "modes", "mode"))),
        optional=asked.optional,
        assume_role=not asked.strict_role,
        prefer_work=asked.prefer_work,
    )


def _facts(written: list[str], catalogue: Catalogue) -> list[StatedFact]:
    found = []
    for words in written:
        option, equals, answer = words.rpartition("=")
        if not equals or answer.strip().lower() not in ("yes", "no"):
            raise BadValue(f"--fact {words!r} says neither yes nor no; write WORDS=yes or WORDS=no")
        holds = answer.strip().lower() == "yes"
        found += [StatedFact(option=id_, holds=holds) for id_ in find_facts(catalogue.index, option)]
    return found


def _hour_value(asked: Asked, catalogue: Catalogue, settings: Settings, currency: str) -> int:
    if asked.hour_value is not None:
        value, of = read_amount(asked.hour_value, "value of an hour")
    else:
        value, of = _hour_value_set(settings), settings.currency
    if of == currency:
        return value
    converted = convert(catalogue.index, Range.exactly(value), of, currency)
    if converted is None:
        raise BadValue(
            f"no rate leads from {of} to {currency}; say what an hour is worth with --hour-value 25{currency}"
        )
    return converted[0].high


def _hour_value_set(settings: Settings) -> int:
    try:
        return to_minor(Decimal(str(settings.hour_value)), settings.currency)
    except BadValue as error:
        raise BadSetting("hour_value", str(error)) from error


def _known(written: list[str], catalogue: Catalogue, field_name: str, what: str) -> set[str]:
    """Words that some credential bears in a field; a word that none bears would leave every plan empty."""
    if not written:
        return set()
    index = catalogue.index
    there = {word for id_ in index.ids(Credential) for word in getattr(index.record(Credential, id_), field_name)}
    by_fold = {word.casefold(): word for word in sorted(there)}
    for words in written:
        if words.strip().casefold() not in by_fold:
            known = ", ".join(sorted(there)) or "none is stated"
            raise BadValue(f"no credential is stated to have the {what} {words!r}; there are: {known}")
    return {by_fold[words.strip().casefold()] for words in written}
