"""A pathway question with everything about the world taken out: ids and whole numbers only.

What is met, held, excluded or filtered is decided before (see `recommender.framing`), so that what a plan *means*
(`semantics`) fits on two pages and can be checked by brute force. A **bit** is a competency at a level that is not met
yet and that somebody asks for. Standard library only.
"""

from dataclasses import dataclass
from typing import Literal

Aim = Literal["cheapest", "quickest", "strongest", "balanced"]


@dataclass(frozen=True, slots=True)
class Figure:
    """A price in minor units or an effort in minutes. Where nobody says (`known` is false), `counts` is the number that
    stands for it when plans are compared; it is never shown as the figure, and a limit on the figure keeps it out.
    """

    counts: int
    known: bool = True


@dataclass(frozen=True, slots=True)
class Condition:
    """At least `at_least` of these options must hold. Options that hold already were counted off before."""

    at_least: int
    candidates: tuple[str, ...] = ()
    bits: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """An open requirement of the target role. `importance` is at least 1."""

    id: str
    importance: int
    condition: Condition


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something that could become a step: a credential, or an assignment where the person prefers work.

    `shows` are the bits that it shows surely enough, `strongly` those among them in the strong band, `may_show` those
    that it would show if what is unknown turned out well (so `strongly` <= `shows` <= `may_show`). `days` is the
    elapsed time from start to award that its provider states, 0 where none is stated.
    """

    id: str
    money: Figure
    minutes: Figure
    days: int = 0
    conditions: tuple[Condition, ...] = ()
    may_show: frozenset[str] = frozenset()
    shows: frozenset[str] = frozenset()
    strongly: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Standing:
    """`held` (a credential held already, or an earlier step) takes this much off the figures of the step `into`."""

    held: str
    into: str
    money_off: int
    minutes_off: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Everything a plan is judged by. Candidates, items and standings are sorted by id; (held, into) is unique.

    `held` names the credentials held that some standing starts from, `may_already` the bits that what is held may show.
    `budget` is minor units, `deadline_days` counts from the start, `weekly_minutes` is the pace, `hourly_rate` what an
    hour is worth in minor units (for `balanced`). `differs_from` are earlier plans that this one must differ from:
    what it shares with one of them is at most half of its own steps and at most half of theirs.
    """

    items: tuple[Item, ...]
    candidates: tuple[Candidate, ...]
    standings: tuple[Standing, ...] = ()
    held: frozenset[str] = frozenset()
    may_already: frozenset[str] = frozenset()
    pinned: frozenset[str] = frozenset()
    aim: Aim = "balanced"
    budget: int | None = None
    deadline_days: int | None = None
    weekly_minutes: int = 300
    hourly_rate: int = 0
    differs_from: tuple["Plan", ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """The chosen steps (ids, sorted) and the standing each uses: pairs (step, held), sorted, at most one a step."""

    steps: tuple[str, ...] = ()
    standing: tuple[tuple[str, str], ...] = ()
