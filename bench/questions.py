"""Twenty questions over six role families of the starter graph, and what the best plan comes to.

`python -m bench.questions` prints the table that `docs/twenty-questions.md` judges as a career coach would. The day is
fixed, so that the table changes only with the graph and the code.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from graph.build import build_index
from graph.index import Index
from graph.stores.memory import MemoryStore
from loaders.curated.folder import read_starter
from loaders.ladder import role_id
from ontology.person import Person
from ontology.rubric import default_rubric
from recommender.answer import Answer, find_answer
from recommender.question import Question

TODAY = date(2026, 11, 24)

SAID = {
    "budget": "at most {:,} pence",
    "aim": "{}",
    "deadline": "by {}",
    "weekly_minutes": "{} minutes a week",
    "prefer_work": "work preferred",
}
"""How each limit is told."""


@dataclass(frozen=True, slots=True)
class Asked:
    """From which role (or none) to which, and the limits."""

    role: str | None
    target: str
    limits: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        said = "".join(f", {SAID[name].format(value)}" for name, value in self.limits.items())
        return f"{self.role or 'no role yet'} to {self.target}{said}"


QUESTIONS = (
    Asked("Associate product manager", "Product manager"),
    Asked("Product manager", "Senior product manager"),
    Asked("Senior product manager", "Lead product manager", {"prefer_work": True}),
    Asked("Associate product manager", "Product manager", {"budget": 500_00}),
    Asked(None, "Associate product manager", {"budget": 1000_00}),
    Asked("Associate delivery manager", "Delivery manager"),
    Asked("Delivery manager", "Senior delivery manager", {"aim": "cheapest"}),
    Asked("Business analyst", "Delivery manager", {"budget": 1500_00}),
    Asked("Data analyst", "Associate delivery manager"),
    Asked("Data analyst", "Associate delivery manager", {"deadline": date(2027, 12, 31), "weekly_minutes": 360}),
    Asked(None, "Associate data analyst"),
    Asked(None, "Associate data analyst", {"budget": 600_00}),
    Asked("Associate data analyst", "Data analyst", {"aim": "strongest"}),
    Asked("Data analyst", "Senior data analyst"),
    Asked(None, "Junior business analyst"),
    Asked(None, "Junior business analyst", {"budget": 900_00, "aim": "cheapest"}),
    Asked("Business analyst", "Senior business analyst"),
    Asked(None, "Associate user researcher", {"aim": "quickest", "weekly_minutes": 480}),
    Asked("User researcher", "Senior user researcher", {"budget": 2000_00}),
    Asked("Product manager", "Service owner"),
)


def main() -> None:
    """Print the table."""
    store = MemoryStore()
    for info, records in read_starter().sources:
        store.replace_source(info, records)
    index = build_index(store)
    print("| | question | open | shown | may be shown | work only | steps | known price, GBP |")
    print("|---|---|---|---|---|---|---|---|")
    for number, asked in enumerate(QUESTIONS, 1):
        print(f"| {number} | {asked} | {_cells(answer_of(index, asked))} |")


def answer_of(index: Index, asked: Asked) -> Answer:
    """The answer to one of the questions."""
    person = Person(role=role_id("uk-digital", asked.role) if asked.role else None)
    question = Question(today=TODAY, **asked.limits)
    return find_answer(index, person, role_id("uk-digital", asked.target), question, rubric=default_rubric())


def _cells(answer: Answer) -> str:
    results = [outcome.result for outcome in answer.outcomes]
    counts = [str(len(results)), *(str(results.count(result)) for result in ("shown", "unconfirmed", "work"))]
    if answer.pathway is None:
        return " | ".join([*counts, "no plan", ""])
    names = [(s.offer.credential or s.offer.assignment) for s in answer.pathway.steps]
    steps = "; ".join(thing.name for thing in names if thing is not None) or "none"
    totals = answer.pathway.totals
    price = f"{totals.money.high / 100:.2f}" + (f" + {totals.unknown_prices} unknown" if totals.unknown_prices else "")
    return " | ".join([*counts, steps, price])


if __name__ == "__main__":
    main()
