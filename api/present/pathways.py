"""Plans: dated steps with figures, proof and reasons, and totals that are the sums of the steps."""

from api.present import figures, proof
from api.present.view import View, days, minutes, sure_minutes
from api.sentences import figures as figure_says
from api.sentences import plan as says
from api.sentences import proof as proof_says
from api.shapes.basics import Named
from api.shapes.pathway import (
    AssignmentShape,
    Closes,
    Measure,
    PathwayShape,
    StandingShape,
    StepShape,
    TotalsShape,
)
from ontology.records import AdvancedStanding, Assignment
from ontology.values import Range
from recommender.framing import Framed
from recommender.gap import GapItem
from recommender.offers import Support
from recommender.pathways.problem import Aim
from recommender.plans import Pathway, Step
from recommender.reasons import practice_for

MEASURES: dict[Aim, tuple[str, ...]] = {
    "cheapest": ("money", "unknown figures", "minutes"),
    "quickest": ("weeks", "minutes", "unknown figures", "money"),
    "strongest": ("importance strongly shown, negated", "money", "unknown figures"),
    "balanced": ("60 times money plus the value of an hour times minutes", "unknown figures"),
}
"""What the components of a plan's value mean between the importance closed and the number of steps."""


LIMITS = ("excluded", "provider", "language", "mode", "price", "effort")
"""Why something is left out where the question could be another."""


def measures_of(aim: Aim) -> tuple[str, ...]:
    """What the components of a plan's value mean, in their order."""
    return ("importance shown, negated", "importance unconfirmed, negated", *MEASURES[aim], "steps")


def pathway(view: View, framed: Framed, value: Pathway, *, aim: Aim | None = None) -> PathwayShape:
    """A plan and everything about it; `aim` is the one it was chosen by, where it is not the question's.

    Where the search was cut before any plan was found, it has no value and no step, and says so.
    """
    aim = aim or framed.problem.aim
    shown, unconfirmed = items_named(view, framed, value.shown), items_named(view, framed, value.unconfirmed)
    measured = zip(measures_of(aim), value.value, value.bound, strict=True) if value.value else ()
    steps = tuple(_step(view, framed, step, number) for number, step in enumerate(value.steps, 1))
    return PathwayShape(
        status=value.status,
        value=tuple(Measure(name=name, value=worth, bound=bound) for name, worth, bound in measured),
        steps=steps,
        totals=_totals(view, framed, value, steps),
        shown=shown,
        unconfirmed=unconfirmed,
        also_earned=view.all_named(value.also_earned),
        says=says.plan(
            value.status,
            len(steps),
            [each.name for each in shown],
            [each.name for each in unconfirmed],
            len(framed.gap.open),
            aim,
            limited=_limited(framed),
            found=bool(value.value),
        ),
    )


def _limited(framed: Framed) -> bool:
    """Whether a limit of the question, and not the catalogue, may be why a credential is no step."""
    within = framed.problem.budget is not None or framed.problem.deadline_days is not None
    by_limits = any(out.why in LIMITS for out in framed.left_out)
    return by_limits or (within and any(offer.credential is not None for offer in framed.offers.values()))


def assignment(view: View, value: Assignment) -> AssignmentShape:
    """A workplace project."""
    return AssignmentShape(
        id=value.id,
        name=value.name,
        produces=value.produces,
        assessor=value.assessor,
        rubric=value.rubric,
        audience=value.audience,
        leadership=value.leadership,
        minutes=minutes(value.effort),
        days=days(value.elapsed),
        general=value.general_level is not None,
        source=view.cite(value.source),
    )


def standing(view: View, value: AdvancedStanding) -> StandingShape:
    """What holding one credential takes off another."""
    off = Range.exactly(value.money_off) if value.money_off is not None and value.currency else None
    return StandingShape(
        held=view.named(value.held),
        money_off=view.money(off, value.currency),
        minutes_off=minutes(Range.exactly(value.minutes_off)) if value.minutes_off is not None else None,
        words=value.words,
        source=view.cite(value.source),
    )


def items_named(view: View, framed: Framed, ids: tuple[str, ...]) -> tuple[Named, ...]:
    """Items of the gap by id and name."""
    items = {item.requirement.id: item for item in framed.gap.items}
    return tuple(item_named(view, items[id_]) for id_ in ids)


def item_named(view: View, item: GapItem) -> Named:
    """An item of the gap."""
    return Named(id=item.requirement.id, name=view.criterion(item.requirement))


