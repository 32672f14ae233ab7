"""Plans for 10,000 people over the starter graph: how much faster two workers are than one, on a pool and on Dask.

`python -m bench.batch [PEOPLE]` draws people of every role family (hours, budgets, none to three credentials held),
plans for all of them with one worker and with two, on processes of this machine and on a local Dask cluster, checks
that the four files are equal byte by byte, and prints people a second and ratios. Seconds are of the clock, from table
to table, with starting the processes; on a machine that others use too they say little, so its load stands below, and
the time of processors beside: what is spent here is spent once, what is spent in workers is shared.
"""

import csv
import os
import random
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from api.asking.reading import Asked
from api.batch.columns import NAMES
from api.batch.everyone import Orders, Outside, plan_everyone
from api.knowledge import Snapshot
from api.service import open_service
from api.settings import Settings
from api.whole import write_whole
from graph.index import Index
from loaders.curated.folder import read_starter
from ontology.records import Credential, Role

SEED = 20261124
TODAY = "2026-11-24"
BUDGETS = ("", "", "500GBP", "1000GBP", "2000GBP", "5000GBP")


def main(count: int) -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as folder:
        snapshot = starter(Path(folder))
        people = Path(folder) / "people.csv"
        write_people(people, snapshot.index, count)
        print("| workers | people | different questions | seconds | people/s | ratio | processor here | in workers |")
        print("|---|---:|---:|---:|---:|---:|---:|---:|")
        files = {}
        for kind in ("pool", "dask"):
            alone = 0.0
            for workers in (1, 2):
                out = Path(folder) / f"{kind}-{workers}.csv"
                run = timed(kind, workers, people, out, snapshot)
                alone = alone or run.seconds
                files[out.name] = out.read_bytes()
                print(
                    f"| {kind}, {workers} | {count:,} | {run.questions:,} | {run.seconds:.1f} "
                    f"| {count / run.seconds:,.0f} | {alone / run.seconds:.2f} "
                    f"| {run.here:.1f} s | {run.there:.1f} s |",
                    flush=True,
                )
        equal = len(set(files.values())) == 1
        print(f"\n{len(files)} files of {len(files['pool-1.csv']):,} bytes, {'all equal' if equal else 'NOT EQUAL'}")
        print(f"{os.cpu_count()} cores; load of the machine {', '.join(f'{load:.1f}' for load in os.getloadavg())}")


def starter(folder: Path) -> Snapshot:
    """The starter graph in a store of its own, with its index saved."""
    with open_service(Settings(store=f"oxigraph:{folder / 'store'}")) as service:
        service.load(read_starter())
        return service.snapshot()


@dataclass(frozen=True, slots=True)
class Run:
    """Seconds of the clock, and of processors: in this process (with Dask's scheduler) and in the workers."""

    questions: int
    seconds: float
    here: float
    there: float


def timed(kind: str, workers: int, people: Path, out: Path, snapshot: Snapshot) -> Run:
    """A run from the table of people to the table of plans."""
    outside = Outside(write_whole, lambda words: print(words, file=sys.stderr), lambda *_: None)
    before = processor(resource.RUSAGE_CHILDREN)
    with cluster(workers) if kind == "dask" else local() as address:
        orders = Orders(
            people=people,
            out=out,
            common=Asked(today=TODAY),
            to_next_rung=True,
            workers=None if address else workers,
            dask=address,
        )
        started, here = time.perf_counter(), processor(resource.RUSAGE_SELF)
        shape = plan_everyone(orders, snapshot, outside)
        seconds, here = time.perf_counter() - started, processor(resource.RUSAGE_SELF) - here
    return Run(shape.questions, seconds, here, processor(resource.RUSAGE_CHILDREN) - before)


def processor(whose: int) -> float:
    """Seconds of processors that this process has used, or its children that have ended."""
    used = resource.getrusage(whose)
    return used.ru_utime + used.ru_stime


@contextmanager
def local() -> Iterator[None]:
    """No cluster."""
    yield None


@contextmanager
def cluster(workers: int) -> Iterator[str]:
    """A Dask cluster of processes on this machine, each of one thread."""
    import distributed

    start: Any = distributed.LocalCluster
    made = start(n_workers=workers, threads_per_worker=1, processes=True, dashboard_address=None)
    with made:
        yield made.scheduler_address


def write_people(path: Path, index: Index, count: int) -> None:
    """People as a register of a large employer has them, the same ones each time."""
    draw = random.Random(SEED)
    roles = [index.record(Role, id_) for id_ in index.ids(Role)]
    climbing = [r for r in roles if any(step.kind == "ladder step" for step in index.next_roles(r.id))]
    credentials = list(index.ids(Credential))
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, NAMES, restval="")
        table.writeheader()
        for number in range(1, count + 1):
            role = draw.choice(climbing)
            family = [r for r in roles if r.family == role.family]
            held = draw.sample(credentials, draw.choices((0, 1, 2, 3), (4, 3, 2, 1))[0])
            sure = [id_ for id_ in held if draw.random() < 0.3]
            table.writerow(
                {
                    "person": f"P{number:06}",
                    "role": role.id,
                    "to": draw.choice(family).id if draw.random() < 0.1 else "",
                    "credentials": "; ".join(
                        f"{id_}@{draw.randint(2021, 2026)}-03-01" for id_ in held if id_ not in sure
                    ),
                    "verified": "; ".join(sure),
                    "hours_per_week": draw.choice(("", "2", "3", "5", "8")),
                    "budget": draw.choice(BUDGETS),
                }
            )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
