"""The words of `credpath undo` become edits that are taken back, whole or a field of them."""

from collections.abc import Sequence

from api.asking.amending import find_record
from api.asking.values import find_field
from api.knowledge import Knowledge
from api.present.disagreeing import owner
from api.present.view import View
from graph.edits import Step, is_new, undone
from ontology.errors import AmbiguousName, UnknownName
from ontology.records import Option, Record, Requirement


def read_undo(
    known: Knowledge, view: View, edits: Sequence[Record], words: str | None, field: str | None
) -> tuple[Step, ...]:
    """What is left of the edit that the words name; without words nothing of all edits.

    An edit is named by what was edited, else by what that belongs to; either by id or name. What an edit asks for anew
    goes with the ways to meet it, since neither means anything without the other. Raises `UnknownName` where
    no edit is called so, `AmbiguousName` where the words fit several, and `BadValue` where the edit corrects no such
    field.
    """
    if words is None:
        return tuple((edit, None) for edit in edits)
    edit = _find(known, view, edits, words)
    if field is None:
        return tuple((each, None) for each in _with_what_it_needs(edit, edits))
    return ((edit, undone(edit, find_field(type(edit), field).name, view.index.disagreements(edit.id))),)


def _find(known: Knowledge, view: View, edits: Sequence[Record], words: str) -> Record:
    id_ = _id_of(known, words)
    exact = [edit for edit in edits if edit.id == id_]
    found = exact or [edit for edit in edits if owner(view, view.index.find(type(edit), edit.id) or edit) == id_]
    if len(found) > 1 and set(found) != set(_with_what_it_needs(found[0], edits)):
        raise AmbiguousName("edit", words, tuple(edit.id for edit in found))
    if not found:
        raise UnknownName("edit", words, tuple(edit.id for edit in edits[:8]))
    return found[0]


def _with_what_it_needs(edit: Record, edits: Sequence[Record]) -> tuple[Record, ...]:
    """A requirement that an edit was the first to state together with its ways, whichever of them is given."""
    asked = edit.requirement if isinstance(edit, Option) else edit.id
    new = [each for each in edits if is_new(each)]
    if edit not in new or not any(isinstance(each, Requirement) and each.id == asked for each in new):
        return (edit,)
    return tuple(each for each in new if (each.requirement if isinstance(each, Option) else each.id) == asked)


def _id_of(known: Knowledge, words: str) -> str:
    """The id of the thing that the words name; the words themselves where they name none."""
    try:
        return find_record(known, words).id
    except UnknownName:
        return words.strip()
