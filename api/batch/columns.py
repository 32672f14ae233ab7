"""The columns of a table of people, each with what it means: the template, the reader and the documentation share them.

Whoever keeps such a table has further columns (a name, a department); they are left alone. A heading that is nearly one
of ours, holds one of our words or says the same in others likely means one, and is refused before anybody is planned
for without what they hold, or beyond what they can spend.
"""

import csv
import difflib
import io
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from ontology.errors import BadValue, Refusal, Unreadable


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, what stands in it, and what the template shows in its two rows."""

    name: str
    hint: str
    examples: tuple[str, str]


COLUMNS = (
    Column("person", "Whom the row is about: any words or number, once in the table.", ("1001", "1002")),
    Column("role", "The current role, by its name or id.", ("Associate delivery manager", "Business analyst")),
    Column("to", "The role they go for. Empty: --to, or the next rung with --to-next-rung.", ("", "Delivery manager")),
    Column(
        "credentials",
        "Held, as the person says: CREDENTIAL or CREDENTIAL@DATE, parted by semicolons.",
        ("Professional Scrum Master I@2024-05-17", ""),
    ),
    Column("verified", "Held, and somebody other than the person has confirmed it; written alike.", ("", "")),
    Column("levels", "What the person says of themselves: COMPETENCY=LEVEL, parted by semicolons.", ("", "")),
    Column("facts", "What only the person can confirm: WORDS=yes or WORDS=no, parted by semicolons.", ("", "")),
    Column("hours_per_week", "Hours a week for it. Empty: --hours-per-week.", ("5", "7.5")),
    Column("budget", "At most so much, such as 2000GBP. Empty: --budget.", ("", "1500GBP")),
    Column("by", "Done by this day, such as 2027-06-30. Empty: --by.", ("2027-12-31", "")),
)

NAMES = tuple(column.name for column in COLUMNS)

LIKE = 0.8
"""So much like a heading of ours is a slip."""


MEANT = (
    ("target date", "by"), ("target", "to"), ("goal", "to"), ("role to", "to"), ("next role", "to"), ("new role", "to"),
    ("desired role", "to"), ("wanted role", "to"), ("future role", "to"), ("role", "role"), ("verified", "verified"),
    ("credential", "credentials"), ("certification", "credentials"), ("certificate", "credentials"),
    ("qualification", "credentials"), ("held", "credentials"), ("level", "levels"), ("competency", "levels"),
    ("competencies", "levels"), ("skill", "levels"), ("fact", "facts"), ("hour", "hours_per_week"),
    ("hrs", "hours_per_week"), ("budget", "budget"), ("deadline", "by"), ("person", "person"),
)  # fmt: skip
"""Words that make a heading mean a column wherever they stand in it, one or many; the first that fit count."""

SAME: dict[str, str] = {
    **dict.fromkeys(("going_to", "go_to", "goes_to", "moving_to", "move_to"), "to"),
    **dict.fromkeys(("due", "due_date", "due_by", "done_by", "finish_by", "ready_by", "complete_by", "until"), "by"),
    **dict.fromkeys(("job", "job_title", "position"), "role"),
    **dict.fromkeys(("max_cost", "max_price", "spend"), "budget"),
}
"""Headings that mean a column as a whole, where that one is not there itself."""


def plain(heading: str) -> str:
    """A heading as it is compared.

    >>> plain(" Hours per week"), plain("To")
    ('hours_per_week', 'to')
    """
    return re.sub(r"[\s_-]+", "_", heading.strip().casefold())


def meant_by(heading: str, there: Collection[str] = ()) -> str | None:
    """The column that a heading is likely to mean where it is none of ours; `there` are those that the table has.

    >>> meant_by("Budget (GBP)"), meant_by("Target role"), meant_by("By when"), meant_by("Reports to")
    ('budget', 'to', 'by', None)
    """
    name = plain(heading)
    if near := difflib.get_close_matches(name, NAMES, n=1, cutoff=LIKE):
        return near[0]
    words: list[str] = [word.removesuffix("s") for word in re.findall(r"[^\W_]+", name)]
    if words and words[0] in ("to", "by"):
        return words[0]
    for meaning, column in MEANT:
        if {word.removesuffix("s") for word in meaning.split()}.issubset(words):
            return column
    same = SAME.get(name)
    return None if same in there else same


def find_columns(file: str, headings: Sequence[str]) -> tuple[dict[str, int], tuple[str, ...]]:
    """Where each of our columns stands, and the headings that mean nothing to us.

    Raises `Unreadable` where `person` is missing, a column is there twice, or a heading likely means one of ours.
    """
    there = set(map(plain, headings)).intersection(NAMES)
    places: dict[str, int] = {}
    others: list[str] = []
    refusals: list[Refusal] = []
    for place, heading in enumerate(headings):
        name = plain(heading)
        if name in places:
            refusals.append(Refusal(file, "the headings", f"two columns {name}", "one"))
        elif name in NAMES:
            places[name] = place
        elif meant := meant_by(heading, there):
            refusals.append(Refusal(file, "the headings", repr(heading.strip()), f"{meant}, or a name less like it"))
        elif name:
            others.append(heading.strip())
    if "person" not in places:
        refusals.append(Refusal(file, "the headings", "no column person", known_columns()))
    if refusals:
        raise Unreadable(tuple(refusals))
    return places, tuple(others)


def known_columns() -> str:
    """What is expected of headings.

    >>> known_columns()[:24]
    'some of: person, role, t'
    """
    return f"some of: {', '.join(NAMES)}"


def write_people_template(path: Path) -> None:
    """Write a table of two people to fill in. Raises `BadValue` where something is there, or it cannot be written."""
    text = io.StringIO(newline="")
    table = csv.writer(text)
    table.writerow(NAMES)
    table.writerows(zip(*(column.examples for column in COLUMNS), strict=True))
    try:
        with path.open("x", encoding="utf-8", newline="") as file:
            file.write(text.getvalue())
    except FileExistsError as error:
        raise BadValue(f"{path} is there already; give another name, so that nothing is overwritten") from error
    except OSError as error:
        raise BadValue(f"{path} cannot be written: {error.strerror or error}") from error
