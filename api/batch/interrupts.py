"""Ctrl-C while many work: the first lets them finish what they are answering, the second ends all of it at once.

Left to itself an interrupt is raised wherever this process happens to be, such as between two halves of starting a
worker, and reaches each worker too. So here it is only counted, and looked at between two steps, of which none is long.
"""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

OFTEN = 0.1
"""Seconds after which whoever waits looks whether it was interrupted."""


@dataclass(slots=True)
class Interrupts:
    """How often somebody has asked to stop."""

    times: int = 0

    @property
    def asked(self) -> bool:
        """Whether to finish what is begun, and to begin nothing more."""
        return self.times > 0

    @property
    def at_once(self) -> bool:
        """Whether to leave what is begun too."""
        return self.times > 1


@contextmanager
def counting_interrupts() -> Iterator[Interrupts]:
    """Within, an interrupt is counted and raises nothing.

    Nothing is counted where interrupts are ignored, as under nohup, and outside of the main thread, which gets none.
    """
    found = Interrupts()
    before = signal.getsignal(signal.SIGINT)
    if before in (signal.SIG_IGN, None) or threading.current_thread() is not threading.main_thread():
        yield found
        return

    def count(_number: int, _frame: object) -> None:
        found.times += 1

    signal.signal(signal.SIGINT, count)
    try:
        yield found
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def none_for_children() -> Iterator[None]:
    """Processes that are started within never see an interrupt, not even at first; this one sees it afterwards."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
