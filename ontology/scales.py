"""Scales are data: each TOML file beside this module is one ordered list of levels, and this module reads it.

Levels belong to a scale and never meet another scale's by equal numbers, so a loader asks here which level a word of
its source means and refuses what the scale does not know.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ontology.errors import UnknownName
from ontology.ids import mint
from ontology.records import Level, Record, Scale
from ontology.values import Source

FOLDER = Path(__file__).with_name("scales")


@dataclass(frozen=True, slots=True)
class KnownLevel:
    """One level as its file declares it. `rank` counts from 1, the lowest."""

    id: str
    rank: int
    name: str
    meaning: str | None


@dataclass(frozen=True, slots=True)
class KnownScale:
    """A scale with its levels, lowest first."""

    file: str
    id: str
    name: str
    description: str | None
    levels: tuple[KnownLevel, ...]

    def find_level(self, words: str) -> KnownLevel | None:
        """The level called so, whatever the case and the space around it.

        >>> open_scale("uk-digital").find_level(" practitioner ").id
        'id/uk-digital/level/practitioner'
        """
        wanted = " ".join(words.split()).casefold()
        return next((level for level in self.levels if level.name.casefold() == wanted), None)

    def level(self, words: str) -> KnownLevel:
        """As `find_level`. Raises `UnknownName` with the names of all levels."""
        found = self.find_level(words)
        if found is None:
            raise UnknownName("level", words, self.level_names)
        return found

    @property
    def level_names(self) -> tuple[str, ...]:
        """The names, lowest first."""
        return tuple(level.name for level in self.levels)

    def records(self, source_id: str) -> tuple[Record, ...]:
        """The scale and its levels as records that `source_id` states."""

        def said(what: str) -> Source:
            return Source(id=source_id, place=f"scales/{self.file}#{what}")

        scale = Scale(id=self.id, source=said("scale"), name=self.name, description=self.description)
        levels = (
            Level(
                id=level.id,
                source=said(level.name),
                scale=self.id,
                rank=level.rank,
                name=level.name,
                meaning=level.meaning,
            )
            for level in self.levels
        )
        return (scale, *levels)


def make_scale(
    ids: str,
    slug: str,
    name: str,
    levels: tuple[tuple[str, str | None], ...],
    *,
    description: str | None = None,
    file: str = "stated",
) -> KnownScale:
    """A scale from its levels as (name, meaning), lowest first. `ids` is the first part of the ids that are minted."""
    known = tuple(
        KnownLevel(mint(ids, "level", level), rank, level, meaning) for rank, (level, meaning) in enumerate(levels, 1)
    )
    return KnownScale(file, mint(ids, "scale", slug), name, description, known)


@cache
def open_scale(name: str) -> KnownScale:
    """The scale of the file called `name` (without its ending). Raises `UnknownName` with the names there are."""
    files = {path.stem: path for path in sorted(FOLDER.glob("*.toml"))}
    if name not in files:
        raise UnknownName("scale", name, tuple(files))
    data = tomllib.loads(files[name].read_text(encoding="utf-8"))
    levels = tuple((level["name"], level.get("meaning")) for level in data["levels"])
    return make_scale(
        data["ids"], data["slug"], data["name"], levels, description=data.get("description"), file=files[name].name
    )
