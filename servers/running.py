"""One server in one home: started, waited for, stopped, killed and started again, always by its process id.

The home keeps all that is needed to find the server again (`server.json`, and the id in `server.pid`, which the process
writes itself before it becomes the server). An id alone may belong to another process by now, so it counts only where
the command of that process names this home.
"""

import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path

from servers.fetch import fetch
from servers.kind import Kind
from servers.problems import ServerFailed

SECONDS_TO_START, SECONDS_TO_STOP = 120.0, 30.0
_TRIES = 3
_BECOME = 'echo $$ > "$0.new" && mv "$0.new" "$0" && exec "$@"'


class Server:
    """A server in its home; `start` returns when it answers. Its URL stays the same when it is started again."""

    def __init__(self, kind: Kind, home: Path) -> None:
        self.kind = kind
        self.home = home.absolute()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """The address with user and password. Raises `FileNotFoundError` in a home where nothing was started."""
        port, password = self._state()
        return self.kind.url(port, password)

    def start(self) -> str:
        """Start it, or find it running, and return its URL. Raises a `ServerProblem`."""
        if self.is_running():
            self._wait_until_ready()
            return self.url
        library = fetch(self.kind.name)
        self.home.mkdir(parents=True, exist_ok=True)
        fresh = not (self.home / "server.json").exists()
        password = secrets.token_hex(12)
        for tries_left in reversed(range(_TRIES if fresh else 1)):
            if fresh:
                self._write_state(_free_port(), password)
            try:
                self._launch(library)
            except ServerFailed as error:
                if not tries_left or "in use" not in error.log:
                    raise
            else:
                break
        return self.url

    def restart(self) -> str:
        """Start it again in the same home, on the same port."""
        self.stop()
        return self.start()

    def stop(self) -> None:
        """Ask it to end, wait, and kill it where it does not."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """End it as a power cut would end the process: without a word."""
        self._end(signal.SIGKILL)

    def remove(self) -> None:
        """Stop it and delete its home."""
        self.kill()
        shutil.rmtree(self.home, ignore_errors=True)

    def is_running(self) -> bool:
        """Whether the process of this home lives."""
        return self._pid() is not None

    def _launch(self, library: Path) -> None:
        port, password = self._state()
        self.kind.prepare(self.home, port, password)
        (self.home / "server.pid").unlink(missing_ok=True)
        with (self.home / "console.log").open("wb") as log:
            self._process = subprocess.Popen(
                ["/bin/sh", "-c", _BECOME, str(self.home / "server.pid"), *self.kind.command(self.home, library, port)],
                cwd=self.home, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
        self._wait_until_ready()

    def _wait_until_ready(self) -> None:
        port, password = self._state()
        until = time.monotonic() + SECONDS_TO_START
        while not self.kind.answers(port, password):
            if self._process is not None and self._process.poll() is not None:
                raise ServerFailed(self.kind.name, f"ended with {self._process.returncode}", self._log_end())
            if time.monotonic() > until:
                self.kill()
                raise ServerFailed(self.kind.name, f"did not answer within {SECONDS_TO_START:.0f} s", self._log_end())
            time.sleep(0.1)

    def _end(self, how: signal.Signals) -> None:
        pid = self._pid()
        if pid is not None:
            os.kill(pid, how)
            until = time.monotonic() + SECONDS_TO_STOP
            while self.is_running():
                if time.monotonic() > until:
                    os.kill(pid, signal.SIGKILL)
                time.sleep(0.02)
        if self._process is not None:
            self._process.wait()
            self._process = None
        (self.home / "server.pid").unlink(missing_ok=True)

    def _pid(self) -> int | None:
        if self._process is not None and self._process.poll() is None:
            return self._process.pid
        return find_process(self.home)

    def _state(self) -> tuple[int, str]:
        state = json.loads((self.home / "server.json").read_text("utf-8"))
        return int(state["port"]), str(state["password"])

    def _write_state(self, port: int, password: str) -> None:
        path = self.home / "server.json"
        path.touch(mode=0o600)
        path.write_text(json.dumps({"port": port, "password": password}), "utf-8")

    def _log_end(self) -> str:
        return (self.home / "console.log").read_text("utf-8", "replace")[-3000:]


def find_process(home: Path) -> int | None:
    """The id of the server that runs in this home, if one does."""
    try:
        pid = int((home / "server.pid").read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return pid if str(home) in _command_of(pid) else None


def _command_of(pid: int) -> str:
    """The command line of a living process; empty where there is none."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_text("utf-8", "replace")
    except OSError:
        pass
    if Path("/proc/self").exists():
        return ""
    shown = subprocess.run(["/bin/ps", "-ww", "-o", "command=", "-p", str(pid)], capture_output=True, check=False)
    return shown.stdout.decode("utf-8", "replace")


def _free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])
