"""Sums too large for floating point, split into digits so that each is small and the whole is exact.

A sum `total` over columns is written `top * BASE + low` with a carry column: the low digits of the coefficients make
`low + BASE * carry`, the high digits and the carry make `top`. Comparing totals is comparing digits from the left.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import gcd

from recommender.pathways.program import EXACT, Program, Row, Terms, exactly

BASE = 10**3


@dataclass(frozen=True, slots=True)
class Measure:
    """A whole number that a plan has: `unit` times what the `digits` spell, most significant first.

    `least` is a number below which no plan can be.
    """

    digits: tuple[Terms, ...]
    unit: int
    least: int

    def spell(self, number: int) -> tuple[int, ...]:
        """The digits of a number of this measure, rounded down to its unit."""
        rest = number // self.unit
        low: list[int] = []
        for _ in self.digits[1:]:
            rest, digit = divmod(rest, BASE)
            low.append(digit)
        return (rest, *reversed(low))

    def number(self, digits: Sequence[int]) -> int:
        """The number that digits spell, read from the left; what is missing on the right is 0."""
        total = 0
        for place in range(len(self.digits)):
            total = total * BASE + (digits[place] if place < len(digits) else 0)
        return self.unit * total


def measure(program: Program, terms: Terms, *, least: int = 0) -> Measure:
    """The measure of a sum, in as few digits as are exact. It adds the carry columns and rows it needs."""
    unit = gcd(*terms.values()) or 1
    shared = {column: coefficient // unit for column, coefficient in terms.items() if coefficient}
    return Measure(_split(program, shared), unit, least)


def limit(program: Program, terms: Terms, upper: int) -> tuple[Row, ...]:
    """Rows that keep a sum at or below a limit, exactly, however large the numbers are."""
    unit = gcd(*terms.values()) or 1
    shared = {column: coefficient // unit for column, coefficient in terms.items() if coefficient}
    least, greatest = program.range_of(shared)
    room = upper // unit
    if greatest <= room:
        return ()
    if room < least:
        return (Row((), 1, None),)
    if max(abs(least), abs(greatest), abs(room)) <= EXACT:
        return (Row(tuple(sorted(shared.items())), None, room),)
    slack = program.column(0, BASE - 1)
    slacks = program.column(0, (room - least) // BASE)
    spelled = measure(program, {**shared, slack: 1, slacks: BASE})
    return tuple(exactly(t, digit) for t, digit in zip(spelled.digits, spelled.spell(room), strict=True))


def _split(program: Program, terms: Terms) -> tuple[Terms, ...]:
    least, greatest = program.range_of(terms)
    if max(abs(least), abs(greatest)) <= EXACT:
        return (terms,)
    low = {column: (abs(k) % BASE) * (1 if k > 0 else -1) for column, k in terms.items()}
    high = {column: (abs(k) // BASE) * (1 if k > 0 else -1) for column, k in terms.items()}
    least, greatest = program.range_of(low)
    carry = program.column(least // BASE, greatest // BASE)
    digit = program.column(0, BASE - 1)
    program.add([exactly({**low, carry: -BASE, digit: -1}, 0)])
    return (*_split(program, {**{c: k for c, k in high.items() if k}, carry: 1}), {digit: 1})
