"""Every kind of record as hypothesis may draw it, from the one declaration of each field in `ontology.schema`.

A new record kind or field is drawn at once, without a line here.
"""

from datetime import date
from typing import Annotated, Any, get_args, get_origin, get_type_hints
from typing import Literal as Words

from hypothesis import strategies as st

from ontology.records import RECORD_TYPES, Record
from ontology.schema import Field, fields_of
from ontology.values import VOICES, Range, Source, SourceInfo

IDS = (
    "id/test/thing/a",
    "id/test/thing/b",
    "id/test/thing/c",
    "https://credentialengineregistry.org/resources/ce-4b7d",
    "http://data.europa.eu/esco/skill/é-1?x=%20#part",
    "urn:uuid:6e8bc430-9c3a-11d9-9669-0800200c9a66",
)
"""Few ids, so that several statements meet on one."""

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=12) | st.sampled_from(
    ["Senior product manager", 'he said "no"\r\n\ttwice\\', "naïve Ωmega", " spaces ", "\x00\x1f", ""]
)
numbers = st.integers(-(2**62), 2**62)
days = st.dates(date(1, 1, 1), date(9999, 12, 31))


def ranges(most: int) -> st.SearchStrategy[Range]:
    """A quantity up to its end; one number or two."""
    ends = st.integers(0, most)
    return ends.map(Range.exactly) | st.tuples(ends, ends).map(lambda two: Range(min(two), max(two)))


ids = st.sampled_from(IDS)
places = st.sampled_from(["row 1", "row 2", "row 3"]) | words


def sources(source_id: str) -> st.SearchStrategy[Source]:
    """Who says so, within one source."""
    return st.builds(
        Source,
        id=st.just(source_id),
        place=places,
        page=st.none() | words,
        date=st.none() | st.sampled_from(["2024", "2025-06", "2026-01-31"]),
        rule=st.none() | words,
        premises=st.lists(ids, max_size=2).map(tuple),
    )


def infos(source_id: str) -> st.SearchStrategy[SourceInfo]:
    """A source as a whole."""
    said = st.none() | words
    return st.builds(
        SourceInfo,
        id=st.just(source_id),
        title=words,
        voice=st.sampled_from(VOICES),
        publisher=said,
        licence=said,
        attribution=said,
        page=said,
        date=said,
        digest=said,
    )


def records_of(record_type: type[Record], source_id: str = "test") -> st.SearchStrategy[Any]:
    """Any record of one kind."""
    hints = get_type_hints(record_type, include_extras=True)
    drawn = {field.name: _values(hints[field.name], field) for field in fields_of(record_type)}
    return st.builds(record_type, id=ids, source=sources(source_id), **drawn)


def records(source_id: str = "test") -> st.SearchStrategy[Any]:
    """Any record of any kind."""
    return st.one_of([records_of(record_type, source_id) for record_type in RECORD_TYPES])


def contents(source_id: str = "test", *, max_size: int = 8) -> st.SearchStrategy[list[Any]]:
    """What one source may say: no two records share a key."""
    return st.lists(
        records(source_id),
        max_size=max_size,
        unique_by=lambda record: (type(record), record.id, record.source.place),
    )


def _values(hint: object, field: Field) -> st.SearchStrategy[Any]:
    value_type, *_ = get_args(hint) if get_origin(hint) is Annotated else (hint,)
    if get_origin(value_type) is tuple:
        item = get_args(value_type)[0]
        return st.lists(_one(item, field), max_size=3).map(tuple)
    options = [option for option in get_args(value_type) if option is not type(None)]
    if get_origin(value_type) is not Words and type(None) in get_args(value_type):
        return st.none() | st.one_of([_one(option, field) for option in options])
    return _one(value_type, field)


def _one(value_type: object, field: Field) -> st.SearchStrategy[Any]:
    if get_origin(value_type) is Words:
        return st.sampled_from(get_args(value_type))
    if field.kind == "range":
        return ranges(field.most or 2**62)
    plain = {"text": words, "number": numbers, "date": days, "link": ids, "links": ids}
    return plain[field.kind]
