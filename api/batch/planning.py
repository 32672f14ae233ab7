"""What a worker does: it opens the saved index once, and answers questions that name nobody, one row of JSON each.

Here stands only what a worker needs: no store, no names, no settings. A question that fails has a row that says so.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from api.catalogue import open_saved
from api.present import batch as present
from api.present.view import View
from api.sentences import batch as says
from api.shapes.batch import BatchRowShape
from graph.index import Index
from ontology.errors import CredpathError, DamagedIndex, IndexNotThere
from ontology.person import Person
from ontology.rubric import Rubric, default_rubric, read_rubric
from recommender.answer import find_answer
from recommender.question import Question


@dataclass(frozen=True, slots=True)
class Asking:
    """A question that names nobody. Without a target it is for the next rung."""

    person: Person
    target: str | None
    question: Question


@dataclass(frozen=True, slots=True)
class Ground:
    """What all workers stand on: the folder of the saved index, its revision, and the text of a rubric of one's own."""

    folder: str
    revision: str
    rubric: str | None = None


def plan_all(ground: Ground, askings: Sequence[Asking]) -> tuple[str, ...]:
    """A row of JSON for each question. Raises `IndexNotThere` where this process does not see the index."""
    index, rubric = _open(ground)
    return tuple(_plan(index, rubric, asking).model_dump_json() for asking in askings)


def why_not(ground: Ground) -> str | None:
    """Why this process cannot work, or `None` where it can."""
    try:
        _open(ground)
    except IndexNotThere as error:
        return str(error)
    return None


@lru_cache(maxsize=1)
def _open(ground: Ground) -> tuple[Index, Rubric]:
    """The index and the rubric of this process: the same ones each time, so that what they remember is used."""
    try:
        catalogue = open_saved(Path(ground.folder))
    except DamagedIndex as error:
        raise IndexNotThere(ground.folder, error.why) from error
    if catalogue is None:
        raise IndexNotThere(ground.folder, "nothing is saved there")
    if catalogue.index.revision != ground.revision:
        raise IndexNotThere(
            ground.folder, "what is saved there is another revision, so the store was changed meanwhile"
        )
    return catalogue.index, default_rubric() if ground.rubric is None else read_rubric(ground.rubric)


def _plan(index: Index, rubric: Rubric, asking: Asking) -> BatchRowShape:
    try:
        return _answered(index, rubric, asking)
    except CredpathError as error:
        return present.refused(index.revision, str(error))
    except Exception as error:  # noqa: BLE001 — a fault of ours in one question must not stop the others
        return present.refused(index.revision, says.fault(error))


def _answered(index: Index, rubric: Rubric, asking: Asking) -> BatchRowShape:
    question, target = asking.question, asking.target
    view = View(index, rubric, question.today, question.currency)
    if target is None:
        role = asking.person.role or ""
        rungs = [step.to_role for step in index.next_roles(role) if step.kind == "ladder step"]
        if len(rungs) != 1:
            return present.without_target(view, role, rungs)
        target = rungs[0]
    answer = find_answer(index, asking.person, target, question, rubric=rubric, alternatives=False)
    return present.planned(view, answer)
