"""The frozen catalogue and its look-ups: what the recommender thinks over, and all it may see of the graph.

Look-ups are pure and answer in the order of ids; links that lead nowhere are kept out of them and listed in `dangling`.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cached_property, lru_cache

from graph.by_id import ById
from ontology.records import (
    AdvancedStanding,
    Alignment,
    Assessment,
    Assignment,
    Backing,
    Claim,
    Cost,
    Credential,
    Finding,
    Framework,
    Level,
    LevelText,
    NextRole,
    Option,
    OutcomeData,
    PartOf,
    Rate,
    Requirement,
    Role,
)
from ontology.values import Relation

_OPPOSITE: dict[Relation, Relation] = {"exact": "exact", "close": "close", "broad": "narrow", "narrow": "broad"}


class Index(ById):
    """One revision of the catalogue. Made by `graph.build.build_index` and `open_index`."""

    # what is asked for

    def requirements_of(self, subject: str) -> tuple[Requirement, ...]:
        """What a role or credential asks for."""
        return self._pointing(Requirement, "subject", subject)

    def options_of(self, requirement: str) -> tuple[Option, ...]:
        """The ways to satisfy a requirement."""
        return self._pointing(Option, "requirement", requirement)

    def credentials_requiring(self, credential: str) -> tuple[Credential, ...]:
        """The credentials of which a requirement names this one as an option."""
        options = self._pointing(Option, "credential", credential)
        asking = self._some(Requirement, {option.requirement for option in options})
        return self._some(Credential, {requirement.subject for requirement in asking})

    # levels and competencies

    def level_text(self, competency: str, level: str) -> str | None:
        """What a competency at a level looks like in practice."""
        texts = self._pointing(LevelText, "competency", competency)
        level = self.present_id(level)
        return next((text.words for text in texts if text.level == level), None)

    def levels_of(self, scale: str) -> tuple[Level, ...]:
        """The levels of a scale, lowest first."""
        return tuple(sorted(self._pointing(Level, "scale", scale), key=lambda level: (level.rank, level.id)))

    def reaches(self, have_level: str, asked_level: str) -> bool:
        """Whether the one level is at least the other.

        Within a scale ranks decide. Scales meet only where somebody states that two levels match exactly: what one has
        then reaches what matches it or a lower level. Nothing is concluded from an unknown level.
        """
        have, asked = self.find(Level, have_level), self.find(Level, asked_level)
        if have is None or asked is None:
            return False
        if have.scale == asked.scale:
            return have.rank >= asked.rank
        matching = (
            self.find(Level, match)
            for level in self.levels_of(have.scale)
            if level.rank <= have.rank
            for match, relation in self._aligned(level.id)
            if relation == "exact"
        )
        return any(level and level.scale == asked.scale and level.rank >= asked.rank for level in matching)

    def same_competency(self, competency: str) -> tuple[tuple[str, Relation], ...]:
        """The competency itself as exact, then those that somebody aligns with it and how they relate to it."""
        return self._same(competency)

    @cached_property
    def _same(self) -> Callable[[str], tuple[tuple[str, Relation], ...]]:
        return lru_cache(maxsize=50_000)(self._find_same)

    def _find_same(self, competency: str) -> tuple[tuple[str, Relation], ...]:
        itself = self.present_id(competency)
        others: dict[str, Relation] = {}
        for other, how in sorted(self._aligned(itself), key=lambda pair: list(_OPPOSITE).index(pair[1])):
            if other != itself:
                others.setdefault(other, how)
        return ((itself, "exact"), *sorted(others.items()))

    # credentials

    def claims_of(self, subject: str) -> tuple[Claim, ...]:
        """What a credential or assignment is said to teach or assess."""
        return self._pointing(Claim, "subject", subject)

    def claims_on(self, competency: str) -> tuple[tuple[Claim, Relation], ...]:
        """Who teaches or assesses a competency, or one aligned with it exactly or closely; the relation says which."""
        found = [
            (claim, relation)
            for same, relation in self.same_competency(competency)
            if relation in ("exact", "close")
            for claim in self._pointing(Claim, "competency", same)
        ]
        return tuple(sorted(found, key=lambda pair: pair[0].id))

    def assessments_of(self, credential: str) -> tuple[Assessment, ...]:
        """How a credential is assessed."""
        return self._pointing(Assessment, "credential", credential)

    def costs_of(self, credential: str) -> tuple[Cost, ...]:
        """What there is to pay for a credential."""
        return self._pointing(Cost, "credential", credential)

    def parts_of(self, whole: str) -> tuple[PartOf, ...]:
        """What counts toward a whole."""
        return self._pointing(PartOf, "whole", whole)

    def wholes_of(self, part: str) -> tuple[PartOf, ...]:
        """What a credential counts toward."""
        return self._pointing(PartOf, "part", part)

    def standing_into(self, credential: str) -> tuple[AdvancedStanding, ...]:
        """What takes something off earning this credential."""
        return self._pointing(AdvancedStanding, "into", credential)

    def standing_from(self, credential: str) -> tuple[AdvancedStanding, ...]:
        """What holding this credential takes something off."""
        return self._pointing(AdvancedStanding, "held", credential)

    def credentials_of(self, provider: str) -> tuple[Credential, ...]:
        """What a provider offers."""
        return self._pointing(Credential, "provider", provider)

    def outcomes_of(self, credential: str) -> tuple[OutcomeData, ...]:
        """What became of people who earned a credential."""
        return self._pointing(OutcomeData, "credential", credential)

    def backing_of(self, subject: str) -> tuple[Backing, ...]:
        """Who backs a credential or provider."""
        return self._pointing(Backing, "subject", subject)

    def findings_of(self, subject: str) -> tuple[Finding, ...]:
        """What was found about a credential, provider or assessment."""
        return self._pointing(Finding, "subject", subject)

    def rates(self) -> tuple[Rate, ...]:
        """All exchange rates."""
        return tuple(self._at(Rate, row) for row in range(len(self.frozen.table(Rate))))

    # work

    def assignments_for(self, competency: str, level: str) -> tuple[Assignment, ...]:
        """The workplace projects that show a competency at a level, the lowest sufficient first.

        Where none is made for it at exactly this level, the general ones stand before those that ask for more.
        """
        reached: dict[str, tuple[int, str]] = {}
        for claim, relation in self.claims_on(competency):
            have = self.find(Level, claim.level) if claim.level else None
            exact = relation == "exact" and self._row(Assignment, claim.subject) is not None
            if exact and have and self.reaches(have.id, level):
                subject = self.present_id(claim.subject)
                reached[subject] = min(reached.get(subject, (have.rank, subject)), (have.rank, subject))
        made = tuple(self.record(Assignment, id_) for id_ in sorted(reached, key=reached.__getitem__))
        if (asked := self.find(Level, level)) and any(rank == asked.rank for rank, _ in reached.values()):
            return made
        return self._pointing(Assignment, "general_level", level) + made

    # roles

    def next_roles(self, role: str) -> tuple[NextRole, ...]:
        """The steps that lead from a role."""
        return self._pointing(NextRole, "from_role", role)

    def previous_roles(self, role: str) -> tuple[NextRole, ...]:
        """The steps that lead to a role."""
        return self._pointing(NextRole, "to_role", role)

    def ladders(self) -> tuple[Framework, ...]:
        """The frameworks that have roles as rungs."""
        keys = self.frozen.postings["role", "ladder"].keys.tolist()
        return self._some(Framework, {self.frozen.ids[number] for number in keys})

    def roles_of_ladder(self, ladder_or_family: str) -> tuple[Role, ...]:
        """The roles of a ladder (by its id) or of a role family (by its name)."""
        on_ladder = self._pointing(Role, "ladder", ladder_or_family)
        return on_ladder or tuple(self._at(Role, row) for row in self._families.get(ladder_or_family, ()))

    @cached_property
    def _families(self) -> dict[str, list[int]]:
        table, rows = self.frozen.table(Role), defaultdict[str, list[int]](list)
        for row in range(len(table)):
            rows[str(table.columns["family"][row])].append(row)
        return dict(rows)

    def _aligned(self, id_: str) -> Iterator[tuple[str, Relation]]:
        for alignment in self._pointing(Alignment, "one", id_):
            yield alignment.other, alignment.relation
        for alignment in self._pointing(Alignment, "other", id_):
            yield alignment.one, _OPPOSITE[alignment.relation]
