"""Without a target: the next rungs and related roles ranked by readiness, and the route over several rungs.

Readiness is the importance met over the importance in all; it is compared as an exact fraction.
"""

from dataclasses import dataclass
from fractions import Fraction

import networkx as nx

from graph.index import Index
from ontology.person import Person
from ontology.records import NextRole, Role
from ontology.rubric import Rubric
from ontology.values import RoleStep
from recommender.gap import Gap, find_gap
from recommender.question import Question

RELATED = 8
"""How many related roles are told."""


@dataclass(frozen=True, slots=True)
class Prospect:
    """A role one could go for: how it relates to the current one (`None` where no record says), and its gap."""

    role: str
    step: RoleStep | None
    gap: Gap

    @property
    def readiness(self) -> Fraction:
        """Importance met over importance in all; 1 where nothing is asked."""
        met, whole = self.gap.readiness
        return Fraction(met, whole) if whole else Fraction(1)


def find_prospects(index: Index, person: Person, question: Question, *, rubric: Rubric) -> tuple[Prospect, ...]:
    """The next rungs first, then related roles, each kind by falling readiness and then id.

    Related roles are those that a record relates, and otherwise the roles outside the own family, none of whose rungs
    is nearer, that share the most requirements.
    """
    if person.role is None:
        return ()
    current = index.record(Role, person.role).id
    steps = {step.to_role: step.kind for step in index.next_roles(current)}

    def prospect(role: str) -> Prospect:
        gap = find_gap(
            index,
            person,
            role,
            rubric=rubric,
            today=question.today,
            assume_role=question.assume_role,
            optional=question.optional,
        )
        return Prospect(role, steps.get(role), gap)

    rungs = [prospect(role) for role, kind in steps.items() if kind == "ladder step"]
    related = [prospect(role) for role in _related(index, current) - {p.role for p in rungs}]
    related.sort(key=lambda p: (p.step is None, -p.readiness, p.role))
    nearest_of_family: dict[str, Prospect] = {}
    for found in related:
        family = index.record(Role, found.role).family or found.role
        nearest_of_family.setdefault(family, found)
    rungs.sort(key=lambda p: (-p.readiness, p.role))
    return (*rungs, *list(nearest_of_family.values())[:RELATED])


def find_route(index: Index, role: str, target: str) -> tuple[str, ...] | None:
    """The rungs from a role to a target, both included, by the fewest steps, ties by id.

    `None` where no ladder leads there.
    """
    role, target = index.present_id(role), index.present_id(target)
    graph = nx.DiGraph()
    for id_ in index.ids(NextRole):
        step = index.record(NextRole, id_)
        if step.kind == "ladder step":
            graph.add_edge(step.from_role, step.to_role)
    if role not in graph or target not in graph or not nx.has_path(graph, role, target):
        return None
    return min(tuple(path) for path in nx.all_shortest_paths(graph, role, target))


def _related(index: Index, role: str) -> set[str]:
    """Roles that a record relates, and those outside the family that ask for a competency this one asks for."""
    stated = {step.to_role for step in index.next_roles(role) if step.kind == "related role"}
    family = index.record(Role, role).family
    mine = _competencies(index, role)
    others = {
        id_
        for id_ in index.ids(Role)
        if id_ != role and (family is None or index.record(Role, id_).family != family)
        if mine & _competencies(index, id_)
    }
    return stated | others


def _competencies(index: Index, role: str) -> set[str]:
    return {
        option.competency
        for requirement in index.requirements_of(role)
        for option in index.options_of(requirement.id)
        if option.competency is not None
    }
