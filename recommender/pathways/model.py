"""A problem as an integer programme: what each column stands for, and the value of a plan as sums over columns.

A column of 0 or 1 for each candidate (a step or not), for each standing that takes something off, for each item and
sureness (closed or not), and for "one of these is a step". What ties them together are the groups of rows in `rows`;
what no small set of rows can say (circles, timetables) is cut off afterwards by `cuts`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from recommender.pathways.digits import Measure, measure
from recommender.pathways.problem import Candidate, Condition, Figure, Plan, Problem, Standing
from recommender.pathways.program import Program, Terms
from recommender.pathways.semantics import Timetable, timetable

LEVELS = ("shows", "may_show", "strongly")


@dataclass(frozen=True, slots=True)
class Saving:
    """A standing by its column, and what it really takes off: at most the figure, and nothing off an unknown one."""

    standing: Standing
    column: int
    money: int
    minutes: int


class Model:
    """The columns of a problem. `rows` and `cuts` read it; only the programme inside grows."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.program = Program()
        self.by_id: Mapping[str, Candidate] = {candidate.id: candidate for candidate in problem.candidates}
        self.step: Mapping[str, int] = {id_: self.program.column() for id_ in self.by_id}
        self.savings: tuple[Saving, ...] = tuple(self._savings())
        self.providers: Mapping[str, Mapping[str, tuple[str, ...]]] = {
            level: self._providers(level) for level in LEVELS
        }
        levels = LEVELS if problem.aim == "strongest" else LEVELS[:2]
        self.closed: Mapping[tuple[str, str], int] = {
            (level, item.id): self.program.column() for level in levels for item in problem.items
        }
        self.weeks: int | None = None
        if problem.aim == "quickest":
            units = sum(least_units(c, c.minutes.counts, problem) for c in problem.candidates)
            self.weeks = self.program.column(0, units // (7 * problem.weekly_minutes) + 1)
        self.any_of: dict[tuple[int, ...], int] = {}
        self._timetables: dict[Plan, Timetable] = {}

    def plan(self, values: tuple[int, ...]) -> Plan:
        """The plan that column values choose."""
        steps = tuple(sorted(id_ for id_, column in self.step.items() if values[column] == 1))
        used = (s.standing for s in self.savings if values[s.column] == 1)
        return Plan(steps, tuple(sorted((standing.into, standing.held) for standing in used)))

    def timetable(self, plan: Plan) -> Timetable:
        """The timetable of a plan, found once."""
        if plan not in self._timetables:
            self._timetables[plan] = timetable(plan, self.problem)
        return self._timetables[plan]

    def options(self, condition: Condition, level: str, *, apart: str | None = None) -> list[int]:
        """A column for each option of a condition that some step could meet, leaving out what `apart` itself gives."""
        columns = [self.step[id_] for id_ in sorted(set(condition.candidates)) if id_ in self.step and id_ != apart]
        for bit in sorted(set(condition.bits)):
            steps = tuple(self.step[id_] for id_ in self.providers[level].get(bit, ()) if id_ != apart)
            if len(steps) > 1 and steps not in self.any_of:
                self.any_of[steps] = self.program.column()
            if steps:
                columns.append(steps[0] if len(steps) == 1 else self.any_of[steps])
        return columns

    def net(self, money: int, minutes: int, unknown: int = 0) -> dict[int, int]:
        """Money and minutes after standing, and the number of unknown figures, each times a factor, as one sum."""
        terms = {
            self.step[c.id]: money * c.money.counts
            + minutes * c.minutes.counts
            + unknown * ((not c.money.known) + (not c.minutes.known))
            for c in self.problem.candidates
        }
        terms |= {saving.column: -money * saving.money - minutes * saving.minutes for saving in self.savings}
        return terms

    def measures(self) -> tuple[Measure, ...]:
        """The value of a plan, component by component as in `semantics.value`."""
        money, minutes, unknown = self.net(1, 0), self.net(0, 1), self.net(0, 0, 1)
        aim: tuple[Terms, ...]
        match self.problem.aim:
            case "cheapest":
                aim = (money, unknown, minutes)
            case "quickest":
                aim = ({} if self.weeks is None else {self.weeks: 1}, minutes, unknown, money)
            case "strongest":
                aim = (self._importance("strongly", -1), money, unknown)
            case "balanced":
                aim = (self.net(60, self.problem.hourly_rate), unknown)
        shown = self._importance("shows", -1)
        unconfirmed = self._importance("may_show", -1) | self._importance("shows", 1)
        steps = dict.fromkeys(self.step.values(), 1)
        all_of_it = -sum(item.importance for item in self.problem.items)
        return tuple(
            measure(self.program, terms, least=all_of_it if any(c in terms for c in self.closed.values()) else 0)
            for terms in (shown, unconfirmed, *aim, steps)
        )

    def _importance(self, level: str, factor: int) -> dict[int, int]:
        return {self.closed[level, item.id]: factor * item.importance for item in self.problem.items}

    def _savings(self) -> Iterable[Saving]:
        for standing in self.problem.standings:
            into = self.by_id.get(standing.into)
            held = standing.held in self.problem.held or (
                standing.held in self.by_id and standing.held != standing.into
            )
            if into is None or not held:
                continue
            money, minutes = _saved(into.money, standing.money_off), _saved(into.minutes, standing.minutes_off)
            if money or minutes:
                yield Saving(standing, self.program.column(), money, minutes)

    def _providers(self, level: str) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for candidate in self.problem.candidates:
            bits: frozenset[str] = getattr(candidate, level)
            for bit in bits:
                found.setdefault(bit, []).append(candidate.id)
        return {bit: tuple(sorted(ids)) for bit, ids in found.items()}


def least_units(candidate: Candidate, minutes: int, problem: Problem) -> int:
    """How long a step takes from its start to its end, in the units of `semantics.Timed`."""
    return max(7 * minutes, candidate.days * problem.weekly_minutes)


def _saved(figure: Figure, off: int) -> int:
    return min(figure.counts, off) if figure.known else 0
