"""How surely a claim is shown: teaching is not proving, and unknown is not met.

How a claim is assessed sets a ceiling; the share of the rubric's criteria that hold decides how much of it is earned
(DESIGN section 4): `strength = ceiling x (floor + earned x support)`. What nobody states makes an interval
`[low, high]`: low reads it as unmet, high as met. Without a known assessor and a yardstick (a rubric or a pass mark)
the strength stays below the threshold. Each reading cites who says so. Strengths are thousandths.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from weakref import WeakKeyDictionary

from graph.index import Index
from ontology.records import Assessment, Assignment, Claim, Credential, Level, Provider
from ontology.rubric import Rubric
from ontology.values import Source, Verdict

SHARE: dict[Verdict | None, tuple[int, int]] = {"met": (2, 2), "partly": (1, 1), "unmet": (0, 0), None: (0, 2)}
"""Halves of a criterion's weight that are surely and at best earned."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What is known about one criterion: a verdict, or `None` where nobody says, and who says it."""

    criterion: str
    verdict: Verdict | None
    words: str | None = None
    source: Source | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Strength:
    """An interval in thousandths, and everything it rests on.

    `gate` is met, unmet or `None` (unknown). `methods` says how the claim is assessed, empty where nobody says.
    """

    low: int
    high: int
    ceiling: tuple[int, int]
    gate: Verdict | None
    methods: tuple[str, ...]
    editors_mapping: bool
    readings: tuple[Reading, ...]

    @property
    def unknown(self) -> tuple[str, ...]:
        """The criteria that nobody answers."""
        return tuple(reading.criterion for reading in self.readings if reading.verdict is None)


@dataclass(frozen=True, slots=True)
class _Judged:
    """What was judged by one rubric on one day: by a claim's id, the claim itself and its strength."""

    rubric: Rubric
    today: date
    strengths: dict[str, tuple[Claim, Strength]]


_MOST_REMEMBERED = 50_000
_REMEMBERED: WeakKeyDictionary[Index, _Judged] = WeakKeyDictionary()
"""Strengths by index, for the rubric and day asked for last. An index that nobody else holds is let go."""


def judge(index: Index, claim: Claim, *, rubric: Rubric, today: date) -> Strength:
    """How surely the claim's subject shows the claimed competency. A claim that only teaches has strength 0.

    The claim is judged by the assessment it names; one that names none is judged as if how it is assessed were not
    stated, whatever other assessments the credential has.
    """
    judged = _REMEMBERED.get(index)
    if judged is None or judged.rubric is not rubric or judged.today != today:
        judged = _REMEMBERED[index] = _Judged(rubric, today, {})
    known = judged.strengths.get(claim.id)
    if known is not None and known[0] is claim:
        return known[1]
    strength = _judge(index, claim, rubric, today)
    if len(judged.strengths) >= _MOST_REMEMBERED:
        judged.strengths.clear()
    judged.strengths[claim.id] = (claim, strength)
    return strength


def _judge(index: Index, claim: Claim, rubric: Rubric, today: date) -> Strength:
    assessment = index.find(Assessment, claim.assessment) if claim.assessment else None
    readings = tuple(_readings(index, claim, assessment, rubric, today))
    ceiling = _ceiling(assessment, rubric)
    verdicts = {reading.criterion: reading.verdict for reading in readings}
    gate = _gate(verdicts, rubric)
    by_editors = index.voice(index.said(claim.id, "mode").id) == "editors"
    if claim.mode == "teaches":
        low, high = 0, 0
    else:
        low, high = (_earned(ceiling[end], verdicts, end, rubric) for end in (0, 1))
        if by_editors:
            low = low * rubric.editors_mapping // 1000
        if gate != "met":
            low = min(low, rubric.threshold - 1)
        if gate == "unmet":
            high = min(high, rubric.threshold - 1)
        if claim.level is None:
            low = min(low, rubric.threshold - 1)
    return Strength(
        low=low,
        high=max(low, high),
        ceiling=ceiling,
        gate=gate,
        methods=assessment.methods if assessment else (),
        editors_mapping=by_editors,
        readings=readings,
    )


def judge_assignment(assignment: Assignment, rubric: Rubric) -> Strength:
    """How surely a workplace assignment shows what it is made for: it names its assessor and its rubric."""
    readings = tuple(
        Reading(criterion.id, rubric.assignment_reads.get(criterion.id), None, assignment.source)
        for criterion in rubric.criteria
        if criterion.id in rubric.assignment_reads or not criterion.only_where_stated
    )
    ceiling = rubric.ceilings[rubric.assignment_method]
    verdicts = {reading.criterion: reading.verdict for reading in readings}
    return Strength(
        low=_earned(ceiling[0], verdicts, 0, rubric),
        high=_earned(ceiling[1], verdicts, 1, rubric),
        ceiling=ceiling,
        gate=_gate(verdicts, rubric),
        methods=(rubric.assignment_method,),
        editors_mapping=False,
        readings=readings,
    )


