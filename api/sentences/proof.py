"""How surely something is shown, and what keeps it from being surer: which criteria nobody states."""

from collections.abc import Mapping

from api.sentences.words import few, join
from ontology.rubric import Rubric
from recommender.proof import Strength

QUESTIONS: Mapping[str, str] = {
    "rubric_published": "whether a marking guide is published",
    "pass_mark_stated": "the pass mark",
    "independent_evaluator": "who assesses it",
    "employer_feedback": "what employers say of holders",
    "recognised_standard": "a recognised standard behind it",
    "mapped_to_framework": "a framework with levels to which it is mapped",
    "provider_kind": "what kind of provider it is",
    "accredited": "whether it is accredited",
    "endorsed": "who endorses it",
    "instructor_qualifications": "the instructors' qualifications",
    "effort_in_keeping": "how much work it takes",
    "regulated": "whether it is regulated",
    "unique_id": "whether each award has an id",
    "verifiable_record": "whether an award can be verified",
    "transcript": "whether there is a transcript",
}
"""What nobody states, for each criterion of the rubric that ships; another rubric's own question stands in else."""


def band(strength: Strength, rubric: Rubric) -> str:
    """The band, or the span of bands."""
    low, high = rubric.band(strength.low), rubric.band(strength.high)
    return low if low == high else f"{low} to {high}"


def methods(strength: Strength) -> str:
    """How it is assessed, in words."""
    return f"assessed by {join(strength.methods, 'or')}" if strength.methods else "how it is assessed is not stated"


def proven(strength: Strength, rubric: Rubric) -> str:
    """Proof that is sure enough."""
    return f"{band(strength, rubric)} proof, {methods(strength)}"


def unsure(strength: Strength, rubric: Rubric, *, level_stated: bool = True) -> str:
    """Why proof is not sure enough, as a clause that follows "because"."""
    reasons = []
    if not level_stated:
        reasons.append("no level is stated")
    verdicts = {reading.criterion: reading.verdict for reading in strength.readings}
    if not strength.methods:
        reasons.append("how it is assessed is not stated")
    reasons += _gate(strength, verdicts, rubric)
    others = [unstated(c, rubric) for c in _missing(strength, rubric)]
    if strength.gate == "met" and strength.high >= rubric.threshold and others:
        reasons.append(f"nobody states {few(others, 3)}")
    if strength.high < rubric.threshold and strength.gate == "met":
        reasons.append(f"{methods(strength)}, it proves too little even at its best")
    if not reasons:
        reasons.append("what is known of it does not reach the threshold")
    return join(reasons)


def unstated(criterion: str, rubric: Rubric) -> str:
    """What nobody states."""
    asked = next((c.asks for c in rubric.criteria if c.id == criterion), criterion)
    return QUESTIONS.get(criterion, f'the answer to "{asked}"')


def _gate(strength: Strength, verdicts: Mapping[str, str | None], rubric: Rubric) -> list[str]:
    if strength.gate == "met":
        return []
    reasons = []
    assessor = verdicts.get(rubric.assessor)
    if assessor is None:
        reasons.append("nobody states who assesses it")
    elif assessor == "unmet":
        reasons.append("the learner is the only assessor")
    yardsticks = [verdicts.get(criterion) for criterion in rubric.yardstick]
    if not any(verdict in ("met", "partly") for verdict in yardsticks):
        known = all(verdict == "unmet" for verdict in yardsticks)
        reasons.append(
            "there is neither a rubric nor a pass mark" if known else "nobody states a rubric or a pass mark"
        )
    return reasons


def _missing(strength: Strength, rubric: Rubric) -> list[str]:
    """The criteria that would make it surer, weightiest first, each `either` once."""
    answered = {
        criterion.either
        for reading in strength.readings
        for criterion in rubric.criteria
        if criterion.id == reading.criterion and reading.verdict == "met"
    }
    seen: set[str] = set()
    found = []
    for criterion in sorted(rubric.criteria, key=lambda c: (-c.weight, c.id)):
        either = criterion.either or criterion.id
        if criterion.id in strength.unknown and either not in answered and either not in seen:
            seen.add(either)
            found.append(criterion.id)
    return found
