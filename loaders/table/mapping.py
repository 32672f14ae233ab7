"""A mapping file says once how a table becomes records: which column fills which field, and what its words mean.

It is TOML, small and without expressions: `docs/loading.md` shows every key. One mapping may read several sheets of a
workbook. A `Rule` says how one field is filled; a section (`role`, `credential`, ...) is the fields of one record.
"""

import hashlib
import tomllib
from collections.abc import Mapping as Table
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from loaders.nearest import suggestion
from ontology.errors import Refusal, UnknownName, Unreadable
from ontology.scales import KnownScale, make_scale, open_scale
from ontology.values import SourceInfo, Voice

PRESETS = Path(__file__).with_name("presets")

SECTIONS: dict[str, tuple[str, ...]] = {
    "role": ("name", "other_names", "description", "family", "group"),
    "competency": ("name", "other_names", "description"),
    "level_text": ("level", "words"),
    "requirement": ("level", "importance", "necessity", "words", "measured_by"),
    "provider": ("key", "name", "kind", "area", "page"),
    "credential": (
        "key", "name", "other_names", "description", "type", "status", "languages", "modes", "effort", "elapsed",
        "renewal_months", "credit", "credit_scheme", "scheme_level", "page",
    ),
    "cost": ("kind", "amount", "currency", "audience"),
    "assessment": ("name", "methods", "proctored", "rubric", "pass_mark", "evaluator", "retakes"),
    "condition": ("words",),
    "claim": ("competency", "level", "mode", "words"),
}  # fmt: skip
REQUIRED: dict[str, tuple[str, ...]] = {
    "role": ("name", "family"), "competency": ("name",), "level_text": ("level", "words"), "requirement": (),
    "provider": ("name",), "credential": ("name",), "cost": ("kind", "amount", "currency"), "assessment": (),
    "condition": ("words",), "claim": ("competency", "mode"),
}  # fmt: skip
NEEDS: dict[str, tuple[str, ...]] = {
    "level_text": ("competency",), "requirement": ("role", "competency"), "cost": ("credential",),
    "assessment": ("credential",), "condition": ("credential",), "claim": ("credential",),
}  # fmt: skip
MANY = ("cost",)
"""Sections that a table may have several of, written `[[tables.cost]]`."""

RULE_KEYS = ("column", "value", "values", "unit", "hours_in_unit", "split", "nothing", "decimal")
TABLE_KEYS = (
    "sheet", "optional", "header_row", "delimiter", "encoding", "nothing", "quotes", "skip", "total", *SECTIONS,
)  # fmt: skip
SOURCE_KEYS = ("id", "title", "ids", "voice", "publisher", "licence", "attribution", "page", "date")
TOP_KEYS = ("source", "scale", "framework", "rungs", "tables")


@dataclass(frozen=True, slots=True)
class Rule:
    """How one field is filled: from a `column` or with one `value`; `values` translates the words of cells, `unit` says
    what a number counts, `split` parts one cell into several, `nothing` are cells that say nothing here.
    """

    field: str
    column: str | None = None
    value: str | None = None
    values: tuple[tuple[str, str | tuple[int, int]], ...] | None = None
    unit: str | None = None
    hours_in_unit: int | None = None
    split: str | None = None
    nothing: tuple[str, ...] = ()
    decimal: str = "."


