"""The form of the page "What next?": what a person may write in it, and the question that this means.

It is an ordinary GET form, so an address holds all of it and can be kept, sent and printed.
"""

from dataclasses import dataclass

from starlette.datastructures import QueryParams

from api.asking.reading import Asked
from api.http.parameters import LONGEST, MOST
from ontology.errors import BadValue
from recommender.pathways.problem import Aim

AIMS: tuple[tuple[Aim, str], ...] = (
    ("balanced", "Balanced"),
    ("cheapest", "Cheapest"),
    ("quickest", "Quickest"),
    ("strongest", "Strongest proof"),
)
CURRENCIES = ("GBP", "EUR", "USD", "AUD", "CAD", "CHF", "INR")


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """What stands in the form, as it was written."""

    role: str
    to: str
    hours_per_week: str
    budget: str
    currency: str
    by: str
    aim: Aim
    have: list[str]
    exclude: list[str]
    pin: list[str]
    provider: list[str]
    level: list[str]
    fact: list[str]
    optional: bool
    strict_role: bool
    prefer_work: bool

    @property
    def is_empty(self) -> bool:
        """Whether nobody asked anything yet."""
        return not (self.role or self.to)

    @property
    def narrow(self) -> bool:
        """Whether one of the rarer fields is filled."""
        lists = (self.exclude, self.pin, self.provider, self.level, self.fact)
        return any(lists) or self.optional or self.strict_role or self.prefer_work

    def asked(self) -> Asked:
        """The same as the command's options. Raises `BadValue`."""
        bare = self.budget.replace(",", "").replace(".", "").replace("-", "").strip().isdigit()
        return Asked(
            role=self.role or None,
            to=self.to or None,
            have=self.have,
            levels=self.level,
            facts=self.fact,
            budget=f"{self.budget}{self.currency}" if bare else self.budget or None,
            hours=_number(self.hours_per_week),
            by=self.by or None,
            pin=self.pin,
            exclude=self.exclude,
            providers=self.provider,
            currency=self.currency if bare or not self.budget else None,
            aim=self.aim,
            strict_role=self.strict_role,
            optional=self.optional,
            prefer_work=self.prefer_work,
        )


def read_form(given: QueryParams, *, currency: str, hours: float) -> Form:
    """What was asked, cut to lengths and numbers that a person needs."""

    def one(name: str) -> str:
        return given.get(name, "").strip()[:LONGEST]

    def many(name: str) -> list[str]:
        return [each.strip()[:LONGEST] for each in given.getlist(name)[:MOST] if each.strip()]

    return Form(
        role=one("role"),
        to=one("to"),
        hours_per_week=one("hours_per_week") or f"{hours:g}",
        budget=one("budget"),
        currency=one("currency").upper() or currency,
        by=one("by"),
        aim=next((aim for aim, _ in AIMS if aim == one("aim")), "balanced"),
        have=many("have"),
        exclude=many("exclude"),
        pin=many("pin"),
        provider=many("provider"),
        level=many("level"),
        fact=many("fact"),
        optional=bool(one("optional")),
        strict_role=bool(one("strict_role")),
        prefer_work=bool(one("prefer_work")),
    )


def _number(words: str) -> float | None:
    if not words:
        return None
    try:
        return float(words)
    except ValueError as error:
        raise BadValue(f"{words!r} hours per week is no number; write one such as 5") from error
