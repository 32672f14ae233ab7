"""How much goes to the server at once: by number, and by characters too, since long texts fill a small heap sooner.

What one transaction writes or deletes stands in the memory of the server several times until it ends. What we send is
measured here; what stands there already is measured there, and taken by halves where it is too much.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from graph.stores.neo4j.connection import Rows

T = TypeVar("T")

CHARACTERS = 4_000_000
"""Most characters in one transaction or page, unless they are of one statement: 15 of these fit a heap of 512 MB."""

_OTHERS = 8
"""What a number or a day counts."""


def characters_in(value: object) -> int:
    """How many characters a value, or what is in it, brings to the server.

    >>> characters_in({"name": "Lean", "otherNames": ["A", "Bc"], "rank": 2})
    15
    """
    if isinstance(value, str):
        return len(value)
    if isinstance(value, dict):
        return sum(map(characters_in, value.values()))
    if isinstance(value, list | tuple):
        return sum(map(characters_in, value))
    return _OTHERS


def counted(properties: str) -> str:
    """The Cypher for the characters that a node, a relationship or a map of this name holds there."""
    return (
        f"reduce(n = 0, value IN [name IN keys({properties}) | {properties}[name]] | n + CASE "
        "WHEN value IS :: STRING THEN size(value) "
        "WHEN value IS :: LIST<STRING NOT NULL> THEN reduce(m = 0, one IN value | m + size(one)) "
        f"ELSE {_OTHERS} END)"
    )


def portions(items: Iterable[T], most: int, weigh: Callable[[T], int]) -> Iterator[list[T]]:
    """The items in order, so many at a time and no more than `CHARACTERS` of them, but at least one.

    >>> [len(portion) for portion in portions([1_500_000] * 5, 3, int)]
    [2, 2, 1]
    """
    portion: list[T] = []
    weight = 0
    for item in items:
        more = weigh(item)
        if portion and (len(portion) == most or weight + more > CHARACTERS):
            yield portion
            portion, weight = [], 0
        portion.append(item)
        weight += more
    if portion:
        yield portion


def halved(items: Sequence[T], weigh: Callable[[Sequence[T]], int]) -> Iterator[Sequence[T]]:
    """The items in order, halved until no part weighs more than `CHARACTERS`, or is one item.

    >>> list(halved(range(4), lambda part: 3_000_000 * len(part)))
    [range(0, 1), range(1, 2), range(2, 3), range(3, 4)]
    """
    if len(items) < 2 or weigh(items) <= CHARACTERS:
        if items:
            yield items
        return
    middle = len(items) // 2
    yield from halved(items[:middle], weigh)
    yield from halved(items[middle:], weigh)


def weight_in(rows: Rows) -> int:
    """What a query of one number says."""
    return int(rows[0][0])
