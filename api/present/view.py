"""What every presenter needs: the index behind an answer, the rubric, the day, the currency; names and citations."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from api.sentences import words
from api.shapes.basics import Citation, Condition, Level, Money, Named, Span
from graph.index import Index
from ontology.errors import UnknownId
from ontology.records import (
    Assessment,
    Assignment,
    Competency,
    Credential,
    Framework,
    Option,
    Provider,
    Record,
    Requirement,
    Role,
    Scale,
)
from ontology.records import Level as LevelRecord
from ontology.rubric import Rubric
from ontology.values import Range, Source

CALLED: tuple[type[Record], ...] = (
    Credential,
    Role,
    Competency,
    Provider,
    Assignment,
    LevelRecord,
    Framework,
    Assessment,
    Scale,
)
"""The kinds of thing that have a name of their own."""


@dataclass(frozen=True, slots=True)
class View:
    """An index seen with one rubric, on one day, in one currency."""

    index: Index
    rubric: Rubric
    today: date
    currency: str

    def name(self, id_: str) -> str:
        """The name of a thing; its id where it has none."""
        for kind in CALLED:
            found = self.index.find(kind, id_)
            if found is not None:
                return str(getattr(found, "name", None) or id_)
        return id_

    def named(self, id_: str) -> Named:
        """A thing by id and name."""
        return Named(id=id_, name=self.name(id_))

    def all_named(self, ids: Iterable[str]) -> tuple[Named, ...]:
        """Several things, in the order given."""
        return tuple(self.named(id_) for id_ in ids)

    def cite(self, source: Source) -> Citation:
        """Who says so."""
        voice = self.index.voice(source.id)
        title = next((info.title for info in self.index.sources if info.id == source.id), source.id)
        return Citation(
            source=source.id,
            title=title,
            voice=voice,
            place=source.place,
            page=source.page,
            date=source.date,
            by_editors=voice == "editors",
            rule=source.rule,
            premises=source.premises,
        )

    def said(self, id_: str, field: str) -> Citation | None:
        """Who says a field of a record."""
        try:
            return self.cite(self.index.said(id_, field))
        except UnknownId:
            return None

    def level(self, id_: str | None, competency: str | None = None) -> Level | None:
        """A level with its place in its scale, and what the competency looks like there."""
        found = self.index.find(LevelRecord, id_) if id_ else None
        if found is None:
            return None
        text = self.index.level_text(competency, found.id) if competency else None
        count = len(self.index.levels_of(found.scale))
        return Level(id=found.id, name=found.name, rank=found.rank, levels=max(count, found.rank), looks_like=text)

    def money(self, value: Range | None, currency: str | None = None) -> Money | None:
        """A range of minor units."""
        return None if value is None else self.sure_money(value, currency)

    def sure_money(self, value: Range, currency: str | None = None) -> Money:
        """A range of minor units that is known."""
        currency = currency or self.currency
        return Money(
            amount_minor_low=value.low,
            amount_minor_high=value.high,
            currency=currency,
            display=words.money(value, currency),
        )

    def option(self, option: Option) -> str:
        """One way to satisfy a requirement, in words."""
        if option.credential is not None:
            return self.name(option.credential)
        if option.competency is not None:
            level = f" at {self.name(option.level)}" if option.level else ""
            return self.name(option.competency) + level
        if option.words is not None:
            return option.words
        return f"{words.count(option.years or 0, 'year')} as {option.family or 'such work'}"

    def condition(self, requirement: Requirement) -> Condition:
        """A requirement of a role or credential, in words."""
        options = tuple(self.option(option) for option in self.index.options_of(requirement.id))
        if requirement.at_least >= len(options):
            says = words.join(options)
        elif requirement.at_least == 1:
            says = words.join(options, "or")
        else:
            says = f"{requirement.at_least} of: {words.join(options, 'or')}"
        return Condition(
            id=requirement.id,
            at_least=requirement.at_least,
            options=options,
            says=says or (requirement.words or "nothing"),
            source=self.cite(requirement.source),
        )

    def criterion(self, requirement: Requirement) -> str:
        """What a requirement is called: its competencies without levels, else its words, else its options."""
        options = self.index.options_of(requirement.id)
        competencies = [self.name(option.competency) for option in options if option.competency]
        if competencies and len(competencies) == len(options):
            return words.join(competencies, "or" if requirement.at_least < len(options) else "and")
        return requirement.words or self.condition(requirement).says


def minutes(value: Range | None) -> Span | None:
    """A range of minutes."""
    return None if value is None else sure_minutes(value)


def sure_minutes(value: Range) -> Span:
    """A range of minutes that is known."""
    return Span(low=value.low, high=value.high, unit="minutes", display=words.hours(value))


def days(value: Range | None) -> Span | None:
    """A range of days."""
    return None if value is None else Span(low=value.low, high=value.high, unit="days", display=words.days(value))
