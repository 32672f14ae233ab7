"""What a plan leaves: what no credential closes and why, the work that could, and the facts that decide."""

from collections.abc import Sequence

from api.sentences.words import amount, count, few, join, lower

WHY_OUT = {
    "excluded": "you excluded it",
    "retired": "it was retired",
    "no longer offered": "it is no longer offered",
    "provider": "it is by another provider than you allow",
    "language": "it is not stated to be offered in your language",
    "mode": "it is not stated to be offered in the mode you ask for",
    "price": "its price is not known, so it cannot be planned within a budget",
    "effort": "its effort is not known, so it cannot be planned before a deadline",
    "conditions": "it asks for what you have not confirmed and no plan can bring",
}


def would_fit(room: int, currency: str) -> str:
    """How low an unknown price would have to be, with what the credential asks for first, to fit beside the plan."""
    return f"; with what it asks for first, it would fit beside this plan at up to {amount(room, currency)}"


def nearest(credential: str, lacks: str, level: str | None, asked: str | None, because: str) -> str:
    """Why one credential does not show an item."""
    match lacks:
        case "level":
            return f"{credential} assesses it at {level or 'no stated level'}, and {asked} is asked."
        case "only teaches":
            at = f" up to {level}" if level else ""
            return f"{credential} teaches it{at} and does not assess it."
        case "out of proportion":
            return f"{credential} would bring it nearer, but it takes far more work than this level calls for."
        case "closeness":
            return f"{credential} surely shows what is only close to it."
        case "part":
            return f"{credential} shows a part of what is asked, and not enough by itself."
        case "limits":
            return f"{credential} would show it, but the limits leave no room for it in this plan."
        case "left out":
            return f"{credential} would bring it nearer, but {because}."
        case _:
            return f"{credential} comes near; it does not show it, because {because}."


def outcome(item: str, result: str, by: Sequence[str], misses: int, levels: str, *, claimed: bool) -> str:
    """What becomes of one open item; `claimed` where only the person says that they have it."""
    item = f"{item}, {levels}" if levels else item
    match result:
        case "shown":
            return f"{item}: shown by {join(by)}."
        case "unconfirmed":
            return f"{item}: {join(by)} may show it, and nothing known shows it surely."
        case "yours to show" if claimed:
            would = "an assessment or an assessor at work would show it"
            return f"{item}: yours to show; you say that you have it, and {would}."
        case "yours to show":
            return f"{item}: yours to show, with what you hold or an assessor at work."
        case _ if misses:
            return f"{item}: no credential closes this, because none that is known shows it at that level."
        case _:
            return f"{item}: no credential closes this, because none that is known speaks to it."


def work(name: str, hours: str | None) -> str:
    """The assignment that would show an item."""
    return f"Work can show it: {lower(name).rstrip('.')}{f' (about {hours})' if hours else ''}."


def deciding(words: str, opens: Sequence[str]) -> str:
    """A fact that decides, perhaps with others."""
    if not opens:
        return f'Can you confirm "{words.rstrip(".")}"? The role itself asks for it.'
    return f'Can you confirm "{words.rstrip(".")}"? {waits(opens)} it, and perhaps for more.'


def waits(opens: Sequence[str]) -> str:
    """Who waits for a fact."""
    return f"{few(opens, 3)} {'waits' if len(opens) == 1 else 'wait'} for"


def worth(credential: str, shows: Sequence[str], may: Sequence[str], *, verified: bool, in_force: bool) -> str:
    """What a held credential is worth here."""
    if not in_force:
        return f"{credential} has run out, so it counts for nothing until it is renewed."
    if shows:
        return f"{credential} shows {join(shows)}."
    if may and not verified:
        return f"{credential} may show {join(may)}; have it verified."
    if may:
        return f"{credential} may show {join(may)}."
    return f"{credential} speaks to nothing that this role asks for at that level."


def stack(into: str, missing: int, off: Sequence[str]) -> str:
    """What a held credential leads on to."""
    saved = f", and it takes {join(off)} off" if off else ""
    rest = f"{count(missing, 'condition')} still open" if missing else "all its conditions hold"
    return f"It counts toward {into}: {rest}{saved}."
