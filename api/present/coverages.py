"""The coverage of a ladder: cells, and what each rung comes to."""

from api.present import figures, proof
from api.present.view import View
from api.sentences import coverage as says
from api.shapes.coverage import CellShape, CheapestShape, CoverageShape, RungCost
from ontology.values import Range
from recommender.coverage import Cell, Coverage


def coverage(view: View, ladder: str, value: Coverage) -> CoverageShape:
    """Role by competency. `ladder` is how the ladder is called."""
    tally = {cover: sum(cell.cover == cover for cell in value.cells) for cover in ("shown", "unconfirmed", "taught")}
    single = sum(_rests_on_one(cell) for cell in value.cells)
    spoken_to = {cell.option.competency for cell in value.cells if cell.cover != "none"}
    nowhere = sorted(
        {view.name(cell.option.competency or "") for cell in value.cells if cell.option.competency not in spoken_to}
    )
    sentences = says.ladder(len(value.cells), tally["shown"], tally["unconfirmed"], tally["taught"], single)
    if nowhere:
        sentences.append(says.nowhere(nowhere))
    return CoverageShape(
        ladder=ladder,
        currency=view.currency,
        roles=tuple(_rung(view, role, [cell for cell in value.cells if cell.role == role]) for role in value.roles),
        cells=tuple(_cell(view, cell) for cell in value.cells),
        says=tuple(sentences),
        revision=view.index.revision,
        rubric=view.rubric.version,
    )


def _rests_on_one(cell: Cell) -> bool:
    return _counts(cell) and len(cell.providers) + len(cell.others) == 1


def _cell(view: View, cell: Cell) -> CellShape:
    competency = cell.option.competency or ""
    cheapest = None
    if cell.cheapest is not None:
        id_, price = cell.cheapest
        cheapest = CheapestShape(credential=view.named(id_), price=figures.price(view, price))
    return CellShape(
        role=view.named(cell.role),
        requirement=cell.requirement.id,
        competency=view.named(competency),
        asked=view.level(cell.option.level, competency),
        cover=cell.cover,
        best=proof.strength(view, cell.best) if cell.best else None,
        credentials=view.all_named(cell.credentials),
        providers=view.all_named(cell.providers),
        others=view.all_named(cell.others),
        cheapest=cheapest,
        work=view.all_named(cell.work),
        says=says.cell(cell.cover, len(cell.credentials), len(cell.providers)),
    )


def _rung(view: View, role: str, cells: list[Cell]) -> RungCost:
    priced = {cell.cheapest[0]: cell.cheapest[1].amount for cell in cells if cell.cheapest and _counts(cell)}
    total = sum((amount for amount in priced.values() if amount is not None), Range(0, 0))
    return RungCost(
        role=view.named(role),
        cells=len(cells),
        shown=sum(cell.cover == "shown" for cell in cells),
        unconfirmed=sum(cell.cover == "unconfirmed" for cell in cells),
        taught=sum(cell.cover == "taught" for cell in cells),
        none=sum(cell.cover == "none" for cell in cells),
        one_provider=sum(_rests_on_one(cell) for cell in cells),
        cheapest=view.sure_money(total),
        unpriced=sum(cell.cheapest is None for cell in cells if _counts(cell)),
    )


def _counts(cell: Cell) -> bool:
    return cell.cover in ("shown", "unconfirmed")
