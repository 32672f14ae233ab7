"""How the competencies of a ladder are covered: role by competency, shown by whom, how strongly, how cheaply, or not.

HR's question. A cell is one requirement of one role: the credentials that show it, the best proof among them, the
number of providers behind it (one only is a risk), the cheapest with a known price, or nobody.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from graph.index import Index
from ontology.records import Credential, Option, Requirement, Role
from ontology.rubric import Rubric
from recommender.figures import Price, price_of
from recommender.gap import grade
from recommender.offers import is_offered
from recommender.proof import Strength, judge
from recommender.question import Question

Cover = Literal["shown", "unconfirmed", "taught", "none"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """How one requirement of a role is covered.

    `cover` is the best: a credential shows it, may show it, only teaches toward it, or none speaks to it. `credentials`
    are those at that best, `providers` theirs, `cheapest` the one of them with the lowest known price. `others` are
    further providers, of credentials that only may show what those of `providers` show.
    """

    role: str
    requirement: Requirement
    option: Option
    cover: Cover
    best: Strength | None
    credentials: tuple[str, ...]
    providers: tuple[str, ...]
    others: tuple[str, ...]
    cheapest: tuple[str, Price] | None
    work: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """The cells of a ladder, role by role from the lowest rung, and the roles in that order."""

    roles: tuple[str, ...]
    cells: tuple[Cell, ...]


def find_coverage(index: Index, ladder_or_family: str, question: Question, *, rubric: Rubric) -> Coverage:
    """The coverage of a ladder (by id) or a role family (by name); empty where there are no such roles.

    One cell for each competency option of each requirement.
    """
    roles = _from_lowest(index, index.roles_of_ladder(ladder_or_family))
    cells = tuple(
        _cell(index, role, requirement, option, question, rubric)
        for role in roles
        for requirement in index.requirements_of(role)
        for option in index.options_of(requirement.id)
        if option.competency is not None
    )
    return Coverage(roles, cells)


def _from_lowest(index: Index, roles: Iterable[Role]) -> tuple[str, ...]:
    """Roles so that each stands after those that lead to it (longest way from the bottom), then by id."""
    ids = {role.id for role in roles}
    heights: dict[str, int] = {}

    def height(role: str, above: frozenset[str] = frozenset()) -> int:
        if role not in heights:
            below = [s.from_role for s in index.previous_roles(role) if s.kind == "ladder step" and s.from_role in ids]
            heights[role] = max((1 + height(b, above | {role}) for b in below if b not in above), default=0)
        return heights[role]

    return tuple(sorted(ids, key=lambda role: (height(role), role)))


def _cell(
    index: Index, role: str, requirement: Requirement, option: Option, question: Question, rubric: Rubric
) -> Cell:
    by_cover: dict[Cover, dict[str, Strength]] = {"shown": {}, "unconfirmed": {}, "taught": {}}
    for claim, relation in index.claims_on(option.competency or ""):
        credential = index.find(Credential, claim.subject)
        if credential is None or not is_offered(credential, question.today):
            continue
        strength = judge(index, claim, rubric=rubric, today=question.today)
        cover: Cover | None = grade(index, claim, option.level, strength, rubric, exact=relation == "exact")
        if cover is None and (not option.level or not claim.level or index.reaches(claim.level, option.level)):
            cover = "taught" if claim.mode == "teaches" else None
        if cover is not None:
            seen = by_cover[cover].get(credential.id)
            if seen is None or (strength.low, strength.high) > (seen.low, seen.high):
                by_cover[cover][credential.id] = strength
    best: Cover = next((cover for cover, found in by_cover.items() if found), "none")
    credentials = by_cover.get(best, {})
    priced = [(id_, price_of(index, id_, question.currency)) for id_ in credentials]
    known = [(price.amount.high, id_, price) for id_, price in priced if price.amount is not None]
    providers = _providers(index, credentials)
    others = _providers(index, by_cover["unconfirmed"]) - providers if best == "shown" else ()
    work = index.assignments_for(option.competency or "", option.level) if option.level else ()
    return Cell(
        role=role,
        requirement=requirement,
        option=option,
        cover=best,
        best=max(credentials.values(), key=lambda s: (s.low, s.high), default=None),
        credentials=tuple(sorted(credentials)),
        providers=tuple(sorted(providers)),
        others=tuple(sorted(others)),
        cheapest=next(((id_, price) for _, id_, price in sorted(known, key=lambda priced: priced[:2])), None),
        work=tuple(assignment.id for assignment in work),
    )


def _providers(index: Index, credentials: Iterable[str]) -> set[str]:
    return {provider for id_ in credentials if (provider := index.record(Credential, id_).provider) is not None}
