"""What memory a process takes: the most that it ever held, and what of it is its own.

The most is without what its parent held: `ru_maxrss` begins with the parent's.
"""

from pathlib import Path

_STATUS = Path("/proc/self/status")
_MAPS = Path("/proc/self/smaps_rollup")


def peak() -> float:
    """The peak of resident memory of this process since it began, in MB (2**20 bytes); Linux only."""
    return _read(_STATUS, "VmHWM")


def own() -> float:
    """What this process holds now and shares with none, files that it maps left out, in MB; Linux only."""
    return _read(_MAPS, "Anonymous")


def _read(file: Path, name: str) -> float:
    lines = dict(line.split(":", 1) for line in file.read_text(encoding="ascii").splitlines() if ":" in line)
    return int(lines[name].split()[0]) / 1024
