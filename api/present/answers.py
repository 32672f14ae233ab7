"""The whole answer to "what next": the question as understood, the ranking of roles, and the answer for a target."""

from collections.abc import Iterable
from typing import Literal, TypeAlias

from api.present import gaps, pathways, proof
from api.present.view import View
from api.sentences import gap as gap_says
from api.sentences import left as says
from api.sentences import plan as plan_says
from api.sentences import proof as proof_says
from api.sentences.words import hours
from api.shapes.answer import (
    AlternativeShape,
    AnswerShape,
    DecidingShape,
    HoldingShape,
    NearMissShape,
    NextShape,
    OutcomeShape,
    PersonShape,
    ProspectShape,
    QuestionShape,
    ShowsShape,
    StackShape,
    ToDo,
    WorthShape,
)
from api.shapes.basics import Level, Named
from api.shapes.pathway import PathwayShape
from ontology.person import Person
from ontology.records import Assignment, Credential
from ontology.values import Range
from recommender.answer import Answer, Choice
from recommender.offers import LeftOut
from recommender.plans import room_left
from recommender.question import Question
from recommender.readiness import Prospect
from recommender.reasons import Deciding, NearMiss, Outcome
from recommender.worth import Stack, Worth

ToDoKind: TypeAlias = Literal["verify", "earn", "work"]


def next_shape(
    view: View, person: Person, question: Question, *, prospects: tuple[Prospect, ...] | None, answer: Answer | None
) -> NextShape:
    """What `credpath next` says."""
    return NextShape(
        question=question_shape(view, question),
        person=person_shape(view, person),
        prospects=None if prospects is None else tuple(prospect(view, each) for each in prospects),
        answer=answer_shape(view, answer) if answer else None,
        revision=view.index.revision,
        rubric=view.rubric.version,
    )


def question_shape(view: View, question: Question) -> QuestionShape:
    """The question as it was understood."""
    return QuestionShape(
        today=question.today,
        aim=question.aim,
        currency=question.currency,
        budget=view.money(Range.exactly(question.budget)) if question.budget is not None else None,
        weekly_minutes=question.weekly_minutes,
        hour_value=view.sure_money(Range.exactly(question.hourly_rate)),
        deadline=question.deadline,
        pinned=view.all_named(question.pinned),
        excluded=view.all_named(question.excluded),
        providers=view.all_named(question.providers),
        languages=question.languages,
        modes=question.modes,
        optional=question.optional,
        assume_role=question.assume_role,
        prefer_work=question.prefer_work,
    )


def person_shape(view: View, person: Person) -> PersonShape:
    """Who asks."""
    claims: list[tuple[Named, Level]] = []
    for claimed in person.levels:
        level = view.level(claimed.level, claimed.competency)
        if level is not None:
            claims.append((view.named(claimed.competency), level))
    return PersonShape(
        role=view.named(person.role) if person.role else None,
        holdings=tuple(
            HoldingShape(
                credential=view.named(held.credential),
                awarded=held.awarded,
                expires=held.expires,
                verified=held.verified,
            )
            for held in person.holdings
        ),
        claims=tuple(claims),
        facts=tuple((fact.option, fact.holds) for fact in person.facts),
    )


def prospect(view: View, value: Prospect) -> ProspectShape:
    """A role one could go for."""
    readiness = gaps.readiness(value.gap)
    opened = tuple(pathways.item_named(view, item) for item in value.gap.open)
    return ProspectShape(
        role=view.named(value.role),
        step=value.step,
        readiness=readiness,
        open=opened,
        says=gap_says.prospect(value.step, len(opened), readiness.percent),
    )


