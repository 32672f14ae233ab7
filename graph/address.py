"""Where a store is, as one URL; what is secret in it is never shown.

| URL | store |
|---|---|
| `memory:` | this process, forgotten at its end |
| `oxigraph:FOLDER` | RDF in a folder, one process at a time |
| `neo4j://HOST:PORT/DATABASE`, `neo4j+s:`, `neo4j+ssc:`, `bolt:`, `bolt+s:`, `bolt+ssc:` | a Neo4j server; `+s` is TLS, `+ssc` TLS with a certificate of one's own |
| `sparql+http://HOST:PORT/PATH`, `sparql+https:` | a SPARQL 1.1 server; the parameters `query`, `update`, `data` name its services |

User and password may stand before the host (percent-encoded), or come as `Access`; the URL's own win. A user without a
password (`neo4j://ann@HOST`) has that of `Access`.
"""  # noqa: E501 — a table row is one line

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit, urlunsplit

from ontology.errors import StoreFolderUnusable, UnknownStore

NEO4J = ("neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc")
SPARQL = ("sparql+http", "sparql+https")

_SCHEMES = ("memory", "oxigraph", *NEO4J, *SPARQL)
_FOLDER = re.compile(r"oxigraph:(?!//[^/])")
_SECRET = re.compile(r"([a-z0-9+.-]*:?//+|[a-z0-9+.-]+:|)(?:.*(?:@|%40))?", re.ASCII | re.IGNORECASE | re.DOTALL)

_NEO4J = "neo4j://HOST:7687 for Neo4j"
_MALFORMED = (
    "a port is a number up to 65535, and signs in a user or a password are percent-encoded (@ as %40, / as %2F, "
    ": as %3A, ? as %3F, # as %23), or given as CREDPATH_STORE_USER and CREDPATH_STORE_PASSWORD"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """How to be let in, where the URL does not say: user and password, and the file of the authority to trust."""

    user: str | None = None
    password: str | None = None
    authority: str | None = None

    def __repr__(self) -> str:
        return f"Access(user={self.user!r}, authority={self.authority!r})"


@dataclass(frozen=True, slots=True)
class Address:
    """A URL taken apart. `rest` is what follows the scheme: a folder, or `//host/...` without user and password."""

    scheme: str
    rest: str
    access: Access

    @property
    def url(self) -> str:
        """The URL without user and password: what may be shown and logged."""
        return f"{self.scheme}:{self.rest}"

    @property
    def parts(self) -> SplitResult:
        """The URL of a server taken apart further, without user and password."""
        return urlsplit(self.url)


def read_address(url: str, access: Access | None = None) -> Address:
    """Take the URL of a store apart. Raises `UnknownStore`, without its secret, and what `folder_of` raises.

    >>> read_address("neo4j://ann:pa%40ss@localhost:7687")
    Address(scheme='neo4j', rest='//localhost:7687', access=Access(user='ann', authority=None))
    """
    access = access or Access()
    scheme, colon, rest = url.partition(":")
    if not colon or scheme not in _SCHEMES:
        is_web = f"sparql+{scheme}" in SPARQL
        raise UnknownStore(shown(url), f"write sparql+{shown(url)} for a SPARQL server, {_NEO4J}" if is_web else None)
    if scheme == "oxigraph":
        folder_of(rest)
    if not rest.startswith("//"):
        return Address(scheme, rest, access)
    try:
        parts = urlsplit(url)
        user, password = parts.username, parts.password
        _ = parts.port
    except ValueError:
        raise UnknownStore(shown(url), _MALFORMED) from None
    if scheme in NEO4J and "@" in parts.path + parts.query + parts.fragment:  # a sign of a password cut it short
        raise UnknownStore(shown(url), _MALFORMED)
    if scheme == "oxigraph" and parts.netloc:  # a folder is on no host; its first part would be lost
        raise UnknownStore(shown(url))
    if user is not None:
        secret = unquote(password) if password is not None else access.password
        access = Access(user=unquote(user), password=secret, authority=access.authority)
    return Address(scheme, urlunsplit(("", parts.netloc.rpartition("@")[2], *parts[2:])), access)


def folder_of(rest: str) -> Path:
    """The folder that follows `oxigraph:`, with `~` resolved. Raises `StoreFolderUnusable` for what names none."""
    if "\0" in rest:
        raise StoreFolderUnusable(rest.replace("\0", "?"), "its name holds a character that no name may hold")
    try:
        return Path(rest).expanduser()
    except RuntimeError as error:
        raise StoreFolderUnusable(rest, "its ~ names a user who is not there, or has no home folder") from error


def shown(url: str) -> str:
    """A URL as it may be shown: without user and password, wherever in it they stand, and also if it is mistyped.

    >>> shown("neo4j://ann:secret@localhost:7687"), shown("oxigraph:./my@store"), shown("neo4j//ann:secret@localhost")
    ('neo4j://localhost:7687', 'oxigraph:./my@store', 'neo4j//localhost')
    """
    return url if _FOLDER.match(url) else _SECRET.sub(r"\1", url, count=1)
