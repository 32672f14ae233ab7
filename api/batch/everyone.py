"""A whole batch, from the table of people to the table of plans.

Names are resolved here, so that workers need none; the store is let go before they begin; the plans are written whole
at the end, or not at all.
"""

import json
import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from api.asking.reading import Asked, today_of
from api.batch.columns import known_columns
from api.batch.journal import Journal, open_journal
from api.batch.planning import Asking, Ground
from api.batch.reading import Wanted, read_people, read_wanted
from api.batch.running import SIZE, in_chunks, run
from api.batch.workers import Pool, Workers, open_cluster
from api.batch.writing import way_of_writing
from api.catalogue import open_saved, place_index
from api.knowledge import Snapshot
from api.present import batch as present
from api.sentences import batch as says
from api.service import open_service
from api.shapes.batch import BatchRowShape, BatchShape
from ontology.errors import BadValue, DamagedIndex, IndexNotSaved, Refusal, StoreChanged, Unreadable

PROCESSES = 2
"""Processes of this machine, where nobody says how many."""

Chunks = Sequence[tuple[Asking, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Orders:
    """What `credpath batch` was told. `common` is asked by everybody whose row does not say otherwise."""

    people: Path
    out: Path
    common: Asked
    to_next_rung: bool = False
    workers: int | None = None
    dask: str | None = None
    index_folder: Path | None = None
    strict: bool = False


@dataclass(frozen=True, slots=True)
class Outside:
    """What a batch does outside: it writes a file, tells a person something, and says how far it is."""

    write: Callable[[Path, Iterable[bytes]], None]
    notice: Callable[[str], None]
    tick: Callable[[str, int, int | None], None]


def plan_everyone(orders: Orders, snapshot: Snapshot, outside: Outside) -> BatchShape:
    """Plan for everyone in a table, and write the plans.

    Raises an `InputError` or `Unreadable` before anything is planned, `WorkError` or `StoreError` where workers cannot
    work; what was planned until then is kept for the next run.
    """
    to_bytes = way_of_writing(orders.out)
    _check(orders)
    today = today_of(orders.common.today)
    common = replace(orders.common, today=today.isoformat())
    table, people = _digest(orders.people), read_people(orders.people)
    if _digest(orders.people) != table:
        raise BadValue(f"{orders.people} was changed while it was read; give the command again")
    wanted = read_wanted(people, common, snapshot.catalogue, snapshot.settings, today, to_next_rung=orders.to_next_rung)
    if orders.strict and (wanted.refused or people.not_read):
        unread = (Refusal(orders.people.name, "the headings", repr(name), known_columns()) for name in people.not_read)
        unused = (_refusal(orders.people, entry.row, entry.reason or "") for entry in wanted.refused)
        raise Unreadable((*unread, *unused))
    chunks = in_chunks(wanted.questions, SIZE)
    rubric = None if snapshot.settings.rubric is None else snapshot.settings.rubric.read_text(encoding="utf-8")
    folder = _saved(orders, snapshot)
    manifest = _manifest(orders, common, snapshot, rubric, table)
    with _keeping(orders.out, manifest, chunks, outside) as journal:
        if orders.dask is None:
            folder = _pinned(folder, journal.folder / "index", snapshot.revision)
        ground = Ground(str(folder.resolve()), snapshot.revision, rubric)
        answers = _answers(orders, ground, wanted, chunks, journal, outside)
        rows = tuple(_rows(wanted, answers, snapshot.revision))
        outside.write(orders.out, to_bytes(rows))
        journal.remove()
    return present.summary(
        rows,
        people=str(orders.people),
        out=str(orders.out),
        questions=len(wanted.questions),
        planned_before=sum(map(len, journal.before.values())),
        not_read=people.not_read,
        today=today,
        revision=snapshot.revision,
        rubric=snapshot.rubric.version,
    )


def _check(orders: Orders) -> None:
    """Refuse what would only fail after everybody was planned for."""
    if orders.to_next_rung and orders.common.to is not None:
        raise BadValue("give --to or --to-next-rung, not both; a row's own column to goes before either")
    if orders.workers is not None and orders.dask is not None:
        raise BadValue("--workers is for this machine; a Dask cluster brings its own, so leave it out")
    if orders.out.exists() and not orders.out.is_file():
        raise BadValue(f"{orders.out} is there and is no file; give the name of a file")
    if not orders.out.resolve().parent.is_dir():
        raise BadValue(f"{orders.out} cannot be written: its folder is not there")
    if orders.out.exists() and orders.people.exists() and orders.out.samefile(orders.people):
        raise BadValue("--out names the table of people itself; give another name, so that it is not overwritten")


def _refusal(path: Path, row: int, reason: str) -> Refusal:
    return Refusal(path.name, f"row {row}", f"what cannot be used ({reason})", "a row like those of the template")


def _saved(orders: Orders, snapshot: Snapshot) -> Path:
    """The folder in which the index is saved, where workers see it."""
    settings = snapshot.settings
    folder = orders.index_folder or settings.index_folder
    if folder is None:
        raise BadValue("workers need a saved index, and a store in memory has none; give --index-folder")
    saved = open_saved(folder)
    if saved is None or saved.index.revision != snapshot.revision:
        try:
            with open_service(settings) as service:
                spare = None if orders.index_folder else settings.spare_index_folder
                index, folder = place_index(service.store, folder, spare)
        except IndexNotSaved as error:
            raise BadValue(f"the index cannot be saved in {folder} ({error.why}); give --index-folder") from error
        if index.revision != snapshot.revision:
            raise StoreChanged(settings.shown_store)
    return folder


def _pinned(folder: Path, place: Path, revision: str) -> Path:
    """The saved index once more, by links to its files: whoever loads meanwhile takes it from no worker.

    The folder itself, where files cannot be linked.
    """
    shutil.rmtree(place, ignore_errors=True)
    try:
        shutil.copytree(folder, place, copy_function=os.link)
        pinned = open_saved(place)
    except (OSError, DamagedIndex):
        return folder
    return place if pinned is not None and pinned.index.revision == revision else folder


def _digest(file: Path) -> str:
    return sha256(file.read_bytes()).hexdigest() if file.is_file() else ""


def _manifest(orders: Orders, common: Asked, snapshot: Snapshot, rubric: str | None, table: str) -> dict[str, str]:
    """All that decides the answers, by what it is called."""
    settings = snapshot.settings
    options = {
        **asdict(replace(common, today=None)),
        "to_next_rung": orders.to_next_rung,
        "settings": [settings.currency, settings.hours_per_week, settings.hour_value],
        "size": SIZE,
    }
    return {
        "people": table,
        "catalogue": snapshot.revision,
        "options": json.dumps(options, sort_keys=True),
        "day": common.today or "",
        "rubric": sha256((rubric or "").encode()).hexdigest(),
        "credpath": version("credpath"),
    }


@contextmanager
def _keeping(out: Path, manifest: dict[str, str], chunks: Chunks, outside: Outside) -> Iterator[Journal]:
    """The journal of this run; what is finished stays there where the run is stopped."""
    journal = open_journal(out.with_name(f"{out.name}.part"), manifest, [len(chunk) for chunk in chunks])
    try:
        if journal.differs:
            outside.notice(says.differs(journal.differs))
        if journal.before:
            done = sum(map(len, journal.before.values()))
            outside.notice(says.continued(done, sum(map(len, chunks))))
        yield journal
    except BaseException:
        if journal.is_empty():
            journal.remove()
        elif journal.folder.is_dir():
            outside.notice(says.kept(str(journal.folder)))
        raise
    finally:
        journal.close()


def _answers(
    orders: Orders, ground: Ground, wanted: Wanted, chunks: Chunks, journal: Journal, outside: Outside
) -> dict[int, tuple[str, ...]]:
    """The rows of all chunks: those of an earlier run, and what workers answer now."""
    answers = dict(journal.before)
    left = {number: chunk for number, chunk in enumerate(chunks) if number not in answers}
    askers = Counter(entry.asks for entry in wanted.entries if entry.asks is not None)
    whole, done = len(wanted.entries), 0

    def count(number: int) -> None:
        nonlocal done
        done += sum(askers[place] for place in range(number * SIZE, number * SIZE + len(chunks[number])))
        outside.tick("Planning", done + len(wanted.refused), whole)

    def keep(number: int, rows: tuple[str, ...]) -> None:
        journal.keep(number, rows)
        answers[number] = rows
        count(number)

    for number in answers:
        count(number)
    if left:
        run(_workers(orders, ground, len(left)), left, keep, revision=ground.revision, notice=outside.notice)
    return answers


def _workers(orders: Orders, ground: Ground, chunks: int) -> Workers:
    if orders.dask is not None:
        return open_cluster(orders.dask, ground)
    return Pool(ground, min(orders.workers or PROCESSES, chunks))


def _rows(wanted: Wanted, answers: dict[int, tuple[str, ...]], revision: str) -> Iterator[BatchRowShape]:
    """A row for each row of the table, in its order."""
    planned = [BatchRowShape.model_validate_json(row) for number in sorted(answers) for row in answers[number]]
    for entry in wanted.entries:
        if entry.asks is None:
            yield present.refused(revision, entry.reason or "", entry.person)
        else:
            yield planned[entry.asks].model_copy(update={"person": entry.person})
