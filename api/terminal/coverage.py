"""The coverage of a ladder: each rung in a line, a map of role by competency, and every cell where it is piped."""

from collections.abc import Iterable

from api.shapes.coverage import CellShape, CoverageShape, RungCost
from api.terminal.blocks import Block, Cell, Column, Grid, Heading, Only, Page, Para, Title, Tone, Toned

MARKS: dict[str, tuple[str, Tone]] = {
    "shown": ("●", "good"),
    "unconfirmed": ("◐", "maybe"),
    "taught": ("○", "faint"),
    "none": ("✗", "bad"),
}


def coverage_page(shape: CoverageShape) -> Page:
    """The page of `credpath coverage`."""
    return [
        Title(f"Coverage of {shape.ladder}"),
        *(Para(sentence) for sentence in shape.says),
        *_rungs(shape),
        *(Only("rich", block) for block in _map(shape)),
        *(Only("plain", block) for block in _cells(shape)),
    ]


def _rungs(shape: CoverageShape) -> Iterable[Block]:
    yield Heading("Rung by rung")
    columns = [Column("", right=True), Column("Role", flexible=True)]
    columns += [Column(t, right=True) for t in ("Asks", "Shown", "Maybe", "Taught", "None", "Single")]
    columns += [Column("Cheapest", right=True)]
    rows: list[list[Cell]] = [
        [
            str(number),
            rung.role.name,
            *(str(n) for n in (rung.cells, rung.shown, rung.unconfirmed, rung.taught, rung.none, rung.one_provider)),
            _sum(rung),
        ]
        for number, rung in enumerate(shape.roles, 1)
    ]
    yield Grid(columns, rows)
    yield Para(
        "Maybe: unconfirmed. Single: rests on one provider. Cheapest: the lowest known prices of what shows or may "
        "show its criteria, each credential once; + where some have no known price.",
        "faint",
    )


def _sum(rung: RungCost) -> str:
    if rung.shown + rung.unconfirmed == rung.unpriced:
        return "not known" if rung.unpriced else "-"
    return rung.cheapest.display + (" +" if rung.unpriced else "")


def _map(shape: CoverageShape) -> Iterable[Block]:
    """Competencies down, roles across by their numbers above, a mark and how many credentials in each cell."""
    yield Heading("Competency by role")
    by_place = {(cell.competency.id, cell.role.id): cell for cell in shape.cells}
    competencies = {cell.competency.id: cell.competency.name for cell in shape.cells}
    roles = [rung.role for rung in shape.roles]
    columns = [Column("Competency", flexible=True), *(Column(str(number)) for number, _ in enumerate(roles, 1))]
    rows = [
        [name, *(_mark(by_place.get((id_, role.id))) for role in roles)]
        for id_, name in sorted(competencies.items(), key=lambda pair: pair[1])
    ]
    yield Grid(columns, rows)
    yield Para(
        "Roles by their numbers above. ● shown  ◐ unconfirmed  ○ only taught  ✗ none; beside it how many credentials",
        "faint",
    )


def _mark(cell: CellShape | None) -> Cell:
    if cell is None:
        return ""
    mark, tone = MARKS[cell.cover]
    return Toned(f"{mark} {len(cell.credentials)}" if cell.credentials else mark, tone)


def _cells(shape: CoverageShape) -> Iterable[Block]:
    yield Heading("Every cell")
    columns = [
        Column("Role", flexible=True),
        Column("Competency", flexible=True),
        Column("Level"),
        Column("Cover"),
        Column("Best proof"),
    ]
    columns += [Column("Credentials", right=True), Column("Providers", right=True), Column("Cheapest", right=True)]
    rows: list[list[Cell]] = [
        [
            cell.role.name,
            cell.competency.name,
            cell.asked.name if cell.asked else "no level",
            cell.cover,
            cell.best.band if cell.best else "-",
            str(len(cell.credentials)),
            str(len(cell.providers)),
            _cheapest(cell),
        ]
        for cell in shape.cells
    ]
    yield Grid(columns, rows)


def _cheapest(cell: CellShape) -> str:
    if cell.cheapest is None or cell.cheapest.price.amount is None:
        return "not stated" if cell.credentials else "-"
    return cell.cheapest.price.amount.display
