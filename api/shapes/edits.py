"""What `credpath amend`, `edits` and `undo` say of corrections."""

from api.shapes.basics import Citation, Named, Shape
from api.shapes.entries import DisagreementShape


class BelievedShape(Shape):
    """A value that is believed, and who says it."""

    value: str
    source: Citation


class AmendedFieldShape(Shape):
    """One field that an edit corrects."""

    field: str
    before: BelievedShape | None
    """Null: nobody said."""
    now: BelievedShape
    otherwise: tuple[DisagreementShape, ...]
    """What others say, the most believed first; `credpath show` keeps it in sight."""


class AmendedShape(Shape):
    """One edit that was made."""

    id: str
    kind: str
    about: Named
    """The credential, role, ... that it belongs to; a credential's price belongs to the credential."""
    called: str
    new: bool
    """Nobody had stated such a thing before."""
    fields: tuple[AmendedFieldShape, ...]
    page: str | None
    date: str | None
    says: str


class AmendShape(Shape):
    """What `credpath amend` did."""

    store: str
    edits: tuple[AmendedShape, ...]
    revision: str


class CorrectionShape(Shape):
    """A field that an edit decides."""

    field: str
    value: str
    overrules: tuple[DisagreementShape, ...]


class EditShape(Shape):
    """One edit."""

    id: str
    kind: str
    about: Named
    called: str
    new: bool
    corrections: tuple[CorrectionShape, ...]
    page: str | None
    date: str | None


class EditsShape(Shape):
    """All edits of a store."""

    store: str
    edits: tuple[EditShape, ...]
    revision: str


class UndoneFieldShape(Shape):
    """A correction that was taken back."""

    field: str
    was: str
    now: BelievedShape | None
    """Null: nobody else says."""


class UndoneShape(Shape):
    """An edit that was taken back, or some of it."""

    id: str
    kind: str
    about: Named
    called: str
    whole: bool
    """Nothing is left of the edit."""
    fields: tuple[UndoneFieldShape, ...]
    says: str


class UndoShape(Shape):
    """What `credpath undo` did."""

    store: str
    undone: tuple[UndoneShape, ...]
    revision: str
