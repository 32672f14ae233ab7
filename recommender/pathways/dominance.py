"""Candidates that another covers: it shows as much, asks for no more, costs no more, and comes first by id.

Let b cover a, where nothing names a: no pin, no condition, no standing. A plan with a and without b gets better, or
equal and earlier in the order of ids, when b takes the place of a. A plan with both gets better when b moves to the
place of a, without a standing if it used one, and a goes: b alone costs no more than a did, there is a step less, and
whatever waited for either waits no longer. So a is in no best plan. Covering has no circles, because where two cover
each other alike only the smaller id covers the other.

Where a plan must differ from earlier ones a step counts as such, and nothing is covered.
"""

from dataclasses import dataclass

from recommender.pathways.problem import Candidate, Problem


@dataclass(frozen=True, slots=True)
class _Profile:
    """A candidate as what is compared: all of `costs` and `paid` must be no more, all of `gives` no less."""

    candidate: Candidate
    named: bool
    costs: tuple[int, ...]
    paid: tuple[int, ...]
    gives: tuple[int, int, int]


def uncovered(problem: Problem) -> tuple[Candidate, ...]:
    """The candidates that no other covers."""
    if problem.differs_from:
        return problem.candidates
    profiles = _profiles(problem)
    cheapest_first = sorted(profiles, key=lambda profile: (profile.costs, profile.candidate.id))
    return tuple(
        profile.candidate
        for profile in profiles
        if profile.named or not any(_covers(other, profile) for other in cheapest_first)
    )


def _covers(one: _Profile, other: _Profile) -> bool:
    if any(mine & theirs != theirs for mine, theirs in zip(one.gives, other.gives, strict=True)):
        return False
    if any(mine > theirs for mine, theirs in zip(one.costs, other.costs, strict=True)):
        return False
    if not set(one.candidate.conditions) <= set(other.candidate.conditions):
        return False
    if any(mine > theirs for mine, theirs in zip(one.paid, other.paid, strict=True)):
        return False
    return one.paid != other.paid or one.candidate.id < other.candidate.id


def _profiles(problem: Problem) -> list[_Profile]:
    conditions = [item.condition for item in problem.items]
    conditions += [condition for candidate in problem.candidates for condition in candidate.conditions]
    named = problem.pinned.union(*(condition.candidates for condition in conditions))
    named = named.union(*((standing.held, standing.into) for standing in problem.standings))
    place = {bit: 1 << index for index, bit in enumerate(sorted({bit for c in conditions for bit in c.bits}))}

    def mask(bits: frozenset[str]) -> int:
        return sum(place.get(bit, 0) for bit in bits)

    return [
        _Profile(
            c,
            c.id in named,
            (c.money.counts, c.minutes.counts, not c.money.known, not c.minutes.known, c.days),
            _paid(c, problem),
            (mask(c.may_show), mask(c.shows), mask(c.strongly) if problem.aim == "strongest" else 0),
        )
        for c in problem.candidates
    ]


def _paid(candidate: Candidate, problem: Problem) -> tuple[int, ...]:
    """The figures of a step that the aim adds up: less of any of them, and no more of the others, is a better value."""
    unknown = (not candidate.money.known) + (not candidate.minutes.known)
    money, minutes = candidate.money.counts, candidate.minutes.counts
    match problem.aim:
        case "cheapest" | "quickest":
            return (money, minutes, unknown)
        case "strongest":
            return (money, unknown)
        case "balanced":
            return (60 * money + problem.hourly_rate * minutes, unknown)
