"""Short words for worlds small enough to draw."""

from recommender.pathways.problem import Candidate, Condition, Figure, Item, Plan, Problem

FREE = Figure(0)


def credential(id_: str, money: int = 0, minutes: int = 0, **more: object) -> Candidate:
    return Candidate(id_, Figure(money), Figure(minutes), **more)  # type: ignore[arg-type]


def showing(id_: str, bit: str, money: int = 0, minutes: int = 0, **more: object) -> Candidate:
    return credential(id_, money, minutes, shows=bits(bit), may_show=bits(bit), **more)


def waiting(*names: str, at_least: int = 1) -> tuple[Condition, ...]:
    return (Condition(at_least, names),)


def bits(*names: str) -> frozenset[str]:
    return frozenset(names)


def item(bit: str, importance: int = 1) -> Item:
    return Item(bit, importance, Condition(1, bits=(bit,)))


def problem(*candidates: Candidate, **more: object) -> Problem:
    return Problem(**{"items": (), "candidates": candidates, "weekly_minutes": 60, **more})  # type: ignore[arg-type]


def plan(*steps: str, **standing: str) -> Plan:
    return Plan(steps, tuple(sorted(standing.items())))
