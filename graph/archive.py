"""A backup is a file that strangers can read in twenty years: a zip of N-Triples and a manifest that explains them.

    manifest.json       format, schema, revision, when and by which credpath; for each source who it is, its file,
                        how many records and bytes it has, and the digest of its content
    sources/0001.nt     what one source says, as `graph.lines` writes it

A backup may come from anywhere, so nothing in it is believed before it was checked: the names, sizes and ratios of its
parts before any of them is unpacked, each record and digest while it is read. Nothing is ever unpacked into a folder.
What a store would refuse is refused here, by the store's own checks: a restore must not find it out half done.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import IO, Any, NoReturn, cast
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile
from zlib import error as DeflateError  # noqa: N812

from pyoxigraph import RdfFormat, parse

from graph.checked import Tick, told
from graph.checks import check_info, check_record
from graph.content import Digest, Key, key_of, revision_of
from graph.rdf import record_of
from ontology.errors import CredpathError, Refusal, SourceError, Unreadable
from ontology.records import Record
from ontology.schema import SCHEMA_VERSION
from ontology.values import VOICES, SourceInfo

FORMAT = 1
"""Rises where an older credpath would read a newer backup wrongly."""

MANIFEST = "manifest.json"

_LARGEST_MANIFEST = 64 * 2**20
_RATIO = 400
"""Text that unpacks to more than so many times its packed size is no backup: ours come to about 20."""

_SLACK = 2**20
"""A part of so many bytes may have any ratio."""

_NO_KEY: Key = ("", "", "", "")
_PART = re.compile(r"sources/[0-9]{4,9}\.nt")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_ENCRYPTED = 0x1

_DAMAGE = (BadZipFile, DeflateError, EOFError, OSError, ValueError, NotImplementedError, OverflowError, RuntimeError)
"""What the readers of zip, deflate, JSON and text raise where a file is not what it seems."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """One source in a backup, and the part that holds its records."""

    info: SourceInfo
    part: str
    records: int
    bytes: int
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a backup says of itself. `written` is when, as ISO 8601; `credpath` the version that wrote it."""

    revision: str
    written: str
    credpath: str
    sources: tuple[Kept, ...]


class Archive:
    """A backup that is open for reading. Made by `open_archive`; its records are read as often as one likes."""

    def __init__(self, name: str, packed: ZipFile, manifest: Manifest) -> None:
        self.name = name
        self.manifest = manifest
        self._packed = packed
        self._is_checked = False

    def records(self, kept: Kept, *, tick: Tick | None = None) -> Iterator[Record]:
        """What one source says; `Unreadable` where no store keeps it, or it is not what the manifest promises."""
        reckoned, count, before = Digest(kept.info), 0, _NO_KEY
        self._ask(kept, lambda: check_info(kept.info))
        for record in told(self._read(kept), kept.info.title, tick):
            self._ask(kept, partial(check_record, record, kept.info.id))
            key = key_of(record)
            if key <= before:
                _refuse(self.name, kept.part, f"{record.id} again, or out of its order", "each record once, in order")
            before = key
            reckoned.add(record)
            count += 1
            yield record
        if count != kept.records or reckoned.hexdigest() != kept.digest:
            _refuse(self.name, kept.part, "other records than were written", "the records that its manifest promises")

    def check(self, *, tick: Tick | None = None) -> None:
        """Read all of it, once. Raises `Unreadable` where anything is not as it was written."""
        if self._is_checked:
            return
        for kept in self.manifest.sources:
            for _ in self.records(kept, tick=tick):
                pass
        self._is_checked = True

    def _ask(self, kept: Kept, check: Callable[[], None]) -> None:
        """Turn the error of what every store asks into one that names the backup."""
        try:
            check()
        except SourceError as error:
            _refuse(self.name, kept.part, f"what no store keeps ({error})", "what a store keeps")

    def _read(self, kept: Kept) -> Iterator[Record]:
        try:
            with self._packed.open(kept.part) as part:
                quads = parse(part, format=RdfFormat.N_TRIPLES)
                for _, group in groupby(quads, key=lambda quad: quad.subject):
                    record = record_of(group)
                    if record is None:
                        _refuse(self.name, kept.part, "a statement that is no record", "records only")
                    yield record
        except Unreadable:
            raise
        except (*_DAMAGE, SyntaxError, CredpathError) as error:
            _refuse(self.name, kept.part, f"damage ({error})", "the records that its manifest promises")


@contextmanager
def open_archive(file: Path | IO[bytes], name: str) -> Iterator[Archive]:
    """A backup, closed at the end; `name` is what it is called in errors.

    Raises `Unreadable` where it is no backup, is cut off, of another version, or holds anything that no backup holds.
    """
    try:
        packed = ZipFile(file)
    except FileNotFoundError:
        _refuse(name, "the file", "no such file", "a file that `credpath backup` wrote")
    except _DAMAGE as error:
        _refuse(
            name, "the file", f"no backup, or one that was cut off ({error})", "a file that `credpath backup` wrote"
        )
    with packed:
        manifest = _read_manifest(name, packed)
        _check_parts(name, packed, manifest)
        yield Archive(name, packed, manifest)


