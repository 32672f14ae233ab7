"""What the cells of one row mean, by the rules of a mapping: words, numbers with units, money, levels of a scale.

A cell that is empty or holds a word for nothing says nothing, and nothing is never read as zero. A cell that cannot be
what its rule says is refused with row, column, what was found and what was expected.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from math import ceil
from typing import Any, NoReturn

from loaders.letters import has_control
from loaders.nearest import suggestion
from loaders.table.mapping import Rule
from ontology.currencies import to_minor
from ontology.errors import BadValue, Refusal, Unreadable
from ontology.scales import KnownScale
from ontology.values import Range

SHOWN = 80
NUMBER = r"\d{1,12}(?:\.\d+)?"
NUMBERS = re.compile(rf"({NUMBER})(?:\s*(?:-|–|to)\s*({NUMBER}))?")
THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?:\D|$))")

MINUTES = {"minutes": 1, "hours": 60}
DAYS: dict[str, tuple[Decimal, Decimal]] = {
    "days": (Decimal(1), Decimal(1)),
    "weeks": (Decimal(7), Decimal(7)),
    "months": (Decimal(365) / 12, Decimal(366) / 12),
    "years": (Decimal(365), Decimal(366)),
}


@dataclass(frozen=True, slots=True)
class Cells:
    """One row: its cells by heading, what counts as nothing, and where it stands."""

    file: str
    row: str
    values: Mapping[str, str]
    nothing: frozenset[str] = frozenset()
    quotes: bool = False

    def refuse(self, rule: Rule, found: str, expected: str) -> NoReturn:
        """Raise `Unreadable` for the cell that this rule reads."""
        column = f", column {rule.column}" if rule.column else f", {rule.field}"
        shown = found if len(found) <= SHOWN else found[:SHOWN] + "..."
        raise Unreadable((Refusal(self.file, f"{self.row}{column}", shown, expected),))

    def cell(self, rule: Rule | None) -> str | None:
        """The cell as it is written, without white space around it; `None` where it says nothing."""
        if rule is None:
            return None
        if rule.column is None:
            return rule.value
        text = self.values[rule.column].strip()
        if has_control(text):
            self.refuse(rule, repr(text), "text without control characters")
        if self.quotes:
            text = text.strip('"').strip()
        folded = text.casefold()
        return None if not text or folded in self.nothing or folded in map(str.casefold, rule.nothing) else text

    def meaning(self, rule: Rule | None) -> str | tuple[int, int] | None:
        """The cell, or what the rule says that its word means."""
        text = self.cell(rule)
        if text is None or rule is None or rule.values is None:
            return text
        meanings = {word.casefold(): meaning for word, meaning in rule.values}
        if text.casefold() not in meanings:
            self.refuse(rule, repr(text), suggestion(text, tuple(word for word, _ in rule.values)))
        return meanings[text.casefold()]

    def name(self, rule: Rule | None) -> str | None:
        """Words with single spaces."""
        meaning = self.meaning(rule)
        return " ".join(meaning.split()) if isinstance(meaning, str) and meaning else None

    def prose(self, rule: Rule | None) -> str | None:
        """Words whose lines are kept."""
        text = self.cell(rule)
        return "\n".join(line.rstrip() for line in text.splitlines()) if text else None

    def names(self, rule: Rule | None) -> tuple[str, ...]:
        """Several words in one cell, parted by the rule's `split`."""
        text = self.cell(rule)
        if text is None or rule is None:
            return ()
        parts = text.split(rule.split) if rule.split else [text]
        return tuple(" ".join(part.split()) for part in parts if part.strip())

    def choice(self, rule: Rule | None, choices: tuple[Any, ...]) -> Any:  # the arguments of a `Literal`
        """One of the closed list of words, whatever its case."""
        words = self.name(rule)
        return None if words is None or rule is None else self.one_of(rule, words, choices)

    def choices(self, rule: Rule | None, choices: tuple[Any, ...]) -> tuple[Any, ...]:
        """Several of a closed list."""
        return tuple(self.one_of(rule, words, choices) for words in self.names(rule)) if rule else ()

    def one_of(self, rule: Rule, words: str, choices: tuple[Any, ...]) -> Any:
        """The choice that these words are."""
        folded = {str(choice).casefold(): choice for choice in choices}
        if words.casefold() not in folded:
            self.refuse(rule, repr(words), suggestion(words, tuple(map(str, choices))))
        return folded[words.casefold()]

    def level(self, rule: Rule | None, scale: KnownScale | None) -> str | None:
        """The id of a level of the scale."""
        words = self.name(rule)
        if words is None or rule is None or scale is None:
            return None
        found = scale.find_level(words)
        if found is None:
            self.refuse(rule, repr(words), f"a level of {scale.name}: {', '.join(scale.level_names)}")
        return found.id

    def numbers(self, rule: Rule, expected: str) -> tuple[Decimal, Decimal] | None:
        """A number, or a lowest and a highest as `30-50` or `30 to 50`."""
        meaning = self.meaning(rule)
        if meaning is None:
            return None
        if isinstance(meaning, tuple):
            return Decimal(meaning[0]), Decimal(meaning[1])
        plain = meaning.replace(".", "").replace(",", ".") if rule.decimal == "," else THOUSANDS.sub("", meaning)
        match = NUMBERS.fullmatch(plain)
        if match is None:
            self.refuse(rule, repr(meaning), expected)
        low, high = Decimal(match[1]), Decimal(match[2] or match[1])
        if low > high:
            self.refuse(rule, repr(meaning), "the lower number first")
        return low, high

    def whole(self, rule: Rule | None) -> int | None:
        """A whole number."""
        found = self.numbers(rule, "a whole number") if rule else None
        if found is None or rule is None:
            return None
        if found[0] != found[1] or found[0] != found[0].to_integral_value():
            self.refuse(rule, repr(self.cell(rule)), "one whole number")
        return int(found[0])

    def minutes(self, rule: Rule | None) -> Range | None:
        """Work, in minutes. Days and weeks of work need `hours_in_unit`."""
        found = self.numbers(rule, "a number of " + (rule.unit or "minutes")) if rule else None
        if found is None or rule is None:
            return None
        factor = rule.hours_in_unit * 60 if rule.hours_in_unit else MINUTES.get(rule.unit or "minutes")
        if factor is None:
            self.refuse(rule, f"the unit {rule.unit}", "minutes, hours, or a unit with hours_in_unit in the mapping")
        return Range(int(found[0] * factor), ceil(found[1] * factor))

    def days(self, rule: Rule | None) -> Range | None:
        """Time that passes, in days. A month or year is as short or as long as the calendar has them."""
        found = self.numbers(rule, "a number of " + (rule.unit or "days")) if rule else None
        if found is None or rule is None:
            return None
        if (rule.unit or "days") not in DAYS:
            self.refuse(rule, f"the unit {rule.unit}", "one of: " + ", ".join(DAYS))
        short, long = DAYS[rule.unit or "days"]
        return Range(int(found[0] * short), ceil(found[1] * long))

    def money(self, rule: Rule, currency: str) -> Range | None:
        """An amount in minor units of the currency. A currency sign before it is passed over."""
        text = self.cell(rule)
        if text is None:
            return None
        bare = Cells(self.file, self.row, {rule.column: text.lstrip("$£€¥ ")} if rule.column else {}, quotes=False)
        found = bare.numbers(rule, "an amount such as 1200 or 1200.50")
        if found is None:
            return None
        try:
            return Range(to_minor(found[0], currency), to_minor(found[1], currency))
        except BadValue as error:
            self.refuse(rule, repr(text), str(error))

    def page(self, rule: Rule | None) -> str | None:
        """The address of a public page."""
        text = self.cell(rule)
        if text is not None and rule is not None and not re.fullmatch(r"https?://\S+\.\S+", text):
            self.refuse(rule, repr(text), "the address of a page, https://...")
        return text
