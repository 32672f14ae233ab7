"""What is open between a person and a role, criterion by criterion, and on what each answer rests.

An item is a requirement of the target role. Its basis is the best of: `shown` (a verified holding whose proof is sure
enough), `assumed` (the current role asks for it), `unconfirmed` (it may be shown: the proof's high end reaches, or the
holding is not verified), `claimed` (the person says so), `missing`. Shown and assumed count as met; claimed and
unconfirmed stay open and are "yours to show". A requirement of k options takes the k-th best option's basis.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from graph.index import Index
from ontology.person import Person
from ontology.records import Claim, Option, Requirement, Role
from ontology.rubric import Rubric
from recommender.current_role import (
    asks_as_much,
    exact_matches,
    implies,
    level_asked_by,
    same_competency,
    surely_asked_by,
)
from recommender.held import days_worked, held_in_force
from recommender.proof import Strength, judge

Basis = Literal["shown", "assumed", "unconfirmed", "claimed", "missing"]

BASES: tuple[Basis, ...] = ("shown", "assumed", "unconfirmed", "claimed", "missing")

IMPORTANCE = 50
"""What a requirement without a stated importance weighs: all such weigh alike."""


@dataclass(frozen=True, slots=True)
class Ground:
    """One thing a basis rests on: a held credential (with its claim and how sure it is), a role, or a word.

    `would_show` says of a holding that nobody verified that verifying it is all that is lacking.
    """

    basis: Basis
    by: str
    claim: Claim | None = None
    strength: Strength | None = None
    verified: bool = True
    would_show: bool = False


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

    @property
    def met(self) -> bool:
        """Whether the option holds, surely or by assumption."""
        return self.basis in ("shown", "assumed")

    @property
    def would_show(self) -> bool:
        """Whether it would hold as soon as somebody verifies what is held."""
        return not self.met and any(ground.would_show for ground in self.grounds)


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
    def still(self) -> int:
        """How many options must come to hold beside those that do, and those that verifying a holding would show."""
        if self.met:
            return 0
        return max(0, self.requirement.at_least - sum(state.met or state.would_show for state in self.options))

    @property
    def by_verifying(self) -> tuple[str, ...]:
        """The holdings that count toward this item as soon as somebody verifies them: the cheapest step of all."""
        if self.met:
            return ()
        grounds = (ground for state in self.options if state.would_show for ground in state.grounds)
        return tuple(sorted({ground.by for ground in grounds if ground.would_show}))

    @property
    def verifying_is_enough(self) -> bool:
        """Whether verifying holdings closes the item, with nothing else to earn."""
        return bool(self.by_verifying) and self.still == 0


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
    current = None if person.role is None else index.record(Role, person.role).id
    items = [
        find_item(index, person, requirement, rubric=rubric, today=today, assume_role=assume_role)
        for requirement in index.requirements_of(role.id)
        if optional or requirement.necessity == "essential"
    ]
    return Gap(current, role.id, tuple(items))


def find_item(
    index: Index,
    person: Person,
    requirement: Requirement,
    *,
    rubric: Rubric,
    today: date,
    assume_role: bool = True,
    as_condition: bool = False,
) -> GapItem:
    """How one requirement stands for a person.

    `as_condition` is for what a credential asks for: its provider will check what one holds, so a holding that nobody
    verified counts as if somebody had (docs/decisions/0004).
    """
    if as_condition:
        person = replace(person, holdings=tuple(replace(held, verified=True) for held in person.holdings))
    states = [
        _state(index, person, option, rubric=rubric, today=today, assume_role=assume_role)
        for option in index.options_of(requirement.id)
    ]
    states.sort(key=lambda state: (BASES.index(state.basis), state.option.id))
    needed = states[requirement.at_least - 1 : requirement.at_least]
    basis: Basis = needed[0].basis if needed else "missing"
    if requirement.at_least == 0:
        basis = "shown"
    elif basis != "shown" and assume_role and asks_as_much(index, person.role, requirement):
        basis = "assumed"
    return GapItem(requirement, tuple(states), basis, basis in ("shown", "assumed"))


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
    if option.credential is None and option.competency is None:
        return _fact(index, person, option, today, assume_role=assume_role)
    if option.credential is not None:
        grounds = [*_from_award(index, person, option.credential, today)]
        held = any(index.present_id(holding.credential) == option.credential for holding in person.holdings)
        assume_role = assume_role and not held
    else:
        grounds = [*_from_holdings(index, person, option, rubric, today), *_from_word(index, person, option)]
    grounds += _from_role(index, person, option) if assume_role else ()
    grounds.sort(key=lambda ground: (BASES.index(ground.basis), ground.by))
    basis = grounds[0].basis if grounds else "missing"
    return OptionState(
        option, basis, tuple(grounds), level_asked_by(index, person.role, option) if assume_role else None
    )


def _fact(index: Index, person: Person, option: Option, today: date, *, assume_role: bool) -> OptionState:
    """Years in a role family, or a fact in words: true, false or unknown before anything is planned."""
    for fact in person.facts:
        if index.present_id(fact.option) == option.id:
            return OptionState(option, "shown" if fact.holds else "missing")
    if option.years is not None and option.family is not None and person.experiences:
        spent = days_worked(person, option.family, today)
        return OptionState(option, "shown" if spent >= option.years * 365 else "missing")
    grounds = tuple(_from_role(index, person, option)) if assume_role else ()
    return OptionState(option, "assumed", grounds) if grounds else OptionState(option, "missing", decided=False)


def _from_award(index: Index, person: Person, credential: str, today: date) -> Iterable[Ground]:
    """A credential that is asked for is shown by holding it, once somebody has verified that."""
    holding = held_in_force(index, person, today).get(credential)
    if holding is not None and holding.verified:
        yield Ground("shown", credential)
    elif holding is not None:
        yield Ground("unconfirmed", credential, verified=False, would_show=True)


def _from_holdings(index: Index, person: Person, option: Option, rubric: Rubric, today: date) -> Iterable[Ground]:
    held = held_in_force(index, person, today)
    if not held or option.competency is None:
        return
    for claim, relation in index.claims_on(option.competency):
        holding = held.get(claim.subject)
        if holding is None:
            continue
        strength = judge(index, claim, rubric=rubric, today=today)
        basis = grade(index, claim, option.level, strength, rubric, exact=relation == "exact")
        if basis is not None:
            would_show = basis == "shown" and not holding.verified
            basis = "unconfirmed" if would_show else basis
            yield Ground(basis, claim.subject, claim, strength, holding.verified, would_show)


def _from_role(index: Index, person: Person, option: Option) -> Iterable[Ground]:
    """The current role asks for this: for as much as is asked, or perhaps, where a level is not stated."""
    if person.role is None:
        return
    role = index.present_id(person.role)
    for other in surely_asked_by(index, role):
        if implies(index, other, option):
            yield Ground("assumed", role)
        elif same_competency(index, other, option) and (other.level is None or option.level is None):
            yield Ground("unconfirmed", role)


def _from_word(index: Index, person: Person, option: Option) -> Iterable[Ground]:
    same = exact_matches(index, option.competency or "")
    for claimed in person.levels:
        if index.present_id(claimed.competency) in same and (
            option.level is None or index.reaches(claimed.level, option.level)
        ):
            yield Ground("claimed", claimed.competency)
