import csv
import io
from datetime import date
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet

from api.batch.writing import parquet_schema, to_csv, to_parquet, way_of_writing
from api.present.batch import refused
from api.shapes.batch import BatchRowShape
from ontology.errors import BadValue

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
    return list(csv.DictReader(io.StringIO(b"".join(to_csv(rows)).decode())))


def test_csv_has_a_cell_for_each_field_and_no_formula() -> None:
    first, second = read([PLANNED, REFUSED])
    assert list(first) == list(BatchRowShape.model_fields)
    assert (first["open_items"], first["price_high"], first["finish"]) == ("2", "120.50", "2027-01-31")
    assert (first["steps"], first["to_confirm"]) == ("'=HYPERLINK(1); Oven exam", "'-two years")
    assert first["person"] == "=7"
    assert (second["person"], second["status"], second["open_items"]) == ("cid", "refused", "")


def test_parquet_has_types_and_nulls() -> None:
    table = parquet.read_table(pa.BufferReader(b"".join(to_parquet([PLANNED, REFUSED]))))
    assert table.schema.equals(parquet_schema())
    kinds = {name: str(table.schema.field(name).type) for name in ("person", "open_items", "price_low", "finish")}
    assert kinds == {
        "person": "string",
        "open_items": "int64",
        "price_low": "decimal128(20, 3)",
        "finish": "date32[day]",
    }
    first, second = table.to_pylist()
    assert first["steps"] == ["=HYPERLINK(1)", "Oven exam"]
    assert (first["price_high"], first["finish"]) == (Decimal("120.500"), date(2027, 1, 31))
    assert (second["price_low"], second["steps"], second["reason"]) == (None, [], "no role is called 'Astronaut'")


def test_the_ending_of_the_name_decides() -> None:
    assert way_of_writing(Path("plans.CSV")) is to_csv
    assert way_of_writing(Path("plans.parquet")) is to_parquet
    with pytest.raises(BadValue, match="neither CSV nor Parquet"):
        way_of_writing(Path("plans.xlsx"))
