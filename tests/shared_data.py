"""Where the real data of others stands, and what happens where it does not: the test is skipped and says so by name.

With CREDPATH_REQUIRE_ALL=1 in the environment, absent data is a failure.
"""

import os
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2] / "shared" / "data"


def shared(name: str) -> Path:
    """The path of one file or folder of ../shared/data, beside the repository."""
    path = FOLDER / name
    if path.exists():
        return path
    message = f"../shared/data/{name} is absent, so this test has shown nothing"
    if os.environ.get("CREDPATH_REQUIRE_ALL") == "1":
        pytest.fail(message)
    pytest.skip(message)
