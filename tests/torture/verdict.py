"""What a store may hold after a kill: what was acknowledged, or that and the one step in flight, whole. Nothing else.

The digests and the revision that a store tells are believed only where they follow from the records it yields.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from graph.content import gather, revision_of, select
from graph.store import Store
from ontology.errors import StoreChanged
from ontology.records import RECORD_TYPES
from tests.torture.steps import State

Outcome = Literal["left out", "kept", "lost", "half-written"]
"""Of the step in flight: left out or kept, as if it had never begun or were done. Of the store: what must not be."""

Seen = dict[str, set[str]]
"""Every digest that each source ever had rightly, by source id; "" where it was not there."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a store was found, and what is wrong with it in words."""

    outcome: Outcome
    wrong: tuple[str, ...] = ()


def read_state(store: Store) -> State:
    """What a store holds, from its records."""
    return {info.id: gather(info, store.records_of(info.id)) for info in store.sources()}


def judge(store: Store, before: State, after: State, seen: Seen) -> Verdict:
    """Compare what the store holds with what was acknowledged, and with that and the step in flight.

    Raises `StoreChanged` where a server was still at work for a dead client while the store was read.
    """
    told = store.digests()
    state = read_state(store)
    found = digests_of(state)
    untrue = _untrue(store, state, found)
    if store.digests() != told:
        raise StoreChanged("being judged")
    if untrue:
        return Verdict("half-written", untrue)
    for outcome, expected in (("left out", digests_of(before)), ("kept", digests_of(after))):
        if found == expected:
            return Verdict("left out" if outcome == "left out" else "kept")
    wrong, half = [], False
    for id_ in sorted(found.keys() | before.keys() | after.keys()):
        digest = found.get(id_, "")
        allowed = {digests_of(side).get(id_, "") for side in (before, after)}
        if digest not in allowed:
            known = digest in seen.get(id_, {""})
            half = half or not known
            wrong.append(f"{id_} is " + ("as it was earlier" if known else "as it never was"))
    return Verdict("half-written" if half else "lost", tuple(wrong))


def digests_of(state: State) -> dict[str, str]:
    """The digest of each source by its id."""
    return {id_: content.digest for id_, content in state.items()}


def _untrue(store: Store, state: State, found: Mapping[str, str]) -> tuple[str, ...]:
    """What the store tells that does not follow from its records."""
    told = store.digests()
    digests = [id_ for id_ in sorted(found.keys() | told.keys()) if told.get(id_) != found.get(id_)]
    kinds = [kind for kind in RECORD_TYPES if list(store.records(kind)) != select(state.values(), kind)]
    return (
        *(f"the digest that is told of {id_} is not that of its records" for id_ in digests),
        *(f"{kind.__name__} records are not those that the sources hold" for kind in kinds),
        *(["the revision is not that of the records"] if store.revision() != revision_of(found) else []),
    )
