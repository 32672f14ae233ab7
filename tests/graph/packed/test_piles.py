from pathlib import Path

import numpy as np
import pytest

from graph.packed.columns import Many, Texts
from graph.packed.piles import Pile, Piles, Spill
from ontology.errors import IndexNotSaved


def filled(spill: Spill | None, *, times: int = 40) -> Pile:
    pile = Pile(np.int64, spill)
    for start in range(0, times * 1_000, 1_000):
        pile.add(np.arange(start, start + 1_000))
    return pile


def test_what_is_put_on_a_pile_lies_there_in_order_with_and_without_a_file(tmp_path: Path) -> None:
    for pile in (filled(None), filled(Spill(tmp_path, tmp_path))):
        assert len(pile) == 40_000
        assert pile.array().tolist() == list(range(40_000))
        assert pile.read(39_998, 40_000).tolist() == [39_998, 39_999]
        assert pile.read(7, 7).tolist() == []
        assert [number for piece in pile.pieces() for number in piece.tolist()] == list(range(40_000))


def test_what_goes_beyond_a_small_limit_lies_in_the_file_and_the_rest_in_memory(tmp_path: Path) -> None:
    pile = filled(Spill(tmp_path, tmp_path), times=10)
    assert [file.stat().st_size for file in tmp_path.iterdir()] == [9_000 * 8]
    pile.rest()
    assert [file.stat().st_size for file in tmp_path.iterdir()] == [10_000 * 8]
    assert filled(Spill(tmp_path, tmp_path), times=1).array().tolist() == list(range(1_000))
    assert len(list(tmp_path.iterdir())) == 1


def test_an_empty_pile_keeps_the_type_of_its_numbers(tmp_path: Path) -> None:
    for spill in (None, Spill(tmp_path, tmp_path)):
        pile = Pile(np.bool_, spill)
        pile.add(np.empty(0, np.bool_))
        assert (pile.array().dtype, len(pile.array()), list(pile.pieces())) == (np.dtype(np.bool_), 0, [])


def test_what_says_where_something_ends_counts_on() -> None:
    piles = Piles()
    for words in (["one", "fifteen"], [], ["", "é"]):
        piles.add({f"name.{key}": array for key, array in Texts.pack(words).items()})
    for items in ([("a", "bc")], [(), ("d",)]):
        piles.add({f"many.{key}": array for key, array in Many.pack(items, Texts.pack).items()})
    arrays = piles.arrays()
    assert arrays["name.ends"].tolist() == [3, 10, 10, 12]
    assert arrays["name.blob"].tobytes().decode() == "onefifteené"
    assert arrays["many.upto"].tolist() == [2, 2, 3]
    assert arrays["many.item.ends"].tolist() == [1, 3, 4]


def test_a_pile_whose_file_cannot_be_written_says_where_the_index_should_have_been_saved(tmp_path: Path) -> None:
    with pytest.raises(
        IndexNotSaved, match=r"the index cannot be saved in there: No such file or directory; make room"
    ):
        filled(Spill(tmp_path / "gone", Path("there")))
