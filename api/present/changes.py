"""What loading, listing, dropping and checking sources did."""

from collections import Counter
from collections.abc import Iterable, Sequence

from api.shapes.housekeeping import (
    ChangeShape,
    CheckShape,
    DropShape,
    LoadShape,
    MovedShape,
    NoteShape,
    RefusalShape,
    SourceShape,
    SourcesShape,
)
from graph.content import Change
from loaders.loaded import Loaded, Note
from ontology.errors import Refusal
from ontology.records import Record, kind_of
from ontology.values import SourceInfo


def load(store: str, loaded: Loaded, changes: Sequence[tuple[SourceInfo, Change]], revision: str) -> LoadShape:
    """What `credpath load` did; `changes` is empty where nothing was loaded."""
    records = {info.id: records for info, records in loaded.sources}
    return LoadShape(
        store=store,
        sources=tuple(_change(info, change, records.get(info.id, ())) for info, change in changes),
        refusals=refusals(loaded.refusals),
        notes=notes(loaded.notes),
        revision=revision,
    )


def sources(store: str, infos: Iterable[SourceInfo], revision: str) -> SourcesShape:
    """All sources of a store."""
    return SourcesShape(store=store, sources=tuple(source(info) for info in infos), revision=revision)


def drop(store: str, info: SourceInfo, revision: str) -> DropShape:
    """What `credpath drop` removed."""
    return DropShape(store=store, dropped=source(info), revision=revision)


def check(path: str, kind: str, loaded: Loaded) -> CheckShape:
    """What `credpath check` found."""
    return CheckShape(
        path=path,
        kind=kind,
        records=sum(len(records) for _, records in loaded.sources),
        refusals=refusals(loaded.refusals),
        notes=notes(loaded.notes),
    )


def source(info: SourceInfo) -> SourceShape:
    """A source."""
    return SourceShape(
        id=info.id,
        title=info.title,
        voice=info.voice,
        publisher=info.publisher,
        licence=info.licence,
        attribution=info.attribution,
        page=info.page,
        date=info.date,
        digest=info.digest,
    )


def refusals(found: Iterable[Refusal]) -> tuple[RefusalShape, ...]:
    """What was not taken."""
    return tuple(
        RefusalShape(file=each.file, place=each.place, found=each.found, expected=each.expected, says=str(each))
        for each in found
    )


def notes(found: Iterable[Note]) -> tuple[NoteShape, ...]:
    """What was read and makes no record."""
    return tuple(NoteShape(what=each.what, count=each.count, places=each.places) for each in found)


def moved(info: SourceInfo, change: Change) -> MovedShape:
    """What replacing a source did."""
    return MovedShape(
        source=info.id,
        title=info.title,
        added=change.added,
        removed=change.removed,
        unchanged=change.unchanged,
        identical=change.identical,
        anew=change.anew,
    )


def _change(info: SourceInfo, change: Change, records: Sequence[Record]) -> ChangeShape:
    kinds = Counter(kind_of(type(record)) for record in records)
    return ChangeShape(**dict(moved(info, change)), kinds=dict(sorted(kinds.items())))
