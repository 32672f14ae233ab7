"""A plan as a timeline with dates, cost, hours, proof and reasons, and its totals."""

from collections.abc import Iterable

from api.sentences.words import count, day, join, short_hours
from api.sentences.words import hours as span
from api.shapes.pathway import AssignmentShape, PathwayShape, StepShape
from api.terminal.blocks import Block, Cell, Column, Facts, Grid, Para, Point, Stretch, Tone, Toned
from ontology.values import Range

BANDS: dict[str, Tone] = {"strong": "good", "solid": "good", "partial": "maybe", "weak": "bad"}


def timeline(pathway: PathwayShape, weekly_minutes: int) -> Iterable[Block]:
    """One row a step, and the totals at this pace."""
    columns = [
        Column("", right=True),
        Column("Step", flexible=True),
        Column("", drawn=True),
        Column("Done by"),
        Column("Cost", right=True),
        Column("Work", right=True),
        Column("Proof"),
    ]
    yield Grid(columns, [_row(step, pathway) for step in pathway.steps])
    yield from totals(pathway, weekly_minutes)


def totals(pathway: PathwayShape, weekly_minutes: int) -> Iterable[Block]:
    """The sums, with what is unknown said, and the pace that the weeks rest on."""
    total = pathway.totals
    cost = total.money.display if total.unknown_prices < len(pathway.steps) else "cost not known"
    hours = total.minutes.display if total.unknown_efforts < len(pathway.steps) else "hours not known"
    if 0 < total.unknown_prices < len(pathway.steps):
        cost += f" + {count(total.unknown_prices, 'price')} not stated"
    if 0 < total.unknown_efforts < len(pathway.steps):
        hours += f" + {count(total.unknown_efforts, 'effort')} not stated"
    about = "" if total.weeks_known else "about "
    done = f", by {day(total.ends)}" if total.ends else ""
    weeks = f"{about}{count(total.weeks, 'week')} at {span(Range.exactly(weekly_minutes))} a week{done}"
    yield Facts([("In all", f"{cost}; {hours}; {weeks}")])
    for sentence in total.says:
        yield Para(sentence, "faint")


def reasons(pathway: PathwayShape) -> Iterable[Block]:
    """Each step with its figures' sources of doubt, its conditions and why it is there."""
    for step in pathway.steps:
        provider = f", {step.provider.name}" if step.provider else ""
        yield Para(f"{step.number}  {step.name}{provider}", "strong")
        for why in step.why:
            yield Point(why, indent=3)
        if step.conditions:
            asks = "; ".join(condition.says for condition in step.conditions)
            before = [
                f"step {each.number}" for each in pathway.steps if step.id in {thing.id for thing in each.enables}
            ]
            waits = f"waits for {join(before)}, since it asks" if before else "asks"
            yield Point(f"It {waits} for {asks}.", indent=3)
        if step.price.unknown_because:
            yield Point(step.price.says, tone="faint", indent=3)
        if step.effort.unknown_because:
            yield Point(step.effort.says, tone="faint", indent=3)
        if step.practice is not None:
            yield Point(f"Put it into practice: {step.practice.name}{_time(step.practice)}.", indent=3)
        if step.page:
            yield Para(step.page, "faint", indent=5)
    if pathway.also_earned:
        yield Para("Also earned: " + ", ".join(each.name for each in pathway.also_earned) + ".")


def assignment(work: AssignmentShape, indent: int, shows: str | None = None) -> Iterable[Block]:
    """What a workplace project asks for."""
    rows = [("shows", shows)] if shows else []
    rows += [("produce", work.produces), ("judged by", work.assessor), ("rubric", work.rubric)]
    if work.audience:
        rows.append(("seen by", work.audience))
    if work.leadership:
        rows.append(("leadership", work.leadership))
    time = _time(work).strip(" ()")
    if time:
        rows.append(("takes", time))
    yield Facts(rows, indent)


def first_reasons(pathway: PathwayShape) -> Iterable[Block]:
    """Each step by its number with the first reason for it: what it shows, or what it opens."""
    for step in pathway.steps:
        for why in step.why[:1]:
            yield Point(why, f"{step.number:>2}")


def brief(pathway: PathwayShape) -> str:
    """A plan in one line, for a table of alternatives."""
    return " + ".join(step.name for step in pathway.steps) or "no step"


def proof_words(step: StepShape) -> Cell:
    """The band of a step's surest support."""
    return Toned(step.proof.band, BANDS.get(step.proof.band_low, "")) if step.proof else "opens the way"


def _row(step: StepShape, pathway: PathwayShape) -> list[Cell]:
    when = day(step.ends) if step.ends else "no date"
    start = pathway.totals.starts
    known = [each.ends for each in pathway.steps if each.ends]
    whole = (max(known) - start).days if known else 1
    drawn: Cell = ""
    if step.starts and step.ends:
        drawn = Stretch((step.starts - start).days, (step.ends - start).days, whole)
    return [
        str(step.number),
        step.name,
        drawn,
        when,
        step.money.display if step.money else Toned("not stated", "maybe"),
        short_hours(Range(step.minutes.low, step.minutes.high)) if step.minutes else Toned("not stated", "maybe"),
        proof_words(step),
    ]


def _time(work: AssignmentShape) -> str:
    parts = [work.minutes.display] if work.minutes else []
    if work.days:
        parts.append(f"over {work.days.display}")
    return f" ({', '.join(parts)})" if parts else ""
