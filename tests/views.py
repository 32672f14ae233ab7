"""A folder as somebody sees it who can only read it, for tests that need one."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests import needs


@contextmanager
def closed_view(folder: Path, seen: Path) -> Iterator[Path]:
    """A new folder `seen`, which shows the other one and in which nothing can be written."""
    if not shutil.which("mount") or os.geteuid() != 0:
        needs.missing("only root can mount a view that can only be read, so none was tested")
    seen.mkdir()
    done = subprocess.run(["mount", "--bind", str(folder), str(seen)], check=False, capture_output=True, text=True)
    if done.returncode:
        needs.missing(f"no view can be mounted here ({done.stderr.strip()}), so none that can only be read was tested")
    try:
        subprocess.run(["mount", "-o", "remount,bind,ro", str(seen)], check=True)
        yield seen
    finally:
        subprocess.run(["umount", str(seen)], check=True)
