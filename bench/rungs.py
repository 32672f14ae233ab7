"""What the starter graph can do for each step of the UK framework: items shown, unconfirmed, or shown by work only.

`python -m bench.rungs ROLES.csv.gz` loads the framework's own table beside the starter graph and asks "what next" for
every step between neighbouring rungs; it prints a table by role family for the README. The day is fixed, so that the
table changes only with the graph and the code. The framework's table is not part of the repository; its service offers
it (https://ddat-capability-framework.service.gov.uk/download).
"""

import sys
from collections import Counter
from datetime import date
from pathlib import Path

from graph.build import build_index
from graph.index import Index
from graph.stores.memory import MemoryStore
from loaders.curated.folder import read_starter
from loaders.table.mapping import open_preset
from loaders.table.reader import read_table
from ontology.errors import CredpathError
from ontology.person import Person
from ontology.records import NextRole, Role
from ontology.rubric import default_rubric
from recommender.answer import find_answer
from recommender.question import Question

TODAY = date(2026, 11, 24)
COLUMNS = ("steps", "open items", "shown", "unconfirmed", "work only")


def main(table: Path) -> None:
    """Print the table."""
    store = MemoryStore()
    for loaded in (read_starter(), read_table(table, open_preset("uk-digital"))):
        for info, records in loaded.sources:
            store.replace_source(info, records)
    counts = count_steps(build_index(store), Question(today=TODAY))
    print("| role family | " + " | ".join(COLUMNS) + " |")
    print("|---" * (1 + len(COLUMNS)) + "|")
    for family in sorted(counts):
        print(f"| {family} | " + " | ".join(str(counts[family][column]) for column in COLUMNS) + " |")
    whole = sum(counts.values(), Counter[str]())
    print("| **all** | " + " | ".join(f"**{whole[column]}**" for column in COLUMNS) + " |")


def count_steps(index: Index, question: Question) -> dict[str, Counter[str]]:
    """For each role family: how many steps, open items, and what becomes of them under the best plan."""
    counts: dict[str, Counter[str]] = {}
    for id_ in index.ids(NextRole):
        step = index.record(NextRole, id_)
        if step.kind != "ladder step":
            continue
        person = Person(role=step.from_role)
        answer = find_answer(index, person, step.to_role, question, rubric=default_rubric(), alternatives=False)
        family = counts.setdefault(index.record(Role, step.from_role).family or "", Counter())
        family["steps"] += 1
        family["open items"] += len(answer.outcomes)
        for outcome in answer.outcomes:
            family["work only" if outcome.result == "work" else outcome.result] += 1
    return counts


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(
            "bench.rungs: name the table of roles, which is not part of the repository; "
            "https://ddat-capability-framework.service.gov.uk/download offers it"
        )
    try:
        main(Path(sys.argv[1]))
    except CredpathError as error:
        sys.exit(f"bench.rungs: {error}")
