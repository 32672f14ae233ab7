"""Rows become a file: CSV for a spreadsheet, Parquet with types for an analyst; the same rows give the same bytes.

A spreadsheet takes a cell that starts like a formula for one. Names come from whoever published a catalogue, so such a
cell is marked as text in CSV; the column `person` stays as it was written, since it is there to be joined on. Whatever
ends a line within a cell is quoted, a lone carriage return too: readers end a row at it, whatever ends the others.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from api.shapes.batch import BatchRowShape
from ontology.errors import BadValue

if TYPE_CHECKING:
    import pyarrow as pa

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""Spreadsheets take letters of either width for the same."""

_QUOTED = frozenset(',"\r\n')
TOGETHER = 1_000
"""Rows that are written at once."""

Write = Callable[[Sequence[BatchRowShape]], Iterable[bytes]]

NAMES = tuple(BatchRowShape.model_fields)


def way_of_writing(path: Path) -> Write:
    """How a file of this name is written. Raises `BadValue` where its ending is unknown."""
    match path.suffix.lower():
        case ".csv":
            return to_csv
        case ".parquet":
            return to_parquet
        case _:
            raise BadValue(f"{path} is neither CSV nor Parquet; give --out a name that ends in .csv or .parquet")


def to_csv(rows: Sequence[BatchRowShape]) -> Iterator[bytes]:
    """The rows as CSV in UTF-8; lists are parted by semicolons, and what is unknown is empty."""
    yield _lines([NAMES])
    for start in range(0, len(rows), TOGETHER):
        yield _lines([_cell(name, getattr(row, name)) for name in NAMES] for row in rows[start : start + TOGETHER])


def to_parquet(rows: Sequence[BatchRowShape]) -> Iterator[bytes]:
    """The rows as Parquet, each column of its type; what is unknown is null."""
    import pyarrow as pa
    from pyarrow import parquet

    schema = parquet_schema()
    columns = [pa.array([getattr(row, name) for row in rows], schema.field(name).type) for name in NAMES]
    sink = pa.BufferOutputStream()
    parquet.write_table(pa.Table.from_arrays(columns, schema=schema), sink)
    yield sink.getvalue().to_pybytes()


def parquet_schema() -> "pa.Schema":
    """The columns and their types."""
    import pyarrow as pa

    def type_of(annotation: Any) -> "pa.DataType":
        """Prices have up to three digits after the point (ISO 4217), and as many before it as any plan could need."""
        if annotation == tuple[str, ...]:
            return pa.list_(pa.string())
        for kind, found in ((int, pa.int64()), (Decimal, pa.decimal128(38, 3)), (date, pa.date32())):
            if annotation == kind | None:
                return found
        return pa.string()

    return pa.schema([(name, type_of(field.annotation)) for name, field in BatchRowShape.model_fields.items()])


def _lines(rows: Iterable[Iterable[str]]) -> bytes:
    return "".join(",".join(map(_quoted, cells)) + "\n" for cells in rows).encode()


def _quoted(words: str) -> str:
    """A cell as RFC 4180 writes it. The standard writer leaves out the carriage return, where it ends no line."""
    return words if _QUOTED.isdisjoint(words) else '"' + words.replace('"', '""') + '"'


def _cell(name: str, value: object) -> str:
    if value is None:
        return ""
    words = "; ".join(value) if isinstance(value, tuple) else str(value)
    return f"'{words}" if name != "person" and words.startswith(FORMULA_STARTS) else words
