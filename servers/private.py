"""A server of this process's own, in a fresh temporary home, which is gone when the process is."""

import atexit
from pathlib import Path
from tempfile import mkdtemp

from servers.kind import Kind
from servers.running import Server
from servers.watchdog import watch


def start_private(kind: Kind) -> Server:
    """Start one. `Server.remove` ends it early; else it ends with this process. Raises a `ServerProblem`."""
    home = Path(mkdtemp(prefix=f"credpath-{kind.name}-"))
    guard = watch(home)
    server = Server(kind, home)

    def clean_up() -> None:
        server.remove()
        guard.kill()
        guard.wait()

    atexit.register(clean_up)
    server.start()
    return server
