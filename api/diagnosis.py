"""What is wrong with an installation and what to do about it: everything is looked at, and nothing is changed.

A check that cannot be made is a finding like any other, so that whoever has a broken store still gets an answer. The
checks that come after a store that cannot be opened are left out: they would only repeat it.
"""

import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

from api.sentences.words import count, few
from api.service import find_rubric, open_patiently
from api.settings import Settings, read_settings
from graph.address import read_address
from graph.build import build_index, saved_index
from graph.checked import Tick, checked, described
from graph.content import EDITS
from graph.index import Index
from graph.store import Store, check_files
from loaders.curated.folder import read_starter
from ontology.errors import CredpathError, DamagedIndex, NoStoreThere, SourceDamaged, StoreChanged, StoreDamaged
from ontology.records import RECORD_TYPES
from ontology.schema import SCHEMA_VERSION

Check = Literal["settings", "rubric", "address", "disk", "folder", "store", "source", "index", "catalogue", "extras"]
State = Literal["ok", "warning", "problem"]

ENOUGH_BYTES = 10**9
ENOUGH_PERCENT = 10
"""With less room on the disk there is a warning: a load writes the new beside the old."""


_FAULTS = (CredpathError, OSError, RuntimeError)
"""What a store may raise, its libraries' own faults included: here they are findings."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at, how it stands, and what to do."""

    check: Check
    state: State
    says: str
    do: str | None = None


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """All findings. `store` is its address without user and password."""

    store: str | None
    version: str
    findings: tuple[Finding, ...]


def diagnose(store: str | None = None, *, tick: Tick | None = None) -> Diagnosis:
    """Look at the settings, the store that they or `store` name, what it holds, and its saved index."""
    try:
        settings = read_settings(store)
    except CredpathError as error:
        return Diagnosis(None, version("credpath"), (Finding("settings", "problem", str(error), "mend the setting"),))
    return Diagnosis(settings.shown_store, version("credpath"), tuple(_look(settings, tick)))


def _look(settings: Settings, tick: Tick | None) -> Iterator[Finding]:
    yield Finding("settings", "ok", "the settings can be read")
    yield from _rubric(settings)
    yield from _store(settings, tick)
    yield _extras()


def _rubric(settings: Settings) -> Iterator[Finding]:
    try:
        rubric = find_rubric(settings)
    except CredpathError as error:
        yield Finding("rubric", "problem", str(error), "mend the file that CREDPATH_RUBRIC names, or leave it out")
    else:
        whose = "the one that ships" if settings.rubric is None else str(settings.rubric)
        yield Finding("rubric", "ok", f"the proof rubric ({whose}) has version {rubric.version}")


def _store(settings: Settings, tick: Tick | None) -> Iterator[Finding]:
    try:
        address = read_address(settings.store, settings.access)
    except CredpathError as error:
        yield Finding("address", "problem", str(error), "set CREDPATH_STORE, or give --store")
        return
    yield Finding("address", "ok", f"the store is {settings.shown_store}")
    if address.scheme == "oxigraph" and address.rest:
        folder = Path(address.rest).expanduser()
        yield from _folder(folder)
    try:
        store = open_patiently(settings, make=False)
    except NoStoreThere as error:
        says = f"there is no store in {error.folder} yet"
        yield Finding("store", "warning", says, "load something: credpath load starter")
        return
    except _FAULTS as error:
        yield Finding("store", "problem", str(error))
        return
    try:
        yield Finding("store", "ok", f"the store can be opened, and has schema version {SCHEMA_VERSION}")
        check_files(store, step=None if tick is None else partial(tick, "Reading all files"))
        yield from _content(settings, store, tick)
    except _FAULTS as error:
        yield Finding("store", "problem", str(error), _elsewhere(settings))
    finally:
        store.close()


def _folder(folder: Path) -> Iterator[Finding]:
    there = next(path for path in (folder, *folder.absolute().parents) if path.exists())
    usage = shutil.disk_usage(there)
    percent = 100 * usage.free // usage.total if usage.total else 0
    says = f"{usage.free / 10**9:,.1f} GB ({percent} %) are free on the disk of {there}"
    scarce = usage.free < ENOUGH_BYTES or percent < ENOUGH_PERCENT
    yield (
        Finding("disk", "warning", says, "make room: a load writes the new beside the old")
        if scarce
        else Finding("disk", "ok", says)
    )
    try:
        with tempfile.TemporaryFile(dir=there) as file:
            file.write(b"written")
            file.flush()
    except OSError as error:
        says = f"{there} cannot be written: {error.strerror}"
        if (there / "CURRENT").exists():
            says += "; questions are answered, and nothing can be loaded or corrected"
            yield Finding("folder", "warning", says, "let this user write there, or `credpath copy` it elsewhere")
        else:
            yield Finding("folder", "problem", says, "let this user write there")
    else:
        yield Finding("folder", "ok", f"{there} can be written")


