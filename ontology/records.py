"""The catalogue: what credentials, competencies, roles and providers are, as frozen records.

Each record has an `id`, a `source` that says so, and the fields declared here once (see `schema`). A record's key is
(kind, id, source id, place): several places may speak about one id, and `graph.fuse` decides field by field whom to
believe.
Tuples are sets: sorted, without repeats. Links are ids.
"""

from dataclasses import dataclass
from datetime import date as Date  # noqa: N812
from typing import Annotated, TypeVar

from ontology.schema import date, link, links, number, quantity, text
from ontology.values import (
    MOST_DAYS,
    MOST_MINUTES,
    MOST_MONEY,
    BackingKind,
    CostKind,
    Evaluator,
    Flag,
    Method,
    Mode,
    Necessity,
    ProviderKind,
    Range,
    Relation,
    RoleStep,
    Source,
    Status,
    Verdict,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What every record has. Tuples are put in order and repeats dropped, so equal content is equal."""

    id: str
    source: Source

    def __post_init__(self) -> None:
        for name in self.__dataclass_fields__:
            value = getattr(self, name)
            if isinstance(value, tuple):
                object.__setattr__(self, name, tuple(sorted(set(value))))


@dataclass(frozen=True, slots=True, kw_only=True)
class Framework(Record):
    """A competency framework or a role ladder."""

    name: Annotated[str, text("ceasn:name")]
    publisher: Annotated[str | None, text("ceasn:publisherName")] = None
    version: Annotated[str | None, text("cp:version")] = None
    valid_from: Annotated[Date | None, date("ceasn:dateValidFrom")] = None
    replaces: Annotated[str | None, link("dcterms:replaces")] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale(Record):
    """An ordered list of levels; its `Level` records point here."""

    name: Annotated[str, text("skos:prefLabel")]
    description: Annotated[str | None, text("dcterms:description")] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Level(Record):
    """One level of a scale. Ranks order the levels of one scale only and never compare across scales."""

    scale: Annotated[str, link("cp:scale")]
    rank: Annotated[int, number("cp:rank")]
    name: Annotated[str, text("skos:prefLabel")]
    meaning: Annotated[str | None, text("skos:definition")] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Competency(Record):
    """An ability that can be required, taught and assessed."""

    name: Annotated[str, text("ceasn:competencyLabel")]
    other_names: Annotated[tuple[str, ...], text("skos:altLabel")] = ()
    description: Annotated[str | None, text("ceasn:competencyText")] = None
    framework: Annotated[str | None, link("ceasn:isPartOf")] = None
    scale: Annotated[str | None, link("cp:scale")] = None
    broader: Annotated[tuple[str, ...], links("skos:broader")] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelText(Record):
    """What a competency at a level looks like in practice."""

    competency: Annotated[str, link("cp:competency")]
    level: Annotated[str, link("cp:level")]
    words: Annotated[str, text("cp:words")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Role(Record):
    """One rung of a ladder, such as Senior product manager. `family` is the kind of work (Product manager), `group` the
    family of families (Product and delivery); `rung` is there only where a source states it.
    """

    name: Annotated[str, text("ceterms:name")]
    other_names: Annotated[tuple[str, ...], text("skos:altLabel")] = ()
    description: Annotated[str | None, text("ceterms:description")] = None
    family: Annotated[str | None, text("cp:roleFamily")] = None
    group: Annotated[str | None, text("cp:roleGroup")] = None
    ladder: Annotated[str | None, link("cp:ladder")] = None
    rung: Annotated[int | None, number("cp:rung")] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement(Record):
    """`subject` (a role or a credential) asks for at least `at_least` of the options that point here.

    All requirements of a subject must hold, so any AND of k-of-n can be said. `importance` is 0 to 100, `words` the
    criterion in the source's own words, `measured_by` how it is measured.
    """

    subject: Annotated[str, link("cp:subject")]
    at_least: Annotated[int, number("cp:atLeast")]
    importance: Annotated[int | None, number("cp:importance")] = None
    necessity: Annotated[Necessity, text("cp:necessity")] = "essential"
    words: Annotated[str | None, text("cp:words")] = None
    measured_by: Annotated[str | None, text("cp:measuredBy")] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Option(Record):
    """One way to satisfy a requirement: a competency at a level, a credential, `years` in a role `family`, or a fact
    about the person in `words` only (then nobody but the person can say whether it holds).
    """

    requirement: Annotated[str, link("cp:optionOf")]
    competency: Annotated[str | None, link("cp:competency")] = None
    level: Annotated[str | None, link("cp:level")] = None
    credential: Annotated[str | None, link("cp:credential")] = None
    family: Annotated[str | None, text("cp:roleFamily")] = None
    years: Annotated[int | None, number("cp:years")] = None
    words: Annotated[str | None, text("cp:words")] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider(Record):
    """Who offers or owns credentials."""

    name: Annotated[str, text("ceterms:name")]
    other_names: Annotated[tuple[str, ...], text("skos:altLabel")] = ()
    kind: Annotated[ProviderKind, text("cp:providerKind")] = "unknown"
    area: Annotated[str | None, text("cp:areaServed")] = None
    page: Annotated[str | None, text("cp:page")] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Credential(Record):
    """Something that can be earned. `type` is the local name of a CTDL class, such as Certification.

    `effort` is minutes of work to earn it, `elapsed` the days from start to award that its provider states (a stated
    minimum, however fast one works), `renewal_months` 0 means stated never to expire.
    """

    name: Annotated[str, text("ceterms:name")]
    other_names: Annotated[tuple[str, ...], text("skos:altLabel")] = ()
    description: Annotated[str | None, text("ceterms:description")] = None
    type: Annotated[str | None, text("cp:credentialType")] = None
    provider: Annotated[str | None, link("ceterms:offeredBy")] = None
    status: Annotated[Status | None, text("cp:status")] = None
    offered_until: Annotated[Date | None, date("ceterms:expirationDate")] = None
    languages: Annotated[tuple[str, ...], text("ceterms:inLanguage")] = ()
    modes: Annotated[tuple[str, ...], text("cp:deliveryMode")] = ()
    effort: Annotated[Range | None, quantity("cp:effortMinutes", most=MOST_MINUTES)] = None
    elapsed: Annotated[Range | None, quantity("cp:elapsedDays", most=MOST_DAYS)] = None
    renewal_months: Annotated[int | None, number("cp:renewalMonths")] = None
    scheme_level: Annotated[str | None, text("cp:schemeLevel")] = None
    credit: Annotated[int | None, number("cp:credit")] = None
    credit_scheme: Annotated[str | None, text("cp:creditScheme")] = None
    page: Annotated[str | None, text("ceterms:subjectWebpage")] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost(Record):
    """Something to pay for a credential. `amount` is minor units of `currency`; a cost without an amount says that
    there is such a fee and nobody says how much. `audience` is for whom it holds, absent for everybody.
    """

    credential: Annotated[str, link("cp:credential")]
    kind: Annotated[CostKind, text("ceterms:directCostType")]
    amount: Annotated[Range | None, quantity("cp:amountMinor", most=MOST_MONEY)] = None
    currency: Annotated[str | None, text("ceterms:currency")] = None
    audience: Annotated[str | None, text("ceterms:audienceType")] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment(Record):
    """How a credential is assessed. `rubric` says whether it is published, `pass_mark` states it in words."""

    credential: Annotated[str, link("cp:credential")]
    name: Annotated[str | None, text("ceterms:name")] = None
    methods: Annotated[tuple[Method, ...], text("cp:assessmentMethod")] = ()
    proctored: Annotated[Flag | None, text("ceterms:isProctored")] = None
    rubric: Annotated[Flag | None, text("cp:rubricPublished")] = None
    pass_mark: Annotated[str | None, text("cp:passMark")] = None
    evaluator: Annotated[Evaluator | None, text("cp:evaluator")] = None
    retakes: Annotated[str | None, text("cp:retakes")] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim(Record):
    """`subject` (a credential or an assignment) teaches or assesses a competency at a level, by an assessment.

    `words` is the topic as its page names it, restated. A claim whose source speaks as editors is our mapping, and
    answers say so.
    """

    subject: Annotated[str, link("cp:subject")]
    competency: Annotated[str, link("cp:competency")]
    mode: Annotated[Mode, text("cp:claimMode")]
    level: Annotated[str | None, link("cp:level")] = None
    assessment: Annotated[str | None, link("cp:assessment")] = None
    words: Annotated[str | None, text("cp:words")] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PartOf(Record):
    """`part` counts toward `whole`; how many parts the whole needs is the whole's own requirement."""

    part: Annotated[str, link("cp:part")]
    whole: Annotated[str, link("ceterms:isPartOf")]


@dataclass(frozen=True, slots=True, kw_only=True)
class AdvancedStanding(Record):
    """Holding `held` takes money (minor units of `currency`) and minutes off earning `into`."""

    held: Annotated[str, link("ceterms:advancedStandingFrom")]
    into: Annotated[str, link("ceterms:isAdvancedStandingFor")]
    money_off: Annotated[int | None, number("cp:moneyOffMinor")] = None
    currency: Annotated[str | None, text("ceterms:currency")] = None
    minutes_off: Annotated[int | None, number("cp:minutesOff")] = None
    words: Annotated[str | None, text("cp:words")] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Alignment(Record):
    """Two competencies, roles or levels that somebody says match: `one` is exact, close, broad or narrow to `other`."""

    one: Annotated[str, link("cp:one")]
    other: Annotated[str, link("cp:other")]
    relation: Annotated[Relation, text("cp:relation")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Backing(Record):
    """Somebody accredits, recognises, regulates, approves or endorses a credential or a provider."""

    subject: Annotated[str, link("cp:subject")]
    by: Annotated[str, text("cp:backedBy")]
    how: Annotated[BackingKind, text("cp:backingKind")]
    standard: Annotated[str | None, text("cp:standard")] = None
    valid_from: Annotated[Date | None, date("ceterms:startDate")] = None
    valid_until: Annotated[Date | None, date("ceterms:endDate")] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding(Record):
    """The answer to a criterion of the rubric that no other record gives, for a credential, provider, assessment."""

    subject: Annotated[str, link("cp:subject")]
    criterion: Annotated[str, text("cp:criterion")]
    verdict: Annotated[Verdict, text("cp:verdict")]
    words: Annotated[str | None, text("cp:words")] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment(Record):
    """A workplace project that shows a competency; its claims say which, at which level. One with a `general_level`
    serves any competency at that level that has no project of its own.
    """

    name: Annotated[str, text("ceterms:name")]
    produces: Annotated[str, text("cp:produces")]
    assessor: Annotated[str, text("cp:assessor")]
    rubric: Annotated[str, text("cp:rubric")]
    audience: Annotated[str | None, text("cp:audience")] = None
    leadership: Annotated[str | None, text("cp:leadership")] = None
    general_level: Annotated[str | None, link("cp:generalLevel")] = None
    effort: Annotated[Range | None, quantity("cp:effortMinutes", most=MOST_MINUTES)] = None
    elapsed: Annotated[Range | None, quantity("cp:elapsedDays", most=MOST_DAYS)] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeData(Record):
    """What became of people who earned a credential. Never mixed with proof."""

    credential: Annotated[str, link("cp:credential")]
    measure: Annotated[str, text("cp:measure")]
    value: Annotated[int, number("cp:value")]
    unit: Annotated[str, text("cp:unit")]
    population: Annotated[str | None, text("cp:population")] = None
    period: Annotated[str | None, text("cp:period")] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NextRole(Record):
    """One step between roles: up a ladder, or across to a related role."""

    from_role: Annotated[str, link("cp:fromRole")]
    to_role: Annotated[str, link("cp:toRole")]
    kind: Annotated[RoleStep, text("cp:roleStep")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate(Record):
    """One unit of `base` is worth `millionths` / 1,000,000 units of `quote` on `day`."""

    base: Annotated[str, text("cp:base")]
    quote: Annotated[str, text("cp:quote")]
    millionths: Annotated[int, number("cp:millionths")]
    day: Annotated[Date, date("dcterms:date")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Forwarding(Record):
    """A thing that was renamed: its old id leads `to` the new one, so that saved plans resolve."""

    to: Annotated[str, link("dcterms:isReplacedBy")]


RECORD_TYPES: tuple[type[Record], ...] = (
    Framework, Scale, Level, Competency, LevelText, Role, Requirement, Option, Provider, Credential, Cost, Assessment,
    Claim, PartOf, AdvancedStanding, Alignment, Backing, Finding, Assignment, OutcomeData, NextRole, Rate, Forwarding,
)  # fmt: skip
"""Every kind of record, in an order in which each kind's links point mostly backward."""

R = TypeVar("R", bound=Record)


_WORDS: dict[type[Record], str] = {}
"""The words for kinds, kept: every look-up of a record asks for one."""


def kind_of(record_type: type[Record]) -> str:
    """The word for a kind of record in ids and in JSON.

    >>> kind_of(LevelText)
    'level-text'
    """
    if record_type not in _WORDS:
        name = record_type.__name__
        _WORDS[record_type] = "".join("-" + c.lower() if c.isupper() else c for c in name).lstrip("-")
    return _WORDS[record_type]


KINDS: dict[str, type[Record]] = {kind_of(t): t for t in RECORD_TYPES}
