import asyncio
import logging
import socket
import time
from collections.abc import Awaitable, Callable, Iterator
from functools import partial
from threading import Event
from types import SimpleNamespace

import anyio.to_thread
import pytest

from api.http.heart import Pulse, beat

ENOUGH = 60
"""Seconds after which a test gives up: none waits so long where all is well."""


@pytest.fixture
def ends() -> Iterator[tuple[socket.socket, socket.socket]]:
    """The lifeline's ends, of a parent and of its worker."""
    ours, theirs = socket.socketpair()
    theirs.settimeout(0)
    with ours, theirs:
        yield ours, theirs


def told_time(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """What lets seconds pass for a pulse, and nothing else does."""
    now = [100.0]
    monkeypatch.setattr("api.http.heart.time", SimpleNamespace(monotonic=lambda: now[0]))

    def pass_time(seconds: float) -> None:
        now[0] += seconds

    return pass_time


def beside(lifeline: socket.socket, what: Callable[[], Awaitable[None]], *, taken: float = 60) -> None:
    """Do something in an event loop whose heart beats fast."""

    async def both() -> None:
        beating = asyncio.create_task(beat(lifeline, every=0.01, taken=taken))
        await asyncio.wait_for(what(), ENOUGH)
        beating.cancel()

    asyncio.run(both())


def test_a_worker_answers_from_its_first_sign_and_is_lost_when_it_is_silent_for_too_long(
    ends: tuple[socket.socket, socket.socket], monkeypatch: pytest.MonkeyPatch
) -> None:
    pass_time = told_time(monkeypatch)
    ours, theirs = ends
    pulse = Pulse(ours)
    theirs.send(b".")
    pulse.feel()
    assert (pulse.answers, pulse.silent) == (True, 0)
    for _ in range(3):
        pass_time(2)
        pulse.feel()
    assert (pulse.silent, pulse.is_lost(6), pulse.is_lost(5.9)) == (6, False, True)
    theirs.send(b"..")
    pass_time(2)
    pulse.feel()
    assert (pulse.silent, pulse.is_lost(6)) == (0, False)


def test_a_worker_that_does_not_answer_yet_may_be_silent_ten_times_as_long(
    ends: tuple[socket.socket, socket.socket], monkeypatch: pytest.MonkeyPatch
) -> None:
    pass_time = told_time(monkeypatch)
    pulse = Pulse(ends[0])
    for _ in range(6):
        pass_time(2)
        pulse.feel()
    assert (pulse.answers, pulse.is_lost(1.2), pulse.is_lost(1.1)) == (False, False, True)


def test_time_in_which_the_parent_did_not_look_is_not_held_against_a_worker(
    ends: tuple[socket.socket, socket.socket], monkeypatch: pytest.MonkeyPatch
) -> None:
    pass_time = told_time(monkeypatch)
    pulse = Pulse(ends[0])
    pass_time(3600)
    pulse.feel()
    assert pulse.silent == 2


def test_a_worker_whose_end_is_closed_gives_no_sign(ends: tuple[socket.socket, socket.socket]) -> None:
    pulse = Pulse(ends[0])
    ends[1].close()
    pulse.feel()
    assert not pulse.answers


def test_signs_come_while_a_question_keeps_a_thread_and_the_interpreter_busy(
    ends: tuple[socket.socket, socket.socket],
) -> None:
    ours, theirs = ends
    ours.settimeout(0)
    until = time.monotonic() + ENOUGH

    def solve() -> None:
        """Reckon without a pause until ten signs came meanwhile."""
        heard = 0
        while heard < 10:
            assert time.monotonic() < until
            _ = sum(number * number for number in range(1000))
            try:
                heard += len(ours.recv(1))
            except BlockingIOError:
                continue

    beside(theirs, partial(asyncio.to_thread, solve))


def test_signs_that_nobody_takes_hold_up_nothing(ends: tuple[socket.socket, socket.socket]) -> None:
    theirs = ends[1]

    def fill() -> None:
        while True:
            theirs.send(b"." * 4096)

    with pytest.raises(BlockingIOError):
        fill()
    beside(theirs, partial(asyncio.sleep, 0.2))


def test_threads_that_are_all_taken_for_long_are_told_once_and_nothing_is_ended(
    ends: tuple[socket.socket, socket.socket], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "credpath")
    done = Event()

    async def said(words: str) -> None:
        while words not in caplog.text:
            await asyncio.sleep(0.01)

    async def three_questions_for_one_thread() -> None:
        anyio.to_thread.current_default_thread_limiter().total_tokens = 1
        asked = [asyncio.create_task(anyio.to_thread.run_sync(done.wait)) for _ in range(3)]
        await said("all 1 threads have been taken for ")
        await asyncio.sleep(0.1)
        done.set()
        await asyncio.gather(*asked)
        await said("requests wait no longer for a thread")

    beside(ends[1], three_questions_for_one_thread, taken=0.05)
    assert [record.message.partition(" s and ")[2] for record in caplog.records] == [
        "2 requests wait; where that lasts, take more workers",
        "",
    ]
