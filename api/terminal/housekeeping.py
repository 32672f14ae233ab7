"""What loading, listing, dropping and checking say."""

from collections.abc import Iterable

from api.sentences.words import count
from api.shapes.housekeeping import CheckShape, DropShape, LoadShape, NoteShape, RefusalShape, SourcesShape
from api.terminal.blocks import Block, Cell, Column, Grid, Page, Para, Point

LONGEST = 160
"""Letters of the places of a note."""

MOST = 20
"""Refusals that are listed; --json lists all."""


def load_page(shape: LoadShape) -> Page:
    """The page of `credpath load`."""
    blocks: list[Block] = []
    for change in shape.sources:
        whole = change.added + change.unchanged
        kinds = ", ".join(f"{number} {kind}" for kind, number in change.kinds.items())
        what = f"{change.added} new, {change.removed} gone"
        if change.anew:
            what = "written anew"
        elif not change.added and not change.removed:
            what = "nothing changed" if change.identical else "none of them changed, what is said of the source did"
        blocks.append(Para(f"{change.title} ({change.source}): {count(whole, 'record')}, {what}.", "good"))
        blocks.append(Para(kinds, "faint", indent=2))
    return [*blocks, *_remarks(shape.refusals, shape.notes)]


def sources_page(shape: SourcesShape) -> Page:
    """The page of `credpath sources`."""
    if not shape.sources:
        return [Para("Nothing is loaded; `credpath load starter` loads the starter graph.")]
    columns = [Column("Source"), Column("Title", flexible=True), Column("Who speaks"), Column("Licence")]
    rows: list[list[Cell]] = [[s.id, s.title, s.voice, s.licence or "-"] for s in shape.sources]
    attributions = dict.fromkeys(s.attribution for s in shape.sources if s.attribution)
    return [Grid(columns, rows), *(Para(words, "faint") for words in attributions)]


def drop_page(shape: DropShape) -> Page:
    """The page of `credpath drop`."""
    return [Para(f"{shape.dropped.title} ({shape.dropped.id}) is dropped.")]


def check_page(shape: CheckShape) -> Page:
    """The page of `credpath check`."""
    if not shape.refusals:
        said = f", {count(shape.records, 'record')}" if shape.records else ""
        return [Para(f"{shape.path} is in order (read as {shape.kind}{said}).", "good"), *_remarks((), shape.notes)]
    return [
        Para(f"{shape.path} (read as {shape.kind}): {count(len(shape.refusals), 'mistake')}.", "bad"),
        *_remarks(shape.refusals, shape.notes),
    ]


def _remarks(refusals: tuple[RefusalShape, ...], notes: tuple[NoteShape, ...]) -> Iterable[Block]:
    for note in notes:
        yield Point(f"{note.what}: {note.count}{_where(note)}", tone="faint")
    if refusals:
        yield Para(f"{count(len(refusals), 'thing')} could not be taken:", "bad")
    for refusal in refusals[:MOST]:
        yield Point(refusal.says)
    if len(refusals) > MOST:
        yield Para(f"and {len(refusals) - MOST} more; --json lists them all.", "faint")


def _where(note: NoteShape) -> str:
    """The first places of a note, in one line or so; --json has all that were kept."""
    told = "; ".join(note.places[:3])
    if not told:
        return ""
    more = len(told) > LONGEST or note.count > min(3, len(note.places))
    return f" ({told[:LONGEST].rstrip()}{' ...' if more else ''})"
