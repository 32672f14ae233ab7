"""How two stores differ, statement by statement."""

from dataclasses import replace

from graph.comparing import Compared, Difference, compare_stores
from graph.copying import Named
from graph.stores.memory import MemoryStore
from ontology.records import Cost, Record
from ontology.values import Range, Source, SourceInfo

BOARD = SourceInfo(id="board", title="The board", voice="issuer")


def price(number: int, low: int, *, page: str | None = None) -> Cost:
    return Cost(
        id=f"id/b/cost/{number}",
        source=Source(id="board", place="p", page=page),
        credential="id/b/credential/x",
        kind="exam",
        amount=Range(low, 200),
        currency="GBP",
    )


def store(*records: Record, info: SourceInfo = BOARD) -> Named:
    kept = MemoryStore()
    kept.replace_source(info, records)
    return Named(kept, "a store")


def test_equal_stores_are_equal_record_by_record() -> None:
    found = compare_stores(store(price(1, 100), price(2, 100)), store(price(2, 100), price(1, 100)))
    assert found.equal
    assert found.sources == (
        Compared(
            source="board", title="The board", described_alike=True, equal=2, only_one=0, only_other=0, differing=0
        ),
    )


def test_a_difference_names_source_kind_id_place_and_field() -> None:
    found = compare_stores(
        store(price(1, 100), price(2, 100), price(3, 100)),
        store(price(2, 150, page="https://example.org"), price(3, 100), price(4, 100)),
    )
    here = {"source": "board", "kind": "cost", "place": "p"}
    assert found.differences == (
        Difference(**here, id="id/b/cost/1", field=None, one="id/b/cost/1", other=None),
        Difference(**here, id="id/b/cost/2", field="amount", one="100 to 200", other="150 to 200"),
        Difference(**here, id="id/b/cost/2", field="page", one=None, other="https://example.org"),
        Difference(**here, id="id/b/cost/4", field=None, one=None, other="id/b/cost/4"),
    )
    (source,) = found.sources
    assert (source.equal, source.only_one, source.only_other, source.differing) == (1, 1, 1, 1)
    assert not found.equal


def test_all_differences_are_counted_and_the_first_are_listed() -> None:
    found = compare_stores(
        store(*(price(n, 100) for n in range(9))), store(*(price(n, 99) for n in range(9))), listed=2
    )
    assert (len(found.differences), found.count, found.sources[0].differing) == (2, 9, 9)


def test_a_source_that_calls_itself_otherwise_is_a_difference() -> None:
    found = compare_stores(store(price(1, 100)), store(price(1, 100), info=replace(BOARD, title="The new board")))
    assert found.differences == (
        Difference(
            source="board", kind="source", id="board", place="", field="title", one="The board", other="The new board"
        ),
    )
    assert (found.sources[0].described_alike, found.sources[0].equal) == (False, 1)


def test_a_source_that_one_store_lacks_is_a_difference_with_each_of_its_statements() -> None:
    found = compare_stores(store(price(1, 100)), Named(MemoryStore(), "empty"))
    assert [(each.kind, each.one, each.other) for each in found.differences] == [
        ("source", "The board", None),
        ("cost", "id/b/cost/1", None),
    ]
    assert compare_stores(Named(MemoryStore(), "empty"), store(price(1, 100))).count == 2
