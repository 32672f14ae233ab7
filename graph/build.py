"""From what sources say to the frozen index: every kind is read, fused by id, its links checked, and packed.

The order in which sources were loaded makes no difference. A renamed id is replaced by the one it leads to, so that
what one source says of the old id and another of the new one meet in one record, and links lead to present ids.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from graph.fuse import fuse
from graph.index import Index
from graph.packed import saved
from graph.packed.frozen import Dangling, freeze
from graph.packed.saved import find_saved, save
from graph.packed.tables import Saying
from graph.renamed import present_ids, with_present_ids
from graph.targets import TARGETS
from ontology.disagreement import Disagreement
from ontology.errors import DamagedIndex, StoreChanged
from ontology.records import (
    RECORD_TYPES,
    Forwarding,
    R,
    Record,
    kind_of,
)
from ontology.schema import link_fields_of
from ontology.values import SourceInfo, Voice


class Readable(Protocol):
    """What is read of a `graph.store.Store`."""

    def sources(self) -> tuple[SourceInfo, ...]:
        """The sources there are."""
        ...

    def records(self, record_type: type[R]) -> Iterator[R]:
        """What all sources say of one kind of thing."""
        ...

    def revision(self) -> str:
        """A digest of the content."""
        ...


def build_index(store: Readable) -> Index:
    """The index of all that a store holds now. Raises `StoreChanged` where it came to hold something else meanwhile."""
    revision, sources = store.revision(), store.sources()
    voices: dict[str, Voice] = {info.id: info.voice for info in sources}
    renamed = present_ids(store.records(Forwarding))
    sayings: dict[type[Record], list[Saying[Record]]] = {}
    disagreements: list[Disagreement] = []
    for record_type in RECORD_TYPES:
        sayings[record_type] = []
        for group in _groups(store, record_type, renamed):
            if len(group) == 1:
                sayings[record_type].append(Saying(group[0], {}))
                continue
            fused = fuse(group, voices)
            said = {field: source for field, source in fused.said.items() if source != fused.record.source}
            sayings[record_type].append(Saying(fused.record, said))
            disagreements.extend(fused.disagreements)
    if store.revision() != revision:  # then one kind may have been read before, and another after the change
        raise StoreChanged("that was to be indexed")
    return Index(freeze(revision, sources, sayings, disagreements, list(_dangling(sayings))))


def open_index(store: Readable, folder: Path) -> Index:
    """The index of all that a store holds now: the one saved in the folder, or else built and saved there.

    One that is damaged is built again too.
    """
    try:
        frozen = find_saved(folder, revision=store.revision())
    except DamagedIndex:
        frozen = None
    if frozen is None:
        frozen = build_index(store).frozen
        save(frozen, folder)
    return Index(frozen)


def saved_index(folder: Path) -> Index | None:
    """The index that was saved last in a folder, of whatever revision. Raises `DamagedIndex`."""
    frozen = find_saved(folder)
    return None if frozen is None else Index(frozen)


def saved_at(folder: Path) -> int | None:
    """When an index was saved last in a folder, in nanoseconds since 1970; `None` where none was.

    Cheap enough to ask several times a second whether there is a newer one.
    """
    return saved.saved_at(folder)


def _groups(store: Readable, record_type: type[Record], renamed: Mapping[str, str]) -> Iterator[list[Record]]:
    by_id: defaultdict[str, list[Record]] = defaultdict(list)
    for record in store.records(record_type):
        present = with_present_ids(record, renamed)
        by_id[present.id].append(present)
    for id_ in sorted(by_id):
        yield by_id[id_]


def _dangling(sayings: Mapping[type[Record], Sequence[Saying[Record]]]) -> Iterator[Dangling]:
    known = {record_type: {saying.record.id for saying in said} for record_type, said in sayings.items()}
    for record_type, said in sayings.items():
        for field in link_fields_of(record_type):
            sets = [known[target] for target in TARGETS[field.name]]
            for saying in said:
                value = getattr(saying.record, field.name)
                for target in value if field.many else (value,):
                    if target is not None and not any(target in ids for ids in sets):
                        source = saying.said.get(field.name, saying.record.source)
                        kind, id_ = kind_of(record_type), saying.record.id
                        yield Dangling(kind=kind, id=id_, field=field.name, target=target, source=source)