def answer_shape(view: View, answer: Answer) -> AnswerShape:
    """Everything about one target."""
    gap = gaps.gap(view, answer.gap)
    best = pathways.pathway(view, answer.framed, answer.pathway) if answer.pathway else None
    return AnswerShape(
        target=gap.target,
        status=answer.status,
        in_order=tuple(_in_order(view, answer, best)),
        gap=gap,
        pathway=best,
        alternatives=tuple(_alternative(view, answer, choice) for choice in answer.choices),
        outcomes=tuple(_outcome(view, answer, outcome) for outcome in answer.outcomes),
        deciding=tuple(_deciding(view, each) for each in answer.deciding),
        worth=tuple(_worth(view, answer, each) for each in answer.worth),
        route=None if answer.route is None else view.all_named(answer.route),
        says=(gap.says, best.says if best else infeasible(view, answer)),
    )


def infeasible(view: View, answer: Answer) -> str:
    """Why no plan keeps the limits."""
    found = answer.obstacles
    if found is None:
        return plan_says.infeasible((), ("limits",))
    return plan_says.infeasible(
        [(view.name(out.credential), _left_out(view, out, None)) for out in found.left_out],
        [f"{' and the '.join(found.limits)} together"] if found.together else found.limits,
    )


def _left_out(view: View, out: LeftOut, room: int | None) -> str:
    """Why a credential is no candidate, with what it asks for where that is why.

    `room` is the money (minor units) that the plan leaves of the budget, `None` without a plan or a budget.
    """
    because = says.WHY_OUT[out.why]
    if out.why == "price" and room is not None:
        because += says.would_fit(room, view.currency)
    asks = "; ".join(view.condition(condition.requirement).says for condition in out.conditions)
    return f"{because}: {asks}" if asks else because


def _in_order(view: View, answer: Answer, best: PathwayShape | None) -> Iterable[ToDo]:
    """First what is verified, then the steps of the plan, then the work that shows what these leave open."""
    found: list[tuple[ToDoKind, str, str, list[Named], bool, int | None]] = []
    verify: dict[str, list[Named]] = {}
    for item in answer.gap.open:
        for held in item.by_verifying:
            verify.setdefault(held, []).append(pathways.item_named(view, item))
    found += [("verify", held, view.name(held), items, True, None) for held, items in verify.items()]
    asked = {
        step.offer.id: [pathways.item_named(view, item) for item in step.asked_by]
        for step in (answer.pathway.steps if answer.pathway else ())
    }
    for step in best.steps if best else ():
        items = [closed.item for closed in step.closes]
        items += [each for each in asked.get(step.id, ()) if each not in items]
        surely = all(closed.basis == "shown" for closed in step.closes)
        kind: ToDoKind = "earn" if step.kind == "credential" else "work"
        found.append((kind, step.id, step.name, items, surely, step.number))
    work: dict[str, list[Named]] = {}
    taken = {step.id.partition("#")[0] for step in best.steps} if best else set()
    for outcome in answer.outcomes:
        if outcome.result != "shown" and not outcome.item.verifying_is_enough:
            for assignment in outcome.work[:1]:
                if assignment.id not in taken:
                    work.setdefault(assignment.id, []).append(pathways.item_named(view, outcome.item))
    found += [("work", id_, view.name(id_), items, True, None) for id_, items in work.items()]
    for number, (kind, id_, name, items, surely, of_plan) in enumerate(found, 1):
        work_done = view.index.find(Assignment, id_.partition("#")[0]) if kind == "work" else None
        takes = hours(work_done.effort) if work_done is not None and work_done.effort is not None else None
        each = work_done is not None and work_done.general_level is not None
        says = plan_says.to_do(kind, name, [item.name for item in items], takes, surely=surely, each=each)
        yield ToDo(
            number=number, kind=kind, id=id_, name=name, items=tuple(items), surely=surely, step=of_plan, says=says
        )


def _alternative(view: View, answer: Answer, choice: Choice) -> AlternativeShape:
    intent = choice.alternative.intent
    aim = answer.framed.problem.aim if intent == "different" else intent
    shape = pathways.pathway(view, answer.framed, choice.pathway, aim=aim) if choice.pathway else None
    other = choice.alternative
    because = None if shape else plan_says.no_alternative(other.why, other.same_as)
    return AlternativeShape(
        intent=intent,
        pathway=shape,
        because=because,
        says=plan_says.alternative(intent, because),
    )


