import pickle
from dataclasses import replace
from pathlib import Path

import pytest

from api.asking.answering import answer_next
from api.asking.reading import Asked
from api.batch.planning import plan_all, why_not
from api.shapes.batch import BatchRowShape
from graph.index import Index
from ontology.errors import IndexNotThere
from recommender.answer import find_answer
from tests.api.batch.worlds import asking, ground_of, saved_world
from tests.api.worlds import TODAY


def test_a_row_says_what_next_says(tmp_path: Path) -> None:
    snapshot = saved_world(tmp_path)
    (row,) = map(BatchRowShape.model_validate_json, plan_all(ground_of(snapshot), [asking()]))
    assert (row.person, row.status, row.reason) == ("", "proved best", None)
    assert (row.role, row.target) == ("Junior baker", "Senior baker")
    assert (row.open_items, row.shown, row.unconfirmed, row.yours_to_show, row.work_only) == (4, 1, 2, 0, 1)
    assert row.still_open == ("Cakes", "Ovens", "Pastry")
    assert row.to_confirm == ("three years at an oven",)
    assert row.steps == ("Dough exam", "Oven exam", "Peer pastry")
    assert (str(row.price_low), str(row.price_high), row.unknown_prices) == ("100.00", "120.00", 1)
    assert (row.minutes_low, row.minutes_high, row.unknown_efforts) == (660, 660, 1)
    assert (row.weeks, row.finish, row.bound) == (None, None, None)
    answer = answer_next(snapshot, Asked(role="Junior baker", today=TODAY.isoformat())).answer
    assert answer is not None
    assert answer.pathway is not None
    assert row.step_ids == tuple(step.id for step in answer.pathway.steps)
    assert answer.pathway.totals.money.amount_minor_high == 12000


def test_a_ladder_that_ends_or_forks_is_said_and_not_guessed(tmp_path: Path) -> None:
    ground = ground_of(saved_world(tmp_path))
    (row,) = map(BatchRowShape.model_validate_json, plan_all(ground, [asking(role="Senior baker")]))
    assert (row.status, row.target, row.steps) == ("no next rung", None, ())
    assert row.reason == "Senior baker is the last rung of its ladder; name a role in the column to"


def test_a_question_that_fails_has_a_row_and_the_others_theirs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(index: Index, person: object, target: str, question: object, **options: object) -> object:
        if getattr(question, "weekly_minutes", 0) == 1:
            raise ZeroDivisionError("secret")
        return find_answer(index, person, target, question, **options)  # type: ignore[arg-type]

    monkeypatch.setattr("api.batch.planning.find_answer", fail)
    rows = plan_all(ground_of(saved_world(tmp_path)), [asking(1), asking(2)])
    first, second = map(BatchRowShape.model_validate_json, rows)
    assert (first.status, second.status) == ("refused", "proved best")
    assert "our fault: ZeroDivisionError" in (first.reason or "")
    assert "secret" not in (first.reason or "")


def test_a_worker_that_does_not_see_the_index_says_so(tmp_path: Path) -> None:
    ground = ground_of(saved_world(tmp_path))
    elsewhere = replace(ground, folder=str(tmp_path / "gone"))
    with pytest.raises(IndexNotThere, match="nothing is saved there") as caught:
        plan_all(elsewhere, [asking()])
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)
    assert "another revision" in (why_not(replace(ground, revision="0")) or "")
    assert why_not(ground) is None
