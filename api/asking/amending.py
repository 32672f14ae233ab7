"""The words of `credpath amend` become what is to be edited: which record, and what of it changes.

A price, a claim or a level that somebody states already is corrected where it stands, so that both stay side by side;
one that nobody states becomes a thing of its own. What the words leave open is asked for and never guessed.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import cast

from api.asking.picking import pick, pick_thing
from api.asking.values import choices_of, find_field, read_money, read_value
from api.knowledge import Knowledge
from api.people import find_level
from graph.content import EDITS
from graph.edits import PLACE, Step, edited, new_id
from graph.fuse import said_by
from graph.index import Index
from graph.names import NAMED
from graph.targets import TARGETS
from ontology.errors import AmbiguousName, BadValue, UnknownName
from ontology.records import (
    RECORD_TYPES,
    Claim,
    Competency,
    Cost,
    Credential,
    Level,
    Option,
    Record,
    Requirement,
    Role,
    kind_of,
)
from ontology.schema import Field
from ontology.values import CostKind, Mode, Source


@dataclass(frozen=True, slots=True)
class Wanted:
    """A record as it is believed, or as it is to be where nobody states it yet, and what is to change."""

    believed: Record
    changes: Mapping[str, object]
    new: bool = False


def want_price(known: Knowledge, credential: str, amount: str, kind: str | None) -> tuple[Wanted, ...]:
    """What a credential costs. Raises an `InputError` where it is unclear which of its fees is meant."""
    index, id_ = known.index, pick(known.names, credential, Credential)
    money, currency = read_money(amount)
    kinds = choices_of(Cost, find_field(Cost, "kind"))
    if kind is not None and kind not in kinds:
        raise UnknownName("kind of fee", kind, kinds)
    costs = [cost for cost in index.costs_of(id_) if kind in (None, cost.kind)]
    for_all = [cost for cost in costs if cost.audience is None] or costs
    if len(for_all) == 1:
        return (Wanted(for_all[0], {"amount": money, "currency": currency}),)
    if for_all:
        told = tuple(f"{_fee(cost)} ({cost.id})" for cost in for_all)
        raise BadValue(
            f"{credential} has several fees: {', '.join(told)}; say --kind, or credpath amend field ID amount {amount}"
        )
    if kind is None:
        raise BadValue(f"nobody states a fee of {credential} yet; say which it is: --kind {', '.join(kinds)}")
    made = Cost(id=new_id(Cost, id_, kind), source=_OURS, credential=id_, kind=cast("CostKind", kind))
    made = replace(made, amount=money, currency=currency)
    return (_stated(index, made),)


def want_claim(
    known: Knowledge, credential: str, competency: str, level: str | None, mode: Mode | None
) -> tuple[Wanted, ...]:
    """What a credential teaches or assesses, at which level. Raises an `InputError` where it is unclear which."""
    index = known.index
    subject, of = pick(known.names, credential, Credential), pick(known.names, competency, Competency)
    at = find_level(index, of, level) if level is not None else None
    claims = [claim for claim in index.claims_of(subject) if claim.competency == of and mode in (None, claim.mode)]
    if len(claims) == 1:
        if at is None:
            raise BadValue(f"{credential} is said to {_verb(claims[0].mode)} {competency} already; correct its --level")
        return (Wanted(claims[0], {"level": at}),)
    if claims:
        told = ", ".join(f"{claim.mode} ({claim.id})" for claim in claims)
        raise BadValue(f"several statements speak of it: {told}; say --mode, or credpath amend field ID level LEVEL")
    if mode is None:
        raise BadValue(f"nobody says anything of {credential} and {competency} yet; say --mode assesses or teaches")
    exams = index.assessments_of(subject)
    made = Claim(
        id=new_id(Claim, subject, of, mode),
        source=_OURS,
        subject=subject,
        competency=of,
        mode=mode,
        level=at,
        assessment=exams[0].id if mode == "assesses" and len(exams) == 1 else None,
    )
    return (_stated(index, made),)


def want_level(known: Knowledge, role: str, competency: str, level: str) -> tuple[Wanted, ...]:
    """At which level a role asks for a competency. Raises an `InputError` where it asks for it more than once."""
    index = known.index
    subject, of = pick(known.names, role, Role), pick(known.names, competency, Competency)
    at = find_level(index, of, level)
    options = [
        option
        for requirement in index.requirements_of(subject)
        for option in index.options_of(requirement.id)
        if option.competency == of
    ]
    if len(options) == 1:
        return (Wanted(options[0], {"level": at}),)
    if options:
        told = ", ".join(option.id for option in options)
        raise BadValue(f"{role} asks for {competency} more than once: {told}; credpath amend field ID level LEVEL")
    asked = Requirement(id=new_id(Requirement, subject, of), source=_OURS, subject=subject, at_least=1)
    way = Option(id=new_id(Option, subject, of), source=_OURS, requirement=asked.id, competency=of, level=at)
    return (
        _stated(index, way),
        _stated(index, asked),
    )  # a way without its requirement is out of sight, not the reverse


def want_field(known: Knowledge, thing: str, field: str, values: Sequence[str]) -> tuple[Wanted, ...]:
    """Any field of any record. Raises an `InputError` where the thing, the field or the value is none."""
    record = find_record(known, thing)
    found = find_field(type(record), field)
    changes = read_value(type(record), found, values, lambda words, link: _lead(known, record, words, link))
    return (Wanted(record, changes),)


def find_record(known: Knowledge, words: str) -> Record:
    """The record of any kind that has this id or name. Raises `AmbiguousName` or `UnknownName`."""
    id_ = words.strip()
    for record_type in RECORD_TYPES:
        found = known.index.find(record_type, id_)
        if found is not None:
            return found
    id_ = pick_thing(known, words)
    return next(found for kind in RECORD_TYPES if (found := known.index.find(kind, id_)) is not None)


def edits_for(
    wanted: Iterable[Wanted], earlier: Iterable[Record], *, page: str | None, date: str | None
) -> tuple[Step, ...]:
    """The edits to make; what earlier ones of the same things corrected stays corrected."""
    before = {(kind_of(type(edit)), edit.id): edit for edit in earlier if edit.source.place == PLACE}
    found = ((each, before.get((kind_of(type(each.believed)), each.believed.id))) for each in wanted)
    return tuple((was, edited(each.believed, was, each.changes, page=page, date=date)) for each, was in found)


_OURS = Source(id=EDITS.id, place=PLACE)


def _stated(index: Index, record: Record) -> Wanted:
    """A thing that nobody states yet. One that an edit made is corrected like any other."""
    believed = index.find(type(record), record.id)
    return Wanted(believed or record, said_by(record), new=believed is None)


def _lead(known: Knowledge, record: Record, words: str, field: Field) -> str:
    """The id of the thing of a fitting kind that the words name, for a link."""
    index, kinds = known.index, TARGETS[field.name]
    for kind in kinds:
        found = index.find(kind, words)
        if found is not None:
            return found.id
    if Level in kinds:
        competency = getattr(record, "competency", None)
        if competency is not None:
            return find_level(index, competency, words)
    named = [kind for kind in kinds if kind in NAMED]
    if len(named) == 1:
        return pick(known.names, words, named[0])
    called = {
        id_: kind
        for kind in kinds
        for id_ in index.ids(kind)
        if " ".join(str(getattr(index.record(kind, id_), "name", None) or "").split()).casefold() == words.casefold()
    }
    if len(called) == 1:
        return next(iter(called))
    what = " or ".join(kind_of(kind) for kind in kinds[:3])
    if called:
        raise AmbiguousName(what, words, tuple(sorted(called)))
    raise UnknownName(what, words)


def _fee(cost: Cost) -> str:
    return cost.kind + (f" for {cost.audience}" if cost.audience else "")


def _verb(mode: Mode) -> str:
    return mode.removesuffix("es")
