"""The most memory that this process ever held, without what its parent held: `ru_maxrss` begins with the parent's."""

from pathlib import Path

_STATUS = Path("/proc/self/status")


def peak() -> float:
    """The peak of resident memory of this process since it began, in MB (2**20 bytes); Linux only."""
    lines = dict(line.split(":", 1) for line in _STATUS.read_text(encoding="ascii").splitlines())
    return int(lines["VmHWM"].split()[0]) / 1024
