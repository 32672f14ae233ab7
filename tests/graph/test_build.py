from datetime import date
from mmap import mmap
from pathlib import Path

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.build import build_index, open_index
from graph.fuse import fuse
from graph.packed.frozen import Frozen
from graph.stores.memory import MemoryStore
from ontology.records import RECORD_TYPES, Credential, Forwarding, Record
from ontology.values import Source, SourceInfo
from tests.strategies import contents, infos
from tests.worlds import credential, role, said_by, store_of, the_credential

Said = tuple[SourceInfo, list[Record]]


def bytes_of(frozen: Frozen) -> dict[str, tuple[str, bytes]]:
    return {name: (str(array.dtype), array.tobytes()) for name, array in frozen.parts().items()}


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
    assert bytes_of(first) == bytes_of(second)
    assert (first.revision, first.sources) == (second.revision, second.sources)


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
    assert bytes_of(first.frozen) == bytes_of(second.frozen)
    assert is_mapped(second.frozen.ids.texts.blob)
    assert not is_mapped(first.frozen.ids.texts.blob)


def test_other_content_is_built_and_saved(tmp_path: Path) -> None:
    store = store_of(role("A"))
    open_index(store, tmp_path)
    store.replace_source(SourceInfo(id="w", title="A drawn world", voice="issuer"), role("B"))
    index = open_index(store, tmp_path)
    assert index.revision == store.revision()
    assert open_index(store, tmp_path).revision == store.revision()
