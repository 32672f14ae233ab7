"""What loading, listing, dropping and checking sources say."""

from api.shapes.basics import Shape


class RefusalShape(Shape):
    """One thing in a file that was not taken."""

    file: str
    place: str
    found: str
    expected: str
    says: str


class NoteShape(Shape):
    """Something that was read and makes no record."""

    what: str
    count: int
    places: tuple[str, ...]


class MovedShape(Shape):
    """What replacing one source did to the store that took it."""

    source: str
    title: str
    added: int
    removed: int
    unchanged: int
    identical: bool
    """The store held this very source already and was not touched."""
    anew: bool
    """All was written and nothing compared, so all counts as added: another hand had changed it, or you said so."""


class ChangeShape(MovedShape):
    """What loading one source did."""

    kinds: dict[str, int]
    """Records by kind."""


class LoadShape(Shape):
    """What `credpath load` did. With `--strict` a refusal leaves everything as it was, and `sources` is empty."""

    store: str
    sources: tuple[ChangeShape, ...]
    refusals: tuple[RefusalShape, ...]
    notes: tuple[NoteShape, ...]
    revision: str


class SourceShape(Shape):
    """A source that was loaded."""

    id: str
    title: str
    voice: str
    publisher: str | None
    licence: str | None
    attribution: str | None
    page: str | None
    date: str | None
    digest: str | None


class SourcesShape(Shape):
    """All sources of a store."""

    store: str
    sources: tuple[SourceShape, ...]
    revision: str


class DropShape(Shape):
    """What `credpath drop` removed."""

    store: str
    dropped: SourceShape
    revision: str


class CheckShape(Shape):
    """What `credpath check` found in a file or folder."""

    path: str
    kind: str
    """What the file was read as: starter, table, template or person."""
    records: int
    refusals: tuple[RefusalShape, ...]
    notes: tuple[NoteShape, ...]
