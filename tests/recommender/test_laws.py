"""Laws of the thinking layer on small random catalogues, and agreement with a naive second reading of the design."""

from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from ontology.person import Holding, Person
from ontology.records import Claim
from recommender.answer import Answer, find_answer
from recommender.gap import find_gap
from recommender.proof import judge
from recommender.question import Question
from tests.recommender.drawn import NAMES, RUBRIC, TODAY, Drawn, Naive, worlds
from tests.worlds import (
    EXAM,
    PEER_CAPSTONE,
    PROJECT,
    QUIZ,
    backing,
    credential,
    finding,
    provider,
    the_credential,
    the_role,
    world,
)

drawn = settings(max_examples=120, deadline=None, derandomize=True)


def answer(it: Drawn, **question: Any) -> Answer:
    asked = Question(today=TODAY, **{"aim": "cheapest", "budget": it.budget, **question})
    return find_answer(it.index, it.person, the_role("Target"), asked, rubric=RUBRIC, alternatives=False)


def opened(it: Drawn, person: Person, **keywords: bool) -> set[str]:
    gap = find_gap(it.index, person, the_role("Target"), rubric=RUBRIC, today=TODAY, **keywords)
    return {item.requirement.id for item in gap.open}


def spent(found: Answer) -> int:
    assert found.pathway is not None
    return found.pathway.totals.money.high


@drawn
@given(worlds())
def test_the_plan_closes_as_much_for_as_little_as_the_best_of_all_sets(it: Drawn) -> None:
    naive = Naive(it.index, it.person)
    found = answer(it)
    assert found.pathway is not None
    assert found.pathway.value[:3] == naive.best(it.budget)
    assert {item.id for item in found.framed.problem.items} == {requirement.id for requirement in naive.items()}
    sure, best = naive.closed(found.pathway.plan.steps)
    assert {*found.pathway.shown, *found.pathway.unconfirmed} == best
    assert {i for i in sure if not _waits_for_verifying(found, i)} == set(found.pathway.shown)
    assert spent(found) == naive.price(found.pathway.plan.steps)


def _waits_for_verifying(found: Answer, id_: str) -> bool:
    return next(bool(i.by_verifying) for i in found.gap.items if i.requirement.id == id_)


@drawn
@given(worlds())
def test_what_reopens_is_what_the_rest_no_longer_closes(it: Drawn) -> None:
    naive = Naive(it.index, it.person)
    found = answer(it, aim="strongest", budget=None)
    assert found.pathway is not None
    sure, best = naive.closed(found.pathway.plan.steps)
    for step in found.pathway.steps:
        rest = naive.earnable(set(found.pathway.plan.steps) - {step.offer.id})
        still_sure, still_best = naive.closed(rest)
        assert set(step.reopens) == (sure - still_sure) | (best - still_best)


@drawn
@given(worlds())
def test_reasons_are_true(it: Drawn) -> None:
    naive = Naive(it.index, it.person)
    found = answer(it)
    assert found.pathway is not None
    everything = naive.earnable(id_ for chosen in naive.plans() for id_ in chosen)
    for outcome in found.outcomes:
        requirement = outcome.item.requirement
        for miss in outcome.nearest:
            does = {naive.earned_does(miss.credential, option) for option in it.index.options_of(requirement.id)}
            if miss.lacks in ("part", "limits"):
                assert "shown" in does
                assert miss.credential in everything
            if miss.lacks == "proof":
                strength = judge(it.index, miss.claim, rubric=RUBRIC, today=TODAY)
                unleveled = any(o.level is None for o in it.index.options_of(requirement.id))
                assert unleveled or strength.low < RUBRIC.threshold
            if miss.lacks == "limits":
                assert it.budget is not None
            if miss.lacks == "left out":
                assert miss.credential not in everything
        if outcome.result == "shown":
            assert naive.count(requirement, outcome.by)[0] >= requirement.at_least
    for out in found.framed.left_out:
        assert out.credential not in everything
        assert all(
            naive.count(condition.requirement, ())[0] < condition.requirement.at_least for condition in out.conditions
        )


@drawn
@given(worlds(), st.sampled_from(NAMES))
def test_a_new_holding_never_opens_anything(it: Drawn, name: str) -> None:
    more = (*it.person.holdings, Holding(credential=the_credential(name), verified=False))
    surely = (*it.person.holdings, Holding(credential=the_credential(name), verified=True))
    before = opened(it, it.person)
    word, verified = (opened(it, replace(it.person, holdings=held)) for held in (more, surely))
    assert verified <= word <= before


@drawn
@given(worlds())
def test_the_stricter_question_meets_nothing_more(it: Drawn) -> None:
    assert opened(it, it.person) <= opened(it, it.person, assume_role=False)
    assert opened(it, it.person, assume_role=False) == opened(it, replace(it.person, role=None))


@drawn
@given(worlds(), st.integers(0, 15), st.integers(0, 15))
def test_more_money_never_makes_a_worse_plan(it: Drawn, one: int, other: int) -> None:
    less, more = sorted((one * 10, other * 10))
    values = [found.pathway.value for found in (answer(it, budget=b) for b in (less, more, None)) if found.pathway]
    assert len(values) == 3
    assert values[0] >= values[1] >= values[2]


@drawn
@given(
    st.sampled_from((EXAM, PROJECT, QUIZ, PEER_CAPSTONE, None)),
    st.lists(st.sampled_from([c.id for c in RUBRIC.criteria]), max_size=4, unique=True),
    st.sampled_from([c.id for c in RUBRIC.criteria]),
    st.sampled_from(("Awareness", "Expert", None)),
)
def test_a_fact_in_favour_never_lowers_the_low_end(assessed: Any, known: list[str], more: str, level: str) -> None:
    def low(criteria: list[str], *others: Any) -> int:
        index = world(
            provider("Board"), credential("C", by="Board", assessed=assessed, assesses={"A": level}, minutes=60),
            *(finding(the_credential("C"), criterion) for criterion in criteria), *others,
        )  # fmt: skip
        (claim,) = (index.record(Claim, id_) for id_ in index.ids(Claim))
        strength = judge(index, claim, rubric=RUBRIC, today=TODAY)
        assert 0 <= strength.low <= strength.high <= 1000
        return strength.low

    assert low([*known, more] if more not in known else known) >= low(known)
    assert low(known, backing(the_credential("C"), by="Ofqual", standard="RQF")) >= low(known)


def test_the_drawn_worlds_are_worth_drawing() -> None:
    """Enough of them close something, surely and perhaps, and enough leave something out."""
    seen: dict[str, int] = dict.fromkeys(("shown", "unconfirmed", "left out", "verify", "dear", "long"), 0)

    @settings(max_examples=100, deadline=None, derandomize=True, database=None)
    @given(worlds())
    def look(it: Drawn) -> None:
        found = answer(it)
        assert found.pathway is not None
        seen["shown"] += bool(found.pathway.shown)
        seen["unconfirmed"] += bool(found.pathway.unconfirmed)
        seen["left out"] += bool(found.framed.left_out)
        seen["verify"] += any(item.by_verifying and not item.verifying_is_enough for item in found.gap.open)
        seen["dear"] += any(miss.lacks == "limits" for outcome in found.outcomes for miss in outcome.nearest)
        seen["long"] += len(found.pathway.steps) > 1

    look()
    assert min(seen.values()) >= 3, seen
