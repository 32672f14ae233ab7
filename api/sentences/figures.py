"""What a price or an effort is, what it is not known to be, and what stands in for it when plans are compared."""

from collections.abc import Mapping, Sequence

from api.sentences.words import amount, hours, join, money
from ontology.values import Range
from recommender.figures import EARNING, EarnedBy, Price

EARNED: Mapping[EarnedBy, str] = {
    "assessment": "by an assessment alone",
    "programme": "by a programme of study",
    "degree": "as a degree or diploma",
}

PRICE_RULE = (
    f"the sum of what everybody pays to earn it ({join(EARNING)} fees); a fee for those who pay in the asked currency "
    "comes before one that would be converted; where only some audiences have a price, the span over them; membership "
    "and renewal are shown and not added"
)


def price(value: Price, counted: int | None, stand_in_rule: str) -> str:
    """A price, or why there is none and what it counts as."""
    if value.amount is not None:
        return money(value.amount, value.currency)
    lack = unknown_price(value)
    if counted is None:
        return f"{lack[0].upper()}{lack[1:]}."
    return (
        f"{lack[0].upper()}{lack[1:]}; counted as {amount(counted, value.currency)}, {stand_in_rule}, when plans are "
        "compared."
    )


def unknown_price(value: Price) -> str:
    """Why a price is unknown."""
    return "price not stated" if value.missing in (None, "no price is stated") else f"price not known: {value.missing}"


def effort(minutes: Range | None, counted: int | None, stand_in_rule: str) -> str:
    """An effort, or that nobody states it and what it counts as."""
    if minutes is not None:
        return hours(minutes)
    if counted is None:
        return "Effort not stated."
    return f"Effort not stated; counted as {hours(Range.exactly(counted))}, {stand_in_rule}, when plans are compared."


def stand_in_rule(figure: str, kind: EarnedBy | None, *, enough: bool) -> str:
    """Where the stand-in of an unknown figure comes from; `enough`: its own kind has enough known figures."""
    if kind is None:
        return f"the upper quartile of all known {figure}"
    if enough:
        return f"the upper quartile of the known {figure} of what is earned {EARNED[kind]}"
    return f"the highest of the few known {figure} of what is earned {EARNED[kind]} (or the upper quartile of all)"


def standing(held: str, money_off: str | None, minutes_off: str | None) -> str:
    """What a held credential takes off another."""
    off = [part for part in (money_off, minutes_off) if part]
    return f"{held} takes {join(off)} off."


def totals(
    steps: int, known: Range, currency: str, unknown_prices: int, counted: int, minutes: Range, unknown: int
) -> Sequence[str]:
    """Totals that never read an unknown figure as zero."""
    says = []
    if unknown_prices == steps and steps:
        says.append(f"No step has a known price; plans are compared at {amount(counted, currency)}.")
    elif unknown_prices:
        says.append(
            f"{_steps(unknown_prices)} without a known price: what is known comes to {money(known, currency)}, and "
            f"plans are compared at {amount(counted, currency)}."
        )
    if unknown == steps and steps:
        says.append("No step has a known effort: the weeks rest on stand-ins.")
    elif unknown:
        says.append(
            f"{_steps(unknown)} without a known effort: the weeks rest on a stand-in, and what is known comes to "
            f"{hours(minutes)}."
        )
    return says


def _steps(number: int) -> str:
    return "1 step is" if number == 1 else f"{number} steps are"
