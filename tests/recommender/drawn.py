"""Small random catalogues, and a second, naive reading of what the design says about them.

The reading looks at records and proof intervals only, never at gap, framing or plans: what one has, what each set of
credentials could add to it, and what that closes. It is slow, plain, and independent of the code it checks.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations
from typing import Any

from hypothesis import strategies as st

from graph.index import Index
from ontology.person import Holding, Person
from ontology.records import Claim, Credential, Option, Record, Requirement
from ontology.rubric import default_rubric
from recommender.proof import judge
from tests.worlds import (
    EXAM,
    LEVELS,
    PROJECT,
    AnyOf,
    any_of,
    at,
    backing,
    credential,
    fact,
    provider,
    role,
    the_credential,
    the_level,
    the_role,
    world,
)

TODAY = date(2026, 11, 24)
RUBRIC = default_rubric()
NAMES = ("C0", "C1", "C2", "C3")
COMPETENCIES = ("A", "B", "C")
RANKS = {the_level(name): rank for rank, name in enumerate(LEVELS)}

levels = st.sampled_from(("Awareness", "Working", "Practitioner"))
perhaps_levels = st.sampled_from(("Awareness", "Working", "Practitioner", None))
claimed = st.dictionaries(st.sampled_from(COMPETENCIES), perhaps_levels, min_size=1, max_size=2)
asked = st.tuples(st.sampled_from(COMPETENCIES), perhaps_levels).map(lambda pair: at(*pair))
options = st.one_of(asked, asked, st.sampled_from(NAMES), st.just(fact("a degree")))


@st.composite
def conditions(draw: st.DrawFn, most: int = 3) -> AnyOf:
    """Some k of one to three options."""
    found = draw(st.lists(options, min_size=1, max_size=most, unique=True))
    return any_of(draw(st.integers(1, len(found))), *found)


@dataclass(frozen=True)
class Drawn:
    """A catalogue, who asks, and whatever limits the question has."""

    index: Index
    person: Person
    budget: int | None


@st.composite
def worlds(draw: st.DrawFn) -> Drawn:
    """A target of up to three items, four credentials, a current role, some holdings, perhaps a budget."""
    declared: list[Any] = [provider("Board", kind="professional body")]
    declared.append(_weighed(draw(st.lists(conditions(), min_size=1, max_size=3))))
    now = draw(st.dictionaries(st.sampled_from(COMPETENCIES), perhaps_levels, max_size=1))
    declared.append(role("Now", asks=now, needs=draw(st.lists(st.sampled_from(NAMES), max_size=1))))
    for name in NAMES:
        declared.append(
            credential(
                name, by="Board", assessed=draw(st.sampled_from((PROJECT, PROJECT, EXAM, None))),
                assesses=draw(claimed), money=draw(st.integers(0, 9)) * 10, minutes=60,
                needs=draw(st.lists(conditions(2), max_size=1)),
            )
        )  # fmt: skip
        if draw(st.booleans()):
            declared.append(backing(the_credential(name), by="Ofqual", how="accredits", standard="RQF"))
    held = draw(st.dictionaries(st.sampled_from(NAMES), st.booleans(), max_size=2))
    holdings = tuple(Holding(credential=the_credential(n), verified=v) for n, v in sorted(held.items()))
    person = Person(role=the_role("Now") if draw(st.booleans()) else None, holdings=holdings)
    return Drawn(world(*declared), person, draw(st.none() | st.integers(0, 15).map(lambda tens: tens * 10)))


def _weighed(target: list[AnyOf]) -> list[Record]:
    """The target role; each item weighs twice the one before, so that a sum of weights names the items."""
    weights = iter([1, 2, 4])
    return [
        replace(record, importance=next(weights)) if isinstance(record, Requirement) else record
        for record in role("Target", needs=target)
    ]


@dataclass(frozen=True)
class Naive:
    """The second reading of one drawn world."""

    index: Index
    person: Person

    def speaks(self, claim: Claim, level: str | None) -> str | None:
        """What a claim does at an asked level: `shown`, `may`, or nothing."""
        strength = judge(self.index, claim, rubric=RUBRIC, today=TODAY)
        below = level is not None and claim.level is not None and RANKS[claim.level] < RANKS[level]
        if below or strength.high < RUBRIC.threshold:
            return None
        return "shown" if level and claim.level and strength.low >= RUBRIC.threshold else "may"

    def earned_does(self, name: str, option: Option) -> str | None:
        """What an earned credential does for an option; what may show it counts with something in its favour."""
        if option.credential is not None:
            return "shown" if option.credential == name else None
        best = None
        for claim in self.index.claims_of(name):
            if claim.competency == option.competency:
                does = self.speaks(claim, option.level)
                low = judge(self.index, claim, rubric=RUBRIC, today=TODAY).low
                if does == "shown" or (does == "may" and low >= RUBRIC.worth_proposing and best is None):
                    best = does
        return best

    def have(self, option: Option, *, as_condition: bool) -> str | None:
        """How an option stands now: `shown`, `verify` (verifying a holding would show it), `may`, or nothing."""
        found = {self._of_role(option)}
        for holding in self.person.holdings:
            does = None
            if option.credential is not None:
                does = "shown" if option.credential == holding.credential else None
            else:
                for claim in self.index.claims_of(holding.credential):
                    if claim.competency == option.competency:
                        does = self.speaks(claim, option.level)
            found.add("verify" if does == "shown" and not holding.verified and not as_condition else does)
        return next((how for how in ("shown", "verify", "may") if how in found), None)

    def _of_role(self, option: Option) -> str | None:
        if self.person.role is None:
            return None
        best = None
        for requirement in self.index.requirements_of(self.person.role):
            (theirs,) = self.index.options_of(requirement.id)
            if option.credential is not None and theirs.credential == option.credential:
                return "shown"
            if option.competency is not None and theirs.competency == option.competency:
                if theirs.level is None or option.level is None:
                    best = "may"
                elif RANKS[theirs.level] >= RANKS[option.level]:
                    return "shown"
        return best

    def earnable(self, names: Iterable[str]) -> set[str]:
        """Those of some credentials that can be earned one after the other."""
        chosen, done = set(names), set[str]()
        while True:
            more = {n for n in chosen - done if all(self._holds(r, done) for r in self.index.requirements_of(n))}
            if not more:
                return done
            done |= more

    def _holds(self, requirement: Requirement, earned: set[str]) -> bool:
        count = 0
        for option in self.index.options_of(requirement.id):
            now = self.have(option, as_condition=True)
            count += now == "shown" or any(self.earned_does(n, option) == "shown" for n in earned)
        return count >= requirement.at_least

    def count(self, requirement: Requirement, earned: Iterable[str]) -> tuple[int, int]:
        """Options of an item that surely hold, verifying included, and that hold at best."""
        sure = best = 0
        for option in self.index.options_of(requirement.id):
            now = self.have(option, as_condition=False)
            does = {self.earned_does(name, option) for name in earned}
            sure += now in ("shown", "verify") or "shown" in does
            best += now is not None or bool(does - {None})
        return sure, best

    def items(self) -> list[Requirement]:
        """The items that are put to a plan: those that neither hold nor would by verifying."""
        return [r for r in self.index.requirements_of(the_role("Target")) if self.count(r, ())[0] < r.at_least]

    def closed(self, earned: Iterable[str]) -> tuple[set[str], set[str]]:
        """The items that a set of credentials closes surely and at best."""
        counts = {r.id: (r.at_least, *self.count(r, earned)) for r in self.items()}
        return (
            {id_ for id_, (k, sure, _) in counts.items() if sure >= k},
            {id_ for id_, (k, _, best) in counts.items() if best >= k},
        )

    def plans(self) -> Iterator[tuple[str, ...]]:
        """Every set of credentials that could be earned, held ones left out."""
        held = {holding.credential for holding in self.person.holdings}
        names = [id_ for id_ in self.index.ids(Credential) if id_ not in held]
        for size in range(len(names) + 1):
            for chosen in combinations(names, size):
                if self.earnable(chosen) == set(chosen):
                    yield chosen

    def price(self, names: Iterable[str]) -> int:
        """What a set of credentials costs."""
        return sum(cost.amount.high for n in names for cost in self.index.costs_of(n) if cost.amount is not None)

    def best(self, budget: int | None) -> tuple[int, int, int]:
        """Least (importance shown and at best, both negated, and money) over all plans within a budget."""
        weights = {r.id: r.importance or 1 for r in self.items()}
        found = []
        for chosen in self.plans():
            money = self.price(chosen)
            if budget is None or money <= budget:
                sure, best = (sum(weights[id_] for id_ in ids) for ids in self.closed(chosen))
                found.append((-sure, sure - best, money))
        return min(found)
