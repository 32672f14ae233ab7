from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.packed.columns import Dates, Ids, Links, Many, Numbers, Postings, Ranges, Texts
from graph.packed.tables import Saying, Table
from ontology.errors import BadValue
from ontology.records import RECORD_TYPES, Record
from ontology.schema import fields_of
from ontology.values import Range, Source
from tests.strategies import records_of, sources


def test_words_come_back_and_no_words_are_not_unknown() -> None:
    texts = Texts(Texts.pack(["naïve Ωmega", "", None, "end"]))
    assert [texts[row] for row in range(len(texts))] == ["naïve Ωmega", "", None, "end"]


def test_words_of_several_rows_come_back_at_once() -> None:
    texts = Texts(Texts.pack(["naïve Ωmega", "", None, "end"]))
    assert texts.between(0, 4) == ["naïve Ωmega", "", None, "end"]
    assert [texts.between(1, 3), texts.between(3, 4), texts.between(4, 4)] == [["", None], ["end"], []]


def test_zero_is_known_and_absent_is_not_zero() -> None:
    numbers = Numbers(Numbers.pack([0, None, -5, 2**63 - 1]))
    assert [numbers[row] for row in range(4)] == [0, None, -5, 2**63 - 1]
    ranges = Ranges(Ranges.pack([Range(0, 0), None, Range(1, 2)]))
    assert [ranges[row] for row in range(3)] == [Range(0, 0), None, Range(1, 2)]


def test_the_first_and_the_last_day_come_back() -> None:
    dates = Dates(Dates.pack([date(1, 1, 1), None, date(9999, 12, 31)]))
    assert [dates[row] for row in range(3)] == [date(1, 1, 1), None, date(9999, 12, 31)]


def test_a_number_beyond_64_bits_is_refused() -> None:
    with pytest.raises(BadValue, match="9223372036854775808 is too big"):
        Numbers.pack([1, 2**63])
    with pytest.raises(BadValue, match="too big"):
        Ranges.pack([Range(0, 2**64)])


def test_an_id_is_found_by_halving() -> None:
    ids = Ids(Texts(Texts.pack(["a", "b", "z", "é", "𝛀"])))
    assert [ids.find(id_) for id_ in ("a", "b", "z", "é", "𝛀", "c", "", "𝛀𝛀")] == [0, 1, 2, 3, 4, None, None, None]


def test_several_items_lie_in_one_row() -> None:
    ids = Ids(Texts(Texts.pack(["a", "b"])))
    parts = Many.pack([(), ("a", "b"), (), ("b",)], lambda items: Links.pack(items, {"a": 0, "b": 1}))
    many = Many(parts["upto"], Links({"ids": parts["item.ids"]}, ids))
    assert [many[row] for row in range(4)] == [(), ("a", "b"), (), ("b",)]


def test_postings_give_the_rows_that_point_to_an_id() -> None:
    postings = Postings(Postings.pack(np.array([7, 3, 7, 3, 7]), np.array([0, 1, 2, 3, 4])))
    assert postings.rows(7).tolist() == [0, 2, 4]
    assert postings.rows(3).tolist() == [1, 3]
    assert postings.rows(5).tolist() == []
    assert postings.rows(None).tolist() == []
    nothing = np.array([], dtype=np.int64)
    assert Postings(Postings.pack(nothing, nothing)).rows(0).tolist() == []


def ids_in(record: Record) -> set[str]:
    values = [getattr(record, field.name) for field in fields_of(type(record)) if field.is_link]
    return {id_ for value in values for id_ in (value if isinstance(value, tuple) else (value,)) if id_} | {record.id}


@pytest.mark.parametrize("record_type", RECORD_TYPES)
@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_every_kind_of_record_comes_back_as_it_was(record_type: type[Record], data: st.DataObject) -> None:
    drawn = data.draw(st.lists(records_of(record_type), max_size=5, unique_by=lambda record: record.id))
    names = st.sampled_from([field.name for field in fields_of(record_type)])
    said: list[dict[str, Source]] = [data.draw(st.dictionaries(names, sources("other"), max_size=2)) for _ in drawn]
    sayings = [Saying(*pair) for pair in sorted(zip(drawn, said, strict=True), key=lambda pair: pair[0].id)]
    ids = sorted({id_ for record in drawn for id_ in ids_in(record)})
    number = {id_: place for place, id_ in enumerate(ids)}
    parts = Table.pack(record_type, sayings, number)
    parts["numbers"] = np.array([number[saying.record.id] for saying in sayings], dtype=np.int64)
    table = Table.open(record_type, parts, Ids(Texts(Texts.pack(ids))))
    assert table.parts().keys() == parts.keys()
    assert [table.record(row) for row in range(len(table))] == [saying.record for saying in sayings]
    for row, saying in enumerate(sayings):
        for field in fields_of(record_type):
            assert table.said(row, field.name) == saying.said.get(field.name, saying.record.source)
