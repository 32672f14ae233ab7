"""What corrections were made, stand and were taken back, before and after."""

from collections.abc import Iterable, Sequence

from api.present.disagreeing import called, otherwise, owner
from api.present.values import field_name, told
from api.present.view import View
from api.shapes.edits import (
    AmendedFieldShape,
    AmendedShape,
    AmendShape,
    BelievedShape,
    CorrectionShape,
    EditShape,
    EditsShape,
    UndoneFieldShape,
    UndoneShape,
    UndoShape,
)
from graph.edits import Step, corrections, is_new
from graph.fuse import said_by
from ontology.disagreement import Disagreement
from ontology.records import Record, kind_of


def amend(store: str, before: View, after: View, steps: Iterable[Step], changed: Sequence[str]) -> AmendShape:
    """What `credpath amend` did; `changed` are the fields that were to be corrected, of things stated before."""
    shapes = tuple(_amended(before, after, edit, changed) for _, edit in steps if edit is not None)
    return AmendShape(store=store, edits=shapes, revision=after.index.revision)


def edits(store: str, view: View, found: Iterable[Record]) -> EditsShape:
    """All edits."""
    shapes = tuple(_edit(view, edit) for edit in found)
    return EditsShape(store=store, edits=shapes, revision=view.index.revision)


def undo(store: str, before: View, after: View, steps: Iterable[Step], revision: str) -> UndoShape:
    """What `credpath undo` did: each edit as it was, and what is left of it."""
    shapes = tuple(_undone(before, after, edit, left) for edit, left in steps if edit is not None)
    return UndoShape(store=store, undone=shapes, revision=revision)


def _amended(before: View, after: View, edit: Record, changed: Sequence[str]) -> AmendedShape:
    now = after.index.record(type(edit), edit.id)
    was = before.index.find(type(edit), edit.id)
    others = after.index.disagreements(edit.id)
    names = [name for name in said_by(edit) if is_new(edit) or name in changed]
    return AmendedShape(
        id=edit.id,
        kind=kind_of(type(edit)),
        about=after.named(owner(after, now)),
        called=called(after, now),
        new=was is None,
        fields=tuple(
            AmendedFieldShape(
                field=field_name(name),
                before=_believed(before, was, name) if was is not None else None,
                now=_sure(after, now, name),
                otherwise=otherwise(after, now, _about(others, name)),
            )
            for name in names
        ),
        page=edit.source.page,
        date=edit.source.date,
        says=f"{called(after, now)} is {'stated' if was is None else 'corrected'}",
    )


def _edit(view: View, edit: Record) -> EditShape:
    now = view.index.find(type(edit), edit.id) or edit
    found = corrections(edit, view.index.disagreements(edit.id))
    return EditShape(
        id=edit.id,
        kind=kind_of(type(edit)),
        about=view.named(owner(view, now)),
        called=called(view, now),
        new=is_new(edit),
        corrections=tuple(
            CorrectionShape(
                field=field_name(each.field),
                value=told(view, edit, each.field, each.value),
                overrules=otherwise(view, edit, each.overrules),
            )
            for each in found
        ),
        page=edit.source.page,
        date=edit.source.date,
    )


def _undone(before: View, after: View, edit: Record, left: Record | None) -> UndoneShape:
    now = after.index.find(type(edit), edit.id)
    was = before.index.find(type(edit), edit.id) or edit
    kept = {} if left is None else said_by(left)
    gone = [
        each for each in corrections(edit, before.index.disagreements(edit.id)) if kept.get(each.field) != each.value
    ]
    name = called(before, was)
    return UndoneShape(
        id=edit.id,
        kind=kind_of(type(edit)),
        about=before.named(owner(before, was)),
        called=name,
        whole=left is None,
        fields=tuple(
            UndoneFieldShape(
                field=field_name(each.field),
                was=told(before, edit, each.field, each.value),
                now=None if now is None else _believed(after, now, each.field),
            )
            for each in gone
        ),
        says=f"the edit of {name} is taken back" if left is None else f"some of the edit of {name} is taken back",
    )


def _believed(view: View, record: Record, name: str) -> BelievedShape | None:
    return None if getattr(record, name) in (None, ()) else _sure(view, record, name)


def _sure(view: View, record: Record, name: str) -> BelievedShape:
    source = view.index.said(record.id, name)
    return BelievedShape(value=told(view, record, name, getattr(record, name)), source=view.cite(source))


def _about(found: Iterable[Disagreement], field: str) -> list[Disagreement]:
    return [each for each in found if each.field == field]
