"""One answer as one row of a table, and a whole run as a summary."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, get_args

from api.present import pathways
from api.present.answers import infeasible
from api.present.view import View
from api.sentences import batch as says
from api.shapes.batch import BatchRowShape, BatchShape, BatchStatus
from ontology.currencies import exponent
from recommender.answer import Answer
from recommender.pathways.problem import Aim
from recommender.plans import Pathway

EMPTY: dict[str, Any] = {
    name: () if field.annotation == tuple[str, ...] else None for name, field in BatchRowShape.model_fields.items()
}
"""A row of which nothing is known."""


def planned(view: View, answer: Answer) -> BatchRowShape:
    """The row of an answer, for nobody in particular."""
    results = Counter(outcome.result for outcome in answer.outcomes)
    verify = dict.fromkeys(held for item in answer.gap.open for held in item.by_verifying)
    status = _status(answer)
    found = {
        "person": "",
        "status": status,
        "reason": _reason(view, answer, status),
        "open_items": len(answer.outcomes),
        "shown": results["shown"],
        "unconfirmed": results["unconfirmed"],
        "yours_to_show": results["yours to show"],
        "work_only": results["work"],
        "still_open": tuple(view.criterion(o.item.requirement) for o in answer.outcomes if o.result != "shown"),
        "to_verify": tuple(view.name(id_) for id_ in verify),
        "bound": _bound(answer.pathway, answer.question.aim) if status == "within bound" and answer.pathway else None,
        "to_confirm": tuple(dict.fromkeys(each.words for each in answer.deciding)),
        "revision": view.index.revision,
    }
    plan = _plan(view, answer, answer.pathway) if answer.pathway and answer.pathway.steps else {}
    return BatchRowShape(**EMPTY | found | _roles(view, answer.gap.role, answer.gap.target) | plan)


def without_target(view: View, role: str, rungs: Sequence[str]) -> BatchRowShape:
    """The row of somebody whose ladder has no next rung, or several."""
    found = {
        "person": "",
        "status": "several next rungs" if rungs else "no next rung",
        "reason": says.rungs(view.name(role), [view.name(rung) for rung in rungs]),
        "revision": view.index.revision,
    }
    return BatchRowShape(**EMPTY | found | _roles(view, role, None))


def refused(revision: str, reason: str, person: str = "") -> BatchRowShape:
    """The row of somebody for whom nothing can be planned."""
    return BatchRowShape(**EMPTY | {"person": person, "status": "refused", "reason": reason, "revision": revision})


def summary(
    rows: Sequence[BatchRowShape],
    *,
    people: str,
    out: str,
    questions: int,
    planned_before: int,
    not_read: Sequence[str],
    today: date,
    revision: str,
    rubric: str,
) -> BatchShape:
    """What a run did."""
    tally = Counter(row.status for row in rows)
    return BatchShape(
        people=people,
        out=out,
        rows=len(rows),
        statuses={status: tally[status] for status in get_args(BatchStatus) if tally[status]},
        questions=questions,
        planned_before=planned_before,
        refused=tuple(row for row in rows if row.status == "refused"),
        not_read=tuple(not_read),
        today=today,
        revision=revision,
        rubric=rubric,
    )


def _status(answer: Answer) -> BatchStatus:
    if answer.pathway is None:
        return "limits leave no plan"
    if answer.status == "bounded":
        return "within bound"
    if answer.pathway.steps:
        return "proved best"
    return "cannot be closed" if answer.outcomes else "nothing open"


def _reason(view: View, answer: Answer, status: BatchStatus) -> str | None:
    match status:
        case "limits leave no plan":
            return infeasible(view, answer)
        case "nothing open" | "cannot be closed":
            limited = any(out.why in pathways.LIMITS for out in answer.framed.left_out)
            return says.no_steps(open_items=len(answer.outcomes), limited=limited)
        case _:
            return None


def _roles(view: View, role: str | None, target: str | None) -> dict[str, Any]:
    return {
        "role": view.name(role) if role else None,
        "role_id": role,
        "target": view.name(target) if target else None,
        "target_id": target,
    }


def _plan(view: View, answer: Answer, pathway: Pathway) -> dict[str, Any]:
    totals, ends = pathway.totals, [step.ends for step in pathway.steps]
    dated = [day for day in ends if day is not None]
    return {
        "steps": tuple(pathways.offers_name(view, answer.framed, step.offer.id) for step in pathway.steps),
        "step_ids": tuple(step.offer.id for step in pathway.steps),
        "currency": view.currency,
        "price_low": _amount(totals.money.low, view.currency),
        "price_high": _amount(totals.money.high, view.currency),
        "unknown_prices": totals.unknown_prices,
        "minutes_low": totals.minutes.low,
        "minutes_high": totals.minutes.high,
        "unknown_efforts": totals.unknown_efforts,
        "weeks": totals.weeks if totals.weeks_known else None,
        "finish": max(dated) if dated and len(dated) == len(ends) else None,
    }


def _amount(minor: int, currency: str) -> Decimal:
    return Decimal(minor).scaleb(-exponent(currency))


def _bound(pathway: Pathway, aim: Aim) -> str:
    """The first thing in which a better plan could differ, and how far."""
    if not pathway.value:
        return says.none_found()
    for name, worth, bound in zip(pathways.measures_of(aim), pathway.value, pathway.bound, strict=False):
        if worth != bound:
            return says.bound(name, worth, bound)
    return says.only_ties()
