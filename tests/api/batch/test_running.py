import multiprocessing
import os
import signal
import threading
import time
from pathlib import Path

import pytest

from api.batch.planning import Ground, plan_all
from api.batch.running import in_chunks, run
from api.batch.workers import Plan, Pool
from api.shapes.batch import BatchRowShape
from ontology.errors import IndexNotThere, WorkersDie
from tests.api.batch import dying
from tests.api.batch.worlds import asking, ground_of, saved_world

HOURS = tuple(range(300, 312))
"""Twelve questions; in chunks of two they make six."""


@pytest.fixture
def ground(tmp_path: Path) -> Ground:
    return ground_of(saved_world(tmp_path))


def outcome(ground: Ground, plan: Plan, minutes: tuple[int, ...] = HOURS) -> list[tuple[int, BatchRowShape]]:
    """Every row that was kept, with the number of its chunk, in the order of chunks."""
    kept: list[tuple[int, BatchRowShape]] = []
    chunks = dict(enumerate(in_chunks([asking(each) for each in minutes], 2)))
    run(
        Pool(ground, 2, plan),
        chunks,
        lambda number, rows: kept.extend((number, BatchRowShape.model_validate_json(row)) for row in rows),
        revision=ground.revision,
    )
    return sorted(kept, key=lambda pair: pair[0])


def test_chunks_are_the_same_however_many_work(ground: Ground) -> None:
    chunks = in_chunks([asking(each) for each in HOURS], 5)
    assert [len(chunk) for chunk in chunks] == [5, 5, 2]
    assert [a.question.weekly_minutes for chunk in chunks for a in chunk] == list(HOURS)
    assert in_chunks([]) == ()


def test_a_worker_killed_in_the_middle_loses_and_doubles_nothing(ground: Ground) -> None:
    calm = outcome(ground, plan_all)
    killed = outcome(ground, dying.once)
    assert killed == calm
    assert [number for number, _ in killed] == [0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5]
    assert dying.mark(ground, "chunk-3").exists()


@pytest.mark.slow
def test_one_poisonous_question_is_refused_and_all_others_are_planned(ground: Ground) -> None:
    minutes = (*HOURS[:5], dying.POISON, *HOURS[5:])
    rows = [row for _, row in outcome(ground, dying.poisoned, minutes)]
    assert [row.status for row in rows] == ["proved best"] * 5 + ["refused"] + ["proved best"] * 7
    assert "ended 3 times" in (rows[5].reason or "")


@pytest.mark.slow
def test_workers_that_die_whatever_they_are_given_end_the_run(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.batch.running.MOST_DEATHS", 3)
    with pytest.raises(WorkersDie, match="4 times in a row"):
        outcome(ground, dying.always)


def interrupted(ground: Ground, plan: Plan, times: int) -> tuple[list[int], list[str], int]:
    """Chunks kept, what was noticed, and how many were asked, where Ctrl-C comes as soon as both workers work."""
    marks = dying.mark(ground, "x").parent

    def interrupt() -> None:
        while len(list(marks.glob("asked-*"))) < 2:
            time.sleep(0.01)
        for _ in range(times):
            os.kill(os.getpid(), signal.SIGINT)
            time.sleep(0.3)

    kept: list[int] = []
    noticed: list[str] = []
    chunks = dict(enumerate(in_chunks([asking(minutes) for minutes in range(300, 340)], 2)))
    thread = threading.Thread(target=interrupt)
    thread.start()
    try:
        with pytest.raises(KeyboardInterrupt):
            run(
                Pool(ground, 2, plan),
                chunks,
                lambda number, _: kept.append(number),
                revision=ground.revision,
                notice=noticed.append,
            )
    finally:
        thread.join()
    assert multiprocessing.active_children() == []
    return sorted(kept), noticed, len(list(marks.glob("asked-*")))


def test_an_interrupt_lets_workers_finish_and_keeps_what_they_answer(ground: Ground) -> None:
    kept, noticed, asked = interrupted(ground, dying.slowly, 1)
    assert kept == list(range(asked))
    assert 2 <= asked < 6
    assert noticed == ["finishing what is being answered; again to end now"]


def test_a_second_interrupt_ends_workers_that_never_answer(ground: Ground) -> None:
    before = time.monotonic()
    assert interrupted(ground, dying.never, 2) == ([], ["finishing what is being answered; again to end now"], 2)
    assert time.monotonic() - before < 30


def test_what_a_worker_raises_is_raised_here(ground: Ground, tmp_path: Path) -> None:
    elsewhere = Ground(str(tmp_path / "gone"), ground.revision)
    with pytest.raises(IndexNotThere, match="nothing is saved there"):
        outcome(elsewhere, plan_all)
