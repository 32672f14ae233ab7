"""The order of rungs: by what roles ask for, then by title words, and else open."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.rungs import MAX_PREMISES, Order, Rung, compare, order_rungs, split_title, step_record
from ontology.values import Source


def rung(name: str, **levels: int) -> Rung:
    return Rung(name, name, levels, {c: f"{name}/{c}" for c in levels})


def steps(order: Order) -> list[tuple[str, str, str]]:
    return [(step.below.name, step.above.name, step.rule) for step in order.steps]


def test_whoever_asks_at_least_as_much_of_all_they_share_stands_above() -> None:
    order = order_rungs([rung("Baker", dough=1, oven=2), rung("Master", dough=2, oven=2, sales=1)])
    assert steps(order) == [("Baker", "Master", "asks at least as much")]
    assert order.unordered == ()


def test_only_neighbouring_rungs_are_steps() -> None:
    order = order_rungs([rung("C", dough=3), rung("A", dough=1), rung("B", dough=2)])
    assert steps(order) == [("A", "B", "asks at least as much"), ("B", "C", "asks at least as much")]


def test_equal_requirements_are_ordered_by_title_words_and_a_plain_title_stands_between() -> None:
    order = order_rungs([rung("Senior baker", dough=1), rung("Baker", dough=1), rung("Junior baker", dough=1)])
    assert steps(order) == [("Baker", "Senior baker", "title words"), ("Junior baker", "Baker", "title words")]


def test_requirements_are_stronger_than_title_words() -> None:
    order = order_rungs([rung("Associate baker", dough=1), rung("Junior baker", dough=2)])
    assert steps(order) == [("Associate baker", "Junior baker", "asks at least as much")]


def test_title_words_do_not_order_different_titles_save_under_a_head() -> None:
    order = order_rungs([rung("Baker", dough=1), rung("Senior confectioner", dough=1), rung("Head of bakery", dough=1)])
    assert steps(order) == [
        ("Baker", "Head of bakery", "title words"),
        ("Senior confectioner", "Head of bakery", "title words"),
    ]
    assert [str(pair) for pair in order.unordered] == [
        "Baker and Senior confectioner: they ask the same of every competency they share"
    ]


def test_a_head_of_whom_less_is_asked_stays_open_beside_the_lead() -> None:
    order = order_rungs([rung("Baker", dough=1), rung("Lead baker", dough=3), rung("Head of baking", dough=2)])
    assert steps(order) == [
        ("Baker", "Head of baking", "asks at least as much"),
        ("Baker", "Lead baker", "asks at least as much"),
    ]
    assert [(pair.one, pair.other) for pair in order.unordered] == [("Head of baking", "Lead baker")]


def test_tracks_stay_branches() -> None:
    order = order_rungs(
        [
            rung("Senior baker", dough=2, people=1),
            rung("Lead baker", dough=3, people=1),
            rung("Lead baker - management", dough=2, people=3),
        ]
    )
    assert steps(order) == [
        ("Senior baker", "Lead baker", "asks at least as much"),
        ("Senior baker", "Lead baker - management", "asks at least as much"),
    ]
    assert [str(pair) for pair in order.unordered] == [
        "Lead baker and Lead baker - management: the first asks more of dough, the second more of people"
    ]


def test_roles_that_share_nothing_are_left_open_with_the_reason() -> None:
    order = order_rungs([rung("Baker", dough=1), rung("Miller", stones=1)])
    assert steps(order) == []
    assert [str(pair) for pair in order.unordered] == ["Baker and Miller: they share no competency"]


def test_a_circle_of_requirements_keeps_none_of_its_steps() -> None:
    order = order_rungs([rung("A", x=1, z=2), rung("B", x=2, y=1), rung("C", y=2, z=1), rung("D", x=3, y=3, z=3)])
    assert steps(order) == [
        ("A", "D", "asks at least as much"),
        ("B", "D", "asks at least as much"),
        ("C", "D", "asks at least as much"),
    ]
    assert len(order.unordered) == 3


@pytest.mark.parametrize(
    ("name", "rank", "track"),
    [
        ("Trainee baker", 0, None),
        ("Apprentice baker", 0, None),
        ("Junior baker", 1, None),
        ("Associate baker", 2, None),
        ("Baker", 3, None),
        ("Senior baker", 4, None),
        ("Bakery lead", 5, None),
        ("Principal baker - management", 6, "management"),
        ("Head of bakery", 7, None),
        ("Chief baker", 7, None),
        ("Headhunter", 3, None),
    ],
)
def test_title_words_have_a_rank(name: str, rank: int, track: str | None) -> None:
    assert split_title(name) == (rank, track)


def test_one_step_is_judged_as_the_whole_order_judges_it() -> None:
    assert compare(rung("Baker", dough=1), rung("Senior baker", dough=1)) == ("title words", "")
    assert compare(rung("Master", dough=2), rung("Baker", dough=1)) == (None, "Master asks at least as much as Baker")
    assert compare(rung("Head of baking", dough=1), rung("Lead baker", dough=2)) == (
        None,
        "Lead baker asks at least as much as Head of baking, which other roles or the titles contradict",
    )


def test_a_step_names_its_rule_and_a_bounded_number_of_premises() -> None:
    below = rung("A", **{f"c{i:02}": 1 for i in range(50)})
    above = rung("B", **{f"c{i:02}": 1 + (i == 49) for i in range(50)})
    record = step_record("own", order_rungs([below, above]).steps[0], Source(id="s", place="p"))
    assert record.id == "id/own/next-role/a--b"
    assert record.source.rule == "asks at least as much"
    assert len(record.source.premises) == MAX_PREMISES
    assert {"A/c49", "B/c49"} <= set(record.source.premises)


WORDS = ["", "Trainee ", "Junior ", "Associate ", "Senior ", "Lead ", "Principal ", "Head of ", "Chief "]
TRACKS = ["", " - management"]
RUNGS = st.lists(
    st.builds(
        lambda word, noun, track, levels: (f"{word}{noun}{track}", levels),
        st.sampled_from(WORDS),
        st.sampled_from(["baker", "miller"]),
        st.sampled_from(TRACKS),
        st.dictionaries(st.sampled_from("vwxyz"), st.integers(1, 3), max_size=4),
    ),
    max_size=9,
    unique_by=lambda pair: pair[0],
).map(lambda pairs: [Rung(name, name, levels) for name, levels in pairs])


def above_of(order: Order) -> dict[str, set[str]]:
    reach: dict[str, set[str]] = {}
    for step in order.steps:
        reach.setdefault(step.below.id, set()).add(step.above.id)
    for _ in range(12):
        for known in reach.values():
            known |= {further for near in known for further in reach.get(near, set())}
    return reach


@given(RUNGS)
def test_no_rung_ever_stands_above_itself(rungs: list[Rung]) -> None:
    assert all(id_ not in above for id_, above in above_of(order_rungs(rungs)).items())


@given(RUNGS)
def test_every_pair_is_ordered_or_reported_and_never_both(rungs: list[Rung]) -> None:
    order = order_rungs(rungs)
    above = above_of(order)
    ordered = {frozenset((low, high)) for low, highs in above.items() for high in highs}
    unordered = {frozenset((pair.one, pair.other)) for pair in order.unordered}
    assert not ordered & unordered
    assert ordered | unordered == {frozenset((a.id, b.id)) for a in rungs for b in rungs if a.id != b.id}


@given(RUNGS, st.randoms(use_true_random=False))
def test_the_order_of_the_input_does_not_matter(rungs: list[Rung], random: object) -> None:
    shuffled = list(rungs)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert order_rungs(shuffled) == order_rungs(rungs)


@given(RUNGS)
def test_no_step_goes_round_another_way(rungs: list[Rung]) -> None:
    order = order_rungs(rungs)
    above = above_of(order)
    for step in order.steps:
        between = above[step.below.id] - {step.above.id}
        assert all(step.above.id not in above.get(id_, set()) for id_ in between)
