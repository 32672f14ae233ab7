"""Ids become IRIs in every RDF store, so an id that is no IRI is refused when it comes in, by every backend alike.

Compact ids (`id/...`) expand under our base; ids that other publishers minted stay as they are. Everything else under
our base is the store's own: sources, their graphs, further statements about one id.
"""

import hashlib
import re
from functools import lru_cache
from urllib.parse import quote, unquote

from ontology.errors import UnusableId
from ontology.ids import BASE, expand

LONGEST = 2_000
"""Characters of an id: an index of Neo4j holds no value of more than 8 kB, which are 2,000 of the rarest characters."""

GRAPHS = f"{BASE}graph/"
"""What the IRI of every graph starts with that a store of ours made."""

_CHARACTER = (
    r"(?:[A-Za-z0-9\-._~:/?@!$&'()*+,;=\u00a0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef\U00010000-\U0001fffd]|%[0-9A-Fa-f]{2})"
)
_HOST = r"(?:[A-Za-z0-9\-._~\u00a0-\ud7ff]+(?::[0-9]+)?)"
_IRI = re.compile(
    rf"[A-Za-z][A-Za-z0-9+.\-]*:(?://{_HOST}(?:[/?]{_CHARACTER}*)?|(?!//){_CHARACTER}+)(?:#{_CHARACTER}*)?"
)
_COMPACT = re.compile(rf"id/{_CHARACTER}+")


def check_id(id_: str, what: str) -> None:
    """Raise `UnusableId` unless the id is a compact one or an IRI of another publisher.

    >>> check_id("id/starter/role/lead-product-manager", "role")
    >>> check_id("https://credentialengineregistry.org/resources/ce-1", "credential")
    >>> check_id("PSM I", "credential")
    Traceback (most recent call last):
    ...
    ontology.errors.UnusableId: the credential 'PSM I' has no usable id: it must start with id/ or be a full IRI \
such as https://example.org/x, without spaces
    """
    if id_.startswith(BASE):
        raise UnusableId(id_, what, f"write ids under {BASE} in their compact form, id/...")
    if len(id_) > LONGEST:
        raise UnusableId(f"{id_[:60]}...", what, f"it has {len(id_)} characters, and {LONGEST} are the most")
    if not is_id(id_):
        raise UnusableId(
            id_, what, "it must start with id/ or be a full IRI such as https://example.org/x, without spaces"
        )


@lru_cache(maxsize=65_536)
def is_id(id_: str) -> bool:
    """Whether `check_id` takes it. Remembers what it was asked last: many records link to few."""
    return len(id_) <= LONGEST and not id_.startswith(BASE) and bool(_COMPACT.fullmatch(id_) or _IRI.fullmatch(id_))


def source_iri(source_id: str) -> str:
    """The IRI of a source as a whole.

    >>> source_iri("my ladder")
    'https://w3id.org/credpath/source/my%20ladder'
    """
    return f"{BASE}source/{quote(source_id, safe='')}"


def source_of(iri: str) -> str:
    """The inverse of `source_iri`."""
    return unquote(iri.removeprefix(f"{BASE}source/"))


def graph_iri(source_id: str, digest: str) -> str:
    """The IRI of the named graph that holds one revision of a source."""
    return f"{GRAPHS}{quote(source_id, safe='')}/{digest}"


def statement_iri(kind: str, id_: str, source_id: str, place: str) -> str:
    """The IRI of a further statement that a source makes about one id: the same key gives the same IRI."""
    key = repr((kind, expand(id_), source_id, place)).encode()
    return f"{BASE}statement/{hashlib.sha256(key).hexdigest()[:32]}"
