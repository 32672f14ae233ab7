"""The words of `credpath undo` become edits that are taken back, whole or a field of them."""

from collections.abc import Sequence

from api.asking.amending import find_record
from api.asking.values import find_field
from api.knowledge import Knowledge
from api.present.disagreeing import owner
from api.present.view import View
from graph.edits import Step, undone
from ontology.errors import AmbiguousName, UnknownName
from ontology.records import Record


def read_undo(
    known: Knowledge, view: View, edits: Sequence[Record], words: str | None, field: str | None
) -> tuple[Step, ...]:
    """What is left of the edit that the words name; without words nothing of all edits.

    An edit is named by what was edited, else by what that belongs to; either by id or name. Raises `UnknownName` where
    no edit is called so, `AmbiguousName` where the words fit several, and `BadValue` where the edit corrects no such
    field.
    """
    if words is None:
        return tuple((edit, None) for edit in edits)
    edit = _find(known, view, edits, words)
    if field is None:
        return ((edit, None),)
    return ((edit, undone(edit, find_field(type(edit), field).name, view.index.disagreements(edit.id))),)


def _find(known: Knowledge, view: View, edits: Sequence[Record], words: str) -> Record:
    id_ = _id_of(known, words)
    exact = [edit for edit in edits if edit.id == id_]
    found = exact or [edit for edit in edits if owner(view, view.index.find(type(edit), edit.id) or edit) == id_]
    if len(found) > 1:
        raise AmbiguousName("edit", words, tuple(edit.id for edit in found))
    if not found:
        raise UnknownName("edit", words, tuple(edit.id for edit in edits[:8]))
    return found[0]


def _id_of(known: Knowledge, words: str) -> str:
    """The id of the thing that the words name; the words themselves where they name none."""
    try:
        return find_record(known, words).id
    except UnknownName:
        return words.strip()
