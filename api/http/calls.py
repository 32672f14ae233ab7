"""The JSON under `/api/v1`: each call is the command of the same name, byte for byte what its `--json` prints.

Only `sources` tells less: the kind of the store and not where it is.

An answer is computed in a worker thread, a few at a time, since finding a plan keeps a core busy.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from threading import BoundedSemaphore
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from api.asking.answering import answer_gap, answer_next
from api.asking.covering import cover
from api.asking.picking import unattended
from api.asking.reading import Asked, read_currency, today_of
from api.http import lists
from api.http import parameters as p
from api.http.caching import HEADERS, is_known, tag
from api.http.paging import PER_PAGE, links
from api.knowledge import Snapshot
from api.present import changes
from api.present.entries import entry, find, find_thing
from api.present.view import View
from api.problems import MEDIA_TYPE
from api.shapes.answer import NextShape
from api.shapes.basics import Shape
from api.shapes.coverage import CoverageShape
from api.shapes.entries import EntryShape, FindShape
from api.shapes.gap import GapShape
from api.shapes.housekeeping import SourcesShape
from api.shapes.schemas import to_json
from ontology.errors import BadValue, UnknownId
from ontology.records import Competency, Credential, Provider, Role, kind_of

_THINKING = BoundedSemaphore(max(2, os.cpu_count() or 1))
"""How many plans are searched for at a time; more would only make each other slower."""

_PROBLEM = {"content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}}
RESPONSES: dict[int | str, dict[str, Any]] = {
    304: {"description": "The answer is the one that the client has (its tag was sent in If-None-Match)."},
    404: {"description": "A name or id that nothing has; names come with candidates.", **_PROBLEM},
    422: {"description": "A parameter that cannot be used, or a name that several things have.", **_PROBLEM},
    503: {"description": "Nothing is loaded yet, or the store is in use.", **_PROBLEM},
}

router = APIRouter(prefix="/api/v1", responses=RESPONSES)


@contextmanager
def thinking() -> Iterator[None]:
    """Holds back a search while enough others run; and whoever searches asks nobody at a terminal."""
    with _THINKING, unattended():
        yield


def in_force(request: Request) -> Snapshot:
    """What this request is answered from, all through, whatever is loaded meanwhile. Raises `EmptyCatalogue`."""
    known: Snapshot = request.app.state.revisions.snapshot()
    _ = known.catalogue
    return known


def _asked(question: p.GapQuestion) -> Asked:
    """What is asked. Raises `BadValue` in words of HTTP where it names no role."""
    asked = question.asked()
    if not asked.role and not asked.to:
        raise BadValue(
            "say in the parameter role which role one has (?role=Senior+product+manager), or in to which one wants"
        )
    return asked


def _answer(request: Request, today: str | None, make: Callable[[Snapshot], Shape]) -> Response:
    """The JSON of a shape with its tag; or only the tag, where the client has that answer."""
    known = in_force(request)
    etag = tag(known, today_of(today), request.url.path, request.url.query)
    headers = {**HEADERS, "ETag": etag}
    if is_known(request.headers, etag):
        return Response(status_code=304, headers=headers)
    with thinking():
        shape = make(known)
    return Response(to_json(shape), media_type="application/json", headers=headers)


@router.get("/next", operation_id="next", response_model=NextShape)
def ask_next(request: Request, question: Annotated[p.NextQuestion, Query()]) -> Response:
    """The gap between two roles and the best plan that closes it; without a target, the roles near."""
    asked = _asked(question)
    return _answer(request, asked.today, lambda known: answer_next(known, asked))


@router.get("/gap", operation_id="gap", response_model=GapShape)
def ask_gap(request: Request, question: Annotated[p.GapQuestion, Query()]) -> Response:
    """What is open between somebody and a role, criterion by criterion."""
    asked = _asked(question)
    return _answer(request, asked.today, lambda known: answer_gap(known, asked))


@router.get("/coverage", operation_id="coverage", response_model=CoverageShape)
def ask_coverage(request: Request, ladder: p.Ladder, currency: p.CurrencyCode = "", today: p.Today = None) -> Response:
    """How the competencies of a ladder are covered: by whom, how surely, at what price, or nowhere."""
    day = _day(today)
    return _answer(request, day, lambda known: cover(known, ladder, currency=currency or None, today=day))


@router.get("/find", operation_id="find", response_model=FindShape)
def ask_find(request: Request, words: p.Sought, limit: p.Limit = 8) -> Response:
    """What words may mean: roles, credentials, competencies and providers, best first."""
    return _answer(request, None, lambda known: find(words, known.names.candidates(words, limit=limit)))


@router.get("/sources", operation_id="sources", response_model=SourcesShape)
def ask_sources(request: Request) -> Response:
    """The sources that were loaded, who speaks in each, and how to attribute them."""

    def make(known: Snapshot) -> Shape:
        kind = known.settings.store.partition(":")[0]
        return changes.sources(kind, known.sources, known.revision)

    return _answer(request, None, make)


def thing_shape(
    known: Snapshot, kind: type[Role | Credential | Competency | Provider], id_: str, currency: str, today: date | None
) -> EntryShape:
    """All that is said of one thing of a kind. Raises `UnknownId`."""
    day = today or today_of(None)
    view = View(known.index, known.rubric, day, read_currency(currency or known.settings.currency))
    if not isinstance(find_thing(view, id_), kind):
        raise UnknownId(kind_of(kind), id_)
    return entry(view, id_)


def _listed(request: Request, page: int, per_page: int, make: Callable[[Snapshot], lists.Page[Any]]) -> Response:
    total = 0

    def counted(known: Snapshot) -> Shape:
        nonlocal total
        shape = make(known)
        total = shape.total
        return shape

    response = _answer(request, None, counted)
    if response.status_code == 200:
        response.headers["Link"] = links(request.url, page, per_page, total)
    return response


@router.get("/roles", operation_id="roles", response_model=lists.Page[lists.RoleListed])
def list_roles(request: Request, page: p.PageNumber = 1, per_page: p.PerPage = PER_PAGE) -> Response:
    """All roles, a page at a time."""
    return _listed(request, page, per_page, lambda now: lists.list_page(now.index, Role, lists.role, page, per_page))


@router.get("/credentials", operation_id="credentials", response_model=lists.Page[lists.CredentialListed])
def list_credentials(request: Request, page: p.PageNumber = 1, per_page: p.PerPage = PER_PAGE) -> Response:
    """All credentials, a page at a time."""
    return _listed(
        request,
        page,
        per_page,
        lambda now: lists.list_page(now.index, Credential, lists.credential, page, per_page),
    )


@router.get("/competencies", operation_id="competencies", response_model=lists.Page[lists.CompetencyListed])
def list_competencies(request: Request, page: p.PageNumber = 1, per_page: p.PerPage = PER_PAGE) -> Response:
    """All competencies, a page at a time."""
    return _listed(
        request,
        page,
        per_page,
        lambda now: lists.list_page(now.index, Competency, lists.competency, page, per_page),
    )


@router.get("/providers", operation_id="providers", response_model=lists.Page[lists.ProviderListed])
def list_providers(request: Request, page: p.PageNumber = 1, per_page: p.PerPage = PER_PAGE) -> Response:
    """All providers, a page at a time."""
    return _listed(
        request, page, per_page, lambda now: lists.list_page(now.index, Provider, lists.provider, page, per_page)
    )


@router.get("/roles/{id:path}", operation_id="role", response_model=EntryShape)
def show_role(request: Request, id: p.Id, currency: p.CurrencyCode = "", today: p.Today = None) -> Response:  # noqa: A002
    """One role: what it asks for, and who says so."""
    return _answer(request, _day(today), lambda known: thing_shape(known, Role, id, currency, today))


@router.get("/credentials/{id:path}", operation_id="credential", response_model=EntryShape)
def show_credential(request: Request, id: p.Id, currency: p.CurrencyCode = "", today: p.Today = None) -> Response:  # noqa: A002
    """One credential: price, effort, proof, conditions, what it leads to, and where sources disagree."""
    return _answer(request, _day(today), lambda known: thing_shape(known, Credential, id, currency, today))


@router.get("/competencies/{id:path}", operation_id="competency", response_model=EntryShape)
def show_competency(request: Request, id: p.Id, currency: p.CurrencyCode = "", today: p.Today = None) -> Response:  # noqa: A002
    """One competency: its levels, and which credentials speak to it."""
    return _answer(request, _day(today), lambda known: thing_shape(known, Competency, id, currency, today))


@router.get("/providers/{id:path}", operation_id="provider", response_model=EntryShape)
def show_provider(request: Request, id: p.Id, currency: p.CurrencyCode = "", today: p.Today = None) -> Response:  # noqa: A002
    """One provider, and what it offers."""
    return _answer(request, _day(today), lambda known: thing_shape(known, Provider, id, currency, today))


def _day(today: date | None) -> str | None:
    return today.isoformat() if today else None
