from collections import Counter
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from datetime import date
from mmap import mmap
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.index import Catalogue
from bench.memory import peak
from graph.build import build_index, open_index
from graph.fuse import fuse
from graph.index import Index
from graph.packed import freezing, growing, linking, piles, pool
from graph.packed.columns import Array
from graph.stores.memory import MemoryStore
from ontology.errors import StoreChanged
from ontology.records import RECORD_TYPES, Competency, Cost, Credential, Forwarding, R, Record, Role, kind_of
from ontology.values import Source, SourceInfo
from tests.graph.whole import arrays_of
from tests.strategies import contents, infos
from tests.worlds import SOURCE, credential, role, said_by, store_of, the_credential, the_role

Said = tuple[SourceInfo, list[Record]]


def bytes_of(parts: Mapping[str, Array]) -> dict[str, tuple[str, bytes]]:
    return {name: (str(array.dtype), array.tobytes()) for name, array in parts.items()}


def parts_of(index: Index) -> dict[str, tuple[str, bytes]]:
    return bytes_of(index.frozen.parts())


def is_mapped(array: object) -> bool:
    while isinstance(array, np.ndarray):
        array = array.base
    return isinstance(array, mmap)


def loaded(*said: Said) -> MemoryStore:
    store = MemoryStore()
    for info, records in said:
        store.replace_source(info, records)
    return store


def said_in(source: str) -> st.SearchStrategy[Said]:
    return st.tuples(infos(source), contents(source))


@settings(max_examples=60, deadline=None)
@given(said_in("a"), said_in("b"), said_in("c"))
def test_the_order_of_loading_changes_no_byte(one: Said, two: Said, three: Said) -> None:
    forward, backward = loaded(one, two, three), loaded(three, two, one)
    for info, records in (one, two, three):
        backward.replace_source(info, records[::-1])
    first, second = build_index(forward).frozen, build_index(backward).frozen
    assert bytes_of(first.parts()) == bytes_of(second.parts())
    assert (first.revision, first.sources) == (second.revision, second.sources)


@contextmanager
def cut_into(rows: int, ids: int, kept: int) -> Iterator[None]:
    """Batches of so many records, runs and blocks of so many ids; files for whatever has more bytes than `kept`."""
    with (
        patch.object(growing, "_ROWS", rows),
        patch.object(pool, "_TARGETS", ids),
        patch.object(pool, "_BLOCK", ids),
        patch.object(piles, "_KEPT", kept),
        patch.object(freezing, "_REMARKS", rows),
        patch.object(linking, "_REMARKS", rows),
    ):
        yield


@settings(max_examples=30, deadline=None)
@given(said_in("a"), said_in("b"), said_in("c"), st.sampled_from([1, 2, 5]), st.sampled_from([1, 3]))
def test_an_index_built_in_small_pieces_and_files_is_byte_for_byte_the_one_built_at_once(
    one: Said, two: Said, three: Said, rows: int, ids: int
) -> None:
    store = loaded(one, two, three)
    expected = bytes_of(arrays_of(store))
    assert parts_of(build_index(store)) == expected
    with cut_into(rows, ids, kept=0), TemporaryDirectory() as folder:
        assert parts_of(build_index(store)) == expected
        assert parts_of(open_index(store, Path(folder))) == expected


class Unsorted(MemoryStore):
    """A store that breaks the law that records come by id."""

    def records(self, record_type: type[R]) -> Iterator[R]:
        return iter(list(super().records(record_type))[::-1])


@settings(max_examples=30, deadline=None)
@given(said_in("a"), said_in("b"))
def test_records_that_come_in_another_order_are_put_in_their_places(one: Said, two: Said) -> None:
    store = Unsorted()
    for info, records in (one, two):
        store.replace_source(info, records)
    assert parts_of(build_index(store)) == bytes_of(arrays_of(loaded(one, two)))


