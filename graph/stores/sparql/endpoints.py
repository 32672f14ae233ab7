"""Which service of a server stands where: products differ in nothing else, so this is all that a user may have to say.

Fuseki's layout is the default: `URL/query`, `URL/update`, `URL/data`. The parameters `query`, `update` and `data` of
the URL name other services, by a path on the same host or by a whole address.
"""

import ipaddress
from dataclasses import dataclass
from urllib.parse import parse_qsl, urljoin, urlsplit, urlunsplit

from graph.address import Address
from ontology.errors import BadSetting

SERVICES = ("query", "update", "data")


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoints:
    """The addresses of the three services. None of them holds a user or a password."""

    query: str
    update: str
    data: str

    @property
    def is_encrypted(self) -> bool:
        """Whether any of them is spoken to over TLS."""
        return any(urlsplit(url).scheme == "https" for url in (self.query, self.update, self.data))

    @property
    def is_here(self) -> bool:
        """Whether all of them are on this machine, where nothing is gained by compressing and no proxy is asked."""
        return all(_is_loopback(urlsplit(url).hostname or "") for url in (self.query, self.update, self.data))


def endpoints_of(address: Address) -> Endpoints:
    """The services of a `sparql+http:` or `sparql+https:` address.

    Raises `BadSetting` for an address without a host, a parameter of another name or a service that is no HTTP address.

    >>> from graph.address import read_address
    >>> endpoints_of(read_address("sparql+http://localhost:3030/ds")).update
    'http://localhost:3030/ds/update'
    >>> graphdb = "sparql+https://example.org?query=/repositories/r&update=/repositories/r/statements&data=/rdf-graphs"
    >>> endpoints_of(read_address(graphdb)).query
    'https://example.org/repositories/r'
    """
    parts = address.parts
    base = urlunsplit((parts.scheme.removeprefix("sparql+"), parts.netloc, parts.path.rstrip("/"), "", ""))
    if not parts.hostname:
        raise BadSetting("store", "an address of a SPARQL server names a host, such as sparql+https://example.org/ds")
    named = dict(parse_qsl(parts.query, keep_blank_values=True))
    unknown = sorted(set(named) - set(SERVICES))
    if unknown:
        raise BadSetting("store", f"the parameter {unknown[0]!r} is none of query, update and data")
    return Endpoints(**{name: _service(base, name, named.get(name)) for name in SERVICES})


def _service(base: str, name: str, named: str | None) -> str:
    if named is None:
        return f"{base}/{name}"
    parts = urlsplit(urljoin(f"{base}/", named))
    if parts.scheme not in ("http", "https") or not parts.hostname or "@" in parts.netloc or not named:
        raise BadSetting(
            "store", f"the parameter {name!r} must be a path or an http address, without a user or a password in it"
        )
    return urlunsplit(parts)


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