@dataclass(frozen=True, slots=True)
class Section:
    """The fields of one kind of record."""

    kind: str
    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class Skip:
    """Rows that are passed over and counted, because a column holds one of these values."""

    column: str
    values: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class TableRules:
    """How one table is read. An `optional` one may be empty; `total` is a column that all costs of a row add up to."""

    sections: tuple[Section, ...]
    sheet: str | None = None
    optional: bool = False
    header_row: int = 1
    delimiter: str | None = None
    encoding: str | None = None
    nothing: tuple[str, ...] = ()
    quotes: bool = False
    skip: tuple[Skip, ...] = ()
    total: str | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that is named anywhere, in the order of the mapping."""
        named = [rule.column for section in self.sections for rule in section.rules if rule.column]
        named += [skip.column for skip in self.skip] + ([self.total] if self.total else [])
        return tuple(dict.fromkeys(named))


@dataclass(frozen=True, slots=True)
class Mapping:
    """A whole mapping file. `ids` is the first part of every id it mints, `framework` the competencies' framework as
    (name, publisher, version), `rungs` whether the order of rungs is derived.
    """

    file: str
    digest: str
    info: SourceInfo
    ids: str
    tables: tuple[TableRules, ...]
    scale: KnownScale | None = None
    framework: tuple[str, str | None, str | None] | None = None
    rungs: bool = False


def open_preset(name: str) -> Mapping:
    """The packaged mapping called `name`. Raises `UnknownName` with the names there are."""
    files = {path.stem: path for path in sorted(PRESETS.glob("*.toml"))}
    if name not in files:
        raise UnknownName("preset", name, tuple(files))
    return read_mapping(files[name])


def read_mapping(path: Path) -> Mapping:
    """Read a mapping file. Raises `Unreadable` with every mistake that was found in it."""
    content = path.read_bytes()
    try:
        data = tomllib.loads(content.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise Unreadable((Refusal(path.name, "file", str(error), "TOML in UTF-8"),)) from error
    checker = Checker(path.name, [])
    mapping = checker.mapping(data, hashlib.sha256(content).hexdigest())
    if checker.refusals or mapping is None:
        raise Unreadable(tuple(checker.refusals))
    return mapping


@dataclass(frozen=True, slots=True)
class Checker:
    """Turns parsed TOML into a `Mapping` while it collects what is wrong."""

    file: str
    refusals: list[Refusal]

    def refuse(self, place: str, found: str, expected: str) -> None:
        """Note one mistake."""
        self.refusals.append(Refusal(self.file, place, found, expected))

    def known(self, place: str, data: Any, known: tuple[str, ...], required: tuple[str, ...] = ()) -> dict[str, Any]:
        """The keys of a table, of which unknown and missing ones are refused."""
        if not isinstance(data, dict):
            self.refuse(place, repr(data), "a table")
            return {}
        for key in data:
            if key not in known:
                self.refuse(place, f"the unknown key {key!r}", suggestion(key, known))
        for key in required:
            if key not in data:
                self.refuse(place, f"no {key}", f"a {key}")
        return {key: value for key, value in data.items() if key in known}

    def mapping(self, data: dict[str, Any], digest: str) -> Mapping | None:
        """The whole file."""
        top = self.known("file", data, TOP_KEYS, ("source", "tables"))
        source = self.known("source", top.get("source", {}), SOURCE_KEYS, ("id", "title", "ids"))
        voice = source.get("voice", "own organisation")
        if voice not in get_args(Voice):
            self.refuse("source, voice", repr(voice), suggestion(str(voice), get_args(Voice)))
        frame = self.known("framework", top.get("framework", {}), ("name", "publisher", "version"))
        tables = tuple(self.table(f"tables {n}", table) for n, table in enumerate(top.get("tables", ()), 1))
        scale = self.scale(top["scale"]) if "scale" in top else None
        wants_scale = any(rule.field == "level" for table in tables for s in table.sections for rule in s.rules)
        if wants_scale and scale is None:
            self.refuse("scale", "no scale", "a scale, since levels are read")
        if self.refusals:
            return None
        info = SourceInfo(
            id=source["id"],
            title=source["title"],
            voice=voice,
            publisher=source.get("publisher"),
            licence=source.get("licence"),
            attribution=source.get("attribution"),
            page=source.get("page"),
            date=source.get("date"),
        )
        framework = (frame["name"], frame.get("publisher"), frame.get("version")) if "name" in frame else None
        return Mapping(self.file, digest, info, source["ids"], tables, scale, framework, bool(top.get("rungs", False)))

    def scale(self, data: Any) -> KnownScale | None:
        """A packaged scale by name, or one whose levels are listed here, lowest first."""
        found = self.known("scale", data, ("packaged", "ids", "slug", "name", "levels"))
        if "packaged" in found:
            try:
                return open_scale(found["packaged"])
            except UnknownName as error:
                self.refuse("scale, packaged", repr(found["packaged"]), suggestion(error.words, error.candidates))
                return None
        levels = found.get("levels")
        if not {"ids", "slug", "name"} <= found.keys() or not isinstance(levels, list) or not levels:
            self.refuse("scale", "neither packaged nor levels", "packaged = name, or ids, slug, name and levels")
            return None
        return make_scale(found["ids"], found["slug"], found["name"], tuple((str(level), None) for level in levels))

    def table(self, place: str, data: Any) -> TableRules:
        """One table."""
        found = self.known(place, data, TABLE_KEYS)
        sections: list[Section] = []
        for kind in SECTIONS:
            for part in found.get(kind, []) if kind in MANY else [found[kind]] if kind in found else []:
                sections += [self.section(f"{place}, {kind}", kind, part)]
        kinds = {section.kind for section in sections}
        if not sections:
            self.refuse(place, "no section", "at least one of: " + ", ".join(SECTIONS))
        for kind in sorted(kinds):
            for needed in NEEDS.get(kind, ()):
                if needed not in kinds:
                    self.refuse(
                        f"{place}, {kind}", f"no {needed} section", f"a {needed} section, which {kind} is about"
                    )
        skips = [self.known(f"{place}, skip", skip, ("column", "values", "why"), ("column", "values", "why"))
                 for skip in found.get("skip", ())]  # fmt: skip
        return TableRules(
            sections=tuple(sections),
            sheet=found.get("sheet"),
            optional=bool(found.get("optional", False)),
            header_row=int(found.get("header_row", 1)),
            delimiter=found.get("delimiter"),
            encoding=found.get("encoding"),
            nothing=tuple(map(str, found.get("nothing", ()))),
            quotes=bool(found.get("quotes", False)),
            skip=tuple(Skip(s["column"], tuple(map(str, s["values"])), s["why"]) for s in skips if len(s) == 3),
            total=found.get("total"),
        )

    def section(self, place: str, kind: str, data: Any) -> Section:
        """One section. A rule may be written short, as the name of its column."""
        found = self.known(place, data, SECTIONS[kind], REQUIRED[kind])
        rules = (self.rule(f"{place}, {field}", field, rule) for field, rule in found.items())
        return Section(kind, tuple(rule for rule in rules if rule is not None))

    def rule(self, place: str, field: str, data: Any) -> Rule | None:
        """One rule."""
        if isinstance(data, str):
            return Rule(field, column=data)
        found = self.known(place, data, RULE_KEYS)
        if ("column" in found) == ("value" in found):
            self.refuse(place, "column and value together, or neither", "column = heading, or value = words")
            return None
        return Rule(
            field,
            column=found.get("column"),
            value=str(found["value"]) if "value" in found else None,
            values=self.values(place, found["values"]) if "values" in found else None,
            unit=found.get("unit"),
            hours_in_unit=found.get("hours_in_unit"),
            split=found.get("split"),
            nothing=tuple(map(str, found.get("nothing", ()))),
            decimal=found.get("decimal", "."),
        )

    def values(self, place: str, data: Any) -> tuple[tuple[str, str | tuple[int, int]], ...]:
        """What the words of cells mean: other words, or a lowest and a highest whole number."""
        meant: list[tuple[str, str | tuple[int, int]]] = []
        for word, meaning in (data if isinstance(data, Table) else {}).items():
            if isinstance(meaning, list) and len(meaning) == 2 and all(isinstance(end, int) for end in meaning):
                meant.append((word, (meaning[0], meaning[1])))
            elif isinstance(meaning, str):
                meant.append((word, meaning))
            else:
                self.refuse(f"{place}, values, {word}", repr(meaning), "words, or [lowest, highest]")
        return tuple(meant)
