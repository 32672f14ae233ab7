"""The starter graph: a folder of YAML files that a domain expert can edit, as records that say who said each fact.

`loaders/starter/README.md` shows the files. A statement keeps its own place, made of ids and the number of its line
under its entry and never of line numbers of the file, so that an edit elsewhere changes nothing. What cannot be taken
is reported with file, place and line, and the rest is read.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from loaders.curated.credentials import read_credentials
from loaders.curated.editors import read_assignments, read_conventions, read_mapping
from loaders.curated.ladders import read_ladder
from loaders.curated.reading import EDITORS, ISSUERS, LADDERS, OTHERS, Reading, collect_names, refuse_shared_slugs
from loaders.loaded import Loaded, digest_of
from loaders.nodes import Part, read_part
from ontology.errors import Refusal, Unreadable
from ontology.records import Record, kind_of
from ontology.scales import open_scale
from ontology.values import SourceInfo, Voice

PACKAGED = Path(__file__).parent.with_name("starter")
"""The starter graph that ships with the package."""

READERS: dict[str, Callable[[Reading, Part], None]] = {
    "ladders": read_ladder,
    "credentials": read_credentials,
    "mapping": read_mapping,
    "assignments": read_assignments,
    "conventions.yml": read_conventions,
}
"""In this order: a later folder speaks about what an earlier one says."""

SOURCES: dict[str, tuple[str, Voice]] = {
    LADDERS: ("Starter graph: role ladders", "registry"),
    ISSUERS: ("Starter graph: what issuers state", "issuer"),
    OTHERS: ("Starter graph: what third parties state", "others"),
    EDITORS: ("Starter graph: our editors' mapping, assignments and conventions", "editors"),
}


def read_starter(folder: Path = PACKAGED) -> Loaded:
    """Read all files below `folder`: four sources with their records, and what was refused.

    Raises `Unreadable` where the folder holds none of the files at all.
    """
    files = starter_files(folder)
    if not files:
        expected = "ladders/*.yml, credentials/*.yml, mapping/*.yml, assignments/*.yml or conventions.yml"
        raise Unreadable((Refusal(str(folder), "folder", "no file of a starter graph", expected),))
    reading = Reading(open_scale("uk-digital"))
    reading.add(*reading.scale.records(LADDERS))
    tops: list[tuple[str, Part]] = []
    for folder_name, file in files:
        try:
            tops.append((folder_name, read_part(file, file.relative_to(folder).as_posix())))
        except Unreadable as error:
            reading.refusals.extend(error.refusals)
    for folder_name, top in tops:
        reading.attempt(partial(collect_names, reading, folder_name), top)
    refuse_shared_slugs(reading)
    for folder_name, top in tops:
        reading.attempt(partial(READERS[folder_name], reading), top)
    digest = digest_of(folder, tuple(file for _, file in files))
    attribution = _attribution(tops)
    sources = tuple(
        (
            SourceInfo(
                id=id_,
                title=title,
                voice=voice,
                licence="OGL-UK-3.0" if id_ == LADDERS else None,
                attribution=attribution if id_ == LADDERS else None,
                digest=digest,
            ),
            tuple(_distinct(reading, id_)),
        )
        for id_, (title, voice) in SOURCES.items()
    )
    return Loaded(sources, tuple(sorted(set(reading.refusals), key=lambda r: (r.file, _line(r.place), r.place))))


def check_starter(path: Path) -> tuple[Refusal, ...]:
    """What is wrong in a starter folder, or in one file of one (the rest of its folder is read for the names it uses).

    Raises `Unreadable` where the file stands in no starter folder.
    """
    if path.is_dir():
        return read_starter(path).refusals
    root = path.parent if path.name in READERS else path.parent.parent
    if (path.name if path.parent == root else path.parent.name) not in READERS:
        expected = "a file in ladders, credentials, mapping or assignments, or conventions.yml"
        raise Unreadable((Refusal(str(path), "file", "a file of no starter folder", expected),))
    name = path.relative_to(root).as_posix()
    return tuple(refusal for refusal in read_starter(root).refusals if refusal.file == name)


def starter_files(folder: Path) -> tuple[tuple[str, Path], ...]:
    """The files of a starter folder with the reader each is for, in the order in which they are read."""
    found: list[tuple[str, Path]] = []
    for name in READERS:
        if name.endswith(".yml"):
            found += [(name, folder / name)] if (folder / name).is_file() else []
        else:
            found += [(name, file) for file in sorted((folder / name).glob("*.yml"))]
    return tuple(found)


def _attribution(tops: list[tuple[str, Part]]) -> str | None:
    """What the ladders ask to be said of them, each once."""
    found: list[str] = []
    for folder_name, top in tops:
        if folder_name == "ladders" and top.is_mapping:
            framework = top.entries().get("framework")
            keys = framework.entries() if framework and framework.is_mapping else {}
            if "attribution" in keys:
                found.append(keys["attribution"].text())
    return " ".join(dict.fromkeys(found)) or None


def _distinct(reading: Reading, source_id: str) -> list[Record]:
    """The records of a source, each place once and each id one kind of thing."""
    seen: set[tuple[str, str, str]] = set()
    kept: list[Record] = []
    for record in reading.records[source_id]:
        key = (kind_of(type(record)), record.id, record.source.place)
        if key in seen:
            file, _, place = record.source.place.partition("#")
            reading.refusals.append(Refusal(file, place, f"{key[0]} {record.id} again", "each line once"))
            continue
        seen.add(key)
        kept.append(record)
    return kept


def _line(place: str) -> int:
    digits = place.rpartition("line ")[2]
    return int(digits) if digits.isdigit() else 0