def _outcome(view: View, answer: Answer, outcome: Outcome) -> OutcomeShape:
    item = pathways.item_named(view, outcome.item)
    levels = gaps.levels(view, outcome.item)
    by = tuple(Named(id=id_, name=pathways.offers_name(view, answer.framed, id_)) for id_ in outcome.by)
    known = {*outcome.by, *answer.framed.held}
    room = room_left(answer.pathway, answer.question) if answer.pathway else None
    nearest = tuple(_near_miss(view, outcome, miss, room) for miss in outcome.nearest if miss.credential not in known)
    work = tuple(pathways.assignment(view, each) for each in outcome.work)
    claimed = outcome.item.basis == "claimed"
    sentences = [
        says.outcome(item.name, outcome.result, [each.name for each in by], len(nearest), levels, claimed=claimed)
    ]
    if outcome.result != "shown":
        sentences += [miss.says for miss in nearest]
        sentences += [says.work(each.name, each.minutes.display if each.minutes else None) for each in work[:1]]
    return OutcomeShape(item=item, result=outcome.result, by=by, nearest=nearest, work=work, says=tuple(sentences))


def _near_miss(view: View, outcome: Outcome, miss: NearMiss, room: int | None) -> NearMissShape:
    credential = view.index.record(Credential, miss.credential)
    asked = next((s.option.level for s in outcome.item.options if s.option.competency), None)
    stated = miss.claim.level is not None and asked is not None
    left_out = _left_out(view, miss.left_out, room) if miss.left_out is not None else None
    because = left_out or proof_says.unsure(miss.strength, view.rubric, level_stated=stated)
    level = view.level(miss.level)
    return NearMissShape(
        credential=view.named(miss.credential),
        provider=view.named(credential.provider) if credential.provider else None,
        lacks=miss.lacks,
        left_out_because=left_out,
        claim=proof.claim(view, miss.claim),
        strength=proof.strength(view, miss.strength),
        says=says.nearest(
            credential.name,
            miss.lacks,
            level.name if level else None,
            view.name(asked) if asked else None,
            because,
        ),
    )


def _deciding(view: View, value: Deciding) -> DecidingShape:
    opens = view.all_named(value.opens)
    return DecidingShape(
        option=value.option,
        words=value.words,
        opens=opens,
        says=says.deciding(value.words, [each.name for each in opens]),
    )


def _worth(view: View, answer: Answer, value: Worth) -> WorthShape:
    items = {item.requirement.id: item for item in answer.gap.items}
    shows = tuple(
        ShowsShape(
            item=pathways.item_named(view, items[each.requirement]),
            basis=each.basis,
            strength=proof.strength(view, each.strength),
        )
        for each in value.items
    )
    credential = view.named(value.credential)
    surely = [each.item.name for each in shows if each.basis == "shown"]
    return WorthShape(
        credential=credential,
        in_force=value.in_force,
        verified=value.verified,
        items=shows,
        stacks=tuple(_stack(view, each) for each in value.stacks),
        says=says.worth(
            credential.name,
            surely,
            [each.item.name for each in shows if each.item.name not in surely],
            verified=value.verified,
            in_force=value.in_force,
        ),
    )


def _stack(view: View, value: Stack) -> StackShape:
    into = view.named(value.into)
    money_off = view.money(Range.exactly(value.money_off)) if value.money_off else None
    off = [money_off.display] if money_off else []
    if value.minutes_off:
        off.append(hours(Range.exactly(value.minutes_off)))
    return StackShape(
        into=into,
        missing=tuple(view.condition(requirement).says for requirement in value.missing),
        money_off=money_off,
        minutes_off=value.minutes_off or None,
        says=says.stack(into.name, len(value.missing), off),
    )
