from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import dask
import distributed
import pytest

from api.batch.planning import Ground, plan_all
from api.batch.running import in_chunks, run
from api.batch.workers import Plan, open_cluster
from api.shapes.batch import BatchRowShape
from ontology.errors import ClusterUnusable, MissingExtra
from tests.api.batch import dying
from tests.api.batch.worlds import asking, ground_of, saved_world

HOURS = tuple(range(300, 312))

pytestmark = pytest.mark.slow


@contextmanager
def cluster(workers: int) -> Iterator[str]:
    """A real scheduler and real worker processes on this machine."""
    start: Any = distributed.LocalCluster
    with (
        dask.config.set({"distributed.scheduler.allowed-failures": 1}),
        start(n_workers=workers, threads_per_worker=1, processes=True, dashboard_address=None) as made,
    ):
        yield made.scheduler_address


def outcome(address: str, ground: Ground, plan: Plan, minutes: tuple[int, ...] = HOURS) -> list[BatchRowShape]:
    """Every row that was kept, in the order of chunks of two."""
    kept: list[tuple[int, tuple[str, ...]]] = []
    workers = open_cluster(address, ground, plan)
    chunks = dict(enumerate(in_chunks([asking(each) for each in minutes], 2)))
    run(workers, chunks, lambda number, rows: kept.append((number, rows)), revision=ground.revision)
    return [BatchRowShape.model_validate_json(row) for _, rows in sorted(kept) for row in rows]


@pytest.fixture
def ground(tmp_path: Path) -> Ground:
    return ground_of(saved_world(tmp_path))


def test_dask_loses_and_doubles_nothing_when_a_worker_is_killed(ground: Ground) -> None:
    expected = [BatchRowShape.model_validate_json(row) for row in plan_all(ground, [asking(each) for each in HOURS])]
    with cluster(2) as address:
        assert outcome(address, ground, dying.once) == expected
    assert dying.mark(ground, "chunk-3").exists()


def test_one_poisonous_question_is_refused_on_dask_too(ground: Ground) -> None:
    with cluster(1) as address:
        rows = outcome(address, ground, dying.poisoned, (*HOURS[:2], dying.POISON, HOURS[3]))
    assert [row.status for row in rows] == ["proved best", "proved best", "refused", "proved best"]


def test_a_cluster_whose_workers_do_not_see_the_index_is_refused_before_anything_is_planned(
    ground: Ground, tmp_path: Path
) -> None:
    with cluster(1) as address, pytest.raises(ClusterUnusable, match="--index-folder saves the index where they do"):
        open_cluster(address, replace(ground, folder=str(tmp_path / "gone")))


def test_a_cluster_that_is_not_there_or_has_no_workers_is_told(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.batch.workers.PATIENCE", 1.0)
    with pytest.raises(ClusterUnusable, match="no scheduler answers there"):
        open_cluster("tcp://127.0.0.1:9", ground)
    with cluster(0) as address, pytest.raises(ClusterUnusable, match="has no workers after 1 seconds"):
        open_cluster(address, ground)


def test_without_dask_the_message_says_how_to_install_it(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "distributed", None)
    with pytest.raises(MissingExtra, match=r"pip install -e '\.\[dask\]'"):
        open_cluster("tcp://127.0.0.1:9", ground)
