"""When an answer may be used again: its tag follows from the catalogue, the rubric, the day and the question alone.

The same question has the same answer, so a tag can be compared before anything is computed.
"""

from datetime import date
from hashlib import sha256

from starlette.datastructures import Headers

from api.knowledge import Knowledge

HEADERS = {"Cache-Control": "private, no-cache"}


def tag(known: Knowledge, today: date, path: str, query: str) -> str:
    """The ETag of an answer; weak, because the same answer may be sent compressed or not."""
    settings = known.settings
    parts = (
        known.index.revision,
        repr(known.rubric),
        today.isoformat(),
        f"{settings.currency} {settings.hours_per_week} {settings.hour_value}",
        path,
        query,
    )
    digest = sha256("\n".join(parts).encode()).hexdigest()[:32]
    return f'W/"{digest}"'


def is_known(headers: Headers, etag: str) -> bool:
    """Whether the client says that it has this answer already."""
    said = headers.get("if-none-match", "")
    return "*" in said.split(",") or etag.removeprefix("W/") in {
        one.strip().removeprefix("W/") for one in said.split(",")
    }
