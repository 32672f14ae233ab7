"""What a page is made of: a few kinds of block, so that each page is written once and drawn richly or plainly."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

Tone = Literal["", "good", "maybe", "bad", "faint", "strong"]
"""What a colour would mean; plain drawing has none, so words say the same."""


@dataclass(frozen=True, slots=True)
class Toned:
    """Words with a tone."""

    text: str
    tone: Tone


@dataclass(frozen=True, slots=True)
class Bar:
    """A level bar: what is met and what is asked, of so many levels. Plain drawing leaves it to the words beside it."""

    have: int
    asked: int
    levels: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of days within a whole. Plain drawing leaves it to the dates beside it."""

    start: int
    end: int
    whole: int


Cell: TypeAlias = str | Toned | Bar | Stretch


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a grid. The one that is `flexible` takes what room is left, and is wrapped."""

    title: str
    right: bool = False
    flexible: bool = False
    drawn: bool = False
    """Bars and stretches only: left out of plain drawing."""


@dataclass(frozen=True, slots=True)
class Title:
    """The first line of a page."""

    text: str


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of a part."""

    text: str


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph, wrapped."""

    text: str
    tone: Tone = ""
    indent: int = 0


@dataclass(frozen=True, slots=True)
class Point:
    """A paragraph that hangs on a mark."""

    text: str
    mark: str = "-"
    tone: Tone = ""
    indent: int = 0


@dataclass(frozen=True, slots=True)
class Facts:
    """Labels and what stands beside them, aligned."""

    rows: Sequence[tuple[str, str]]
    indent: int = 0


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows under columns."""

    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    indent: int = 0


@dataclass(frozen=True, slots=True)
class Blank:
    """An empty line."""


@dataclass(frozen=True, slots=True)
class Only:
    """A block for one way of drawing."""

    where: Literal["rich", "plain"]
    block: "Block"


Block: TypeAlias = Title | Heading | Para | Point | Facts | Grid | Blank | Only
Page: TypeAlias = Sequence[Block]
