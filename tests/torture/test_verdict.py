"""The judge of the torture, on little worlds: it must see what is lost and what is half, or the table says nothing."""

from collections.abc import Mapping

import pytest

from graph.content import gather
from graph.stores.memory import MemoryStore
from ontology.errors import StoreChanged
from ontology.records import Credential
from ontology.values import Source, SourceInfo
from tests.torture.steps import State, after, perform, step_of
from tests.torture.verdict import Seen, Verdict, digests_of, judge, read_state

BOARD = SourceInfo(id="board", title="Board", voice="issuer")
PRESS = SourceInfo(id="press", title="Press", voice="others")


def named(name: str, n: int = 1, source: str = "board") -> Credential:
    return Credential(id=f"id/board/credential/{n}", source=Source(id=source, place=f"row {n}"), name=name)


OLD, MIDDLE, NEW = ((named(word, 1), named(word, 2)) for word in ("old", "middle", "new"))
BY_PRESS = named("press", source="press")
BEFORE: State = {"board": gather(BOARD, MIDDLE), "press": gather(PRESS, [BY_PRESS])}
AFTER: State = {**BEFORE, "board": gather(BOARD, NEW)}
SEEN: Seen = {
    "board": {"", *(gather(BOARD, edition).digest for edition in (OLD, MIDDLE, NEW))},
    "press": {"", gather(PRESS, [BY_PRESS]).digest},
}


def holding(*records: Credential, store: MemoryStore | None = None) -> MemoryStore:
    """A store in which press says what it said, and the board these records."""
    store = store or MemoryStore()
    store.replace_source(PRESS, [BY_PRESS])
    store.replace_source(BOARD, records)
    return store


class Liar(MemoryStore):
    """A store whose pointer moved, and whose records did not follow."""

    def digests(self) -> dict[str, str]:
        return digests_of(AFTER)


def test_a_step_in_flight_may_be_left_out_or_kept() -> None:
    assert judge(holding(*MIDDLE), BEFORE, AFTER, SEEN) == Verdict("left out")
    assert judge(holding(*NEW), BEFORE, AFTER, SEEN) == Verdict("kept")


def test_an_acknowledged_change_that_is_not_there_is_lost() -> None:
    assert judge(holding(*OLD), BEFORE, AFTER, SEEN) == Verdict("lost", ("board is as it was earlier",))


def test_a_source_that_is_gone_is_lost() -> None:
    store = holding(*NEW)
    store.remove_source("press")
    assert judge(store, BEFORE, AFTER, SEEN) == Verdict("lost", ("press is as it was earlier",))


def test_a_mixture_of_two_editions_is_half_written() -> None:
    mixed = holding(MIDDLE[0], NEW[1])
    assert judge(mixed, BEFORE, AFTER, SEEN) == Verdict("half-written", ("board is as it never was",))


def test_part_of_an_edition_is_half_written() -> None:
    assert judge(holding(NEW[0]), BEFORE, AFTER, SEEN).outcome == "half-written"


def test_a_digest_that_does_not_follow_from_the_records_is_half_written() -> None:
    verdict = judge(holding(*MIDDLE, store=Liar()), BEFORE, AFTER, SEEN)
    assert verdict == Verdict(
        "half-written",
        (
            "the digest that is told of board is not that of its records",
            "the revision is not that of the records",
        ),
    )


class Restless(MemoryStore):
    """A store that a server finishes changing while it is read."""

    def digests(self) -> dict[str, str]:
        told = super().digests()
        self.replace_source(BOARD, NEW)
        return told


def test_a_store_that_changes_while_it_is_judged_is_judged_again() -> None:
    store = holding(*MIDDLE, store=Restless())
    with pytest.raises(StoreChanged):
        judge(store, BEFORE, AFTER, SEEN)
    assert judge(store, BEFORE, AFTER, SEEN) == Verdict("kept")


@pytest.mark.parametrize("seed", range(3))
def test_each_step_changes_what_a_store_holds_and_the_model_knows_how(seed: int) -> None:
    store, state = MemoryStore(), State()
    whats: set[str] = set()
    told: list[Mapping[str, str]] = []
    for number in range(120):
        step = step_of(seed, number, state)
        perform(store, step)
        following = after(state, step)
        assert digests_of(following) != digests_of(state)
        assert read_state(store) == following
        told.append(store.digests())
        whats.add(step.what)
        state = following
    assert whats == {"replace", "remove", "amend", "retract"}
    assert max(len(digests) for digests in told) == 3
    assert max(len(content.records) for content in state.values()) > 200
