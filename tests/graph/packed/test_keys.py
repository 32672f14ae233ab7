from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.packed import keys, piles, pool
from graph.packed.keys import Keys, KeysInMaking
from graph.packed.piles import Spill

pairs = st.lists(st.tuples(st.text(max_size=2) | st.sampled_from(["a", "é", "\uffff", "𝛀"]), st.integers(0, 5)))


def keys_of(*said: tuple[str, int], spill: Spill | None = None) -> Keys:
    making = KeysInMaking(spill)
    for key, row in said:
        making.add(key, row)
    return Keys({name: pile.array() for name, pile in making.packed().items()})


def test_a_key_gives_its_rows_in_order_each_once() -> None:
    found = keys_of(("cook", 3), ("baker", 2), ("cook", 1), ("baker", 2), ("", 0))
    assert [found.rows(key) for key in ("baker", "cook", "")] == [[2], [1, 3], [0]]


def test_what_nothing_is_called_has_no_rows() -> None:
    found = keys_of(("baker", 2), ("cook", 3))
    assert [found.rows(key) for key in ("", "a", "bake", "bakers", "z")] == [[], [], [], [], []]
    assert keys_of().rows("baker") == []


@given(pairs, st.sampled_from([1, 2, 1000]))
def test_keys_put_away_in_small_pieces_give_the_same_rows(
    tmp_path_factory: pytest.TempPathFactory, said: list[tuple[str, int]], size: int
) -> None:
    folder: Path = tmp_path_factory.mktemp("spilt")
    with pytest.MonkeyPatch.context() as cut:
        for module, name in ((keys, "_PAIRS"), (pool, "_TARGETS"), (pool, "_BLOCK"), (piles, "_KEPT")):
            cut.setattr(module, name, size - 1 if module is piles else size)
        found = keys_of(*said, spill=Spill(folder, folder))
    for key in {key for key, _ in said}:
        assert found.rows(key) == sorted({row for each, row in said if each == key})
