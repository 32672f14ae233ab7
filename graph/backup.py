"""Nothing is ever lost where a copy was made that is known to be good: a backup is read back before it counts as one.

`write_backup` writes every source of a store into one file (`graph.archive` says what it looks like), checking that
each comes out of the store as it went in. `restore` checks the whole file before it touches a store.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from graph.archive import MANIFEST, Archive, Kept, Manifest, open_archive, write_manifest
from graph.checked import Described, Tick, checked, described, put
from graph.content import Change, revision_of
from graph.copying import Named
from graph.lines import lines_of
from ontology.errors import OtherSources, StoreChanged
from ontology.records import Record
from ontology.values import SourceInfo

_OPEN_TO_ALL = 0o644 << 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What a restore did, source by source; `removed` are those that only the store had."""

    changes: tuple[tuple[SourceInfo, Change], ...]
    removed: tuple[SourceInfo, ...]
    before: str
    revision: str


def write_backup(named: Named, file: IO[bytes], *, written: str, credpath: str, tick: Tick | None = None) -> Manifest:
    """Write all that a store holds into an open file, and read it back.

    Raises `StoreDamaged` where a source does not come out as it went in, `StoreChanged` where another process writes
    to the store meanwhile, and `Unreadable` where the file does not hold what was written to it.
    """
    sources = described(named.store, named.name)
    with ZipFile(file, "w", ZIP_DEFLATED) as packed:
        kept = tuple(_write_source(packed, named, source, number, tick) for number, source in enumerate(sources, 1))
        manifest = Manifest(
            revision=revision_of({source.info.id: source.digest for source in sources}),
            written=written,
            credpath=credpath,
            sources=kept,
        )
        packed.writestr(_entry(MANIFEST), write_manifest(manifest))
    file.flush()
    with open_archive(file, "the backup that was just written") as archive:
        archive.check(tick=_again(tick))
    return manifest


def restore(archive: Archive, target: Named, *, exact: bool = False, tick: Tick | None = None) -> Restored:
    """Let a store hold what a backup holds.

    The backup is read to its end first: where anything is wrong with it the store is untouched. Each source is read
    back from the store, and written anew where another hand had changed it. Raises `Unreadable`
    for such a backup, `OtherSources` where the store has sources that the backup lacks and `exact` does not let them
    go, and `StoreChanged` where another process writes to the store meanwhile.
    """
    archive.check(tick=_again(tick))
    ids = {kept.info.id for kept in archive.manifest.sources}
    others = tuple(info for info in target.store.sources() if info.id not in ids)
    if others and not exact:
        raise OtherSources(target.name, tuple(info.id for info in others))
    before = target.store.revision()
    changes = tuple(
        (kept.info, put(target.store, target.name, _described(kept), archive.records(kept, tick=tick), tick=tick))
        for kept in archive.manifest.sources
    )
    for info in others:
        target.store.remove_source(info.id)
    revision = target.store.revision()
    if revision != archive.manifest.revision:
        raise StoreChanged(target.name)
    return Restored(changes=changes, removed=others, before=before, revision=revision)


def _described(kept: Kept) -> Described:
    return Described(kept.info, kept.digest)


def _write_source(packed: ZipFile, named: Named, source: Described, number: int, tick: Tick | None) -> Kept:
    part = f"sources/{number:04}.nt"
    counted = _Counted(checked(named.store, named.name, source, tick=tick))
    size = 0
    with packed.open(_entry(part), "w", force_zip64=True) as out:
        for chunk in lines_of(counted):
            out.write(chunk)
            size += len(chunk)
    return Kept(info=source.info, part=part, records=counted.count, bytes=size, digest=source.digest)


class _Counted:
    """Records, and how many there were."""

    def __init__(self, records: Iterable[Record]) -> None:
        self._records = records
        self.count = 0

    def __iter__(self) -> Iterator[Record]:
        for record in self._records:
            self.count += 1
            yield record


def _entry(name: str) -> ZipInfo:
    """A part without the time of its writing, so that the same content gives the same bytes."""
    entry = ZipInfo(name)
    entry.compress_type = ZIP_DEFLATED
    entry.external_attr = _OPEN_TO_ALL
    return entry


def _again(tick: Tick | None) -> Tick | None:
    """The same teller, for the reading that only checks."""
    return None if tick is None else lambda title, count: tick(f"Checking: {title}", count)
