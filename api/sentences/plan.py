"""Why a step, what a plan does, and what a plan does not do."""

from collections.abc import Sequence

from api.sentences.words import count, join

INTENTS = {"cheapest": "Cheapest", "quickest": "Soonest", "strongest": "Strongest", "different": "Different"}
"""What the intents of alternatives are called."""


def closes(items: Sequence[str], basis: str, because: str, *, by_editors: bool) -> str:
    """How a step speaks to items; `because` says how surely it shows them, or why not surely."""
    what = "this" if len(items) == 1 else "these"
    mapping = f" That it speaks to {what} is our editors' mapping, not its issuer's word." if by_editors else ""
    if basis == "shown":
        return f"It shows {join(items)}: {because}.{mapping}"
    return f"It may show {join(items)}, unconfirmed because {because}.{mapping}"


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


def plan(
    status: str,
    steps: int,
    shown: Sequence[str],
    unconfirmed: Sequence[str],
    items: int,
    aim: str,
    *,
    limited: bool,
    found: bool = True,
) -> str:
    """What a plan does, with how sure it is that there is no better one; `limited` where limits kept something out.

    Not `found`: the search was cut before it came to any plan that has what is pinned and keeps the limits.
    """
    if not found:
        return (
            "The search was cut before a plan was found that has all you pinned and keeps your limits, so whether "
            "there is one is not known; pin less, or choose another aim."
        )
    if not items:
        return "There is nothing to plan: no criterion is open."
    if not steps and status == "bounded":
        return "No plan with a step was found before the search was cut, so there may be one."
    if not steps:
        known = "that is known and keeps your limits" if limited else "that is known"
        return (
            f"The best plan is proved optimal and has no step: no credential {known} brings any open criterion nearer."
        )
    best = {
        "optimal": f"This is the {aim} plan, proved optimal: no other is preferred to it",
        "bounded": f"This is the {aim} plan found; the search was cut, and how far a better one could go is given",
    }[status]
    what = []
    if shown:
        what.append(f"shows {join(shown)}")
    if unconfirmed:
        what.append(f"may show {join(unconfirmed)}")
    does = f"It {' and '.join(what)}." if what else "It closes nothing by itself."
    return f"{best}. {count(steps, 'step')}. {does}"


def infeasible(pins_out: Sequence[tuple[str, str]], limits: Sequence[str]) -> str:
    """No plan keeps the limits: a pin is no candidate and why, or which limits what is pinned does not fit."""
    if pins_out:
        why = "; ".join(f"{name} is pinned, but {because}" for name, because in pins_out)
    else:
        why = f"what is pinned, with all that it waits for, does not fit the {join(limits)}"
    return f"No plan keeps these limits: {why}."


def asked_by(items: Sequence[str]) -> str:
    """The criteria that ask for this very credential."""
    return f"The role asks for it: {join(items)}."


def alternative(intent: str, because: str | None) -> str:
    """An alternative by intent, or why there is none."""
    return f"{INTENTS[intent]}: {because}." if because else f"{INTENTS[intent]}."


def no_alternative(why: str, same_as: str) -> str:
    """Why there is no other plan of an intent."""
    match why:
        case "same":
            return "the best plan, above" if same_as == "best" else f"the {INTENTS[same_as].lower()} plan again"
        case "idle":
            return "what differs would only add steps that close nothing"
        case "cut":
            return "the search was cut before one was found"
        case _:
            return "no other plan closes anything"


def to_do(kind: str, name: str, items: Sequence[str], hours: str | None, *, surely: bool, each: bool = False) -> str:
    """One thing to do; `each` for work of a general kind, which is done once for each item."""
    each = each and len(items) > 1
    what = {"verify": "Have {} verified", "earn": "Earn {}", "work": "{}"}[kind].format(name)
    if kind == "work":
        what += f" (work{', ' + hours if hours else ''}{' for each' if each and hours else ''})"
    if not items:
        return f"{what}: it opens the way to what follows."
    does = {"verify": "that shows", "work": "would show"}.get(kind, "shows" if surely else "may show")
    return f"{what}: {does} {join(items)}{', one project for each' if each else ''}."
