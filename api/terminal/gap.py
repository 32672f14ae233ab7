"""A gap as a table with level bars: what is asked, what is met, and on what that rests."""

from collections.abc import Iterable

from api.sentences.gap import SAYS
from api.shapes.gap import GapItem, GapShape
from api.terminal.blocks import Bar, Block, Cell, Column, Grid, Heading, Page, Para, Title, Tone, Toned

TONES: dict[str, Tone] = {
    "shown": "good",
    "assumed": "good",
    "unconfirmed": "maybe",
    "claimed": "maybe",
    "missing": "bad",
}


def gap_page(gap: GapShape) -> Page:
    """The page of `credpath gap`."""
    return [Title(title(gap)), Para(gap.says), *gap_part(gap, every=True), *_words(gap)]


def title(gap: GapShape) -> str:
    """From where to where."""
    return f"{gap.role.name} -> {gap.target.name}" if gap.role else gap.target.name


def gap_part(gap: GapShape, *, every: bool) -> Iterable[Block]:
    """The table: open items first; `every` also lists those that are met."""
    opened = [item for item in gap.items if not item.met]
    met = [item for item in gap.items if item.met]
    yield Heading(f"The gap: {len(opened)} open, {len(met)} met ({gap.readiness.percent} % ready)")
    items = opened + (met if every else [])
    if items:
        weighed = any(item.importance_stated for item in items)
        columns = [Column("Criterion", flexible=True), Column("", drawn=True), Column("From"), Column("To")]
        columns += [Column("Weight", right=True)] if weighed else []
        yield Grid([*columns, Column("Rests on")], [_row(item, weighed=weighed) for item in items])
    if met and not every:
        yield Para("Met: " + ", ".join(item.name for item in met) + ".", "faint")


def _row(item: GapItem, *, weighed: bool) -> list[Cell]:
    option = item.options[0] if item.options else None
    asked = option.asked if option else None
    have = option.have if option else None
    bar = Bar(have.rank if have else 0, asked.rank, asked.levels) if asked else ""
    words = "yours to show" if item.verify else SAYS[item.basis]
    row: list[Cell] = [item.name, bar, have.name if have else "-", asked.name if asked else "no level"]
    if weighed:
        row.append(str(item.importance))
    return [*row, Toned(words, TONES[item.basis])]


def _words(gap: GapShape) -> Iterable[Block]:
    """What each open item asks for, in the ladder's own words."""
    opened = [item for item in gap.items if not item.met]
    if opened:
        yield Heading("What is asked for")
    for item in opened:
        yield Para(item.name, "strong")
        for option in item.options:
            looks = option.asked.looks_like if option.asked else None
            yield Para(looks or item.words or option.name, indent=2)
            for ground in option.grounds:
                yield Para(ground.says, "faint", indent=2)
