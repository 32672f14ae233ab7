"""Two stores are equal where every record is, so equality is proved record by record and not believed of digests.

Both stores yield a source in the order of keys: the two streams are merged, and nothing is held but a bounded list of
differences. All differences are counted, also those that are not listed.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date
from typing import Literal

from graph.checked import EVERY, Tick
from graph.content import key_of, side_by_side
from graph.copying import Named
from ontology.records import Record
from ontology.schema import fields_of
from ontology.values import Range, Source, SourceInfo

LISTED = 100
"""So many differences are listed unless told otherwise."""

Outcome = Literal["equal", "only_one", "only_other", "differing"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A statement that only one store has (`field` is `None`), or a field in which two statements differ.

    A difference in what is said of a source as a whole has the kind `source`.
    """

    source: str
    kind: str
    id: str
    place: str
    field: str | None
    one: str | None
    other: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """One source in both stores: how many statements are equal, differ, or are only in one of them."""

    source: str
    title: str
    described_alike: bool
    equal: int
    only_one: int
    only_other: int
    differing: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Every source of two stores; `differences` lists the first of `count`."""

    sources: tuple[Compared, ...]
    differences: tuple[Difference, ...]
    count: int

    @property
    def equal(self) -> bool:
        """Whether both stores hold the same sources with the same records."""
        return self.count == 0


def compare_stores(one: Named, other: Named, *, listed: int = LISTED, tick: Tick | None = None) -> Comparison:
    """All differences between two stores, counted; the first of them listed."""
    infos = tuple({info.id: info for info in each.store.sources()} for each in (one, other))
    found: list[Difference] = []
    sources: list[Compared] = []
    total = 0
    for id_ in sorted(set(infos[0]) | set(infos[1])):
        here, there = infos[0].get(id_), infos[1].get(id_)
        counts: Counter[Outcome] = Counter()
        described = list(_described(id_, here, there))
        total += _keep(described, found, listed)
        for outcome, differences in _compare(one, other, id_):
            counts[outcome] += 1
            total += _keep(differences, found, listed)
            if tick is not None and counts.total() % EVERY == 0:
                tick(id_, counts.total())
        title = (here or there or SourceInfo(id=id_, title=id_, voice="others")).title
        sources.append(Compared(source=id_, title=title, described_alike=not described, **_each(counts)))
    return Comparison(sources=tuple(sources), differences=tuple(found), count=total)


def _keep(differences: list[Difference], found: list[Difference], listed: int) -> int:
    found.extend(differences[: max(0, listed - len(found))])
    return len(differences)


def _each(counts: Counter[Outcome]) -> dict[Outcome, int]:
    outcomes: tuple[Outcome, ...] = ("equal", "only_one", "only_other", "differing")
    return {outcome: counts[outcome] for outcome in outcomes}


def _described(id_: str, here: SourceInfo | None, there: SourceInfo | None) -> Iterator[Difference]:
    if here is None or there is None:
        titles = [info.title if info else None for info in (here, there)]
        yield Difference(source=id_, kind="source", id=id_, place="", field=None, one=titles[0], other=titles[1])
        return
    for field in fields(SourceInfo):
        said = [getattr(info, field.name) for info in (here, there)]
        if said[0] != said[1]:
            yield Difference(source=id_, kind="source", id=id_, place="", field=field.name, one=said[0], other=said[1])


def _compare(one: Named, other: Named, id_: str) -> Iterator[tuple[Outcome, list[Difference]]]:
    for here, there in side_by_side(one.store.records_of(id_), other.store.records_of(id_)):
        if here == there:
            yield "equal", []
        elif there is None and here is not None:
            yield "only_one", [_lone(here, one=True)]
        elif here is None and there is not None:
            yield "only_other", [_lone(there, one=False)]
        elif here is not None and there is not None:
            yield "differing", list(_differences(here, there))


def _lone(record: Record, *, one: bool) -> Difference:
    kind, id_, source, place = key_of(record)
    name = str(getattr(record, "name", None) or id_)
    return Difference(
        source=source,
        kind=kind,
        id=id_,
        place=place,
        field=None,
        one=name if one else None,
        other=None if one else name,
    )


def _differences(here: Record, there: Record) -> Iterator[Difference]:
    kind, id_, source, place = key_of(here)
    names = [(field.name, here, there) for field in fields_of(type(here))]
    told = [(field.name, here.source, there.source) for field in fields(Source)]
    for name, this, that in (*names, *told):
        one, other = getattr(this, name), getattr(that, name)
        if one != other:
            yield Difference(
                source=source, kind=kind, id=id_, place=place, field=name, one=as_text(one), other=as_text(other)
            )


def as_text(value: object) -> str | None:
    """A value of a record in words.

    >>> as_text(Range(60, 90)), as_text(("de", "en")), as_text(None)
    ('60 to 90', 'de; en', None)
    """
    match value:
        case None | ():
            return None
        case Range(low, high):
            return str(low) if low == high else f"{low} to {high}"
        case tuple():
            return "; ".join(map(str, value))
        case date():
            return value.isoformat()
        case _:
            return str(value)
