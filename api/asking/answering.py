"""What `next` and `gap` answer to a question in words, so that every edge gives the same answer."""

from api.asking.reading import Asked, read_person_asked, read_question, target_of, today_of
from api.knowledge import Knowledge
from api.present import gaps
from api.present.answers import next_shape
from api.present.view import View
from api.shapes.answer import NextShape
from api.shapes.gap import GapShape
from graph.index import Index
from ontology.errors import BadValue
from recommender.answer import find_answer
from recommender.gap import find_gap
from recommender.readiness import find_prospects


def answer_next(known: Knowledge, asked: Asked) -> NextShape:
    """What `next` says. Without a target: the ranking, and the answer for the next rung where there is exactly one.

    Raises an `InputError` or `Unreadable`.
    """
    catalogue, rubric, today = known.catalogue, known.rubric, today_of(asked.today)
    person = read_person_asked(asked, catalogue, today)
    question = read_question(asked, catalogue, known.settings, today)
    target = target_of(asked, catalogue)
    prospects = None
    if target is None:
        if person.role is None:
            raise BadValue('say which role you have, such as credpath next "Senior product manager", or --to ROLE')
        prospects = find_prospects(catalogue.index, person, question, rubric=rubric)
        rungs = [prospect.role for prospect in prospects if prospect.step == "ladder step"]
        target = rungs[0] if len(rungs) == 1 else None
    answer = find_answer(catalogue.index, person, target, question, rubric=rubric) if target else None
    view = View(catalogue.index, rubric, today, question.currency)
    return next_shape(view, person, question, prospects=prospects, answer=answer)


def answer_gap(known: Knowledge, asked: Asked) -> GapShape:
    """What `gap` says. Raises an `InputError` or `Unreadable`."""
    catalogue, rubric, today = known.catalogue, known.rubric, today_of(asked.today)
    person = read_person_asked(asked, catalogue, today)
    target = target_of(asked, catalogue) or _only_next_rung(catalogue.index, person.role)
    if target is None and person.role is None:
        raise BadValue('say which role you have, such as credpath gap "Senior product manager", or --to ROLE')
    if target is None:
        raise BadValue("say which role you want (`to`); there is not exactly one next rung")
    found = find_gap(
        catalogue.index,
        person,
        target,
        rubric=rubric,
        today=today,
        assume_role=not asked.strict_role,
        optional=asked.optional,
    )
    return gaps.gap(View(catalogue.index, rubric, today, known.settings.currency), found)


def _only_next_rung(index: Index, role: str | None) -> str | None:
    steps = index.next_roles(role) if role else ()
    rungs = [step.to_role for step in steps if step.kind == "ladder step"]
    return rungs[0] if len(rungs) == 1 else None
