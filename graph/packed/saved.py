"""The frozen index on disk, so that a process starts thinking at once instead of building.

Each saving is a folder of numpy files (one for each type of number, all columns end to end, since opening a thousand
files takes longer than thinking does) beside the earlier one; then one pointer, the file `current`, is renamed to
name it. A reader sees the old index or the new one, never half of one, and keeps its map until it lets go. One process
saves at a time; the saving before the last is kept for whoever is just opening it, older ones are swept.
"""

import json
import os
import shutil
import tempfile
from dataclasses import asdict
from pathlib import Path

import numpy as np

from graph.packed.columns import Array, Parts
from graph.packed.frozen import Frozen
from ontology.errors import DamagedIndex
from ontology.schema import SCHEMA_VERSION
from ontology.values import SourceInfo

_POINTER = "current"
_STAMP = "stamp.json"
_PREFIX = "index-"


def save(frozen: Frozen, folder: Path) -> None:
    """Save the bundle in a folder, in place of what was saved there. Raises `OSError` where writing fails."""
    folder.mkdir(parents=True, exist_ok=True)
    before = _pointed_to(folder)
    target = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=folder))
    stamp = {
        "schema": SCHEMA_VERSION,
        "revision": frozen.revision,
        "sources": [asdict(info) for info in frozen.sources],
        "arrays": _write_arrays(target, frozen.parts()),
    }
    _write(target / _STAMP, json.dumps(stamp, ensure_ascii=False))
    _write(folder / f"{_POINTER}.new", target.name)
    (folder / f"{_POINTER}.new").replace(folder / _POINTER)
    for old in folder.glob(f"{_PREFIX}*"):
        if old.name not in {target.name, before}:
            shutil.rmtree(old, ignore_errors=True)


def find_saved(folder: Path, *, revision: str | None = None) -> Frozen | None:
    """The saved bundle, memory-mapped.

    `None` where nothing is saved, where it is of another revision than asked for, or of another version of the schema.
    Raises `DamagedIndex` where its files cannot be read.
    """
    name = _pointed_to(folder)
    if name is None:
        return None
    target = folder / name
    try:
        stamp = json.loads((target / _STAMP).read_text(encoding="utf-8"))
        if stamp["schema"] != SCHEMA_VERSION or revision not in {None, stamp["revision"]}:
            return None
        parts = _map_arrays(target, stamp["arrays"])
        return Frozen.open(stamp["revision"], tuple(SourceInfo(**info) for info in stamp["sources"]), parts)
    except (OSError, EOFError, ValueError, KeyError, TypeError) as error:
        raise DamagedIndex(str(target), str(error)) from error


def saved_at(folder: Path) -> int | None:
    """When the bundle in a folder was saved, in nanoseconds since 1970; `None` where nothing is."""
    try:
        return (folder / _POINTER).stat().st_mtime_ns
    except FileNotFoundError:
        return None


def _pointed_to(folder: Path) -> str | None:
    try:
        return (folder / _POINTER).read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return None


def _write_arrays(target: Path, parts: Parts) -> dict[str, dict[str, int]]:
    """Write the arrays, and say by type of number where each one ends."""
    ends: dict[str, dict[str, int]] = {}
    for dtype in sorted({str(array.dtype) for array in parts.values()}):
        named = {name: parts[name] for name in sorted(parts) if str(parts[name].dtype) == dtype}
        length = sum(len(array) for array in named.values())
        file = np.lib.format.open_memmap(target / f"{dtype}.npy", mode="w+", dtype=np.dtype(dtype), shape=(length,))
        end, ends[dtype] = 0, {}
        for name, array in named.items():
            file[end : end + len(array)] = array
            end = ends[dtype][name] = end + len(array)
        file.flush()
    return ends


def _map_arrays(target: Path, ends: dict[str, dict[str, int]]) -> dict[str, Array]:
    parts: dict[str, Array] = {}
    for dtype, named in ends.items():
        mapped: Array = np.load(target / f"{dtype}.npy", mmap_mode="r", allow_pickle=False).view(np.ndarray)
        start = 0
        for name, end in named.items():
            parts[name] = mapped[start:end]
            start = end
        if start != len(mapped):
            raise ValueError(f"{dtype}.npy holds {len(mapped)} numbers and not {start}")
    return parts


def _write(path: Path, words: str) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.write(words)
        file.flush()
        os.fsync(file.fileno())
