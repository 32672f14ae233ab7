"""What somebody probably meant who wrote a word that is not known: every refusal of a loader ends with it."""

import difflib

MOST_NAMES = 12
"""More than so many are not listed in a refusal."""


def suggestion(found: str, known: tuple[str, ...]) -> str:
    """What was probably meant, or the list of what there is.

    >>> suggestion("practitoner", ("Working", "Practitioner"))
    "'Practitioner' (did you mistype it?)"
    >>> suggestion("x", ("Working", "Practitioner"))
    'one of: Working, Practitioner'
    """
    folded = {name.casefold(): name for name in reversed(known)}
    near = difflib.get_close_matches(found.casefold(), list(folded), n=1, cutoff=0.75)
    if near:
        return f"{folded[near[0]]!r} (did you mistype it?)"
    if len(known) <= MOST_NAMES:
        return "one of: " + ", ".join(known)
    nearest = difflib.get_close_matches(found.casefold(), list(folded), n=3, cutoff=0.0)
    return f"one of {len(known)} names, the nearest being " + ", ".join(folded[name] for name in nearest)
