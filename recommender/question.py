"""What a person asks: the target and the limits, with the clock passed in, so that a question is a plain value."""

from dataclasses import dataclass
from datetime import date

from ontology.errors import BadValue
from recommender.pathways.problem import Aim


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A pathway question.

    `currency` is the one in which plans are compared; `budget` and `hourly_rate` (what an hour of one's time is worth,
    for `balanced`) are its minor units. `providers`, `languages` and `modes` allow only what they list; empty allows
    all. `assume_role=False` is the stricter question in which the current role proves nothing; `prefer_work=True` lets
    workplace assignments be steps beside credentials.

    Raises `BadValue` where no plan could mean anything: a negative budget, no time in the week, a deadline not after
    `today`.
    """

    today: date
    aim: Aim = "balanced"
    currency: str = "GBP"
    budget: int | None = None
    weekly_minutes: int = 300
    hourly_rate: int = 2500
    deadline: date | None = None
    pinned: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    providers: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    modes: tuple[str, ...] = ()
    optional: bool = False
    assume_role: bool = True
    prefer_work: bool = False

    def __post_init__(self) -> None:
        if self.budget is not None and self.budget < 0:
            raise BadValue("a budget cannot be negative; give 0 or more, such as 2000GBP")
        if self.weekly_minutes <= 0:
            raise BadValue("the hours per week must be more than 0")
        if self.hourly_rate < 0:
            raise BadValue("what an hour is worth cannot be negative")
        if self.deadline is not None and self.deadline <= self.today:
            raise BadValue(f"the deadline {self.deadline} is not after today, {self.today}; give a later day")
        both = sorted(set(self.pinned) & set(self.excluded))
        if both:
            raise BadValue(f"{both[0]} is both pinned and excluded; choose one")
