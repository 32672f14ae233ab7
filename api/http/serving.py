"""The process that answers over HTTP. Its log has paths without queries, since questions are personal."""

import logging

import uvicorn

from api.http.app import build_app
from api.service import open_service
from api.settings import Settings

log = logging.getLogger("credpath")


def serve(settings: Settings, *, host: str, port: int) -> None:
    """Answer until the process is stopped; the store is let go of then."""
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    with open_service(settings) as service:
        _ = service.catalogue
        app = build_app(service)
        log.info("the page is at http://%s:%s/ and the API at http://%s:%s/docs", host, port, host, port)
        uvicorn.run(app, host=host, port=port, access_log=False, server_header=False, log_level="warning")
