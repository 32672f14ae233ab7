"""A renamed thing goes by its present id wherever it is looked at as a whole: in the index and on a server's own graph.

What one source says of the old id and another of the new one is about one thing, and a link to the old id leads to it.
So whoever puts statements together asks here first. `Forwarding` records themselves keep the old id: they tell of it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from ontology.records import Forwarding, R
from ontology.schema import link_fields_of


def present_ids(forwardings: Iterable[Forwarding]) -> dict[str, str]:
    """From each old id to the present one; ids renamed in a circle stay as they are.

    Where one id is renamed to two, the one that comes first by its letters wins.
    """
    step: dict[str, str] = {}
    for record in sorted(forwardings, key=lambda record: (record.id, record.to)):
        step.setdefault(record.id, record.to)
    present = {}
    for old, new in step.items():
        seen, at = {old}, new
        while at in step and at not in seen:
            seen.add(at)
            at = step[at]
        if at not in seen:
            present[old] = at
    return present


def with_present_ids(record: R, renamed: Mapping[str, str]) -> R:
    """The record with present ids in place of old ones, its own and those it links to."""
    if not renamed or isinstance(record, Forwarding):
        return record
    changes: dict[str, object] = {}
    if record.id in renamed:
        changes["id"] = renamed[record.id]
    for field in link_fields_of(type(record)):
        value = getattr(record, field.name)
        now = tuple(renamed.get(id_, id_) for id_ in value) if field.many else renamed.get(value, value)
        if now != value:
            changes[field.name] = now
    return replace(record, **changes) if changes else record  # type: ignore[arg-type]
