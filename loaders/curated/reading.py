"""What every file of a starter folder may refer to: names and ids of all files, collected before any line is read.

So a mapping may name a credential of any file, and a line that is refused does not make others look wrong.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial

from loaders.nearest import suggestion
from loaders.nodes import Part
from ontology.errors import BadValue, Refusal, Unreadable
from ontology.ids import mint, slug
from ontology.records import Record
from ontology.scales import KnownScale
from ontology.values import Source

LADDER_IDS = "uk-digital"
STARTER_IDS = "starter"
LADDERS, ISSUERS, OTHERS, EDITORS = "starter-ladders", "starter-issuers", "starter-others", "starter-editors"
THIRD_PARTY = "third party"

SAID = ("page", "date", "by", "note")
"""The keys that any cited line may have beside its facts. A `note` is for the next editor and makes no record."""


@dataclass(slots=True)
class Reading:
    """One reading of a folder: what is known, and what was read and refused so far."""

    scale: KnownScale
    competencies: dict[str, Part] = field(default_factory=dict)
    roles: dict[str, Part] = field(default_factory=dict)
    families: dict[str, Part] = field(default_factory=dict)
    providers: dict[str, Part] = field(default_factory=dict)
    credentials: dict[str, Part] = field(default_factory=dict)
    assessments: dict[str, tuple[str, ...]] = field(default_factory=dict)
    records: dict[str, list[Record]] = field(
        default_factory=lambda: {s: [] for s in (LADDERS, ISSUERS, OTHERS, EDITORS)}
    )
    conditions: dict[str, object] = field(default_factory=dict)
    refusals: list[Refusal] = field(default_factory=list)

    def add(self, *records: Record) -> None:
        """Keep records, each with the source that says it."""
        for record in records:
            self.records[record.source.id].append(record)

    def each(self, parts: Iterable[Part], read: Callable[[Part], None]) -> None:
        """Read each part; one that is refused is reported and the next is read."""
        for part in parts:
            self.attempt(read, part)

    def attempt(self, read: Callable[[Part], None], part: Part) -> None:
        """Read one part; where it is refused, report it."""
        try:
            read(part)
        except Unreadable as error:
            self.refusals.extend(error.refusals)
        except BadValue as error:
            self.refusals.append(part.refusal(str(error), "other words"))

    def each_in(self, found: dict[str, Part], key: str, read: Callable[[Part], None]) -> None:
        """Read each item of the list under `key`, where there is one."""
        if key in found:
            self.attempt(lambda part: self.each(part.items(), read), found[key])

    def numbered(self, found: dict[str, Part], key: str, place: str, read: Callable[[Part, str], None]) -> None:
        """Read each item of the list under `key`, each with its own place: `place`, the key and its number from 1."""
        if key in found:
            self.attempt(lambda part: self._number(part, f"{place}/{key}", read), found[key])

    def _number(self, part: Part, place: str, read: Callable[[Part, str], None]) -> None:
        for number, item in enumerate(part.items(), 1):
            self.attempt(partial(read_at, read, f"{place}/{number}"), item)

    def tolerate(self, part: Part, known: Iterable[str], required: Iterable[str]) -> dict[str, Part]:
        """The keys of an entry. Unknown ones are reported while the rest of the entry is still read."""
        found = part.entries()
        names = tuple(known)
        self.refusals.extend(part.unknown_keys(found, names))
        return {k: v for k, v in part.keys((*names, *found), required).items() if k in names}

    # names

    def once(self, part: Part, names: dict[str, Part]) -> str:
        """The name that an entry declares, which no entry before it has."""
        words = part.text()
        first = names[words]
        if first != part:
            part.refuse(f"{words!r} again", f"each name once (first in {first.file}, line {first.line})")
        return words

    def competency_name(self, part: Part) -> str:
        """The name of a competency of the ladders, as they write it."""
        return _known(part, self.competencies, "competency")

    def level_id(self, part: Part) -> str:
        """The id of the level that is called so."""
        level = self.scale.find_level(part.text())
        if level is None:
            part.refuse(part.shown(), suggestion(part.text(), self.scale.level_names))
        return level.id

    def provider_id(self, part: Part) -> str:
        """The id of a provider that is declared in some file."""
        return provider_id(_known(part, self.providers, "provider"))

    def credential_id(self, part: Part) -> str:
        """The id of a credential that is declared in some file."""
        return credential_id(_known(part, self.credentials, "credential"))

    def family_name(self, part: Part) -> str:
        """The name of a role family of the ladders."""
        return _known(part, self.families, "role family")


def read_at(read: Callable[[Part, str], None], place: str, part: Part) -> None:
    """Read a part at a place."""
    read(part, place)


def _known(part: Part, names: dict[str, Part], what: str) -> str:
    words = part.text()
    if words not in names:
        part.refuse(f"{what} {words!r}", suggestion(words, tuple(sorted(names))) if names else f"a declared {what}")
    return words


def provider_id(key: str) -> str:
    """The id of the provider that starter files call `key`.

    >>> provider_id("scrum-org")
    'id/starter/provider/scrum-org'
    """
    return mint(STARTER_IDS, "provider", key)


def credential_id(key: str) -> str:
    """The id of the credential that starter files call `key`.

    >>> credential_id("scrum-org/psm-1")
    'id/starter/credential/scrum-org-psm-1'
    """
    return mint(STARTER_IDS, "credential", key)


def assessment_id(credential: str, key: str) -> str:
    """The id of the assessment that the credential with this key calls `key`."""
    return mint(STARTER_IDS, "assessment", credential, key)


def said(found: dict[str, Part], part: Part, place: str, *, default: Source | None = None) -> Source:
    """Who says a line: its page and date, and whether it is the issuer or somebody else. A line without a page of its
    own rests on the page of its entry where there is a `default`.
    """
    by = found["by"].choice((THIRD_PARTY, "issuer")) if "by" in found else None
    if "page" in found:
        source = OTHERS if by == THIRD_PARTY else ISSUERS
        return Source(
            id=source,
            place=place,
            page=found["page"].page(),
            date=found["date"].when() if "date" in found else None,
        )
    if default is None or by or "date" in found:
        part.refuse("no page", "the page that says it (what no page says is left out)")
    return Source(id=default.id, place=place, page=default.page, date=default.date)


def collect_names(reading: Reading, folder: str, top: Part) -> None:
    """Note what one file declares. Malformed entries are passed over here and refused when they are read."""
    if not top.is_mapping:
        return
    found = top.entries()
    if folder == "ladders":
        _declare(found, "competencies", "name", reading.competencies)
        _declare(found, "roles", "name", reading.roles)
        if "family" in found:
            reading.families.setdefault(found["family"].text(), found["family"])
    if folder == "credentials":
        _declare(found, "providers", "id", reading.providers)
        _declare(found, "credentials", "id", reading.credentials)
        for entry in _entries(found, "credentials"):
            keys = entry.entries()
            if "id" in keys:
                exams = [exam.entries() for exam in _entries(keys, "assessments")]
                reading.assessments[keys["id"].text()] = tuple(exam["id"].text() for exam in exams if "id" in exam)


def refuse_shared_slugs(reading: Reading) -> None:
    """Report different names of one kind that would get the same id."""
    for names in (reading.competencies, reading.roles, reading.families, reading.providers, reading.credentials):
        taken: dict[str, str] = {}
        for words, part in names.items():
            first = taken.setdefault(slug(words), words)
            if first != words:
                where = f"{names[first].file}, line {names[first].line}"
                reading.refusals.append(
                    part.refusal(repr(words), f"a name whose id differs from that of {first!r} ({where})")
                )


def _entries(found: dict[str, Part], key: str) -> list[Part]:
    if key not in found or not found[key].is_list:
        return []
    return [item for item in found[key].items() if item.is_mapping]


def _declare(found: dict[str, Part], key: str, name: str, names: dict[str, Part]) -> None:
    for entry in _entries(found, key):
        keys = entry.entries()
        if name in keys:
            names.setdefault(keys[name].text(), keys[name])
