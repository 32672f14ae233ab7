"""What two sources do not agree on: whoever fuses records keeps the losing value in sight, with who says it.

Fusion makes these, the index keeps them, answers show them; so the word stands here, where all three can see it.
"""

from dataclasses import dataclass
from datetime import date as Date  # noqa: N812

from ontology.values import Range, Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """`source` says `value` of a field of the record (`kind`, `id`) whose fused value is another one."""

    kind: str
    id: str
    field: str
    value: str | int | Date | Range
    source: Source
