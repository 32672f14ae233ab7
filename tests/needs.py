"""What a test needs and a machine may not have. Without it the test is skipped and says so by name.

With CREDPATH_REQUIRE_ALL=1 in the environment, what is absent is a failure. A server is one that the environment names,
or else one of this session's own: started when the first test asks, and gone with the session, however that ends.
"""

import os
import shutil
from functools import cache
from typing import NoReturn

import pytest

from servers.fuseki_server import FusekiServer
from servers.kind import Kind
from servers.neo4j_server import Neo4jServer
from servers.private import start_private
from servers.problems import FetchFailed, MissingTool, ServerProblem
from servers.running import Server

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
NEO4J, FUSEKI = Neo4jServer(brief=True), FusekiServer(brief=True)


def browser() -> str:
    """The path of a Chromium: the one that CREDPATH_BROWSER names, or one on the path."""
    named = os.environ.get("CREDPATH_BROWSER")
    found = named or next((path for name in BROWSERS if (path := shutil.which(name))), None)
    return found or missing("no Chromium is installed (tests/install_browser says how), so the page was not tested")


def neo4j() -> str:
    """The URL of a Neo4j server that tests may empty: the one that CREDPATH_NEO4J_URL names, or this session's own."""
    return _named(NEO4J) or _or_missing(_of_this_session(NEO4J)).url


def sparql() -> str:
    """The URL of a SPARQL server that tests may empty: the one of CREDPATH_SPARQL_URL, or this session's own Fuseki."""
    return _named(FUSEKI) or _or_missing(_of_this_session(FUSEKI)).url


def own_server(kind: Kind) -> Server:
    """A server for one test, which may stop, kill and fill it, and ends it with `remove`."""
    return _or_missing(_started(kind))


def missing(message: str) -> NoReturn:
    """End a test whose need is not met."""
    if os.environ.get("CREDPATH_REQUIRE_ALL") == "1":
        pytest.fail(message)
    pytest.skip(message)


def _named(kind: Kind) -> str | None:
    """The URL that the environment names: one server, so one worker uses it."""
    url = os.environ.get(kind.variable)
    if url and int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1")) > 1:
        pytest.fail(f"{kind.variable} names one server, and several workers would empty it for each other: use -n 1")
    return url


@cache
def _of_this_session(kind: Kind) -> Server | ServerProblem:
    return _started(kind)


def _started(kind: Kind) -> Server | ServerProblem:
    try:
        return start_private(kind)
    except ServerProblem as problem:
        return problem


def _or_missing(found: Server | ServerProblem) -> Server:
    """What a machine lacks is missing; a server that does not start, or strange jars, are always a failure."""
    if isinstance(found, MissingTool | FetchFailed):
        missing(str(found))
    if isinstance(found, ServerProblem):
        pytest.fail(str(found))
    return found
