"""Kill at a random moment, open again, judge; many times, with one store that lives through all of it.

The moment is drawn over the step itself and a little more: how long each kind of step takes is measured first, in
rounds without a kill, and again whenever a step ends. So writing beside, moving the pointer and sweeping are all hit.
Opening is a step too: it sweeps what a kill left. Of the servers that are killed, some stay down until the client gives
up, and some come back at once, so that what a client tries again is judged as well.
"""

import os
import subprocess
import sys
import time
from collections import Counter
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryFile
from threading import Thread, Timer
from typing import IO, Literal

from graph.content import revision_of
from graph.store import open_store
from ontology.errors import StoreChanged
from tests.torture.backends import Backend
from tests.torture.steps import State, after, step_of
from tests.torture.verdict import Seen, Verdict, digests_of, judge

Victim = Literal["client", "server"]
ROOT = Path(__file__).parent.parent.parent
BEYOND = 1.3
"""How far beyond the usual end of a step the moment may fall, as a multiple of its length."""
UNKILLED_STEPS, MOST_STEPS = 25, 6
SECONDS, TRIES = 300, 5
COMING_BACK = 0.7
"""The share of killed servers that come back at once."""


@dataclass
class Tally:
    """What a run of kills came to."""

    backend: str
    victim: Victim
    seed: int
    kills: int = 0
    acknowledged: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    killed_in: Counter[str] = field(default_factory=Counter)
    told: Counter[str] = field(default_factory=Counter)
    lengths: dict[str, float] = field(default_factory=dict)
    reopening: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


@dataclass
class Heard:
    """What the child said before its end.

    `target` is the step to kill in, 0 its opening, `None` none. After `wanted` steps it is killed in any case.
    """

    target: int | None
    wanted: int | None = None
    steps: int = 0
    done: int = 0
    what: str = ""
    began: float = 0.0
    in_flight: str | None = None
    killed_in: str | None = None


