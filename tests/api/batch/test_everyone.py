import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from api.asking.reading import Asked
from api.batch import everyone
from api.batch.everyone import Orders, Outside, plan_everyone
from api.batch.reading import People, read_people
from api.knowledge import Snapshot
from api.service import open_service
from api.settings import Settings
from api.shapes.batch import BatchShape
from api.whole import write_whole
from ontology.errors import BadValue, Unreadable
from tests.api.batch.worlds import saved_world
from tests.api.worlds import TODAY, baking, baking_folder
from tests.views import closed_view


@pytest.fixture
def snapshot(tmp_path: Path) -> Snapshot:
    return saved_world(tmp_path)


def people(folder: Path, count: int, *more: str) -> Path:
    """A table of people who ask different questions, but for every tenth, who asks what the first one does."""
    path = folder / "people.csv"
    rows = [f"P{n},Junior baker,{1 if n % 10 == 0 else n / 8}\n" for n in range(8, 8 + count)]
    path.write_text("person,role,hours_per_week\n" + "".join([*rows, *more]), encoding="utf-8")
    return path


def plan(
    snapshot: Snapshot,
    table: Path,
    out: Path,
    *,
    tick: Callable[[str, int, int | None], None] = lambda *_: None,
    **how: object,
) -> tuple[BatchShape, list[str]]:
    """What a run says, and what it notices beside."""
    noticed: list[str] = []
    orders = Orders(people=table, out=out, **{"common": Asked(today=TODAY.isoformat()), "to_next_rung": True, **how})  # type: ignore[arg-type]
    return plan_everyone(orders, snapshot, Outside(write_whole, noticed.append, tick)), noticed


def test_the_same_people_have_the_same_bytes_however_many_work(snapshot: Snapshot, tmp_path: Path) -> None:
    table = people(tmp_path, 100)
    one, _ = plan(snapshot, table, tmp_path / "one.csv", workers=1)
    two, _ = plan(snapshot, table, tmp_path / "two.csv", workers=2)
    assert (tmp_path / "one.csv").read_bytes() == (tmp_path / "two.csv").read_bytes()
    assert (one.rows, one.questions, one.statuses) == (100, 90, {"proved best": 100})
    assert two == one.model_copy(update={"out": str(tmp_path / "two.csv")})
    lines = (tmp_path / "one.csv").read_text(encoding="utf-8").splitlines()
    assert [line.split(",")[0] for line in lines[1:]] == [f"P{n}" for n in range(8, 108)]
    assert not (tmp_path / "one.csv.part").exists()


