"""Real processes of `credpath`: one that serves, and commands that end."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

import httpx

COMMAND = (sys.executable, "-c", "from api.command import main; main()")


@dataclass(frozen=True)
class Served:
    """A running `credpath serve`."""

    site: str
    process: subprocess.Popen[bytes]
    log: Path

    @property
    def workers(self) -> list[int]:
        """The processes that answer, by id."""
        return [child for child in children_of(self.process.pid) if "spawn_main" in command_of(child)]

    def revision(self) -> str:
        """The revision that is answered from, asked on a connection of its own."""
        connection = HTTPConnection("127.0.0.1", int(self.site.rpartition(":")[2]), timeout=30)
        try:
            connection.request("GET", "/healthz", headers={"Connection": "close"})
            return str(json.loads(connection.getresponse().read())["revision"])
        finally:
            connection.close()


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    """A command to its end."""
    return subprocess.run([*COMMAND, *arguments], capture_output=True, text=True, check=False, timeout=60)


def free_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


IMPATIENT = """
import sys
from api.http.serving import serve
from api.settings import Settings
if __name__ == "__main__":
    serve(Settings(store=sys.argv[1]), host="127.0.0.1", port=int(sys.argv[2]), silence=5)
"""
"""A parent of one worker, which it takes for hung after five seconds."""


@contextmanager
def serving(store: str, log: Path, *options: str) -> Iterator[Served]:
    """A server that is told to end with the block, and waited for."""
    port = free_port()
    with _running([*COMMAND, "serve", "--port", str(port), "--store", store, *options], port, log) as served:
        yield served


@contextmanager
def serving_impatiently(store: str, log: Path) -> Iterator[Served]:
    """A server of one worker that waits five seconds for a sign of life of it, and ends like any other."""
    port = free_port()
    with _running([sys.executable, "-c", IMPATIENT, store, str(port)], port, log) as served:
        yield served


@contextmanager
def _running(command: list[str], port: int, log: Path) -> Iterator[Served]:
    environment = {**os.environ, "CREDPATH_POLL_SECONDS": "0.3"}
    with log.open("w") as errors, subprocess.Popen(command, env=environment, stderr=errors, stdout=errors) as process:
        try:
            yield Served(f"http://127.0.0.1:{port}", process, log)
        finally:
            process.terminate()
            try:
                process.wait(timeout=20)
            finally:
                process.kill()


def wait_for(served: Served) -> None:
    """Wait until it answers."""
    for _ in range(200):
        assert served.process.poll() is None, served.log.read_text()
        try:
            httpx.get(f"{served.site}/healthz")
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("the server did not start")


def wait_until_gone(pids: Sequence[int], *, seconds: float = 10) -> list[int]:
    """Those of the processes that are still there after so long."""
    until = time.monotonic() + seconds
    while (there := [pid for pid in pids if is_running(pid)]) and time.monotonic() < until:
        time.sleep(0.05)
    return there


def is_running(pid: int) -> bool:
    """Whether a process is there and not merely waiting to be buried."""
    try:
        os.kill(pid, 0)
        return re.search(r"^State:\s+[ZX]", Path(f"/proc/{pid}/status").read_text(), re.MULTILINE) is None
    except (ProcessLookupError, FileNotFoundError):
        return False


def children_of(pid: int) -> list[int]:
    """The running processes that a process started, by id."""
    found = []
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            words = status.read_text()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if re.search(rf"^PPid:\s+{pid}$", words, re.MULTILINE) and is_running(int(status.parent.name)):
            found.append(int(status.parent.name))
    return sorted(found)


def command_of(pid: int) -> str:
    """The command line of a process."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
    except (FileNotFoundError, ProcessLookupError):
        return ""


def kill(pid: int) -> None:
    """End a process without asking it."""
    os.kill(pid, signal.SIGKILL)
