"""Any CSV or XLSX table as records, driven by a mapping file.

Good rows are loaded and bad ones reported with row, column, what was found and what was expected; `strict` refuses the
whole file instead. Rows are streamed: what is kept are the records, never the table.
"""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from loaders.loaded import Loaded, Note
from loaders.nearest import MOST_NAMES, suggestion
from loaders.table.cells import Cells
from loaders.table.ladder import ladder_records
from loaders.table.mapping import Mapping, TableRules
from loaders.table.records import RowReader
from loaders.table.rows import Row, count_headings, find_encoding, is_longer, read_text_rows, refuse
from loaders.table.sheets import read_sheet_rows
from ontology.errors import BadValue, Refusal, Unreadable
from ontology.records import Competency, Record, kind_of
from ontology.values import Source

MAX_REFUSALS = 1_000
"""More refusals than so many are counted and not kept."""
PLACES = 5
CHUNK = 1 << 20

REPEATED = "rows that repeat an earlier one"
MORE_REFUSED = "further refused rows"
SILENT = "rows that say nothing the mapping asks for"
UNTOUCHED = "nothing is filled in yet: what was read are the scale and the levels that the mapping names"
WORKBOOKS = (".xlsx", ".xlsm")
SAYS_NOTHING: tuple[object, ...] = (None, (), "unknown")
MATTERS = ("requirement", "option", "credential", "cost", "claim")
"""Kinds that may not be said twice in different words: which one is meant?"""


@dataclass(slots=True)
class Kept:
    """What was read so far: records by kind and id, refusals, and notes with their first places."""

    records: dict[tuple[str, str], Record] = field(default_factory=dict)
    competencies: dict[str, str] = field(default_factory=dict)
    refusals: list[Refusal] = field(default_factory=list)
    notes: dict[str, tuple[int, tuple[str, ...]]] = field(default_factory=dict)

    def note(self, what: str, place: str) -> None:
        """Count something that makes no record."""
        count, places = self.notes.get(what, (0, ()))
        self.notes[what] = (count + 1, (*places, place) if len(places) < PLACES else places)

    def refuse(self, refusals: tuple[Refusal, ...]) -> None:
        """Keep refusals, up to a bound."""
        for refusal in refusals:
            if len(self.refusals) < MAX_REFUSALS:
                self.refusals.append(refusal)
            else:
                self.note(MORE_REFUSED, refusal.place)

    def add(self, records: list[Record], file: str, row: str) -> None:
        """Keep the records of a row, all or none. Raises `Unreadable` where one contradicts an earlier row."""
        new: dict[tuple[str, str], Record] = {}
        for record in records:
            key = (kind_of(type(record)), record.id)
            earlier = new.get(key) or self.records.get(key)
            together = record if earlier is None else united(earlier, record)
            if earlier is not None and together is None:
                self.differ(record, earlier, file, row)
            elif together is not None and together != earlier:
                new[key] = together
        self.records |= new
        self.competencies |= {record.id: record.name for record in new.values() if isinstance(record, Competency)}
        if records and not new:
            self.note(REPEATED, row)

    def differ(self, record: Record, earlier: Record, file: str, row: str) -> None:
        """One id with two contents: refused where it matters or where two names share it, else noted."""
        kind = kind_of(type(record))
        first = next(name for name in stated_fields(record) if disagree(earlier, record, name))
        was = earlier.source.place.partition("#")[2]
        if kind in MATTERS or first == "name":
            found = f"{first} {getattr(record, first)!r} of the {kind} {record.id}"
            raise Unreadable((Refusal(file, row, found, f"{getattr(earlier, first)!r}, as in {was}"),))
        self.note(f"{kind} records that differ in {first} from an earlier row (the earlier is kept)", row)


def united(earlier: Record, later: Record) -> Record | None:
    """The earlier record, with what only the later states; `None` where they contradict each other."""
    names = stated_fields(later)
    if any(disagree(earlier, later, name) for name in names):
        return None
    said = {name: getattr(later, name) for name in names if getattr(earlier, name) in SAYS_NOTHING}
    added = {name: value for name, value in said.items() if value not in SAYS_NOTHING}
    return replace(earlier, **added) if added else earlier


def stated_fields(record: Record) -> list[str]:
    """The names of the fields that say something of the thing itself."""
    return [name for name in record.__dataclass_fields__ if name not in {"id", "source"}]


def disagree(earlier: Record, later: Record, name: str) -> bool:
    """Whether both state the field, each in its own way."""
    one, other = getattr(earlier, name), getattr(later, name)
    return one != other and one not in SAYS_NOTHING and other not in SAYS_NOTHING


def read_table(
    path: Path, mapping: Mapping, *, strict: bool = False, on_row: Callable[[int], None] | None = None
) -> Loaded:
    """The records of a table, with what was refused and noted.

    `on_row` is called with the number of rows read so far, for a progress bar. Raises `Unreadable` where the file as a
    whole cannot be read, or, if `strict`, where anything in it is refused.
    """
    if not path.is_file():
        raise refuse(path, "file", "no such file", "a CSV or XLSX file")
    kept = Kept()
    read = 0
    for table in mapping.tables:
        count = 0
        reader = RowReader(mapping, table, kept.competencies)
        for count, row, headings in rows_below_headings(path, table, kept):
            read_row(reader, path, kept, row, headings)
            if on_row is not None:
                on_row(read + count)
        read += count
    records = [*kept.records.values()]
    more, notes = ladder_records(mapping, path.name, records)
    if strict and kept.refusals:
        raise Unreadable(tuple(kept.refusals))
    info = replace(mapping.info, digest=digest(path, mapping))
    counted = tuple(Note(what, count, places) for what, (count, places) in kept.notes.items())
    untouched = () if read else (Note(UNTOUCHED, 1, (path.name,)),)
    return Loaded(((info, (*more, *records)),), tuple(kept.refusals), untouched + counted + notes)


