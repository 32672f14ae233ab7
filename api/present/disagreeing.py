"""What others say otherwise, of a thing and of what belongs to it: fees, assessments, claims, what it asks for."""

from collections.abc import Iterable, Iterator, Sequence

from api.present.values import MONEY, field_name, told
from api.present.view import View
from api.shapes.entries import DisagreementShape
from ontology.disagreement import Disagreement
from ontology.records import (
    AdvancedStanding,
    Assessment,
    Assignment,
    Claim,
    Cost,
    Credential,
    Option,
    Record,
    Requirement,
    Role,
    kind_of,
)


def disagreements(view: View, thing: Record) -> tuple[DisagreementShape, ...]:
    """What others say otherwise of a thing, then of each part of it."""
    own = (_shape(view, thing, each, "") for each in view.index.disagreements(thing.id))
    parts = (
        _shape(view, part, each, f"{label}: ")
        for part, label in _parts(view, thing)
        for each in _apart(view.index.disagreements(part.id))
    )
    return (*own, *parts)


def otherwise(view: View, record: Record, found: Iterable[Disagreement]) -> tuple[DisagreementShape, ...]:
    """What others say otherwise of one record."""
    return tuple(_shape(view, record, each, "") for each in found)


def owner(view: View, record: Record) -> str:
    """The id of what a record belongs to: the credential of a price, the role of what it asks; else its own."""
    match record:
        case Cost() | Assessment():
            return record.credential
        case Claim() | Requirement():
            return record.subject
        case Option():
            requirement = view.index.find(Requirement, record.requirement)
            return requirement.subject if requirement is not None else record.id
        case AdvancedStanding():
            return record.into
        case _:
            return record.id


def called(view: View, record: Record) -> str:
    """What a record is called in a sentence."""
    of = view.name(owner(view, record))
    match record:
        case Cost():
            return f"the {record.kind} fee{_for(record)} of {of}"
        case Assessment():
            return f"the assessment {record.name or record.id} of {of}"
        case Claim():
            return f"that {of} {record.mode} {view.name(record.competency)}"
        case Requirement():
            return f"that {of} asks for {view.criterion(record)}"
        case Option():
            return f"what {of} asks: {view.option(record)}"
        case AdvancedStanding():
            return f"what {view.name(record.held)} takes off {of}"
        case _:
            return of if of != record.id else f"{kind_of(type(record))} {record.id}"


def _shape(view: View, record: Record, each: Disagreement, label: str) -> DisagreementShape:
    """What one source says otherwise; an amount in the currency in which that source states it."""
    currency = next(
        (
            str(other.value)
            for other in view.index.disagreements(record.id)
            if other.field == "currency" and other.source == each.source
        ),
        None,
    )
    return DisagreementShape(
        field=label + field_name(each.field),
        value=told(view, record, each.field, each.value, currency=currency),
        source=view.cite(each.source),
    )


def _apart(found: Sequence[Disagreement]) -> Iterator[Disagreement]:
    """Without a currency that is told with its amount."""
    told = {each.source for each in found if each.field in MONEY}
    return (each for each in found if each.field != "currency" or each.source not in told)


def _parts(view: View, thing: Record) -> Iterator[tuple[Record, str]]:
    index = view.index
    if isinstance(thing, Credential):
        for cost in index.costs_of(thing.id):
            yield cost, f"{cost.kind} fee{_for(cost)}"
        for assessment in index.assessments_of(thing.id):
            yield assessment, assessment.name or "assessment"
    if isinstance(thing, Credential | Assignment):
        for claim in index.claims_of(thing.id):
            yield claim, view.name(claim.competency)
    if isinstance(thing, Credential | Role):
        for requirement in index.requirements_of(thing.id):
            label = f"asks for {view.criterion(requirement)}"
            yield requirement, label
            for option in index.options_of(requirement.id):
                yield option, label


def _for(cost: Cost) -> str:
    return f" for {cost.audience}" if cost.audience else ""
