"""Pages as a person reads them."""

import re


def words(html: str) -> str:
    """A page without its tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))
