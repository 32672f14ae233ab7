"""How far along a scale somebody is and how far a role asks, as a small bar: drawn by the server, in words beside it.

A criterion is one bar of as many blocks as its scale has levels: full up to what is there, framed up to what is asked.
"""

from markupsafe import Markup

from api.shapes.gap import GapItem, GapOption

_HEIGHT = 14
_GAP = 1.2


def draw_levels(option: GapOption) -> Markup:
    """The bar of one option; empty where it has no level. Readers skip it, since words beside it say the same."""
    if option.asked is None:
        return Markup("")
    levels, asked = option.asked.levels, option.asked.rank
    met = option.basis in ("shown", "assumed")
    have = max(option.have.rank if option.have else 0, asked if met else 0)
    if option.have and option.have.levels != levels and not met:
        have = 0
    wide = (100 - _GAP * (levels - 1)) / levels
    blocks = [
        Markup('<rect class="{}" x="{}%" y="1" width="{}%" height="{}" rx="2"/>').format(
            _block(rank, have, asked, option.basis), round((rank - 1) * (wide + _GAP), 3), round(wide, 3), _HEIGHT - 2
        )
        for rank in range(1, levels + 1)
    ]
    return Markup('<svg class="levels" aria-hidden="true" width="100%" height="{}">{}</svg>').format(
        _HEIGHT, Markup("").join(blocks)
    )


def _block(rank: int, have: int, asked: int, basis: str) -> str:
    if rank <= have:
        return "have"
    if rank > asked:
        return "beyond"
    return "maybe" if basis in ("claimed", "unconfirmed") else "asked"


def leading_option(item: GapItem) -> GapOption | None:
    """The option that a bar is drawn for: the nearest one that has a level, since options stand best first."""
    return next((option for option in item.options if option.asked is not None), None)
