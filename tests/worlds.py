"""Drawn little worlds: a catalogue in a few lines that read like sentences, used by everyone's tests.

    index = world(
        role("Product manager", asks={"Agile": "Working"}),
        role("Senior product manager", asks={"Agile": "Practitioner", "Strategy": "Working"}, after="Product manager"),
        provider("Scrum.org", kind="industry association"),
        credential("PSM", by="Scrum.org", money=20000, minutes=960, assessed=EXAM, assesses={"Agile": "Working"}),
        credential("PSPO", minutes=(300, 600), assessed=EXAM, assesses={"Agile": "Practitioner"}, needs=["PSM"]),
        credential("Master", parts=["PSM", "PSPO"], assessed=PROJECT, assesses={"Strategy": "Working"}),
        standing("PSM", into="Master", minutes_off=300),
        assignment("Write a strategy", shows={"Strategy": "Working"}),
    )
    index.record(Role, the_role("Senior product manager"))

What is named but not declared (a competency, a provider, a ladder) is made. Ids are `id/w/<kind>/<slug of the name>`;
`the_role`, `the_credential`, `the_competency`, `the_level`, `the_provider`, `the_assignment`, `the_assessment` and
`the_requirement` give them. There is one scale of four levels: Awareness, Working, Practitioner, Expert.

Figures: a number is exact, a pair is a range, `None` is unknown (for `money`: no cost record at all). Money is whole
minor units. `needs` is a list of conditions that must all hold; a condition is an option or `any_of(k, option, ...)`;
an option is the name of a credential, `at("Agile", "Working")`, `years(3, "Product manager")` or `fact("a degree")`.
A role's `asks` gives for each competency a level, or `ask("Working", importance=40, optional=True)`; roles have `needs`
too.

Everything is said by the source `w` (voice issuer). `said_by("blog", "others", credential("PSM", minutes=1200))` lets
another source speak of the same thing. Bare records may stand among the declarations. `store_of` gives the store.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date as day_of
from typing import TypeAlias

from graph.build import build_index
from graph.index import Index
from graph.stores.memory import MemoryStore
from ontology.ids import mint
from ontology.records import (
    AdvancedStanding,
    Alignment,
    Assessment,
    Assignment,
    Backing,
    Claim,
    Competency,
    Cost,
    Credential,
    Finding,
    Framework,
    Level,
    LevelText,
    NextRole,
    Option,
    PartOf,
    Provider,
    Rate,
    Record,
    Requirement,
    Role,
    Scale,
)
from ontology.values import (
    BackingKind,
    Evaluator,
    Flag,
    Method,
    Mode,
    ProviderKind,
    Range,
    Relation,
    Source,
    SourceInfo,
    Status,
    Verdict,
    Voice,
)

SOURCE = SourceInfo(id="w", title="A drawn world", voice="issuer")
LEVELS = ("Awareness", "Working", "Practitioner", "Expert")
THE_SCALE = "id/w/scale/four"

Figure: TypeAlias = int | tuple[int, int] | None
_IMPLIED = "implied"


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessed:
    """How a credential is assessed; see `EXAM` and its neighbours."""

    methods: tuple[Method, ...] = ()
    proctored: Flag | None = None
    rubric: Flag | None = None
    pass_mark: str | None = None
    evaluator: Evaluator | None = None


EXAM = Assessed(methods=("exam",), proctored="yes", pass_mark="85 %", evaluator="External")
PROJECT = Assessed(methods=("project",), rubric="yes", pass_mark="60 %", evaluator="External")
QUIZ = Assessed(methods=("quiz",), proctored="no", pass_mark="80 %", evaluator="Automated")
ATTENDANCE = Assessed(methods=("attendance",))
PEER_CAPSTONE = Assessed(methods=("capstone",), evaluator="Peer")


@dataclass(frozen=True, slots=True)
class Ask:
    """A level with an importance, or an optional one."""

    level: str | None
    importance: int | None = None
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Way:
    """One option that is not the name of a credential."""

    competency: str | None = None
    level: str | None = None
    family: str | None = None
    years: int | None = None
    words: str | None = None


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least k of some options."""

    at_least: int
    options: tuple["str | Way", ...]


@dataclass(frozen=True, slots=True)
class Spoken:
    """What another source says."""

    info: SourceInfo
    records: tuple[Record, ...]


Declared: TypeAlias = Record | Spoken | Sequence[Record]


def world(*declared: Declared) -> Index:
    """The index of a declared world."""
    return build_index(store_of(*declared))


