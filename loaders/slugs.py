"""Ids that are minted from sentences must stay short, and two sentences that start alike must stay apart."""

import hashlib

from ontology.ids import slug

LONGEST = 60


def short_slug(words: str) -> str:
    """A slug of bounded length; a long one ends in eight digits of its hash.

    >>> short_slug("three years of project work")
    'three-years-of-project-work'
    """
    whole = slug(words)
    if len(whole) <= LONGEST:
        return whole or hashlib.sha256(words.encode()).hexdigest()[:8]
    return f"{whole[:LONGEST].rstrip('-')}-{hashlib.sha256(words.encode()).hexdigest()[:8]}"
