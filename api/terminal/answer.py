"""The page of `credpath next`: what to do in order, then the gap, the plan, what it leaves, and what else there is."""

from collections.abc import Iterable

from api.sentences.left import waits
from api.sentences.plan import INTENTS
from api.sentences.words import count, join
from api.shapes.answer import AnswerShape, NextShape, OutcomeShape, ProspectShape, ToDo
from api.terminal import gap as gap_page
from api.terminal import plan
from api.terminal.blocks import Blank, Block, Cell, Column, Grid, Heading, Page, Para, Point, Title, Toned

MOST = 5
"""Groups of deciding facts that are listed; --json lists all."""

LEFT_OUT = (
    "Without --brief: all reasons, what comes nearest to each criterion, the work in full, the facts that would decide."
)


def next_page(shape: NextShape, *, brief: bool = False) -> Page:
    """The whole page; `brief` is about one screen of it, without near misses and the projects in full."""
    blocks: list[Block] = []
    if shape.prospects is not None:
        role = shape.person.role.name if shape.person.role else "somebody without a role"
        blocks += [Title(f"What next for {role}?"), *_prospects(shape.prospects)]
        if shape.answer is None:
            blocks += [Para("Ask about one of them with --to ROLE.", "faint")]
    if shape.answer is not None:
        headed = shape.prospects is not None
        blocks += answer_blocks(shape.answer, shape.question.weekly_minutes, headed=headed, brief=brief)
    return blocks


def answer_blocks(answer: AnswerShape, weekly_minutes: int, *, headed: bool, brief: bool) -> Iterable[Block]:
    """Everything about one target, or in `brief` what fits about one screen."""
    name = gap_page.title(answer.gap)
    yield Heading(name) if headed else Title(name)
    for sentence in answer.says:
        yield Para(sentence)
    if answer.route and len(answer.route) > 2:
        yield Para("The way there: " + " -> ".join(role.name for role in answer.route) + ".")
    yield from _in_order(answer.in_order)
    yield from gap_page.gap_part(answer.gap, every=False)
    if answer.pathway is not None and answer.pathway.steps:
        yield Heading(f"The plan ({answer.status})")
        yield from plan.timeline(answer.pathway, weekly_minutes)
        yield Heading("Why these steps")
        yield from plan.first_reasons(answer.pathway) if brief else plan.reasons(answer.pathway)
    yield from _verdicts(answer) if brief else _outcomes(answer)
    if not brief:
        yield from _work(answer)
    yield from _alternatives(answer)
    if not brief:
        yield from _deciding(answer)
    yield from _worth(answer)
    if brief and any(not item.met for item in answer.gap.items):
        yield Para(LEFT_OUT, "faint")


def _prospects(prospects: tuple[ProspectShape, ...]) -> Iterable[Block]:
    columns = [Column("", right=True), Column("Role", flexible=True), Column("How"), Column("Ready", right=True)]
    columns += [Column("Open", right=True)]
    rows: list[list[Cell]] = [
        [
            str(number),
            each.role.name,
            {"ladder step": "next rung", "related role": "related"}.get(each.step or "", "shares competencies"),
            f"{each.readiness.percent} %",
            str(len(each.open)),
        ]
        for number, each in enumerate(prospects, 1)
    ]
    if rows:
        yield Grid(columns, rows)
    else:
        yield Para("No role is known that follows from this one.")


def _in_order(to_do: tuple[ToDo, ...]) -> Iterable[Block]:
    if to_do:
        yield Heading("What to do, in order")
    for each in to_do:
        yield Point(each.says, f"{each.number:>2}")


def _verdicts(answer: AnswerShape) -> Iterable[Block]:
    """What is left open, a sentence each."""
    left = [outcome for outcome in answer.outcomes if outcome.result != "shown"]
    if left:
        yield Heading("What no credential surely shows")
    for outcome in left:
        yield Point(outcome.says[0])


