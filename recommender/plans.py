"""A solved problem dressed in the catalogue again: dated steps, net figures, totals, and what became of each item.

Totals never read an unknown figure as zero: they sum what is known and count what is not.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from graph.index import Index
from ontology.records import AdvancedStanding, Credential
from ontology.values import Range
from recommender.framing import Framed
from recommender.gap import GapItem
from recommender.offers import Offer, Support
from recommender.pathways.problem import Condition, Plan
from recommender.pathways.semantics import Timetable, holds
from recommender.pathways.solver import Solution, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of a plan, in working order, with its figures after the standing it uses (`None`: unknown).

    It has dates only where its own effort and that of every step before it are known: a date never rests on a stand-in.

    `closes` are the items it speaks to, with the support by which; `enables` the later steps that count on it;
    `reopens` the items that would fall back if this step, and what cannot be earned without it, were left out.
    """

    offer: Offer
    starts: date | None
    ends: date | None
    money: Range | None
    minutes: Range | None
    standing: AdvancedStanding | None
    closes: tuple[tuple[GapItem, Support], ...]
    enables: tuple[str, ...]
    reopens: tuple[str, ...]
    pinned: bool


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums over the steps: known money and minutes as ranges, how many of each are unknown, and whole weeks.

    Where an effort is unknown the weeks rest on a stand-in, so `weeks_known` is false.
    """

    money: Range
    unknown_prices: int
    minutes: Range
    unknown_efforts: int
    weeks: int
    weeks_known: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Pathway:
    """A plan with everything about it. `shown` and `unconfirmed` are requirement ids that the plan closes so.

    `status`, `value` and `bound` are the solver's: `optimal` means that no valid plan has a smaller value.
    """

    plan: Plan
    status: Status
    value: tuple[int, ...]
    bound: tuple[int, ...]
    steps: tuple[Step, ...]
    totals: Totals
    shown: tuple[str, ...]
    unconfirmed: tuple[str, ...]
    also_earned: tuple[str, ...]


def dress(index: Index, framed: Framed, solution: Solution, today: date) -> Pathway:
    """The pathway that a solution means on this day."""
    problem, plan = framed.problem, solution.plan
    steps = tuple(_steps(framed, plan, solution.timetable, today))
    shown = _closed(framed, plan.steps, "shows")
    return Pathway(
        plan=plan,
        status=solution.status,
        value=solution.value,
        bound=solution.bound,
        steps=steps,
        totals=_totals(steps, -(-solution.timetable.end // (7 * problem.weekly_minutes))),
        shown=shown,
        unconfirmed=tuple(id_ for id_ in _closed(framed, plan.steps, "may_show") if id_ not in shown),
        also_earned=_also_earned(index, framed, plan),
    )


def _steps(framed: Framed, plan: Plan, timetable: Timetable, today: date) -> list[Step]:
    pace = framed.problem.weekly_minutes
    standings = dict(plan.standing)
    gap_items = {item.requirement.id: item for item in framed.gap.open}
    found = []
    dated = True
    for timed in timetable.steps:
        offer = framed.offers[timed.step]
        dated_start, dated = dated, dated and offer.candidate.minutes.known
        standing = framed.standings.get((timed.step, standings.get(timed.step, "")))
        off = next(
            (
                (s.money_off, s.minutes_off)
                for s in framed.problem.standings
                if standing and (s.into, s.held) == (timed.step, standing.held)
            ),
            (0, 0),
        )
        found.append(
            Step(
                offer=offer,
                starts=today + timedelta(days=timed.start // pace) if dated_start else None,
                ends=today + timedelta(days=-(-timed.end // pace)) if dated else None,
                money=_less(offer.price.amount, off[0]),
                minutes=_less(offer.effort.minutes, off[1]),
                standing=standing,
                closes=tuple(
                    (gap_items[item.id], support)
                    for item in framed.problem.items
                    for support in _best_supports(offer, item.condition)
                ),
                enables=_enabled(framed, plan, timed.step),
                reopens=_reopened(framed, plan, timed.step),
                pinned=timed.step in framed.problem.pinned,
            )
        )
    return found


def _best_supports(offer: Offer, condition: Condition) -> list[Support]:
    """For each bit of an item that an offer speaks to, its surest support."""
    best: dict[str, Support] = {}
    for support in offer.supports:
        if support.bit in condition.bits:
            other = best.get(support.bit)
            if other is None or (support.strength.low, support.strength.high) > (
                other.strength.low,
                other.strength.high,
            ):
                best[support.bit] = support
    return [best[bit] for bit in sorted(best)]


def _enabled(framed: Framed, plan: Plan, step: str) -> tuple[str, ...]:
    """The chosen steps one of whose conditions this step serves, or that use standing from it."""
    shows = framed.offers[step].candidate.shows
    served = [
        other
        for other in plan.steps
        for condition in framed.offers[other].candidate.conditions
        if step in condition.candidates or shows & set(condition.bits)
    ]
    return tuple(sorted({*served, *(into for into, held in plan.standing if held == step)} - {step}))


def _reopened(framed: Framed, plan: Plan, step: str) -> tuple[str, ...]:
    """The items that fall back, from shown or from unconfirmed, without a step and all that cannot do without it."""
    left = set(plan.steps) - {step}
    while True:
        earned = [framed.offers[id_].candidate for id_ in left]
        lost = {c.id for c in earned if not all(holds(condition, earned, "shows") for condition in c.conditions)}
        if not lost:
            break
        left -= lost
    remaining = tuple(sorted(left))
    return tuple(
        sorted(
            (set(_closed(framed, plan.steps, "shows")) - set(_closed(framed, remaining, "shows")))
            | (set(_closed(framed, plan.steps, "may_show")) - set(_closed(framed, remaining, "may_show")))
        )
    )


def _closed(framed: Framed, steps: tuple[str, ...], sureness: str) -> tuple[str, ...]:
    earned = [framed.offers[id_].candidate for id_ in steps]
    already = framed.problem.may_already if sureness == "may_show" else frozenset()
    return tuple(i.id for i in framed.problem.items if holds(i.condition, earned, sureness, already))


def _totals(steps: tuple[Step, ...], weeks: int) -> Totals:
    money = [step.money for step in steps if step.money is not None]
    minutes = [step.minutes for step in steps if step.minutes is not None]
    return Totals(
        money=sum(money, Range(0, 0)),
        unknown_prices=len(steps) - len(money),
        minutes=sum(minutes, Range(0, 0)),
        unknown_efforts=len(steps) - len(minutes),
        weeks=weeks,
        weeks_known=len(minutes) == len(steps),
    )


def _also_earned(index: Index, framed: Framed, plan: Plan) -> tuple[str, ...]:
    """Wholes that the chosen parts complete at no surcharge: nothing more to require, to pay or to do."""
    have = {*plan.steps, *framed.held}
    found = set()
    for part in plan.steps:
        for link in index.wholes_of(part):
            whole = index.find(Credential, link.whole)
            if whole is None or whole.id in have or whole.status == "retired":
                continue
            free = all(c.amount is not None and c.amount.high == 0 for c in index.costs_of(whole.id))
            costs = index.costs_of(whole.id)
            effortless = whole.effort is not None and whole.effort.high == 0
            if costs and free and effortless and _completed(index, whole.id, have):
                found.add(whole.id)
    return tuple(sorted(found))


def _completed(index: Index, whole: str, have: set[str]) -> bool:
    requirements = index.requirements_of(whole)
    return bool(requirements) and all(
        sum(option.credential in have for option in index.options_of(requirement.id)) >= requirement.at_least
        for requirement in requirements
    )


def _less(value: Range | None, off: int) -> Range | None:
    return None if value is None else Range(max(0, value.low - off), max(0, value.high - off))
