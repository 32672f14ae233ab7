"""What a credential costs and takes: money in one currency, minutes, days, each with who says so.

A price is the sum of what everybody pays to earn the credential: exam, training, tuition and other fees; membership and
renewal are shown, never added. A fee for those who pay in the asked currency comes before one of its kind for everybody
that would be converted (docs/decisions/0007). Where only some audiences have a price the range spans them; else theirs
are shown, not added. A fee without an amount makes the price unknown, and so does a currency without a rate. What is
unknown is never zero: to compare plans it counts by a stand-in (`stand_ins`), the upper quartile of the known figures
of what is earned the same way, and is never shown as that. See docs/decisions/0001.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal
from weakref import WeakKeyDictionary

from graph.index import Index
from ontology.currencies import exponent, paid_in
from ontology.records import AdvancedStanding, Assignment, Cost, Credential, Rate
from ontology.values import CostKind, Range, Source
from recommender.pathways.problem import Figure

EARNING: tuple[CostKind, ...] = ("exam", "training", "tuition", "other")
"""The kinds of cost that one pays to earn a credential."""

EarnedBy = Literal["assessment", "programme", "degree"]

EARNED_BY: tuple[EarnedBy, ...] = ("assessment", "programme", "degree")

ENOUGH = 5
"""How many known figures a way of earning needs before its own quartile is used."""


@dataclass(frozen=True, slots=True)
class PricePart:
    """One fee: the record, its amount in the asked currency (`None`: unknown), and the rates that led there."""

    cost: Cost
    amount: Range | None
    rates: tuple[Rate, ...] = ()


@dataclass(frozen=True, slots=True)
class Price:
    """What earning a credential costs in minor units of `currency`; `None` where nobody says, or not all of it.

    `parts` are all stated fees, also those that are not added; `missing` says in a word what is lacking.
    """

    currency: str
    amount: Range | None
    parts: tuple[PricePart, ...]
    missing: str | None = None


@dataclass(frozen=True, slots=True)
class Effort:
    """Minutes of work to earn a credential and who says so; `None` where nobody does."""

    minutes: Range | None
    source: Source | None = None


def price_of(index: Index, credential: str, currency: str) -> Price:
    """The price of earning a credential, in a currency."""
    parts = tuple(_part(index, cost, currency) for cost in index.costs_of(credential))
    total, missing = Range(0, 0), None
    stated = [part for part in parts if part.cost.kind in EARNING]
    earning = [part for part in stated if part.cost.audience is None] or stated
    if not earning:
        return Price(currency, None, parts, "no price is stated")
    kinds = [kind for kind in EARNING if any(part.cost.kind == kind for part in earning)]
    for kind in kinds:
        own = [part for part in stated if part.cost.kind == kind and _is_own(part.cost, currency)]
        amount, lacking = _of_kind(_without_detour([part for part in earning if part.cost.kind == kind], own, currency))
        missing = missing or lacking
        total = total + (amount or Range(0, 0))
    return Price(currency, None if missing else total, parts, missing)


def effort_of(index: Index, credential: Credential) -> Effort:
    """The work that earning a credential takes."""
    if credential.effort is None:
        return Effort(None)
    return Effort(credential.effort, index.said(credential.id, "effort"))


def convert(index: Index, amount: Range, base: str, quote: str) -> tuple[Range, tuple[Rate, ...]] | None:
    """An amount in another currency, by one stated rate or two; `None` where no rate leads there.

    Low ends are rounded down and high ends up, to whole minor units.
    """
    if base == quote:
        return amount, ()
    for path in _paths(index, base, quote):
        low, high, here = amount.low * 10**6, amount.high * 10**6, base
        for rate in path:
            there = rate.quote if rate.base == here else rate.base
            up, down = (rate.millionths, 10**6) if rate.base == here else (10**6, rate.millionths)
            up, down = up * 10 ** exponent(there), down * 10 ** exponent(here)
            low, high, here = low * up // down, -(-high * up // down), there
        return Range(low // 10**6, -(-high // 10**6)), path
    return None


def earned_by(index: Index, credential: Credential) -> EarnedBy:
    """How a credential is earned, for its figures: by an assessment alone, a programme of study, or a degree."""
    if credential.type in ("Degree", "Diploma"):
        return "degree"
    methods = {method for assessment in index.assessments_of(credential.id) for method in assessment.methods}
    by_exam = bool(methods) and methods <= {"exam", "quiz", "oral exam"}
    return "assessment" if by_exam or credential.type == "Certification" else "programme"


_REMEMBERED: WeakKeyDictionary[Index, dict[str, Mapping[tuple[str, EarnedBy], int]]] = WeakKeyDictionary()
"""Stand-ins by index and currency. An index that nobody else holds is let go."""


def stand_ins(index: Index, currency: str) -> Mapping[tuple[str, EarnedBy], int]:
    """What unknown figures count by: (`money` or `minutes`, how it is earned) to the upper quartile of the known ones.

    With fewer than `ENOUGH` known figures: the highest of them, and at least the upper quartile over all credentials.
    """
    remembered = _REMEMBERED.setdefault(index, {})
    if currency not in remembered:
        remembered[currency] = _stand_ins(index, currency)
    return remembered[currency]


def work_stand_in(index: Index, currency: str) -> int:
    """The minutes that a workplace assignment of unknown effort counts by: the upper quartile of the known ones."""
    efforts = [index.record(Assignment, id_).effort for id_ in index.ids(Assignment)]
    known = [effort.high for effort in efforts if effort is not None]
    return _upper_quartile(known) if known else max(stand_ins(index, currency)["minutes", kind] for kind in EARNED_BY)


def _stand_ins(index: Index, currency: str) -> Mapping[tuple[str, EarnedBy], int]:
    known: dict[tuple[str, EarnedBy], list[int]] = {(f, k): [] for f in ("money", "minutes") for k in EARNED_BY}
    for id_ in index.ids(Credential):
        credential = index.record(Credential, id_)
        kind = earned_by(index, credential)
        for figure, value in (("money", price_of(index, id_, currency).amount), ("minutes", credential.effort)):
            if value is not None:
                known[figure, kind].append(value.high)
    overall = {f: _upper_quartile([v for k in EARNED_BY for v in known[f, k]]) for f in ("money", "minutes")}
    return {
        (figure, kind): _upper_quartile(values) if len(values) >= ENOUGH else max([*values, overall[figure]])
        for (figure, kind), values in known.items()
    }


def _upper_quartile(values: list[int]) -> int:
    return sorted(values)[(3 * len(values) - 1) // 4] if values else 0


def counted_price(index: Index, credential: Credential, price: Price) -> Figure:
    """The price of a credential as plans count it: its high end, or its stand-in where it is unknown."""
    if price.amount is not None:
        return Figure(price.amount.high)
    return Figure(stand_ins(index, price.currency)["money", earned_by(index, credential)], known=False)


def counted_effort(index: Index, credential: Credential, currency: str) -> Figure:
    """The minutes of a credential as plans count them; `currency` is the question's, for which stand-ins are kept."""
    if credential.effort is not None:
        return Figure(credential.effort.high)
    return Figure(stand_ins(index, currency)["minutes", earned_by(index, credential)], known=False)


