"""The part of a problem that can matter, so that the integer programme stays small.

A step of the best plan is asked for: by an item, a pin, an earlier plan to differ from, or by something asked for that
waits for it or takes standing from it. Taking all other steps out of a plan leaves it valid, costs less and closes as
much. That fails only where a plan must differ from earlier ones, because there any step makes a difference; then all
candidates stay. What is left may still be covered by another (`dominance`).
"""

from collections.abc import Iterable
from dataclasses import replace

from recommender.pathways.dominance import uncovered
from recommender.pathways.problem import Candidate, Condition, Problem


def reduce(problem: Problem) -> Problem:
    """The same problem without what cannot be in its best plan; ties included, the best plan is the same."""
    smaller = _earnable(problem) if problem.differs_from else asked_for(problem)
    return _with(smaller, uncovered(smaller))


def asked_for(problem: Problem) -> Problem:
    """The same problem with the candidates only that can be earned and that something asks for."""
    earnable = _earnable(problem)
    return _with(earnable, _asked_for(earnable))


def earnable(candidates: Iterable[Candidate]) -> set[str]:
    """The candidates that could be earned if all were chosen; the others wait for what is not there, or in a circle."""
    earned: set[str] = set()
    bits: set[str] = set()
    left = list(candidates)
    while True:
        more = [c for c in left if all(_met(condition, earned, bits) for condition in c.conditions)]
        if not more:
            return earned
        earned |= {candidate.id for candidate in more}
        bits = bits.union(*(candidate.shows for candidate in more))
        left = [candidate for candidate in left if candidate.id not in earned]


def _with(problem: Problem, candidates: tuple[Candidate, ...]) -> Problem:
    ids = {candidate.id for candidate in candidates}
    standings = tuple(s for s in problem.standings if s.into in ids and (s.held in ids or s.held in problem.held))
    return replace(problem, candidates=candidates, standings=standings)


def _earnable(problem: Problem) -> Problem:
    ids = earnable(problem.candidates)
    return _with(problem, tuple(candidate for candidate in problem.candidates if candidate.id in ids))


def _met(condition: Condition, earned: set[str], bits: set[str]) -> bool:
    return len(earned & set(condition.candidates)) + len(bits & set(condition.bits)) >= condition.at_least


def _asked_for(problem: Problem) -> tuple[Candidate, ...]:
    candidates = problem.candidates
    showing: dict[str, list[str]] = {}
    for candidate in candidates:
        for bit in candidate.shows:
            showing.setdefault(bit, []).append(candidate.id)
    sources: dict[str, list[str]] = {}
    for standing in problem.standings:
        sources.setdefault(standing.into, []).append(standing.held)
    by_id = {candidate.id: candidate for candidate in candidates}
    item_bits = {bit for item in problem.items for bit in item.condition.bits}
    asked = {id_ for item in problem.items for id_ in item.condition.candidates}
    asked |= problem.pinned | {candidate.id for candidate in candidates if candidate.may_show & item_bits}
    waiting = sorted(asked & by_id.keys())
    found = set(waiting)
    while waiting:
        candidate = by_id[waiting.pop()]
        needed = set(sources.get(candidate.id, ())) | _options(candidate.conditions, showing)
        new = sorted((needed & by_id.keys()) - found)
        found |= set(new)
        waiting += new
    return tuple(candidate for candidate in candidates if candidate.id in found)


def _options(conditions: Iterable[Condition], showing: dict[str, list[str]]) -> set[str]:
    found: set[str] = set()
    for condition in conditions:
        found |= set(condition.candidates)
        found |= {id_ for bit in condition.bits for id_ in showing.get(bit, ())}
    return found
