"""What is done to a store: a sequence that follows from a seed alone, so that its whole content is known at each step.

Each step changes something, so the content after it is never the content before it. Editions share most records and
differ in many, so a mixture of two is neither.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Literal

from graph.content import EDITS, Content, amended, changed, gather, retracted
from graph.store import Store
from ontology.records import Claim, Competency, Cost, Credential, Record
from ontology.values import Mode, Range, Source, SourceInfo

What = Literal["replace", "remove", "amend", "retract"]
State = dict[str, Content]
"""The content of each source by its id."""

BOARD = SourceInfo(id="board", title="Scrum board", voice="issuer", publisher="Board", licence="CC BY")
PRESS = SourceInfo(id="press", title="Press", voice="others")
MODES: tuple[Mode, ...] = ("teaches", "assesses")
SIZES = {"board": (60, 120), "press": (30, 60)}
"""How many credentials an edition has; each brings three or four more records."""


@dataclass(frozen=True, slots=True)
class Step:
    """One call of the store: a source with its new records, or one edit."""

    what: What
    info: SourceInfo
    records: tuple[Record, ...] = ()


def step_of(seed: int, number: int, state: State) -> Step:
    """The step with this number, given what the store holds."""
    chance = Random(f"{seed} {number}")
    info = chance.choice((BOARD, PRESS))
    edits = state[EDITS.id].records if EDITS.id in state else ()
    what: What = chance.choices(("replace", "remove", "amend", "retract"), (9, 1, 6, 4))[0]
    if what == "amend" or (what == "retract" and not edits):
        return Step("amend", EDITS, (_edit(number, chance),))
    if what == "retract":
        return Step("retract", EDITS, (chance.choice(edits),))
    if what == "remove" and info.id in state:
        return Step("remove", info)
    return Step("replace", info, tuple(edition(info.id, number, chance)))


def perform(store: Store, step: Step) -> None:
    """Do it."""
    match step.what:
        case "replace":
            store.replace_source(step.info, iter(step.records))
        case "remove":
            store.remove_source(step.info.id)
        case "amend":
            store.amend(step.records[0])
        case "retract":
            store.retract(step.records[0])


def after(state: State, step: Step) -> State:
    """What a store holds after the step, where it held `state` before."""
    match step.what:
        case "replace":
            content: Content | None = gather(step.info, step.records)
        case "remove":
            content = None
        case "amend":
            content = changed(state.get(EDITS.id), lambda edits: amended(edits, step.records[0]))
        case "retract":
            content = changed(state[EDITS.id], lambda edits: retracted(edits, step.records[0]))
    others = {id_: kept for id_, kept in state.items() if id_ != step.info.id}
    return others if content is None else {**others, step.info.id: content}


def edition(source: str, number: int, chance: Random) -> Iterator[Record]:
    """The records of a source in the edition with this number: some as ever, some with new words."""
    for n in range(chance.randint(*SIZES[source])):
        new = f" in edition {number}" if n == 0 or chance.random() < 0.4 else ""
        said = Source(id=source, place=f"row {n}", page=f"https://example.org/{source}/{n}", date="2026-03")
        course = f"id/board/credential/course-{n}"
        yield Credential(id=course, source=said, name=f"Course {n}{new}", effort=Range(n, n + 60))
        yield Competency(id=f"id/{source}/competency/{n}", source=said, name=f"Competency “{n}”{new}")
        yield Cost(
            id=f"id/{source}/cost/{n}", source=said, credential=course, kind="exam",
            amount=Range.exactly(chance.randint(1, 9) * 100), currency="GBP",
        )  # fmt: skip
        for mode in MODES[: chance.randint(1, 2)]:
            yield Claim(
                id=f"id/{source}/claim/{n}-{mode}", source=said, subject=course, mode=mode,
                competency=f"id/{source}/competency/{n}", words=f"Topic {n}{new}",
            )  # fmt: skip


def _edit(number: int, chance: Random) -> Record:
    n = chance.randint(0, 30)
    said = Source(id=EDITS.id, place="edit", date="2026-11")
    return Credential(id=f"id/board/credential/course-{n}", source=said, name=f"Course {n} as edited in step {number}")
