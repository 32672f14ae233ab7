"""What may be asked over HTTP: the command's options as query parameters, each with its meaning, limits and an example.

Limits on length and number keep a stranger's question small; what the words mean is the same code as the command's.
"""

from dataclasses import replace
from datetime import date
from typing import Annotated

from fastapi import Path, Query
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from api.asking.reading import Asked
from api.http.paging import MOST_PER_PAGE, PER_PAGE
from recommender.pathways.problem import Aim

LONGEST = 200
MOST = 40

Words = Annotated[str, StringConstraints(max_length=LONGEST, pattern=r"^[^\x00-\x1f\x7f]*$")]
Many = Annotated[list[Words], Field(max_length=MOST)]


class GapQuestion(BaseModel):
    """The parameters of a gap: who asks, and for which role."""

    model_config = ConfigDict(extra="forbid")

    role: Words = Field("", description="The current role: a name or an id.", examples=["Senior product manager"])
    to: Words = Field(
        "",
        description="The role one wants. Without it: the next rung where there is exactly one, and the roles near.",
        examples=["Lead product manager"],
    )
    have: Many = Field(
        [],
        description="A credential one holds, with the day it was awarded after an @ if known. May be repeated.",
        examples=[["Professional Scrum Product Owner I@2025-03-01"]],
    )
    level: Many = Field(
        [],
        description="COMPETENCY=LEVEL: a level one says one has. Claimed is not yet shown. May be repeated.",
        examples=[["Agile and Lean practices=Expert"]],
    )
    fact: Many = Field(
        [], description="ID=yes or ID=no: the answer to a fact that an answer asks about. May be repeated."
    )
    strict_role: bool = Field(default=False, description="The current role proves nothing by itself.")
    optional: bool = Field(default=False, description="Count optional criteria too.")
    today: date | None = Field(None, description="The day of the question; absent: this day.", examples=["2026-11-24"])

    def asked(self) -> Asked:
        """The same as the command's options."""
        return Asked(
            role=self.role or None,
            to=self.to or None,
            have=_filled(self.have),
            levels=_filled(self.level),
            facts=_filled(self.fact),
            strict_role=self.strict_role,
            optional=self.optional,
            today=self.today.isoformat() if self.today else None,
        )


class NextQuestion(GapQuestion):
    """The parameters of a pathway: those of a gap, limits, and an aim."""

    budget: Words = Field("", description="The most it may cost, with the currency.", examples=["2000GBP"])
    hours_per_week: float | None = Field(
        None, gt=0, le=168, allow_inf_nan=False, description="Hours one can give in a week.", examples=[5]
    )
    by: date | None = Field(None, description="The day by which the plan must end.", examples=["2027-12-31"])
    pin: Many = Field([], description="A credential that the plan must have. May be repeated.")
    exclude: Many = Field([], description="A credential that the plan must not have. May be repeated.")
    provider: Many = Field([], description="Only credentials of this provider. Repeated: of any of them.")
    language: Many = Field([], description="Only credentials offered in this language. Repeated: in any of them.")
    mode: Many = Field([], description="Only credentials delivered so. Repeated: in any of these ways.")
    currency: Words = Field("", description="The currency in which plans are compared (ISO 4217).", examples=["GBP"])
    hour_value: Words = Field("", description="What an hour of one's time is worth.", examples=["25GBP"])
    aim: Aim = Field("balanced", description="What makes one of two plans better that close as much.")
    prefer_work: bool = Field(default=False, description="Workplace projects may be steps beside credentials.")

    def asked(self) -> Asked:
        """The same as the command's options."""
        return replace(
            super().asked(),
            budget=self.budget or None,
            hours=self.hours_per_week,
            by=self.by.isoformat() if self.by else None,
            pin=_filled(self.pin),
            exclude=_filled(self.exclude),
            providers=_filled(self.provider),
            languages=_filled(self.language),
            modes=_filled(self.mode),
            currency=self.currency or None,
            hour_value=self.hour_value or None,
            aim=self.aim,
            prefer_work=self.prefer_work,
        )


def _filled(words: list[str]) -> list[str]:
    return [each for each in words if each.strip()]


Id = Annotated[
    Words, Path(description="An id; it has slashes.", examples=["id/uk-digital/role/senior-product-manager"])
]
PageNumber = Annotated[int, Query(alias="page", ge=1, le=100_000, description="Pages count from 1.")]
PerPage = Annotated[int, Query(ge=1, le=MOST_PER_PAGE, description=f"How many a page; {PER_PAGE} unless told.")]
Ladder = Annotated[Words, Query(min_length=1, description="A ladder or role family.", examples=["Product manager"])]
Sought = Annotated[Words, Query(min_length=1, description="Words of a name.", examples=["senior pm"])]
Limit = Annotated[int, Query(ge=1, le=100, description="At most so many.")]
CurrencyCode = Annotated[Words, Query(description="The currency of prices (ISO 4217).", examples=["GBP"])]
Today = Annotated[date | None, Query(description="The day of the question; absent: this day.", examples=["2026-11-24"])]
