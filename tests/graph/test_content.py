"""The digest of a source, and what changes when it is replaced."""

from datetime import date

from graph.content import Change, Content, change_from, compare, gather
from ontology.records import Level, Rate, Record, Role
from ontology.values import Source, SourceInfo

BOARD = SourceInfo(id="board", title="Brétt", voice="issuer")


def role(place: str, name: str) -> Role:
    return Role(id="id/board/role/x", source=Source(id="board", place=place), name=name)


def content(*records: Record) -> Content:
    return gather(BOARD, records)


def test_the_digest_is_the_same_in_every_process_and_version() -> None:
    rate = Rate(id="id/board/rate/1", source=Source(id="board", place="p"), base="USD", quote="GBP", millionths=761200,
                day=date(2026, 10, 30))  # fmt: skip
    assert content(role("p1", "Zoë \U0001fae8"), rate).digest == (
        "9e203f9da80b16a7bd75b93f274ba83a96a1d7b3b9c9dff7b7354c67b400151d"
    )


def test_the_order_in_which_records_come_does_not_count() -> None:
    assert content(role("p1", "a"), role("p2", "b")) == content(role("p2", "b"), role("p1", "a"), role("p2", "b"))


def test_the_kind_of_a_record_is_part_of_the_digest() -> None:
    rank = Level(id="id/x", source=Source(id="board", place="p1"), scale="id/s", rank=1, name="x")
    later = Level(id="id/x", source=Source(id="board", place="p1"), scale="id/s", rank=2, name="x")
    assert content(rank).digest != content(later).digest
    assert content(role("p1", "None")).digest != content(role("p1", "")).digest


def test_a_changed_statement_is_one_removed_and_one_added() -> None:
    old = content(role("p1", "a"), role("p2", "b"), role("p3", "c"))
    new = content(role("p1", "a"), role("p2", "changed"), role("p4", "d"))
    change = Change(added=2, removed=2, unchanged=1, identical=False)
    assert compare(old, new) == change
    assert change_from(reversed(old.records), new) == change


def test_nothing_before_is_all_added() -> None:
    assert compare(None, content(role("p1", "a"))) == Change(added=1, removed=0, unchanged=0, identical=False)
    assert compare(content(), content(role("p1", "a"))) == Change(added=1, removed=0, unchanged=0, identical=False)


def test_the_same_again_is_identical() -> None:
    old = content(role("p1", "a"))
    assert compare(old, content(role("p1", "a"))) == Change(added=0, removed=0, unchanged=1, identical=True)
