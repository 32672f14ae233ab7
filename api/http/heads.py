"""HEAD is answered like GET, without the body: monitors and `curl -I` ask so, and every address here is one to read."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send


class Heads:
    """Stands around the application, which knows only GET."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; of the answer to a HEAD only status and headers, the length of the body among them."""
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self._app(scope, receive, send)
            return

        async def send_headers(message: Message) -> None:
            await send({**message, "body": b""} if message["type"] == "http.response.body" else message)

        await self._app({**scope, "method": "GET"}, receive, send_headers)
