"""What copying, comparing, backing up, restoring and diagnosing say."""

from collections.abc import Iterable, Sequence

from api.sentences.words import count
from api.shapes.housekeeping import MovedShape, SourceShape
from api.shapes.keeping import (
    BackupShape,
    ComparedShape,
    CompareShape,
    CopyShape,
    DifferenceShape,
    DoctorShape,
    RestoreShape,
)
from api.terminal.blocks import Block, Cell, Column, Grid, Page, Para, Point, Tone, Toned

MOST = 20
"""Differences that are listed; --json lists more."""

TONES: dict[str, Tone] = {"ok": "good", "warning": "maybe", "problem": "bad"}


def copy_page(shape: CopyShape) -> Page:
    """The page of `credpath copy`."""
    blocks: list[Block] = [*_moved(shape.sources), *_let_go(shape.removed)]
    if shape.kept:
        names = ", ".join(each.id for each in shape.kept)
        blocks.append(
            Para(f"{shape.target} also keeps {names}, which {shape.origin} lacks; --exact removes it.", "maybe")
        )
    what = "both stores hold the same" if shape.equal else "each source that was copied is the same in both"
    blocks.append(Para(f"Copied {shape.origin} to {shape.target}: {what} (revision {shape.revision_to[:12]}).", "good"))
    return blocks


def compare_page(shape: CompareShape) -> Page:
    """The page of `credpath compare`."""
    if shape.equal:
        records = sum(each.equal for each in shape.sources)
        held = f"{count(len(shape.sources), 'source')}, {count(records, 'record')}"
        return [Para(f"{shape.one} and {shape.other} are equal: {held}, each compared.", "good")]
    blocks: list[Block] = [
        Para(f"{shape.one} (A) and {shape.other} (B) differ: {count(shape.difference_count, 'difference')}.", "bad"),
        _counts(shape.sources),
    ]
    blocks += [Point(_difference(each)) for each in shape.differences[:MOST]]
    more = shape.difference_count - min(len(shape.differences), MOST)
    if more:
        blocks.append(Para(f"and {more} more; --json lists up to --limit of them.", "faint"))
    return blocks


def backup_page(shape: BackupShape) -> Page:
    """The page of `credpath backup`."""
    records = sum(each.records for each in shape.sources)
    held = f"{count(len(shape.sources), 'source')}, {count(records, 'record')}, {shape.bytes:,} bytes"
    return [
        Para(f"{shape.file} is written and was read back: {held} (revision {shape.revision[:12]}).", "good"),
        Para("credpath restore puts it back.", "faint"),
    ]


def restore_page(shape: RestoreShape) -> Page:
    """The page of `credpath restore`."""
    what = f"{shape.store} holds what {shape.file} held when it was written, on {shape.written}"
    return [
        *_moved(shape.sources),
        *_let_go(shape.removed),
        Para(f"{what} (revision {shape.revision[:12]}).", "good"),
    ]


def doctor_page(shape: DoctorShape) -> Page:
    """The page of `credpath doctor`."""
    rows: list[list[Cell]] = [
        [
            Toned(each.state, TONES[each.state]),
            each.check,
            each.says if each.do is None else f"{each.says}; {each.do}",
        ]
        for each in shape.findings
    ]
    verdict: Block = Para(f"Nothing is wrong (credpath {shape.version}).", "good")
    if shape.problems:
        verdict = Para(f"{count(shape.problems, 'problem')}, {count(shape.warnings, 'warning')}.", "bad")
    elif shape.warnings:
        verdict = Para(f"No problem, {count(shape.warnings, 'warning')}.", "maybe")
    return [Grid([Column(""), Column(""), Column("", flexible=True)], rows), verdict]


def _moved(sources: Iterable[MovedShape]) -> Iterable[Block]:
    for each in sources:
        what = "nothing changed" if each.identical else f"{each.added} new, {each.removed} gone"
        if each.anew:
            what = "written anew, because what was there was not what was written to it"
        whole = count(each.added + each.unchanged, "record")
        yield Para(f"{each.title} ({each.source}): {whole}, {what}.", "good")


def _let_go(removed: Sequence[SourceShape]) -> Iterable[Block]:
    for each in removed:
        yield Para(f"{each.title} ({each.id}) is removed.", "maybe")


def _counts(sources: Iterable[ComparedShape]) -> Grid:
    heads = ("Equal", "Only in A", "Only in B", "Differing")
    columns = [Column("Source", flexible=True), *(Column(head, right=True) for head in heads)]
    rows: list[list[Cell]] = [
        [
            each.source + ("" if each.described_alike else " (described otherwise)"),
            *map(str, (each.equal, each.only_one, each.only_other, each.differing)),
        ]
        for each in sources
    ]
    return Grid(columns, rows)


def _difference(each: DifferenceShape) -> str:
    what = f"{each.source}, {each.kind} {each.id}"
    if each.field is None:
        return f"{what}: only in {'A' if each.other is None else 'B'}"
    return f"{what}, {each.field}: A says {_value(each.one)}, B says {_value(each.other)}"


def _value(value: str | None) -> str:
    return "nothing" if value is None else repr(value)
