"""What a page is made of: a few kinds of block, so that each page is written once and drawn richly or plainly.

Words come from records of anybody. Here they become blocks, and here control characters go, for either drawing.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Literal, TypeAlias

from api.terminal.bare import bare

Tone = Literal["", "good", "maybe", "bad", "faint", "strong"]
"""What a colour would mean; plain drawing has none, so words say the same."""


class Words:
    """What holds words: they are made bare when it is made."""

    __slots__ = ()

    def __post_init__(self) -> None:
        for each in fields(self):  # type: ignore[arg-type]  # every kind of words is a dataclass
            object.__setattr__(self, each.name, _bared(getattr(self, each.name)))


def _bared(value: object) -> object:
    match value:
        case str():
            return bare(value)
        case list() | tuple():
            return tuple(map(_bared, value))
        case _:
            return value


@dataclass(frozen=True, slots=True)
class Toned(Words):
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
class Column(Words):
    """A column of a grid. The one that is `flexible` takes what room is left, and is wrapped."""

    title: str
    right: bool = False
    flexible: bool = False
    drawn: bool = False
    """Bars and stretches only: left out of plain drawing."""


@dataclass(frozen=True, slots=True)
class Title(Words):
    """The first line of a page."""

    text: str


@dataclass(frozen=True, slots=True)
class Heading(Words):
    """The heading of a part."""

    text: str


@dataclass(frozen=True, slots=True)
class Para(Words):
    """A paragraph, wrapped."""

    text: str
    tone: Tone = ""
    indent: int = 0


@dataclass(frozen=True, slots=True)
class Point(Words):
    """A paragraph that hangs on a mark."""

    text: str
    mark: str = "-"
    tone: Tone = ""
    indent: int = 0


@dataclass(frozen=True, slots=True)
class Facts(Words):
    """Labels and what stands beside them, aligned."""

    rows: Sequence[tuple[str, str]]
    indent: int = 0


@dataclass(frozen=True, slots=True)
class Grid(Words):
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
