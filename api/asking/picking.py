"""Words name one thing, or the person at the terminal chooses among the candidates; piped, nothing is chosen."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from api.terminal.bare import bare
from api.terminal.show import can_ask
from graph.names import Names, resolve
from ontology.errors import AmbiguousName, UnknownName
from ontology.records import Record, kind_of

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