def store_of(*declared: Declared) -> MemoryStore:
    """The store of a declared world."""
    said: dict[str, list[Record]] = {SOURCE.id: [*_scale()]}
    infos = {SOURCE.id: SOURCE}
    for part in declared:
        if isinstance(part, Spoken):
            infos[part.info.id] = part.info
            said.setdefault(part.info.id, []).extend(_in_words_of(part.info.id, part.records))
        elif isinstance(part, Record):
            said[SOURCE.id].extend(_in_words_of(SOURCE.id, [part]))
        else:
            said[SOURCE.id].extend(part)
    store = MemoryStore()
    for id_, records in said.items():
        store.replace_source(infos[id_], _without_implied(records))
    return store


def said_by(source: str, voice: Voice, *declared: Record | Sequence[Record], date: str | None = None) -> Spoken:
    """What another source says, in its voice; only what is declared, nothing that is implied."""
    records = [r for part in declared for r in ([part] if isinstance(part, Record) else part)]
    stated = tuple(replace(r, source=replace(r.source, date=date)) for r in records if r.source.place != _IMPLIED)
    return Spoken(SourceInfo(id=source, title=source, voice=voice), stated)


# Ids


def the(kind: str, *name: str) -> str:
    """The id of a thing of some kind by its name."""
    return mint("w", kind, *name)


def the_role(name: str) -> str:
    """The id of a role."""
    return the("role", name)


def the_credential(name: str) -> str:
    """The id of a credential."""
    return the("credential", name)


def the_competency(name: str) -> str:
    """The id of a competency."""
    return the("competency", name)


def the_level(name: str) -> str:
    """The id of a level of the scale."""
    return the("level", name)


def the_provider(name: str) -> str:
    """The id of a provider."""
    return the("provider", name)


def the_assignment(name: str) -> str:
    """The id of an assignment."""
    return the("assignment", name)


def the_assessment(credential: str) -> str:
    """The id of a credential's assessment."""
    return the("assessment", credential)


def the_requirement(subject: str, what: str) -> str:
    """The id of what a role or credential asks: `what` is the competency, or the number of the condition from 1."""
    return the("requirement", subject, what)


# Declarations


def ask(level: str | None = None, *, importance: int | None = None, optional: bool = False) -> Ask:
    """A level that a role asks for, with an importance of 0 to 100, or an optional one."""
    return Ask(level, importance, optional)


def at(competency: str, level: str | None = None) -> Way:
    """The option of a competency at a level."""
    return Way(competency=competency, level=level)


def years(number: int, family: str | None = None) -> Way:
    """The option of years in a role family."""
    return Way(years=number, family=family)


def fact(words: str) -> Way:
    """The option of a fact that only the person can tell."""
    return Way(words=words)


def any_of(at_least: int, *options: str | Way) -> AnyOf:
    """A condition: at least so many of these options."""
    return AnyOf(at_least, options)


def competency(name: str, *, other_names: Iterable[str] = (), texts: Mapping[str, str] | None = None) -> list[Record]:
    """A competency, with what its levels look like in practice."""
    made: list[Record] = [
        replace(_competency(name), other_names=tuple(other_names), source=_here(f"competency {name}"))
    ]
    for level, words in (texts or {}).items():
        id_, place = the("level-text", name, level), f"competency {name}, {level}"
        made.append(
            LevelText(id=id_, source=_here(place), competency=the_competency(name), level=the_level(level), words=words)
        )
    return made


def role(
    name: str,
    *,
    asks: Mapping[str, str | Ask | None] | None = None,
    needs: Iterable[str | Way | AnyOf] = (),
    after: str | Iterable[str] = (),
    other_names: Iterable[str] = (),
    family: str | None = None,
    ladder: str | None = None,
    rung: int | None = None,
) -> list[Record]:
    """A role; `after` names the roles it is the next rung of."""
    here = _here(f"role {name}")
    made: list[Record] = []
    if ladder:
        made.append(Framework(id=the("framework", ladder), source=_here(_IMPLIED), name=ladder))
    made.append(
        Role(
            id=the_role(name), source=here, name=name, other_names=tuple(other_names), family=family,
            ladder=the("framework", ladder) if ladder else None, rung=rung,
        )
    )  # fmt: skip
    for what, asked in (asks or {}).items():
        wish = asked if isinstance(asked, Ask) else Ask(asked)
        id_ = the_requirement(name, what)
        made.append(
            Requirement(
                id=id_, source=here, subject=the_role(name), at_least=1, importance=wish.importance,
                necessity="optional" if wish.optional else "essential", words=f"{what} at {wish.level}",
            )
        )  # fmt: skip
        made.extend(_option(id_, 1, Way(competency=what, level=wish.level), here))
    made.extend(_conditions(the_role(name), name, needs, here))
    for lower in [after] if isinstance(after, str) else after:
        id_ = the("next-role", lower, name)
        made.append(
            NextRole(id=id_, source=here, from_role=the_role(lower), to_role=the_role(name), kind="ladder step")
        )
    return made


