"""One thing of the catalogue with who says what, and the candidates for words."""

from collections.abc import Iterable

from api.sentences.words import join
from api.shapes.basics import Citation
from api.shapes.entries import EntryShape, FindShape
from api.shapes.figures import Fee
from api.terminal.blocks import Block, Cell, Column, Facts, Grid, Heading, Page, Para, Point, Title, Toned
from api.terminal.plan import BANDS, assignment

HOW = {"standing": "takes something off"}
"""How one credential leads to another, where the word of the JSON is too short to be understood."""


def entry_page(shape: EntryShape) -> Page:
    """The page of `credpath show`."""
    blocks: list[Block] = [Title(f"{shape.name} ({shape.kind})"), Para(shape.id, "faint")]
    below = {"effort"} if shape.effort is not None else set()  # told with the price
    stated = [each for each in shape.stated if each.field not in below]
    if stated:
        blocks.append(Facts([(each.field, f"{each.value}  [{who(each.source)}]") for each in stated]))
    if shape.assignment is not None:
        blocks += assignment(shape.assignment, 0)
    blocks += [*_figures(shape), *_requires(shape), *_levels(shape), *_claims(shape), *_links(shape)]
    if shape.disagreements:
        blocks.append(Heading("Others say otherwise"))
        blocks += [Point(f"{each.field}: {each.value}  [{who(each.source)}]") for each in shape.disagreements]
    return blocks


def find_page(shape: FindShape) -> Page:
    """The page of `credpath find`."""
    if not shape.matches:
        return [Para(f"Nothing is called anything like {shape.words!r}.")]
    columns = [Column("Kind"), Column("Name", flexible=True), Column("Id"), Column("Matched")]
    rows: list[list[Cell]] = [
        [match.kind, match.name, Toned(match.id, "faint"), "exactly" if match.exact else ", ".join(match.matched_words)]
        for match in shape.matches
    ]
    return [Grid(columns, rows)]


def who(citation: Citation) -> str:
    """Who says so, in few words."""
    says = {"editors": "our editors", "others": "a third party"}.get(citation.voice, citation.voice)
    when = f", {citation.date}" if citation.date else ""
    rule = ", derived" if citation.rule else ""
    return f"{says}{when}{rule}"


def _figures(shape: EntryShape) -> Iterable[Block]:
    if shape.price is None or shape.effort is None:
        return
    yield Heading("Price and effort")
    rows = [("price", shape.price.says), *((_label(fee), _fee(fee)) for fee in shape.price.fees)]
    effort = shape.effort.says + (f"  [{who(shape.effort.source)}]" if shape.effort.source else "")
    rows.append(("effort", effort))
    if shape.elapsed is not None and shape.elapsed.days is not None:
        rows.append(("from start to award", shape.elapsed.days.display))
    yield Facts(rows)


def _label(fee: Fee) -> str:
    return f"  {fee.kind}" + (f" ({fee.audience})" if fee.audience else "")


def _fee(fee: Fee) -> str:
    if fee.stated is None:
        return f"amount not stated  [{who(fee.source)}]"
    into = ""
    if fee.rates and fee.converted is not None:
        into = f" = {fee.converted.display} at the rate of {fee.rates[0].day.isoformat()}"
    return f"{fee.stated.display}{into}  [{who(fee.source)}]" + ("" if fee.in_price else ", not part of the price")


def _requires(shape: EntryShape) -> Iterable[Block]:
    if shape.requires:
        yield Heading("Asks for")
    for condition in shape.requires:
        yield Point(f"{condition.says}  [{who(condition.source)}]")


def _levels(shape: EntryShape) -> Iterable[Block]:
    if shape.levels:
        yield Heading("Levels")
        yield Facts([(level.name, level.looks_like or "no words") for level in shape.levels])


def _claims(shape: EntryShape) -> Iterable[Block]:
    if not shape.claims:
        return
    yield Heading("Speaks to" if shape.kind != "competency" else "Who speaks to it")
    columns = [
        Column("Competency" if shape.kind != "competency" else "By", flexible=True),
        Column("Level"),
        Column("How"),
        Column("Proof"),
        Column("Said by"),
    ]
    rows: list[list[Cell]] = [
        [
            each.claim.subject.name if shape.kind == "competency" else each.claim.competency.name,
            each.claim.level.name if each.claim.level else "no level",
            each.claim.mode,
            Toned(each.strength.band, BANDS.get(each.strength.band_low, ""))
            if each.claim.mode == "assesses"
            else Toned("none", "faint"),
            who(each.claim.source),
        ]
        for each in shape.claims
    ]
    yield Grid(columns, rows)
    if shape.kind != "competency":
        alike: dict[str, list[str]] = {}
        for each in shape.claims:
            if each.claim.mode == "assesses":
                alike.setdefault(each.says, []).append(each.claim.competency.name)
        for says, names in alike.items():
            yield Point(f"It {says}." if len(alike) == 1 else f"{join(names)}: it {says}.")


def _links(shape: EntryShape) -> Iterable[Block]:
    if shape.leads_to:
        yield Heading("Leads to")
        yield Facts([(HOW.get(each.how, each.how), each.credential.name) for each in shape.leads_to])
    if shape.next_roles:
        yield Heading("Next roles")
        yield from (Point(role.name) for role in shape.next_roles)
    if shape.offers:
        yield Heading("Offers")
        yield from (Point(each.name) for each in shape.offers)
