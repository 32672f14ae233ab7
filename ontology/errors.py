"""Every error that credpath raises, in one tree. An error carries what happened as data; edges make sentences of it.

CredpathError
├── InputError      what a person asked or wrote cannot be used      (exit code 2)
├── SourceError     a file or a row of a publisher cannot be read    (exit code 2)
└── StoreError      the place where records are kept fails           (exit code 1, or 2 where the user can mend it)
"""

from dataclasses import dataclass


class CredpathError(Exception):
    """The base of all. `str(error)` is one plain sentence that says what to do."""


class InputError(CredpathError):
    """What a person asked or wrote cannot be used."""


class SourceError(CredpathError):
    """What a publisher wrote cannot be read."""


class StoreError(CredpathError):
    """The place where records are kept cannot do what was asked."""


class BadValue(InputError):
    """A value that no record may hold, such as a range whose low end is above its high end."""


class UnknownId(InputError):
    """Nothing of that kind has this id."""

    def __init__(self, kind: str, id_: str) -> None:
        super().__init__(f"no {kind} has the id {id_!r}; `credpath find WORDS` lists what there is")
        self.kind = kind
        self.id = id_


class UnknownName(InputError):
    """No record has this name; `candidates` are the nearest names, best first, and may be empty."""

    def __init__(self, kind: str, words: str, candidates: tuple[str, ...] = ()) -> None:
        offer = f"; did you mean {', '.join(candidates)}?" if candidates else ""
        super().__init__(f"no {kind} is called {words!r}{offer}")
        self.kind = kind
        self.words = words
        self.candidates = candidates


class AmbiguousName(InputError):
    """Several records fit these words, so the person must choose."""

    def __init__(self, kind: str, words: str, candidates: tuple[str, ...]) -> None:
        super().__init__(f"{words!r} may be any of: {', '.join(candidates)}; say which {kind} you mean")
        self.kind = kind
        self.words = words
        self.candidates = candidates


@dataclass(frozen=True, slots=True)
class Refusal:
    """One thing in a file that cannot be taken: where it is, what was found, what was expected.

    `place` is a row and column or a pointer inside the file, such as `row 12, column Skill Level`.
    """

    file: str
    place: str
    found: str
    expected: str

    def __str__(self) -> str:
        return f"{self.file}, {self.place}: found {self.found}, expected {self.expected}"


class Unreadable(SourceError):
    """A whole file that cannot be taken, with the reasons."""

    def __init__(self, refusals: tuple[Refusal, ...]) -> None:
        more = f" (and {len(refusals) - 1} more)" if len(refusals) > 1 else ""
        super().__init__(f"{refusals[0]}{more}")
        self.refusals = refusals


class CollidingId(SourceError):
    """Two different things would get the same id."""

    def __init__(self, id_: str, first: str, second: str) -> None:
        super().__init__(f"{first!r} and {second!r} both get the id {id_}; rename one of them")
        self.id = id_
