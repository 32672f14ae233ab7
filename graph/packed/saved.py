"""The frozen index on disk, so that a process starts thinking at once instead of building.

Each saving is a folder of numpy files (one for each type of number, all columns end to end, since opening a thousand
files takes longer than thinking does) beside the earlier one; then one pointer, the file `current`, is renamed to
name it. A reader sees the old index or the new one, never half of one, and keeps its map until it lets go. One process
saves at a time and the next one waits for it; the saving before the last is kept for whoever is just opening it, older
ones and what a killed process left are swept at the next saving.
"""

import json
import os
import shutil
import sys
import tempfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from graph.packed.columns import Array
from graph.packed.freezing import Bundle
from graph.packed.frozen import Frozen
from graph.packed.piles import Pile, Spill, cannot_save
from graph.spellings import EDITION
from ontology.errors import DamagedIndex
from ontology.schema import SCHEMA_VERSION
from ontology.values import SourceInfo

_POINTER = "current"
_STAMP = "stamp.json"
_PREFIX = "index-"
_LOCK = "saving"
_LAYOUT = 3
"""Rises where arrays change, so that what was saved before would be read wrongly."""

_PIECE = 1 << 20
"""Bytes that are summed at once."""

_LOOKS = 10
"""How often a reader looks again, when what it was told of was swept before it was open."""


def save(folder: Path, wanted: Callable[[], str], make: Callable[[Spill], Bundle]) -> Frozen:
    """Save what `make` makes in a folder, in place of what was saved there; the saved bundle, memory-mapped.

    Where another process is saving, this one waits, and keeps what that one saved if it is of the revision that is
    `wanted` by then. Raises `IndexNotSaved` where writing fails, on a full disk for example, and whatever `make`
    raises; what was saved before is then as it was.
    """
    with _alone(folder):
        found = _usable(folder, wanted())
        if found is not None:
            return found
        before = _named(folder)
        with cannot_save(folder):
            target = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=folder))
            growing = target / "growing"
            growing.mkdir()
        try:
            _write_bundle(target, make(Spill(growing, folder)))
            with cannot_save(folder):
                shutil.rmtree(growing)
                _write(folder / f"{_POINTER}.new", target.name)
                (folder / f"{_POINTER}.new").replace(folder / _POINTER)
        except BaseException:
            if _named(folder) != target.name:
                shutil.rmtree(target, ignore_errors=True)
            raise
        for old in folder.glob(f"{_PREFIX}*"):
            if old.name not in {target.name, before}:
                shutil.rmtree(old, ignore_errors=True)
        return _open(target, _stamp_of(target))


def find_saved(folder: Path, *, revision: str | None = None) -> Frozen | None:
    """The saved bundle, memory-mapped.

    `None` where nothing is saved, where it is of another revision than asked for, or of another version of the schema,
    of the arrays or of the tables by which names are spelt. Raises `DamagedIndex` where its files cannot be read or are
    not what was written: a wrong number would be a wrong answer.
    """
    name = _pointed_to(folder)
    for look in range(_LOOKS):
        if name is None:
            return None
        try:
            stamp = _stamp_of(folder / name)
            if any(stamp.get(version) != now for version, now in _versions().items()):
                return None
            if revision not in {None, stamp["revision"]}:
                return None
            _check(folder / name, stamp)
            return _open(folder / name, stamp)
        except (OSError, EOFError, ValueError, KeyError, TypeError) as error:
            newest = _pointed_to(folder)
            if newest == name or look == _LOOKS - 1:
                raise DamagedIndex(str(folder / name), str(error)) from error
            name = newest
    return None


def saved_at(folder: Path) -> int | None:
    """When the bundle in a folder was saved, in nanoseconds since 1970; `None` where nothing is."""
    try:
        return (folder / _POINTER).stat().st_mtime_ns
    except (FileNotFoundError, NotADirectoryError):
        return None


