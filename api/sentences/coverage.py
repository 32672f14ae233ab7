"""What the coverage of a ladder comes to."""

from collections.abc import Sequence

from api.sentences.words import count, few


def cell(cover: str, credentials: int, providers: int) -> str:
    """One cell."""
    by = f"{count(credentials, 'credential')} of {count(providers, 'provider')}"
    return {
        "shown": f"shown by {by}",
        "unconfirmed": f"may be shown by {by}",
        "taught": f"only taught, by {by}",
        "none": "no credential speaks to it at this level",
    }[cover]


def ladder(cells: int, shown: int, unconfirmed: int, taught: int, single: int) -> list[str]:
    """What the whole comes to."""
    none = cells - shown - unconfirmed - taught
    says = [
        f"Of {count(cells, 'criterion', 'criteria')}, {shown} can be shown by a credential, {unconfirmed} may be "
        f"shown, {taught} are only taught, and for {none} no credential is known at that level."
    ]
    if single:
        says.append(f"{count(single, 'criterion', 'criteria')} that can or may be shown rest on one provider only.")
    return says


def nowhere(names: Sequence[str]) -> str:
    """Competencies for which no credential is known."""
    return f"At no rung is a credential known for {few(names, 6)}."
