"""The other pages: how a ladder is covered, everything known about one thing, what the API answers, what went wrong."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from api.asking.covering import cover
from api.http.calls import in_force, thing_shape, thinking
from api.http.pages.asked_again import offers_for, word_for
from api.http.pages.templating import address, render
from api.http.parameters import LONGEST
from api.problems import KINDS, kind_of_error, told
from api.shapes.basics import Named
from api.shapes.coverage import CellShape, CoverageShape
from api.shapes.entries import EntryShape
from graph.index import Index
from ontology.errors import CredpathError
from ontology.records import Competency, Credential, Provider, Role

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Row:
    """A competency across the roles of a ladder: for each role, the cells it has there."""

    competency: Named
    cells: tuple[tuple[CellShape, ...], ...]


@router.get("/coverage", response_class=HTMLResponse)
def show_coverage(request: Request) -> HTMLResponse:
    """Role by competency."""
    known = in_force(request)
    ladder = request.query_params.get("ladder", "").strip()[:LONGEST]
    values: dict[str, Any] = {"coverage": None, "problem": None, "rows": ()}
    status = 200
    if ladder:
        try:
            with thinking():
                shape = cover(known, ladder, currency=None, today=None)
            values |= {"coverage": shape, "rows": rows_of(shape)}
        except CredpathError as error:
            kind = kind_of_error(error)
            if kind.status >= 500:
                raise
            offers = offers_for(error, "/coverage", [("ladder", ladder)])
            status, values["problem"] = kind.status, {"title": kind.title, "detail": told(error), "offers": offers}
    page = render(
        "coverage.html",
        here="coverage",
        revision=known.index.revision,
        ladder=ladder,
        ladders=_ladders(known.index),
        coverage_of=lambda name: address("/coverage", [("ladder", name)]),
        **values,
    )
    return HTMLResponse(page, status)


@router.get("/credential/{id:path}", response_class=HTMLResponse)
def show_credential(request: Request, id: str) -> HTMLResponse:  # noqa: A002
    """Everything known about one credential."""
    return _entry_page(request, Credential, id)


@router.get("/role/{id:path}", response_class=HTMLResponse)
def show_role(request: Request, id: str) -> HTMLResponse:  # noqa: A002
    """Everything known about one role."""
    return _entry_page(request, Role, id)


@router.get("/competency/{id:path}", response_class=HTMLResponse)
def show_competency(request: Request, id: str) -> HTMLResponse:  # noqa: A002
    """Everything known about one competency."""
    return _entry_page(request, Competency, id)


@router.get("/provider/{id:path}", response_class=HTMLResponse)
def show_provider(request: Request, id: str) -> HTMLResponse:  # noqa: A002
    """Everything known about one provider."""
    return _entry_page(request, Provider, id)


@router.get("/docs", response_class=HTMLResponse)
def show_docs(request: Request) -> HTMLResponse:
    """What the API answers."""
    openapi = request.app.openapi()
    return HTMLResponse(
        render("docs.html", here="docs", revision=None, openapi=openapi, calls=calls_of(openapi), kinds=KINDS)
    )


def problem_page(document: dict[str, Any], headers: dict[str, str] | None = None) -> HTMLResponse:
    """A problem as a page."""
    return HTMLResponse(
        render("problem.html", here="", revision=None, problem={**document, "offers": ()}), document["status"], headers
    )


def rows_of(coverage: CoverageShape) -> tuple[Row, ...]:
    """The cells by competency, by name and then id, in the order of the roles."""
    cells: defaultdict[tuple[str, str], list[CellShape]] = defaultdict(list)
    for cell in coverage.cells:
        cells[cell.competency.id, cell.role.id].append(cell)
    competencies = sorted({(cell.competency.name, cell.competency.id) for cell in coverage.cells})
    return tuple(
        Row(Named(id=id_, name=name), tuple(tuple(cells[id_, rung.role.id]) for rung in coverage.roles))
        for name, id_ in competencies
    )


def calls_of(openapi: dict[str, Any]) -> list[dict[str, Any]]:
    """The calls of an OpenAPI description, with an example address where no id is needed."""
    return [
        {
            "id": call["operationId"],
            "path": path,
            "summary": call.get("description") or call["summary"],
            "parameters": call.get("parameters", []),
            "example": _example(path, call.get("parameters", [])),
        }
        for path, methods in openapi["paths"].items()
        for call in methods.values()
    ]


_SHOWN = ("role", "to", "ladder", "words")


def _example(path: str, parameters: list[dict[str, Any]]) -> str | None:
    if "{" in path:
        return None
    examples = [
        (p["name"], p["schema"].get("examples") or p.get("examples")) for p in parameters if p["name"] in _SHOWN
    ]
    return address(path, [(name, str(found[0])) for name, found in examples if found])


def _entry_page(request: Request, kind: type[Role | Credential | Competency | Provider], id_: str) -> HTMLResponse:
    known = in_force(request)
    entry = thing_shape(known, kind, id_[:LONGEST], "", None)

    def ask_about(thing: EntryShape) -> str:
        word = word_for(known.names, Named(id=thing.id, name=thing.name), Role)
        return address("/", [("role", word)])

    index = known.index
    credential = index.find(Credential, entry.id)
    provider = index.find(Provider, credential.provider) if credential and credential.provider else None
    page = render("entry.html", here="", revision=index.revision, entry=entry, ask_about=ask_about, provider=provider)
    return HTMLResponse(page)


def _ladders(index: Index) -> list[str]:
    """What can be covered: ladders, and the families of roles that stand on none."""
    families = {index.record(Role, id_).family for id_ in index.ids(Role)}
    return sorted(
        {ladder.name for ladder in index.ladders()} | {family for family in families if family}, key=str.casefold
    )
