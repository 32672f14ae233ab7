"""What every response carries, and what none may: security headers on all, no text of an unexpected error on any.

Nothing personal is logged: a question stands in the query (who holds what, which budget), so a log line has the path
without it, and an unexpected error is logged by its type and place, never by its words.
"""

import logging
import time
import traceback
from collections.abc import Callable
from urllib.parse import quote

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}

log = logging.getLogger("credpath.http")


class Guard:
    """Stands around the application. `excuse` answers after an unexpected error; `debug` logs it with its words."""

    def __init__(self, app: ASGIApp, *, excuse: Callable[[Request], Response], debug: bool = False) -> None:
        self._app = app
        self._excuse = excuse
        self._debug = debug

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and its response back with the headers."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began = time.monotonic()
        status = 0

        async def send_guarded(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        try:
            await self._app(scope, receive, send_guarded)
        except Exception as error:
            kind, place = type(error).__name__, _place(error)
            log.error("%s at %s", kind, place, exc_info=error if self._debug else None)  # noqa: TRY400 — not its words
            if status == 0:
                await self._excuse(Request(scope))(scope, receive, send_guarded)
        path = quote(scope["path"])  # as it was sent, so that nobody writes a line of their own into the log
        log.info("%s %s %s %.0f ms", scope["method"], path, status, 1000 * (time.monotonic() - began))


def _place(error: Exception) -> str:
    frames = traceback.extract_tb(error.__traceback__)[-3:]
    return " < ".join(f"{frame.filename}:{frame.lineno}" for frame in reversed(frames))
