"""An integer programme in whole numbers, and HiGHS kept where it cannot hurt: it works in floating point, we do not.

Every column and every coefficient is a whole number. Answers are rounded; a proved bound is rounded up to the next
whole number, less a margin above what tolerances of 1e-7 can spoil while sums stay below `EXACT`. Larger sums are
split into digits first (see `digits`). One thread, a fixed seed and node limits only: the same programme has the same
answer on every run.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, gcd, isfinite
from typing import Literal

import highspy
import numpy as np

Terms = Mapping[int, int]
"""Column to coefficient."""

EXACT = 10**5
"""Sums up to this size are told apart to the unit with tolerances of 1e-7: all columns together spoil at most 0.01."""

TRUSTED = 10**8
"""With a larger number in a column's bound or a coefficient, floating point proves nothing: a tolerance times such a
number is more than a unit, and HiGHS has called plans impossible that there are. Solutions are still taken."""

_MARGIN = 0.1
_TOLERANCE = 1e-7


@dataclass(frozen=True, slots=True)
class Row:
    """`lower` <= sum of the terms <= `upper`; `None` is no limit."""

    terms: tuple[tuple[int, int], ...]
    lower: int | None = None
    upper: int | None = None

    def holds(self, values: Sequence[int]) -> bool:
        """Whether these column values obey the row, in whole numbers."""
        total = sum(coefficient * values[column] for column, coefficient in self.terms)
        return (self.lower is None or total >= self.lower) and (self.upper is None or total <= self.upper)


def at_most(terms: Terms, upper: int) -> Row:
    """The row `terms <= upper`, divided by what all coefficients share."""
    kept = tuple(sorted((column, coefficient) for column, coefficient in terms.items() if coefficient))
    shared = gcd(*(coefficient for _, coefficient in kept)) or 1
    return Row(tuple((column, coefficient // shared) for column, coefficient in kept), None, upper // shared)


def at_least(terms: Terms, lower: int) -> Row:
    """The row `terms >= lower`."""
    return at_most({column: -coefficient for column, coefficient in terms.items()}, -lower)


def exactly(terms: Terms, number: int) -> Row:
    """The row `terms == number`."""
    return Row(tuple(sorted((c, k) for c, k in terms.items() if k)), number, number)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one run: `values` where a solution was found, and a `bound` that no solution beats."""

    status: Literal["optimal", "infeasible", "cut"]
    values: tuple[int, ...] | None
    bound: int | None
    nodes: int


class Program:
    """Columns with whole bounds and rows over them, both only ever added."""

    def __init__(self) -> None:
        self.lower: list[int] = []
        self.upper: list[int] = []
        self.rows: list[Row] = []

    def column(self, lower: int = 0, upper: int = 1) -> int:
        """A new whole-number column."""
        self.lower.append(lower)
        self.upper.append(upper)
        return len(self.lower) - 1

    def add(self, rows: Iterable[Row]) -> None:
        """More rows. A row without terms that cannot hold becomes one that says so."""
        self.rows.extend(rows)

    def copy(self) -> "Program":
        """The same programme, to which more can be added apart."""
        other = Program()
        other.lower, other.upper, other.rows = list(self.lower), list(self.upper), list(self.rows)
        return other

    def range_of(self, terms: Terms) -> tuple[int, int]:
        """The least and the greatest that the terms could be by the bounds of the columns alone."""
        ends = [(k * self.lower[c], k * self.upper[c]) for c, k in terms.items()]
        return sum(min(pair) for pair in ends), sum(max(pair) for pair in ends)

    def minimise(self, terms: Terms, *, nodes: int) -> Outcome:
        """The solution with the least sum of terms, within a number of branch-and-bound nodes."""
        if any(not row.terms and not row.holds(()) for row in self.rows):
            return Outcome("infeasible", None, None, 0)
        highs = _Quiet()
        try:
            return self._run(highs, terms, nodes)
        finally:
            highs.clear()

    def _run(self, highs: highspy.Highs, terms: Terms, nodes: int) -> Outcome:
        for name, setting in _SETTINGS.items():
            highs.setOptionValue(name, setting)
        highs.setOptionValue("mip_max_nodes", max(nodes, 0))
        highs.passModel(self._model(terms))
        highs.run()
        status = highs.getModelStatus()
        info = highs.getInfo()
        trusted = self._is_trusted()
        if trusted and status in {
            highspy.HighsModelStatus.kInfeasible,
            highspy.HighsModelStatus.kUnboundedOrInfeasible,
        }:
            return Outcome("infeasible", None, None, max(info.mip_node_count, 0))
        values = None
        if info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible:
            values = tuple(round(number) for number in highs.getSolution().col_value)
        bound = ceil(info.mip_dual_bound - _MARGIN) if trusted and isfinite(info.mip_dual_bound) else None
        solved = status == highspy.HighsModelStatus.kOptimal and values is not None and bound is not None
        return Outcome("optimal" if solved else "cut", values, bound, max(info.mip_node_count, 0))

    def _is_trusted(self) -> bool:
        """Whether every number is small enough for proofs in floating point."""
        columns = max((max(abs(low), abs(up)) for low, up in zip(self.lower, self.upper, strict=True)), default=0)
        return columns <= TRUSTED and all(abs(k) <= TRUSTED for row in self.rows for _, k in row.terms)

    def _model(self, terms: Terms) -> highspy.HighsLp:
        rows = [row for row in self.rows if row.terms]
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = len(self.lower), len(rows)
        cost = np.zeros(len(self.lower))
        for column, coefficient in terms.items():
            cost[column] = coefficient
        model.col_cost_ = cost
        model.col_lower_ = np.array(self.lower, dtype=float)
        model.col_upper_ = np.array(self.upper, dtype=float)
        model.row_lower_ = np.array([-highspy.kHighsInf if r.lower is None else float(r.lower) for r in rows])
        model.row_upper_ = np.array([highspy.kHighsInf if r.upper is None else float(r.upper) for r in rows])
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_ = np.cumsum([0] + [len(row.terms) for row in rows], dtype=np.int32)
        model.a_matrix_.index_ = np.array([c for row in rows for c, _ in row.terms], dtype=np.int32)
        model.a_matrix_.value_ = np.array([float(k) for row in rows for _, k in row.terms])
        model.integrality_ = [highspy.HighsVarType.kInteger] * len(self.lower)
        return model


class _Quiet(highspy.Highs):
    """HiGHS that says nothing: it greets when callbacks are enabled on its making, and we use none."""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]

    def enableCallbacks(self) -> None:  # noqa: N802 - the name is theirs
        self.silent()


_SETTINGS: Mapping[str, bool | int | float | str] = {
    "output_flag": False,
    "threads": 1,
    "parallel": "off",
    "random_seed": 0,
    "presolve": "off",  # it has given wrong answers: see docs/decisions/0041
    "mip_allow_restart": False,
    "mip_heuristic_run_feasibility_jump": False,
    "mip_rel_gap": 0.0,
    "mip_abs_gap": 0.5,
    "mip_feasibility_tolerance": _TOLERANCE,
    "primal_feasibility_tolerance": _TOLERANCE,
    "dual_feasibility_tolerance": _TOLERANCE,
}