def write_manifest(manifest: Manifest) -> bytes:
    """A manifest as JSON, the same bytes for the same manifest."""
    said = {
        "what": "a credpath backup",
        "format": FORMAT,
        "schema": SCHEMA_VERSION,
        "revision": manifest.revision,
        "written": manifest.written,
        "credpath": manifest.credpath,
        "sources": [asdict(kept) for kept in manifest.sources],
    }
    return (json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode()


def _read_manifest(name: str, packed: ZipFile) -> Manifest:
    entry = packed.NameToInfo.get(MANIFEST)
    if entry is None or entry.file_size > _LARGEST_MANIFEST:
        _refuse(name, MANIFEST, "none that can be read", "the manifest of a backup")
    try:
        said = json.loads(packed.read(MANIFEST))
        _check_version(name, said)
        manifest = Manifest(
            revision=_words(said["revision"]),
            written=_words(said["written"]),
            credpath=_words(said["credpath"]),
            sources=tuple(map(_read_kept, said["sources"])),
        )
    except Unreadable:
        raise
    except (*_DAMAGE, KeyError, TypeError, AttributeError, RecursionError) as error:
        _refuse(name, MANIFEST, f"{type(error).__name__}: {error}", "the manifest of a backup")
    digests = {kept.info.id: kept.digest for kept in manifest.sources}
    if len(digests) != len(manifest.sources) or revision_of(digests) != manifest.revision:
        _refuse(name, f"{MANIFEST}, revision", "one that does not follow from its sources", "the one that does")
    return manifest


def _check_version(name: str, said: Mapping[str, Any]) -> None:
    for key, expected in (("format", FORMAT), ("schema", SCHEMA_VERSION)):
        if said[key] != expected:
            found = f"{said[key]!r}, written by credpath {str(said.get('credpath'))[:40]}"
            _refuse(name, f"{MANIFEST}, {key}", found, f"{expected}; restore with the credpath that wrote it")


def _read_kept(said: Mapping[str, Any]) -> Kept:
    info = {field.name: said["info"].get(field.name) for field in fields(SourceInfo)}
    for key in ("id", "title", "voice"):
        _words(info[key])
    if info["voice"] not in VOICES or not all(value is None or isinstance(value, str) for value in info.values()):
        raise ValueError("a source is described in a way that none can be")
    kept = Kept(
        info=SourceInfo(**info),
        part=_words(said["part"]),
        records=int(said["records"]),
        bytes=int(said["bytes"]),
        digest=_words(said["digest"]),
    )
    if not _PART.fullmatch(kept.part) or not _SHA256.fullmatch(kept.digest):
        raise ValueError(f"no backup has a part {kept.part[:80]!r}")
    return kept


def _check_parts(name: str, packed: ZipFile, manifest: Manifest) -> None:
    """Look at what the zip says of its parts, before any is unpacked."""
    expected = {kept.part: kept.bytes for kept in manifest.sources}
    found = [entry.filename for entry in packed.infolist()]
    if sorted(found) != sorted([MANIFEST, *expected]):
        strange = sorted(set(found) - {MANIFEST, *expected}) or sorted(set(expected) - set(found)) or ["one part twice"]
        _refuse(name, strange[0][:80], "a part that is missing or too many", "the parts that its manifest names")
    for entry in packed.infolist():
        if entry.flag_bits & _ENCRYPTED or entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            _refuse(
                name, entry.filename, "an encrypted part or an unknown packing", "a part packed by `credpath backup`"
            )
        if entry.file_size > _SLACK + _RATIO * entry.compress_size:
            _refuse(name, entry.filename, f"a part that unpacks to {entry.file_size} bytes", "a part of honest size")
        if entry.file_size != expected.get(entry.filename, entry.file_size):
            _refuse(name, entry.filename, f"{entry.file_size} bytes", f"{expected[entry.filename]} bytes")
    whole, room = sum(entry.file_size for entry in packed.infolist()), sum(e.compress_size for e in packed.infolist())
    if room > _size(packed) or whole > _SLACK * len(found) + _RATIO * _size(packed):
        _refuse(name, "the file", "parts that lie upon each other", "parts that lie one after another")


def _size(packed: ZipFile) -> int:
    file = cast("IO[bytes]", packed.fp)
    file.seek(0, 2)
    return file.tell()


def _words(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} are no words")
    return value


def _refuse(name: str, place: str, found: str, expected: str) -> NoReturn:
    raise Unreadable((Refusal(name, place, found, expected),))
