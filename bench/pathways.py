"""How long the exact solver takes as problems grow: `python -m bench.pathways`. Never run as a test.

The problems are random but shaped like a catalogue: candidates cluster by topic, most show one or two bits of their
topic, some are wholes of several parts, some give standing or wait for another, a third has no known price or effort.
"""

import random
import time
from collections.abc import Iterator

from recommender.pathways.problem import Aim, Candidate, Condition, Figure, Item, Problem, Standing
from recommender.pathways.solver import solve

AIMS: tuple[Aim, ...] = ("cheapest", "quickest", "strongest", "balanced")
SIZES = ((50, 10), (150, 20), (400, 30))


def problem_of(size: int, items: int, aim: Aim, seed: int, *, limits: bool = False) -> Problem:
    """A random problem of so many candidates and items."""
    draw = random.Random(seed)
    bits = [f"bit {number:02}" for number in range(items)]
    topics = [bits[start : start + 5] for start in range(0, items, 5)]
    names = [f"candidate {number:03}" for number in range(size)]
    candidates = tuple(_candidate(draw, name, draw.choice(topics), names, limits=limits) for name in names)
    pairs = sorted({(draw.choice(names), draw.choice(names)) for _ in range(size // 5)})
    return Problem(
        items=tuple(
            Item(f"item {number:02}", draw.choice((40, 60, 80, 100)), Condition(1, bits=(bit,)))
            for number, bit in enumerate(bits)
        ),
        candidates=candidates,
        standings=tuple(
            Standing(h, i, 100 * draw.randint(0, 300), 60 * draw.randint(0, 20)) for h, i in pairs if h != i
        ),
        aim=aim,
        budget=400_000 if limits else None,
        deadline_days=365 if limits else None,
        hourly_rate=2500,
    )


def _candidate(draw: random.Random, name: str, topic: list[str], names: list[str], *, limits: bool) -> Candidate:
    may_show = draw.sample(topic, min(len(topic), draw.choice((1, 1, 2, 3))))
    shows = [bit for bit in may_show if draw.random() < 0.5]
    kind = draw.random()
    conditions: tuple[Condition, ...] = ()
    if kind < 0.15:
        conditions = (Condition(draw.randint(2, 3), tuple(sorted(draw.sample(names, 4)))),)
    elif kind < 0.25:
        conditions = (Condition(1, tuple(sorted(draw.sample(names, 2))), (draw.choice(topic),)),)
    return Candidate(
        name,
        Figure(100 * draw.randint(0, 2500) - 5 * draw.randint(0, 1), known=limits or draw.random() < 0.67),
        Figure(60 * draw.randint(2, 200), known=limits or draw.random() < 0.67),
        draw.choice((0, 0, 0, 30, 90, 180)),
        conditions,
        frozenset(may_show),
        frozenset(shows),
        frozenset(bit for bit in shows if draw.random() < 0.3),
    )


def measured() -> Iterator[tuple[int, int, str, bool, str, float, int, int]]:
    """One line for each size, aim and whether there are limits: the middle of three seeds."""
    for size, items in SIZES:
        for aim in AIMS:
            for limits in (False, True):
                runs = []
                for seed in range(3):
                    problem = problem_of(size, items, aim, seed, limits=limits)
                    start = time.perf_counter()
                    solution = solve(problem)
                    runs.append(
                        (time.perf_counter() - start, solution.status, len(solution.plan.steps), solution.nodes)
                    )
                seconds, status, steps, nodes = sorted(runs)[1]
                yield size, items, aim, limits, status, seconds, steps, nodes


def main() -> None:
    """Print the table, with times relative to the smallest."""
    first: float | None = None
    print(
        f"{'candidates':>10} {'items':>5} {'aim':<10} {'limits':<6} {'status':<8} "
        f"{'steps':>5} {'nodes':>6} {'time':>7} ratio"
    )
    for size, items, aim, limits, status, seconds, steps, nodes in measured():
        first = first or seconds
        ratio = seconds / first
        print(
            f"{size:>10} {items:>5} {aim:<10} {'yes' if limits else 'no':<6} {status:<8} {steps:>5} {nodes:>6} "
            f"{seconds:>6.2f}s {ratio:>5.1f}",
            flush=True,
        )


if __name__ == "__main__":
    main()
