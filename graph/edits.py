"""A correction is a statement like any other, only believed first: here is what it must say, and no more.

There is one edit for a thing (kind and id), at the place `edits` of the source `edits`. It says what was corrected. It
also repeats what its kind cannot leave unsaid (a name, or that a requirement is essential), and what means nothing
apart (an amount and its currency), as these are believed when the edit is made. What others say otherwise is never
touched: fusion keeps it in sight, and taking the edit back brings it back.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import MISSING, dataclass, fields, replace

from graph.content import EDITS, Edits, key_of
from graph.fuse import COUPLED, UNSAID, said_by
from ontology.disagreement import Disagreement
from ontology.errors import BadValue, EditedMeanwhile
from ontology.ids import mint
from ontology.records import R, Record, kind_of
from ontology.schema import fields_of
from ontology.values import Source

PLACE = "edits"

_DIGITS = 8
"""Of the digest in a new id: it tells apart the few keys that read the same as words."""

Step = tuple[Record | None, Record | None]
"""An edit as it was found and as it is to be, with one key; nothing where there was none, or where none is to stay."""


@dataclass(frozen=True, slots=True)
class Correction:
    """A field that an edit decides, and what others say of it otherwise, the most believed first."""

    field: str
    value: object
    overrules: tuple[Disagreement, ...]


def edited(
    believed: R, earlier: R | None, changes: Mapping[str, object], *, page: str | None = None, date: str | None = None
) -> R:
    """The edit that makes `changes` to what is believed of a thing; what an earlier edit corrected stays corrected.

    Page and date are those of the whole edit: where they are not given, those of the earlier one stay, unless a value
    that it said changes, of which they say nothing. Raises `BadValue` for a change that says nothing, since an edit
    cannot make a thing unknown.
    """
    kind = type(believed)
    for name, value in changes.items():
        if value in (None, (), UNSAID.get((kind, name))):
            raise BadValue(f"an edit cannot make the {name} of {believed.id} unknown; say what it is")
    before = said_by(earlier) if earlier is not None else {}
    repeated = _repeated(kind, {*before, *changes})
    values = {
        name: changes.get(name, before.get(name, getattr(believed, name))) for name in {*before, *changes, *repeated}
    }
    cited = earlier is not None and all(value == before.get(name, value) for name, value in changes.items())
    was = earlier.source if earlier is not None and cited else None
    source = Source(
        id=EDITS.id,
        place=PLACE,
        page=page or (was.page if was else None),
        date=date or (was.date if was else None),
    )
    return _silent(believed, source, values)


def undone(edit: R, field: str, disagreements: Sequence[Disagreement]) -> R | None:
    """The edit without its correction of one field and of what goes with it; `None` where nothing is corrected then.

    `disagreements` are what others say otherwise. Raises `BadValue` where the edit corrects no such field.
    """
    kind, said = type(edit), said_by(edit)
    corrected = {correction.field for correction in corrections(edit, disagreements)}
    group = _group(kind, field)
    if not corrected & group:
        told = ", ".join(sorted(corrected)) or "nothing that others say otherwise"
        raise BadValue(f"no edit corrects the {field} of {edit.id}; it corrects {told}")
    others = {each.field: each.value for each in reversed(disagreements)}
    unsayable = _unsayable(kind)
    values = {name: value for name, value in said.items() if name not in group}
    values |= {name: others.get(name, said[name]) for name in group & unsayable & set(said)}
    left = _silent(edit, edit.source, values)
    if left == edit:
        raise BadValue(f"nobody else says the {field} of {edit.id}, which it cannot do without; undo the whole edit")
    still = [each for each in disagreements if each.field not in group]
    return left if corrections(left, still) else None


def corrections(edit: Record, disagreements: Iterable[Disagreement]) -> tuple[Correction, ...]:
    """What an edit decides, by field: where others say otherwise, and what it says without having to.

    Of fields that go together those count in which others differ; where nobody does, all of them.
    """
    kind, said = type(edit), said_by(edit)
    overruled: dict[str, tuple[Disagreement, ...]] = {}
    for each in disagreements:
        if each.source.id != EDITS.id:
            overruled[each.field] = (*overruled.get(each.field, ()), each)
    silent = set() if is_new(edit) else _unsayable(kind)
    return tuple(
        Correction(field.name, said[field.name], overruled.get(field.name, ()))
        for field in fields_of(kind)
        if field.name in said
        and (field.name in overruled or not (field.name in silent or _group(kind, field.name) & set(overruled)))
    )


def stepped(edits: Edits, steps: Iterable[Step]) -> Edits:
    """All edits after these steps; one that was made already changes nothing.

    Raises `EditedMeanwhile` where an edit is neither as a step found it nor as it is to be.
    """
    after = {key_of(edit): edit for edit in edits}
    for found, wanted in steps:
        for key in {key_of(edit) for edit in (found, wanted) if edit is not None}:
            if after.get(key) not in (found, wanted):
                raise EditedMeanwhile(key[1])
            if wanted is None:
                after.pop(key, None)
            else:
                after[key] = wanted
    return tuple(after.values())


def is_new(edit: Record) -> bool:
    """Whether the edit speaks of a thing that nobody had stated before (`new_id`)."""
    return edit.id.startswith(f"id/{EDITS.id}/")


def new_id(record_type: type[Record], *key: str) -> str:
    """The id of a thing that an edit is the first to state; ids of other things in its key are part of it.

    Two keys that read the same as words, such as those of `a--b` and `a/b`, are told apart by the digest at the end.

    >>> from ontology.records import Cost
    >>> new_id(Cost, "id/starter/credential/psm-1", "exam")
    'id/edits/cost/starter-credential-psm-1--exam--d55fe1e7'
    """
    digest = hashlib.sha256(ascii(key).encode()).hexdigest()[:_DIGITS]
    return mint(EDITS.id, kind_of(record_type), *(part.removeprefix("id/") for part in key), digest)


def _silent(record: R, source: Source, values: Mapping[str, object]) -> R:
    """A statement about the same thing that says these values only."""
    absent = {name: default for name, default in _defaults(type(record)).items() if default is not MISSING}
    return replace(record, source=source, **{**absent, **values})  # type: ignore[arg-type]


def _repeated(kind: type[Record], saying: set[str]) -> set[str]:
    """What an edit that says these fields must repeat: what it cannot leave unsaid, and what goes with them."""
    grouped = {name for group in COUPLED.get(kind, ()) if saying & set(group) for name in group}
    return (_unsayable(kind) | grouped) - saying


def _unsayable(kind: type[Record]) -> set[str]:
    """The fields that a statement of this kind cannot leave unsaid: it needs them, or their default says something."""
    return {name for name, default in _defaults(kind).items() if default not in (None, (), UNSAID.get((kind, name)))}


def _group(kind: type[Record], field: str) -> set[str]:
    return {field}.union(*(group for group in COUPLED.get(kind, ()) if field in group))


def _defaults(kind: type[Record]) -> dict[str, object]:
    """By declared field what a statement says that does not mention it; `MISSING` where it must."""
    defaults = {field.name: field.default for field in fields(kind)}
    return {field.name: defaults[field.name] for field in fields_of(kind)}
