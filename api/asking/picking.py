"""Words name one thing, or the person at the terminal chooses among the candidates; piped, nothing is chosen."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from api.knowledge import Knowledge
from api.terminal.bare import bare
from api.terminal.show import can_ask
from graph.index import Index
from graph.names import Names, resolve
from ontology.errors import AmbiguousName, UnknownName
from ontology.records import Assignment, Record, kind_of

_attended = ContextVar("attended", default=True)


@contextmanager
def unattended() -> Iterator[None]:
    """Within, nobody is asked: a server that runs in a terminal would wait there for an answer that never comes."""
    before = _attended.set(False)
    try:
        yield
    finally:
        _attended.reset(before)


def pick(names: Names, words: str, record_type: type[Record]) -> str:
    """The id of the thing that the words mean. Raises `AmbiguousName` or `UnknownName` where nobody can be asked."""
    try:
        return resolve(names, words, record_type)
    except (AmbiguousName, UnknownName):
        candidates = names.candidates(words, record_type)
        if not candidates or not (_attended.get() and can_ask()):
            raise
        write = sys.stderr.write
        write(f"Which {kind_of(record_type)} is {words!r}?\n")
        for number, match in enumerate(candidates, 1):
            write(f"  {number}  {bare(match.name)}  ({match.id})\n")
        while True:
            write(f"1 to {len(candidates)}, or nothing to stop: ")
            sys.stderr.flush()
            answer = sys.stdin.readline().strip()
            if not answer:
                raise
            if answer.isdigit() and 1 <= int(answer) <= len(candidates):
                return candidates[int(answer) - 1].id


def pick_thing(known: Knowledge, words: str) -> str:
    """The id of whatever the words name, of any kind. Raises `AmbiguousName` or `UnknownName`."""
    candidates = known.names.candidates(words)
    if candidates and candidates[0].exact:
        return candidates[0].id
    projects = _projects(known.index, words)
    if len(projects) == 1:
        return projects[0]
    offered = tuple(f"{match.name} ({match.id})" for match in candidates)
    fits = known.names.fitting(words)
    if len(fits) > 1:
        raise AmbiguousName("thing", words, tuple(f"{m.name} ({m.id})" for m in candidates if m.id in fits))
    raise UnknownName("thing", words, offered)


def _projects(index: Index, words: str) -> list[str]:
    """The workplace projects of this very name: answers name them, and nobody is offered one by mistake."""
    folded = " ".join(words.split()).casefold()
    return [id_ for id_ in index.ids(Assignment) if (index.record(Assignment, id_).name or "").casefold() == folded]
