"""Why a step, what a plan does, and what a plan does not do."""

from collections.abc import Sequence

from api.sentences.words import count, join, lower

INTENTS = {"cheapest": "Cheapest", "quickest": "Soonest", "soonest": "Soonest", "strongest": "Strongest"}


def closes(item: str, basis: str, proof: str, because: str, *, by_editors: bool) -> str:
    """How a step speaks to an item."""
    mapping = " That it speaks to this is our editors' mapping, not its issuer's word." if by_editors else ""
    if basis == "shown":
        return f"It shows {item}: {proof}.{mapping}"
    return f"It may show {item}, unconfirmed because {because}.{mapping}"


def enables(names: Sequence[str]) -> str:
    """What counts on a step."""
    return f"It opens the way to {join(names)}."


def reopens(items: Sequence[str]) -> str:
    """What falls back without a step."""
    return f"Without it {join(items)} {'reopens' if len(items) == 1 else 'reopen'}."


def pinned() -> str:
    """A step that the person chose."""
    return "You pinned it."


def undated() -> str:
    """Why a step has no date."""
    return "an effort up to here is not stated, so no date can be given"


def plan(status: str, steps: int, shown: Sequence[str], unconfirmed: Sequence[str], items: int, aim: str) -> str:
    """What a plan does, with how sure it is that there is no better one."""
    if not items:
        return "There is nothing to plan: no criterion is open."
    if not steps:
        return "The best plan has no step: no credential that is known brings any open criterion nearer."
    best = {
        "optimal": f"This is the best {aim} plan, proved: no other is preferred to it",
        "bounded": f"This is the best {aim} plan found; the search was cut, and how far a better one could go is given",
    }[status]
    what = []
    if shown:
        what.append(f"shows {join(shown)}")
    if unconfirmed:
        what.append(f"may show {join(unconfirmed)}")
    does = f"It {' and '.join(what)}." if what else "It closes nothing by itself."
    return f"{best}. {count(steps, 'step')}. {does}"


def infeasible() -> str:
    """No plan keeps the limits."""
    return "No plan keeps these limits: with the budget, the deadline and the pins as they are, nothing is valid."


def alternative(intent: str, *, there_is: bool, because: str | None) -> str:
    """An alternative by intent."""
    name = INTENTS.get(intent, intent.capitalize())
    return f"{name}." if there_is else f"{name}: {lower(because or 'there is none that differs enough.')}"


def to_do(kind: str, name: str, items: Sequence[str], *, surely: bool) -> str:
    """One thing to do."""
    what = {"verify": "Have {} verified", "earn": "Earn {}", "work": "{}"}[kind].format(name)
    if not items:
        return f"{what}: it opens the way to what follows."
    return f"{what}: {'shows' if surely else 'may show'} {join(items)}."