class Counted(MemoryStore):
    """A store that counts how often each kind is read."""

    def __init__(self) -> None:
        super().__init__()
        self.read: Counter[str] = Counter()

    def records(self, record_type: type[R]) -> Iterator[R]:
        self.read[kind_of(record_type)] += 1
        return super().records(record_type)


def test_only_a_kind_with_a_renamed_id_is_read_twice() -> None:
    store = Counted()
    source = Source(id="w", place="r")
    renamed = Forwarding(id=the_credential("Old"), source=source, to=the_credential("Abc"))
    cost = Cost(id="id/w/cost/1", source=source, credential=the_credential("Old"), kind="exam")
    names = [Credential(id=the_credential(name), source=source, name=name) for name in ("Abc", "Mid", "Old")]
    store.replace_source(SourceInfo(id="w", title="W", voice="issuer"), [renamed, cost, *names])
    index = build_index(store)
    assert list(index.ids(Credential)) == [the_credential("Abc"), the_credential("Mid")]
    assert [cost.id for cost in index.costs_of(the_credential("Abc"))] == ["id/w/cost/1"]
    assert (store.read["credential"], store.read["cost"], store.read["claim"]) == (2, 1, 1)


class Shared(MemoryStore):
    """A store to which another process writes so many times while it is read, noticed by the store or by nobody."""

    def __init__(self, times: int, *, noticed: bool) -> None:
        super().__init__()
        self.replace_source(SOURCE, role("A"))
        self.times, self.noticed, self.tries = times, noticed, 0

    def records(self, record_type: type[R]) -> Iterator[R]:
        if record_type is Competency:
            self.tries += 1
            if self.times:
                self.times -= 1
                self.replace_source(SOURCE, role(f"B {self.times}"))
                if self.noticed:
                    raise StoreChanged("memory:")
        return super().records(record_type)


@pytest.mark.parametrize("noticed", [True, False])
def test_a_store_that_is_changed_while_it_is_read_is_read_again(tmp_path: Path, *, noticed: bool) -> None:
    store = Shared(4, noticed=noticed)
    index = open_index(store, tmp_path)
    assert list(index.ids(Role)) == [the_role("B 0")]
    assert (index.revision, store.tries) == (store.revision(), 5)
    assert parts_of(index) == bytes_of(arrays_of(store))


@pytest.mark.parametrize("noticed", [True, False])
def test_a_store_that_is_changed_all_the_time_is_given_up_and_nothing_is_left(tmp_path: Path, *, noticed: bool) -> None:
    store = Shared(1_000_000, noticed=noticed)
    with pytest.raises(StoreChanged):
        open_index(store, tmp_path)
    assert store.tries == 5
    assert [path.name for path in tmp_path.iterdir()] == ["saving"]
    with pytest.raises(StoreChanged):
        build_index(store)


def test_a_store_that_was_changed_there_and_back_while_it_is_read_is_read_again() -> None:
    class Wavering(MemoryStore):
        """A store in which somebody edits a role as it begins to be read, and takes the edit back before its end."""

        wavers = True

        def records(self, record_type: type[R]) -> Iterator[R]:
            if self.wavers and record_type is Role:
                self.wavers = False
                self.replace_source(SOURCE, role("B"))
                found = list(super().records(record_type))
                self.replace_source(SOURCE, role("A"))
                return iter(found)
            return super().records(record_type)

    store = Wavering()
    store.replace_source(SOURCE, role("A"))
    assert list(build_index(store).ids(Role)) == [the_role("A")]


@pytest.mark.slow
def test_four_times_the_records_do_not_need_much_more_memory(tmp_path: Path) -> None:
    peaks = []
    for credentials in (5_000, 20_000):
        with ProcessPoolExecutor(1, get_context("spawn")) as process:
            peaks.append(process.submit(peak_of_building, credentials, tmp_path).result())
    assert peaks[1] - peaks[0] < 40
    assert peaks[1] < 150


def peak_of_building(credentials: int, folder: Path) -> float:
    open_index(Catalogue(credentials), folder)
    return peak()