def forget(folder: Path) -> None:
    """Let nothing be saved in a folder; whoever has it mapped keeps it. Raises `IndexNotSaved`."""
    with cannot_save(folder):
        (folder / _POINTER).unlink(missing_ok=True)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Keep others from saving in the folder meanwhile; whoever is killed keeps nobody out."""
    with cannot_save(folder):
        folder.mkdir(parents=True, exist_ok=True)
        file = (folder / _LOCK).open("w")
    with file:
        if sys.platform != "win32":
            import fcntl

            with cannot_save(folder):
                fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _named(folder: Path) -> str | None:
    try:
        return _pointed_to(folder)
    except DamagedIndex:
        return None


def _usable(folder: Path, revision: str) -> Frozen | None:
    try:
        return find_saved(folder, revision=revision)
    except DamagedIndex:
        return None


def _versions() -> dict[str, int | str]:
    """What decides whether a saved bundle can be used."""
    return {"schema": SCHEMA_VERSION, "layout": _LAYOUT, "spellings": EDITION}


def _stamp_of(target: Path) -> dict[str, Any]:
    stamp: dict[str, Any] = json.loads((target / _STAMP).read_text(encoding="utf-8"))
    return stamp


def _open(target: Path, stamp: dict[str, Any]) -> Frozen:
    parts = _map_arrays(target, stamp["arrays"])
    return Frozen.open(stamp["revision"], tuple(SourceInfo(**info) for info in stamp["sources"]), parts)


def _pointed_to(folder: Path) -> str | None:
    try:
        return (folder / _POINTER).read_text(encoding="utf-8").strip()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValueError) as error:
        raise DamagedIndex(str(folder), str(error)) from error


def _write_bundle(target: Path, bundle: Bundle) -> None:
    with cannot_save(target.parent):
        stamp: dict[str, Any] = {
            **_versions(),
            "revision": bundle.revision,
            "sources": [asdict(info) for info in bundle.sources],
            "arrays": _write_arrays(target, bundle.piles),
        }
        stamp["sums"] = {str(dtype): _sum_of(target / f"{dtype}.npy") for dtype in stamp["arrays"]}
        _write(target / _STAMP, json.dumps(stamp | {"sum": _sum_of_stamp(stamp)}, ensure_ascii=False))


def _check(target: Path, stamp: dict[str, Any]) -> None:
    """Compare every file with the sum that was taken of it (CRC-32, which half a gigabyte takes 0.2 s to reckon)."""
    said = dict(stamp)
    if said.pop("sum") != _sum_of_stamp(said):
        raise ValueError(f"{_STAMP} is not what was written")
    for dtype, total in stamp["sums"].items():
        if _sum_of(target / f"{dtype}.npy") != total:
            raise ValueError(f"{dtype}.npy is not what was written")


def _sum_of_stamp(stamp: dict[str, Any]) -> int:
    return zlib.crc32(json.dumps(stamp, sort_keys=True).encode())


def _sum_of(path: Path) -> int:
    """Read in pieces and not through the map, so that what is summed does not count as memory of this process."""
    total = 0
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            total = zlib.crc32(piece, total)
    return total


def _write_arrays(target: Path, piles: Mapping[str, Pile]) -> dict[str, dict[str, int]]:
    """Write the arrays, and say by type of number where each one ends.

    They are not written through a map: what is written would count as the memory of this process, and a full disk
    would kill it.
    """
    ends: dict[str, dict[str, int]] = {}
    for dtype in sorted({pile.dtype for pile in piles.values()}, key=str):
        named = {name: piles[name] for name in sorted(piles) if piles[name].dtype == dtype}
        length = sum(len(pile) for pile in named.values())
        end, ends[str(dtype)] = 0, {}
        with (target / f"{dtype}.npy").open("wb") as file:
            header = {"descr": np.lib.format.dtype_to_descr(dtype), "fortran_order": False, "shape": (length,)}
            np.lib.format.write_array_header_1_0(file, header)
            for name, pile in named.items():
                for piece in pile.pieces():
                    file.write(np.ascontiguousarray(piece).data)
                end = ends[str(dtype)][name] = end + len(pile)
            file.flush()
            os.fsync(file.fileno())
    return ends


def _map_arrays(target: Path, ends: dict[str, dict[str, int]]) -> dict[str, Array]:
    parts: dict[str, Array] = {}
    for dtype, named in ends.items():
        mapped: Array = np.load(target / f"{dtype}.npy", mmap_mode="r", allow_pickle=False).view(np.ndarray)
        start = 0
        for name, end in named.items():
            parts[name] = mapped[start:end]
            start = end
    return parts


def _write(path: Path, words: str) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.write(words)
        file.flush()
        os.fsync(file.fileno())
