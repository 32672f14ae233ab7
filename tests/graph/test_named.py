from collections.abc import Iterator
from contextlib import contextmanager
from mmap import mmap
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from graph import named, weighing
from graph.build import build_index, open_index
from graph.names import NAMED, Names, build_names, pack_names
from graph.packed import keys, piles, pool
from graph.stores.memory import MemoryStore
from ontology.records import Competency, Credential, Forwarding, Level, Provider, Record, Role
from ontology.values import Source, SourceInfo, Voice
from tests.graph.plainly_named import PlainNames
from tests.worlds import credential, provider, role, store_of, the_credential, the_role, world

WORDS = (
    "PM", "snr", "Senior", "product", "Product", "manger", "manager", "mgr", "of", "and", "C++", "C#", "II", "i", "é",
    "Bäcker", "SM", "a", "aa", "data", "ᴬᴮ", "Ꮳ", "İ", "数据", "O'Neill", "!?", "analyst", "spm", "Scrum Master",
)  # fmt: skip
"""Words that meet in many ways: short ones and whole ones, with accents, in other scripts, and none at all."""

names = st.lists(st.sampled_from(WORDS), min_size=1, max_size=5).map(" ".join) | st.text(
    st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12
)
others = st.lists(names, max_size=2).map(tuple)
ids = st.sampled_from(["id/w/thing/a", "id/w/thing/b", "id/w/thing/c", "id/w/thing/d"])


def source(id_: str) -> Source:
    return Source(id="w", place=id_)


things = st.one_of(
    st.builds(lambda i, n, o: Role(id=i, source=source(i), name=n, other_names=o), ids, names, others),
    st.builds(lambda i, n, o: Credential(id=i, source=source(i), name=n, other_names=o), ids, names, others),
    st.builds(lambda i, n, o: Competency(id=i, source=source(i), name=n, other_names=o), ids, names, others),
    st.builds(lambda i, n: Provider(id=i, source=source(i), name=n), ids, names),
    st.builds(lambda i, to: Forwarding(id=i, source=source(i), to=to), st.just("id/w/thing/old"), ids),
)
catalogues = st.lists(things, max_size=9, unique_by=lambda thing: (type(thing), thing.id))
voices = st.sampled_from(["issuer", "own organisation"])
questions = st.lists(names | st.sampled_from(["id/w/thing/a", " id/w/thing/old ", ""]), min_size=1, max_size=4)


def loaded(records: list[Record], voice: Voice) -> MemoryStore:
    store = MemoryStore()
    store.replace_source(SourceInfo(id="w", title="w", voice=voice), records)
    return store


def assert_alike(found: Names, plain: PlainNames, words: str) -> None:
    for kind in (None, *NAMED, Level):
        for limit in (1, 8):
            assert found.candidates(words, kind, limit) == plain.candidates(words, kind, limit)
        assert found.exact(words, kind) == plain.exact(words, kind)
        assert found.fitting(words, kind) == plain.fitting(words, kind)


@settings(max_examples=60, deadline=None)
@given(catalogues, voices, questions)
def test_any_names_are_found_as_they_are_plainly(records: list[Record], voice: Voice, asked: list[str]) -> None:
    index = build_index(loaded(records, voice))
    found, plain = build_names(index), PlainNames(index)
    for words in [*asked, *(name for entry in plain.entries for name in entry.names)]:
        assert_alike(found, plain, words)


@contextmanager
def cut_small(size: int) -> Iterator[None]:
    """So many rows, keys, grams and words at a time, and files for everything."""
    with (
        patch.object(named, "_ROWS", size),
        patch.object(keys, "_PAIRS", size),
        patch.object(pool, "_TARGETS", size),
        patch.object(pool, "_BLOCK", size),
        patch.object(weighing, "_GRAMS", size),
        patch.object(weighing, "_WORDS", size),
        patch.object(piles, "_KEPT", 0),
    ):
        yield


@settings(max_examples=20, deadline=None)
@given(catalogues, voices, questions, st.sampled_from([1, 2, 30]))
def test_names_saved_in_small_pieces_are_byte_for_byte_those_made_at_once(
    records: list[Record], voice: Voice, asked: list[str], size: int
) -> None:
    store = loaded(records, voice)
    at_once = {name: pile.array() for name, pile in pack_names(build_index(store).frozen).items()}
    with TemporaryDirectory() as folder:
        with cut_small(size):
            index = open_index(store, Path(folder))
        assert {name: (array.dtype, array.tobytes()) for name, array in index.frozen.names.items()} == {
            name: (array.dtype, array.tobytes()) for name, array in at_once.items()
        }
        plain = PlainNames(index)
        for words in asked:
            assert_alike(build_names(index), plain, words)


def is_mapped(array: object) -> bool:
    while isinstance(array, np.ndarray):
        array = array.base
    return isinstance(array, mmap)


def test_names_of_a_saved_index_are_mapped_and_nothing_is_made_of_them(tmp_path: Path) -> None:
    index = open_index(store_of(role("Senior baker", other_names=["SB"]), provider("Guild")), tmp_path)
    assert index.frozen.names
    assert all(is_mapped(array) for array in index.frozen.names.values())
    with patch("graph.names.pack_keys", None), patch("graph.names.pack_likeness", None):
        names = build_names(index)
        assert names.exact("senior BAKER") == the_role("Senior baker")
        assert [match.name for match in names.candidates("senor bakr")] == ["Senior baker"]


def test_names_of_other_kinds_than_are_saved_are_made_when_they_are_needed(tmp_path: Path) -> None:
    index = open_index(store_of(credential("Baking"), role("Baker")), tmp_path)
    assert build_names(index, [Level]).exact("expert") == "id/w/level/expert"
    assert [match.id for match in build_names(index, [Credential]).candidates("bakng")] == [the_credential("Baking")]


def test_a_record_is_numbered_after_the_kinds_before_it_and_the_ids_before_its_own() -> None:
    index = world(role("Baker", other_names=["Bread maker", "Boulanger"]), role("Cook"), credential("Baking"))
    found = named.Named(index.frozen, (Role, Credential, Provider))
    assert len(found) == 3
    assert [found.record_type(number) for number in range(3)] == [Role, Role, Credential]
    assert [found.id(number) for number in range(3)] == [the_role("Baker"), the_role("Cook"), the_credential("Baking")]
    assert found.all_names(0) == ("Baker", "Boulanger", "Bread maker")
    assert found.with_id(the_credential("Baking")) == [2]
    assert found.with_id("id/w/role/nobody") == []
    assert [found.numbers_of(kind) for kind in (None, Role, Credential, Provider, Level)] == [
        range(3), range(2), range(2, 3), range(3, 3), range(0),
    ]  # fmt: skip
    assert list(found.walk()) == [
        (0, Role, ["Baker", "Boulanger", "Bread maker"]),
        (1, Role, ["Cook"]),
        (2, Credential, ["Baking"]),
    ]
