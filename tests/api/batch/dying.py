"""What workers do in these tests: plan as they should, but for a question that ends their process."""

import os
import signal
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from api.batch.planning import Asking, Ground, plan_all

POISON = 7
"""Minutes a week of the question that ends every worker."""


def once(ground: Ground, askings: Sequence[Asking]) -> tuple[str, ...]:
    """One worker of all is killed, over its third chunk."""
    for count in range(1, 4):
        try:
            mark(ground, f"chunk-{count}").open("x").close()
        except FileExistsError:
            continue
        if count == 3:
            die()
        break
    mark(ground, f"planned-{os.getpid()}-{time.monotonic_ns()}").write_text(str(len(askings)))
    return plan_all(ground, askings)


def poisoned(ground: Ground, askings: Sequence[Asking]) -> tuple[str, ...]:
    """A worker that meets the poison is killed."""
    if any(asking.question.weekly_minutes == POISON for asking in askings):
        die()
    return plan_all(ground, askings)


def always(_ground: Ground, _askings: Sequence[Asking]) -> tuple[str, ...]:
    """Every worker is killed, whatever it is given."""
    die()


def never(ground: Ground, askings: Sequence[Asking]) -> tuple[str, ...]:
    """A worker that never answers."""
    mark(ground, f"asked-{os.getpid()}").touch()
    time.sleep(600)
    return plan_all(ground, askings)


def slowly(ground: Ground, askings: Sequence[Asking]) -> tuple[str, ...]:
    """A worker that takes its time."""
    mark(ground, f"asked-{askings[0].question.weekly_minutes}").touch()
    time.sleep(1)
    return plan_all(ground, askings)


def mark(ground: Ground, name: str) -> Path:
    """A file by which processes tell each other something."""
    folder = Path(ground.folder) / "marks"
    folder.mkdir(exist_ok=True)
    return folder / name


def die() -> NoReturn:
    os.kill(os.getpid(), signal.SIGKILL)
    sys.exit("unreachable")
