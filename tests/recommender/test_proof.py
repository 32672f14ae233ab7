"""Teaching is not proving, and unknown is not met."""

from datetime import date

from graph.index import Index
from ontology.records import Claim
from ontology.rubric import default_rubric
from recommender.proof import Strength, judge
from tests.worlds import (
    ATTENDANCE,
    EXAM,
    PEER_CAPSTONE,
    PROJECT,
    QUIZ,
    Assessed,
    backing,
    credential,
    finding,
    provider,
    said_by,
    the_credential,
    world,
)

TODAY = date(2026, 11, 24)
RUBRIC = default_rubric()


def strength_of(index: Index, name: str) -> Strength:
    (claim,) = index.claims_of(the_credential(name))
    return judge(index, claim, rubric=RUBRIC, today=TODAY)


def reading(strength: Strength, criterion: str) -> str | None:
    return next(r.verdict for r in strength.readings if r.criterion == criterion)


def test_teaching_is_not_proving() -> None:
    index = world(credential("C", assessed=PROJECT, teaches={"SQL": "Working"}))
    assert (strength_of(index, "C").low, strength_of(index, "C").high) == (0, 0)


def test_a_supervised_exam_with_nothing_known_of_its_support_is_unconfirmed() -> None:
    index = world(credential("C", assessed=EXAM, assesses={"SQL": "Working"}))
    strength = strength_of(index, "C")
    # yardstick 10 and evaluator 20 of 100: 0.8 x (0.3 + 0.7 x 0.3) = 0.408
    assert strength.low == 408
    assert strength.high == 800
    assert strength.gate == "met"


def test_full_support_earns_the_whole_ceiling() -> None:
    index = world(
        provider("P", kind="university"),
        credential("C", by="P", minutes=6000, assessed=PROJECT, assesses={"SQL": "Working"}),
        backing(the_credential("C"), by="Board", how="accredits", standard="ISO 17024"),
        backing(the_credential("C"), by="Guild", how="endorses"),
        *(finding(the_credential("C"), c) for c in ("employer_feedback", "mapped_to_framework", "verifiable_record")),
    )
    strength = strength_of(index, "C")
    assert (strength.low, strength.high) == (1000, 1000)
    assert strength.unknown == ()


def test_what_the_method_cannot_show_no_support_can() -> None:
    for assessed, ceiling in ((ATTENDANCE, 200), (QUIZ, 500), (EXAM, 800), (PROJECT, 1000)):
        index = world(credential("C", assessed=assessed, assesses={"SQL": "Working"}))
        assert strength_of(index, "C").high <= ceiling


def test_an_exam_of_which_nobody_says_whether_it_is_supervised_spans_both_ceilings() -> None:
    unknown = Assessed(methods=("exam",), pass_mark="50 %", evaluator="External")
    strength = strength_of(world(credential("C", assessed=unknown, assesses={"SQL": "Working"})), "C")
    assert strength.ceiling == (500, 800)


def test_of_several_methods_which_assesses_a_claim_is_not_stated() -> None:
    mixed = Assessed(methods=("quiz", "project"), pass_mark="50 %", evaluator="External")
    strength = strength_of(world(credential("C", assessed=mixed, assesses={"SQL": "Working"})), "C")
    assert strength.ceiling == (500, 1000)


def test_a_peer_marked_capstone_with_nothing_else_known_is_not_shown() -> None:
    strength = strength_of(world(credential("C", assessed=PEER_CAPSTONE, assesses={"SQL": "Working"})), "C")
    assert strength.gate is None
    assert strength.low < RUBRIC.threshold <= strength.high


def test_the_gate_holds_whatever_else_is_met() -> None:
    no_assessor = Assessed(methods=("project",), rubric="yes", pass_mark="50 %")
    index = world(
        provider("P", kind="university"),
        credential("C", by="P", minutes=6000, assessed=no_assessor, assesses={"SQL": "Working"}),
        backing(the_credential("C"), by="Board", how="accredits", standard="ISO 17024"),
        backing(the_credential("C"), by="Guild", how="endorses"),
        *(finding(the_credential("C"), c) for c in ("employer_feedback", "mapped_to_framework", "verifiable_record")),
    )
    strength = strength_of(index, "C")
    assert strength.low == RUBRIC.threshold - 1
    assert strength.high == 1000


def test_work_that_only_the_learner_judges_never_shows() -> None:
    alone = Assessed(methods=("portfolio",), rubric="yes", pass_mark="50 %", evaluator="Self")
    strength = strength_of(world(credential("C", assessed=alone, assesses={"SQL": "Working"})), "C")
    assert strength.gate == "unmet"
    assert strength.high < RUBRIC.threshold


def test_a_claim_is_judged_by_the_assessment_it_names_and_by_no_other() -> None:
    index = world(
        credential("Named", assessed=PROJECT, assesses={"SQL": "Working"}),
        credential("Unnamed", assesses={"SQL": "Working"}),
    )
    assert strength_of(index, "Named").ceiling == (1000, 1000)
    assert strength_of(index, "Unnamed").ceiling == (200, 1000)
    assert strength_of(index, "Unnamed").methods == ()


def test_our_editors_mapping_widens_the_interval_and_is_said() -> None:
    declared = credential("C", assessed=EXAM, assesses={"SQL": "Working"})
    claims = [record for record in declared if isinstance(record, Claim)]
    rest = [record for record in declared if not isinstance(record, Claim)]
    index = world(rest, said_by("our-editors", "editors", claims))
    strength = strength_of(index, "C")
    assert strength.editors_mapping
    assert (strength.low, strength.high) == (367, 800)  # 408 x 0.9, rounded down


def test_backing_that_has_run_out_counts_no_more() -> None:
    def accredited_until(day: date) -> str | None:
        index = world(
            credential("C", assessed=EXAM, assesses={"SQL": "Working"}),
            backing(the_credential("C"), by="Board", how="accredits", until=day),
        )
        return reading(strength_of(index, "C"), "accredited")

    assert accredited_until(date(2026, 11, 24)) == "met"
    assert accredited_until(date(2026, 11, 23)) is None


def test_effort_far_below_the_level_speaks_against_it() -> None:
    def verdict(minutes: int | tuple[int, int] | None) -> str | None:
        index = world(credential("C", minutes=minutes, assessed=EXAM, assesses={"SQL": "Expert"}))
        return reading(strength_of(index, "C"), "effort_in_keeping")

    assert [verdict(m) for m in (60, (60, 4800), 4800, None)] == ["unmet", "partly", "met", None]


def test_a_stronger_fact_never_weakens_a_proof() -> None:
    without = strength_of(world(credential("C", assessed=EXAM, assesses={"SQL": "Working"})), "C")
    with_backing = strength_of(
        world(
            credential("C", assessed=EXAM, assesses={"SQL": "Working"}),
            backing(the_credential("C"), by="Board", how="accredits"),
        ),
        "C",
    )
    assert without.low < with_backing.low
    assert with_backing.high <= without.high


def test_a_rubric_that_is_surely_not_published_leaves_room_for_a_pass_mark_that_nobody_speaks_of() -> None:
    def spans(pass_mark: str | None) -> tuple[int, int]:
        unpublished = Assessed(
            methods=("exam",), proctored="yes", rubric="no", pass_mark=pass_mark, evaluator="External"
        )
        strength = strength_of(world(credential("C", assessed=unpublished, assesses={"SQL": "Working"})), "C")
        return strength.low, strength.high

    assert spans("85 %")[1] == spans(None)[1] == 800
    assert spans(None)[0] < RUBRIC.threshold
