"""The best plan component by component: each least is proved, fixed by a row, and the next one asked.

`Search` owns the model while it is solved. Every run may be followed by cuts and run again (see `cuts` for why that
ends). Whatever HiGHS finds is decoded to a plan and judged by `semantics`; a claimed optimum counts as proved only when
a valid plan reaches the proved bound in whole numbers. Anything else ends the search as bounded, never as optimal.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from recommender.pathways.digits import Measure
from recommender.pathways.model import Model
from recommender.pathways.problem import Plan, Problem
from recommender.pathways.program import EXACT, Program, Row, Terms, at_most, exactly
from recommender.pathways.rows import Group
from recommender.pathways.semantics import Rank, is_valid, preference, reachable


@dataclass(frozen=True, slots=True)
class Least:
    """The least of a sum: `proved` by a valid plan that the cuts leave standing, or only bounded from below."""

    status: Literal["proved", "infeasible", "cut"]
    bound: int | None = None


class Search:
    """Runs of one model within one number of nodes, and the best valid plan seen."""

    def __init__(self, problem: Problem, model: Model, groups: Sequence[Group], nodes: int) -> None:
        self.problem = problem
        self.model = model
        self.groups = groups
        self.limit = nodes
        self.nodes = 0
        self.best: Plan | None = None
        self.weeks: int | None = None
        self._ranks: dict[Plan, Rank | None] = {}
        self._note(Plan())

    def fix(self, measure: Measure, place: int, *, least: int, is_weeks: bool) -> Least:
        """Prove the least of a component of the value, given those fixed before, and fix it."""
        digits: list[int] = []
        for index, terms in enumerate(measure.digits):
            floor = measure.spell(least)[0] if index == 0 else 0
            answer = Least("proved", floor)
            if self._spelled(measure, place, index) != floor:
                answer = self._least_with_few_steps(terms, is_weeks=is_weeks)
            if answer.status == "infeasible":
                return answer
            digits.append(floor if answer.bound is None else max(floor, answer.bound))
            if answer.status == "cut" or self._spelled(measure, place, index) != digits[-1]:
                return Least("cut", measure.number(digits))
            self.model.program.add([at_most(terms, digits[-1])])
        if is_weeks:
            self.weeks = digits[0]
        return Least("proved", measure.number(digits))

    def _least_with_few_steps(self, terms: Terms, *, is_weeks: bool) -> Least:
        """The least of a sum, and of the plans that reach it one with the fewest steps where numbers allow it.

        A plan without idle steps is quick to judge. With a factor above the number of steps, the sum comes first, and
        dividing the proved bound by it, rounded down, bounds the sum.
        """
        factor = len(self.model.step) + 1
        least, greatest = self.model.program.range_of(terms)
        if is_weeks or factor * max(abs(least), abs(greatest)) > EXACT:
            return self.least(terms, self.model.program, is_weeks=is_weeks)
        both = {column: factor * coefficient for column, coefficient in terms.items()}
        for column in self.model.step.values():
            both[column] = both.get(column, 0) + 1
        answer = self.least(both, self.model.program)
        return answer if answer.bound is None else Least(answer.status, answer.bound // factor)

    def smallest(self, columns: Sequence[int], chosen: Callable[[Plan], set[int]], within: Program) -> bool:
        """Whether it is proved that of all plans within a programme the best is the first in the order of columns.

        All of these plans choose equally many of the columns. A plan comes before the best one if at the first column
        in which they differ it is chosen; a further column for each such place finds the earliest, and what comes up to
        there is settled for good. So there are at most as many runs as columns chosen, and one more.
        """
        settled = 0
        while self.best is not None:
            taken = chosen(self.best)
            last = max((index for index, column in enumerate(columns) if column in taken), default=0)
            program = within.copy()
            for column in columns[:settled]:
                program.lower[column] = program.upper[column] = int(column in taken)
            first: dict[int, int] = {}
            kept: list[int] = []
            for index in range(settled, last):
                if columns[index] in taken:
                    kept.append(columns[index])
                    continue
                place = program.column()
                first[place] = index
                program.add(at_most({place: 1, column: -1}, 0) for column in (*kept, columns[index]))
            if not first:
                return True
            program.add([exactly(dict.fromkeys(first, 1), 1)])
            answer = self.least(first, program)
            if answer.status != "proved" or answer.bound is None:
                return answer.status == "infeasible"
            settled = answer.bound + 1
        return False

    def least(self, terms: Terms, program: Program, *, is_weeks: bool = False) -> Least:
        """The least of a sum over the valid plans of a programme. Cuts found go into the model's programme as well."""
        bound: int | None = None
        while self.nodes < self.limit:
            outcome = program.minimise(terms, nodes=self.limit - self.nodes)
            self.nodes += max(1, outcome.nodes)
            if outcome.status == "infeasible":
                return Least("infeasible")
            bound = outcome.bound if bound is None or outcome.bound is None else max(bound, outcome.bound)
            if outcome.values is None or outcome.status == "cut":
                if outcome.values is not None:
                    self._note(self.model.plan(outcome.values))
                break
            plan = self.model.plan(outcome.values)
            self._note(plan)
            rows = self._cuts(plan, outcome.bound if is_weeks else self.weeks)
            broken = [row for row in rows if not row.holds(outcome.values)]
            if not broken:
                return Least("proved" if self._rank(plan) is not None else "cut", bound)
            for each in (program, self.model.program) if program is not self.model.program else (program,):
                each.add(broken)
        return Least("cut", bound)

    def _cuts(self, plan: Plan, weeks: int | None) -> list[Row]:
        return [row for group in self.groups for row in group.cuts(self.model, plan, weeks)]

    def _note(self, plan: Plan) -> None:
        """Keep a plan if it is valid and better. Of one that is not, the part that can be earned may be."""
        if self._rank(plan) is None:
            steps = tuple(sorted(reachable(plan, self.problem)))
            plan = Plan(steps, tuple(pair for pair in plan.standing if pair[0] in steps))
        rank, best = self._rank(plan), None if self.best is None else self._rank(self.best)
        if rank is not None and (best is None or rank < best):
            self.best = plan

    def _rank(self, plan: Plan) -> Rank | None:
        """The preference of a plan, `None` where it is not valid, found once."""
        if plan not in self._ranks:
            self._ranks[plan] = preference(plan, self.problem) if is_valid(plan, self.problem) else None
        return self._ranks[plan]

    def _spelled(self, measure: Measure, place: int, index: int) -> int | None:
        """One digit of one component of the value of the best plan."""
        rank = None if self.best is None else self._rank(self.best)
        return None if rank is None else measure.spell(rank[0][place])[index]
