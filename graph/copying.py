"""A move from one backend to another must neither lose nor change anything, so it is checked while it happens.

Each source of the one store replaces its namesake in the other, and is read back from there, also where it was there
already. A source that does not come out of the first store as it went in stops the copy and leaves its namesake as it
was; those before it are copied whole.
"""

from dataclasses import dataclass

from graph.checked import Described, Tick, checked, described, put
from graph.content import Change
from graph.store import Store
from ontology.errors import BadValue, StoreChanged
from ontology.values import SourceInfo


@dataclass(frozen=True, slots=True)
class Named:
    """A store and what it is called: its address without user and password."""

    store: Store
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Copied:
    """What a copy did, source by source.

    `kept` are the sources that only the second store has; where the copy was exact they are `removed` instead.
    `before` is the revision that the second store had.
    """

    changes: tuple[tuple[SourceInfo, Change], ...]
    kept: tuple[SourceInfo, ...]
    removed: tuple[SourceInfo, ...]
    before: str
    revision_from: str
    revision_to: str

    @property
    def equal(self) -> bool:
        """Whether both stores now hold the same."""
        return self.revision_from == self.revision_to


def copy(origin: Named, target: Named, *, exact: bool = False, tick: Tick | None = None) -> Copied:
    """Let every source of one store replace its namesake in another; with `exact` remove what only that one has.

    Raises `BadValue` where an exact copy of nothing would remove all, `SourceDamaged` where the first store does not
    hold what was written to it, `StoreChanged` where another process writes to either meanwhile.
    """
    sources = described(origin.store, origin.name)
    if exact and not sources and target.store.sources():
        raise BadValue(
            f"{origin.name} is empty, and an exact copy of it would remove all of {target.name}; is it the right store?"
        )
    before = target.store.revision()
    changes = tuple(
        (source.info, put(target.store, target.name, source, records, tick=tick))
        for source in sources
        for records in (checked(origin.store, origin.name, source, tick=tick),)
    )
    copied = {source.info.id for source in sources}
    others = tuple(info for info in target.store.sources() if info.id not in copied)
    if exact:
        for info in others:
            target.store.remove_source(info.id)
    _verify(sources, target)
    return Copied(
        changes=changes,
        kept=() if exact else others,
        removed=others if exact else (),
        before=before,
        revision_from=origin.store.revision(),
        revision_to=target.store.revision(),
    )


def _verify(sources: tuple[Described, ...], target: Named) -> None:
    digests = target.store.digests()
    if any(digests.get(source.info.id) != source.digest for source in sources):
        raise StoreChanged(target.name)
