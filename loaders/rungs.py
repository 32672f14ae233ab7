"""Which rung stands above which, where the publisher lists roles by alphabet: derived by rule, and never guessed.

Two rules. *Asks at least as much*: a role that asks at least as much of every competency they share, and more of at
least one, stands above. *Title words* are weaker and speak only where the first leaves two roles open: trainee, junior,
associate, none, senior, lead, principal, head, for titles that are otherwise the same (a head stands above its whole
family). A branch such as "Lead developer - management" is a track of its own: title words do not order two tracks.
Two things stay open although a rule speaks: roles that would stand above each other in a circle, and a head of whom
less is asked than of somebody below (`docs/decisions/0031-order-of-rungs.md`). What stays open is reported.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from ontology.ids import mint
from ontology.records import NextRole
from ontology.values import Source

Rule = Literal["asks at least as much", "title words"]

RANKED_WORDS: tuple[tuple[str, ...], ...] = (
    ("trainee", "apprentice"), ("junior",), ("associate",), (),
    ("senior",), ("lead",), ("principal",), ("head", "chief"),
)  # fmt: skip
"""Lowest first; the empty entry is a title without any of these words."""

PLAIN = RANKED_WORDS.index(())
RANK = {word: rank for rank, words in enumerate(RANKED_WORDS) for word in words}
MAX_PREMISES = 40
"""How many records a derived step names at most: enough for the longest published rung."""


@dataclass(frozen=True, slots=True)
class Rung:
    """A role of one family as its order needs it: what it asks for, as ranks of one scale by competency. `premises` are
    the ids of its requirements by competency.
    """

    id: str
    name: str
    levels: Mapping[str, int]
    premises: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Unordered:
    """Two rungs of a family that neither rule orders, by name, and why not."""

    one: str
    other: str
    why: str

    def __str__(self) -> str:
        return f"{self.one} and {self.other}: {self.why}"


@dataclass(frozen=True, slots=True)
class Step:
    """`above` stands above `below`, by this rule."""

    below: Rung
    above: Rung
    rule: Rule


@dataclass(frozen=True, slots=True)
class Order:
    """The steps between neighbouring rungs of one family, and the pairs that stay open."""

    steps: tuple[Step, ...]
    unordered: tuple[Unordered, ...]


def split_title(name: str) -> tuple[int, str | None]:
    """The rank that a title's words state, and its track.

    >>> split_title("Lead developer - management"), split_title("Product manager")
    ((5, 'management'), (3, None))
    """
    title, _, track = name.partition(" - ")
    ranks = [RANK[word] for word in re.findall(r"[a-z]+", title.casefold()) if word in RANK]
    return (max(ranks) if ranks else PLAIN), (track.strip().casefold() or None)


def asks_more(above: Rung, below: Rung) -> bool:
    """Whether `above` asks at least as much of every competency they share, and more of at least one."""
    shared = above.levels.keys() & below.levels.keys()
    return all(above.levels[c] >= below.levels[c] for c in shared) and any(
        above.levels[c] > below.levels[c] for c in shared
    )


def stands_above(above: Rung, below: Rung) -> bool:
    """Whether the first rule orders them so. It puts nobody above the head of the same track."""
    return asks_more(above, below) and not (is_head(below) and states_higher(below, above))


def is_head(rung: Rung) -> bool:
    """Whether the title is of the highest rank."""
    return split_title(rung.name)[0] == RANK["head"]


def states_higher(above: Rung, below: Rung) -> bool:
    """Whether title words put `above` higher, within one track."""
    (high, track), (low, other_track) = split_title(above.name), split_title(below.name)
    if track != other_track or high <= low:
        return False
    return high == RANK["head"] or _rest_of_title(above.name) == _rest_of_title(below.name)


def _rest_of_title(name: str) -> tuple[str, ...]:
    words = re.findall(r"[^\W_]+", name.casefold())
    return tuple(word for word in words if word not in RANK)


def compare(below: Rung, above: Rung) -> tuple[Rule | None, str]:
    """The rule by which `above` stands above `below`, or `None` and why there is none."""
    if stands_above(above, below):
        return "asks at least as much", ""
    if stands_above(below, above):
        return None, f"{below.name} asks at least as much as {above.name}"
    if asks_more(above, below) or asks_more(below, above):
        return None, why_open(below, above)
    return ("title words", "") if states_higher(above, below) else (None, why_open(below, above))


def why_open(one: Rung, other: Rung) -> str:
    """What the first rule says of two rungs that stay open, in words."""
    shared = one.levels.keys() & other.levels.keys()
    if not shared:
        return "they share no competency"
    more = sorted(c for c in shared if one.levels[c] > other.levels[c])
    less = sorted(c for c in shared if one.levels[c] < other.levels[c])
    if more and less:
        return f"the first asks more of {more[0]}, the second more of {less[0]}"
    if not more and not less:
        return "they ask the same of every competency they share"
    upper, lower = (one, other) if more else (other, one)
    return f"{upper.name} asks at least as much as {lower.name}, which other roles or the titles contradict"


def order_rungs(rungs: Iterable[Rung]) -> Order:
    """The steps between neighbouring rungs of one family, by both rules, without any circle.

    The order of the input does not matter. Time grows with the cube of the number of rungs of a family.
    """
    known = {rung.id: rung for rung in sorted(rungs, key=lambda rung: rung.id)}
    pairs = [(a, b) for a in known for b in known if a != b]
    edges: dict[tuple[str, str], Rule] = {}
    for below, above in pairs:
        if stands_above(known[above], known[below]):
            edges[below, above] = "asks at least as much"
    edges = _without_circles(known, edges, "asks at least as much")
    reach = _reach(known, edges)
    for below, above in pairs:
        if above in reach[below] or below in reach[above]:
            continue
        if compare(known[below], known[above])[0] == "title words":
            edges[below, above] = "title words"
    edges = _without_circles(known, edges, "title words")
    reach = _reach(known, edges)
    steps = tuple(
        Step(known[below], known[above], rule)
        for (below, above), rule in sorted(edges.items())
        if not any(above in reach[between] for between in reach[below] if between != above)
    )
    unordered = tuple(
        Unordered(known[a].name, known[b].name, why_open(known[a], known[b]))
        for a, b in pairs
        if a < b and b not in reach[a] and a not in reach[b]
    )
    return Order(steps, unordered)


def _reach(known: Mapping[str, Rung], edges: Mapping[tuple[str, str], Rule]) -> dict[str, set[str]]:
    """All that stands above each rung, over any number of steps."""
    direct: dict[str, list[str]] = {id_: [] for id_ in known}
    for below, above in edges:
        direct[below].append(above)
    found: dict[str, set[str]] = {}
    for start in known:
        seen: set[str] = set()
        waiting = [start]
        while waiting:
            for above in direct[waiting.pop()]:
                if above not in seen:
                    seen.add(above)
                    waiting.append(above)
        found[start] = seen
    return found


def _without_circles(
    known: Mapping[str, Rung], edges: dict[tuple[str, str], Rule], weakest: Rule
) -> dict[tuple[str, str], Rule]:
    """The edges without those of the weakest rule that lie on a circle."""
    reach = _reach(known, edges)
    return {
        (below, above): rule for (below, above), rule in edges.items() if rule != weakest or below not in reach[above]
    }


def step_record(ids: str, step: Step, source: Source) -> NextRole:
    """A derived step as a record that names its rule and, within `MAX_PREMISES`, the records it rests on."""
    if step.rule == "title words":
        premises: tuple[str, ...] = (step.below.id, step.above.id)
    else:
        shared = sorted(step.below.levels.keys() & step.above.levels.keys())
        higher_first = sorted(shared, key=lambda c: step.above.levels[c] == step.below.levels[c])
        both = [rung.premises.get(c, rung.id) for c in higher_first for rung in (step.below, step.above)]
        premises = tuple(dict.fromkeys(both[:MAX_PREMISES]))
    return NextRole(
        id=mint(ids, "next-role", step.below.name, step.above.name),
        source=replace(source, rule=step.rule, premises=premises),
        from_role=step.below.id,
        to_role=step.above.id,
        kind="ladder step",
    )
