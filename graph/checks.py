"""What some backend could not keep is refused by all, record by record, before anything is written.

A check runs on every field of every record that is loaded, so what a kind of record must be asked is looked up once,
and the words of a refusal are made only where something is refused.
"""

from dataclasses import astuple, fields
from typing import NamedTuple

from graph.iris import LONGEST, check_id, is_id
from ontology.errors import ForeignRecord, UnusableId, UnusableNumber, UnusableText
from ontology.records import RECORD_TYPES, Record, kind_of
from ontology.schema import Field, fields_of
from ontology.values import SourceInfo

SMALLEST, LARGEST = -(2**63), 2**63 - 1
"""The whole numbers that every backend and the index hold."""


class _Names(NamedTuple):
    """The fields of a kind by what is asked of them."""

    kind: str
    texts: tuple[str, ...]
    links: tuple[str, ...]
    numbers: tuple[str, ...]
    quantities: tuple[tuple[str, int], ...]


def check_info(info: SourceInfo) -> None:
    """Raise `UnusableId` or `UnusableText` where a source as a whole cannot be stored."""
    if not any(map(str.isalnum, info.id)) or not _is_unicode(info.id):
        raise UnusableId(info.id, "source", "it needs at least one letter or digit")
    if len(info.id) > LONGEST:
        raise UnusableId(
            f"{info.id[:60]}...", "source", f"it has {len(info.id)} characters, and {LONGEST} are the most"
        )
    for field, words in zip(fields(info), astuple(info), strict=True):
        if words is not None and not _is_unicode(words):
            raise UnusableText("source", info.id, field.name)


def check_record(record: Record, source_id: str) -> None:
    """Raise `ForeignRecord` unless the record is of this source, and an error for each value that cannot be stored.

    Those are `UnusableId`, `UnusableText` and `UnusableNumber`.
    """
    if record.source.id != source_id:
        raise ForeignRecord(record.id, record.source.id, source_id)
    kind, texts, links, numbers, quantities = _NAMES[type(record)]
    check_id(record.id, kind)
    _check_source(record)
    for name in links:
        target = getattr(record, name)
        if target is not None and not (isinstance(target, str) and is_id(target)):
            _check_links(target, f"{name} of {kind} {record.id}")
    for name in texts:
        words = getattr(record, name)
        if words is not None and not (isinstance(words, str) and words.isascii()):
            _check_texts(words, record, name)
    for name in numbers:
        number = getattr(record, name)
        if number is not None and not SMALLEST <= number <= LARGEST:
            raise UnusableNumber(kind, record.id, name, number, LARGEST if number > 0 else SMALLEST)
    for name, most in quantities:
        quantity = getattr(record, name)
        if quantity is not None and quantity.high > most:
            raise UnusableNumber(kind, record.id, name, quantity.high, most)


def _check_source(record: Record) -> None:
    source = record.source
    if source.premises:
        _check_links(source.premises, f"premise of {kind_of(type(record))} {record.id}")
    for words in (source.place, source.page, source.date, source.rule):
        if words is not None and not words.isascii():
            _check_texts(words, record, "source")


def _check_links(value: str | tuple[str, ...], what: str) -> None:
    for target in (value,) if isinstance(value, str) else value:
        check_id(target, what)


def _check_texts(value: str | tuple[str, ...], record: Record, name: str) -> None:
    for words in (value,) if isinstance(value, str) else value:
        if not _is_unicode(words):
            raise UnusableText(kind_of(type(record)), record.id, name)


def _is_unicode(words: str) -> bool:
    try:
        words.encode()
    except UnicodeEncodeError:
        return False
    return True


def _names_of(record_type: type[Record]) -> _Names:
    def named(*kinds: str) -> tuple[str, ...]:
        return tuple(field.name for field in declared if field.kind in kinds)

    declared: tuple[Field, ...] = fields_of(record_type)
    quantities = tuple((field.name, field.most or LARGEST) for field in declared if field.kind == "range")
    return _Names(kind_of(record_type), named("text"), named("link", "links"), named("number"), quantities)


_NAMES = {record_type: _names_of(record_type) for record_type in RECORD_TYPES}
