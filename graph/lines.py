"""A store loads text faster than objects, so records are written as N-Triples straight away.

`lines_of` says what `graph.rdf.quads_of` says in one graph, five times as fast: no term is made, and what a kind of
record always writes is put together once. A test holds the two together.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Any, TypeAlias

from graph.iris import source_iri
from graph.rdf import (
    ABOUT,
    CLASS_NAME,
    PLACE,
    PREMISE,
    RULE,
    SAID_BY,
    STATED_DATE,
    STATED_ON,
    node_of,
    nodes_of,
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

_ESCAPES = {ord('"'): '\\"', ord("\\"): "\\\\", **{code: f"\\u{code:04X}" for code in (*range(0x20), 0x7F)}}


def lines_of(records: Iterable[Record]) -> Iterator[bytes]:
    """The statements of `quads_of` in one graph, as chunks of N-Triples in UTF-8.

    For records that `graph.content.gather` took: an id that is no IRI would break the line it stands in.
    """
    seen: set[str] = set()
    chunk: list[str] = []
    for record in records:
        chunk.append(_lines(record, first=record.id not in seen))
        seen.add(record.id)
        if len(chunk) == RECORDS_IN_A_CHUNK:
            yield "".join(chunk).encode()
            chunk.clear()
    if chunk:
        yield "".join(chunk).encode()


def _lines(record: Record, *, first: bool) -> str:
    thing, statement, writers = _WRITERS[type(record)]
    if first:
        node, said = f"<{expand(record.id)}>", [thing]
        if isinstance(record, Credential) and record.type and CLASS_NAME.fullmatch(record.type):
            said.append(f"{_TYPE} <{expand_term(f'ceterms:{record.type}')}>")
    else:
        node, said = str(node_of(record, first=False)), [statement, f"{_ABOUT} <{expand(record.id)}>"]
    for name, write in writers:
        value = getattr(record, name)
        if value is not None:
            write(value, said)
    _write_source(record.source, said)
    return f"{node} " + f" .\n{node} ".join(said) + " .\n"


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
