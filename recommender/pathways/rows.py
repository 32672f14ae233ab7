"""The rules of a valid plan as named groups of rows, so that a test can leave one out and see the answer go wrong.

A group gives its `rows` before the first run and, where rows cannot say it all, `cuts` after each run: rows that the
solution found breaks and no valid plan does (proofs in `cuts`).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from recommender.pathways import cuts, timing
from recommender.pathways.digits import limit
from recommender.pathways.model import Model
from recommender.pathways.problem import Condition, Plan
from recommender.pathways.program import Row, at_least, at_most


@dataclass(frozen=True, slots=True)
class Group:
    """One rule. `cuts` gets the plan found and the proved least weeks, `None` while weeks do not count yet."""

    name: str
    rows: Callable[[Model], Iterable[Row]]
    cuts: Callable[[Model, Plan, int | None], Iterable[Row]] = lambda _model, _plan, _weeks: ()


def conditions(model: Model) -> Iterable[Row]:
    """A step needs enough options of each of its conditions among the other steps."""
    for candidate in model.problem.candidates:
        for condition in candidate.conditions:
            options = model.options(condition, "shows", apart=candidate.id)
            yield from _needs(model.step[candidate.id], condition.at_least, options)


def closing(level: str) -> Callable[[Model], Iterable[Row]]:
    """An item is closed with a sureness only where enough of its options hold with it."""

    def rows(model: Model) -> Iterable[Row]:
        for item in model.problem.items:
            if (level, item.id) not in model.closed:
                continue
            condition, already = item.condition, frozenset[str]()
            if level == "may_show":
                already = model.problem.may_already & set(condition.bits)
            bits = tuple(bit for bit in condition.bits if bit not in already)
            options = model.options(Condition(0, condition.candidates, bits), level)
            yield from _needs(model.closed[level, item.id], condition.at_least - len(already), options)

    return rows


def one_of_them(model: Model) -> Iterable[Row]:
    """The column for "one of these is a step" is 1 only where one of them is."""
    for steps, column in model.any_of.items():
        yield at_most({column: 1} | dict.fromkeys(steps, -1), 0)


def pins(model: Model) -> Iterable[Row]:
    """What is pinned is a step."""
    for id_ in sorted(model.problem.pinned):
        yield at_least({model.step[id_]: 1} if id_ in model.step else {}, 1)


def one_standing(model: Model) -> Iterable[Row]:
    """A step uses at most one standing, and what is no step uses none."""
    for id_, column in model.step.items():
        into = [saving.column for saving in model.savings if saving.standing.into == id_]
        if into:
            yield at_most(dict.fromkeys(into, 1) | {column: -1}, 0)


def standing_source(model: Model) -> Iterable[Row]:
    """Standing starts from a step or from something held."""
    for saving in model.savings:
        if saving.standing.held not in model.problem.held:
            yield at_most({saving.column: 1, model.step[saving.standing.held]: -1}, 0)


def budget(model: Model) -> Iterable[Row]:
    """The prices after standing fit the budget, and none is unknown."""
    if model.problem.budget is None:
        return
    if model.problem.budget < 0:
        yield Row((), 1, None)
    for candidate in model.problem.candidates:
        if not candidate.money.known:
            yield at_most({model.step[candidate.id]: 1}, 0)
    yield from limit(model.program, model.net(1, 0), model.problem.budget)


def known_effort(model: Model) -> Iterable[Row]:
    """Under a deadline no effort is unknown."""
    if model.problem.deadline_days is None:
        return
    for candidate in model.problem.candidates:
        if not candidate.minutes.known:
            yield at_most({model.step[candidate.id]: 1}, 0)


def differing(model: Model) -> Iterable[Row]:
    """At most half of the steps, and of those of an earlier plan, are shared with it."""
    for earlier in model.problem.differs_from:
        shared = {model.step[id_]: 2 for id_ in earlier.steps if id_ in model.step}
        yield at_most(shared, len(earlier.steps))
        yield at_most({column: shared.get(column, 0) - 1 for column in model.step.values()}, 0)


GROUPS: tuple[Group, ...] = (
    Group("conditions", conditions),
    Group("shown items", closing("shows")),
    Group("unconfirmed items", closing("may_show")),
    Group("strongly shown items", closing("strongly")),
    Group("one of them", one_of_them),
    Group("pins", pins),
    Group("one standing", one_standing),
    Group("standing source", standing_source),
    Group("circles", lambda _: (), lambda model, plan, _: cuts.circles(model, plan)),
    Group("budget", budget),
    Group("known effort", known_effort),
    Group("deadline", timing.deadline_rows, lambda model, plan, _: cuts.late(model, plan)),
    Group("weeks", timing.week_rows, cuts.slow),
    Group("differing", differing),
)
"""Order matters once: "one of them" comes after the groups that ask for such columns."""


def _needs(column: int, at_least_: int, options: list[int]) -> Iterable[Row]:
    """The column may be 1 only where this many options are."""
    if at_least_ <= 0:
        return
    if len(options) < at_least_:
        yield at_most({column: 1}, 0)
    elif len(set(options)) == len(options) == at_least_:
        for option in options:
            yield at_most({column: 1, option: -1}, 0)
    else:
        terms = {column: at_least_}
        for option in options:
            terms[option] = terms.get(option, 0) - 1
        yield at_most(terms, 0)