def test_a_run_that_was_stopped_goes_on_where_it_was(
    snapshot: Snapshot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.batch.everyone.SIZE", 5)
    table, out = people(tmp_path, 30, "X,Astronaut,1\n"), tmp_path / "plans.csv"
    plan(snapshot, table, tmp_path / "calm.csv")
    told: list[int] = []

    def stop(_what: str, done: int, _whole: int | None) -> None:
        told.append(done)
        if len(told) == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        plan(snapshot, table, out, tick=stop, workers=1)
    assert not out.exists()
    assert told == [9, 14]
    shape, noticed = plan(snapshot, table, out)
    assert noticed == ["an earlier run answered 10 of 27 questions; it goes on from there"]
    assert (shape.rows, shape.questions, shape.planned_before) == (31, 27, 10)
    assert out.read_bytes() == (tmp_path / "calm.csv").read_bytes()
    assert not (tmp_path / "plans.csv.part").exists()


def test_a_run_of_other_people_or_another_day_starts_anew(
    snapshot: Snapshot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.batch.everyone.SIZE", 5)
    out = tmp_path / "plans.csv"

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        plan(snapshot, people(tmp_path, 30), out, tick=stop, workers=1)
    shape, noticed = plan(snapshot, people(tmp_path, 12), out, common=Asked(today="2026-11-25"))
    assert noticed == ["an earlier run that was stopped differs in people and day, so everything is planned anew"]
    assert (shape.rows, shape.planned_before) == (12, 0)


def test_a_table_that_changes_while_it_is_read_is_not_planned_for(
    snapshot: Snapshot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read(table: Path) -> People:
        found = read_people(table)
        people(tmp_path, 5)
        return found

    monkeypatch.setattr(everyone, "read_people", read)
    with pytest.raises(BadValue, match="was changed while it was read"):
        plan(snapshot, people(tmp_path, 4), tmp_path / "plans.csv")
    assert not (tmp_path / "plans.csv.part").exists()


def test_what_cannot_be_written_is_kept_and_written_by_the_next_run(snapshot: Snapshot, tmp_path: Path) -> None:
    table, out = people(tmp_path, 3), tmp_path / "plans.parquet"

    def full(_path: Path, _pieces: Iterable[bytes]) -> None:
        raise OSError(28, "No space left on device")

    orders = Orders(people=table, out=out, common=Asked(today=TODAY.isoformat()), to_next_rung=True)
    with pytest.raises(OSError, match="No space left"):
        plan_everyone(orders, snapshot, Outside(full, lambda _: None, lambda *_: None))
    shape, _ = plan(snapshot, table, out)
    assert (shape.planned_before, out.read_bytes()[:4]) == (2, b"PAR1")


def test_strict_plans_for_nobody_where_a_column_is_not_read(snapshot: Snapshot, tmp_path: Path) -> None:
    table = tmp_path / "people.csv"
    table.write_text("person,role,Team\na,Junior baker,Bread\n", encoding="utf-8")
    with pytest.raises(Unreadable, match=r"the headings: found 'Team', expected some of: person, role, to"):
        plan(snapshot, table, tmp_path / "plans.csv", strict=True)
    assert not (tmp_path / "plans.csv").exists()


def test_strict_plans_for_nobody_where_a_row_cannot_be_used(snapshot: Snapshot, tmp_path: Path) -> None:
    table, out = people(tmp_path, 2, "X,Astronaut,1\n", "Y,Junior baker,many\n"), tmp_path / "plans.csv"
    with pytest.raises(Unreadable) as caught:
        plan(snapshot, table, out, strict=True)
    assert [refusal.place for refusal in caught.value.refusals] == ["row 4", "row 5"]
    assert not out.exists()
    shape, _ = plan(snapshot, table, out)
    assert [(row.person, row.status) for row in shape.refused] == [("X", "refused"), ("Y", "refused")]


def test_a_table_of_nobody_usable_needs_no_worker(snapshot: Snapshot, tmp_path: Path) -> None:
    shape, _ = plan(snapshot, people(tmp_path, 0, "X,Astronaut,1\n"), tmp_path / "plans.csv", dask="tcp://127.0.0.1:9")
    assert (shape.rows, shape.questions, shape.statuses) == (1, 0, {"refused": 1})


@pytest.mark.parametrize(
    ("how", "says"),
    [
        ({"common": Asked(to="Senior baker")}, "give --to or --to-next-rung, not both"),
        ({"workers": 2, "dask": "tcp://127.0.0.1:9"}, "--workers is for this machine"),
    ],
)
def test_orders_that_contradict_each_other_are_refused(
    snapshot: Snapshot, tmp_path: Path, how: dict[str, object], says: str
) -> None:
    with pytest.raises(BadValue, match=says):
        plan(snapshot, people(tmp_path, 2), tmp_path / "plans.csv", **how)


def test_where_the_plans_go_is_looked_at_first(snapshot: Snapshot, tmp_path: Path) -> None:
    table = people(tmp_path, 2)
    for out, says in (
        (table, "names the table of people itself"),
        (tmp_path / "gone" / "plans.csv", "its folder is not there"),
        (tmp_path / "plans.xlsx", "neither CSV nor Parquet"),
    ):
        with pytest.raises(BadValue, match=says):
            plan(snapshot, table, out)
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(BadValue, match="is no file"):
        plan(snapshot, table, tmp_path / "folder.csv")


def test_the_index_is_saved_where_all_workers_see_it(snapshot: Snapshot, tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    shape, _ = plan(snapshot, people(tmp_path, 2), tmp_path / "plans.csv", index_folder=shared)
    assert shape.statuses == {"proved best": 2}
    assert (shared / "current").is_file()
    with pytest.raises(BadValue, match="a store in memory has none; give --index-folder"):
        plan(baking().snapshot(), people(tmp_path, 2), tmp_path / "others.csv")


def test_the_index_of_a_store_that_can_only_be_read_is_saved_among_the_users_data(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    (tmp_path / "there").mkdir()
    baking_folder(tmp_path / "there")
    with closed_view(tmp_path / "there", tmp_path / "seen") as seen:
        with open_service(Settings(store=f"oxigraph:{seen / 'store'}")) as service:
            snapshot = service.snapshot()
        shape, _ = plan(snapshot, people(tmp_path, 2), tmp_path / "plans.csv")
    assert shape.statuses == {"proved best": 2}
    assert len(list((tmp_path / "data" / "credpath").glob("index-*/current"))) == 1


def children(pid: int) -> list[int]:
    """The processes that a process has started."""
    return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()]


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_whoever_loads_meanwhile_takes_the_index_from_no_worker(
    snapshot: Snapshot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.batch.everyone.SIZE", 5)
    table = people(tmp_path, 60)
    plan(snapshot, table, tmp_path / "calm.csv")
    killed: list[int] = []

    def change_all(*_: object) -> None:
        if killed:
            return
        with open_service(snapshot.settings) as service:
            service.drop("w")
        workers = [pid for pid in children(os.getpid()) if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()]
        for pid in workers:
            os.kill(pid, signal.SIGKILL)
        killed.extend(workers)

    shape, _ = plan(snapshot, table, tmp_path / "plans.csv", tick=change_all)
    assert len(killed) == 2
    assert shape.revision == snapshot.revision
    assert (tmp_path / "plans.csv").read_bytes() == (tmp_path / "calm.csv").read_bytes()


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_run_that_is_killed_leaves_no_process_and_goes_on_where_it_was(snapshot: Snapshot, tmp_path: Path) -> None:
    table, out = people(tmp_path, 400), tmp_path / "plans.csv"
    plan(snapshot, table, tmp_path / "calm.csv")
    command = [
        *(sys.executable, "-c", "from api.command import main; main()", "batch", str(table), "--out", str(out)),
        *("--to-next-rung", "--today", TODAY.isoformat(), "--store", snapshot.settings.store),
    ]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as started:
        until = time.monotonic() + 60
        while not list(tmp_path.glob("plans.csv.part/chunk-*.jsonl")) and time.monotonic() < until:
            time.sleep(0.001)
        workers = children(started.pid)
        started.kill()
    assert len(workers) >= 2
    while any(Path(f"/proc/{pid}").exists() for pid in workers) and time.monotonic() < until:
        time.sleep(0.05)
    assert [pid for pid in workers if Path(f"/proc/{pid}").exists()] == []
    assert not out.exists()
    shape, noticed = plan(snapshot, table, out)
    assert shape.planned_before > 0
    assert noticed[0].startswith(f"an earlier run answered {shape.planned_before} of 360 questions")
    assert out.read_bytes() == (tmp_path / "calm.csv").read_bytes()


def interrupted(
    snapshot: Snapshot, table: Path, out: Path, times: int, ready: Callable[[int], bool]
) -> tuple[int, list[str], list[int]]:
    """The exit code, what is told and who is left where Ctrl-C comes to all processes as soon as it is time."""
    command = [
        *(sys.executable, "-c", "from api.command import main; main()", "batch", str(table), "--out", str(out)),
        *("--to-next-rung", "--today", TODAY.isoformat(), "--store", snapshot.settings.store),
    ]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True) as started:
        until = time.monotonic() + 60
        while not ready(started.pid) and time.monotonic() < until:
            time.sleep(0.001)
        workers = children(started.pid)
        for _ in range(times):
            os.killpg(started.pid, signal.SIGINT)
            time.sleep(0.3)
        _, told = started.communicate(timeout=60)
    until = time.monotonic() + 5  # what multiprocessing itself started ends a moment after its parent
    while (left := [pid for pid in workers if Path(f"/proc/{pid}").exists()]) and time.monotonic() < until:
        time.sleep(0.05)
    return started.returncode, told.splitlines(), left


@pytest.mark.slow
@pytest.mark.parametrize("times", [1, 2])
@pytest.mark.parametrize("early", [True, False], ids=["while workers start", "while they work"])
def test_an_interrupt_ends_the_workers_quietly(snapshot: Snapshot, tmp_path: Path, times: int, *, early: bool) -> None:
    table, out = people(tmp_path, 700), tmp_path / "plans.csv"

    def ready(parent: int) -> bool:
        return len(children(parent)) >= 2 if early else bool(list(tmp_path.glob("plans.csv.part/chunk-*.jsonl")))

    code, told, left = interrupted(snapshot, table, out, times, ready)
    assert (code, left) == (130, [])
    kept = f"credpath: what was planned is kept in {out}.part; the same command goes on from there"
    assert [line for line in told if line != kept] == [
        "credpath: finishing what is being answered; again to end now",
        "credpath: stopped",
    ]
    assert (kept in told) == Path(f"{out}.part").exists()
    assert not out.exists()
    shape, _ = plan(snapshot, table, out)
    assert shape.rows == 700
    assert (shape.planned_before > 0) == (kept in told)
