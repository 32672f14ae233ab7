"""Several sources about one thing: who is believed on which field, and who is not."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.fuse import COUPLED, Fused, by_belief, fuse
from ontology.disagreement import Disagreement
from ontology.records import RECORD_TYPES, Assessment, Claim, Cost, Credential, Provider, Record
from ontology.schema import fields_of
from ontology.values import VOICES, Range, Source, Voice
from tests.strategies import records_of

VOICE: dict[str, Voice] = {
    "edits": "own edits",
    "hr": "own organisation",
    "board": "issuer",
    "registry": "registry",
    "editors": "editors",
    "blog": "others",
}
FIRST = "id/board/credential/first"


def by(source: str, place: str = "p", date: str | None = None) -> Source:
    return Source(id=source, place=place, date=date)


def credential(source: Source, name: str = "First", **values: object) -> Credential:
    return Credential(id=FIRST, source=source, name=name, **values)  # type: ignore[arg-type]


def cost(source: Source, amount: int | None, currency: str | None) -> Cost:
    paid = None if amount is None else Range.exactly(amount)
    return Cost(id="id/board/cost/1", source=source, credential=FIRST, kind="exam", amount=paid, currency=currency)


@pytest.mark.parametrize(("stronger", "weaker"), list(pairwise(VOICE)))
def test_each_voice_is_believed_before_the_next_though_older(stronger: str, weaker: str) -> None:
    fused = fuse([credential(by(weaker, date="2026"), "Weak"), credential(by(stronger), "Strong")], VOICE)
    assert fused.record.name == "Strong"
    assert fused.record.source.id == stronger
    assert fused.disagreements == (
        Disagreement(kind="credential", id=FIRST, field="name", value="Weak", source=by(weaker, date="2026")),
    )


def test_a_source_without_a_voice_speaks_last() -> None:
    fused = fuse([credential(by("a stranger", date="2026")), credential(by("editors"), "Ours")], VOICE)
    assert fused.record.name == "Ours"


@pytest.mark.parametrize(
    ("winner", "loser"),
    [
        (by("board", "z", "2024"), by("board", "a")),
        (by("board", "z", "2026-02"), by("board", "a", "2026-01")),
        (by("board", "z", "2026-02-01"), by("board", "a", "2026")),
        (by("board", "a", "2026"), by("board", "b", "2026")),
        (by("board", "a"), by("board", "b")),
    ],
    ids=["dated over undated", "newer", "more exact", "place decides", "place decides undated"],
)
def test_within_one_voice_the_newest_dated_page_wins(winner: Source, loser: Source) -> None:
    assert fuse([credential(loser, "Lost"), credential(winner, "Won")], VOICE).record.name == "Won"


def test_the_source_id_decides_between_equals() -> None:
    voices: dict[str, Voice] = {"a": "others", "b": "others"}
    assert fuse([credential(by("b", "1"), "B"), credential(by("a", "2"), "A")], voices).record.name == "A"


def test_absent_never_beats_present_and_every_field_names_who_says_it() -> None:
    board = credential(by("board"), renewal_months=24)
    blog = credential(by("blog"), effort=Range(600, 900), renewal_months=36, languages=("en",))
    fused = fuse([blog, board], VOICE)
    assert fused.record == credential(by("board"), renewal_months=24, effort=Range(600, 900), languages=("en",))
    assert fused.said == {
        "name": by("board"),
        "renewal_months": by("board"),
        "effort": by("blog"),
        "languages": by("blog"),
    }
    assert [(lost.field, lost.value) for lost in fused.disagreements] == [("renewal_months", 36)]


def test_lists_are_united_without_a_disagreement() -> None:
    fused = fuse(
        [credential(by("blog"), modes=("online",)), credential(by("board"), modes=("evening", "online"))], VOICE
    )
    assert fused.record.modes == ("evening", "online")
    assert fused.said["modes"] == by("board")
    assert fused.disagreements == ()


def test_an_amount_keeps_its_own_currency() -> None:
    fused = fuse([cost(by("board"), None, "GBP"), cost(by("blog"), 20000, "USD")], VOICE)
    assert (fused.record.amount, fused.record.currency) == (Range(20000, 20000), "USD")
    assert [(lost.field, lost.value) for lost in fused.disagreements] == [("currency", "GBP")]
    assert fused.record.source == by("board")


def test_an_amount_without_currency_does_not_borrow_the_currency_of_another_amount() -> None:
    fused = fuse([cost(by("board"), 15000, None), cost(by("blog"), 20000, "USD")], VOICE)
    assert (fused.record.amount, fused.record.currency) == (Range(15000, 15000), None)
    assert "currency" not in fused.said
    assert [(lost.field, lost.value) for lost in fused.disagreements] == [
        ("amount", Range(20000, 20000)),
        ("currency", "USD"),
    ]


def test_an_amount_takes_the_currency_of_whoever_says_the_same_amount() -> None:
    fused = fuse([cost(by("board"), 15000, None), cost(by("blog"), 15000, "EUR")], VOICE)
    assert (fused.record.amount, fused.record.currency) == (Range(15000, 15000), "EUR")
    assert fused.said["currency"] == by("blog")


def test_a_level_belongs_to_its_competency() -> None:
    def claim(source: str, competency: str, level: str | None) -> Claim:
        return Claim(
            id="id/x/claim/1", source=by(source), subject=FIRST, mode="assesses", competency=competency, level=level
        )

    fused = fuse(
        [claim("board", "id/x/competency/a", None), claim("editors", "id/x/competency/b", "id/x/level/3")], VOICE
    )
    assert (fused.record.competency, fused.record.level) == ("id/x/competency/a", None)


def test_credit_is_counted_in_the_scheme_of_whoever_counts_it() -> None:
    fused = fuse(
        [credential(by("board"), credit_scheme="ECTS"), credential(by("blog"), credit=15, credit_scheme="UK credit")],
        VOICE,
    )
    assert (fused.record.credit, fused.record.credit_scheme) == (15, "UK credit")


def test_an_unknown_kind_of_provider_is_nobody_saying() -> None:
    board = Provider(id="id/board/provider/board", source=by("board"), name="Board")
    blog = Provider(id="id/board/provider/board", source=by("blog"), name="Board", kind="industry association")
    fused = fuse([board, blog], VOICE)
    assert fused.record.kind == "industry association"
    assert fused.said["kind"] == by("blog")
    assert fused.disagreements == ()
    assert fuse([board], VOICE).record == board


def test_an_edit_of_one_field_leaves_the_others() -> None:
    board = Assessment(
        id="id/board/assessment/1", source=by("board"), credential=FIRST, proctored="no", pass_mark="85%"
    )
    edit = replace(board, source=by("edits"), proctored="yes", pass_mark=None)
    fused = fuse([board, edit], VOICE)
    assert (fused.record.proctored, fused.record.pass_mark) == ("yes", "85%")


@pytest.mark.parametrize("wrong", [[], [credential(by("board")), replace(credential(by("board")), id="id/x/y/z")]])
def test_only_statements_about_one_thing_can_be_fused(wrong: list[Credential]) -> None:
    with pytest.raises(ValueError, match="all about one thing"):
        fuse(wrong, VOICE)


def test_every_coupled_field_is_a_single_field_of_its_record() -> None:
    for kind, groups in COUPLED.items():
        single = {field.name for field in fields_of(kind) if not field.many}  # type: ignore[arg-type]
        assert {name for group in groups for name in group} <= single


@st.composite
def statements(draw: st.DrawFn) -> list[Record]:
    kind = draw(st.sampled_from(RECORD_TYPES))
    source_ids = draw(st.lists(st.sampled_from(list(VOICE)), min_size=1, max_size=4))
    return [replace(draw(records_of(kind, source_id)), id="id/test/thing/a") for source_id in source_ids]


@settings(max_examples=300, deadline=None)
@given(drawn=statements(), data=st.data())
def test_the_order_of_statements_never_matters_nor_do_repeats(drawn: list[Record], data: st.DataObject) -> None:
    expected = fuse(drawn, VOICE)
    assert fuse(data.draw(st.permutations(drawn)), VOICE) == expected
    assert fuse(drawn + drawn[:2], VOICE) == expected


@settings(max_examples=200, deadline=None)
@given(drawn=statements())
def test_one_statement_alone_is_fused_to_itself(drawn: list[Record]) -> None:
    fused = fuse(drawn[:1], VOICE)
    assert fused.record == drawn[0]
    assert fused.disagreements == ()
    assert set(fused.said.values()) == {drawn[0].source}


@settings(max_examples=200, deadline=None)
@given(drawn=statements())
def test_fusing_what_was_fused_changes_nothing(drawn: list[Record]) -> None:
    fused: Fused[Record] = fuse(drawn, VOICE)
    assert fuse([fused.record], VOICE).record == fused.record


@settings(max_examples=300, deadline=None)
@given(drawn=statements())
def test_nothing_is_invented_and_nothing_said_is_lost(drawn: list[Record]) -> None:
    fused = fuse(drawn, VOICE)
    for field in fields_of(type(drawn[0])):
        said = {getattr(record, field.name) for record in drawn} - {None, ()}
        if field.many:
            assert set(getattr(fused.record, field.name)) == {item for items in said for item in items}
            continue
        kept = {lost.value for lost in fused.disagreements if lost.field == field.name}
        believed = getattr(fused.record, field.name)
        unsaid = {"unknown"} if (type(drawn[0]), field.name) == (Provider, "kind") else set()
        assert kept | {believed} - {None} >= said - unsaid
        assert believed in said | {None}


def test_belief_is_a_total_order() -> None:
    drawn = [credential(by(source, place, date)) for source in VOICE for place in "ab" for date in (None, "2025")]
    ordered = by_belief(reversed(drawn), VOICE)
    assert [VOICE[record.source.id] for record in ordered[::4]] == list(VOICES)
    assert [(record.source.date, record.source.place) for record in ordered[:4]] == [
        ("2025", "a"),
        ("2025", "b"),
        (None, "a"),
        (None, "b"),
    ]