def _earned(ceiling: int, verdicts: dict[str, Verdict | None], end: int, rubric: Rubric) -> int:
    """Ceiling times floor plus earned support; rounded down at the low end and up at the high end."""
    shares: dict[str, tuple[int, int]] = {}
    for criterion in rubric.criteria:
        if criterion.id in verdicts:
            name = criterion.either or criterion.id
            share = criterion.weight * SHARE[verdicts[criterion.id]][end]
            shares[name] = max(shares.get(name, (0, 0)), (share, criterion.weight))
    share, whole = sum(share for share, _ in shares.values()), 2 * sum(weight for _, weight in shares.values())
    above, below = ceiling * (rubric.floor * whole + rubric.earned * share), 1000 * whole
    return -(-above // below) if end else above // below


def _ceiling(assessment: Assessment | None, rubric: Rubric) -> tuple[int, int]:
    """The span over the methods of an assessment: which of several assesses this claim is not stated."""
    if assessment is None or not assessment.methods:
        return rubric.ceilings["not stated"]
    spans = []
    for method in assessment.methods:
        supervised = {"yes": ", proctored", "no": ", unproctored"}.get(assessment.proctored or "", "")
        spans.append(rubric.ceilings[method + supervised if method == "exam" else method])
    return min(low for low, _ in spans), max(high for _, high in spans)


def _gate(verdicts: dict[str, Verdict | None], rubric: Rubric) -> Verdict | None:
    """Met with an assessor and a yardstick, unmet where one of them is surely lacking, unknown otherwise."""
    assessor = verdicts.get(rubric.assessor)
    yardsticks = [verdicts.get(criterion) for criterion in rubric.yardstick]
    if assessor == "unmet" or all(verdict == "unmet" for verdict in yardsticks):
        return "unmet"
    known = assessor in ("met", "partly") and any(verdict in ("met", "partly") for verdict in yardsticks)
    return "met" if known else None


def _readings(
    index: Index, claim: Claim, assessment: Assessment | None, rubric: Rubric, today: date
) -> Iterable[Reading]:
    """The readings of all criteria. A finding answers what no other record does: where one does, the record is read."""
    credential = index.find(Credential, claim.subject)
    provider = index.find(Provider, credential.provider) if credential and credential.provider else None
    known = {
        reading.criterion: reading
        for reading in (
            *_from_findings(index, (provider, credential, assessment)),
            *_from_provider(index, provider, rubric),
            *_from_credential(index, claim, credential, rubric),
            *_from_backing(index, credential, provider, rubric, today),
            *_from_assessment(index, assessment, rubric),
        )
    }
    met = {
        criterion.either
        for criterion in rubric.criteria
        if criterion.id in known and known[criterion.id].verdict == "met"
    }
    for criterion in rubric.criteria:
        if criterion.id in known:
            yield known[criterion.id]
        elif not criterion.only_where_stated and (criterion.either is None or criterion.either not in met):
            yield Reading(criterion.id, None)


def _from_assessment(index: Index, assessment: Assessment | None, rubric: Rubric) -> Iterable[Reading]:
    if assessment is None:
        return
    if assessment.rubric is not None:
        verdict: Verdict = "met" if assessment.rubric == "yes" else "unmet"
        yield Reading("rubric_published", verdict, None, index.said(assessment.id, "rubric"))
    if assessment.pass_mark is not None:
        yield Reading("pass_mark_stated", "met", assessment.pass_mark, index.said(assessment.id, "pass_mark"))
    if assessment.evaluator is not None:
        verdict = rubric.evaluator_reads[assessment.evaluator]
        yield Reading("independent_evaluator", verdict, assessment.evaluator, index.said(assessment.id, "evaluator"))


def _from_provider(index: Index, provider: Provider | None, rubric: Rubric) -> Iterable[Reading]:
    if provider is not None and provider.kind in rubric.provider_reads:
        verdict = rubric.provider_reads[provider.kind]
        yield Reading("provider_kind", verdict, provider.kind, index.said(provider.id, "kind"))


def _from_credential(index: Index, claim: Claim, credential: Credential | None, rubric: Rubric) -> Iterable[Reading]:
    if credential is None:
        return
    if credential.scheme_level is not None:
        source = index.said(credential.id, "scheme_level")
        yield Reading("mapped_to_framework", "met", credential.scheme_level, source)
    level = index.find(Level, claim.level) if claim.level else None
    if credential.effort is not None and level is not None and level.rank in rubric.least_minutes:
        least = rubric.least_minutes[level.rank]
        verdict: Verdict = "met" if credential.effort.low >= least else "partly"
        if credential.effort.high < least:
            verdict = "unmet"
        words = f"{credential.effort.low // 60} to {credential.effort.high // 60} hours"
        yield Reading("effort_in_keeping", verdict, words, index.said(credential.id, "effort"))


def _from_backing(
    index: Index, credential: Credential | None, provider: Provider | None, rubric: Rubric, today: date
) -> Iterable[Reading]:
    for subject in (provider, credential):
        for backing in index.backing_of(subject.id) if subject else ():
            if (backing.valid_until or today) < today or (backing.valid_from or today) > today:
                continue
            words = f"{backing.by} {backing.how}" + (f" ({backing.standard})" if backing.standard else "")
            yield Reading(rubric.backing_reads[backing.how], "met", words, backing.source)
            if backing.standard:
                yield Reading("recognised_standard", "met", backing.standard, backing.source)


def _from_findings(index: Index, subjects: Iterable[Provider | Credential | Assessment | None]) -> Iterable[Reading]:
    for subject in subjects:
        for finding in index.findings_of(subject.id) if subject else ():
            yield Reading(finding.criterion, finding.verdict, finding.words, finding.source)
