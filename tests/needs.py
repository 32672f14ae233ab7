"""What a test needs and a machine may not have. Without it the test is skipped and says so by name.

With CREDPATH_REQUIRE_ALL=1 in the environment, what is absent is a failure.
"""

import os
import shutil
from typing import NoReturn

import pytest

BROWSERS = ("chromium", "chromium-browser", "google-chrome")


def browser() -> str:
    """The path of a Chromium: the one that CREDPATH_BROWSER names, or one on the path."""
    named = os.environ.get("CREDPATH_BROWSER")
    found = named or next((path for name in BROWSERS if (path := shutil.which(name))), None)
    return found or missing("no Chromium is installed (tests/install_browser says how), so the page was not tested")


def missing(message: str) -> NoReturn:
    """End a test whose need is not met."""
    if os.environ.get("CREDPATH_REQUIRE_ALL") == "1":
        pytest.fail(message)
    pytest.skip(message)
