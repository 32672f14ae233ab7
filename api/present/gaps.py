"""The gap, item by item, with what each basis rests on."""

from typing import Literal

from api.present import proof
from api.present.view import View
from api.sentences import gap as says
from api.sentences import proof as proof_says
from api.shapes.gap import GapItem as ItemShape
from api.shapes.gap import GapOption, GapShape, GroundShape, Readiness
from ontology.records import Option
from recommender.gap import Gap, GapItem, Ground, OptionState


def gap(view: View, value: Gap) -> GapShape:
    """The gap between a person and a role."""
    items = tuple(item(view, each) for each in value.items)
    opened = [each.name for each in items if not each.met]
    role = view.named(value.role) if value.role else None
    target = view.named(value.target)
    return GapShape(
        role=role,
        target=target,
        today=view.today,
        items=items,
        open=tuple(each.id for each in items if not each.met),
        readiness=readiness(value),
        says=says.gap(target.name, role.name if role else None, opened, len(items)),
    )


def readiness(value: Gap) -> Readiness:
    """Importance met and in all."""
    met, whole = value.readiness
    return Readiness(met=met, whole=whole, percent=100 * met // whole if whole else 100)


def item(view: View, value: GapItem) -> ItemShape:
    """One requirement of the target."""
    requirement, name = value.requirement, view.criterion(value.requirement)
    verify = view.all_named(value.by_verifying)
    return ItemShape(
        id=requirement.id,
        name=name,
        words=requirement.words,
        necessity=requirement.necessity,
        importance=value.importance,
        importance_stated=requirement.importance is not None,
        measured_by=requirement.measured_by,
        at_least=requirement.at_least,
        options=tuple(_option(view, state) for state in value.options),
        basis=value.basis,
        met=value.met,
        verify=verify,
        says=says.item(
            name,
            value.basis,
            levels(view, value),
            verify=[held.name for held in verify] if value.verifying_is_enough else (),
            all_of_them=value.requirement.at_least - sum(state.met for state in value.options) > 1,
        ),
        source=view.cite(requirement.source),
    )


def levels(view: View, value: GapItem) -> str:
    """From the level that is met to the one asked, for the option that comes first."""
    state = next((s for s in value.options if s.option.competency), None)
    if state is None:
        return ""
    have, asked = view.level(state.have), view.level(state.option.level)
    return says.level_gap(have.name if have else None, asked.name if asked else None)


def _option(view: View, state: OptionState) -> GapOption:
    option = state.option
    return GapOption(
        id=option.id,
        kind=_kind(option),
        name=view.option(option),
        competency=view.named(option.competency) if option.competency else None,
        asked=view.level(option.level, option.competency),
        have=view.level(state.have, option.competency),
        credential=view.named(option.credential) if option.credential else None,
        years=option.years,
        family=option.family,
        basis=state.basis,
        decided=state.decided,
        grounds=tuple(_ground(view, ground, option) for ground in state.grounds),
    )


def _kind(option: Option) -> Literal["competency", "credential", "years", "fact"]:
    if option.competency is not None:
        return "competency"
    if option.credential is not None:
        return "credential"
    return "years" if option.years is not None else "fact"


def _ground(view: View, ground: Ground, option: Option) -> GroundShape:
    because = None
    if ground.strength is not None:
        if ground.basis == "shown":
            because = proof_says.proven(ground.strength, view.rubric)
        else:
            stated = option.level is not None and ground.claim is not None and ground.claim.level is not None
            because = proof_says.unsure(ground.strength, view.rubric, level_stated=stated)
    by = view.named(ground.by)
    return GroundShape(
        basis=ground.basis,
        by=by,
        claim=proof.claim(view, ground.claim) if ground.claim else None,
        strength=proof.strength(view, ground.strength) if ground.strength else None,
        verified=ground.verified,
        says=says.ground(ground.basis, by.name, because, would_show=ground.would_show),
    )
