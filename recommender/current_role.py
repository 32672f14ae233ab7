"""What the current role lets us assume: whoever has a role meets what it surely asks for.

One option of several is no certainty; the same choice asked again is.
"""

from collections.abc import Iterable

from graph.index import Index
from ontology.records import Option, Requirement


def surely_asked_by(index: Index, role: str) -> Iterable[Option]:
    """The options that whoever has the role surely meets: all that must hold, since an alternative is no certainty."""
    for requirement in index.requirements_of(role):
        options = index.options_of(requirement.id)
        if requirement.at_least >= len(options) and requirement.necessity == "essential":
            yield from options


def asks_as_much(index: Index, role: str | None, requirement: Requirement) -> bool:
    """Whether a choice that a role leaves asks for enough competencies among the same ones, however it was made.

    Whoever meets k of n options meets at least k - (n - m) of the m that answer to one of the requirement's own.
    """
    asked = [option for option in index.options_of(requirement.id) if option.credential is None and option.competency]
    for theirs in index.requirements_of(role) if role else ():
        options, left = index.options_of(theirs.id), list(asked)
        if theirs.at_least >= len(options):
            continue
        for option in options:
            answered = next((other for other in left if implies(index, option, other)), None)
            if answered is not None:
                left.remove(answered)
        unanswered = len(options) - (len(asked) - len(left))
        if theirs.necessity == "essential" and theirs.at_least - unanswered >= requirement.at_least:
            return True
    return False


def level_asked_by(index: Index, role: str | None, option: Option) -> str | None:
    """The highest level at which a role surely asks for the competency of an option."""
    best = None
    for other in surely_asked_by(index, role) if role else ():
        if other.level is not None and same_competency(index, other, option):
            best = other.level if best is None or index.reaches(other.level, best) else best
    return best


def implies(index: Index, option: Option, asked: Option) -> bool:
    """Whether whoever meets the one option surely meets the other."""
    if asked.credential is not None:
        return option.credential == asked.credential
    if asked.competency is not None:
        reached = option.level is not None and asked.level is not None and index.reaches(option.level, asked.level)
        return reached and same_competency(index, option, asked)
    if asked.years is None or asked.family is None or option.years is None or option.family is None:
        return False
    return option.family.casefold() == asked.family.casefold() and option.years >= asked.years


def same_competency(index: Index, option: Option, asked: Option) -> bool:
    """Whether two options ask for one competency, or for two that somebody says match exactly."""
    return option.credential is None and option.competency in exact_matches(index, asked.competency or "")


def exact_matches(index: Index, competency: str) -> set[str]:
    """A competency and those that somebody says match it exactly."""
    return {same for same, relation in index.same_competency(competency) if relation == "exact"}
