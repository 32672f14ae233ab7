"""The process that answers over HTTP. Its log has paths without queries, since questions are personal."""

import logging
import socket
from contextlib import suppress

import uvicorn

from api.http.app import build_app
from api.service import open_service
from api.settings import Settings
from ontology.errors import BadValue

log = logging.getLogger("credpath")


def serve(settings: Settings, *, host: str, port: int) -> None:
    """Answer until the process is stopped; the store is let go of then. Raises `BadValue` where nobody can listen."""
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    with open_service(settings) as service:
        _ = service.catalogue
        app = build_app(service)
        with _listen(host, port) as listening:
            site = f"http://{f'[{host}]' if ':' in host else host}:{listening.getsockname()[1]}"
            log.info("the page is at %s/ and the API at %s/docs", site, site)
            config = uvicorn.Config(
                app, host=host, port=port, access_log=False, server_header=False, log_level="warning"
            )
            with suppress(KeyboardInterrupt):
                uvicorn.Server(config).run(sockets=[listening])


def _listen(host: str, port: int) -> socket.socket:
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        raise BadValue(
            f"nobody can listen at {host}, port {port}: {error.strerror or error}; give another --port or --host"
        ) from error
