from functools import partial

import pytest

from api.asking.answering import answer_next
from api.asking.reading import Asked
from api.shapes.answer import AnswerShape, NextShape
from recommender.pathways.solver import solve
from tests.api.worlds import baking
from tests.worlds import the_credential

TODAY = "2026-11-24"


def ask(**asked: object) -> NextShape:
    return answer_next(baking(), Asked(role="Junior baker", today=TODAY, **asked))  # type: ignore[arg-type]


def answer(**asked: object) -> AnswerShape:
    found = ask(to="Senior baker", **asked).answer
    assert found is not None
    return found


def test_what_to_do_comes_in_order_with_work_last() -> None:
    assert [each.says for each in answer().in_order] == [
        "Earn Dough exam: shows Dough.",
        "Earn Oven exam: may show Ovens.",
        "Earn Peer pastry: may show Pastry.",
        "Bake for a wedding (work): would show Cakes.",
    ]


def test_totals_are_the_sums_of_the_steps_and_unknown_is_counted() -> None:
    path = answer().pathway
    assert path is not None
    known = [step.money for step in path.steps if step.money]
    assert path.totals.money.amount_minor_low == sum(money.amount_minor_low for money in known) == 10000
    assert path.totals.money.amount_minor_high == sum(money.amount_minor_high for money in known) == 12000
    assert path.totals.unknown_prices == sum(step.money is None for step in path.steps) == 1
    assert path.totals.minutes.high == sum(step.minutes.high for step in path.steps if step.minutes) == 660
    assert path.totals.unknown_efforts == sum(step.minutes is None for step in path.steps) == 1
    assert path.totals.ends is None


def test_an_unknown_price_is_null_with_its_reason_and_its_stand_in() -> None:
    path = answer().pathway
    assert path is not None
    oven = next(step for step in path.steps if step.id == the_credential("Oven exam"))
    assert oven.price.amount is None
    assert oven.price.unknown_because == "price not stated"
    assert oven.price.counted_as is not None
    assert oven.price.counted_as.display == "120.00 GBP"
    assert oven.price.says == (
        "Price not stated; counted as 120.00 GBP, the highest of the few known prices of what is earned by an "
        "assessment alone (or the upper quartile of all), when plans are compared."
    )


def test_every_figure_says_who_states_it() -> None:
    path = answer().pathway
    assert path is not None
    dough = path.steps[0]
    assert [(fee.kind, fee.stated and fee.stated.display, fee.source.voice) for fee in dough.price.fees] == [
        ("exam", "100.00 to 120.00 GBP", "issuer")
    ]
    assert dough.effort.source is not None
    assert dough.effort.source.source == "w"
    (closes,) = dough.closes
    assert closes.claim is not None
    assert closes.claim.source.place
    met = [criterion for criterion in closes.strength.criteria if criterion.verdict is not None]
    assert all(criterion.source is not None for criterion in met)


def test_a_peer_marked_capstone_is_unconfirmed_and_says_why() -> None:
    path = answer().pathway
    assert path is not None
    peer = next(step for step in path.steps if step.id == the_credential("Peer pastry"))
    assert peer.why[0] == "It may show Pastry, unconfirmed because nobody states a rubric or a pass mark."


def test_what_no_credential_closes_says_so_and_names_the_work() -> None:
    cakes = next(each for each in answer().outcomes if each.item.name == "Cakes")
    assert cakes.result == "work"
    assert cakes.says == (
        "Cakes, at Awareness: no credential closes this, because none that is known speaks to it.",
        "Work can show it: bake for a wedding.",
    )


def test_a_held_credential_is_verified_first_and_never_bought() -> None:
    found = answer(have=["Dough exam"])
    assert found.in_order[0].says == "Have Dough exam verified: that shows Dough."
    assert found.pathway is not None
    assert the_credential("Dough exam") not in [step.id for step in found.pathway.steps]
    assert [each.says for each in found.worth] == ["Dough exam may show Dough; have it verified."]


def test_a_bare_level_is_a_claim_that_stays_open() -> None:
    cakes = next(item for item in answer(levels=["Cakes=Expert"]).gap.items if item.name == "Cakes")
    assert (cakes.basis, cakes.met) == ("claimed", False)
    assert "an assessment or an assessor at work would show it" in cakes.says


def test_a_fact_decides_what_waits_for_it() -> None:
    (deciding,) = answer().deciding
    assert (
        deciding.says == 'Can you confirm "three years at an oven"? Master pastry waits for it, and perhaps for more.'
    )
    assert answer(facts=["three years at an oven=yes"]).deciding == ()


def test_without_a_target_roles_are_ranked_and_the_only_next_rung_is_answered() -> None:
    found = ask()
    assert found.prospects is not None
    assert [(each.role.name, each.step, each.readiness.percent) for each in found.prospects] == [
        ("Senior baker", "ladder step", 0)
    ]
    assert found.answer is not None
    assert found.answer.target.name == "Senior baker"


def test_limits_that_leave_nothing_are_said() -> None:
    found = answer(pin=["Dough exam"], budget="10GBP")
    assert (found.status, found.pathway) == ("infeasible", None)
    assert found.says[1].startswith("No plan keeps these limits")


def cut(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every search be cut before its first step."""
    monkeypatch.setattr("recommender.answer.solve", partial(solve, node_limit=0))


def test_where_the_search_was_cut_before_any_plan_was_found_that_is_said_and_nothing_claimed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    cut(monkeypatch)
    for aim in ("balanced", "cheapest", "quickest", "strongest"):
        found = answer(pin=["Dough exam"], aim=aim)
        assert found.pathway is not None
        assert (found.status, found.pathway.value, found.pathway.steps) == ("bounded", (), ())
        assert found.says[1] == (
            "The search was cut before a plan was found that has all you pinned and keeps your limits, so whether "
            "there is one is not known; pin less, or choose another aim."
        )


def test_where_the_search_was_cut_before_a_step_was_found_no_plan_is_called_best(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    cut(monkeypatch)
    found = answer()
    assert found.status == "bounded"
    assert found.says[1] == "No plan with a step was found before the search was cut, so there may be one."


def test_limits_are_not_told_as_a_lack_of_credentials() -> None:
    nothing = "The best plan is proved optimal and has no step: no credential that is known and keeps your limits"
    for limits in ({"budget": "0GBP", "exclude": ["Peer pastry"]}, {"by": "2026-11-25", "exclude": ["Peer pastry"]}):
        assert answer(**limits).says[1].startswith(nothing)
    assert answer(budget="500GBP").says[1].startswith("This is the balanced plan")


def test_a_bare_word_is_not_taken_for_something_held() -> None:
    said = {each.item.name: each.says[0] for each in answer(levels=["Cakes=Awareness"]).outcomes}
    assert said["Cakes"] == (
        "Cakes, at Awareness: yours to show; you say that you have it, and an assessment or an assessor at work would "
        "show it."
    )
