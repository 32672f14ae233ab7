import os
import signal
import subprocess
import sys
import threading

import pytest

from api.batch.interrupts import counting_interrupts, none_for_children

BLOCKED = "import signal; print(signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, []))"


def blocked_in_a_child() -> str:
    return subprocess.run([sys.executable, "-c", BLOCKED], check=True, capture_output=True, text=True).stdout.strip()


def test_an_interrupt_is_counted_and_raises_nothing_until_counting_ends() -> None:
    with counting_interrupts() as interrupts:
        assert (interrupts.asked, interrupts.at_once) == (False, False)
        os.kill(os.getpid(), signal.SIGINT)
        assert (interrupts.asked, interrupts.at_once) == (True, False)
        os.kill(os.getpid(), signal.SIGINT)
        assert (interrupts.times, interrupts.at_once) == (2, True)
    with pytest.raises(KeyboardInterrupt):
        os.kill(os.getpid(), signal.SIGINT)


def test_whoever_ignores_interrupts_goes_on_ignoring_them() -> None:
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with counting_interrupts() as interrupts:
            os.kill(os.getpid(), signal.SIGINT)
        assert interrupts.times == 0
    finally:
        signal.signal(signal.SIGINT, before)


def test_another_thread_than_the_first_counts_nothing_and_changes_nothing() -> None:
    before, seen = signal.getsignal(signal.SIGINT), []

    def work() -> None:
        with counting_interrupts() as interrupts:
            seen.append((interrupts.times, signal.getsignal(signal.SIGINT)))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert seen == [(0, before)]


def test_children_see_no_interrupt_from_their_first_moment_and_the_parent_sees_it_afterwards() -> None:
    with counting_interrupts() as interrupts:
        with none_for_children():
            assert blocked_in_a_child() == "True"
            os.kill(os.getpid(), signal.SIGINT)
        assert interrupts.times == 1
    assert blocked_in_a_child() == "False"
