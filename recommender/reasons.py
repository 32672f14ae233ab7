"""Why, why not, and "no credential closes this, because": reasons as data, for edges to make sentences of.

For each open item: what the plan makes of it, the nearest credentials that do not show it and what they lack, the
workplace assignment that would, and the facts that decide. Nothing here is prose.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from graph.index import Index
from ontology.records import Assignment, Claim, Credential, Level
from ontology.rubric import Rubric
from recommender.framing import Framed
from recommender.gap import GapItem, OptionState, grade
from recommender.offers import LeftOut, is_in_proportion, is_offered
from recommender.plans import Pathway
from recommender.proof import Strength, judge
from recommender.question import Question

Result = Literal["shown", "unconfirmed", "yours to show", "work"]
"""What becomes of an open item: a credential of the plan shows it; it may; one's own evidence may; only work can."""

Lack = Literal["level", "only teaches", "closeness", "proof", "out of proportion", "part", "limits", "left out"]
"""Why a credential does not show an item: a lower level, it teaches only, its competency is only close to the one
asked, its proof is not sure, it takes far more work than the level calls for; or it would, but shows only a part of
what is asked, the limits leave no room for it in this plan, or it is no candidate.
"""

NEAREST = 3
"""How many near misses are told for an item."""


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A credential that speaks to an item and does not show it, and what it lacks.

    `level` is the level it speaks to. For `proof`, `strength` says how sure it is and which criteria nobody answers;
    for `left out`, `left_out` says why it was no candidate.
    """

    credential: str
    lacks: Lack
    level: str | None
    claim: Claim
    strength: Strength
    left_out: LeftOut | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What becomes of one open item, by which steps, what comes near, and the work that would show it."""

    item: GapItem
    result: Result
    by: tuple[str, ...]
    nearest: tuple[NearMiss, ...]
    work: tuple[Assignment, ...]


@dataclass(frozen=True, slots=True)
class Deciding:
    """A fact that only the person can confirm, and what waits for it, perhaps with others: unknown now, so it decides.

    `opens` are credentials that could be candidates, `closes` the requirements of the target that ask for it.
    """

    option: str
    words: str
    opens: tuple[str, ...]
    closes: tuple[str, ...] = ()


def find_outcomes(
    index: Index, framed: Framed, pathway: Pathway | None, question: Question, *, rubric: Rubric
) -> tuple[Outcome, ...]:
    """What becomes of each open item under a pathway (or under none), in the order of the gap."""
    steps = pathway.steps if pathway else ()
    shown, unconfirmed = (pathway.shown, pathway.unconfirmed) if pathway else ((), ())
    left_out = {out.credential: out for out in framed.left_out}
    outcomes = []
    for item in framed.gap.open:
        id_ = item.requirement.id
        by = tuple(
            step.offer.id
            for step in steps
            if any(i.requirement.id == id_ for i in (*step.asked_by, *(closed for closed, _ in step.closes)))
        )
        result: Result = "work"
        if id_ in shown:
            result = "shown"
        elif item.by_verifying or item.basis in ("claimed", "unconfirmed"):
            result = "yours to show"
        elif id_ in unconfirmed:
            result = "unconfirmed"
        elif not all(state.decided for state in item.options):
            result = "yours to show"
        nearest = (
            ()
            if result == "shown" or item.by_verifying
            else tuple(_nearest(index, item, framed, left_out, question, rubric))
        )
        outcomes.append(Outcome(item, result, by, nearest, _work(index, item)))
    return tuple(outcomes)


def practice_for(index: Index, competency: str, level: str | None) -> Assignment | None:
    """The assignment that puts into practice what a credential teaches or proves: work to show, beside it."""
    found = index.assignments_for(competency, level) if level else ()
    return found[0] if found else None


