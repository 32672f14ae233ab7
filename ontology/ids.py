"""How things are named: ids are IRIs, compact inside, minted from the natural key.

Inside, `id/<source>/<kind>/<slug>` stands for `https://w3id.org/credpath/id/<source>/<kind>/<slug>`; an id that another
publisher minted is kept as the full IRI it is.
"""

import re
import unicodedata

from ontology.errors import BadValue

BASE = "https://w3id.org/credpath/"
TERMS = BASE + "terms/"


def slug(words: str) -> str:
    """Lower-case ASCII words joined by hyphens.

    >>> slug("Lead developer - management")
    'lead-developer-management'
    >>> slug("Café & Crème")
    'cafe-creme'
    >>> slug("C++"), slug("C#"), slug("C")
    ('c-plus-plus', 'c-sharp', 'c')
    """
    spelled = words.replace("+", " plus ").replace("#", " sharp ")
    plain = unicodedata.normalize("NFKD", spelled).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")


def mint(source: str, kind: str, *natural_key: str) -> str:
    """The id of the thing that `source` knows by this natural key.

    >>> mint("starter", "credential", "scrum-org/psm-1")
    'id/starter/credential/scrum-org-psm-1'

    Raises `BadValue` where the key has no letter or digit to make a name of.
    """
    name = "--".join(slug(part) for part in natural_key)
    if not name.strip("-"):
        raise BadValue(f"no id can be made for a {kind} from {natural_key!r}; it needs a letter or a digit")
    return f"id/{slug(source)}/{kind}/{name}"


def local_name(id_: str) -> str:
    """The last part of an id, which names the thing among those of its kind and source.

    >>> local_name("id/uk-digital/level/practitioner")
    'practitioner'
    """
    return id_.rsplit("/", 1)[-1]


def expand(id_: str) -> str:
    """The full IRI of a compact id."""
    return BASE + id_ if id_.startswith("id/") else id_


def compact(iri: str) -> str:
    """The inverse of `expand`.

    >>> compact(expand("id/starter/role/lead-product-manager"))
    'id/starter/role/lead-product-manager'
    """
    return iri[len(BASE) :] if iri.startswith(BASE + "id/") else iri
