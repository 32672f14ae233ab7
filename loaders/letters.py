"""Characters that no text has: a terminal would obey them, so what was loaded could write there what it likes."""

import re

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f]")


def has_control(words: str) -> bool:
    r"""Whether there is a control character in the words, white space aside.

    >>> has_control("two\nlines"), has_control("\x1b[31mred")
    (False, True)
    """
    return _CONTROL.search(words) is not None
