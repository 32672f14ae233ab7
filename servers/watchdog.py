"""No server outlives the process it was started for, even where that is killed and can clean up nothing.

`python -m servers.watchdog PARENT HOME...` waits until the process PARENT, which started it, is gone; then it kills the
servers of these homes and deletes the homes. `watch` starts it, in a session of its own so that a signal to the
parent's group does not reach it.
"""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

from servers.fetch import ROOT
from servers.running import find_process


def watch(*homes: Path) -> "subprocess.Popen[bytes]":
    """Start a watchdog over homes that are this process's own. It ends with this process, or when it is killed."""
    return subprocess.Popen(
        [sys.executable, "-m", "servers.watchdog", str(os.getpid()), *map(str, homes)],
        cwd=ROOT, stdin=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip


def main(parent: int, homes: list[Path]) -> None:
    """Wait for the parent's end, then leave nothing running."""
    while os.getppid() == parent:
        time.sleep(0.5)
    for home in homes:
        time.sleep(0.2)
        pid = find_process(home)
        if pid is not None:
            os.kill(pid, signal.SIGKILL)
            time.sleep(0.5)
        shutil.rmtree(home, ignore_errors=True)


if __name__ == "__main__":
    main(int(sys.argv[1]), [Path(home) for home in sys.argv[2:]])
