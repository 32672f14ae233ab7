"""What a person brings: credentials that are in force, and days worked in a role family.

Kept apart from the gap because plans ask it too: what is held starts standing and is never bought again.
"""

from collections.abc import Mapping
from datetime import date

from graph.index import Index
from ontology.person import Holding, Person
from ontology.records import Credential


def in_force(index: Index, holding: Holding, today: date) -> bool:
    """Whether a holding is awarded and has not run out: by its own date, else by its award and the renewal."""
    if holding.awarded is not None and holding.awarded > today:
        return False
    if holding.expires is not None:
        return holding.expires >= today
    credential = index.find(Credential, holding.credential)
    if holding.awarded is None or credential is None or not credential.renewal_months:
        return True
    return months_after(holding.awarded, credential.renewal_months) >= today


def held_in_force(index: Index, person: Person, today: date) -> Mapping[str, Holding]:
    """The holdings in force by the present id of their credential; of two of the same, the verified one."""
    held: dict[str, Holding] = {}
    for holding in person.holdings:
        id_ = index.present_id(holding.credential)
        if in_force(index, holding, today) and (id_ not in held or holding.verified):
            held[id_] = holding
    return held


def months_after(day: date, months: int) -> date:
    """The same day of a later month, or its last day where that month is shorter; the last day of all where none is.

    >>> months_after(date(2026, 1, 31), 1)
    datetime.date(2026, 2, 28)
    """
    year, month = divmod(day.month - 1 + months, 12)
    if day.year + year > date.max.year:
        return date.max
    for last in (day.day, 30, 29, 28):
        try:
            return date(day.year + year, month + 1, min(day.day, last))
        except ValueError:
            continue
    raise ValueError(day)


def days_worked(person: Person, family: str, today: date) -> int:
    """Days of work in a role family up to today; a day in two jobs at once is one day.

    >>> from ontology.person import Experience
    >>> two = [Experience(family="Cook", started=date(2020, 1, 1), ended=date(2020, 1, 31)) for _ in range(2)]
    >>> days_worked(Person(experiences=tuple(two)), "cook", date(2026, 1, 1))
    30
    """
    spans = sorted(
        (spent.started, min(spent.ended or today, today))
        for spent in person.experiences
        if spent.family.casefold() == family.casefold()
    )
    days, counted = 0, date.min
    for started, ended in spans:
        start = max(started, counted)
        days += max(0, (ended - start).days)
        counted = max(counted, ended)
    return days
