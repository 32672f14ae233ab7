import csv
import io
from datetime import date
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyarrow import csv as arrow_csv
from pyarrow import parquet

from api.batch.writing import parquet_schema, to_csv, to_parquet, way_of_writing
from api.present.batch import refused
from api.shapes.batch import BatchRowShape
from ontology.errors import BadValue
from ontology.values import MOST_MINUTES, MOST_MONEY

PLANNED = refused("r1", "").model_copy(
    update={
        "person": "=7",
        "status": "proved best",
        "reason": None,
        "open_items": 2,
        "steps": ("=HYPERLINK(1)", "Oven exam"),
        "to_confirm": ("-two years",),
        "currency": "GBP",
        "price_low": Decimal("100.00"),
        "price_high": Decimal("120.50"),
        "finish": date(2027, 1, 31),
    }
)
REFUSED = refused("r1", "no role is called 'Astronaut'", "cid")


def read(rows: list[BatchRowShape]) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(b"".join(to_csv(rows)).decode(), newline="")))


def test_csv_has_a_cell_for_each_field_and_no_formula() -> None:
    first, second = read([PLANNED, REFUSED])
    assert list(first) == list(BatchRowShape.model_fields)
    assert (first["open_items"], first["price_high"], first["finish"]) == ("2", "120.50", "2027-01-31")
    assert (first["steps"], first["to_confirm"]) == ("'=HYPERLINK(1); Oven exam", "'-two years")
    assert first["person"] == "=7"
    assert (second["person"], second["status"], second["open_items"]) == ("cid", "refused", "")


def test_a_carriage_return_within_a_cell_ends_no_row() -> None:
    odd = refused("r1", "no role is called 'Nobody\rX'", "a\rb")
    assert b"".join(to_csv([odd])).split(b"\n")[1].startswith(b'"a\rb",refused,"no role is called \'Nobody\rX\'",')
    assert [(row["person"], row["reason"]) for row in read([odd, REFUSED])] == [
        ("a\rb", "no role is called 'Nobody\rX'"),
        ("cid", "no role is called 'Astronaut'"),
    ]


@pytest.mark.parametrize(
    "start", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", "＋1", "－1", "＠A"]
)
def test_a_reason_that_starts_like_a_formula_is_marked_as_text(start: str) -> None:
    assert [(row["person"], row["reason"]) for row in read([refused("r1", start, start)])] == [(start, f"'{start}")]


WORDS = st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("\r\n\",;\t '=\x00\u2028"), max_size=6)


@given(st.lists(st.tuples(WORDS, WORDS, st.lists(WORDS, max_size=2)), min_size=1, max_size=4))
def test_whatever_people_write_every_reader_finds_the_same_rows(said: list[tuple[str, str, list[str]]]) -> None:
    """Held against the standard reader and Arrow's, neither of which is told how the table was written."""
    rows = [
        refused("r1", f"r{reason}", person).model_copy(update={"still_open": ("s", *names)})
        for person, reason, names in said
    ]
    written = b"".join(to_csv(rows))
    wanted = [(person, f"r{reason}", "; ".join(("s", *names))) for person, reason, names in said]
    by_csv = csv.DictReader(io.StringIO(written.decode(), newline=""))
    assert [(row["person"], row["reason"], row["still_open"]) for row in by_csv] == wanted
    by_arrow = arrow_csv.read_csv(
        pa.BufferReader(written),
        parse_options=arrow_csv.ParseOptions(newlines_in_values=True),
        convert_options=arrow_csv.ConvertOptions(
            column_types={name: pa.string() for name in BatchRowShape.model_fields}, strings_can_be_null=False
        ),
    ).to_pylist()
    assert [(row["person"], row["reason"], row["still_open"]) for row in by_arrow] == wanted


def test_parquet_has_types_and_nulls() -> None:
    table = parquet.read_table(pa.BufferReader(b"".join(to_parquet([PLANNED, REFUSED]))))
    assert table.schema.equals(parquet_schema())
    kinds = {name: str(table.schema.field(name).type) for name in ("person", "open_items", "price_low", "finish")}
    assert kinds == {
        "person": "string",
        "open_items": "int64",
        "price_low": "decimal128(38, 3)",
        "finish": "date32[day]",
    }
    first, second = table.to_pylist()
    assert first["steps"] == ["=HYPERLINK(1)", "Oven exam"]
    assert (first["price_high"], first["finish"]) == (Decimal("120.500"), date(2027, 1, 31))
    assert (second["price_low"], second["steps"], second["reason"]) == (None, [], "no role is called 'Astronaut'")


def test_parquet_holds_the_dearest_and_longest_plan_there_could_be() -> None:
    """The largest price in yen at the largest rate there is, paid in dinars for ten thousand steps."""
    dearest = Decimal(MOST_MONEY * (2**63 - 1) * 1000 * 10_000).scaleb(-6 - 3)
    most = {"price_high": dearest, "minutes_high": MOST_MINUTES * 10_000, "weeks": MOST_MINUTES * 10_000}
    (row,) = parquet.read_table(pa.BufferReader(b"".join(to_parquet([PLANNED.model_copy(update=most)])))).to_pylist()
    assert {name: row[name] for name in most} == most


def test_the_ending_of_the_name_decides() -> None:
    assert way_of_writing(Path("plans.CSV")) is to_csv
    assert way_of_writing(Path("plans.parquet")) is to_parquet
    with pytest.raises(BadValue, match="neither CSV nor Parquet"):
        way_of_writing(Path("plans.xlsx"))
