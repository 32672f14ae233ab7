"""From the grown kinds to the arrays of the whole index: the one in memory and the one on disk are built alike."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from heapq import merge
from itertools import islice

from graph.packed.frozen import Frozen
from graph.packed.growing import Grown
from graph.packed.linking import dangling, described_as, link
from graph.packed.piles import Pile, Piles, Spill
from graph.packed.pool import number_ids
from graph.packed.remarks import NO_REMARKS, Remark, Remarks
from ontology.records import Record, kind_of
from ontology.values import SourceInfo

_REMARKS = 2_000
"""How many remarks are packed at a time."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """One revision of the whole catalogue on piles, under the names of `Frozen.parts`."""

    revision: str
    sources: tuple[SourceInfo, ...]
    piles: Mapping[str, Pile]

    def frozen(self) -> Frozen:
        """The bundle as it is looked things up in."""
        return Frozen.open(self.revision, self.sources, {name: pile.array() for name, pile in self.piles.items()})

    def named(self, names: Mapping[str, Pile]) -> "Bundle":
        """The bundle with the arrays of names."""
        return replace(self, piles={**self.piles, **{f"names.{name}": pile for name, pile in names.items()}})


def freeze(
    revision: str,
    sources: Iterable[SourceInfo],
    kinds: Sequence[Grown],
    leads_to: Mapping[str, Sequence[type[Record]]],
    *,
    spill: Spill | None = None,
) -> Bundle:
    """The bundle of all kinds, each of which was grown for it. `leads_to` says what each link field may lead to."""
    ids = number_ids([run for kind in kinds for run in (kind.ids, *kind.targets.runs())], spill)
    described = described_as(kinds, len(ids.named["ends"]))
    postings = Piles(spill)
    lost = [link(kind, described, leads_to, postings, spill) for kind in kinds]
    nowhere = (dangling(kind, of_kind, ids) for kind, of_kind in zip(kinds, lost, strict=True))
    parts = {
        "ids": ids,
        "postings": postings,
        "disagreed": _remarks([_read(kind.disagreed) for kind in kinds], spill),
        "dangled": _remarks(list(nowhere), spill),
    }
    for kind in kinds:
        parts[f"table.{kind_of(kind.record_type)}"] = kind.table
        kind.table.named["numbers"] = kind.ids.numbers
    named = {f"{name}.{key}": pile for name, piles in parts.items() for key, pile in piles.named.items()}
    return Bundle(revision, tuple(sorted(sources, key=lambda info: info.id)), named)


def _remarks(by_kind: Sequence[Iterator[Remark]], spill: Spill | None) -> Piles:
    """The remarks of all kinds, each of which has its own in the order of ids."""
    piles = Piles(spill)
    piles.add(NO_REMARKS)
    streaming = merge(*by_kind, key=lambda remark: (remark[1], remark[0]))
    while some := list(islice(streaming, _REMARKS)):
        piles.add(Remarks.pack(some))
    return piles


def _read(piles: Piles) -> Iterator[Remark]:
    length = len(piles.named["id.ends"])
    for start in range(0, length, _REMARKS):
        remarks = Remarks.open(piles.arrays())
        for row in range(start, min(start + _REMARKS, length)):
            yield remarks[row]