def rows_below_headings(path: Path, table: TableRules, kept: Kept) -> Iterator[tuple[int, Row, tuple[str, ...]]]:
    """The rows of a table with their count from 1 and the headings. Raises `Unreadable` where a column is missing."""
    headings: tuple[str, ...] | None = None
    count = 0
    for row in rows_of(path, table, kept):
        if row.number < table.header_row:
            continue
        if headings is None:
            headings = check_headings(path, table, row)
        elif any(cell.strip() for cell in row.cells):
            count += 1
            yield count, row, headings
    if count == 0 and table.optional:
        kept.note(f"sheets left empty: {table.sheet}", path.name)
    elif count == 0:
        place = f"sheet {table.sheet}" if table.sheet else f"row {table.header_row}"
        raise refuse(path, place, "no row below the headings", "headings and at least one row")


def rows_of(path: Path, table: TableRules, kept: Kept) -> Iterator[Row]:
    """The rows of one table, by what kind of file it is in."""
    if path.suffix.lower() in WORKBOOKS:
        yield from read_sheet_rows(path, table.sheet)
        return
    if table.sheet is not None:
        raise refuse(path, "file", f"a {path.suffix} file", f"an XLSX workbook with the sheet {table.sheet!r}")
    encoding = table.encoding
    if encoding is None:
        found = find_encoding(path)
        encoding = found.name
        if found.guessed:
            kept.note(f"read as {encoding}, which the file does not say; name its encoding in the mapping", path.name)
    yield from read_text_rows(path, encoding, table.delimiter)


def check_headings(path: Path, table: TableRules, row: Row) -> tuple[str, ...]:
    """The headings, as the mapping writes them. Raises `Unreadable` for each column that is missing or there twice."""
    plain = tuple(" ".join(cell.split()).casefold() for cell in row.cells)
    refusals: list[Refusal] = []
    named: dict[int, str] = {}
    for column in table.columns:
        times = plain.count(" ".join(column.split()).casefold())
        if times == 1:
            named[plain.index(" ".join(column.split()).casefold())] = column
            continue
        found = f"{times} columns" if times else "no column of that name" + _instead(column, row, first=not refusals)
        refusals.append(Refusal(path.name, f"row {row.number}, column {column}", found, f"one column {column!r}"))
    if refusals:
        raise Unreadable(tuple(refusals))
    width = len(row.cells) if path.suffix.lower() in WORKBOOKS else count_headings(row.cells)
    return tuple(named.get(index, "") for index in range(width))


def _instead(column: str, row: Row, *, first: bool) -> str:
    """The heading that may be meant, or once all that there are."""
    present = tuple(cell.strip() for cell in row.cells if cell.strip())
    nearest = suggestion(column, present)
    if not nearest.startswith("one of"):
        return f"; {nearest}"
    if not first:
        return ""
    more = ", ..." if len(present) > MOST_NAMES else ""
    return f"; there are: {', '.join(present[:MOST_NAMES])}{more}"


def read_row(reader: RowReader, path: Path, kept: Kept, row: Row, headings: tuple[str, ...]) -> None:
    """Read one row into what is kept."""
    table, info = reader.table, reader.mapping.info
    place = f"sheet {table.sheet}, row {row.number}" if table.sheet else f"row {row.number}"
    try:
        cells = named_cells(table, path, place, row, headings)
        for skip in table.skip:
            if cells.values[skip.column].strip() in skip.values:
                kept.note(skip.why, place)
                return
        source = Source(id=info.id, place=f"{path.name}#{place}", page=info.page, date=info.date)
        records, note = reader.records(cells, source)
        kept.add(records, path.name, place)
        if note is not None:
            kept.note(note, place)
        if not records:
            kept.note(SILENT, place)
    except Unreadable as error:
        kept.refuse(error.refusals)
    except BadValue as error:
        kept.refuse((Refusal(path.name, place, str(error), "other words"),))


def named_cells(table: TableRules, path: Path, place: str, row: Row, headings: tuple[str, ...]) -> Cells:
    """The cells of a row by heading. A row may be shorter than the headings and not longer."""
    if is_longer(row, len(headings)):
        found, expected = f"{len(row.cells)} cells", f"{len(headings)} cells, as many as headings"
        raise Unreadable((Refusal(path.name, place, found, expected),))
    padded = row.cells + ("",) * (len(headings) - len(row.cells))
    values = {heading: cell for heading, cell in zip(headings, padded, strict=False) if heading}
    return Cells(path.name, place, values, frozenset(map(str.casefold, table.nothing)), table.quotes)


def digest(path: Path, mapping: Mapping) -> str:
    """SHA-256 of the file and of the mapping: what the records follow from."""
    total = hashlib.sha256(mapping.digest.encode())
    with path.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            total.update(chunk)
    return total.hexdigest()
