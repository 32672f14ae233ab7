"""One thing of the catalogue with all that is said of it, and the matches of words."""

from collections.abc import Iterable, Sequence

from api.present import figures, pathways, proof
from api.present.disagreeing import disagreements
from api.present.values import field_name, text
from api.present.view import View
from api.sentences import proof as proof_says
from api.shapes.basics import Citation, Level, Named
from api.shapes.entries import (
    EntryShape,
    FindShape,
    JudgedClaim,
    LeadsTo,
    MatchShape,
    Stated,
)
from graph.names import Match
from ontology.errors import UnknownId
from ontology.records import (
    Assignment,
    Claim,
    Competency,
    Credential,
    Framework,
    Provider,
    Record,
    Role,
    kind_of,
)
from ontology.schema import Field, fields_of
from recommender.figures import effort_of, price_of
from recommender.proof import judge

SHOWN: tuple[type[Record], ...] = (Credential, Role, Competency, Provider, Assignment, Framework)
"""The kinds of thing that `show` shows."""


def find_thing(view: View, id_: str) -> Record:
    """The thing with this id, of whichever kind. Raises `UnknownId`."""
    for kind in SHOWN:
        found = view.index.find(kind, id_)
        if found is not None:
            return found
    raise UnknownId("credential, role, competency, provider or assignment", id_)


def entry(view: View, id_: str) -> EntryShape:
    """All that is said of one thing. Raises `UnknownId`."""
    thing = find_thing(view, id_)
    credential = thing if isinstance(thing, Credential) else None
    name = view.name(thing.id)
    claims = tuple(_claims(view, thing))
    requires = tuple(view.condition(requirement) for requirement in view.index.requirements_of(thing.id))
    return EntryShape(
        id=thing.id,
        kind=kind_of(type(thing)),
        name=name,
        stated=tuple(_stated(view, thing)),
        requires=requires,
        price=figures.price(view, price_of(view.index, credential.id, view.currency)) if credential else None,
        effort=figures.effort(view, effort_of(view.index, credential)) if credential else None,
        elapsed=figures.elapsed(view, thing) if isinstance(thing, Credential | Assignment) else None,
        claims=claims,
        leads_to=tuple(_leads_to(view, credential)) if credential else (),
        levels=tuple(_levels(view, thing)) if isinstance(thing, Competency) else (),
        next_roles=_next_roles(view, thing),
        offers=_offers(view, thing),
        assignment=pathways.assignment(view, thing) if isinstance(thing, Assignment) else None,
        disagreements=disagreements(view, thing),
        says=f"{name} ({kind_of(type(thing))})",
    )


def find(words_: str, matches: Sequence[Match]) -> FindShape:
    """What words may mean."""
    return FindShape(
        words=words_,
        matches=tuple(
            MatchShape(
                id=match.id,
                kind=kind_of(match.record_type),
                name=match.name,
                score=round(match.score, 4),
                exact=match.exact,
                matched_words=match.matched_words,
            )
            for match in matches
        ),
    )


def _stated(view: View, thing: Record) -> Iterable[Stated]:
    kind: type = type(thing)
    for field in fields_of(kind):
        value = getattr(thing, field.name)
        if field.name != "name" and value not in (None, ()):
            yield Stated(
                field=field_name(field.name), value=text(view, field.name, value), source=_said(view, thing, field)
            )


def _said(view: View, thing: Record, field: Field) -> Citation:
    try:
        return view.cite(view.index.said(thing.id, field.name))
    except UnknownId:
        return view.cite(thing.source)


def _claims(view: View, thing: Record) -> Iterable[JudgedClaim]:
    found: Iterable[Claim] = ()
    if isinstance(thing, Credential | Assignment):
        found = view.index.claims_of(thing.id)
    elif isinstance(thing, Competency):
        found = (claim for claim, _ in view.index.claims_on(thing.id))
    for claim in found:
        shape = proof.claim(view, claim)
        strength = judge(view.index, claim, rubric=view.rubric, today=view.today)
        if claim.mode == "teaches":
            says = "teaches it and does not assess it"
        elif claim.level is not None and strength.low >= view.rubric.threshold:
            says = f"shows it: {proof_says.proven(strength, view.rubric)}"
        else:
            because = proof_says.unsure(strength, view.rubric, level_stated=claim.level is not None)
            says = f"does not surely show it, because {because}"
        yield JudgedClaim(claim=shape, strength=proof.strength(view, strength), says=says)


def _leads_to(view: View, credential: Credential) -> Iterable[LeadsTo]:
    for link in view.index.wholes_of(credential.id):
        yield LeadsTo(credential=view.named(link.whole), how="part of", standing=None)
    for other in view.index.credentials_requiring(credential.id):
        yield LeadsTo(credential=view.named(other.id), how="required by", standing=None)
    for standing in view.index.standing_from(credential.id):
        yield LeadsTo(credential=view.named(standing.into), how="standing", standing=pathways.standing(view, standing))


def _levels(view: View, competency: Competency) -> Iterable[Level]:
    for level in view.index.levels_of(competency.scale) if competency.scale else ():
        shape = view.level(level.id, competency.id)
        if shape is not None:
            yield shape


def _next_roles(view: View, thing: Record) -> tuple[Named, ...]:
    return view.all_named(step.to_role for step in view.index.next_roles(thing.id)) if isinstance(thing, Role) else ()


def _offers(view: View, thing: Record) -> tuple[Named, ...]:
    if isinstance(thing, Provider):
        return view.all_named(credential.id for credential in view.index.credentials_of(thing.id))
    if isinstance(thing, Framework):
        return view.all_named(role.id for role in view.index.roles_of_ladder(thing.id))
    return ()
