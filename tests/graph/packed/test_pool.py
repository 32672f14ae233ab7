from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.packed import pool
from graph.packed.columns import Ids, Texts
from graph.packed.piles import Spill
from graph.packed.pool import Run, Targets, number_ids

ids = st.lists(st.text(max_size=3) | st.sampled_from(["a", "é", "\uffff", "𝛀"]), unique=True).map(sorted)


def run_of(*ids: str) -> Run:
    run = Run(None)
    run.add(ids)
    return run


def test_every_id_gets_its_place_among_all_ids() -> None:
    claims, credentials = run_of("c", "e", "z"), run_of("a", "c", "d")
    arrays = number_ids([claims, run_of(), credentials], None).arrays()
    words = Ids(Texts(arrays))
    assert [words[number] for number in range(len(words))] == ["a", "c", "d", "e", "z"]
    assert claims.numbers.array().tolist() == [1, 3, 4]
    assert credentials.numbers.array().tolist() == [0, 1, 2]


def test_of_no_ids_there_are_none() -> None:
    assert len(Ids(Texts(number_ids([run_of()], None).arrays()))) == 0


def test_targets_are_numbered_as_they_come_and_by_their_place_in_the_end() -> None:
    targets = Targets(None)
    assert [targets[id_] for id_ in ("z", "b", "z")] == [0, 1, 0]
    targets.put_away()
    assert [targets[id_] for id_ in ("b", "a")] == [2, 3]
    targets.put_away()
    number_ids([run_of("c"), *targets.runs()], None)
    assert targets.final().tolist() == [3, 1, 1, 0]


def test_many_targets_are_put_away(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(pool, "_TARGETS", 2)
    targets = Targets(Spill(tmp_path, tmp_path))
    for id_ in ("a", "b", "c"):
        assert targets[id_] == "abc".index(id_)
        targets.rest()
    assert (len(targets), len(targets.runs())) == (0, 1)


@given(st.lists(ids, max_size=4))
def test_runs_merged_in_small_blocks_are_what_sorting_everything_gives(runs: list[list[str]]) -> None:
    everything = sorted({id_ for run in runs for id_ in run})
    number = {id_: place for place, id_ in enumerate(everything)}
    for size in (1, 2, 100):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(pool, "_BLOCK", size)
            made = [run_of(*run) for run in runs]
            words = Ids(Texts(number_ids(made, None).arrays()))
        assert [words[place] for place in range(len(words))] == everything
        assert [run.numbers.array().tolist() for run in made] == [[number[id_] for id_ in run] for run in runs]
