"""Kill at a random moment, open again, judge; many times, with one store that lives through all of it.

The moment is drawn over the step itself and a little more: how long each kind of step takes is measured first, in
rounds without a kill, and again whenever a step ends. So writing beside, moving the pointer and sweeping are all hit.
Opening is a step too: it sweeps what a kill left.
"""

import os
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from statistics import median
from threading import Timer
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
SECONDS = 300


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
    reopening: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


@dataclass
class Heard:
    """What the child said before its end."""

    number: int
    done: int = 0
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

    def run(self, kills: int) -> Tally:
        """Measure, then kill so many times."""
        self._round(None)
        for _ in range(kills):
            self._round(self._chance.randint(0, MOST_STEPS))
        return self.tally

    def _round(self, target: int | None) -> None:
        heard = self._listen(target)
        self.tally.acknowledged += heard.done
        if heard.killed_in:
            self.tally.kills += 1
            self.tally.killed_in[heard.killed_in] += 1
        started = time.perf_counter()
        if self._backend.server is not None:
            self._backend.server.start()
        following = after(self._state, step_of(self._seed, self._number, self._state))
        verdict = self._judge(following if heard.in_flight else self._state, started)
        bad = verdict.outcome in {"lost", "half-written"}
        if heard.in_flight or bad:
            self.tally.outcomes[verdict.outcome] += 1
        if bad:
            self._fault(f"{verdict.outcome}: " + "; ".join(verdict.wrong))
            self._backend.empty()
            self._state = {}
        elif heard.in_flight and verdict.outcome == "kept":
            self._advance()

    def _listen(self, target: int | None) -> Heard:
        """Run a child until the moment to kill, kill, and hear the rest of what it had said."""
        heard = Heard(self._number)
        with subprocess.Popen(
            [sys.executable, "-m", "tests.torture.child", str(self._seed), str(self._number),
             revision_of(digests_of(self._state))],
            cwd=ROOT, stdout=subprocess.PIPE, env={**os.environ, "CREDPATH_TORTURE_URL": self._backend.url},
        ) as child:  # fmt: skip
            assert child.stdout is not None
            limit = Timer(SECONDS, child.kill)
            limit.start()
            try:
                self._hear(child, child.stdout, heard, target)
                child.wait()
                limit_reached = not limit.is_alive()
            finally:
                limit.cancel()
                child.kill()
        if limit_reached:
            self._fault(f"the client had not ended after {SECONDS} s")
        elif child.returncode > 0 or (child.returncode == 0 and self.tally.victim == "client"):
            self._fault("the client ended by itself, or with an error that is no StoreError")
        return heard

    def _hear(self, child: "subprocess.Popen[bytes]", lines: IO[bytes], heard: Heard, target: int | None) -> None:
        began, what, step = time.perf_counter(), "", 0
        for line in lines:
            words = line.decode().split()
            now = time.perf_counter()
            match words[0]:
                case "opening":
                    began, what = now, "opening"
                case "open":
                    self._lengths.setdefault("opening", []).append(now - began)
                    if int(words[1]) == self._number + 1:
                        self._advance()
                case "begin":
                    began, what, step, heard.in_flight = now, words[2], step + 1, words[2]
                case "done":
                    self._lengths.setdefault(what, []).append(now - began)
                    heard.done, heard.in_flight = heard.done + 1, None
                    self._advance()
                    if target is None and heard.done == UNKILLED_STEPS:
                        child.kill()
                case "failed":
                    self.tally.told[words[1]] += 1
            if target == step and words[0] in {"opening", "begin"}:
                heard.killed_in = what
                time.sleep(self._chance.uniform(0, BEYOND * median(self._lengths.get(what, [0.1])[-50:])))
                self._kill(child)

    def _kill(self, child: "subprocess.Popen[bytes]") -> None:
        if self.tally.victim == "server" and self._backend.server is not None:
            self._backend.server.kill()
        else:
            child.kill()

    def _judge(self, following: State, started: float) -> Verdict:
        """Open the store and compare. What a dead client's server does a moment later may change it meanwhile."""
        for tries_left in reversed(range(5)):
            store = open_store(self._backend.url)
            try:
                store.digests()
                self.tally.reopening.append(time.perf_counter() - started)
                return judge(store, self._state, following, self._seen)
            except StoreChanged:
                if not tries_left:
                    raise
                started = time.perf_counter()
            finally:
                store.close()
        raise AssertionError

    def _advance(self) -> None:
        """The step whose turn it was is done."""
        step = step_of(self._seed, self._number, self._state)
        self._state = after(self._state, step)
        self._seen.setdefault(step.info.id, {""}).add(digests_of(self._state).get(step.info.id, ""))
        self._number += 1

    def _fault(self, words: str) -> None:
        self.tally.wrong.append(f"seed {self._seed}, kill {self.tally.kills}, step {self._number}: {words}")
