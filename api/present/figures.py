"""Prices, efforts and elapsed days with their parts and who says them."""

from collections import Counter
from functools import lru_cache

from api.present.view import View, days, minutes
from api.sentences import figures as says
from api.shapes.figures import EffortShape, ElapsedShape, Fee, PriceShape, RateShape
from graph.index import Index
from ontology.records import Assignment, Credential, Rate
from ontology.values import Range
from recommender.figures import EARNING, ENOUGH, EarnedBy, Effort, Price, PricePart, earned_by, price_of
from recommender.pathways.problem import Figure


def price(
    view: View, value: Price, *, counted: Figure | None = None, credential: Credential | None = None
) -> PriceShape:
    """A price; `counted` is how plans count it, where it was counted."""
    stand_in = counted.counts if counted is not None and not counted.known else None
    rule = _stand_in_rule(view, "prices", credential) if stand_in is not None else ""
    return PriceShape(
        amount=view.money(value.amount),
        unknown_because=None if value.amount is not None else says.unknown_price(value),
        counted_as=view.money(Range.exactly(stand_in)) if stand_in is not None else None,
        rule=says.PRICE_RULE if stand_in is None else rule,
        fees=tuple(_fee(view, part) for part in value.parts),
        says=says.price(value, stand_in, rule),
    )


def effort(
    view: View, value: Effort, *, counted: Figure | None = None, credential: Credential | None = None
) -> EffortShape:
    """An effort; `counted` is how plans count it, where it was counted."""
    stand_in = counted.counts if counted is not None and not counted.known else None
    rule = _stand_in_rule(view, "efforts", credential) if stand_in is not None else ""
    derived = value.source.rule if value.source is not None else None
    return EffortShape(
        minutes=minutes(value.minutes),
        unknown_because=None if value.minutes is not None else "nobody states how much work it takes",
        counted_as=minutes(Range.exactly(stand_in)) if stand_in is not None else None,
        rule=rule if stand_in is not None else derived,
        source=view.cite(value.source) if value.source is not None and value.minutes is not None else None,
        says=says.effort(value.minutes, stand_in, rule),
    )


def elapsed(view: View, thing: Credential | Assignment) -> ElapsedShape:
    """The days that a provider states."""
    return ElapsedShape(
        days=days(thing.elapsed), source=view.said(thing.id, "elapsed") if thing.elapsed is not None else None
    )


def rate(view: View, value: Rate) -> RateShape:
    """An exchange rate."""
    return RateShape(
        base=value.base,
        quote=value.quote,
        value=f"{value.millionths / 10**6:.6f}".rstrip("0").rstrip("."),
        day=value.day,
        source=view.cite(value.source),
    )


def _stand_in_rule(view: View, figure: str, credential: Credential | None) -> str:
    if credential is None:
        return says.stand_in_rule(figure, None, enough=True)
    kind = earned_by(view.index, credential)
    return says.stand_in_rule(figure, kind, enough=_known(view.index, view.currency)[figure, kind] >= ENOUGH)


@lru_cache(maxsize=16)
def _known(index: Index, currency: str) -> Counter[tuple[str, EarnedBy]]:
    """How many figures of each way of earning are known."""
    found: Counter[tuple[str, EarnedBy]] = Counter()
    for id_ in index.ids(Credential):
        credential = index.record(Credential, id_)
        kind = earned_by(index, credential)
        found["prices", kind] += price_of(index, id_, currency).amount is not None
        found["efforts", kind] += credential.effort is not None
    return found


def _fee(view: View, part: PricePart) -> Fee:
    cost = part.cost
    return Fee(
        kind=cost.kind,
        audience=cost.audience,
        stated=view.money(cost.amount, cost.currency) if cost.currency else None,
        converted=view.money(part.amount),
        in_price=cost.kind in EARNING,
        rates=tuple(rate(view, value) for value in part.rates),
        source=view.cite(cost.source),
    )