def taken_off(index: Index, standing: AdvancedStanding, currency: str) -> tuple[int, int]:
    """Money (minor units of `currency`, rounded down) and minutes that a standing takes off; 0 where it states none."""
    money = 0
    if standing.money_off is not None and standing.currency is not None:
        converted = convert(index, Range.exactly(standing.money_off), standing.currency, currency)
        money = converted[0].low if converted else 0
    return money, standing.minutes_off or 0


def _part(index: Index, cost: Cost, currency: str) -> PricePart:
    if cost.amount is None or cost.currency is None:
        return PricePart(cost, None)
    converted = convert(index, cost.amount, cost.currency, currency)
    return PricePart(cost, *converted) if converted else PricePart(cost, None)


def _is_own(cost: Cost, currency: str) -> bool:
    """Whether a fee is one for those who pay in the asked currency, with an amount in it."""
    return cost.amount is not None and cost.currency == currency == paid_in(cost.audience)


def _without_detour(parts: list[PricePart], own: list[PricePart], currency: str) -> list[PricePart]:
    """What one pays in the asked currency in place of what would be converted into it, where both are stated."""
    return parts if any(p.cost.amount is not None and p.cost.currency == currency for p in parts) else own or parts


def _of_kind(parts: list[PricePart]) -> tuple[Range | None, str | None]:
    """The amount of one kind of fee, the span over audiences where there are several; or what is lacking."""
    amounts = [part.amount for part in parts if part.amount is not None]
    unpriced = next((part.cost for part in parts if part.amount is None), None)
    if unpriced is not None:
        lack = "amount is not stated" if unpriced.amount is None else f"price in {unpriced.currency} has no rate"
        return None, f"the {unpriced.kind} {lack}"
    return Range(min(amount.low for amount in amounts), max(amount.high for amount in amounts)), None


def _paths(index: Index, base: str, quote: str) -> Iterable[tuple[Rate, ...]]:
    """Rates that lead from one currency to another: the newest direct one, else two through a third currency."""
    rates = sorted(index.rates(), key=lambda rate: (rate.day, rate.id), reverse=True)
    direct: dict[frozenset[str], Rate] = {}
    for rate in rates:
        if rate.millionths <= 0:
            continue
        direct.setdefault(frozenset((rate.base, rate.quote)), rate)
    if (straight := direct.get(frozenset((base, quote)))) is not None:
        yield (straight,)
    for middle in sorted({currency for pair in direct for currency in pair} - {base, quote}):
        first, second = direct.get(frozenset((base, middle))), direct.get(frozenset((middle, quote)))
        if first is not None and second is not None:
            yield (first, second)
