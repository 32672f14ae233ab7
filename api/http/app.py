"""How the HTTP edge is put together: calls, pages, files, errors, headers."""

from importlib.metadata import version
from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.openapi.utils import get_openapi
from fastapi.responses import JSONResponse
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware

from api.http import calls
from api.http.guard import Guard, log
from api.http.heads import Heads
from api.http.pages import reference, what_next
from api.knowledge import Revisions
from api.problems import (
    MEDIA_TYPE,
    UNEXPECTED,
    kind_of_error,
    problem,
    problem_of_error,
    problem_of_parameters,
    problem_of_status,
)
from ontology.errors import CredpathError

VERSION = version("credpath")
STATIC = Path(__file__).parent / "pages" / "static"

_NO_TELEMETRY: Any = dict.fromkeys(("tracing", "metrics", "logs", "operation_spans", "auto_configure"), False)
"""The framework's spans carry the whole query, in which a person's credentials and budget stand."""

_PROBLEM = {
    "title": "Problem",
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "description": "Address of the page that explains this kind of problem."},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "What happened and what to do, in a sentence."},
        "candidates": {"type": "array", "items": {"type": "string"}, "description": "Names that may be meant."},
        "errors": {"type": "array", "items": {"type": "object"}, "description": "Parameters that cannot be read."},
    },
}


def build_app(revisions: Revisions) -> FastAPI:
    """The application; each request takes one snapshot of what is known."""
    app = FastAPI(
        title="credpath",
        version=VERSION,
        description="Which credentials, in which order, close the gap between two roles, and can they be trusted?",
        docs_url=None,
        redoc_url=None,
        swagger_ui_oauth2_redirect_url=None,
        telemetry=_NO_TELEMETRY,
        redirect_slashes=False,
    )
    app.state.revisions = revisions
    app.include_router(calls.router)
    app.include_router(what_next.router, include_in_schema=False)
    app.include_router(reference.router, include_in_schema=False)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    app.get("/healthz", operation_id="healthz", response_model=dict[str, str])(_healthy)
    app.exception_handler(CredpathError)(_refuse)
    app.exception_handler(RequestValidationError)(_refuse_parameters)
    app.exception_handler(HTTPException)(_refuse_status)
    app.add_middleware(GZipMiddleware, minimum_size=1024)
    app.add_middleware(Heads)
    app.add_middleware(Guard, excuse=_excuse, debug=revisions.settings.debug)
    app.openapi = lambda: _describe(app)  # type: ignore[method-assign]
    return app


async def _healthy(request: Request) -> dict[str, str]:
    """Whether this process takes requests, and from which revision of the catalogue.

    It is answered on the event loop, not by a thread: nobody is to end a process because all of its threads think.
    """
    revisions: Revisions = request.app.state.revisions
    return {"status": "ok", "version": VERSION, "revision": revisions.snapshot().revision}


def _excuse(request: Request) -> Response:
    return _respond(request, problem(UNEXPECTED, UNEXPECTED.instead or UNEXPECTED.title))


async def _refuse(request: Request, error: Exception) -> Response:
    assert isinstance(error, CredpathError)  # noqa: S101 — registered for this class only
    if kind_of_error(error).instead:
        log.error("%s", error)
    return _respond(request, problem_of_error(error))


async def _refuse_parameters(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101 — registered for this class only
    return _respond(request, problem_of_parameters(error.errors()))


async def _refuse_status(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 — registered for this class only
    return _respond(request, problem_of_status(error.status_code), dict(error.headers or {}))


def _respond(request: Request, document: dict[str, Any], headers: dict[str, str] | None = None) -> Response:
    """A problem as JSON, or as a page where a person looks at one."""
    if not request.url.path.startswith("/api/") and "text/html" in request.headers.get("accept", ""):
        return reference.problem_page(document, headers)
    return JSONResponse(document, document["status"], headers, MEDIA_TYPE)


def _describe(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI description, with problems in place of the framework's own errors."""
    if app.openapi_schema is None:
        made = get_openapi(title=app.title, version=app.version, description=app.description, routes=app.routes)
        schemas = made["components"]["schemas"]
        for name in ("HTTPValidationError", "ValidationError"):
            schemas.pop(name, None)
        schemas["Problem"] = _PROBLEM
        app.openapi_schema = made
    return app.openapi_schema
