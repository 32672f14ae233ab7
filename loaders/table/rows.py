"""Rows of a CSV file (also .gz) as texts, streamed: a large file costs time and no memory, a broken one is refused.

A CSV file does not say how its letters are encoded. UTF-8 and the byte order marks are sure; where the bytes are no
UTF-8, what charset-normalizer finds between UTF-16 and Windows-1252 is taken and said in a note; else it is refused.
"""

import codecs
import csv
import gzip
import io
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, TextIO, cast

from charset_normalizer import from_bytes

from ontology.errors import Refusal, Unreadable

MAX_BYTES = 4_000_000_000
"""Of text, unpacked."""
MAX_CELL = 131_072
"""Characters: what the csv module takes unless it is told otherwise, which this module never does."""
MAX_COLUMNS = 2_000
MAX_CELLS = 200_000_000
CHUNK = 1 << 20
SAMPLE = 1 << 18
DELIMITERS = (",", ";", "\t", "|")
BYTE_ORDER_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


@dataclass(frozen=True, slots=True)
class Row:
    """One row. `number` counts from 1 as a spreadsheet shows it: a cell of several lines is still in one row."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Encoding:
    """How the letters of a file are written, and whether that was guessed."""

    name: str
    guessed: bool


def refuse(path: Path, place: str, found: str, expected: str) -> Unreadable:
    """The error that a file cannot be read."""
    return Unreadable((Refusal(path.name, place, found, expected),))


def count_headings(cells: Sequence[str]) -> int:
    """How many columns the headings of a text file have: empty cells at their end head nothing.

    >>> count_headings(("course", "", "fee", "", " "))
    3
    """
    return max((place for place, cell in enumerate(cells, 1) if cell.strip()), default=0)


def is_longer(row: Row, width: int) -> bool:
    """Whether something stands beyond the last heading.

    Then an unquoted separator within a cell, as in 2,5 or 2,000, has most likely moved all that follows it.
    """
    return any(cell.strip() for cell in row.cells[width:])


@contextmanager
def open_bytes(path: Path) -> Iterator[BinaryIO]:
    """The bytes of a file, unpacked where its name ends in .gz."""
    if path.suffix == ".gz":
        with gzip.open(path, "rb") as stream:
            yield cast("BinaryIO", stream)
    else:
        with path.open("rb") as stream:
            yield stream


def find_encoding(path: Path) -> Encoding:
    """The encoding of a text file. Raises `Unreadable` for an empty file and for bytes that no encoding explains."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    size = 0
    head = b""
    try:
        with open_bytes(path) as stream:
            while chunk := stream.read(CHUNK):
                head = head or chunk[:SAMPLE]
                for mark, name in BYTE_ORDER_MARKS:
                    if size == 0 and chunk.startswith(mark):
                        return Encoding(name, guessed=False)
                if b"\0" in chunk:
                    return guess_encoding(path, head, "bytes of value 0, which no text in UTF-8 has")
                decoder.decode(chunk)
                size += len(chunk)
                if size > MAX_BYTES:
                    raise refuse(path, "size", f"more than {MAX_BYTES} bytes", f"at most {MAX_BYTES} bytes of text")
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        around = read_around(path, max(0, size + error.start - SAMPLE // 2))
        return guess_encoding(
            path, around, f"the byte 0x{error.object[error.start]:02x} after about {size + error.start}"
        )
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise refuse(path, "file", str(error), "a whole gzip file") from error
    if size == 0:
        raise refuse(path, "row 1", "an empty file", "a row of headings")
    return Encoding("utf-8", guessed=False)


def read_around(path: Path, start: int) -> bytes:
    """A sample of the file from about `start`, at an even offset."""
    with open_bytes(path) as stream:
        stream.seek(start - start % 2)
        return stream.read(SAMPLE)


def guess_encoding(path: Path, sample: bytes, found: str) -> Encoding:
    """Windows-1252 or UTF-16 without its mark, where they explain the bytes. Raises `Unreadable` where neither does."""
    candidates = ["utf_16_le", "utf_16_be"] if b"\0" in sample else ["cp1252"]
    best = from_bytes(sample, cp_isolation=candidates, threshold=0.3).best()
    if best is None:
        expected = "text in UTF-8 (or Windows-1252 or UTF-16); name its encoding in the mapping if it is another"
        raise refuse(path, "bytes", found, expected)
    return Encoding(best.encoding, guessed=True)


def read_text_rows(path: Path, encoding: str, delimiter: str | None) -> Iterator[Row]:
    """The rows of a CSV file, the headings first. Raises `Unreadable` at the row that cannot be read."""
    number = cells = 0
    try:
        with open_text(path, encoding) as text:
            for row in csv.reader(text, delimiter=delimiter or find_delimiter(path, encoding), strict=False):
                number += 1
                cells += len(row)
                if len(row) > MAX_COLUMNS:
                    raise refuse(path, f"row {number}", f"{len(row)} columns", f"at most {MAX_COLUMNS} columns")
                if cells > MAX_CELLS:
                    raise refuse(path, f"row {number}", f"more than {MAX_CELLS} cells", f"at most {MAX_CELLS} cells")
                yield Row(number, tuple(row))
    except csv.Error as error:
        expected = f"cells of at most {MAX_CELL} characters, and a closing quote for each opening one"
        raise refuse(path, f"row {number + 1}", str(error), expected) from error
    except UnicodeError as error:
        raise refuse(path, f"about row {number + 1}", str(error), f"text in {encoding}") from error
    except LookupError as error:
        raise refuse(path, "encoding", repr(encoding), "the name of an encoding, such as utf-8 or cp1252") from error


def find_delimiter(path: Path, encoding: str) -> str:
    """What parts the cells of the first line: whichever of comma, semicolon, tab and bar it has most of."""
    with open_text(path, encoding) as text:
        first = text.readline(SAMPLE)
    return max(DELIMITERS, key=first.count)


@contextmanager
def open_text(path: Path, encoding: str) -> Iterator[TextIO]:
    """The text of a file, with its line ends as they are."""
    with open_bytes(path) as stream, io.TextIOWrapper(stream, encoding=encoding, errors="strict", newline="") as text:
        yield text
