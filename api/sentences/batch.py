"""What a row of a batch says where there is no plan, or where a better one was not ruled out."""

from collections.abc import Sequence

from api.sentences.words import join


def rungs(role: str, next_rungs: Sequence[str]) -> str:
    """Why a ladder does not say for which role somebody goes."""
    if not next_rungs:
        return f"{role} is the last rung of its ladder; name a role in the column to"
    return f"after {role} come {join(next_rungs)}; name one of them in the column to"


def no_target() -> str:
    """Why nothing can be planned without a target."""
    return "the row names no role in the column to; name one, or give --to-next-rung or --to ROLE"


def no_role() -> str:
    """Why there is no next rung of nobody's ladder."""
    return "the row names no current role, so that it has no next rung; fill the column role or the column to"


def nobody() -> str:
    """Why a row is nobody's."""
    return "the row names nobody; fill the column person"


def twice(row: int) -> str:
    """Why a second row of one person is refused."""
    return f"this person stands in row {row} already"


def too_long(cells: int, headings: int) -> str:
    """Why a row is refused in which a separator within a cell has moved the others."""
    return (
        f"{cells} cells, {headings} headings; write numbers as 2.5 and 2000, "
        "and put quotes around words that hold a comma (or whatever else parts the cells)"
    )


def no_number(words: str) -> str:
    """Why hours a week cannot be read."""
    return f"hours_per_week {words!r} is no number; write one such as 7.5"


def no_steps(*, open_items: int, limited: bool) -> str:
    """Why a plan has no step."""
    if not open_items:
        return "no criterion is open"
    known = "that is known and keeps the limits" if limited else "that is known"
    return f"no credential {known} brings any open criterion nearer"


def bound(measure: str, found: int, least: int) -> str:
    """How far a better plan could go."""
    return f"{measure}: {found} found, and no plan has less than {least}"


def only_ties() -> str:
    """What is open where the value is proved and the choice among equals is not."""
    return "no plan has a better value; which of those of the same value comes first was not searched to the end"


def none_found() -> str:
    """What is open where the search was cut before any plan was found."""
    return "the search was cut before a plan was found"


def killed(times: int) -> str:
    """Why a question is given up."""
    return (
        f"the worker that planned this ended {times} times; ask it alone with `credpath next`, and report what happens"
    )


def fault(error: Exception) -> str:
    """Why a question that no rule refuses has no answer."""
    return f"something went wrong that is our fault: {type(error).__name__}; please report it with this row's columns"


def differs(parts: Sequence[str]) -> str:
    """Why an earlier run is not continued."""
    return f"an earlier run that was stopped differs in {join(parts)}, so everything is planned anew"


def continued(done: int, whole: int) -> str:
    """What an earlier run has left to do."""
    return f"an earlier run answered {done} of {whole} questions; it goes on from there"


def finishing() -> str:
    """What an interrupt does while workers answer."""
    return "finishing what is being answered; again to end now"


def kept(folder: str) -> str:
    """What becomes of a run that is stopped."""
    return f"what was planned is kept in {folder}; the same command goes on from there"
