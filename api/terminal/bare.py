"""Words of a record are data: a terminal must show them, and never obey them."""

NEVER = dict.fromkeys({*range(0x20), *range(0x7F, 0xA0)} - {ord("\n"), ord("\t")})
"""Control characters of both sets (C0 with delete, and C1), but for the ends of lines and tabs."""


def bare(words: str) -> str:
    r"""The words without the control characters that a terminal would obey.

    >>> bare("a\x1b[31m red\x9b1m\rbun\n\tand more")
    'a[31m red1mbun\n\tand more'
    """
    return words.translate(NEVER)
