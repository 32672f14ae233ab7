"""When a name was not clear: the same question again with each candidate in its place, as addresses to choose from."""

import re
from collections.abc import Sequence

from api.http.pages.templating import address
from api.shapes.basics import Named
from graph.names import Names, resolve
from ontology.errors import AmbiguousName, CredpathError, UnknownName
from ontology.records import Record

_WITH_ID = re.compile(r"(?P<name>.*) \((?P<id>id/[^()\s]+)\)")


def offers_for(error: CredpathError, path: str, pairs: Sequence[tuple[str, str]]) -> list[dict[str, str]]:
    """The candidates of an unclear name, each with the address of the question that means it."""
    if not isinstance(error, AmbiguousName | UnknownName):
        return []
    return [
        {
            "name": candidate,
            "address": address(path, [(name, _instead(value, error.words, candidate)) for name, value in pairs]),
        }
        for candidate in error.candidates
    ]


def word_for(names: Names, thing: Named, kind: type[Record]) -> str:
    """A word that means this thing and no other: its name, or its id where others are called so too."""
    try:
        return thing.name if resolve(names, thing.name, kind) == thing.id else thing.id
    except (AmbiguousName, UnknownName):
        return thing.id


def _instead(value: str, words: str, candidate: str) -> str:
    """A value with the unclear words replaced; what stands after them (a day, a level) stays."""
    meant = found["id"] if (found := _WITH_ID.fullmatch(candidate)) else candidate
    bare = value.strip()
    for after in ("@", "="):
        if bare.startswith(f"{words}{after}"):
            return meant + bare[len(words) :]
    return meant if bare == words.strip() else value
