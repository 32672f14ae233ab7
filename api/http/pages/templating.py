"""How templates are filled: everything escaped, nothing undefined passed over, addresses made in one place."""

import re
from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined

from api.http.pages.bars import draw_levels, leading_option
from api.sentences.words import MONTHS, day
from ontology.values import Voice


@cache
def environment() -> Environment:
    """The templates with their filters."""
    made = Environment(
        loader=PackageLoader("api.http.pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(when=when, spaced=spaced, slug=slug, safe_page=is_safe_page, site=site, speaker=speaker)
    made.filters["sentence"] = sentence
    made.globals.update(link_to=link_to, levels=draw_levels, leading=leading_option)
    return made


def render(template: str, **values: Any) -> str:
    """A filled template."""
    return environment().get_template(template).render(**values)


def link_to(kind: str, id_: str) -> str:
    """The address of the page about a thing.

    >>> link_to("role", "id/uk-digital/role/senior-product-manager")
    '/role/id/uk-digital/role/senior-product-manager'
    """
    return f"/{kind}/{quote(id_, safe='/:')}"


def address(path: str, pairs: Sequence[tuple[str, str]]) -> str:
    """An address with what is asked; empty values are left out.

    >>> address("/", [("role", "Data analyst"), ("to", "")])
    '/?role=Data+analyst'
    """
    filled = [(name, value) for name, value in pairs if value]
    return f"{path}?{urlencode(filled)}" if filled else path


def when(value: date | str) -> str:
    """A day as a person reads it; a month or a year alone as it is known.

    >>> when("2025-03"), when("2024"), when("2025-03-09")
    ('Mar 2025', '2024', '9 Mar 2025')
    """
    if isinstance(value, date):
        return day(value)
    parts = value.split("-")
    if not all(part.isdigit() for part in parts) or len(parts) > 3:
        return value
    if len(parts) == 3:
        return f"{int(parts[2])} {MONTHS[int(parts[1]) - 1]} {parts[0]}"
    return f"{MONTHS[int(parts[1]) - 1]} {parts[0]}" if len(parts) == 2 else value


def spaced(name: str) -> str:
    """A joined name as words.

    >>> spaced("MasterDegree"), spaced("renewal_months")
    ('Master degree', 'Renewal months')
    """
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name.replace("_", " "))
    return words[:1].upper() + words[1:].lower() if not words.isupper() else words


def slug(name: str) -> str:
    """A word that a style sheet can name."""
    return re.sub(r"[^a-z]+", "-", name.lower()) if not name.startswith("band ") else name.replace("band ", "band-")


def sentence(words: str) -> str:
    """A clause as a sentence.

    >>> sentence("shows it: solid proof")
    'Shows it: solid proof.'
    """
    return words[:1].upper() + words[1:] + ("" if words.endswith((".", "?", "!")) else ".")


def site(page: str) -> str:
    """Whose page it is, as one reads it in an address.

    >>> site("https://www.example.org/exams/1")
    'example.org'
    """
    return (urlsplit(page).hostname or page).removeprefix("www.")


SPEAKERS: dict[Voice, str] = {
    "own edits": "your own edit",
    "own organisation": "your organisation",
    "issuer": "the issuer",
    "registry": "a registry",
    "editors": "our editors",
    "others": "a third party",
}


def speaker(voice: Voice) -> str:
    """Who speaks in a source, in words."""
    return SPEAKERS[voice]


def is_safe_page(page: str | None) -> bool:
    """Whether an address that a source states may become a link: the web only, never a script.

    >>> is_safe_page("https://example.org/exam"), is_safe_page("javascript:alert(1)"), is_safe_page(None)
    (True, False, False)
    """
    if not page or any(letter.isspace() for letter in page):
        return False
    try:
        parts = urlsplit(page)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)
