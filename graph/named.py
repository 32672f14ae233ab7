"""Who bears which names, as arrays that are made once and mapped by everybody: what `graph.names` looks up.

The records that people call by name are numbered through, kind by kind and each by id, so that a number needs no table
of its own. They are found by three tables of keys (`graph.packed.keys`) and by likeness (`graph.similarity`):

| arrays          | what is found by it |
|-----------------|---------------------|
| `keys.name`     | its name, in any case, spacing and punctuation |
| `keys.other`    | its other names, likewise |
| `keys.derived`  | all its names with short words written out; initials, where people freely make them |
| `like`          | all its names, written out, and their initials, by what they look like |
"""

from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from typing import cast

from graph.packed.columns import Many, Texts
from graph.packed.frozen import Frozen
from graph.packed.keys import KeysInMaking
from graph.packed.piles import Pile, Spill
from graph.spellings import initials_of, whole_words, words_of, written_out
from graph.weighing import Body, weigh
from ontology.records import Record, Role

SHORTENED: tuple[type[Record], ...] = (Role,)
"""Kinds of which people freely make initials, so that initials fit every record that has them."""

_ROWS = 4_000
"""How many records are read at a time."""

_INITIALS_COUNT = 0.75
"""How much likeness to the initials of a record counts where people do not call it by them."""


class Named:
    """The records of some kinds by number."""

    def __init__(self, frozen: Frozen, record_types: Sequence[type[Record]]) -> None:
        self._ids = frozen.ids
        self._tables = [frozen.table(record_type) for record_type in record_types]
        bounds = accumulate((len(table) for table in self._tables), initial=0)
        self._numbers = [range(first, stop) for first, stop in pairwise(bounds)]

    def __len__(self) -> int:
        return sum(map(len, self._numbers))

    def record_type(self, number: int) -> type[Record]:
        """The kind of a record."""
        return self._tables[self._place(number)].record_type

    def id(self, number: int) -> str:
        """The id of a record."""
        place = self._place(number)
        return self._tables[place].id(number - self._numbers[place].start)

    def all_names(self, number: int) -> tuple[str, ...]:
        """The name of a record, then its other names."""
        place = self._place(number)
        row, columns = number - self._numbers[place].start, self._tables[place].columns
        others = columns["other_names"][row] if "other_names" in columns else ()
        return (str(columns["name"][row]), *(others if isinstance(others, tuple) else ()))

    def with_id(self, id_: str) -> list[int]:
        """The numbers of the records with this id, of which each kind may have one."""
        number = self._ids.find(id_)
        rows = [table.row(number) for table in self._tables]
        return [of_kind[row] for of_kind, row in zip(self._numbers, rows, strict=True) if row is not None]

    def numbers_of(self, record_type: type[Record] | None) -> range:
        """The numbers of the records of a kind; of all where none is asked for."""
        if record_type is None:
            return range(len(self))
        kinds = [table.record_type for table in self._tables]
        return self._numbers[kinds.index(record_type)] if record_type in kinds else range(0)

    def walk(self) -> Iterator[tuple[int, type[Record], list[str]]]:
        """Every record: its number, its kind, and its names as in `all_names`. Quicker than one by one."""
        for table, numbers in zip(self._tables, self._numbers, strict=True):
            name, other = cast("Texts", table.columns["name"]), cast("Many | None", table.columns.get("other_names"))
            for start in range(0, len(numbers), _ROWS):
                names = name.between(start, min(start + _ROWS, len(numbers)))
                others = _others(other, start, start + len(names)) if other else [()] * len(names)
                for number, one, more in zip(numbers[start:], names, others, strict=False):
                    yield number, table.record_type, [str(one), *map(str, more)]

    def _place(self, number: int) -> int:
        return next(place for place, numbers in enumerate(self._numbers) if number in numbers)


def pack_keys(named: Named, spill: Spill | None = None) -> dict[str, Pile]:
    """The arrays of the three tables of keys."""
    name, other, derived = (KeysInMaking(spill) for _ in range(3))
    for number, record_type, names in named.walk():
        for place, each in enumerate(names):
            words = words_of(each)
            whole = written_out(words)
            (other if place else name).add("".join(words), number)
            derived.add("".join(whole), number)
            if record_type in SHORTENED:
                for form in initials_of(whole):
                    derived.add("".join(form.split()), number)
    tables = {"name": name.packed(), "other": other.packed(), "derived": derived.packed()}
    return {f"{table}.{part}": pile for table, packed in tables.items() for part, pile in packed.items()}


def pack_likeness(named: Named, spill: Spill | None = None) -> dict[str, Pile]:
    """The arrays of likeness."""
    return weigh(_bodies(named), spill)


def _others(column: Many, start: int, stop: int) -> Iterator[list[str | None]]:
    """The texts of each row from one up to another, read at once."""
    upto = [int(column.upto[start - 1]) if start else 0, *column.upto[start:stop].tolist()]
    items = cast("Texts", column.items).between(upto[0], upto[-1])
    return (items[one - upto[0] : other - upto[0]] for one, other in pairwise(upto))


def _bodies(named: Named) -> Iterator[Body]:
    for number, record_type, names in named.walk():
        counts = 1.0 if record_type in SHORTENED else _INITIALS_COUNT
        for each in names:
            whole = whole_words(each)
            yield " ".join(whole), number, 1.0
            for form in initials_of(whole):
                yield form, number, counts
