"""The frozen index on disk, so that a process starts thinking at once instead of building.

Each saving is a folder of numpy files beside the earlier one; then one pointer, the file `current`, is renamed to
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

from graph.columns import Array
from graph.frozen import Frozen
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
    for name, array in frozen.parts().items():
        np.save(target / f"{name}.npy", array, allow_pickle=False)
    stamp = {
        "schema": SCHEMA_VERSION,
        "revision": frozen.revision,
        "sources": [asdict(info) for info in frozen.sources],
        "arrays": sorted(frozen.parts()),
    }
    _write(target / _STAMP, json.dumps(stamp, ensure_ascii=False, indent=1, sort_keys=True))
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
        parts = {name: _load(target / f"{name}.npy") for name in stamp["arrays"]}
        return Frozen.open(stamp["revision"], tuple(SourceInfo(**info) for info in stamp["sources"]), parts)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DamagedIndex(str(target), str(error)) from error


def _pointed_to(folder: Path) -> str | None:
    try:
        return (folder / _POINTER).read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return None


def _load(path: Path) -> Array:
    mapped: Array = np.load(path, mmap_mode="r", allow_pickle=False).view(np.ndarray)
    return mapped


def _write(path: Path, words: str) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.write(words)
        file.flush()
        os.fsync(file.fileno())