def find_deciding(framed: Framed) -> tuple[Deciding, ...]:
    """The unconfirmed facts about the person that keep credentials out or items open, those that open most first."""
    opens: dict[str, set[str]] = {}
    closes: dict[str, set[str]] = {}
    words: dict[str, str] = {}
    barred = {out.credential for out in framed.left_out if out.why != "conditions"}

    def wait(conditions: Iterable[GapItem], who: str, where: dict[str, set[str]]) -> None:
        for condition in conditions:
            for state in condition.options:
                if not state.decided:
                    where.setdefault(state.option.id, set()).add(who)
                    words[state.option.id] = state.option.words or _years(state)

    for out in framed.left_out:
        if all(_could_hold(condition, barred) for condition in out.conditions):
            wait(out.conditions, out.credential, opens)
    for item in framed.gap.open:
        if _could_hold(item, barred):
            wait([item], item.requirement.id, closes)
    found = [
        Deciding(option, words[option], tuple(sorted(opens.get(option, ()))), tuple(sorted(closes.get(option, ()))))
        for option in words
    ]
    return tuple(sorted(found, key=lambda d: (-len(d.opens) - len(d.closes), d.option)))


def _could_hold(item: GapItem, barred: set[str]) -> bool:
    """Whether an item could hold if every unconfirmed fact turned out true: if not, none of its facts decides."""
    possible = [
        state
        for state in item.options
        if state.met
        or state.would_show
        or not state.decided
        or state.option.competency
        or (state.option.credential and state.option.credential not in barred)
    ]
    return len(possible) >= item.requirement.at_least


def _years(state: OptionState) -> str:
    return f"{state.option.years} years as {state.option.family or 'such work'}"


def _work(index: Index, item: GapItem) -> tuple[Assignment, ...]:
    """The assignment that would show each open option of an item, lowest sufficient level first."""
    found = (
        practice_for(index, state.option.competency, state.option.level)
        for state in item.options
        if state.option.competency is not None and not state.met
    )
    return tuple({assignment.id: assignment for assignment in found if assignment is not None}.values())


def _nearest(
    index: Index, item: GapItem, framed: Framed, left_out: dict[str, LeftOut], question: Question, rubric: Rubric
) -> list[NearMiss]:
    """The credentials that come nearest to showing an item, one line each, nearest first."""
    best: dict[str, tuple[tuple[int, int, int, str], NearMiss]] = {}
    for state in item.options:
        if state.option.competency is None or state.met:
            continue
        for key, miss in _misses(index, item, state, framed, left_out, question, rubric):
            if miss.credential not in best or key < best[miss.credential][0]:
                best[miss.credential] = (key, miss)
    return [miss for _, miss in sorted(best.values(), key=lambda pair: pair[0])[:NEAREST]]


def _misses(
    index: Index,
    item: GapItem,
    state: OptionState,
    framed: Framed,
    left_out: dict[str, LeftOut],
    question: Question,
    rubric: Rubric,
) -> Iterable[tuple[tuple[int, int, int, str], NearMiss]]:
    asked = state.option.level
    for claim, relation in index.claims_on(state.option.competency or ""):
        credential = index.find(Credential, claim.subject)
        if credential is None or not is_offered(credential, question.today):
            continue
        strength = judge(index, claim, rubric=rubric, today=question.today)
        reaches = not asked or not claim.level or index.reaches(claim.level, asked)
        basis = grade(index, claim, asked, strength, rubric, exact=relation == "exact")
        lacks: Lack
        if claim.mode == "teaches":
            lacks, order = "only teaches", 2 if reaches else 3
        elif not reaches:
            lacks, order = "level", 2
        elif credential.id in left_out:
            lacks, order = "left out", 1
        elif credential.id not in framed.offers and not is_in_proportion(
            index, credential, asked, question.currency, rubric
        ):
            lacks, order = "out of proportion", 1
        elif relation != "exact" and strength.low >= rubric.threshold:
            lacks, order = "closeness", 0
        elif basis != "shown":
            lacks, order = "proof", 0
        else:
            lacks, order = "part" if item.still > 1 else "limits", 0
        steps_below = -_rank(index, claim.level)
        key = (order, steps_below, -strength.high, claim.id)
        yield key, NearMiss(credential.id, lacks, claim.level, claim, strength, left_out.get(credential.id))


def _rank(index: Index, level: str | None) -> int:
    found = index.find(Level, level) if level else None
    return found.rank if found else 0