def related(one: str, other: str) -> list[Record]:
    """A related role that one can go across to."""
    id_, here = the("next-role", one, other, "related"), _here(f"{one} to {other}")
    return [NextRole(id=id_, source=here, from_role=the_role(one), to_role=the_role(other), kind="related role")]


def provider(
    name: str, *, kind: ProviderKind = "unknown", other_names: Iterable[str] = (), area: str | None = None
) -> list[Record]:
    """A provider."""
    here = _here(f"provider {name}")
    return [
        Provider(id=the_provider(name), source=here, name=name, kind=kind, other_names=tuple(other_names), area=area)
    ]


def credential(
    name: str,
    *,
    by: str | None = None,
    money: Figure = None,
    currency: str = "GBP",
    minutes: Figure = None,
    days: Figure = None,
    assessed: Assessed | None = None,
    assesses: Mapping[str, str | None] | None = None,
    teaches: Mapping[str, str | None] | None = None,
    needs: Iterable[str | Way | AnyOf] = (),
    parts: Iterable[str] = (),
    parts_needed: int | None = None,
    other_names: Iterable[str] = (),
    languages: Iterable[str] = (),
    modes: Iterable[str] = (),
    status: Status | None = None,
    renewal_months: int | None = None,
    type: str | None = None,  # noqa: A002
) -> list[Record]:
    """A credential; `parts_needed` (all, unless stated) of its `parts` are its requirement too."""
    id_, here = the_credential(name), _here(f"credential {name}")
    made: list[Record] = []
    if by:
        made.append(Provider(id=the_provider(by), source=_here(_IMPLIED), name=by))
    made.append(
        Credential(
            id=id_, source=here, name=name, other_names=tuple(other_names), type=type, status=status,
            provider=the_provider(by) if by else None, languages=tuple(languages), modes=tuple(modes),
            effort=_range(minutes), elapsed=_range(days), renewal_months=renewal_months,
        )
    )  # fmt: skip
    if money is not None:
        made.append(
            Cost(
                id=the("cost", name), source=here, credential=id_, kind="exam", amount=_range(money), currency=currency
            )
        )
    if assessed:
        made.append(
            Assessment(
                id=the_assessment(name), source=here, credential=id_, methods=assessed.methods, rubric=assessed.rubric,
                proctored=assessed.proctored, pass_mark=assessed.pass_mark, evaluator=assessed.evaluator,
            )
        )  # fmt: skip
    made.extend(
        _claims(id_, name, "assesses", assesses or {}, here=here, assessment=the_assessment(name) if assessed else None)
    )
    made.extend(_claims(id_, name, "teaches", teaches or {}, here=here))
    conditions = list(needs)
    pieces = list(parts)
    made.extend(PartOf(id=the("part-of", p, name), source=here, part=the_credential(p), whole=id_) for p in pieces)
    if pieces:
        conditions.append(AnyOf(len(pieces) if parts_needed is None else parts_needed, tuple(pieces)))
    made.extend(_conditions(id_, name, conditions, here))
    return made


def standing(
    held: str, *, into: str, money_off: int | None = None, minutes_off: int | None = None, currency: str = "GBP"
) -> list[Record]:
    """Advanced standing that holding one credential gives into another."""
    id_, here = the("advanced-standing", held, into), _here(f"standing {held} into {into}")
    return [
        AdvancedStanding(
            id=id_, source=here, held=the_credential(held), into=the_credential(into), money_off=money_off,
            minutes_off=minutes_off, currency=None if money_off is None else currency,
        )
    ]  # fmt: skip


def assignment(
    name: str,
    *,
    shows: Mapping[str, str | None] | None = None,
    general: str | None = None,
    minutes: Figure = None,
    days: Figure = None,
) -> list[Record]:
    """A workplace project; `general` is the level at which it serves any competency."""
    id_, here = the_assignment(name), _here(f"assignment {name}")
    made: list[Record] = [
        Assignment(
            id=id_, source=here, name=name, produces="a report", assessor="the line manager", rubric="three criteria",
            general_level=the_level(general) if general else None, effort=_range(minutes), elapsed=_range(days),
        )
    ]  # fmt: skip
    made.extend(_claims(id_, name, "assesses", shows or {}, here=here))
    return made


