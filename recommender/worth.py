"""What a held credential is worth here: which items of the target it shows and how surely, and what it stacks into."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from graph.index import Index
from ontology.person import Holding, Person
from ontology.records import Credential, Requirement
from ontology.rubric import Rubric
from recommender.figures import taken_off
from recommender.gap import Basis, Gap, find_item, grade
from recommender.held import in_force
from recommender.offers import is_offered
from recommender.proof import Strength, judge
from recommender.question import Question


@dataclass(frozen=True, slots=True)
class Worth:
    """One held credential: whether it is in force, the items it speaks to, and what it leads on to."""

    credential: str
    in_force: bool
    verified: bool
    items: tuple["Shows", ...]
    stacks: tuple["Stack", ...]


@dataclass(frozen=True, slots=True)
class Shows:
    """An item of the target that a holding shows or may show, and how surely."""

    requirement: str
    basis: Basis
    strength: Strength


@dataclass(frozen=True, slots=True)
class Stack:
    """A credential that a holding counts toward: as a part, a condition, or with standing; and what is still missing.

    `missing` are the requirements of `into` that do not hold yet; `money_off` is minor units of the asked currency.
    """

    into: str
    missing: tuple[Requirement, ...]
    money_off: int
    minutes_off: int


def find_worth(index: Index, person: Person, gap: Gap, question: Question, *, rubric: Rubric) -> tuple[Worth, ...]:
    """What each holding of a person is worth for a gap, in the order of their ids."""
    found = []
    for holding in sorted(person.holdings, key=lambda holding: holding.credential):
        credential = index.record(Credential, holding.credential)
        stacks = tuple(
            _stack(index, person, credential.id, into, question, rubric)
            for into in _leads_to(index, credential.id, question.today)
        )
        items = tuple(_shows(index, credential.id, holding, gap, question, rubric))
        found.append(Worth(credential.id, in_force(index, holding, question.today), holding.verified, items, stacks))
    return tuple(found)


def _shows(
    index: Index, credential: str, holding: Holding, gap: Gap, question: Question, rubric: Rubric
) -> Iterable[Shows]:
    best: dict[str, Shows] = {}
    for item in gap.items:
        for state in item.options:
            for claim, relation in index.claims_on(state.option.competency) if state.option.competency else ():
                if claim.subject != credential:
                    continue
                strength = judge(index, claim, rubric=rubric, today=question.today)
                basis = grade(index, claim, state.option.level, strength, rubric, exact=relation == "exact")
                if basis is None:
                    continue
                found = Shows(item.requirement.id, basis if holding.verified else "unconfirmed", strength)
                other = best.get(found.requirement)
                if other is None or _sureness(found) > _sureness(other):
                    best[found.requirement] = found
    return best.values()


def _sureness(shows: Shows) -> tuple[bool, int, int]:
    return shows.basis == "shown", shows.strength.low, shows.strength.high


def _leads_to(index: Index, credential: str, today: date) -> list[str]:
    into = {link.whole for link in index.wholes_of(credential)}
    into |= {other.id for other in index.credentials_requiring(credential)}
    into |= {standing.into for standing in index.standing_from(credential)}
    found = (index.find(Credential, id_) for id_ in sorted(into))
    return [other.id for other in found if other is not None and is_offered(other, today)]


def _stack(index: Index, person: Person, held: str, into: str, question: Question, rubric: Rubric) -> Stack:
    items = [
        find_item(
            index,
            person,
            requirement,
            rubric=rubric,
            today=question.today,
            assume_role=question.assume_role,
            as_condition=True,
        )
        for requirement in index.requirements_of(into)
        if requirement.necessity == "essential"
    ]
    offs = [taken_off(index, s, question.currency) for s in index.standing_into(into) if s.held == held]
    return Stack(
        into,
        tuple(item.requirement for item in items if not item.met),
        max((money for money, _ in offs), default=0),
        max((minutes for _, minutes in offs), default=0),
    )
