"""Errors as an HTTP client reads them (RFC 9457): one table from the error tree to statuses, and what may be told.

What a person asked wrongly is told back in the error's own sentence. What fails inside is not: its text may name
folders, so the client gets a fixed sentence and the log gets the rest.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ontology.errors import (
    AmbiguousName,
    BadSetting,
    BadValue,
    CredpathError,
    EmptyCatalogue,
    InputError,
    SourceError,
    StoreChanged,
    StoreError,
    StoreFull,
    StoreLocked,
    StoreUnreachable,
    UnknownId,
    UnknownName,
    UnknownSource,
)

MEDIA_TYPE = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of problem. `instead` is told in place of the error's own sentence, where that is not for everybody."""

    slug: str
    status: int
    title: str
    instead: str | None = None

    @property
    def type(self) -> str:
        """Its address: where the page of the API explains it."""
        return f"/docs#{self.slug}"


UNREADABLE_QUESTION = Kind("unreadable-question", 422, "A parameter cannot be read")
UNEXPECTED = Kind(
    "unexpected", 500, "Something went wrong here", "It is not your question. The log of this server says more."
)

TABLE: tuple[tuple[type[CredpathError], Kind], ...] = (
    (AmbiguousName, Kind("ambiguous-name", 422, "Several things are called like that")),
    (UnknownName, Kind("unknown-name", 404, "Nothing is called like that")),
    (UnknownId, Kind("unknown-id", 404, "Nothing has this id")),
    (UnknownSource, Kind("unknown-source", 404, "No such source was loaded")),
    (BadValue, Kind("bad-value", 422, "A value cannot be used")),
    (
        EmptyCatalogue,
        Kind("empty-catalogue", 503, "Nothing is loaded yet", "Load the starter graph or your own first."),
    ),
    (
        BadSetting,
        Kind("bad-setting", 500, "This server is set up wrongly", "The log of this server says which setting."),
    ),
    (InputError, Kind("bad-question", 422, "The question cannot be answered as it stands")),
    (SourceError, Kind("unreadable-source", 422, "A source cannot be read")),
    (
        StoreLocked,
        Kind("store-in-use", 503, "The store is in use", "Another process owns it; try again when it is done."),
    ),
    (
        StoreUnreachable,
        Kind("store-away", 503, "The store cannot be reached", "Its server does not answer; try again later."),
    ),
    (
        StoreChanged,
        Kind("store-changed", 503, "The store was changed meanwhile", "Ask again; it was changed while it was read."),
    ),
    (
        StoreFull,
        Kind("store-full", 507, "The store is full", "It takes nothing new; what was there is whole."),
    ),
    (StoreError, Kind("store-fails", 500, "The store fails", "The log of this server says more.")),
)
"""The first family that an error belongs to decides."""

_BY_STATUS = {
    404: Kind("not-found", 404, "There is no such page", "Nothing answers at this address; /docs lists what there is."),
    405: Kind("wrong-method", 405, "This address only answers GET", "Everything here is read with GET."),
}

KINDS: tuple[Kind, ...] = (*(kind for _, kind in TABLE), UNREADABLE_QUESTION, *_BY_STATUS.values(), UNEXPECTED)


def kind_of_error(error: CredpathError) -> Kind:
    """The row of the table for an error."""
    return next((kind for family, kind in TABLE if isinstance(error, family)), UNEXPECTED)


def told(error: CredpathError) -> str:
    """What a client may read about an error."""
    return kind_of_error(error).instead or str(error)


def problem(kind: Kind, detail: str, /, **more: Any) -> dict[str, Any]:
    """A problem document."""
    return {"type": kind.type, "title": kind.title, "status": kind.status, "detail": detail, **more}


def problem_of_error(error: CredpathError) -> dict[str, Any]:
    """The problem document of an error; of a name, with the candidates."""
    more: dict[str, Any] = {}
    if isinstance(error, AmbiguousName | UnknownName):
        more = {"kind": error.kind, "words": error.words, "candidates": list(error.candidates)}
    elif isinstance(error, UnknownId):
        more = {"kind": error.kind, "id": error.id}
    elif isinstance(error, UnknownSource):
        more = {"id": error.id, "known": list(error.known)}
    return problem(kind_of_error(error), told(error), **more)


def problem_of_parameters(errors: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The problem document of parameters that cannot be read: where and why, without echoing what was sent."""
    found = [{"where": ".".join(str(part) for part in error["loc"]), "why": str(error["msg"])} for error in errors]
    first = f"{found[0]['where']}: {found[0]['why']}" if found else "a parameter"
    return problem(UNREADABLE_QUESTION, first, errors=found)


def problem_of_status(status: int) -> dict[str, Any]:
    """The problem document of what the framework refuses by itself."""
    kind = _BY_STATUS.get(status) or Kind(
        "refused", status, "The request was refused", "The server cannot take this request."
    )
    return problem(kind, kind.instead or kind.title)
