"""Asks an application over HTTP inside the process, with no socket."""

import asyncio
from collections.abc import Mapping
from typing import Any

import httpx
from fastapi import FastAPI

from api.http.app import build_app
from api.service import Service

DAY = "2026-11-24"


class Client:
    """A client of one application."""

    def __init__(self, app: FastAPI) -> None:
        self._app = app

    def get(self, path: str, headers: Mapping[str, str] | None = None, **query: Any) -> httpx.Response:
        """The response to a GET; `query` is what is asked, as parameters."""
        return asyncio.run(self._ask("GET", path, headers, query))

    def send(self, method: str, path: str) -> httpx.Response:
        """The response to another method."""
        return asyncio.run(self._ask(method, path, None, {}))

    async def _ask(
        self, method: str, path: str, headers: Mapping[str, str] | None, query: Mapping[str, Any]
    ) -> httpx.Response:
        transport = httpx.ASGITransport(app=self._app)
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            return await client.request(method, path, params=dict(query) if query else None, headers=headers)


def client_of(service: Service) -> Client:
    """A client of the application over a service."""
    return Client(build_app(service))