class Torture:
    """One backend, one kind of victim, one seed."""

    def __init__(self, backend: Backend, victim: Victim, seed: int) -> None:
        self.tally = Tally(backend.name, victim, seed)
        self._backend, self._seed = backend, seed
        self._chance = Random(f"{backend.name} {victim} {seed}")
        self._state: State = {}
        self._number = 0
        self._seen: Seen = {}
        self._lengths: dict[str, list[float]] = {}
        self._coming_back: Thread | None = None
        self._starting = 0.0

    def run(self, kills: int, *, unkilled_steps: int = UNKILLED_STEPS) -> Tally:
        """Measure how long steps take, then kill so many times."""
        self._round(Heard(None, unkilled_steps))
        for _ in range(kills):
            self._round(Heard(self._chance.randint(0, MOST_STEPS)))
        self.tally.lengths = {what: median(lengths) for what, lengths in sorted(self._lengths.items())}
        return self.tally

    def _round(self, heard: Heard) -> None:
        self._listen(heard)
        self.tally.acknowledged += heard.done
        if heard.killed_in:
            self.tally.kills += 1
            self.tally.killed_in[heard.killed_in] += 1
        self._await_server()
        following = after(self._state, step_of(self._seed, self._number, self._state))
        verdict = self._judge(following if heard.in_flight else self._state)
        bad = verdict.outcome in {"lost", "half-written"}
        if heard.in_flight or bad:
            self.tally.outcomes[verdict.outcome] += 1
        if bad:
            self._fault(f"{verdict.outcome}: " + "; ".join(verdict.wrong))
            self._backend.empty()
            self._state = {}
        elif heard.in_flight and verdict.outcome == "kept":
            self._advance()

    def _listen(self, heard: Heard) -> None:
        """Run a child until the moment to kill, kill, and hear the rest of what it had said."""
        with TemporaryFile() as said, subprocess.Popen(
            [sys.executable, "-m", "tests.torture.child", str(self._seed), str(self._number),
             revision_of(digests_of(self._state))],
            cwd=ROOT, env={**os.environ, "CREDPATH_TORTURE_URL": self._backend.url},
            stdout=subprocess.PIPE, stderr=said,
        ) as child:  # fmt: skip
            assert child.stdout is not None
            limit = Timer(SECONDS, child.kill)
            limit.start()
            try:
                self._hear(child, child.stdout, heard)
                child.wait()
                limit_reached = not limit.is_alive()
            finally:
                limit.cancel()
                child.kill()
            said.seek(0)
            if limit_reached:
                self._fault(f"the client had not ended after {SECONDS} s")
            elif child.returncode > 0 or (child.returncode == 0 and self.tally.victim == "client"):
                self._fault(f"the client ended by itself: {said.read().decode()[-500:]}")

    def _hear(self, child: "subprocess.Popen[bytes]", lines: IO[bytes], heard: Heard) -> None:
        for line in lines:
            match line.decode().split():
                case ["opening"]:
                    self._begin(child, heard, "opening")
                case ["open", number]:
                    self._measure(heard)
                    if int(number) == self._number + 1:
                        self._advance()
                case ["begin", _, what]:
                    heard.steps, heard.in_flight = heard.steps + 1, what
                    self._begin(child, heard, what)
                case ["done", _]:
                    heard.done, heard.in_flight = heard.done + 1, None
                    self._measure(heard)
                    self._advance()
                    if heard.done == heard.wanted:
                        child.kill()
                case ["failed", error]:
                    self.tally.told[error] += 1

    def _begin(self, child: "subprocess.Popen[bytes]", heard: Heard, what: str) -> None:
        """Note when it began; if this is where to kill, wait for the moment and do so."""
        heard.what, heard.began = what, time.perf_counter()
        if heard.target == heard.steps:
            heard.killed_in, heard.wanted = what, heard.done + 1
            time.sleep(self._chance.uniform(0, BEYOND * median(self._lengths.get(what, [0.1])[-50:])))
            self._kill(child)

    def _measure(self, heard: Heard) -> None:
        if heard.killed_in is None:
            self._lengths.setdefault(heard.what, []).append(time.perf_counter() - heard.began)

    def _kill(self, child: "subprocess.Popen[bytes]") -> None:
        if self.tally.victim == "client" or self._backend.server is None:
            child.kill()
            return
        self._backend.server.kill()
        if self._chance.random() < COMING_BACK:
            self._coming_back = Thread(target=self._start_server)
            self._coming_back.start()

    def _start_server(self) -> None:
        if self._backend.server is not None and not self._backend.server.is_running():
            began = time.perf_counter()
            self._backend.server.start()
            self._starting = time.perf_counter() - began

    def _await_server(self) -> None:
        """Have the server up again, whoever starts it."""
        if self._coming_back is not None:
            self._coming_back.join()
            self._coming_back = None
        self._start_server()

    def _judge(self, following: State) -> Verdict:
        """Open the store and compare. What a dead client's server does a moment later may change it meanwhile."""
        began = time.perf_counter()
        for _ in range(TRIES):
            with suppress(StoreChanged), closing(open_store(self._backend.url)) as store:
                store.digests()
                self.tally.reopening.append(self._starting + time.perf_counter() - began)
                self._starting = 0.0
                return judge(store, self._state, following, self._seen)
        return Verdict("half-written", (f"it changed each of {TRIES} times that it was read",))

    def _advance(self) -> None:
        """The step whose turn it was is done."""
        step = step_of(self._seed, self._number, self._state)
        self._state = after(self._state, step)
        self._seen.setdefault(step.info.id, {""}).add(digests_of(self._state).get(step.info.id, ""))
        self._number += 1

    def _fault(self, words: str) -> None:
        self.tally.wrong.append(f"seed {self._seed}, kill {self.tally.kills}, step {self._number}: {words}")
