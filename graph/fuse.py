"""Several statements about one thing become one record, field by field, and whoever loses stays in sight.

The order in which statements are believed: voice (`ontology.values.VOICES`), dated before undated, the newest date,
source id, place. The first that says a field wins it; absent never beats present; tuples are united. Fields that mean
nothing without each other are never mixed from statements that disagree (`COUPLED`). The order in which statements
are given never matters, and one statement alone is fused to itself.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date as Date  # noqa: N812
from typing import Generic, cast

from ontology.disagreement import Disagreement
from ontology.records import (
    AdvancedStanding,
    Claim,
    Cost,
    Credential,
    Option,
    OutcomeData,
    Provider,
    R,
    Record,
    kind_of,
)
from ontology.schema import fields_of
from ontology.values import VOICES, Range, Source, Voice

COUPLED: Mapping[type[Record], tuple[tuple[str, ...], ...]] = {
    AdvancedStanding: (("money_off", "currency"),),
    Claim: (("competency", "level"),),
    Cost: (("amount", "currency"),),
    Credential: (("credit", "credit_scheme"),),
    Option: (("competency", "level"), ("years", "family")),
    OutcomeData: (("value", "measure", "unit", "population", "period"),),
}
"""Fields that go together, the leading one first. Whoever is believed on the leading field decides the others too;
what that statement leaves open is filled only from statements that say the same of every other field of the group.
"""

UNSAID: Mapping[tuple[type[Record], str], str] = {(Provider, "kind"): "unknown"}
"""Words that say that nobody says; like an absent value, they never beat another."""

Statements = Sequence[tuple[Mapping[str, object], Source]]


@dataclass(frozen=True, slots=True)
class Fused(Generic[R]):
    """What is believed of one thing. `record.source` is that of the strongest statement, `said` tells field by field
    who says it, `disagreements` are the values that lost, by field, the most believed first.
    """

    record: R
    said: Mapping[str, Source]
    disagreements: tuple[Disagreement, ...]


def fuse(records: Iterable[R], voices: Mapping[str, Voice]) -> Fused[R]:
    """One record of all statements about one kind and id. A source without a voice speaks as `others`.

    Raises `ValueError` for no statement, or for statements about different things.
    """
    ordered = by_belief(records, voices)
    if len({(type(record), record.id) for record in ordered}) != 1:
        raise ValueError("fuse takes at least one statement, all about one thing")
    strongest = ordered[0]
    statements = [(said_by(record), record.source) for record in ordered]
    winners = _winners(type(strongest), statements)
    values = {name: value for name, (value, _) in winners.items()}
    record = replace(strongest, **values)  # type: ignore[arg-type]
    said = {name: source for name, (value, source) in winners.items() if value not in (None, ())}
    return Fused(record, said, tuple(_losers(record, statements)))


def by_belief(records: Iterable[R], voices: Mapping[str, Voice]) -> list[R]:
    """Statements without repeats, the most believed first."""
    found = sorted(set(records), key=lambda record: (record.source.id, record.source.place, repr(record)))
    found.sort(key=lambda record: record.source.date or "", reverse=True)
    found.sort(key=lambda record: VOICES.index(voices.get(record.source.id, "others")))
    return found


def said_by(record: Record) -> Mapping[str, object]:
    """The fields that a statement says something of."""
    kind = type(record)
    values = ((field.name, getattr(record, field.name)) for field in fields_of(kind))
    return {name: value for name, value in values if value not in (None, (), UNSAID.get((kind, name)))}


def _winners(kind: type[Record], statements: Statements) -> dict[str, tuple[object, Source]]:
    """Value and source of every field that somebody says, or whose group forbids to fill it."""
    grouped = {name: group for group in COUPLED.get(kind, ()) for name in group}
    winners: dict[str, tuple[object, Source]] = {}
    for field in fields_of(kind):
        if field.name in winners:
            continue
        if field.many:
            winners.update(_united(field.name, statements))
        else:
            winners.update(_decided(grouped.get(field.name, (field.name,)), statements))
    return winners


def _united(name: str, statements: Statements) -> Iterator[tuple[str, tuple[object, Source]]]:
    saying = [(cast("tuple[str, ...]", said[name]), source) for said, source in statements if name in said]
    if saying:
        yield name, (tuple(sorted({item for items, _ in saying for item in items})), saying[0][1])


def _decided(group: Sequence[str], statements: Statements) -> Iterator[tuple[str, tuple[object, Source]]]:
    """The fields of one group, which the first statement that says its leading field decides."""
    leading = next((name for name in group if any(name in said for said, _ in statements)), None)
    if leading is None:
        return
    decided: dict[str, tuple[object, Source]] = {}
    for said, source in statements:
        if leading in said and all(
            said[name] == decided[name][0] for name in group if name in said and name in decided
        ):
            for name in group:
                if name in said and name not in decided:
                    decided[name] = (said[name], source)
    for name in group:
        yield name, decided.get(name, (None, decided[leading][1]))


def _losers(record: Record, statements: Statements) -> Iterator[Disagreement]:
    kind = type(record)
    for field in fields_of(kind):
        believed = getattr(record, field.name)
        for said, source in statements:
            value = said.get(field.name, believed)
            if not field.many and value != believed:
                yield Disagreement(
                    kind=kind_of(kind),
                    id=record.id,
                    field=field.name,
                    value=cast("str | int | Date | Range", value),
                    source=source,
                )