def aligned(one: str, other: str, relation: Relation = "exact") -> list[Record]:
    """Two competencies of which somebody says that they match."""
    id_, here = the("alignment", one, other), _here(f"{one} is {relation} to {other}")
    one_id, other_id = the_competency(one), the_competency(other)
    return [
        _competency(one),
        _competency(other),
        Alignment(id=id_, source=here, one=one_id, other=other_id, relation=relation),
    ]


def backing(
    subject: str,
    *,
    by: str,
    how: BackingKind = "accredits",
    standard: str | None = None,
    until: day_of | None = None,
) -> list[Record]:
    """Somebody backs the thing with the id `subject`."""
    id_, here = the("backing", subject, by, how), _here(f"{by} {how} {subject}")
    return [Backing(id=id_, source=here, subject=subject, by=by, how=how, standard=standard, valid_until=until)]


def finding(subject: str, criterion: str, verdict: Verdict = "met") -> list[Record]:
    """What was found about the thing with the id `subject`."""
    id_, here = the("finding", subject, criterion), _here(f"{criterion} of {subject}")
    return [Finding(id=id_, source=here, subject=subject, criterion=criterion, verdict=verdict)]


def rate(base: str, quote: str, millionths: int, day: str = "2026-11-01") -> list[Record]:
    """One unit of `base` is worth so many millionths of `quote`."""
    id_, here = the("rate", base, quote, day), _here(f"{base} in {quote}")
    return [Rate(id=id_, source=here, base=base, quote=quote, millionths=millionths, day=day_of.fromisoformat(day))]


# Helpers


def _here(place: str) -> Source:
    return Source(id=SOURCE.id, place=place)


def _range(figure: Figure) -> Range | None:
    if figure is None:
        return None
    return Range.exactly(figure) if isinstance(figure, int) else Range(*figure)


def _scale() -> Iterable[Record]:
    yield Scale(id=THE_SCALE, source=_here("scale"), name="Four levels")
    for rank, name in enumerate(LEVELS, start=1):
        yield Level(id=the_level(name), source=_here("scale"), scale=THE_SCALE, rank=rank, name=name)


def _competency(name: str) -> Competency:
    return Competency(id=the_competency(name), source=_here(_IMPLIED), name=name, scale=THE_SCALE)


def _claims(
    subject: str,
    name: str,
    mode: Mode,
    levels: Mapping[str, str | None],
    *,
    here: Source,
    assessment: str | None = None,
) -> Iterator[Record]:
    for what, level in levels.items():
        yield _competency(what)
        yield Claim(
            id=the("claim", name, what, mode), source=here, subject=subject, competency=the_competency(what), mode=mode,
            level=the_level(level) if level else None, assessment=assessment,
        )  # fmt: skip


def _conditions(subject: str, name: str, needs: Iterable[str | Way | AnyOf], here: Source) -> Iterator[Record]:
    for number, need in enumerate(needs, start=1):
        condition = need if isinstance(need, AnyOf) else AnyOf(1, (need,))
        id_ = the_requirement(name, str(number))
        yield Requirement(id=id_, source=here, subject=subject, at_least=condition.at_least)
        for place, option in enumerate(condition.options, start=1):
            yield from _option(id_, place, option, here)


def _option(requirement: str, place: int, option: str | Way, here: Source) -> Iterator[Record]:
    id_ = requirement.replace("/requirement/", "/option/") + f"--{place}"
    if isinstance(option, str):
        yield Option(id=id_, source=here, requirement=requirement, credential=the_credential(option))
        return
    if option.competency:
        yield _competency(option.competency)
    yield Option(
        id=id_, source=here, requirement=requirement, family=option.family, years=option.years, words=option.words,
        competency=the_competency(option.competency) if option.competency else None,
        level=the_level(option.level) if option.level else None,
    )  # fmt: skip


def _in_words_of(source: str, records: Iterable[Record]) -> list[Record]:
    return [replace(record, source=replace(record.source, id=source)) for record in records]


def _without_implied(records: Iterable[Record]) -> list[Record]:
    kept: dict[tuple[type[Record], str], Record] = {}
    stated: list[Record] = []
    for record in records:
        if record.source.place == _IMPLIED:
            kept[type(record), record.id] = record
        else:
            stated.append(record)
    spoken = {(type(record), record.id) for record in stated}
    return stated + [record for key, record in kept.items() if key not in spoken]
