"""What a whole table of roles says beyond its rows: its framework, a ladder for each family, and the order of rungs."""

from collections.abc import Sequence

from loaders import ladder, rungs
from loaders.loaded import Note
from loaders.table.mapping import Mapping
from ontology.ids import slug
from ontology.records import Competency, Framework, NextRole, Option, Record, Requirement, Role
from ontology.values import Source

UNORDERED = "pairs of roles of one family that neither requirements nor title words order"


def ladder_records(mapping: Mapping, file: str, records: Sequence[Record]) -> tuple[list[Record], tuple[Note, ...]]:
    """The records that follow from all rows together, and the pairs of roles that stay unordered."""
    found: list[Record] = []

    def said(place: str) -> Source:
        return Source(id=mapping.info.id, place=f"{file}#{place}", page=mapping.info.page, date=mapping.info.date)

    publisher = version = None
    if mapping.framework is not None:
        name, publisher, version = mapping.framework
        id_ = ladder.framework_id(mapping.ids, name)
        found.append(Framework(id=id_, source=said("framework"), name=name, publisher=publisher, version=version))
    if mapping.scale is not None:
        found += mapping.scale.records(mapping.info.id)
    roles = [record for record in records if isinstance(record, Role)]
    families = sorted({role.family for role in roles if role.family})
    for family in families:
        id_ = ladder.framework_id(mapping.ids, family)
        source = said(f"family/{slug(family)}")
        found.append(Framework(id=id_, source=source, name=family, publisher=publisher, version=version))
    if not mapping.rungs:
        return found, ()
    steps, notes = order_families(mapping, records, families, said("rungs"))
    return [*found, *steps], notes


def order_families(
    mapping: Mapping, records: Sequence[Record], families: Sequence[str], source: Source
) -> tuple[list[NextRole], tuple[Note, ...]]:
    """The derived steps of every family, each at a place of its own, and one note with all unordered pairs."""
    asked = rungs_of(mapping, records)
    steps: list[NextRole] = []
    unordered: list[str] = []
    for family in families:
        order = rungs.order_rungs(asked.get(family, ()))
        for step in order.steps:
            place = f"{source.place}/{slug(family)}/{slug(step.below.name)}/{slug(step.above.name)}"
            at = Source(id=source.id, place=place, page=source.page, date=source.date)
            steps.append(rungs.step_record(mapping.ids, step, at))
        unordered += [f"{family}: {pair}" for pair in order.unordered]
    notes = (Note(UNORDERED, len(unordered), tuple(unordered)),) if unordered else ()
    return steps, notes


def rungs_of(mapping: Mapping, records: Sequence[Record]) -> dict[str, list[rungs.Rung]]:
    """The roles of each family with the ranks of what they ask for."""
    ranks = {level.id: level.rank for level in mapping.scale.levels} if mapping.scale else {}
    names = {record.id: record.name for record in records if isinstance(record, Competency)}
    requirements = {record.id: record for record in records if isinstance(record, Requirement)}
    levels: dict[str, dict[str, int]] = {}
    premises: dict[str, dict[str, str]] = {}
    for option in records:
        if isinstance(option, Option) and option.competency in names and option.level in ranks:
            role = requirements[option.requirement].subject
            levels.setdefault(role, {})[names[option.competency]] = ranks[option.level]
            premises.setdefault(role, {})[names[option.competency]] = option.requirement
    found: dict[str, list[rungs.Rung]] = {}
    for record in records:
        if isinstance(record, Role) and record.family:
            rung = rungs.Rung(record.id, record.name, levels.get(record.id, {}), premises.get(record.id, {}))
            found.setdefault(record.family, []).append(rung)
    return found