def _outcomes(answer: AnswerShape) -> Iterable[Block]:
    left = [outcome for outcome in answer.outcomes if outcome.result != "shown"]
    if not left:
        return
    yield Heading("What no credential surely shows, and why")
    asks = {
        item.id: next((o.asked.looks_like for o in item.options if o.asked and o.asked.looks_like), item.words)
        for item in answer.gap.items
    }
    for place, outcome in enumerate(left):
        if place:
            yield Blank()
        yield from _outcome(outcome, asks[outcome.item.id])


def _outcome(outcome: OutcomeShape, asks: str | None) -> Iterable[Block]:
    first, *rest = outcome.says
    yield Para(first, "strong")
    if asks:
        yield Para(f"Asked for: {asks}", "faint", indent=2)
    for sentence in rest[: len(outcome.nearest)]:
        yield Point(sentence, indent=2)
    for work in outcome.work[:1]:
        yield Point(f"Work can show it: {work.name}.", "*", "good", indent=2)


def _work(answer: AnswerShape) -> Iterable[Block]:
    """Each project once, with all that it would show."""
    projects = {work.id: work for outcome in answer.outcomes if outcome.result != "shown" for work in outcome.work[:1]}
    if not projects:
        return
    yield Heading("The work that can show it")
    for place, work in enumerate(projects.values()):
        if place:
            yield Blank()
        shows = [o.item.name for o in answer.outcomes if o.result != "shown" and o.work[:1] and o.work[0].id == work.id]
        yield Para(work.name, "strong")
        each = ", one project for each" if work.general and len(shows) > 1 else ""
        yield from plan.assignment(work, 2, join(shows) + each)


def _alternatives(answer: AnswerShape) -> Iterable[Block]:
    if not any(each.pathway for each in answer.alternatives):
        if answer.alternatives and answer.pathway and answer.pathway.steps:
            yield Heading("Alternatives")
            yield Para("There is no other plan that differs in at least half of its steps.")
        return
    yield Heading("Alternatives")
    columns = [Column("By intent"), Column("Steps", flexible=True), Column("Cost", right=True)]
    columns += [Column("Weeks", right=True), Column("Shows", right=True), Column("May show", right=True)]
    rows: list[list[Cell]] = []
    for each in answer.alternatives:
        path = each.pathway
        if path is None:
            rows.append([INTENTS[each.intent], Toned(each.because or "none", "faint"), "", "", "", ""])
            continue
        cost = path.totals.money.display if not path.totals.unknown_prices else "not all stated"
        weeks = f"{'' if path.totals.weeks_known else 'about '}{path.totals.weeks}"
        rows.append(
            [INTENTS[each.intent], plan.brief(path), cost, weeks, str(len(path.shown)), str(len(path.unconfirmed))]
        )
    yield Grid(columns, rows)


def _deciding(answer: AnswerShape) -> Iterable[Block]:
    if not answer.deciding:
        return
    yield Heading("What would decide: facts that only you can confirm")
    groups: dict[tuple[str, ...], dict[str, None]] = {}
    for each in answer.deciding:
        groups.setdefault(tuple(thing.name for thing in each.opens), {})[each.words] = None
    for opens, facts in list(groups.items())[:MOST]:
        yield Para(f"{waits(opens)}:" if opens else "The role itself asks for:")
        for words in facts:
            yield Point(words, indent=2)
    if len(groups) > MOST:
        yield Para(f"and {count(len(groups) - MOST, 'more group')} of facts: see --json.", "faint")
    yield Para(f'Answer with --fact "{answer.deciding[0].words}=yes" (or =no).', "faint")


def _worth(answer: AnswerShape) -> Iterable[Block]:
    if answer.worth:
        yield Heading("What you hold is worth here")
    for each in answer.worth:
        yield Point(each.says)
        for stack in each.stacks:
            yield Para(stack.says, "faint", indent=2)
