"""The relationships that Cypher users expect: a credential assesses a competency, a role requires it.

A claim is a node with links to its subject, competency and level; the shortcut says the same in one step, from the
subject to the competency, with the level on it. `id` on a shortcut is the id of the record it stands for.
"""

from dataclasses import dataclass

from ontology.records import AdvancedStanding, Alignment, Claim, NextRole, Option, PartOf, Record

_LEVEL = "OPTIONAL MATCH (x)-[:LEVEL]->(l:Level) "
_LEVEL_SAID = "level: l.id, levelName: l.name, rank: l.rank"


@dataclass(frozen=True, slots=True)
class Shortcut:
    """How records `x` of one kind become relationships of these types, from `a` to `b`.

    `said` are the properties, and `words`, where some of them are `words`, is the Cypher that leads to these; where
    there are two types, `chosen_by` is the field whose words choose.
    """

    kind: type[Record]
    types: tuple[str, ...]
    ends: str
    said: str = ""
    chosen_by: str | None = None
    words: str = ""

    @property
    def weigh(self) -> tuple[str, ...]:
        """How many characters of words the shortcuts of records will have; nothing to ask where they have none."""
        match = f"UNWIND $ids AS id MATCH (x:{self.kind.__name__} {{id: id}})"
        return (f"{match} {self.words} AS words RETURN sum(size(words))",) if self.words else ()

    @property
    def weigh_drawn(self) -> tuple[str, ...]:
        """How many characters of words the shortcuts of records have."""
        found = "UNWIND $ids AS id MATCH ()-[s:{}]->() WHERE s.id = id RETURN sum(size(s.words))"
        return tuple(found.format(type_) for type_ in self.types if self.words)

    @property
    def erase(self) -> tuple[str, ...]:
        """Delete the shortcuts of records."""
        return tuple(f"UNWIND $ids AS id MATCH ()-[s:{type_}]->() WHERE s.id = id DELETE s" for type_ in self.types)

    @property
    def draw(self) -> str:
        """Draw the shortcuts of records that have none."""
        said = f", {self.said}" if self.said else ""
        match = f"UNWIND $ids AS id MATCH (x:{self.kind.__name__} {{id: id}}) {self.ends} "
        if self.chosen_by is None:
            return f"{match}CREATE (a)-[:{self.types[0]} {{id: x.id{said}}}]->(b)"
        return match + " ".join(
            f"FOREACH (_ IN CASE WHEN x.{self.chosen_by} = '{type_.lower()}' THEN [1] ELSE [] END | "
            f"CREATE (a)-[:{type_} {{id: x.id{said}}}]->(b))"
            for type_ in self.types
        )


SHORTCUTS: dict[type[Record], Shortcut] = {
    shortcut.kind: shortcut
    for shortcut in (
        Shortcut(
            Claim,
            ("ASSESSES", "TEACHES"),
            f"MATCH (x)-[:SUBJECT]->(a) MATCH (x)-[:COMPETENCY]->(b:Competency) {_LEVEL}",
            f"{_LEVEL_SAID}, words: x.words, assessment: x.assessment",
            chosen_by="mode",
            words="WITH x.words",
        ),
        Shortcut(
            Option,
            ("REQUIRES",),
            f"MATCH (x)-[:OPTION_OF]->(q:Requirement)-[:SUBJECT]->(a) MATCH (x)-[:COMPETENCY|CREDENTIAL]->(b) {_LEVEL}",
            f"{_LEVEL_SAID}, requirement: q.id, importance: q.importance, necessity: q.necessity, "
            "atLeast: q.atLeast, of: COUNT { (q)<-[:OPTION_OF]-() }, words: q.words",
            words="MATCH (x)-[:OPTION_OF]->(q:Requirement) WITH q.words",
        ),
        Shortcut(PartOf, ("PART_OF",), "MATCH (x)-[:PART]->(a) MATCH (x)-[:IS_PART_OF]->(b)"),
        Shortcut(
            AdvancedStanding,
            ("ADVANCED_STANDING",),
            "MATCH (x)-[:ADVANCED_STANDING_FROM]->(a) MATCH (x)-[:IS_ADVANCED_STANDING_FOR]->(b)",
            "moneyOff: x.moneyOff, currency: x.currency, minutesOff: x.minutesOff, words: x.words",
            words="WITH x.words",
        ),
        Shortcut(Alignment, ("ALIGNED_WITH",), "MATCH (x)-[:ONE]->(a) MATCH (x)-[:OTHER]->(b)", "relation: x.relation"),
        Shortcut(NextRole, ("NEXT_ROLE",), "MATCH (x)-[:FROM_ROLE]->(a) MATCH (x)-[:TO_ROLE]->(b)", "kind: x.kind"),
    )
}

SIBLINGS = "UNWIND $ids AS id MATCH (:Option {id: id})-[:OPTION_OF]->()<-[:OPTION_OF]-(x:Option) RETURN DISTINCT x.key"
"""The options that stand beside these: how many there are is said on the shortcut of each."""
