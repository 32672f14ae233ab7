"""What is open between a person and a role, criterion by criterion, and on what each answer rests.

An item is a requirement of the target role. Its basis is the best of: `shown` (a verified holding whose proof is sure
enough), `assumed` (the current role asks for it), `unconfirmed` (it may be shown: the proof's high end reaches, or the
holding is not verified), `claimed` (the person says so), `missing`. Shown and assumed count as met; claimed and
unconfirmed stay open and are "yours to show". A requirement of k options takes the k-th best option's basis.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from graph.index import Index
from ontology.person import Experience, Holding, Person
from ontology.records import Claim, Credential, Option, Requirement, Role
from ontology.rubric import Rubric
from recommender.proof import Strength, judge

Basis = Literal["shown", "assumed", "unconfirmed", "claimed", "missing"]

BASES: tuple[Basis, ...] = ("shown", "assumed", "unconfirmed", "claimed", "missing")

IMPORTANCE = 50
"""What a requirement without a stated importance weighs: all such weigh alike."""


@dataclass(frozen=True, slots=True)
class Ground:
    """One thing a basis rests on: a held credential (with its claim and how sure it is), a role, or a word."""

    basis: Basis
    by: str
    claim: Claim | None = None
    strength: Strength | None = None
    verified: bool = True


@dataclass(frozen=True, slots=True)
class OptionState:
    """How one option of a requirement stands. `have` is the level of the same competency that is met now, if any.

    `decided` is false where the option is a fact about the person that nobody has confirmed or denied.
    """

    option: Option
    basis: Basis
    grounds: tuple[Ground, ...] = ()
    have: str | None = None
    decided: bool = True


@dataclass(frozen=True, slots=True)
class GapItem:
    """A requirement of the target, its options best first, and its basis."""

    requirement: Requirement
    options: tuple[OptionState, ...]
    basis: Basis
    met: bool

    @property
    def importance(self) -> int:
        """0 to 100 as stated, `IMPORTANCE` where nobody states it; at least 1."""
        stated = self.requirement.importance
        return IMPORTANCE if stated is None else max(1, stated)

    @property
    def by_verifying(self) -> tuple[str, ...]:
        """The holdings that would show this item as soon as somebody verifies them: the cheapest step of all."""
        return tuple(
            sorted(
                {
                    ground.by
                    for state in self.options
                    for ground in state.grounds
                    if not self.met and ground.basis == "unconfirmed" and not ground.verified
                }
            )
        )


@dataclass(frozen=True, slots=True)
class Gap:
    """All items of a target role for one person, in the order of their requirements' ids."""

    role: str | None
    target: str
    items: tuple[GapItem, ...]

    @property
    def open(self) -> tuple[GapItem, ...]:
        """The items that are not met."""
        return tuple(item for item in self.items if not item.met)

    @property
    def readiness(self) -> tuple[int, int]:
        """Importance met, and importance in all."""
        return sum(i.importance for i in self.items if i.met), sum(i.importance for i in self.items)


def find_gap(
    index: Index,
    person: Person,
    target: str,
    *,
    rubric: Rubric,
    today: date,
    assume_role: bool = True,
    optional: bool = False,
) -> Gap:
    """The gap between a person and a role. Raises `UnknownId` for a role that is not in the index.

    `assume_role=False` is the stricter question in which the current role proves nothing; `optional=True` counts the
    optional requirements too.
    """
    role = index.record(Role, target)
    if person.role is not None:
        index.record(Role, person.role)
    items = [
        find_item(index, person, requirement, rubric=rubric, today=today, assume_role=assume_role)
        for requirement in index.requirements_of(role.id)
        if optional or requirement.necessity == "essential"
    ]
    return Gap(person.role, role.id, tuple(items))


def find_item(
    index: Index, person: Person, requirement: Requirement, *, rubric: Rubric, today: date, assume_role: bool = True
) -> GapItem:
    """How one requirement (of a role or of a credential) stands for a person."""
    states = [
        _state(index, person, option, rubric=rubric, today=today, assume_role=assume_role)
        for option in index.options_of(requirement.id)
    ]
    states.sort(key=lambda state: (BASES.index(state.basis), state.option.id))
    needed = states[requirement.at_least - 1 : requirement.at_least]
    basis: Basis = needed[0].basis if needed else "missing"
    if requirement.at_least == 0:
        basis = "shown"
    return GapItem(requirement, tuple(states), basis, basis in ("shown", "assumed"))


def in_force(index: Index, holding: Holding, today: date) -> bool:
    """Whether a holding has not run out: by its own date, else by its award and the credential's renewal."""
    if holding.expires is not None:
        return holding.expires >= today
    credential = index.find(Credential, holding.credential)
    if holding.awarded is None or credential is None or not credential.renewal_months:
        return True
    return months_after(holding.awarded, credential.renewal_months) >= today


