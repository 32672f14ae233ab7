"""A long list a page at a time, with the addresses of its neighbours in the `Link` header (RFC 8288)."""

from collections.abc import Sequence
from typing import TypeVar

from starlette.datastructures import URL

T = TypeVar("T")

PER_PAGE = 100
MOST_PER_PAGE = 500


def page_of(things: Sequence[T], page: int, per_page: int) -> Sequence[T]:
    """The things of a page; pages count from 1, and one beyond the last is empty."""
    return things[(page - 1) * per_page : page * per_page]


def links(url: URL, page: int, per_page: int, total: int) -> str:
    """The `Link` header: the first, previous, next and last page, where there are such. Addresses are relative."""
    last = max(1, -(-total // per_page))
    wanted = {"first": 1, "last": last}
    if page > 1:
        wanted["prev"] = min(page - 1, last)
    if page < last:
        wanted["next"] = page + 1
    return ", ".join(f'<{_address(url, number)}>; rel="{rel}"' for rel, number in sorted(wanted.items()))


def _address(url: URL, page: int) -> str:
    target = url.include_query_params(page=page)
    return f"{target.path}?{target.query}"