def _step(view: View, framed: Framed, step: Step, number: int) -> StepShape:
    offer, credential, work = step.offer, step.offer.credential, step.offer.assignment
    closes = tuple(_closes(view, item, support) for item, support in step.closes)
    enables = tuple(Named(id=id_, name=offers_name(view, framed, id_)) for id_ in sorted(step.enables))
    reopens = items_named(view, framed, step.reopens)
    thing = credential or work
    if thing is None:
        raise ValueError(offer.id)
    surest = max((support for _, support in step.closes), key=lambda s: (s.strength.low, s.strength.high), default=None)
    practice = _practice(view, step) if credential is not None else None
    return StepShape(
        number=number,
        id=offer.id,
        kind="credential" if credential is not None else "assignment",
        name=thing.name,
        provider=view.named(credential.provider) if credential is not None and credential.provider else None,
        type=credential.type if credential is not None else None,
        page=credential.page if credential is not None else None,
        starts=step.starts,
        ends=step.ends,
        undated_because=None if step.starts and step.ends else says.undated(),
        price=figures.price(view, offer.price, counted=offer.candidate.money, credential=credential),
        effort=figures.effort(view, offer.effort, counted=offer.candidate.minutes, credential=credential),
        elapsed=figures.elapsed(view, thing),
        money=view.money(step.money),
        minutes=minutes(step.minutes),
        standing=standing(view, step.standing) if step.standing else None,
        conditions=tuple(view.condition(condition.requirement) for condition in offer.open_conditions),
        closes=closes,
        enables=enables,
        reopens=reopens,
        pinned=step.pinned,
        proof=proof.strength(view, surest.strength) if surest else None,
        practice=practice,
        why=tuple(_why(view, step, closes, [each.name for each in enables], [each.name for each in reopens])),
        source=view.cite(thing.source),
    )


def offers_name(view: View, framed: Framed, id_: str) -> str:
    """The name of a possible step."""
    offer = framed.offers.get(id_)
    thing = (offer.credential or offer.assignment) if offer else None
    return thing.name if thing else view.name(id_)


def _closes(view: View, item: GapItem, support: Support) -> Closes:
    name = view.criterion(item.requirement)
    stated = support.claim is None or (support.claim.level is not None and not support.bit.endswith("@"))
    because = (
        proof_says.proven(support.strength, view.rubric)
        if support.basis == "shown"
        else proof_says.unsure(support.strength, view.rubric, level_stated=stated)
    )
    return Closes(
        item=Named(id=item.requirement.id, name=name),
        basis=support.basis,
        strength=proof.strength(view, support.strength),
        claim=proof.claim(view, support.claim) if support.claim else None,
        because=because,
        says=says.closes([name], support.basis, because, by_editors=support.strength.editors_mapping),
    )


def _why(view: View, step: Step, closes: tuple[Closes, ...], enables: list[str], reopens: list[str]) -> list[str]:
    alike: dict[tuple[str, str, bool], list[str]] = {}
    for each in closes:
        alike.setdefault((each.basis, each.because, each.strength.mapped_by_editors), []).append(each.item.name)
    reasons = [
        says.closes(items, basis, because, by_editors=by_editors)
        for (basis, because, by_editors), items in alike.items()
    ]
    if step.asked_by:
        reasons.append(says.asked_by([view.criterion(item.requirement) for item in step.asked_by]))
    if enables:
        reasons.append(says.enables(enables))
    if reopens:
        reasons.append(says.reopens(reopens))
    if step.pinned:
        reasons.append(says.pinned())
    if step.standing is not None:
        shape = standing(view, step.standing)
        money_off = shape.money_off.display if shape.money_off else None
        reasons.append(
            figure_says.standing(shape.held.name, money_off, shape.minutes_off.display if shape.minutes_off else None)
        )
    return reasons


def _practice(view: View, step: Step) -> AssignmentShape | None:
    """The work that puts into practice what the step speaks to most surely."""
    for item, support in sorted(step.closes, key=lambda pair: (-pair[1].strength.low, pair[0].requirement.id)):
        for state in item.options:
            if state.option.competency is not None and support.bit.startswith(f"{state.option.competency}@"):
                found = practice_for(view.index, state.option.competency, state.option.level)
                if found is not None:
                    return assignment(view, found)
    return None


def _totals(view: View, framed: Framed, value: Pathway, steps: tuple[StepShape, ...]) -> TotalsShape:
    totals = value.totals
    off = {(s.into, s.held): s.money_off for s in framed.problem.standings}
    used = {into: off.get((into, held), 0) for into, held in value.plan.standing}
    counted = sum(max(0, step.offer.candidate.money.counts - used.get(step.offer.id, 0)) for step in value.steps)
    dates = [step.ends for step in steps]
    ends = max([view.today, *(each for each in dates if each is not None)]) if all(dates) else None
    return TotalsShape(
        money=view.sure_money(totals.money),
        unknown_prices=totals.unknown_prices,
        minutes=sure_minutes(totals.minutes),
        unknown_efforts=totals.unknown_efforts,
        counted_money=view.sure_money(Range.exactly(counted)),
        weeks=totals.weeks,
        weeks_known=totals.weeks_known,
        starts=view.today,
        ends=ends,
        says=tuple(
            figure_says.totals(
                len(steps),
                totals.money,
                view.currency,
                totals.unknown_prices,
                counted,
                totals.minutes,
                totals.unknown_efforts,
            )
        ),
    )