def months_after(day: date, months: int) -> date:
    """The same day of a later month, or its last day where that month is shorter.

    >>> months_after(date(2026, 1, 31), 1)
    datetime.date(2026, 2, 28)
    """
    year, month = divmod(day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(day.year + year, month + 1, min(day.day, last))
        except ValueError:
            continue
    raise ValueError(day)


def grade(
    index: Index, claim: Claim, level: str | None, strength: Strength, rubric: Rubric, *, exact: bool
) -> Literal["shown", "unconfirmed"] | None:
    """What a claim does for its competency at the asked level: it is shown, unconfirmed, or nothing.

    A level below the asked one does nothing. Where a level is not stated, or the competencies match only closely, it
    can at most be unconfirmed.
    """
    if claim.mode != "assesses" or strength.high < rubric.threshold:
        return None
    if level and claim.level and not index.reaches(claim.level, level):
        return None
    sure = exact and level is not None and claim.level is not None and strength.low >= rubric.threshold
    return "shown" if sure else "unconfirmed"


def _state(
    index: Index, person: Person, option: Option, *, rubric: Rubric, today: date, assume_role: bool
) -> OptionState:
    if option.credential is not None:
        return _held(index, person, option, today)
    if option.competency is None:
        return _fact(person, option, today)
    grounds = [
        *_from_holdings(index, person, option, rubric, today),
        *(_from_role(index, person, option) if assume_role else ()),
        *_from_word(index, person, option),
    ]
    grounds.sort(key=lambda ground: (BASES.index(ground.basis), ground.by))
    basis = grounds[0].basis if grounds else "missing"
    return OptionState(option, basis, tuple(grounds), _level_now(index, person, option) if assume_role else None)


def _held(index: Index, person: Person, option: Option, today: date) -> OptionState:
    held = [
        h for h in person.holdings if index.present_id(h.credential) == option.credential and in_force(index, h, today)
    ]
    grounds = tuple(Ground("shown", holding.credential, verified=holding.verified) for holding in held)
    return OptionState(option, "shown" if held else "missing", grounds)


def _fact(person: Person, option: Option, today: date) -> OptionState:
    """Years in a role family, or a fact in words: true, false or unknown before anything is planned."""
    for fact in person.facts:
        if fact.option == option.id:
            return OptionState(option, "shown" if fact.holds else "missing")
    if option.years is not None and option.family is not None and person.experiences:
        spent = sum(_days(e, today) for e in person.experiences if e.family.casefold() == option.family.casefold())
        return OptionState(option, "shown" if spent >= option.years * 365 else "missing")
    return OptionState(option, "missing", decided=False)


def _days(experience: Experience, today: date) -> int:
    return max(0, ((experience.ended or today) - experience.started).days)


def _from_holdings(index: Index, person: Person, option: Option, rubric: Rubric, today: date) -> Iterable[Ground]:
    held = {index.present_id(h.credential): h for h in person.holdings if in_force(index, h, today)}
    if not held or option.competency is None:
        return
    for claim, relation in index.claims_on(option.competency):
        holding = held.get(claim.subject)
        if holding is None:
            continue
        strength = judge(index, claim, rubric=rubric, today=today)
        basis = grade(index, claim, option.level, strength, rubric, exact=relation == "exact")
        if basis == "shown" and not holding.verified:
            yield Ground("unconfirmed", claim.subject, claim, strength, verified=False)
        elif basis is not None:
            yield Ground(basis, claim.subject, claim, strength)


def _from_role(index: Index, person: Person, option: Option) -> Iterable[Ground]:
    """The current role asks for this competency: at the asked level, or without levels on either side perhaps."""
    if person.role is None:
        return
    for level in _asked_by(index, person.role, option):
        if level is None or option.level is None:
            yield Ground("unconfirmed", person.role)
        elif index.reaches(level, option.level):
            yield Ground("assumed", person.role)


def _from_word(index: Index, person: Person, option: Option) -> Iterable[Ground]:
    for claimed in person.levels:
        if index.present_id(claimed.competency) == option.competency and (
            option.level is None or index.reaches(claimed.level, option.level)
        ):
            yield Ground("claimed", claimed.competency)


def _level_now(index: Index, person: Person, option: Option) -> str | None:
    levels = [level for level in _asked_by(index, person.role, option) if level is not None] if person.role else []
    best = None
    for level in levels:
        if best is None or index.reaches(level, best):
            best = level
    return best


def _asked_by(index: Index, role: str, option: Option) -> Iterable[str | None]:
    """The levels at which a role surely asks for the option's competency (an alternative is no certainty)."""
    same = {c for c, relation in index.same_competency(option.competency or "") if relation == "exact"}
    for requirement in index.requirements_of(role):
        options = index.options_of(requirement.id)
        if requirement.at_least >= len(options) and requirement.necessity == "essential":
            yield from (other.level for other in options if other.competency in same)
