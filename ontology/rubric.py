"""The proof rubric as a value: ceilings, criteria, gate, threshold and bands, read from a TOML file.

The numbers are data (`rubrics/default.toml`), so that an organisation can replace them; this module only gives them
types and refuses a file that would make no sense. Shares are thousandths.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, cast

from ontology.errors import Refusal, Unreadable
from ontology.values import Verdict

Group = Literal["assessment", "alignment", "provider", "verifiable"]


@dataclass(frozen=True, slots=True)
class Criterion:
    """One question of the rubric.

    One that counts `only_where_stated` is left out of the sum where nobody answers. Those that share an `either` count
    once, by the best answered of them.
    """

    id: str
    group: Group
    weight: int
    asks: str
    only_where_stated: bool = False
    either: str | None = None


@dataclass(frozen=True, slots=True)
class Band:
    """A word for strengths from `start` upward."""

    name: str
    start: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Rubric:
    """How surely a way of assessing shows competence; see the data file for what each number does."""

    version: str
    threshold: int
    worth_proposing: int
    floor: int
    earned: int
    editors_mapping: int
    bands: tuple[Band, ...]
    ceilings: Mapping[str, tuple[int, int]]
    assessor: str
    yardstick: tuple[str, ...]
    criteria: tuple[Criterion, ...]
    evaluator_reads: Mapping[str, Verdict]
    provider_reads: Mapping[str, Verdict]
    backing_reads: Mapping[str, str]
    least_minutes: Mapping[int, int]
    most_minutes: Mapping[int, int]
    assignment_method: str
    assignment_reads: Mapping[str, Verdict]

    def band(self, strength: int) -> str:
        """The word for a strength.

        >>> default_rubric().band(500)
        'solid'
        """
        return next(band.name for band in self.bands if strength >= band.start)

    @property
    def strong(self) -> int:
        """Where the highest band begins."""
        return self.bands[0].start


def read_rubric(text: str, file: str = "rubric") -> Rubric:
    """The rubric that a TOML text states. Raises `Unreadable` with the place of what is wrong."""
    try:
        data = tomllib.loads(text)
        reads = data["reads"]
        rubric = Rubric(
            version=data["version"],
            threshold=data["threshold"],
            worth_proposing=data["worth_proposing"],
            floor=data["floor"],
            earned=data["earned"],
            editors_mapping=data["editors_mapping"],
            bands=tuple(Band(band["name"], band["from"]) for band in data["bands"]),
            ceilings={method: cast("tuple[int, int]", tuple(span)) for method, span in data["ceilings"].items()},
            assessor=data["gate"]["assessor"],
            yardstick=tuple(data["gate"]["yardstick"]),
            criteria=tuple(Criterion(**criterion) for criterion in data["criteria"]),
            evaluator_reads=reads["evaluator"],
            provider_reads=reads["provider_kind"],
            backing_reads=reads["backing"],
            least_minutes={int(rank): minutes for rank, minutes in reads["least_minutes"].items()},
            most_minutes={int(rank): minutes for rank, minutes in reads["most_minutes"].items()},
            assignment_method=reads["assignment"]["method"],
            assignment_reads={id_: v for v in ("met", "partly") for id_ in reads["assignment"][v]},
        )
    except tomllib.TOMLDecodeError as error:
        raise Unreadable((Refusal(file, "the file", str(error), "TOML"),)) from error
    except (KeyError, TypeError) as error:
        raise Unreadable((Refusal(file, str(error), "nothing usable", "an entry as in the default rubric"),)) from error
    problems = tuple(_problems(rubric, file))
    if problems:
        raise Unreadable(problems)
    return rubric


@cache
def default_rubric() -> Rubric:
    """The rubric that ships with credpath."""
    return read_rubric((files("ontology") / "rubrics" / "default.toml").read_text("utf-8"), "rubrics/default.toml")


def _problems(rubric: Rubric, file: str) -> list[Refusal]:
    known = {criterion.id for criterion in rubric.criteria}
    named = {rubric.assessor, *rubric.yardstick, *rubric.backing_reads.values(), *rubric.assignment_reads}
    starts = [band.start for band in rubric.bands]
    found = [Refusal(file, "gate or reads", name, "the id of a criterion") for name in sorted(named - known)]
    if starts != sorted(starts, reverse=True) or starts[-1:] != [0]:
        found.append(Refusal(file, "bands", str(starts), "falling starts that end at 0"))
    if rubric.floor + rubric.earned != 1000:
        found.append(Refusal(file, "floor and earned", f"{rubric.floor} and {rubric.earned}", "a sum of 1000"))
    found += [
        Refusal(file, f"ceilings, {method}", str(span), "[low, high] within 0 to 1000")
        for method, span in rubric.ceilings.items()
        if not 0 <= span[0] <= span[1] <= 1000
    ]
    return found
