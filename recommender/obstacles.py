"""Why no plan keeps the limits. To do nothing is a valid plan, so only a pin can leave a question without one.

Either something pinned is no candidate, or what is pinned, with all that it waits for, does not fit the limits.
"""

from dataclasses import dataclass, replace
from typing import Literal

from recommender.framing import Framed
from recommender.offers import LeftOut
from recommender.pathways.solver import solve

Limit = Literal["budget", "deadline"]


@dataclass(frozen=True, slots=True)
class Obstacles:
    """What stands against the pins: those that are no candidates and why, else the limits that they do not fit.

    Each of the `limits` alone is too tight, unless it takes them `together` to leave no plan.
    """

    left_out: tuple[LeftOut, ...]
    limits: tuple[Limit, ...]
    together: bool = False


def find_obstacles(framed: Framed) -> Obstacles:
    """Why a problem that was proved infeasible has no valid plan."""
    pinned = framed.problem.pinned
    left_out = tuple(out for out in framed.left_out if out.credential in pinned)
    if left_out:
        return Obstacles(left_out, ())
    only_pins = replace(framed.problem, items=())
    alone: list[Limit] = []
    if solve(replace(only_pins, deadline_days=None)).status == "infeasible":
        alone.append("budget")
    if solve(replace(only_pins, budget=None)).status == "infeasible":
        alone.append("deadline")
    return Obstacles((), tuple(alone)) if alone else Obstacles((), ("budget", "deadline"), together=True)
