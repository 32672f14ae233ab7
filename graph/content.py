"""Every backend must refuse the same rows and call the same content equal, so both are decided here, before storing.

`gather` reads a source to its end before anything is written: an iterator that fails leaves the store as it was. What
it gives is checked, ordered and digested. A record's key is (kind, id, source id, place): one source may make several
statements about one thing, each at its own place.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import astuple, dataclass, replace
from operator import attrgetter

from graph.checks import check_info, check_record
from ontology.errors import CollidingStatement
from ontology.records import RECORD_TYPES, R, Record, kind_of
from ontology.schema import fields_of
from ontology.values import Source, SourceInfo

EDITS = SourceInfo(id="edits", title="Own edits", voice="own edits")
"""The source of own corrections; undoing an edit is dropping its record from it."""

Key = tuple[str, str, str, str]

Edits = tuple[Record, ...]
EditsChange = Callable[[Edits], Iterable[Record]]
"""What the edits are to be, told from what they are. It may be asked again, of edits that came meanwhile."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What `replace_source` did: how many statements came, went and stayed.

    A statement whose words changed counts as one removed and one added. `identical` says that the store already held
    this very source, its description included, and was not touched; `anew` that all was written and nothing compared,
    so that all counts as added.
    """

    added: int
    removed: int
    unchanged: int
    identical: bool
    anew: bool = False


@dataclass(frozen=True, slots=True)
class Content:
    """One source at one moment: records in the order of their keys, and a digest of them and of the description."""

    info: SourceInfo
    records: tuple[Record, ...]
    digest: str


def key_of(record: Record) -> Key:
    """What tells one statement from every other: (kind, id, source id, place)."""
    return kind_of(type(record)), record.id, record.source.id, record.source.place


def order_of(record: Record) -> tuple[str, str, str]:
    """The order in which a store yields the records of one kind: by id, source id, place."""
    return record.id, record.source.id, record.source.place


def side_by_side(one: Iterable[Record], other: Iterable[Record]) -> Iterator[tuple[Record | None, Record | None]]:
    """Statements with the same key in pairs, from two that are in the order of `key_of`; each is read once."""
    ones, others = iter(one), iter(other)
    here, there = next(ones, None), next(others, None)
    while here is not None or there is not None:
        if there is None or (here is not None and key_of(here) < key_of(there)):
            yield here, None
            here = next(ones, None)
        elif here is None or key_of(there) < key_of(here):
            yield None, there
            there = next(others, None)
        else:
            yield here, there
            here, there = next(ones, None), next(others, None)


def gather(info: SourceInfo, records: Iterable[Record]) -> Content:
    """Read a source to its end, check every record, put them in order.

    The same record twice counts once. Raises `CollidingStatement` where one place says two different things of one id,
    and what `graph.checks.check_record` raises for what cannot be stored.
    """
    check_info(info)
    found: dict[Key, Record] = {}
    for record in records:
        check_record(record, info.id)
        key = key_of(record)
        before = found.setdefault(key, record)
        if before is not record and before != record:
            raise CollidingStatement(key[0], record.id, _where(before.source), _where(record.source))
    ordered = tuple(found[key] for key in sorted(found))
    return Content(info, ordered, digest_of(info, ordered))


def changed(content: Content | None, change: EditsChange) -> Content | None:
    """The content of the `edits` source after a change; nothing where no edit is left. Raises what `change` raises."""
    kept = tuple(change(content.records if content else ()))
    return gather(content.info if content else EDITS, kept) if kept else None


def amended(edits: Edits, record: Record) -> Edits:
    """The edits with one more, which replaces the edit with the same kind, id and place."""
    edit = replace(record, source=replace(record.source, id=EDITS.id))
    return (*retracted(edits, edit), edit)


def retracted(edits: Edits, record: Record) -> Edits:
    """The edits without the one with the same kind, id and place."""
    kind, id_, _, place = key_of(record)
    return tuple(edit for edit in edits if key_of(edit) != (kind, id_, EDITS.id, place))


def compare(old: Content | None, new: Content) -> Change:
    """What changes when `new` takes the place of `old`."""
    if old is None:
        return Change(added=len(new.records), removed=0, unchanged=0, identical=False)
    if old.digest == new.digest:
        return Change(added=0, removed=0, unchanged=len(new.records), identical=True)
    return change_from(old.records, new)


def all_anew(new: Content) -> Change:
    """What changes when `new` is written whatever was there."""
    return Change(added=len(new.records), removed=0, unchanged=0, identical=False, anew=True)


def change_from(old: Iterable[Record], new: Content) -> Change:
    """What changes when `new` takes the place of other records, which come in any order and are not kept."""
    after = {key_of(record): record for record in new.records}
    before = unchanged = 0
    for record in old:
        before += 1
        unchanged += after.get(key_of(record)) == record
    return Change(added=len(new.records) - unchanged, removed=before - unchanged, unchanged=unchanged, identical=False)


def plain(record: Record) -> bytes:
    """A record as the bytes that digests are taken of: its kind and its plain values.

    They are escaped to ASCII: which characters count as printable differs between versions of Python.
    """
    kind, values = _PLAIN[type(record)]
    return f"{kind}{values(record)!a}".encode()


class Digest:
    """The digest of a source that is read record by record, in the order of their keys; nothing of it is kept."""

    def __init__(self, info: SourceInfo) -> None:
        self._hash = hashlib.sha256(ascii(astuple(info)).encode())

    def add(self, record: Record) -> None:
        """The next record."""
        self._hash.update(b"\n" + plain(record))

    def hexdigest(self) -> str:
        """The digest of what was added so far."""
        return self._hash.hexdigest()


def digest_of(info: SourceInfo, records: Iterable[Record]) -> str:
    """The digest of a source whose records come in the order of their keys."""
    digest = Digest(info)
    for record in records:
        digest.add(record)
    return digest.hexdigest()


def revision_of(digests: Mapping[str, str]) -> str:
    """One digest for all sources, from the digest of each one's content by source id."""
    lines = "".join(f"{digest} {source}\n" for source, digest in sorted(digests.items()))
    return hashlib.sha256(lines.encode()).hexdigest()


def select(contents: Iterable[Content], record_type: type[R]) -> list[R]:
    """The records of one kind in all of these, in order."""
    found = [record for content in contents for record in content.records if type(record) is record_type]
    return sorted(found, key=order_of)


def _where(source: Source) -> str:
    return f"{source.place} ({source.page})" if source.page else source.place


_SOURCE = ("source.id", "source.place", "source.page", "source.date", "source.rule", "source.premises")
_PLAIN = {
    kind: (kind_of(kind), attrgetter("id", *_SOURCE, *(field.name for field in fields_of(kind))))
    for kind in RECORD_TYPES
}
"""The word for each kind of record, and what takes its values out, those of its source beside its own."""
