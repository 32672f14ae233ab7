"""When each step of a plan is worked on, as a picture: drawn by the server, so that it prints and needs no script.

Places along the time axis are percentages and type keeps the size of the page, so the same picture fits a phone and a
printed sheet. Everything it shows stands in words in the list of steps too.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from markupsafe import Markup

from api.sentences.words import MONTHS, day
from api.shapes.pathway import PathwayShape, StepShape

_ROW = 44
_HEAD = 26
_TICKS = 5
_LETTERS = 44
_NARROWEST = 0.8
"""A step of a few hours in a plan of years still gets so many hundredths, or nobody would see it."""


def draw_timeline(pathway: PathwayShape, deadline: date | None = None) -> Markup:
    """The steps of a plan along its days, with the deadline where there is one. Steps without a date have no bar."""
    dated = [step for step in pathway.steps if step.starts and step.ends]
    if not dated:
        return Markup("")
    ends = [step.ends for step in dated if step.ends]
    first = min(step.starts for step in dated if step.starts)
    last = max([*ends, *([deadline] if deadline else [])])
    axis = _Axis(first, max(last, first + timedelta(days=7)))
    height = _HEAD + _ROW * len(pathway.steps) + 4
    body = Markup("").join([*_grid(axis, height), *_deadline(axis, deadline, height), *_rows(axis, pathway.steps)])
    says = f"{len(dated)} steps from {day(first)} to {day(max(ends))}"
    return Markup(
        '<svg class="timeline" role="img" aria-label="{}" width="100%" height="{}" xmlns="http://www.w3.org/2000/svg">'
        "{}</svg>"
    ).format(f"Timeline: {says}", height, body)


class _Axis:
    """Days as hundredths of the width."""

    def __init__(self, first: date, last: date) -> None:
        self.first = first
        self.last = last
        self._days = (last - first).days + 1

    def at(self, moment: date) -> float:
        return round(100 * (moment - self.first).days / self._days, 3)

    def ticks(self) -> Iterator[tuple[date, str]]:
        """At most a handful of days: every so many weeks in a short plan, firsts of a month in a long one."""
        if self._days <= 80:
            step = 7 * max(1, -(-self._days // (7 * _TICKS)))
            for offset in range(0, self._days, step):
                moment = self.first + timedelta(days=offset)
                yield moment, f"{moment.day} {MONTHS[moment.month - 1]}"
            return
        months = (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1
        step = max(1, -(-months // _TICKS))
        for offset in range(0, months, step):
            number = self.first.month - 1 + offset
            moment = date(self.first.year + number // 12, number % 12 + 1, 1)
            yield max(moment, self.first), f"{MONTHS[moment.month - 1]} {moment.year}"


def _grid(axis: _Axis, height: int) -> Iterator[Markup]:
    for moment, label in axis.ticks():
        x = axis.at(moment)
        if x > 92:
            continue
        yield Markup('<line class="tick" x1="{}%" x2="{}%" y1="{}" y2="{}"/>').format(x, x, _HEAD - 6, height)
        yield Markup('<text class="when" x="{}%" y="13">{}</text>').format(x, label)


def _deadline(axis: _Axis, deadline: date | None, height: int) -> Iterator[Markup]:
    if deadline is None or not axis.first <= deadline <= axis.last:
        return
    x = min(axis.at(deadline), 99.6)
    yield Markup('<line class="deadline" x1="{}%" x2="{}%" y1="{}" y2="{}"/>').format(x, x, _HEAD - 6, height)
    yield Markup('<text class="when due" x="{}%" y="13" text-anchor="end">{}</text>').format(x, f"by {day(deadline)}")


def _rows(axis: _Axis, steps: tuple[StepShape, ...]) -> Iterator[Markup]:
    for place, step in enumerate(steps):
        y = _HEAD + _ROW * place
        if step.starts is None or step.ends is None:
            words = f"{step.number}  {_short(step.name)}: no date"
            yield Markup('<text class="name" x="0" y="{}">{}</text>').format(y + 14, words)
            yield Markup('<line class="undated" x1="0" x2="100%" y1="{}" y2="{}"/>').format(y + 27, y + 27)
            continue
        x, end = axis.at(step.starts), axis.at(step.ends + timedelta(days=1))
        wide = max(round(end - x, 3), _NARROWEST)
        x = min(x, 100 - wide)
        anchor, at = ("end", min(x + wide, 100)) if x > 55 else ("start", x)
        yield Markup('<text class="name" x="{}%" y="{}" text-anchor="{}">{}</text>').format(
            at, y + 14, anchor, f"{step.number}  {_short(step.name)}"
        )
        says = f"{step.name}: {day(step.starts)} to {day(step.ends)}"
        yield Markup('<rect class="bar {}" x="{}%" y="{}" width="{}%" height="12" rx="3">').format(
            _does(step), x, y + 21, wide
        )
        yield Markup("<title>{}</title></rect>").format(says)


def _does(step: StepShape) -> str:
    """What a step does for the gap: the surest of what it closes, or that it opens the way."""
    return min((close.basis for close in step.closes), default="opens")


def _short(name: str) -> str:
    """A name that fits above its bar on a phone.

    >>> _short("Scrum Master")
    'Scrum Master'
    """
    return name if len(name) <= _LETTERS else f"{name[: _LETTERS - 1].rstrip()}…"
