"""Questions go to workers and rows come back, each once, whatever becomes of the workers.

Where one ends, nobody knows which of the questions handed out ended it. So all that were lost are handed out again, one
chunk at a time: whichever is alone when a worker ends is at fault; it is tried a few times more, then question by
question, and at last refused, so that one poisonous row cannot stop the run.
"""

import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass, replace

from api.batch.interrupts import OFTEN, Interrupts, counting_interrupts
from api.batch.planning import Asking
from api.batch.workers import Workers
from api.present.batch import refused
from api.sentences import batch as says
from ontology.errors import WorkersDie

SIZE = 40
"""Questions of a chunk: enough that handing it out costs nothing, so few that little is lost with a worker."""

LOOK = 5.0
"""Seconds after which it is looked whether anybody works at all."""

MOST_DEATHS = 20
"""Deaths in a row, with nothing finished between, after which the workers are at fault and not the questions."""

Keep = Callable[[int, tuple[str, ...]], None]
"""Told the number of a chunk that is finished, and its rows."""

Notice = Callable[[str], None]
"""Told what somebody who waits should know."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """A chunk, or the one question of it at `place`; `deaths` counts workers that ended while it was alone."""

    chunk: int
    askings: tuple[Asking, ...]
    place: int | None = None
    deaths: int = 0


def in_chunks(questions: Sequence[Asking], size: int = SIZE) -> tuple[tuple[Asking, ...], ...]:
    """The questions in chunks, the same ones however many workers there are."""
    return tuple(tuple(questions[start : start + size]) for start in range(0, len(questions), size))


def run(
    workers: Workers,
    chunks: Mapping[int, tuple[Asking, ...]],
    keep: Keep,
    *,
    revision: str,
    notice: Notice = lambda _: None,
) -> None:
    """Have chunks answered, and end the workers; each chunk is kept once, in whatever order they are finished.

    Raises `WorkersDie` where workers end whatever they are given, and whatever a worker raises. An interrupt lets them
    finish what they are answering, which is kept; the next one does not. Either raises `KeyboardInterrupt` at the end.
    """
    with counting_interrupts() as interrupts:
        try:
            _Run(workers, chunks, keep, revision, interrupts, notice).go()
        finally:
            workers.close()
    if interrupts.asked:
        raise KeyboardInterrupt


class _Run:
    """The state of one call of `run`."""

    def __init__(
        self,
        workers: Workers,
        chunks: Mapping[int, tuple[Asking, ...]],
        keep: Keep,
        revision: str,
        interrupts: Interrupts,
        notice: Notice,
    ) -> None:
        self._workers, self._chunks, self._keep, self._revision = workers, chunks, keep, revision
        self._interrupts, self._notice = interrupts, notice
        self._waiting = deque(_Piece(number, chunks[number]) for number in sorted(chunks))
        self._suspects: deque[_Piece] = deque()
        self._out: dict[Future[tuple[str, ...]], _Piece] = {}
        self._singles: dict[int, dict[int, str]] = {}
        self._deaths = 0

    def go(self) -> None:
        while self._waiting or self._suspects or self._out:
            alone = self._hand_out()
            done = self._finished()
            if self._interrupts.asked:
                self._wind_up(done)
                return
            lost = [piece for future in done if (piece := self._take(future)) is not None]
            if not lost:
                continue
            self._deaths += 1
            if self._deaths > MOST_DEATHS:
                raise WorkersDie(self._deaths)
            for piece in sorted(lost, key=lambda piece: (piece.chunk, piece.place or 0)):
                self._suspect(piece, alone=alone)

    def _hand_out(self) -> bool:
        """Hand out as much as may be; whether a suspect is out alone."""
        if self._suspects:
            if self._out:
                return False
            piece = self._suspects.popleft()
            self._out[self._workers.submit(piece.askings)] = piece
            return True
        while self._waiting and len(self._out) < self._workers.width:
            piece = self._waiting.popleft()
            self._out[self._workers.submit(piece.askings)] = piece
        return False

    def _finished(self) -> "set[Future[tuple[str, ...]]]":
        """What is finished, as soon as anything is; nothing where somebody interrupts."""
        looked = time.monotonic()
        while not self._interrupts.asked:
            done, _ = wait(self._out, timeout=OFTEN, return_when=FIRST_COMPLETED)
            if done:
                return done
            if time.monotonic() - looked > LOOK:
                self._workers.look()
                looked = time.monotonic()
        return set()

    def _wind_up(self, done: "set[Future[tuple[str, ...]]]") -> None:
        """Keep what is finished and what is being answered, and take back what nobody has begun."""
        self._notice(says.finishing())
        left = {future for future in self._out if future in done or not self._workers.take_back(future)}
        while left and not self._interrupts.at_once:
            done, left = wait(left, timeout=OFTEN, return_when=FIRST_COMPLETED)
            for future in done:
                self._take(future)

    def _take(self, future: "Future[tuple[str, ...]]") -> _Piece | None:
        """Keep what is finished; the piece, where a worker ended over it."""
        piece = self._out.pop(future)
        try:
            rows = future.result()
        except self._workers.deaths:
            return piece
        self._deaths = 0
        self._finish(piece, rows)
        return None

    def _suspect(self, piece: _Piece, *, alone: bool) -> None:
        """Hand a lost piece out again: alone, then in parts, then never."""
        piece = replace(piece, deaths=piece.deaths + alone)
        if piece.deaths < self._workers.tries:
            self._suspects.append(piece)
        elif piece.place is None:
            self._suspects.extend(_Piece(piece.chunk, (asking,), place) for place, asking in enumerate(piece.askings))
        else:
            reason = says.killed(piece.deaths)
            self._finish(piece, (refused(self._revision, reason).model_dump_json(),))

    def _finish(self, piece: _Piece, rows: tuple[str, ...]) -> None:
        if piece.place is None:
            self._keep(piece.chunk, rows)
            return
        singles = self._singles.setdefault(piece.chunk, {})
        singles[piece.place] = rows[0]
        if len(singles) == len(self._chunks[piece.chunk]):
            self._keep(piece.chunk, tuple(singles[place] for place in sorted(singles)))
            del self._singles[piece.chunk]
