"""Strengths with every criterion they rest on, and claims."""

from api.present.view import View
from api.sentences import proof as says
from api.shapes.proof import ClaimShape, CriterionShape, StrengthShape
from ontology.records import Claim
from recommender.proof import Reading, Strength


def strength(view: View, value: Strength) -> StrengthShape:
    """How surely something is shown."""
    rubric = view.rubric
    return StrengthShape(
        low=value.low,
        high=value.high,
        threshold=rubric.threshold,
        band_low=rubric.band(value.low),
        band_high=rubric.band(value.high),
        band=says.band(value, rubric),
        gate=value.gate,
        methods=value.methods,
        mapped_by_editors=value.editors_mapping,
        unstated=value.unknown,
        criteria=tuple(_criterion(view, reading) for reading in value.readings),
        rubric=rubric.version,
    )


def claim(view: View, value: Claim) -> ClaimShape:
    """What a credential or assignment speaks to."""
    return ClaimShape(
        id=value.id,
        subject=view.named(value.subject),
        competency=view.named(value.competency),
        level=view.level(value.level, value.competency),
        mode=value.mode,
        topic=value.words,
        assessment=view.named(value.assessment) if value.assessment else None,
        source=view.cite(view.index.said(value.id, "mode")),
    )


def _criterion(view: View, reading: Reading) -> CriterionShape:
    asks = next((c.asks for c in view.rubric.criteria if c.id == reading.criterion), reading.criterion)
    return CriterionShape(
        id=reading.criterion,
        asks=asks,
        verdict=reading.verdict,
        words=reading.words,
        source=view.cite(reading.source) if reading.source is not None else None,
    )
