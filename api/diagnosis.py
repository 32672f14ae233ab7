"""What is wrong with an installation and what to do about it: everything is looked at, and nothing is changed.

A check that cannot be made is a finding like any other, so that whoever has a broken store still gets an answer. The
checks that come after a store that cannot be opened are left out: they would only repeat it.
"""

import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
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
from graph.index import Index
from graph.store import Store
from ontology.errors import CredpathError, DamagedIndex, StoreChanged
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
        if not folder.exists():
            yield Finding(
                "store", "warning", f"there is no store in {folder} yet", "load something: credpath load starter"
            )
            return
    try:
        store = open_patiently(settings)
    except _FAULTS as error:
        yield Finding("store", "problem", str(error))
        return
    try:
        yield Finding("store", "ok", f"the store can be opened, and has schema version {SCHEMA_VERSION}")
        yield from _content(settings, store, tick)
    except _FAULTS as error:
        yield Finding("store", "problem", str(error), "restore a backup into a new store, or load the source again")
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
            yield Finding("source", "problem", f"{info.title} ({info.id}): {error}", "load this source again")
        else:
            written += records
            says = f"{info.title} ({info.id}): {count(records, 'record')}, as they were written"
            yield Finding("source", "ok", says)
    if whole:
        yield from _by_kind(store, written)
    index = None
    if settings.index_folder is not None:
        index, finding = _saved(settings.index_folder, store.revision())
        if index is None and settings.spare_index_folder is not None:
            spare, found = _saved(settings.spare_index_folder, store.revision())
            index, finding = (spare, found) if spare is not None else (None, finding)
        yield finding
    if whole:
        yield from _catalogue(index or build_index(store))


def _by_kind(store: Store, written: int) -> Iterator[Finding]:
    """What makes an index reads by kind, which other files of a store may serve than those that hold its sources."""
    revision = store.revision()
    found = sum(1 for kind in RECORD_TYPES for _ in store.records(kind))
    if found != written and store.revision() == revision:
        says = f"read by kind there are {count(found, 'record')}, and by source {written}"
        yield Finding("store", "problem", says, "make a backup, and restore it into a new store")


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
