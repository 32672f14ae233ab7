"""The page of `credpath next`: what to do in order, then the gap, the plan, what it leaves, and what else there is."""

from collections.abc import Iterable

from api.sentences.words import count
from api.shapes.answer import AnswerShape, NextShape, OutcomeShape, ProspectShape, ToDo
from api.terminal import gap as gap_page
from api.terminal import plan
from api.terminal.blocks import Block, Cell, Column, Grid, Heading, Page, Para, Point, Title, Tone, Toned

RESULTS: dict[str, tuple[str, Tone]] = {
    "shown": ("shown by the plan", "good"),
    "unconfirmed": ("unconfirmed", "maybe"),
    "yours to show": ("yours to show", "maybe"),
    "work": ("only work can show it", "bad"),
}


def next_page(shape: NextShape) -> Page:
    """The whole page."""
    blocks: list[Block] = []
    if shape.prospects is not None:
        role = shape.person.role.name if shape.person.role else "somebody without a role"
        blocks += [Title(f"What next for {role}?"), *_prospects(shape.prospects)]
        if shape.answer is None:
            blocks += [Para("Ask about one of them with --to ROLE.", "faint")]
    if shape.answer is not None:
        blocks += answer_blocks(shape.answer, headed=shape.prospects is not None)
    return blocks


def answer_blocks(answer: AnswerShape, *, headed: bool) -> Iterable[Block]:
    """Everything about one target."""
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
        yield from plan.timeline(answer.pathway)
        yield Heading("Why these steps")
        yield from plan.reasons(answer.pathway)
    yield from _outcomes(answer)
    yield from _alternatives(answer)
    yield from _deciding(answer)
    yield from _worth(answer)


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
        kind = {"verify": "", "earn": "", "work": "Work: "}[each.kind]
        yield Point(f"{kind}{each.says}", f"{each.number:>2}")


def _outcomes(answer: AnswerShape) -> Iterable[Block]:
    left = [outcome for outcome in answer.outcomes if outcome.result != "shown"]
    if not left:
        return
    yield Heading("What no credential surely shows, and why")
    for outcome in left:
        yield from _outcome(outcome)


def _outcome(outcome: OutcomeShape) -> Iterable[Block]:
    first, *rest = outcome.says
    yield Para(first, "strong")
    for sentence in rest[: len(outcome.nearest)]:
        yield Point(sentence, indent=2)
    for work in outcome.work[:1]:
        yield Point(f"Work can show it: {work.name}", "*", "good", indent=2)
        yield from plan.assignment(work, 6)


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
            rows.append([each.intent, Toned(each.because or "none", "faint"), "", "", "", ""])
            continue
        cost = path.totals.money.display if not path.totals.unknown_prices else "not all stated"
        weeks = f"{'' if path.totals.weeks_known else 'about '}{path.totals.weeks}"
        rows.append([each.intent, plan.brief(path), cost, weeks, str(len(path.shown)), str(len(path.unconfirmed))])
    yield Grid(columns, rows)


def _deciding(answer: AnswerShape) -> Iterable[Block]:
    if not answer.deciding:
        return
    yield Heading("What would decide")
    for each in answer.deciding[:5]:
        yield Point(each.says)
        yield Para(f"--fact {each.option}=yes", "faint", indent=2)
    if len(answer.deciding) > 5:
        yield Para(f"and {count(len(answer.deciding) - 5, 'more fact')}: see --json.", "faint")


def _worth(answer: AnswerShape) -> Iterable[Block]:
    if answer.worth:
        yield Heading("What you hold is worth here")
    for each in answer.worth:
        yield Point(each.says)
        for stack in each.stacks:
            yield Para(stack.says, "faint", indent=2)
