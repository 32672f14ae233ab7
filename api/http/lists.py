"""What there is, a page at a time: roles, credentials, competencies, providers, by name."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, Generic, TypeVar

from api.http.paging import page_of
from api.shapes.basics import Named, Shape
from graph.index import Index
from ontology.records import Competency, Credential, Framework, Provider, Role
from ontology.values import ProviderKind


class RoleListed(Named):
    """A role, with its family and its ladder."""

    family: str | None
    ladder: Named | None


class CredentialListed(Named):
    """A credential, with its provider."""

    type: str | None
    """Local name of its CTDL class, such as Certification."""
    provider: Named | None


class CompetencyListed(Named):
    """A competency."""

    description: str | None


class ProviderListed(Named):
    """A provider, and how many credentials it offers here."""

    kind: ProviderKind
    credentials: int


Listed = TypeVar("Listed", bound=Named)
Thing = TypeVar("Thing", Role, Credential, Competency, Provider)


class Page(Shape, Generic[Listed]):
    """One page of a list. The `Link` header has the addresses of the others."""

    total: int
    page: int
    per_page: int
    items: tuple[Listed, ...]
    revision: str


def list_page(
    index: Index, kind: type[Thing], show: Callable[[Index, Thing], Listed], page: int, per_page: int
) -> Page[Listed]:
    """A page of all things of a kind, by name and then id."""
    key: Any = kind
    ids = _by_name(index, key)
    shown = tuple(show(index, index.record(kind, id_)) for id_ in page_of(ids, page, per_page))
    return Page(total=len(ids), page=page, per_page=per_page, items=shown, revision=index.revision)


@lru_cache(maxsize=4)
def _by_name(index: Index, kind: Any) -> Sequence[str]:
    names = {id_: index.record(kind, id_).name.casefold() for id_ in index.ids(kind)}
    return sorted(names, key=lambda id_: (names[id_], id_))


def role(index: Index, thing: Role) -> RoleListed:
    """A role as it is listed."""
    ladder = index.find(Framework, thing.ladder) if thing.ladder else None
    named = Named(id=ladder.id, name=ladder.name) if ladder else None
    return RoleListed(id=thing.id, name=thing.name, family=thing.family, ladder=named)


def credential(index: Index, thing: Credential) -> CredentialListed:
    """A credential as it is listed."""
    provider = index.find(Provider, thing.provider) if thing.provider else None
    named = Named(id=provider.id, name=provider.name) if provider else None
    return CredentialListed(id=thing.id, name=thing.name, type=thing.type, provider=named)


def competency(index: Index, thing: Competency) -> CompetencyListed:
    """A competency as it is listed."""
    del index
    return CompetencyListed(id=thing.id, name=thing.name, description=thing.description)


def provider(index: Index, thing: Provider) -> ProviderListed:
    """A provider as it is listed."""
    count = len(index.credentials_of(thing.id))
    return ProviderListed(id=thing.id, name=thing.name, kind=thing.kind, credentials=count)
