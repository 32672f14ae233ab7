"""A store takes and gives text faster than objects, so records are written as N-Triples straight away, and read so.

`lines_of` says what `graph.rdf.quads_of` says in one graph, five times as fast: no term is made, and what a kind of
record always writes is put together once. A test holds the two together.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Any, TypeAlias

from graph.iris import source_iri
from graph.rdf import (
    ABOUT,
    PLACE,
    PREMISE,
    RULE,
    SAID_BY,
    STATED_DATE,
    STATED_ON,
    ctdl_class,
    node_of,
    nodes_of,
    record_from,
    storage_terms,
)
from ontology.ids import expand
from ontology.records import RECORD_TYPES, Credential, Record
from ontology.schema import Field, expand_term, fields_of
from ontology.values import Source

FieldWriter: TypeAlias = Callable[[Any, list[str]], None]
"""Adds what a field says, as `<property> object`, to a list; the value has the type that the field declares."""

RECORDS_IN_A_CHUNK = 500
"""Some half a megabyte of text: much less spends time between chunks, more only memory."""

_LETTERS = {"b": "\b", "t": "\t", "n": "\n", "f": "\f", "r": "\r", '"': '"', "\\": "\\"}
_ESCAPES = {code: f"\\u{code:04X}" for code in (*range(0x20), 0x7F, 0xFFFE, 0xFFFF)} | {
    ord(character): f"\\{letter}" for letter, character in _LETTERS.items()
}
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))")


def lines_of(records: Iterable[Record]) -> Iterator[bytes]:
    """The statements of `quads_of` in one graph, as chunks of N-Triples in UTF-8.

    For records that `graph.content.gather` took: an id that is no IRI would break the line it stands in.
    """
    seen: set[str] = set()
    chunk: list[str] = []
    for record in records:
        node, said = said_of(record, first=record.id not in seen)
        chunk.append(f"{node} " + f" .\n{node} ".join(said) + " .\n")
        seen.add(record.id)
        if len(chunk) == RECORDS_IN_A_CHUNK:
            yield "".join(chunk).encode()
            chunk.clear()
    if chunk:
        yield "".join(chunk).encode()


def said_of(record: Record, *, first: bool) -> tuple[str, list[str]]:
    """The node on which a record is written, and what is said of it: each as it stands in a line, `<property> object`.

    The first record of an id in a graph is written on the id's own IRI.
    """
    thing, statement, writers = _WRITERS[type(record)]
    if first:
        node, said = f"<{expand(record.id)}>", [thing]
        if isinstance(record, Credential) and (named := ctdl_class(record.type)):
            said.append(f"{_TYPE} <{named}>")
    else:
        node, said = str(node_of(record, first=False)), [statement, f"{_ABOUT} <{expand(record.id)}>"]
    for name, write in writers:
        value = getattr(record, name)
        if value is not None:
            write(value, said)
    _write_source(record.source, said)
    return node, said


def record_said(node: str, said: Iterable[str]) -> Record | None:
    """The inverse of `said_of`: the record on a node, or nothing where the node is no record.

    Whole numbers may stand bare, as in tables of query results.

    Raises `UnreadableStatement` (see `graph.rdf.record_of`).
    """
    values: dict[str, list[str]] = defaultdict(list)
    for statement in said:
        property_, _, object_ = statement.partition(" ")
        if object_[0] == '"':
            words = object_[1 : object_.rindex('"')]
            values[property_[1:-1]].append(_ESCAPE.sub(_character, words) if "\\" in words else words)
        else:
            values[property_[1:-1]].append(object_[1:-1] if object_[0] == "<" else object_)
    return record_from(node[1:-1], values)


class Ahead:
    """A file that text is read from, of which the next piece is made by another thread while the last is used."""

    def __init__(self, maker: ThreadPoolExecutor, pieces: Iterator[bytes]) -> None:
        self._maker, self._pieces = maker, pieces
        self._next = maker.submit(next, pieces, b"")
        self._piece = memoryview(b"")

    def read(self, size: int) -> bytes:
        """Some bytes, none at the end."""
        if not self._piece:
            piece = self._next.result()
            self._piece = memoryview(piece)
            if piece:
                self._next = self._maker.submit(next, self._pieces, b"")
        taken, self._piece = self._piece[:size], self._piece[size:]
        return bytes(taken)


class Nodes:
    """A file that N-Triples are written to: hands on each node with what is said of it, once its last line came.

    The lines of a node must follow each other. `end` hands on the last node. Rows of node, property and value, parted
    by tabs as in tables of query results, are taken too: their head is a node of which nothing is said.
    """

    def __init__(self, take: Callable[[str, list[str]], object]) -> None:
        self._take = take
        self._rest, self._node, self._said = b"", "", list[str]()

    def write(self, text: bytes) -> int:
        """Take some text, which may end amid a line."""
        whole, end, rest = text.rpartition(b"\n")
        if not end:
            self._rest += text
            return len(text)
        for line in (self._rest + whole).replace(b"\t", b" ").decode().split("\n"):
            node, _, statement = line.partition(" ")
            if node != self._node:
                self.end()
                self._node = node
            self._said.append(statement.removesuffix(" ."))
        self._rest = rest
        return len(text)

    def flush(self) -> None:
        """Nothing waits to be written."""

    def end(self) -> None:
        """Hand on the node whose lines came last."""
        if self._said:
            self._take(self._node, self._said)
            self._said = []


def _write_source(source: Source, said: list[str]) -> None:
    said.append(_said_by(source.id))
    said.append(f'{_PLACE} "{_escaped(source.place)}"')
    if source.page is not None:
        said.append(f'{_PAGE} "{_escaped(source.page)}"')
    if source.date is not None:
        said.append(f'{_STATED} "{_escaped(source.date)}"')
    if source.rule is not None:
        said.append(f'{_RULE} "{_escaped(source.rule)}"')
    said.extend(f"{_PREMISE} <{expand(premise)}>" for premise in source.premises)


def _writers(kind: type[Record]) -> tuple[str, str, tuple[tuple[str, FieldWriter], ...]]:
    thing, statement = nodes_of(kind)
    writers = tuple((field.name, _writer(field)) for field in fields_of(kind))
    return f"{_TYPE} {thing}", f"{_TYPE} {statement}", writers


def _writer(field: Field) -> FieldWriter:
    head, *tail = (f"<{expand_term(term)}>" for term in storage_terms(field))

    def write_texts(value: tuple[str, ...], said: list[str]) -> None:
        said.extend(f'{head} "{_escaped(words)}"' for words in value)

    def write_links(value: tuple[str, ...], said: list[str]) -> None:
        said.extend(f"{head} <{expand(target)}>" for target in value)

    match field.kind:
        case "text" if field.many:
            return write_texts
        case "text":
            return lambda value, said: said.append(f'{head} "{_escaped(value)}"')
        case "number":
            return lambda value, said: said.append(f'{head} "{value}"^^{_INTEGER}')
        case "date":
            return lambda value, said: said.append(f'{head} "{value.isoformat()}"^^{_DATE}')
        case "link":
            return lambda value, said: said.append(f"{head} <{expand(value)}>")
        case "links":
            return write_links
        case "range":
            return lambda value, said: said.extend(
                (f'{head} "{value.low}"^^{_INTEGER}', f'{tail[0]} "{value.high}"^^{_INTEGER}')
            )


def _character(escape: re.Match[str]) -> str:
    short, long, letter = escape.groups()
    return _LETTERS[letter] if letter else chr(int(short or long, 16))


def _escaped(words: str) -> str:
    if words.isprintable() and '"' not in words and "\\" not in words:
        return words
    return words.translate(_ESCAPES)


@cache
def _said_by(source_id: str) -> str:
    return f"<{expand_term(SAID_BY)}> <{source_iri(source_id)}>"


_TYPE, _ABOUT, _PLACE, _PAGE, _STATED, _RULE, _PREMISE, _INTEGER, _DATE = (
    f"<{expand_term(term)}>"
    for term in ("rdf:type", ABOUT, PLACE, STATED_ON, STATED_DATE, RULE, PREMISE, "xsd:integer", "xsd:date")
)

_WRITERS = {kind: _writers(kind) for kind in RECORD_TYPES}
