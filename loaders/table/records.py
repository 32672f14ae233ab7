"""One row of a table as records: each section of its mapping that the row fills gives the records of one thing.

An entity that stands in many rows (a role beside each of its competencies) comes out of each of them alike; `table`
keeps it once.
"""

from collections.abc import Mapping as Table
from dataclasses import dataclass, field
from typing import get_args

from loaders import ladder
from loaders.nearest import suggestion
from loaders.slugs import short_slug
from loaders.table.cells import Cells
from loaders.table.mapping import Mapping, Rule, Section, TableRules
from ontology.ids import local_name, mint
from ontology.records import Assessment, Claim, Cost, Credential, Option, Provider, Record, Requirement
from ontology.values import CostKind, Evaluator, Flag, Method, Mode, Necessity, ProviderKind, Source, Status

ODD_TOTAL = "rows whose costs do not add up to their total: read without costs"


@dataclass(frozen=True, slots=True)
class RowReader:
    """Reads rows of one table. `competencies` are the ids and names known so far, for claims that name one; `exams` the
    assessment that an earlier row of a credential states, for claims of its later rows.
    """

    mapping: Mapping
    table: TableRules
    competencies: Table[str, str]
    exams: dict[str, str] = field(default_factory=dict)

    def records(self, cells: Cells, source: Source) -> tuple[list[Record], str | None]:
        """The records of one row, and a note about it or `None`. Raises `Unreadable` where a cell is refused."""
        sections = {section.kind: rules_of(section) for section in self.table.sections if section.kind != "cost"}
        found = self.ladder_records(cells, source, sections)
        note = None
        if "provider" in sections:
            found += self.provider(cells, source, sections["provider"])
        if "credential" in sections:
            credential = self.credential(cells, source, sections)
            if credential is not None:
                key = local_name(credential.id)
                found.append(credential)
                found += self.about_credential(cells, source, sections, key, credential.id)
                costs, note = self.costs(cells, source, key, credential.id)
                found += costs
        return found, note

    # ladders

    def ladder_records(self, cells: Cells, source: Source, sections: dict[str, dict[str, Rule]]) -> list[Record]:
        """The role, competency, level text and requirement of a row."""
        ids, scale = self.mapping.ids, self.mapping.scale
        found: list[Record] = []
        role = competency = None
        if "role" in sections:
            rules = sections["role"]
            role = cells.name(rules["name"])
            if role is not None:
                found.append(
                    ladder.role(
                        ids,
                        role,
                        source,
                        family=cells.name(rules["family"]) or cells.refuse(rules["family"], "nothing", "a role family"),
                        other_names=cells.names(rules.get("other_names")),
                        about=cells.prose(rules.get("description")),
                        group=cells.name(rules.get("group")),
                    )
                )
        if "competency" in sections:
            rules = sections["competency"]
            competency = cells.name(rules["name"])
            if competency is not None:
                framework = ladder.framework_id(ids, self.mapping.framework[0]) if self.mapping.framework else None
                about = cells.prose(rules.get("description"))
                scale_id = scale.id if scale else None
                found.append(
                    ladder.competency(ids, competency, source, about=about, framework=framework, scale=scale_id)
                )
        if "level_text" in sections and competency is not None:
            rules = sections["level_text"]
            level, words = cells.level(rules["level"], scale), cells.prose(rules["words"])
            if level is not None and words is not None:
                found.append(ladder.level_text(ids, competency, level, words, source))
        if "requirement" in sections and role is not None and competency is not None:
            found += self.requirement(cells, source, sections["requirement"], role, competency)
        return found

    def requirement(
        self, cells: Cells, source: Source, rules: dict[str, Rule], role: str, competency: str
    ) -> tuple[Record, ...]:
        """What a role asks for. An importance is 0 to 100."""
        importance = cells.whole(rules.get("importance"))
        if importance is not None and importance > 100:
            cells.refuse(rules["importance"], str(importance), "an importance from 0 to 100")
        return ladder.requirement(
            self.mapping.ids,
            role,
            competency,
            cells.level(rules.get("level"), self.mapping.scale),
            source,
            importance=importance,
            necessity=cells.choice(rules.get("necessity"), get_args(Necessity)) or "essential",
            words=cells.prose(rules.get("words")),
            measured_by=cells.prose(rules.get("measured_by")),
        )

    # catalogues

    def provider_id(self, cells: Cells, rules: dict[str, Rule]) -> str | None:
        """The id of the provider of a row."""
        key = cells.name(rules.get("key", rules["name"]))
        return mint(self.mapping.ids, "provider", key) if key else None

    def provider(self, cells: Cells, source: Source, rules: dict[str, Rule]) -> list[Record]:
        """The provider of a row."""
        id_, name = self.provider_id(cells, rules), cells.name(rules["name"])
        if id_ is None or name is None:
            return []
        kind: ProviderKind = cells.choice(rules.get("kind"), get_args(ProviderKind)) or "unknown"
        area, page = cells.name(rules.get("area")), cells.page(rules.get("page"))
        return [Provider(id=id_, source=source, name=name, kind=kind, area=area, page=page)]

    def credential(self, cells: Cells, source: Source, sections: dict[str, dict[str, Rule]]) -> Credential | None:
        """The credential of a row."""
        rules = sections["credential"]
        name = cells.name(rules["name"])
        if name is None:
            return None
        provider = self.provider_id(cells, sections["provider"]) if "provider" in sections else None
        own_key = cells.name(rules.get("key"))
        key = (own_key,) if own_key else (local_name(provider), name) if provider else (name,)
        return Credential(
            id=mint(self.mapping.ids, "credential", *key),
            source=source,
            name=name,
            other_names=cells.names(rules.get("other_names")),
            description=cells.prose(rules.get("description")),
            type=cells.name(rules.get("type")),
            provider=provider,
            status=cells.choice(rules.get("status"), get_args(Status)),
            languages=cells.names(rules.get("languages")),
            modes=cells.names(rules.get("modes")),
            effort=cells.minutes(rules.get("effort")),
            elapsed=cells.days(rules.get("elapsed")),
            renewal_months=cells.whole(rules.get("renewal_months")),
            credit=cells.whole(rules.get("credit")),
            credit_scheme=cells.name(rules.get("credit_scheme")),
            scheme_level=cells.name(rules.get("scheme_level")),
            page=cells.page(rules.get("page")),
        )

    def about_credential(
        self, cells: Cells, source: Source, sections: dict[str, dict[str, Rule]], key: str, credential: str
    ) -> list[Record]:
        """The assessment, condition and claim of a row."""
        found: list[Record] = []
        exam = (
            self.assessment(cells, source, sections["assessment"], key, credential)
            if "assessment" in sections
            else None
        )
        if exam is not None:
            found.append(exam)
            self.exams[credential] = exam.id
        if "condition" in sections:
            words = cells.name(sections["condition"]["words"])
            if words is not None:
                id_ = mint(self.mapping.ids, "requirement", key, short_slug(words))
                option = id_.replace("/requirement/", "/option/")
                found.append(Requirement(id=id_, source=source, subject=credential, at_least=1))
                found.append(Option(id=option, source=source, requirement=id_, words=words))
        if "claim" in sections:
            found += self.claim(cells, source, sections["claim"], key, credential)
        return found

    def assessment(
        self, cells: Cells, source: Source, rules: dict[str, Rule], key: str, credential: str
    ) -> Assessment | None:
        """How the credential of a row is assessed, where a cell says anything of it."""
        name = cells.name(rules.get("name"))
        exam = Assessment(
            id=mint(self.mapping.ids, "assessment", key, name or "assessment"),
            source=source,
            credential=credential,
            name=name,
            methods=cells.choices(rules.get("methods"), get_args(Method)),
            proctored=cells.choice(rules.get("proctored"), get_args(Flag)),
            rubric=cells.choice(rules.get("rubric"), get_args(Flag)),
            pass_mark=cells.name(rules.get("pass_mark")),
            evaluator=cells.choice(rules.get("evaluator"), get_args(Evaluator)),
            retakes=cells.name(rules.get("retakes")),
        )
        stated = (exam.name, exam.methods, exam.proctored, exam.rubric, exam.pass_mark, exam.evaluator, exam.retakes)
        return exam if any(stated) else None

    def claim(self, cells: Cells, source: Source, rules: dict[str, Rule], key: str, credential: str) -> list[Record]:
        """What the credential of a row teaches or assesses."""
        competency = cells.name(rules["competency"])
        if competency is None:
            return []
        id_ = ladder.competency_id(self.mapping.ids, competency)
        if self.competencies and id_ not in self.competencies:
            cells.refuse(
                rules["competency"], repr(competency), suggestion(competency, tuple(self.competencies.values()))
            )
        mode: Mode = cells.choice(rules["mode"], get_args(Mode)) or cells.refuse(
            rules["mode"], "nothing", "teaches or assesses"
        )
        level = cells.level(rules.get("level"), self.mapping.scale)
        parts = (key, competency, *([local_name(level)] if level else []), mode)
        return [
            Claim(
                id=mint(self.mapping.ids, "claim", *parts),
                source=source,
                subject=credential,
                competency=id_,
                mode=mode,
                level=level,
                assessment=self.exams.get(credential),
                words=cells.prose(rules.get("words")),
            )
        ]

    def costs(self, cells: Cells, source: Source, key: str, credential: str) -> tuple[list[Record], str | None]:
        """The fees of a row. Where they must add up to a total and do not, nobody knows the price."""
        found: list[Record] = []
        low = high = 0
        currency = None
        for section in self.table.sections:
            if section.kind != "cost":
                continue
            rules = rules_of(section)
            currency = cells.name(rules["currency"]) or currency
            amount = cells.money(rules["amount"], currency) if currency else None
            if amount is None:
                continue
            low, high = low + amount.low, high + amount.high
            kind: CostKind = cells.choice(rules["kind"], get_args(CostKind)) or "other"
            audience = cells.name(rules.get("audience"))
            more = (rules["amount"].column or kind,) if kind == "other" else ()
            id_ = mint(self.mapping.ids, "cost", key, kind, *more, *([audience] if audience else []))
            found.append(
                Cost(
                    id=id_,
                    source=source,
                    credential=credential,
                    kind=kind,
                    amount=amount,
                    currency=currency,
                    audience=audience,
                )
            )
        total = self.total(cells, currency)
        if total is not None and not low <= total <= high:
            return [], ODD_TOTAL
        return found, None

    def total(self, cells: Cells, currency: str | None) -> int | None:
        """What the costs of a row must add up to, where the mapping names such a column."""
        if self.table.total is None or currency is None:
            return None
        amount = cells.money(Rule("total", column=self.table.total), currency)
        return amount.low if amount else None


def rules_of(section: Section) -> dict[str, Rule]:
    """The rules of a section by field."""
    return {rule.field: rule for rule in section.rules}
