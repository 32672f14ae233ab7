"""What tells one server from another: its files, its command, its address and how one sees that it is ready."""

from pathlib import Path
from typing import Protocol

BRIEF = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
"""Options of Java for a server that lives for minutes: half the processor time to start and for its first requests."""


class Kind(Protocol):
    """A server that is started in a home of its own and listens on one loopback port."""

    name: str
    """The folder of its `pom.xml` and lock."""

    variable: str
    """The environment variable that names such a server where one runs already."""

    def prepare(self, home: Path, port: int, password: str) -> None:
        """Write its configuration for this port; in a fresh home also set the password."""
        ...

    def command(self, home: Path, library: Path, port: int) -> list[str]:
        """The program that becomes the server. The path of `home` stands in it, which tells it from every other."""
        ...

    def url(self, port: int, password: str) -> str:
        """Its address as `graph.address` reads it, user and password included."""
        ...

    def answers(self, port: int, password: str) -> bool:
        """Whether it lets this password in and answers."""
        ...
