"""What every loader gives back, so the edge treats all alike: who speaks, what they say, what was refused."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from ontology.errors import Refusal
from ontology.records import Record
from ontology.values import SourceInfo


@dataclass(frozen=True, slots=True)
class Note:
    """Something that was read and understood but makes no record, such as a repeated row. `count` says how often,
    `places` are the first few.
    """

    what: str
    count: int
    places: tuple[str, ...] = ()

    def __str__(self) -> str:
        where = f" ({', '.join(self.places)}{', ...' if self.count > len(self.places) else ''})" if self.places else ""
        return f"{self.what}: {self.count}{where}"


@dataclass(frozen=True, slots=True)
class Loaded:
    """The sources that were read, each with its records; what was refused; what was skipped and counted."""

    sources: tuple[tuple[SourceInfo, tuple[Record, ...]], ...]
    refusals: tuple[Refusal, ...] = ()
    notes: tuple[Note, ...] = ()


def digest_of(root: Path, files: tuple[Path, ...]) -> str:
    """SHA-256 over the names below `root` and the contents of these files, in order."""
    total = hashlib.sha256()
    for file in files:
        name = file.relative_to(root).as_posix().encode()
        content = file.read_bytes()
        total.update(b"%d %s %d " % (len(name), name, len(content)))
        total.update(content)
    return total.hexdigest()
