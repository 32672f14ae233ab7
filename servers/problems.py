"""What keeps a server from running, told apart: what a machine may not have, and what must never be passed over."""

from collections.abc import Sequence


class ServerProblem(Exception):
    """No server can be had."""


class MissingTool(ServerProblem):
    """A program that this machine does not have, and the package that holds it."""

    def __init__(self, program: str, package: str) -> None:
        super().__init__(
            f"{program} is not installed, so the tests on real servers cannot run; "
            f"on Debian and Ubuntu: sudo apt-get install {package}"
        )
        self.program = program
        self.package = package


class FetchFailed(ServerProblem):
    """Maven could not bring the jars."""

    def __init__(self, server: str, said: str) -> None:
        super().__init__(f"Maven could not fetch the jars of {server}:\n{said}")
        self.server = server


class WrongJars(ServerProblem):
    """The jars are not those of the lock: some differ, lack or are too many. Never run them."""

    def __init__(self, server: str, wrong: Sequence[str]) -> None:
        shown = ", ".join(wrong[:5]) + (f" and {len(wrong) - 5} more" if len(wrong) > 5 else "")
        super().__init__(f"the jars of {server} are not those that servers/{server}/jars.sha256 names: {shown}")
        self.server = server
        self.wrong = tuple(wrong)


class ServerFailed(ServerProblem):
    """The server ended, or did not answer in time; with the end of what it said."""

    def __init__(self, server: str, what: str, log: str) -> None:
        super().__init__(f"{server} {what}; the end of its log:\n{log}")
        self.server = server
        self.log = log