def _content(settings: Settings, store: Store, tick: Tick | None) -> Iterator[Finding]:
    sources = described(store, settings.shown_store)
    if not sources:
        yield Finding("store", "warning", "nothing is loaded", "load something: credpath load starter")
        return
    whole, written = True, 0
    for source in sources:
        info = source.info
        try:
            records = sum(1 for _ in checked(store, settings.shown_store, source, tick=tick))
        except StoreChanged as error:
            whole = False
            yield Finding("source", "warning", f"{info.title} ({info.id}): {error}", "run this again")
        except _FAULTS as error:
            whole = False
            told = "it does not hold what was written to it" if isinstance(error, SourceDamaged) else str(error)
            yield Finding("source", "problem", f"{info.title} ({info.id}): {told}", _mending(settings, info.id, error))
        else:
            written += records
            says = f"{info.title} ({info.id}): {count(records, 'record')}, as they were written"
            yield Finding("source", "ok", says)
    if whole:
        yield from _by_kind(settings, store, written)
    index = None
    if settings.index_folder is not None:
        index, finding = _saved(settings.index_folder, store.revision())
        if index is None and settings.spare_index_folder is not None:
            spare, found = _saved(settings.spare_index_folder, store.revision())
            index, finding = (spare, found) if spare is not None else (None, finding)
        yield finding
    if whole:
        yield from _catalogue(index or build_index(store))


def _by_kind(settings: Settings, store: Store, written: int) -> Iterator[Finding]:
    """What makes an index reads by kind, which other files of a store may serve than those that hold its sources."""
    revision = store.revision()
    found = sum(1 for kind in RECORD_TYPES for _ in store.records(kind))
    if found != written and store.revision() == revision:
        says = f"read by kind there are {count(found, 'record')}, and by source {written}"
        yield Finding("store", "problem", says, f"make a backup; {_elsewhere(settings)}")


def _mending(settings: Settings, source_id: str, error: Exception) -> str:
    """The command that mends a source: one that another hand changed is written anew, damaged files are left behind."""
    if isinstance(error, StoreDamaged) and not isinstance(error, SourceDamaged):
        return _elsewhere(settings)
    restore = f"`credpath restore BACKUP --store {settings.shown_store}`"
    if source_id == EDITS.id:
        return f"{restore} puts back what they were, and every other source of the backup"
    if source_id in {info.id for info, _ in read_starter().sources}:
        return f"`credpath load starter --anew --store {settings.shown_store}` writes it anew"
    load = f"`credpath load table FILE --anew --store {settings.shown_store}`"
    return f"{load} writes it anew from its file, or {restore} from a backup"


def _elsewhere(settings: Settings) -> str:
    """How to begin again where the store itself is broken."""
    scheme = settings.store.partition(":")[0]
    new = "oxigraph:NEW-FOLDER" if scheme == "oxigraph" else "the address of a new database or dataset"
    return f"`credpath restore BACKUP --store` and {new} begin a new store; without a backup, load the sources into it"


def _saved(folder: Path, revision: str) -> tuple[Index | None, Finding]:
    try:
        index = saved_index(folder)
    except DamagedIndex as error:
        return None, Finding("index", "problem", str(error), f"delete {folder}")
    if index is None:
        return None, Finding("index", "warning", f"no index is saved in {folder}", "the next question builds it")
    if index.revision != revision:
        says = f"the index saved in {folder} is of another revision than the store"
        return None, Finding("index", "warning", says, "the next question builds it anew")
    return index, Finding("index", "ok", f"the index saved in {folder} is of the store's revision")


def _catalogue(index: Index) -> Iterator[Finding]:
    astray = index.dangling
    if astray:
        told = few([f"{each.field} of {each.id} to {each.target}" for each in astray[:4]])
        says = f"{count(len(astray), 'link leads', 'links lead')} nowhere: {told}{', ...' if len(astray) > 4 else ''}"
        yield Finding(
            "catalogue", "warning", says, "load what is missing, or correct the link with `credpath amend field`"
        )
    else:
        yield Finding("catalogue", "ok", "every link leads somewhere")
    disagreed = len(index.frozen.disagreed)
    says = f"sources disagree on {count(disagreed, 'value')}; `credpath show` tells them"
    yield Finding("catalogue", "ok", says if disagreed else "no source disagrees with another")


def _extras() -> Finding:
    there = (
        "is installed" if find_spec("distributed") else "is not installed, and only `credpath batch --dask` needs it"
    )
    python = ".".join(map(str, sys.version_info[:3]))
    return Finding("extras", "ok", f"Python {python}; Dask {there}; no Java is needed but by a server of your own")
