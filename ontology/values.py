"""The small values that records are made of: who says so, ranges, and the closed lists of words.

Money is whole minor units (pence, cents), time is whole minutes and whole days, so sums and ties are exact. A quantity
is a `Range` or `None`, and `None` means that nobody says: it is never read as zero.
"""

from dataclasses import dataclass
from typing import Literal

from ontology.errors import BadValue

Flag = Literal["yes", "no"]
"""Three-valued with `None`, which means that nobody says."""

Mode = Literal["teaches", "assesses"]
Necessity = Literal["essential", "optional"]
ProviderKind = Literal[
    "university", "professional body", "industry association", "vendor", "platform", "employer", "government", "unknown"
]
CostKind = Literal["exam", "training", "tuition", "membership", "renewal", "other"]
Method = Literal[
    "attendance", "quiz", "exam", "oral exam", "project", "portfolio", "simulation", "capstone", "observed work",
    "coursework", "experience review",
]  # fmt: skip
Evaluator = Literal["Authority", "Automated", "External", "Peer", "Self"]
"""CTDL's categories of who evaluates (`ceterms:AssessEvaluation` concept scheme)."""

Relation = Literal["exact", "close", "broad", "narrow"]
BackingKind = Literal["accredits", "recognises", "regulates", "approves", "endorses"]
Verdict = Literal["met", "partly", "unmet"]
Status = Literal["active", "retired"]
RoleStep = Literal["ladder step", "related role"]


MOST_MONEY = 10**15
MOST_MINUTES = 10**7
MOST_DAYS = 10**5
"""The largest ends of quantities that a store takes: more than any price in the smallest unit of any currency, 19 years
without a pause, 270 years. What is beyond is a slip in somebody's table, and one such figure would make every plan that
could use it, and every sum, one that cannot be reckoned exactly."""


@dataclass(frozen=True, slots=True, order=True)
class Range:
    """A quantity known to lie between two whole numbers, both included.

    >>> Range(90, 120) + Range.exactly(30)
    Range(low=120, high=150)
    """

    low: int
    high: int

    def __post_init__(self) -> None:
        if not 0 <= self.low <= self.high:
            raise BadValue(
                f"a range goes from a low end of at least 0 to a high end not below it, not {self.low} to {self.high}"
            )

    def __add__(self, other: "Range") -> "Range":
        return Range(self.low + other.low, self.high + other.high)

    @staticmethod
    def exactly(value: int) -> "Range":
        """The range that holds one number only."""
        return Range(value, value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Who says so. No record lives without one.

    `id` names the source that was loaded (its voice, title and licence stand in its `SourceInfo`), `place` is where in
    it (file and row, or a pointer), `page` the public address that states it, `date` the day, month or year the page
    shows (ISO 8601, as precise as it is known). A record that a rule concluded names the `rule` and its `premises`
    (record ids); it is never surer than they are.
    """

    id: str
    place: str
    page: str | None = None
    date: str | None = None
    rule: str | None = None
    premises: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "premises", tuple(sorted(set(self.premises))))


Voice = Literal["own edits", "own organisation", "issuer", "registry", "editors", "others"]
"""Who speaks in a source, strongest first: the order in which two sources about one thing are believed."""

VOICES: tuple[Voice, ...] = ("own edits", "own organisation", "issuer", "registry", "editors", "others")


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceInfo:
    """A source as a whole: what it is called, who speaks, under which licence, and how it was attributed.

    `digest` is the SHA-256 of what was read, so that loading the same file twice changes nothing.
    """

    id: str
    title: str
    voice: Voice
    publisher: str | None = None
    licence: str | None = None
    attribution: str | None = None
    page: str | None = None
    date: str | None = None
    digest: str | None = None
