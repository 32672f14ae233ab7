"""The page "What next?": a question as a form, and its answer beside it.

The form is an ordinary GET form; the script only asks for the same answer sooner (`/plan` is the answer alone). So
every address can be kept, sent and printed, and nothing needs a script.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from api.asking.answering import answer_next
from api.http.calls import in_force, thinking
from api.http.pages.asked_again import offers_for, word_for
from api.http.pages.form import AIMS, CURRENCIES, Form, read_form
from api.http.pages.templating import address, render
from api.http.pages.timeline import draw_timeline
from api.knowledge import Snapshot
from api.problems import kind_of_error, told
from api.sentences.words import count
from api.shapes.answer import AnswerShape, DecidingShape, NextShape
from api.shapes.basics import Named
from graph.index import Index
from ontology.errors import CredpathError
from ontology.records import Credential, NextRole, Provider, Role

_SAMPLES = 3
_MOST_OFFERED = 2000
"""So many names can be offered in a list while typing; more would make the page heavy, and `find` knows them all."""

_PREFERRED = ("Senior product manager", "Delivery manager", "Data analyst")

router = APIRouter()


@router.get("/", response_class=HTMLResponse)
def show_page(request: Request) -> HTMLResponse:
    """The form, and the answer where something was asked."""
    known = in_force(request)
    form = _form(request, known)
    status, values = _answered(request, known, form)
    index = known.index
    codes = CURRENCIES if form.currency in CURRENCIES else (*CURRENCIES, form.currency)
    return HTMLResponse(
        render(
            "next.html",
            here="next",
            asked=form,
            aims=AIMS,
            currencies=codes,
            role_names=_names_of(index, Role),
            credential_names=_names_of(index, Credential),
            provider_names=_names_of(index, Provider),
            **values,
        ),
        status,
    )


@router.get("/plan", response_class=HTMLResponse)
def show_plan(request: Request) -> HTMLResponse:
    """The answer alone, to be put in the place of an earlier one."""
    known = in_force(request)
    status, values = _answered(request, known, _form(request, known))
    return HTMLResponse(render("result.html", **values), status)


def _form(request: Request, known: Snapshot) -> Form:
    settings = known.settings
    return read_form(request.query_params, currency=settings.currency, hours=settings.hours_per_week)


def _answered(request: Request, known: Snapshot, form: Form) -> tuple[int, dict[str, Any]]:
    """The status and what the result is filled with."""
    index, names = known.index, known.names
    values: dict[str, Any] = {"problem": None, "result": None, "revision": index.revision, "samples": ()}
    if form.is_empty:
        return 200, {**values, "samples": _samples(index)}
    pairs = [(name, value) for name, value in request.query_params.multi_items() if name != "to"]
    try:
        with thinking():
            result = answer_next(known, form.asked())
    except CredpathError as error:
        kind = kind_of_error(error)
        if kind.status >= 500:
            raise
        offers = offers_for(error, "/", request.query_params.multi_items())
        return kind.status, {**values, "problem": {"title": kind.title, "detail": told(error), "offers": offers}}

    def with_target(role: Named) -> str:
        return address("/", [*pairs, ("to", word_for(names, role, Role))])

    def with_fact(fact: DecidingShape) -> str:
        return address("/", [*request.query_params.multi_items(), ("fact", f"{fact.words}=yes")])

    answer = result.answer
    pathway = answer.pathway if answer else None
    return 200, {
        **values,
        "result": result,
        "headline": headline(answer) if answer else "",
        "summary": summary(result),
        "timeline": draw_timeline(pathway, result.question.deadline) if pathway else "",
        "with_target": with_target,
        "with_fact": with_fact,
    }


def headline(answer: AnswerShape) -> str:
    """What a plan comes to, in a few words."""
    still = len(answer.gap.open)
    if not still:
        return "Nothing is open: every criterion is met"
    if answer.pathway is None:
        return "No plan keeps these limits"
    pathway = answer.pathway
    if not pathway.steps:
        return f"No credential closes any of the {count(still, 'open criterion', 'open criteria')}"
    steps = count(len(pathway.steps), "step")
    verb = "shows" if len(pathway.steps) == 1 else "show"
    if pathway.shown or not pathway.unconfirmed:
        more = f", and may show {len(pathway.unconfirmed)} more" if pathway.unconfirmed else ""
        return f"{steps} {verb} {len(pathway.shown)} of {still} open criteria{more}"
    return f"{steps} may show {len(pathway.unconfirmed)} of {still} open criteria; none surely"


def summary(result: NextShape) -> str:
    """The sentence that a screen reader hears when the answer changes."""
    if result.answer is None:
        return f"{count(len(result.prospects or ()), 'role')} near yours."
    totals = result.answer.pathway.totals.says if result.answer.pathway else ()
    return ". ".join(part.rstrip(".") for part in (headline(result.answer), *totals)) + "."


@lru_cache(maxsize=3)
def _names_of(index: Index, kind: type[Role | Credential | Provider]) -> Sequence[str]:
    ids = index.ids(kind)
    if len(ids) > _MOST_OFFERED:
        return ()
    return sorted({index.record(kind, id_).name for id_ in ids}, key=str.casefold)


def _samples(index: Index) -> list[dict[str, str]]:
    """A few questions that this catalogue can answer."""
    steps = [index.record(NextRole, id_) for id_ in index.ids(NextRole)[:2000]]
    named = [
        (index.record(Role, step.from_role).name, index.record(Role, step.to_role).name)
        for step in steps
        if step.kind == "ladder step" and index.find(Role, step.from_role) and index.find(Role, step.to_role)
    ]
    best = [pair for wanted in _PREFERRED for pair in named if pair[0] == wanted]
    chosen = list(dict.fromkeys([*best, *named]))[:_SAMPLES]
    return [
        {"words": f"{one} to {other}", "address": address("/", [("role", one), ("to", other)])} for one, other in chosen
    ]
