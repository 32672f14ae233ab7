"""What `credpath batch` writes for each person, column by column, and what it says of the whole run.

The columns of the table are the fields of `BatchRowShape` in their order, so that file, schema and documentation are
one list. An analyst adds up prices, so they are exact decimals in the currency of the row, and not minor units.
"""

from datetime import date
from decimal import Decimal
from typing import Literal

from api.shapes.basics import Shape

BatchStatus = Literal[
    "proved best",
    "within bound",
    "nothing open",
    "cannot be closed",
    "limits leave no plan",
    "no next rung",
    "several next rungs",
    "refused",
]


class BatchRowShape(Shape):
    """One person of the input: what is open to the role they go for, and the best plan."""

    person: str
    """The person as the input calls them; empty where it names nobody."""
    status: BatchStatus
    """`proved best`: no plan is preferred to it; `within bound`: the search was cut, and `bound` says how far from the
    best it may be; `nothing open`: no criterion is open; `cannot be closed`: criteria are open, and no credential that
    is known and keeps the limits brings any nearer; `limits leave no plan`: what is pinned does not fit; `no next rung`
    and `several next rungs`: the ladder does not say for which role; `refused`: the row cannot be used."""
    reason: str | None
    """Why there is no plan; null where there is one."""
    role: str | None
    """The current role; null for somebody without one."""
    role_id: str | None
    target: str | None
    """The role they go for."""
    target_id: str | None
    open_items: int | None
    """How many criteria of that role are open; the next four numbers say what becomes of them."""
    shown: int | None
    """Shown by the plan."""
    unconfirmed: int | None
    """The plan may show it, and nothing known says surely."""
    yours_to_show: int | None
    """For the person to show, by what they hold, say of themselves or can confirm."""
    work_only: int | None
    """No credential shows it; work can."""
    still_open: tuple[str, ...]
    """Names of the open criteria that the plan does not show."""
    to_verify: tuple[str, ...]
    """Credentials held that would show an open criterion as soon as somebody verifies them: the cheapest step."""
    to_confirm: tuple[str, ...]
    """Facts that only the person can confirm and that could change the plan, those that decide most first."""
    steps: tuple[str, ...]
    """The credentials and workplace projects of the plan, in working order."""
    step_ids: tuple[str, ...]
    currency: str | None
    """ISO 4217 code of the prices."""
    price_low: Decimal | None
    """The sum of all prices that are known; prices that are not known are counted in `unknown_prices`, never zero."""
    price_high: Decimal | None
    unknown_prices: int | None
    minutes_low: int | None
    """The sum of all efforts that are known."""
    minutes_high: int | None
    unknown_efforts: int | None
    weeks: int | None
    """Weeks at the pace of the row; null where an effort is unknown."""
    finish: date | None
    """The day on which the last step ends; null where an effort is unknown, or where there is no step."""
    bound: str | None
    """How far a better plan could go, where that was not searched to the end."""
    revision: str
    """The revision of the catalogue that this was planned over."""


class BatchShape(Shape):
    """What `credpath batch` did."""

    people: str
    """The file of people."""
    out: str
    """The file of plans."""
    rows: int
    statuses: dict[str, int]
    """Rows by status."""
    questions: int
    """How many different questions these people ask; people who ask the same one get the same plan."""
    planned_before: int
    """Questions that an earlier run of the same command had answered."""
    refused: tuple[BatchRowShape, ...]
    """The rows that could not be used, as they stand in the file of plans."""
    not_read: tuple[str, ...]
    """Columns of the file of people that mean nothing to credpath."""
    today: date
    revision: str
    rubric: str
