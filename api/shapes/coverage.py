"""How the competencies of a ladder are covered (`credpath coverage --json`)."""

from typing import Literal

from api.shapes.basics import Level, Money, Named, Shape
from api.shapes.figures import PriceShape
from api.shapes.proof import StrengthShape


class CheapestShape(Shape):
    """The credential at a cell's best cover with the lowest known price."""

    credential: Named
    price: PriceShape


class CellShape(Shape):
    """One requirement of one role."""

    role: Named
    requirement: str
    competency: Named
    asked: Level | None
    cover: Literal["shown", "unconfirmed", "taught", "none"]
    """The best: a credential shows it, may show it, only teaches toward it, or none speaks to it."""
    best: StrengthShape | None
    credentials: tuple[Named, ...]
    providers: tuple[Named, ...]
    others: tuple[Named, ...]
    """Further providers, of credentials that only may show what those of `providers` show."""
    cheapest: CheapestShape | None
    """Null: no credential, or none with a known price."""
    work: tuple[Named, ...]
    says: str


class RungCost(Shape):
    """The cheapest known prices of one rung's shown cells, summed over distinct credentials."""

    role: Named
    cells: int
    shown: int
    unconfirmed: int
    taught: int
    none: int
    one_provider: int
    """Cells that rest on one provider only: nobody else shows them, or may show them."""
    cheapest: Money
    """Sum over the distinct cheapest credentials of its shown and unconfirmed cells: an upper view, no plan."""
    unpriced: int
    """Shown or unconfirmed cells without any known price; they are not in the sum."""


class CoverageShape(Shape):
    """Role by competency."""

    ladder: str
    currency: str
    roles: tuple[RungCost, ...]
    cells: tuple[CellShape, ...]
    says: tuple[str, ...]
    revision: str
    rubric: str
