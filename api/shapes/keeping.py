"""What copying, comparing, backing up, restoring and diagnosing found and did."""

from typing import Literal

from api.shapes.basics import Shape
from api.shapes.housekeeping import MovedShape, SourceShape


class CopyShape(Shape):
    """What `credpath copy` did. A store is told by its address, without user and password."""

    origin: str
    target: str
    sources: tuple[MovedShape, ...]
    kept: tuple[SourceShape, ...]
    """Sources that only the second store has."""
    removed: tuple[SourceShape, ...]
    """The same, where `--exact` removed them."""
    revision_from: str
    revision_before: str
    """Of the second store, before it was copied to."""
    revision_to: str
    equal: bool
    """Whether both stores now hold the same."""


class ComparedShape(Shape):
    """One source in two stores, by statements."""

    source: str
    title: str
    described_alike: bool
    """Whether both stores have it, and it calls itself the same in both."""
    equal: int
    only_one: int
    """Only in the first store."""
    only_other: int
    """Only in the second store."""
    differing: int


class DifferenceShape(Shape):
    """A field in which two statements differ, or a statement (or source) that only one store has."""

    source: str
    kind: str
    """Of the record; `source` where it is about a source as a whole."""
    id: str
    place: str
    field: str | None
    """Null: only one store has the statement."""
    one: str | None
    """In the first store."""
    other: str | None
    """In the second store."""


class CompareShape(Shape):
    """What `credpath compare` found."""

    one: str
    other: str
    equal: bool
    sources: tuple[ComparedShape, ...]
    differences: tuple[DifferenceShape, ...]
    """The first ones, by source, kind, id and place."""
    difference_count: int
    """All of them."""


class KeptShape(Shape):
    """One source in a backup."""

    source: str
    title: str
    part: str
    """The file within the zip."""
    records: int
    digest: str


class BackupShape(Shape):
    """What `credpath backup` wrote, and has read back."""

    store: str
    file: str
    bytes: int
    written: str
    """When, as ISO 8601."""
    sources: tuple[KeptShape, ...]
    revision: str


class RestoreShape(Shape):
    """What `credpath restore` did."""

    store: str
    file: str
    written: str
    """When the backup was written, as ISO 8601."""
    sources: tuple[MovedShape, ...]
    removed: tuple[SourceShape, ...]
    """What only the store had, and `--exact` removed."""
    revision_before: str
    revision: str


class FindingShape(Shape):
    """One thing that was looked at."""

    check: Literal["settings", "rubric", "address", "disk", "folder", "store", "source", "index", "catalogue", "extras"]
    state: Literal["ok", "warning", "problem"]
    says: str
    do: str | None
    """What to do; null where there is nothing to be done, or `says` says it."""


class DoctorShape(Shape):
    """What `credpath doctor` found."""

    store: str | None
    """Null where the settings cannot be read."""
    version: str
    findings: tuple[FindingShape, ...]
    problems: int
    warnings: int
