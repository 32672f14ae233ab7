"""From what sources say to the frozen index: every kind is read, fused by id, its links checked, and packed.

The order in which sources were loaded makes no difference. A renamed id is replaced by the one it leads to, so that
what one source says of the old id and another of the new one meet in one record, and links lead to present ids. The
records of a kind stream by in the order of their ids and are packed as they come, so a million need little memory.
"""

from collections.abc import Iterable, Iterator, Mapping
from heapq import merge
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Protocol

from graph.fuse import fuse
from graph.index import Index
from graph.names import pack_names
from graph.packed import saved
from graph.packed.freezing import Bundle, freeze
from graph.packed.growing import Grown, grow
from graph.packed.piles import Spill
from graph.packed.saved import find_saved, save
from graph.packed.tables import Saying
from graph.renamed import present_ids, with_present_ids
from graph.targets import TARGETS
from ontology.errors import DamagedIndex, StoreChanged
from ontology.records import RECORD_TYPES, Forwarding, R
from ontology.values import SourceInfo, Voice

_TRIES = 5
"""How often a store is read that others change meanwhile."""


class Readable(Protocol):
    """What is read of a `graph.store.Store`."""

    def sources(self) -> tuple[SourceInfo, ...]:
        """The sources there are."""
        ...

    def records(self, record_type: type[R]) -> Iterator[R]:
        """What all sources say of one kind of thing, by id."""
        ...

    def revision(self) -> str:
        """A digest of the content."""
        ...

    def edition(self) -> str:
        """What tells this content from all before and after it, equal ones too."""
        ...


def build_index(store: Readable) -> Index:
    """The index of all that a store holds now, in memory.

    Raises `StoreChanged` where others change the store faster than it can be read.
    """
    return Index(_bundle(store, None).frozen())


def open_index(store: Readable, folder: Path) -> Index:
    """The index of all that a store holds now: the one saved in the folder, or else built and saved there.

    One that is damaged is built again too. Of several processes one builds, and the others wait for it. The index is
    built on disk and mapped: memory holds the records at hand and a few numbers for each link, not the index. Raises
    `IndexNotSaved` where the folder cannot be written, `StoreChanged` like `build_index`.
    """
    try:
        frozen = find_saved(folder, revision=store.revision())
    except DamagedIndex:
        frozen = None
    return Index(frozen or save(folder, store.revision, lambda spill: _named(_bundle(store, spill), spill)))


def saved_index(folder: Path) -> Index | None:
    """The index that was saved last in a folder, of whatever revision. Raises `DamagedIndex`."""
    frozen = find_saved(folder)
    return None if frozen is None else Index(frozen)


def saved_at(folder: Path) -> int | None:
    """When an index was saved last in a folder, in nanoseconds since 1970; `None` where none was.

    Cheap enough to ask several times a second whether there is a newer one.
    """
    return saved.saved_at(folder)


def forget_index(folder: Path) -> None:
    """Let the index that was saved in a folder not be used any more, though it is of the store's revision.

    It was built of what another hand had made of a source. Raises `IndexNotSaved`.
    """
    saved.forget(folder)


def _named(bundle: Bundle, spill: Spill) -> Bundle:
    """A bundle with what its names are looked up in."""
    return bundle.named(pack_names(bundle.frozen(), spill))


def _bundle(store: Readable, spill: Spill | None) -> Bundle:
    """All that a store holds, of one moment: where others changed it meanwhile, if there and back, it is read again."""
    changed = StoreChanged("that is indexed")
    for _ in range(_TRIES):
        try:
            edition, revision, sources = store.edition(), store.revision(), store.sources()
            voices: dict[str, Voice] = {info.id: info.voice for info in sources}
            renamed = present_ids(store.records(Forwarding))
            kinds = [_grown(store, kind, renamed, voices, spill) for kind in RECORD_TYPES]
            if store.edition() == edition:
                return freeze(revision, sources, kinds, TARGETS, spill=spill)
        except StoreChanged as error:
            changed = error
        if spill is not None:
            spill.clear()
    raise changed


def _grown(
    store: Readable, record_type: type[R], renamed: Mapping[str, str], voices: Mapping[str, Voice], spill: Spill | None
) -> Grown:
    """The records of one kind. Where some are out of place, it is read once more, with those put where they belong."""
    strays: list[R] = []
    in_order = _in_order(store.records(record_type), renamed, strays)
    grown = grow(record_type, _sayings(in_order, voices), spill=spill)
    if strays:
        others = _in_order(store.records(record_type), renamed, [])
        placed = merge(others, sorted(strays, key=_id_of), key=_id_of)
        grown = grow(record_type, _sayings(placed, voices), spill=spill)
    return grown


def _in_order(records: Iterable[R], renamed: Mapping[str, str], strays: list[R]) -> Iterator[R]:
    """The records with present ids; those whose id is not where it stands become strays."""
    last = ""
    for record in records:
        present = with_present_ids(record, renamed)
        if present.id == record.id and last <= present.id:
            last = present.id
            yield present
        else:
            strays.append(present)


def _sayings(records: Iterable[R], voices: Mapping[str, Voice]) -> Iterator[Saying[R]]:
    for _, statements in groupby(records, key=_id_of):
        group = list(statements)
        if len(group) == 1:
            yield Saying(group[0], {})
        else:
            fused = fuse(group, voices)
            said = {field: source for field, source in fused.said.items() if source != fused.record.source}
            yield Saying(fused.record, said, fused.disagreements)


_id_of = attrgetter("id")
