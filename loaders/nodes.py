"""YAML with its lines: a domain expert who mistypes one word is told the file, the place, the line and what to write.

Values are read from the text of each scalar and not from YAML's guesses, so `no` is a word, `2026-06` a month and
`1e3` an error. Anchors and repeated keys are refused.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, NoReturn

import yaml

from loaders.letters import has_control
from loaders.nearest import suggestion
from ontology.errors import Refusal, Unreadable
from ontology.values import Range

MAX_BYTES = 8_000_000
MAX_DEPTH = 20
OPENERS = (b"[", b"{", b"-", b"?")
SURELY_SHALLOW = 5_000
"""The parser calls itself for each level and ends the process at some hundred thousand. A file with fewer openers than
this cannot be deep enough; any other is walked event by event first.
"""
SHOWN = 60


@dataclass(frozen=True, slots=True)
class Part:
    """One node of a YAML file: a mapping, a list or a scalar. Every reading method raises `Unreadable` with one refusal
    where the node is not what is asked for.
    """

    file: str
    path: str
    node: yaml.Node

    @property
    def line(self) -> int:
        """Counted from 1."""
        return int(self.node.start_mark.line) + 1

    @property
    def place(self) -> str:
        """The path in the file and its line, such as `credentials[3].says[2].page, line 45` (counted from 1)."""
        return f"{self.path or 'top'}, line {self.line}"

    def refusal(self, found: str, expected: str) -> Refusal:
        """A refusal at this place."""
        return Refusal(self.file, self.place, found, expected)

    def refuse(self, found: str, expected: str) -> NoReturn:
        """Raise `Unreadable` at this place."""
        raise Unreadable((self.refusal(found, expected),))

    def shown(self) -> str:
        """The node in few words, for a refusal."""
        if isinstance(self.node, yaml.MappingNode):
            return "a mapping"
        if isinstance(self.node, yaml.SequenceNode):
            return "a list"
        value = str(self.node.value)
        return repr(value if len(value) <= SHOWN else value[:SHOWN] + "...") if value else "nothing"

    # containers

    @property
    def is_mapping(self) -> bool:
        """Whether it has keys."""
        return isinstance(self.node, yaml.MappingNode)

    @property
    def is_list(self) -> bool:
        """Whether it has items."""
        return isinstance(self.node, yaml.SequenceNode)

    def entries(self) -> dict[str, "Part"]:
        """The keys of a mapping, whatever they are, each with its node."""
        if not isinstance(self.node, yaml.MappingNode):
            self.refuse(self.shown(), "a mapping (key: value)")
        found: dict[str, Part] = {}
        for key, value in self.node.value:
            name = str(key.value)
            part = Part(self.file, f"{self.path}.{name}".lstrip("."), value)
            if name in found:
                part.refuse(f"the key {name!r} twice", "each key once")
            found[name] = part
        return found

    def keys(self, known: Iterable[str], required: Iterable[str] = ()) -> dict[str, "Part"]:
        """The keys of a mapping that may have the `known` ones only and must have the `required` ones."""
        found = self.entries()
        refusals = self.unknown_keys(found, known)
        refusals += [self.refusal(f"no {name}", f"a {name}") for name in required if name not in found]
        if refusals:
            raise Unreadable(tuple(refusals))
        return found

    def unknown_keys(self, found: dict[str, "Part"], known: Iterable[str]) -> list[Refusal]:
        """A refusal for each key that is not known, with the nearest known one."""
        names = tuple(known)
        return [
            part.refusal(f"the unknown key {name!r}", suggestion(name, names))
            for name, part in found.items()
            if name not in names
        ]

    def items(self) -> tuple["Part", ...]:
        """The items of a list. A key with nothing after it holds none."""
        if isinstance(self.node, yaml.ScalarNode) and not self.node.value and self.node.style is None:
            return ()
        if not isinstance(self.node, yaml.SequenceNode):
            self.refuse(self.shown(), "a list")
        return tuple(Part(self.file, f"{self.path}[{i}]", node) for i, node in enumerate(self.node.value, 1))

    # scalars

    def text(self) -> str:
        """Words, with white space around and between them made single."""
        if not isinstance(self.node, yaml.ScalarNode) or not self.node.value.strip():
            self.refuse(self.shown(), "words")
        if has_control(self.node.value):
            self.refuse(self.shown(), "words without control characters")
        return " ".join(str(self.node.value).split())

    def texts(self) -> tuple[str, ...]:
        """A list of words, or one."""
        return tuple(item.text() for item in self.items()) if self.is_list else (self.text(),)

    def choice(self, choices: tuple[Any, ...]) -> Any:  # the arguments of a `Literal`
        """One of these words."""
        words = self.text()
        if words not in choices:
            self.refuse(repr(words), suggestion(words, tuple(map(str, choices))))
        return choices[choices.index(words)]

    def number(self) -> Decimal:
        """A plain number of at least 0."""
        words = self.text()
        if not re.fullmatch(r"\d{1,12}(\.\d{1,9})?", words):
            self.refuse(repr(words), "a number such as 120 or 7.5, without a sign or a thousands mark")
        return Decimal(words)

    def whole(self) -> int:
        """A whole number of at least 0."""
        value = self.number()
        if value != value.to_integral_value():
            self.refuse(str(value), "a whole number")
        return int(value)

    def quantity(self, factor: int) -> Range:
        """A number, or a list of the lowest and the highest; times `factor` it must be whole."""
        ends = self.items() if self.is_list else (self, self)
        if len(ends) != 2:
            self.refuse(f"a list of {len(ends)}", "one number, or [lowest, highest]")
        low, high = (end.number() * factor for end in ends)
        if low != low.to_integral_value() or high != high.to_integral_value():
            self.refuse(self.shown(), f"a number that is whole when taken {factor} times")
        if low > high:
            self.refuse(f"[{ends[0].text()}, {ends[1].text()}]", "the lowest first: [lowest, highest]")
        return Range(int(low), int(high))

    def when(self) -> str:
        """A day, a month or a year, as ISO 8601 writes it."""
        words = self.text()
        if not re.fullmatch(r"\d{4}(-\d\d){0,2}", words) or not is_day(words + "-01-01"[len(words) - 4 :]):
            self.refuse(repr(words), "a date such as 2026, 2026-06 or 2026-06-30")
        return words

    def day(self) -> date:
        """A day."""
        words = self.text()
        if not is_day(words):
            self.refuse(repr(words), "a day such as 2026-06-30")
        return date.fromisoformat(words)

    def page(self) -> str:
        """The address of a public page."""
        words = self.text()
        if not re.fullmatch(r"https?://[^\s/?#]+\.[^\s]+", words):
            self.refuse(repr(words), "the address of a page, https://...")
        return words


def is_day(words: str) -> bool:
    """Whether the words are one day of the calendar, written 2026-06-30."""
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", words):
        return False
    try:
        date.fromisoformat(words)
    except ValueError:
        return False
    return True


def read_part(path: Path, file: str) -> Part:
    """The top of a YAML file, called `file` in refusals. Raises `Unreadable`."""
    if path.stat().st_size > MAX_BYTES:
        raise Unreadable((Refusal(file, "size", f"{path.stat().st_size} bytes", f"at most {MAX_BYTES} bytes"),))
    content = path.read_bytes()
    try:
        if sum(map(content.count, OPENERS)) > SURELY_SHALLOW:
            check_depth(content, file)
        node = yaml.compose(content, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        raise Unreadable((yaml_refusal(file, error),)) from error
    if node is None:
        raise Unreadable((Refusal(file, "line 1", "an empty file", "YAML as loaders/starter/README.md shows it"),))
    check_tree(node, file)
    return Part(file, "", node)


def check_depth(content: bytes, file: str) -> None:
    """Refuse nesting that the composer would follow until the stack ends."""
    depth = 0
    for event in yaml.parse(content, Loader=yaml.CSafeLoader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > MAX_DEPTH + 1:
            place = f"line {event.start_mark.line + 1}" if event.start_mark else "file"
            raise Unreadable((Refusal(file, place, "lists in lists in lists", f"at most {MAX_DEPTH} levels"),))


def yaml_refusal(file: str, error: yaml.YAMLError) -> Refusal:
    """What the YAML parser did not like, with its line where it has one."""
    mark = getattr(error, "problem_mark", None)
    place = f"line {mark.line + 1}, column {mark.column + 1}" if mark else "file"
    problem = getattr(error, "problem", None) or getattr(error, "reason", "text that is no YAML")
    return Refusal(file, place, f"{problem}", "YAML in UTF-8")


def check_tree(top: yaml.Node, file: str) -> None:
    """Refuse anchors (one node in two places grows without bound) and nesting deeper than any file of ours."""
    seen: set[int] = set()
    waiting = [(top, 0)]
    while waiting:
        node, depth = waiting.pop()
        part = Part(file, "", node)
        if id(node) in seen:
            part.refuse("an anchor that is used twice", "the value written out")
        if depth > MAX_DEPTH:
            part.refuse("lists in lists in lists", f"at most {MAX_DEPTH} levels")
        seen.add(id(node))
        if isinstance(node, yaml.SequenceNode):
            waiting += [(child, depth + 1) for child in node.value]
        elif isinstance(node, yaml.MappingNode):
            waiting += [(child, depth + 1) for pair in node.value for child in pair]
