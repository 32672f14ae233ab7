"""On what each item of a gap rests, and what a gap comes to."""

from collections.abc import Sequence

from api.sentences.words import count, join

SAYS = {
    "shown": "shown",
    "assumed": "assumed from your role",
    "unconfirmed": "unconfirmed",
    "claimed": "your word",
    "missing": "open",
}
"""A basis as a person reads it in a table."""


def level_gap(have: str | None, asked: str | None) -> str:
    """From the level that is met to the one that is asked."""
    if asked is None:
        return "at no stated level"
    return f"from {have} to {asked}" if have and have != asked else f"at {asked}"


def ground(basis: str, by: str, because: str | None, *, would_show: bool) -> str:
    """One thing on which an item rests."""
    match basis:
        case "shown":
            return f"{by} shows it{f' ({because})' if because else ''}."
        case "assumed":
            return f"Your role, {by}, asks for it."
        case "claimed":
            return "You say so; nothing shows it yet."
        case _ if would_show:
            return f"{by} would show it as soon as somebody verifies that you hold it."
        case _ if because:
            return f"{by} may show it; not surely, because {because}."
        case _:
            return f"Your role, {by}, asks for it, but no level is stated."


def item(name: str, basis: str, levels: str, *, verify: Sequence[str], all_of_them: bool = False) -> str:
    """What is open about one item."""
    name = f"{name}, {levels}," if levels else name
    if basis in ("shown", "assumed"):
        return f"{name} is met."
    if verify:
        return f"{name} is yours to show: have {join(verify, 'and' if all_of_them else 'or')} verified."
    if basis == "claimed":
        return (
            f"{name} is yours to show: you say that you have it, and an assessment or an assessor at work "
            "would show it."
        )
    if basis == "unconfirmed":
        return f"{name} is yours to show: what you hold may show it, but not surely."
    return f"{name} is open."


def gap(target: str, role: str | None, opened: Sequence[str], whole: int) -> str:
    """What a gap comes to."""
    start = f"From {role} to {target}" if role else f"For {target}"
    if not whole:
        return f"{start}: nothing is asked for, so there is no gap to measure."
    if not opened:
        return f"{start}: all of {count(whole, 'criterion', 'criteria')} are met."
    return (
        f"{start}: {len(opened)} of {count(whole, 'criterion', 'criteria')} {'is' if len(opened) == 1 else 'are'} open."
    )


def prospect(step: str | None, opened: int, percent: int) -> str:
    """A role one could go for."""
    kind = {"ladder step": "the next rung", "related role": "a related role"}.get(step or "", "shares competencies")
    return f"{kind}; {percent} % ready, {count(opened, 'criterion', 'criteria')} open"