@settings(max_examples=60, deadline=None)
@given(said_in("a"), said_in("b"))
def test_what_is_in_the_index_is_what_fusion_says(one: Said, two: Said) -> None:
    store = loaded(one, (two[0], [r for r in two[1] if not isinstance(r, Forwarding)]))
    store.replace_source(one[0], [r for r in one[1] if not isinstance(r, Forwarding)])
    voices = {one[0].id: one[0].voice, two[0].id: two[0].voice}
    index = build_index(store)
    for record_type in RECORD_TYPES:
        records = list(store.records(record_type))
        assert list(index.ids(record_type)) == sorted({record.id for record in records})
        for id_ in index.ids(record_type):
            fused = fuse([record for record in records if record.id == id_], voices)
            assert index.record(record_type, id_) == fused.record


@settings(max_examples=60, deadline=None)
@given(said_in("a"), said_in("b"))
def test_any_content_makes_an_index_whose_look_ups_answer(one: Said, two: Said) -> None:
    index = build_index(loaded(one, two))
    ids = [id_ for record_type in RECORD_TYPES for id_ in index.ids(record_type)]
    for id_ in [*ids, *(entry.target for entry in index.dangling)]:
        for look_up in (
            index.requirements_of, index.options_of, index.credentials_requiring, index.levels_of, index.claims_of,
            index.claims_on, index.assessments_of, index.costs_of, index.parts_of, index.wholes_of, index.standing_into,
            index.standing_from, index.credentials_of, index.outcomes_of, index.backing_of, index.findings_of,
            index.next_roles, index.previous_roles, index.roles_of_ladder, index.disagreements, index.same_competency,
        ):  # fmt: skip
            assert isinstance(look_up(id_), tuple)
        assert index.reaches(id_, id_) in (True, False)
        assert isinstance(index.assignments_for(id_, id_), tuple)


def test_two_sources_of_a_renamed_thing_meet_in_one_record() -> None:
    renamed = Forwarding(id=the_credential("Old"), source=Source(id="w", place="r"), to=the_credential("New"))
    store = store_of(
        credential("New", minutes=60), renamed, said_by("press", "others", credential("Old", status="active"))
    )
    index = build_index(store)
    assert list(index.ids(Credential)) == [the_credential("New")]
    assert index.record(Credential, the_credential("New")).status == "active"
    assert index.said(the_credential("Old"), "status").id == "press"
    assert [(d.field, d.value) for d in index.disagreements(the_credential("Old"))] == [("name", "Old")]


def test_a_disagreement_about_a_day_stays_a_day() -> None:
    def until(day: date, source: str) -> Credential:
        return Credential(id=the_credential("A"), source=Source(id=source, place="p"), name="A", offered_until=day)

    store = store_of(until(date(2027, 1, 31), "w"), said_by("press", "others", until(date(2028, 2, 29), "press")))
    (disagreement,) = build_index(store).disagreements(the_credential("A"))
    assert disagreement.value == date(2028, 2, 29)


def test_the_saved_index_of_the_same_content_is_opened_and_not_built(tmp_path: Path) -> None:
    store = store_of(role("A"))
    first = open_index(store, tmp_path)
    saved = sorted(path.name for path in tmp_path.iterdir())
    second = open_index(store, tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == saved
    assert parts_of(first) == parts_of(second) == parts_of(build_index(store))
    assert is_mapped(first.frozen.ids.texts.blob)
    assert is_mapped(second.frozen.ids.texts.blob)
    assert not is_mapped(build_index(store).frozen.ids.texts.blob)


def test_other_content_is_built_and_saved(tmp_path: Path) -> None:
    store = store_of(role("A"))
    open_index(store, tmp_path)
    store.replace_source(SourceInfo(id="w", title="A drawn world", voice="issuer"), role("B"))
    index = open_index(store, tmp_path)
    assert index.revision == store.revision()
    assert open_index(store, tmp_path).revision == store.revision()
