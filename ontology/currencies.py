"""How many digits a currency has after its point, so that money is whole minor units everywhere.

ISO 4217 gives most currencies two; only the exceptions stand here. Also, which currency an audience is told by.
"""

from decimal import Decimal

from ontology.errors import BadValue

NO_MINOR_UNIT = frozenset((
    "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND", "VUV", "XAF", "XOF",
    "XPF",
))  # fmt: skip
THREE_DIGITS = frozenset(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"))

PAYING = "buyers paying in "
"""How an audience begins that is told by its money alone; a currency's name or its code follows."""
NAMED = {
    "pounds": "GBP", "euros": "EUR", "US dollars": "USD", "Australian dollars": "AUD", "Canadian dollars": "CAD",
}  # fmt: skip


def paid_in(audience: str | None) -> str | None:
    """The currency that is all an audience has in common; `None` for everybody and for any other audience.

    >>> paid_in("buyers paying in pounds"), paid_in("buyers paying in CHF"), paid_in("members paying in pounds")
    ('GBP', 'CHF', None)
    """
    if audience is None or not audience.startswith(PAYING):
        return None
    name = audience.removeprefix(PAYING)
    is_code = len(name) == 3 and name.isascii() and name.isalpha() and name.isupper()
    return name if is_code else NAMED.get(name)


def exponent(currency: str) -> int:
    """Digits after the point in amounts of this ISO 4217 code.

    >>> exponent("GBP"), exponent("JPY"), exponent("KWD")
    (2, 0, 3)
    """
    if currency in NO_MINOR_UNIT:
        return 0
    return 3 if currency in THREE_DIGITS else 2


def to_minor(amount: Decimal, currency: str) -> int:
    """An amount in whole units of money as whole minor units, exactly.

    >>> to_minor(Decimal("10.50"), "GBP")
    1050

    Raises `BadValue` where the amount is negative or has more digits than the currency.
    """
    minor = amount.scaleb(exponent(currency))
    if minor < 0 or minor != minor.to_integral_value():
        raise BadValue(f"{amount} is no amount of {currency}: it has {exponent(currency)} digits after the point")
    return int(minor)
