"""A table of people becomes questions that name nobody: who somebody is stays here, and no worker learns it.

A row is read by the very rules of `credpath next`. One that cannot be used is kept with the reason, so that nobody is
lost. People who ask the same thing share one question.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TypeVar

from api.asking.picking import unattended
from api.asking.reading import Asked, read_person_asked, read_question, target_of
from api.batch.columns import find_columns
from api.batch.planning import Asking
from api.catalogue import Catalogue
from api.sentences import batch as says
from api.settings import Settings
from loaders.table.reader import WORKBOOKS
from loaders.table.rows import Row, count_headings, find_encoding, is_longer, read_text_rows, refuse
from loaders.table.sheets import read_sheet_rows
from ontology.errors import BadValue, InputError
from ontology.person import Person
from recommender.question import Question

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A row that is not empty: its number as a spreadsheet shows it, and its cells by our column.

    `misread` says why its cells may stand under the wrong headings.
    """

    number: int
    cells: dict[str, str]
    misread: str | None = None


@dataclass(frozen=True, slots=True)
class People:
    """A table of people, and the headings that were not read."""

    rows: tuple[PersonRow, ...]
    not_read: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """What became of a row: the question that it asks, by its number, or the reason why it asks none."""

    row: int
    person: str
    asks: int | None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a whole table asks: an entry for each row, and the questions, each once."""

    entries: tuple[Entry, ...]
    questions: tuple[Asking, ...]

    @property
    def refused(self) -> tuple[Entry, ...]:
        """The rows that cannot be used."""
        return tuple(entry for entry in self.entries if entry.asks is None)


def read_people(path: Path) -> People:
    """The rows of a CSV file (.csv.gz too) or of the first sheet of a workbook. Raises `Unreadable`."""
    if not path.is_file():
        raise refuse(path, "the file", "something that is no file" if path.exists() else "no such file", "a table")
    rows = _rows(path)
    headings = next(rows, None)
    if headings is None:
        raise refuse(path, "row 1", "an empty file", "a row of headings")
    places, not_read = find_columns(path.name, headings.cells)
    width = len(headings.cells) if _is_workbook(path) else count_headings(headings.cells)
    found = tuple(_person_row(row, places, width) for row in rows if any(cell.strip() for cell in row.cells))
    if not found:
        raise refuse(path, "row 2", "no row below the headings", "a row for each person")
    return People(found, not_read)


def read_wanted(
    people: People, common: Asked, catalogue: Catalogue, settings: Settings, today: date, *, to_next_rung: bool
) -> Wanted:
    """The questions of a table. `common` is asked by all; a row's own words go before it.

    Raises an `InputError` only where `common` itself cannot be used; what is wrong in a row stays with it.
    """
    with unattended():
        reader = _Reader(common, catalogue, settings, today, to_next_rung=to_next_rung)
        reader.check()
        return reader.read(people.rows)


class _Reader:
    """Reads rows; words that stand in many of them are looked up once."""

    def __init__(
        self, common: Asked, catalogue: Catalogue, settings: Settings, today: date, *, to_next_rung: bool
    ) -> None:
        self._common, self._catalogue, self._settings, self._today = common, catalogue, settings, today
        self._to_next_rung = to_next_rung
        self._people: dict[tuple[str, ...], Person | InputError] = {}
        self._targets: dict[str, str | InputError | None] = {}
        self._questions: dict[tuple[str, ...], Question | InputError] = {}

    def check(self) -> None:
        """Whether what is asked of all can be asked. Raises an `InputError`."""
        target_of(self._common, self._catalogue)
        read_question(self._common, self._catalogue, self._settings, self._today)

    def read(self, rows: Sequence[PersonRow]) -> Wanted:
        """An entry for each row, in order, and the questions in the order of their first asking."""
        numbers: dict[Asking, int] = {}
        first: dict[str, int] = {}
        entries = []
        for row in rows:
            person = row.cells["person"]
            before = first.setdefault(person, row.number)
            try:
                if row.misread is not None:
                    raise BadValue(row.misread)
                if not person:
                    raise BadValue(says.nobody())
                if before != row.number:
                    raise BadValue(says.twice(before))
                asks = numbers.setdefault(self._asking(row.cells), len(numbers))
                entries.append(Entry(row.number, person, asks))
            except InputError as error:
                entries.append(Entry(row.number, person, None, str(error)))
        return Wanted(tuple(entries), tuple(numbers))

    def _asking(self, cells: dict[str, str]) -> Asking:
        def words(*names: str) -> tuple[str, ...]:
            return tuple(cells.get(name, "") for name in names)

        about, limits = (
            words("role", "credentials", "verified", "levels", "facts"),
            words("hours_per_week", "budget", "by"),
        )
        person = _once(self._people, about, lambda: self._person(*about))
        to = cells.get("to") or self._common.to or ""
        target = _once(self._targets, to, lambda: self._target(to))
        if target is None and not self._to_next_rung:
            raise BadValue(says.no_target())
        if target is None and person.role is None:
            raise BadValue(says.no_role())
        return Asking(person, target, _once(self._questions, limits, lambda: self._question(*limits)))

    def _person(self, role: str, credentials: str, verified: str, levels: str, facts: str) -> Person:
        asked = Asked(role=role or None, have=_parts(credentials), levels=_parts(levels), facts=_parts(facts))
        person = read_person_asked(asked, self._catalogue, self._today)
        sure = read_person_asked(Asked(have=_parts(verified)), self._catalogue, self._today).holdings
        held = {holding.credential: holding for holding in person.holdings}
        held |= {holding.credential: replace(holding, verified=True) for holding in sure}
        return replace(person, holdings=tuple(held[id_] for id_ in sorted(held)))

    def _target(self, to: str) -> str | None:
        return target_of(Asked(to=to), self._catalogue) if to else None

    def _question(self, hours: str, budget: str, by: str) -> Question:
        asked = self._common
        if hours:
            asked = replace(asked, hours=_number(hours))
        if budget:
            asked = replace(asked, budget=budget + (asked.currency or "") if budget[-1].isdigit() else budget)
        if by:
            asked = replace(asked, by=by)
        return read_question(asked, self._catalogue, self._settings, self._today)


def _is_workbook(path: Path) -> bool:
    return path.suffix.lower() in WORKBOOKS


def _person_row(row: Row, places: Mapping[str, int], width: int) -> PersonRow:
    cells = {name: _cell(row, place) for name, place in places.items()}
    return PersonRow(row.number, cells, says.too_long(len(row.cells), width) if is_longer(row, width) else None)


def _rows(path: Path) -> Iterator[Row]:
    if _is_workbook(path):
        return read_sheet_rows(path, None)
    return read_text_rows(path, find_encoding(path).name, None)


def _cell(row: Row, place: int) -> str:
    return row.cells[place].strip() if place < len(row.cells) else ""


def _parts(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(";") if part.strip()]


def _number(words: str) -> float:
    try:
        return float(words)
    except ValueError as error:
        raise BadValue(says.no_number(words)) from error


K = TypeVar("K")


def _once(known: dict[K, T | InputError], key: K, read: Callable[[], T]) -> T:
    """What was read for a key, read when it is first asked for; what was wrong with it is wrong each time."""
    if key not in known:
        try:
            known[key] = read()
        except InputError as error:
            known[key] = error
    found = known[key]
    if isinstance(found, InputError):
        raise found
    return found
