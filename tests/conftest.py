"""How the suite runs on several cores: `pytest -n auto`, one worker for each, every worker with servers of its own.

Tests empty the servers they use, so where the environment names some, one worker has them for itself.
"""

import os

import pytest

from tests.needs import FUSEKI, NEO4J


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int | None:
    """One worker for servers that are shared; otherwise as many as there are cores."""
    return 1 if any(os.environ.get(kind.variable) for kind in (NEO4J, FUSEKI)) else None
