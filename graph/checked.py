"""What comes out of a store must be what went in: whoever moves, backs up or diagnoses reads sources through here.

Every store keeps the digest of each source. Reading reckons it anew, record by record, and ends with an error where it
is another: inside a `replace_source` that error leaves the other store as it was.
Whoever promises that a store holds something puts it there through `put`, which reads it back.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from graph.content import Change, Digest
from graph.store import Store
from ontology.errors import SourceDamaged, StoreChanged, StoreRefuses, UnreadableStatement
from ontology.records import Record
from ontology.values import SourceInfo

Tick = Callable[[str, int], None]
"""Told now and then while a source is read: its title, and how many records so far."""

EVERY = 500
"""So many records are read between two ticks."""

_OTHER_HANDS = (SourceDamaged, UnreadableStatement, StoreRefuses, StoreChanged)
"""What is raised where another hand changed, added or removed statements of a source."""


@dataclass(frozen=True, slots=True)
class Described:
    """A source that a store holds, and the digest of its content."""

    info: SourceInfo
    digest: str


def described(store: Store, name: str) -> tuple[Described, ...]:
    """The sources of a store at one moment, by id; `name` is what the store is called in errors.

    Raises `StoreChanged` where another process writes meanwhile.
    """
    digests, infos = store.digests(), store.sources()
    if set(digests) != {info.id for info in infos}:
        raise StoreChanged(name)
    return tuple(Described(info, digests[info.id]) for info in infos)


def checked(store: Store, name: str, source: Described, *, tick: Tick | None = None) -> Iterator[Record]:
    """All that a source says, in the order of keys; at its end an error unless it is what was written.

    Raises `SourceDamaged` where it is not, and `StoreChanged` where another process replaced the source meanwhile.
    """
    reckoned, edition = Digest(source.info), store.edition()
    try:
        for record in told(store.records_of(source.info.id), source.info.title, tick):
            reckoned.add(record)
            yield record
    except StoreChanged:
        if store.edition() != edition:
            raise
        raise SourceDamaged(name, source.info.id) from None  # statements are missing, and nobody replaced them
    if reckoned.hexdigest() != source.digest:
        if store.digests().get(source.info.id) != source.digest:
            raise StoreChanged(name)
        raise SourceDamaged(name, source.info.id)


def put(store: Store, name: str, source: Described, records: Iterable[Record], *, tick: Tick | None = None) -> Change:
    """Let a store hold this source, read it back, and write it anew where that is not what came out.

    So it is also where the store believes that it held the same, or cannot read what it held, because another hand
    changed it. Raises like `checked` and `replace_source`; where the records do not come, the source is as it was.
    """
    given = tuple(records)
    try:
        change = store.replace_source(source.info, given)
    except _OTHER_HANDS:
        pass
    else:
        try:
            _read_back(store, name, source, tick)
        except _OTHER_HANDS:
            if store.digests().get(source.info.id) != source.digest:
                raise StoreChanged(name) from None
        else:
            return change
    change = store.replace_source(source.info, given, anew=True)
    _read_back(store, name, source, tick)
    return change


def _read_back(store: Store, name: str, source: Described, tick: Tick | None) -> None:
    for _ in checked(store, name, source, tick=tick and (lambda title, count: tick(f"Checking: {title}", count))):
        pass


def told(records: Iterable[Record], title: str, tick: Tick | None) -> Iterator[Record]:
    """The same records; whoever wants to know is told how far they are."""
    count = 0
    for count, record in enumerate(records, 1):
        if tick is not None and count % EVERY == 0:
            tick(title, count)
        yield record
    if tick is not None:
        tick(title, count)
