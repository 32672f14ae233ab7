"""Rows of an XLSX workbook as texts. A sheet is laid out in memory cell by cell, so its extent is measured before that.

Two cells, one at each corner, are a few bytes of file and gigabytes of memory; so is a table of texts that only says
that it has two milliards of entries, for which the parser makes room at once. Every part is streamed first, and what
spans or declares too much is refused before the parser sees it. What a part is follows from what it holds: the parser
finds a sheet under any name, in any folder.
"""

import datetime as dt
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import python_calamine

from loaders.table.rows import MAX_CELL, MAX_COLUMNS, Row, refuse

MAX_CELLS = 10_000_000
MAX_UNPACKED = 400_000_000
CHUNK = 1 << 20
CELL = re.compile(rb"<(?:\w+:)?c(\s[^>]*?)?/?>")
PLAIN_CELL = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"')
CELL_STARTS = (b"<c ", b"<c>", b"<c/", b"<c\t", b"<c\n", b"<c\r", b":c ", b":c>", b":c/", b":c\t", b":c\n", b":c\r")
REFERENCE = re.compile(rb"""\sr=["']([A-Z]{1,3})(\d{1,7})["']""")
COUNT = re.compile(rb"""[cC]ount\s*=\s*["']([^"']*)["']""")
LONGEST_TAG = 400
SHEET_DATA, WIDE_SHEET_DATA = b"sheetData", b"\0".join(b"%c" % letter for letter in b"sheetData")
"""The element that every sheet has, in letters of one byte and of two."""
XML_NAMES = (".xml", ".rels")


def read_sheet_rows(path: Path, sheet: str | None) -> Iterator[Row]:
    """The rows of one sheet (the first, where none is named). Raises `Unreadable`."""
    measure(path)
    table = open_sheet(path, sheet)
    rows = enumerate(table.iter_rows(), 1)  # calamine gives the empty rows above the first filled one too
    empty = True
    for number, cells in rows:
        empty = False
        texts = tuple(map(cell_text, cells))
        if any(len(text) > MAX_CELL for text in texts):
            raise refuse(path, f"row {number}", "a cell that is too long", f"cells of at most {MAX_CELL} characters")
        yield Row(number, texts)
    if empty:
        raise refuse(path, "row 1", "an empty sheet", "a row of headings")


def open_sheet(path: Path, sheet: str | None) -> python_calamine.CalamineSheet:
    """One sheet of a workbook that was measured."""
    try:
        workbook = python_calamine.CalamineWorkbook.from_path(str(path))
        names = workbook.sheet_names
        if sheet is None or sheet in names:
            return workbook.get_sheet_by_name(sheet) if sheet is not None else workbook.get_sheet_by_index(0)
    except (python_calamine.CalamineError, OSError, IndexError, ValueError) as error:
        raise refuse(path, "workbook", str(error) or type(error).__name__, "an XLSX workbook") from error
    raise refuse(path, "workbook", "the sheets " + ", ".join(names), f"a sheet called {sheet!r}")


def measure(path: Path) -> None:
    """Refuse a workbook whose sheets span more cells, or unpack to more bytes, than there is room for."""
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
            if unpacked > MAX_UNPACKED:
                raise refuse(path, "workbook", f"{unpacked} bytes unpacked", f"at most {MAX_UNPACKED}")
            for entry in archive.infolist():
                measure_part(path, archive, entry)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, OSError, RuntimeError) as error:
        raise refuse(path, "workbook", str(error), "an XLSX workbook") from error


def measure_part(path: Path, archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """Refuse one part that declares too many entries, or is a sheet that spans too many cells."""
    columns: set[bytes] = set()
    last_row = 0
    rest = b""
    is_xml = entry.filename.lower().endswith(XML_NAMES)
    is_sheet = False
    with archive.open(entry) as stream:
        while chunk := stream.read(CHUNK):
            text = rest + chunk
            if WIDE_SHEET_DATA in text or (is_xml and b"\0" in text):
                raise refuse(path, entry.filename, "letters of two bytes", "XML in UTF-8")
            is_sheet = is_sheet or SHEET_DATA in text
            if is_xml or is_sheet:
                check_counts(path, entry.filename, text)
            if is_sheet:
                addresses = cell_addresses(path, entry.filename, text)
                columns.update(column for column, _ in addresses)
                last_row = max(last_row, max((int(row) for _, row in addresses), default=0))
            rest = text[-LONGEST_TAG:]
    width = max(map(column_number, columns), default=0)
    if width > MAX_COLUMNS or width * last_row > MAX_CELLS:
        found = f"a sheet of {last_row} rows by {width} columns"
        expected = f"at most {MAX_COLUMNS} columns and {MAX_CELLS} cells (delete what stands far below or right)"
        raise refuse(path, entry.filename, found, expected)


def cell_addresses(path: Path, part: str, text: bytes) -> list[tuple[bytes, bytes]]:
    """Column and row of every cell in a piece of a sheet. Raises `Unreadable` where a cell has no address."""
    plain: list[tuple[bytes, bytes]] = PLAIN_CELL.findall(text)
    if len(plain) == sum(map(text.count, CELL_STARTS)):
        return plain
    found = []
    for attributes in CELL.findall(text):
        reference = REFERENCE.search(attributes)
        if reference is None:
            raise refuse(path, part, "a cell without its address", "cells with addresses such as B7")
        found.append((reference[1], reference[2]))
    return found


def check_counts(path: Path, part: str, text: bytes) -> None:
    """Refuse a tag that declares more entries than a workbook may have cells."""
    for declared in COUNT.finditer(text):
        in_tag = text.rfind(b"<", 0, declared.start()) > text.rfind(b">", 0, declared.start())
        count = declared[1]
        if in_tag and not (count.isdigit() and len(count) <= len(str(MAX_CELLS)) and int(count) <= MAX_CELLS):
            raise refuse(
                path, part, f"a declared count of {count[:20].decode('ascii', 'replace')}", f"at most {MAX_CELLS}"
            )


def column_number(letters: bytes) -> int:
    """The number of a column from 1.

    >>> column_number(b"A"), column_number(b"AA"), column_number(b"XFD")
    (1, 27, 16384)
    """
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def cell_text(cell: object) -> str:
    """A cell as a person reads it: whole numbers without a point, days as ISO 8601.

    >>> cell_text(16.0), cell_text(7.5), cell_text(True), cell_text(dt.date(2026, 6, 30))
    ('16', '7.5', 'yes', '2026-06-30')
    """
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, dt.datetime) and cell.time() == dt.time():
        return cell.date().isoformat()
    if isinstance(cell, dt.date | dt.time):
        return cell.isoformat()
    return str(cell)
