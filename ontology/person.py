"""One person: what they do, hold, say of themselves. Never in the graph, in an export or in a log.

The recommender gets a `Person` as a value; where it is kept is the edge's affair.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Experience:
    """Work in a role family from a day to a day (`None`: until now)."""

    family: str
    started: date
    ended: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """A credential that the person holds. `verified` means that somebody other than the person confirmed it."""

    credential: str
    awarded: date | None = None
    expires: date | None = None
    verified: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimedLevel:
    """The person says: I have this competency at this level. It shows nothing yet."""

    competency: str
    level: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedFact:
    """The person's answer to a condition that only they can answer: does the option with this id hold?"""

    option: str
    holds: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Whoever asks. `role` is the id of the current role, or `None` for someone between roles."""

    role: str | None = None
    holdings: tuple[Holding, ...] = ()
    experiences: tuple[Experience, ...] = ()
    levels: tuple[ClaimedLevel, ...] = ()
    facts: tuple[StatedFact, ...] = ()
