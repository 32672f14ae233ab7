"""The coverage of a ladder that somebody names, by its id or as people call it."""

import difflib

from api.asking.reading import read_currency, today_of
from api.knowledge import Knowledge
from api.present.coverages import coverage
from api.present.view import View
from api.shapes.coverage import CoverageShape
from ontology.errors import UnknownName
from ontology.records import Role
from recommender.coverage import find_coverage
from recommender.question import Question


def cover(known: Knowledge, ladder: str, *, currency: str | None, today: str | None) -> CoverageShape:
    """The coverage of a ladder. Raises `UnknownName` with the families there are."""
    index, day = known.index, today_of(today)
    code = read_currency(currency) if currency else known.settings.currency
    rungs = _find_ladder(known, ladder)
    found = find_coverage(index, rungs, Question(today=day, currency=code), rubric=known.rubric)
    view = View(index, known.rubric, day, code)
    return coverage(view, view.name(rungs), found)


def _find_ladder(known: Knowledge, words: str) -> str:
    index = known.index
    if index.roles_of_ladder(words):
        return words
    families = {index.record(Role, id_).family for id_ in index.ids(Role)} - {None}
    ladders = {ladder.name: ladder.id for ladder in index.ladders()}
    by_fold = {str(name).casefold(): str(name) for name in sorted(map(str, families))}
    by_fold |= {name.casefold(): id_ for name, id_ in sorted(ladders.items())}
    found = by_fold.get(" ".join(words.split()).casefold())
    if found is None:
        near = difflib.get_close_matches(words.casefold(), list(by_fold), n=5, cutoff=0.4)
        offered = near or sorted(by_fold)
        raise UnknownName("ladder", words, tuple(dict.fromkeys(_called(known, by_fold[name]) for name in offered)))
    return found


def _called(known: Knowledge, ladder: str) -> str:
    """The name of a ladder by its id; a family is its own name."""
    return next((each.name for each in known.index.ladders() if each.id == ladder), ladder)
