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
from recommender.offers import Offer, Support, is_offered
from recommender.pathways.problem import Condition, Plan
from recommender.pathways.semantics import Timetable, holds, reachable, used_standing
from recommender.pathways.solver import Solution, Status
from recommender.question import Question


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of a plan, in working order, with its figures after the standing it uses (`None`: unknown).

    It has dates only where its own effort and that of every step before it are known: a date never rests on a stand-in.

    `closes` are the items it speaks to, with the support by which; `asked_by` those that ask for this very credential;
    `enables` the later steps that count on it;
    `reopens` the items that would fall back if this step, and what cannot be earned without it, were left out.
    """

    offer: Offer
    starts: date | None
    ends: date | None
    money: Range | None
    minutes: Range | None
    standing: AdvancedStanding | None
    closes: tuple[tuple[GapItem, Support], ...]
    asked_by: tuple[GapItem, ...]
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

    An item that also counts on verifying what is held is not shown before that is done.

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


def room_left(pathway: Pathway, question: Question) -> int | None:
    """The money that a plan leaves of the budget, in minor units; `None` where there is no budget."""
    return None if question.budget is None else question.budget - pathway.totals.money.high


def dress(index: Index, framed: Framed, solution: Solution, today: date) -> Pathway:
    """The pathway that a solution means on this day."""
    problem, plan = framed.problem, solution.plan
    steps = tuple(_steps(framed, plan, solution.timetable, today))
    unverified = {item.requirement.id for item in framed.gap.open if item.by_verifying}
    shown = tuple(id_ for id_ in _closed(framed, plan.steps, "shows") if id_ not in unverified)
    return Pathway(
        plan=plan,
        status=solution.status,
        value=solution.value,
        bound=solution.bound,
        steps=steps,
        totals=_totals(steps, -(-solution.timetable.end // (7 * problem.weekly_minutes))),
        shown=shown,
        unconfirmed=tuple(id_ for id_ in _closed(framed, plan.steps, "may_show") if id_ not in shown),
        also_earned=_also_earned(index, framed, plan, today),
    )


def _steps(framed: Framed, plan: Plan, timetable: Timetable, today: date) -> list[Step]:
    pace = framed.problem.weekly_minutes
    used = used_standing(plan, framed.problem) or {}
    gap_items = {item.requirement.id: item for item in framed.gap.open}
    found = []
    dated = True
    order = tuple(timed.step for timed in timetable.steps)
    for place, timed in enumerate(timetable.steps):
        offer = framed.offers[timed.step]
        dated_start, dated = dated, dated and offer.candidate.minutes.known
        saving = used.get(timed.step)
        standing = framed.standings[saving.into, saving.held] if saving else None
        money_off, minutes_off = (saving.money_off, saving.minutes_off) if saving else (0, 0)
        found.append(
            Step(
                offer=offer,
                starts=_day_after(today, timed.start // pace) if dated_start else None,
                ends=_day_after(today, -(-timed.end // pace)) if dated else None,
                money=_less(offer.price.amount, money_off),
                minutes=_less(offer.effort.minutes, minutes_off),
                standing=standing,
                closes=tuple(
                    (gap_items[item.id], support)
                    for item in framed.problem.items
                    for support in _best_supports(offer, item.condition)
                ),
                asked_by=tuple(
                    gap_items[item.id] for item in framed.problem.items if timed.step in item.condition.candidates
                ),
                enables=_enabled(framed, plan, timed.step, order[place + 1 :]),
                reopens=_reopened(framed, plan, timed.step),
                pinned=timed.step in framed.problem.pinned,
            )
        )
    return found


def _day_after(today: date, days: int) -> date | None:
    """The day so many days later; `None` where the calendar ends before, because so little is worked in a week."""
    return today + timedelta(days=days) if days <= (date.max - today).days else None


def _best_supports(offer: Offer, condition: Condition) -> list[Support]:
    """For each bit of an item that an offer speaks to, its surest support: one that shows it comes first."""
    best: dict[str, Support] = {}
    for support in offer.supports:
        if support.bit in condition.bits:
            other = best.get(support.bit)
            if other is None or _sureness(support) > _sureness(other):
                best[support.bit] = support
    return [best[bit] for bit in sorted(best)]


def _sureness(support: Support) -> tuple[bool, int, int]:
    return support.basis == "shown", support.strength.low, support.strength.high


def _enabled(framed: Framed, plan: Plan, step: str, later: tuple[str, ...]) -> tuple[str, ...]:
    """The later steps one of whose conditions this step serves, or that use standing from it."""
    shows = framed.offers[step].candidate.shows
    served = {
        other
        for other in later
        for condition in framed.offers[other].candidate.conditions
        if step in condition.candidates or shows & set(condition.bits)
    }
    return tuple(sorted(served | {into for into, held in plan.standing if held == step}))


def _reopened(framed: Framed, plan: Plan, step: str) -> tuple[str, ...]:
    """The items that fall back, from shown or from unconfirmed, without a step and all that cannot do without it.

    What counted on its standing alone is still earned, at its full figures.
    """
    rest = Plan(tuple(other for other in plan.steps if other != step))
    remaining = tuple(sorted(reachable(rest, framed.problem)))
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


def _also_earned(index: Index, framed: Framed, plan: Plan, today: date) -> tuple[str, ...]:
    """Wholes that the chosen parts complete at no surcharge: nothing more to require, to pay or to do."""
    have = {*plan.steps, *framed.held}
    found = set()
    for part in plan.steps:
        for link in index.wholes_of(part):
            whole = index.find(Credential, link.whole)
            if whole is None or whole.id in have or not is_offered(whole, today):
                continue
            costs = index.costs_of(whole.id)
            free = all(c.amount is not None and c.amount.high == 0 for c in costs)
            effortless = whole.effort is not None and whole.effort.high == 0
            if costs and free and effortless and _completed(index, whole.id, have):
                found.add(whole.id)
    return tuple(sorted(found))


def _completed(index: Index, whole: str, have: set[str]) -> bool:
    requirements = [r for r in index.requirements_of(whole) if r.necessity == "essential"]
    return bool(requirements) and all(
        sum(option.credential in have for option in index.options_of(requirement.id)) >= requirement.at_least
        for requirement in requirements
    )


def _less(value: Range | None, off: int) -> Range | None:
    return None if value is None else Range(max(0, value.low - off), max(0, value.high - off))
