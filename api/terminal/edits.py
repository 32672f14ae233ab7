"""What corrections say on a terminal."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from api.sentences.words import count
from api.shapes.edits import (
    AmendedFieldShape,
    AmendedShape,
    AmendShape,
    CorrectionShape,
    EditShape,
    EditsShape,
    UndoneFieldShape,
    UndoneShape,
    UndoShape,
)
from api.terminal.blocks import Block, Page, Para, Point
from api.terminal.entry import who

F = TypeVar("F", AmendedFieldShape, CorrectionShape, UndoneFieldShape)


def amend_page(shape: AmendShape) -> Page:
    """The page of `credpath amend`."""
    return [block for edit in shape.edits for block in _amended(edit)]


def edits_page(shape: EditsShape) -> Page:
    """The page of `credpath edits`."""
    if not shape.edits:
        return [Para("Nothing was edited; `credpath amend --help` says what can be.")]
    return [
        *(block for edit in shape.edits for block in _edit(edit)),
        Para(f"{count(len(shape.edits), 'edit')}; credpath undo ID takes one back.", "faint"),
    ]


def undo_page(shape: UndoShape) -> Page:
    """The page of `credpath undo`."""
    return [block for undone in shape.undone for block in _undone(undone)] or [Para("Nothing was edited.")]


def _amended(edit: AmendedShape) -> Iterable[Block]:
    yield Para(f"{_capital(edit.called)}{' is new' if edit.new else ''}", "good")
    for field in _apart(edit.fields):
        yield Point(f"{field.field}: {field.now.value if edit.new else _now(field)}")
        for other in field.otherwise:
            yield Point(f"stays in sight: {other.value}  [{who(other.source)}]", tone="faint", indent=2)
    yield Para(f"credpath undo {edit.id} takes it back.", "faint")


def _now(field: AmendedFieldShape) -> str:
    now = f"{field.now.value}  [{who(field.now.source)}]"
    if field.before is None:
        return f"{now}, and nobody said so before"
    if field.before.value == field.now.value:
        return f"{now}, as before  [{who(field.before.source)}]"
    return f"{now}, before {field.before.value}  [{who(field.before.source)}]"


def _edit(edit: EditShape) -> Iterable[Block]:
    when = f", {edit.date}" if edit.date else ""
    page = f", {edit.page}" if edit.page else ""
    yield Para(f"{_capital(edit.called)}{' (new)' if edit.new else ''}{when}{page}", "strong")
    yield Para(edit.id, "faint", indent=2)
    for each in _apart(edit.corrections):
        yield Point(f"{each.field}: {each.value}", indent=2)
        for other in each.overrules:
            yield Point(f"overrules {other.value}  [{who(other.source)}]", tone="faint", indent=4)
    if not edit.corrections:
        yield Point("others say the same by now", indent=2)


def _undone(undone: UndoneShape) -> Iterable[Block]:
    yield Para(f"{_capital(undone.says)}.", "good")
    for field in _apart(undone.fields):
        now = "nobody says" if field.now is None else f"{field.now.value}  [{who(field.now.source)}]"
        yield Point(f"{field.field}: {now}, before {field.was}")


def _apart(fields: Sequence[F]) -> list[F]:
    """Without the currency, where an amount is told with it."""
    told = any(each.field in ("amount", "money off") for each in fields)
    return [each for each in fields if not (told and each.field == "currency")]


def _capital(words: str) -> str:
    """A sentence that begins with a small word of ours begins with a capital; a name stays as it is."""
    return words[:1].upper() + words[1:] if words.startswith(("the ", "that ", "what ", "some ")) else words
