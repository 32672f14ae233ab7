"""What no store takes, and what each refusal says."""

from datetime import date

import pytest

from graph.content import gather
from ontology.errors import UnusableId, UnusableNumber, UnusableText
from ontology.records import Cost, Credential, Level, Rate, Record, Role
from ontology.values import Range, Source, SourceInfo

BOARD = SourceInfo(id="board", title="Board", voice="issuer")
HERE = Source(id="board", place="p1")
FIRST = "id/board/credential/first"


@pytest.mark.parametrize("source_id", ["", ".", "..", "--", "x" * 2001])
def test_a_source_without_a_letter_or_without_an_end_is_refused(source_id: str) -> None:
    with pytest.raises(UnusableId, match=r"the source .* has no usable id"):
        gather(SourceInfo(id=source_id, title="Dots", voice="others"), [])


def level(rank: int) -> Level:
    return Level(id="id/board/level/1", source=HERE, scale="id/board/scale/s", rank=rank, name="One")


def test_the_largest_and_smallest_numbers_of_64_bits_are_taken() -> None:
    records = [level(2**63 - 1)]
    assert gather(BOARD, records).records == tuple(records)
    assert gather(BOARD, [level(-(2**63))]).records == (level(-(2**63)),)


@pytest.mark.parametrize(("rank", "end"), [(2**63, 2**63 - 1), (-(2**63) - 1, -(2**63))])
def test_a_number_beyond_64_bits_is_refused(rank: int, end: int) -> None:
    with pytest.raises(UnusableNumber, match=f"the rank of level id/board/level/1 is {rank}, beyond {end}"):
        gather(BOARD, [level(rank)])


@pytest.mark.parametrize(
    ("field", "most"), [("amount", 1_000_000_000_000_000), ("effort", 10_000_000), ("elapsed", 100_000)]
)
def test_a_quantity_has_an_end_up_to_which_it_is_taken(field: str, most: int) -> None:
    def record(high: int) -> Record:
        if field == "amount":
            return Cost(id="id/board/cost/1", source=HERE, credential=FIRST, kind="exam", amount=Range(1, high))
        if field == "effort":
            return Credential(id=FIRST, source=HERE, name="First", effort=Range(high, high))
        return Credential(id=FIRST, source=HERE, name="First", elapsed=Range(high, high))

    assert gather(BOARD, [record(most)]).records == (record(most),)
    for beyond in (most + 1, 2**63):
        with pytest.raises(UnusableNumber, match=f"the {field} of .* is {beyond}, beyond {most}, where such numbers"):
            gather(BOARD, [record(beyond)])


@pytest.mark.parametrize(
    "record",
    [
        Role(id="no id", source=HERE, name="x"),
        Role(id="id/board/role/x", source=HERE, name="x", ladder="no id"),
        Role(id="id/board/role/x", source=Source(id="board", place="p1", premises=(FIRST, "no id")), name="x"),
    ],
)
def test_an_id_a_link_and_a_premise_must_be_ids(record: Record) -> None:
    with pytest.raises(UnusableId, match="'no id' has no usable id"):
        gather(BOARD, [record])


@pytest.mark.parametrize(
    ("record", "field"),
    [
        (Credential(id=FIRST, source=HERE, name="x", languages=("en", "\udcff")), "languages"),
        (Credential(id=FIRST, source=Source(id="board", place="p\ud800"), name="x"), "source"),
        (
            Rate(id="id/board/rate/1", source=HERE, base="\ud800", quote="GBP", millionths=1, day=date(2026, 1, 1)),
            "base",
        ),
    ],
)
def test_half_a_character_is_refused_wherever_it_stands(record: Record, field: str) -> None:
    with pytest.raises(UnusableText) as refused:
        gather(BOARD, [record])
    assert refused.value.field == field


def test_a_source_needs_an_id_and_whole_words() -> None:
    with pytest.raises(UnusableId, match="at least one letter or digit"):
        gather(SourceInfo(id="", title="x", voice="issuer"), [])
    with pytest.raises(UnusableText, match="the licence of source board"):
        gather(SourceInfo(id="board", title="x", voice="issuer", licence="\ud800"), [])
