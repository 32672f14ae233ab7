"""The baking world with its index saved, and questions over it."""

from datetime import date
from pathlib import Path

from api.batch.planning import Asking, Ground
from api.knowledge import Snapshot
from api.service import open_service
from api.settings import Settings
from ontology.person import Person
from recommender.question import Question
from tests.api.worlds import TODAY, baking_folder
from tests.worlds import the_role


def saved_world(folder: Path) -> Snapshot:
    """The baking world in a store of its own, let go, with its index saved."""
    with open_service(Settings(store=baking_folder(folder))) as service:
        return service.snapshot()


def ground_of(snapshot: Snapshot) -> Ground:
    """What workers stand on."""
    folder = snapshot.settings.index_folder
    assert folder is not None
    return Ground(str(folder), snapshot.revision)


def asking(weekly_minutes: int = 300, *, role: str = "Junior baker", today: date = TODAY) -> Asking:
    """A question for the next rung."""
    return Asking(Person(role=the_role(role)), None, Question(today=today, weekly_minutes=weekly_minutes))
