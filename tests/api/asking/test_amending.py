"""What is corrected while others correct the same thing."""

from collections.abc import Callable

from api.asking.amending import edits_for, want_field, want_price
from api.asking.undoing import read_undo
from api.commands.edit import view_of
from api.knowledge import Snapshot
from api.service import Service
from graph.content import Edits
from graph.edits import Step
from graph.fuse import said_by
from ontology.records import Cost, Credential
from ontology.values import Range
from tests.api.worlds import baking
from tests.worlds import the_credential

EXAM = the_credential("Dough exam")
Decide = Callable[[Snapshot, Edits], tuple[Step, ...]]


def corrects(field: str, value: str) -> Decide:
    """Somebody who corrects a field of the dough exam."""
    return lambda known, edits: edits_for(want_field(known, EXAM, field, [value]), edits, page=None, date=None)


def undoes(words: str | None, field: str | None = None) -> Decide:
    """Somebody who takes a correction back."""
    return lambda known, edits: read_undo(known, view_of(known), edits, words, field)


def between(service: Service, decide: Decide, *others: Decide) -> Decide:
    """Somebody who decides, and each time it is decided another is quicker to act."""
    waiting = list(others)

    def decide_late(known: Snapshot, edits: Edits) -> tuple[Step, ...]:
        steps = decide(known, edits)
        if waiting:
            service.edit(waiting.pop(0))
        return steps

    return decide_late


def corrected(service: Service) -> list[dict[str, object]]:
    """What each edit says."""
    return [dict(said_by(edit)) for edit in service.edits()[1]]


def test_two_people_who_correct_two_fields_of_one_thing_at_once_both_count() -> None:
    service = baking()
    service.edit(between(service, corrects("effort", "20h"), corrects("renewal", "36"), corrects("status", "active")))
    assert corrected(service) == [
        {"name": "Dough exam", "effort": Range(1200, 1200), "renewal_months": 36, "status": "active"}
    ]


def test_a_price_that_two_people_state_first_is_one_fee_and_the_later_is_told_the_earlier() -> None:
    def states(amount: str) -> Decide:
        return lambda known, edits: edits_for(
            want_price(known, "Oven exam", amount, "exam"), edits, page=None, date=None
        )

    service = baking()
    known, ((was, _),) = service.edit(between(service, states("80GBP"), states("90GBP")))
    assert isinstance(was, Cost)
    assert was.amount == Range(9000, 9000)
    (cost,) = known.index.costs_of(the_credential("Oven exam"))
    assert cost.amount == Range(9000, 9000)
    (cost,) = service.index.costs_of(the_credential("Oven exam"))
    assert cost.amount == Range(8000, 8000)


def test_a_name_that_is_taken_back_meanwhile_is_not_repeated_by_another_correction() -> None:
    service = baking()
    service.edit(corrects("name", "Bread exam"))
    service.edit(between(service, corrects("effort", "20h"), undoes(EXAM)))
    assert corrected(service) == [{"name": "Dough exam", "effort": Range(1200, 1200)}]


def test_what_is_taken_back_whole_is_told_whole_also_what_another_corrected_in_it_meanwhile() -> None:
    service = baking()
    service.edit(corrects("effort", "20h"))
    _, ((was, left),) = service.edit(between(service, undoes(EXAM), corrects("renewal", "36")))
    assert left is None
    assert isinstance(was, Credential)
    assert (was.effort, was.renewal_months) == (Range(1200, 1200), 36)
    assert corrected(service) == []


def test_a_field_is_taken_back_and_a_field_corrected_meanwhile_stays() -> None:
    service = baking()
    service.edit(corrects("effort", "20h"))
    service.edit(between(service, undoes(EXAM, "effort"), corrects("name", "Bread exam")))
    assert corrected(service) == [{"name": "Bread exam"}]


def test_taking_everything_back_takes_only_what_it_tells() -> None:
    service = baking()
    service.edit(corrects("effort", "20h"))

    def adds(known: Snapshot, edits: Edits) -> tuple[Step, ...]:
        return edits_for(want_field(known, "Guild", "area", ["United Kingdom"]), edits, page=None, date=None)

    _, steps = service.edit(between(service, undoes(None), adds))
    assert [was.id for was, left in steps if was is not None and left is None] == [EXAM]
    assert corrected(service) == [{"name": "Guild", "area": "United Kingdom"}]
