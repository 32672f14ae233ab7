"""An index, a person and a question become a pathway problem: ids and whole numbers, and why things were left out.

Starts from the open items and walks what they ask for: credentials that assess a wanted competency at the wanted level,
credentials an item or a condition names, what those require in turn, and what gives them advanced standing. Facts about
the person are decided here: an unconfirmed fact counts as not met, and the credential it keeps out is reported with it.
"""

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from graph.index import Index
from ontology.person import Person
from ontology.records import AdvancedStanding, Credential
from ontology.rubric import Rubric
from recommender.figures import counted_effort, counted_price, effort_of, price_of, taken_off
from recommender.gap import Gap, GapItem, find_item
from recommender.held import held_in_force
from recommender.offers import (
    Bit,
    LeftOut,
    Offer,
    Support,
    is_in_proportion,
    speaks_to,
    why_not,
    with_supports,
    work_on,
)
from recommender.pathways.problem import Candidate, Condition, Item, Problem, Standing
from recommender.pathways.reduction import earnable
from recommender.question import Question


@dataclass(frozen=True, slots=True, kw_only=True)
class Framed:
    """A problem and the way back from its ids to the catalogue. Mappings are sorted by key."""

    problem: Problem
    gap: Gap
    bits: Mapping[str, Bit]
    offers: Mapping[str, Offer]
    standings: Mapping[tuple[str, str], AdvancedStanding]
    held: frozenset[str]
    left_out: tuple[LeftOut, ...]


@dataclass(slots=True)
class _Walk:
    """What the walk has seen so far; it lives for one call of `frame`."""

    index: Index
    person: Person
    question: Question
    rubric: Rubric
    held: frozenset[str]
    bits: dict[str, Bit] = field(default_factory=dict)
    supports: dict[str, list[Support]] = field(default_factory=dict)
    offers: dict[str, Offer] = field(default_factory=dict)
    left_out: dict[str, LeftOut] = field(default_factory=dict)
    waiting: deque[str] = field(default_factory=deque)
    wanted: set[str] = field(default_factory=set)

    def want(self, credentials: Iterable[str]) -> None:
        """Put credentials on the list of those to look at, once each."""
        for id_ in sorted(set(credentials) - self.wanted):
            self.wanted.add(id_)
            self.waiting.append(id_)

    def want_bit(self, bit: Bit) -> None:
        """Put on the list whatever shows a bit or may show it, in proportion to its level."""
        if bit.id in self.bits:
            return
        self.bits[bit.id] = bit
        currency = self.question.currency
        for credential, support in speaks_to(self.index, bit, self.question, self.rubric):
            self.supports.setdefault(credential.id, []).append(support)
            if is_in_proportion(self.index, credential, bit.level, currency, self.rubric):
                self.want([credential.id])


def frame(index: Index, person: Person, gap: Gap, question: Question, *, rubric: Rubric) -> Framed:
    """The pathway problem of a gap.

    Items that would be shown by verifying what is held are not put to the solver: nothing is bought for what a
    certificate in the drawer shows.
    """
    question = _with_present_ids(index, question)
    held = frozenset(held_in_force(index, person, question.today))
    walk = _Walk(index, person, question, rubric, held)
    items = [Item(i.requirement.id, i.importance, _condition(walk, i)) for i in gap.open if not i.verifying_is_enough]
    pinned = frozenset(question.pinned) - held
    walk.want(pinned)
    while walk.waiting:
        _look_at(walk, walk.waiting.popleft())
    offers = {id_: with_supports(offer, walk.supports.get(id_, ()), rubric) for id_, offer in walk.offers.items()}
    if question.prefer_work:
        for bit in walk.bits.values():
            for work in work_on(index, bit, question, rubric):
                offers[work.id] = with_supports(offers[work.id], work.supports, rubric) if work.id in offers else work
    offers = dict(sorted(offers.items()))
    for id_ in sorted(offers.keys() - earnable(offer.candidate for offer in offers.values())):
        walk.left_out[id_] = LeftOut(id_, "conditions", offers[id_].open_conditions)
    offers = {id_: offer for id_, offer in offers.items() if id_ not in walk.left_out}
    standings = _standings(index, offers, held, question.currency)
    problem = Problem(
        items=tuple(sorted(items, key=lambda item: item.id)),
        candidates=tuple(offer.candidate for offer in offers.values()),
        standings=tuple(standing for standing, _ in standings),
        held=frozenset(standing.held for standing, _ in standings) & held,
        may_already=frozenset(_may_already(gap)),
        pinned=pinned,
        aim=question.aim,
        budget=question.budget,
        deadline_days=(question.deadline - question.today).days if question.deadline else None,
        weekly_minutes=question.weekly_minutes,
        hourly_rate=question.hourly_rate,
    )
    return Framed(
        problem=problem,
        gap=gap,
        bits=dict(sorted(walk.bits.items())),
        offers=offers,
        standings={(standing.into, standing.held): record for standing, record in standings},
        held=held,
        left_out=tuple(walk.left_out[id_] for id_ in sorted(walk.left_out)),
    )


def _condition(walk: _Walk, item: GapItem) -> Condition:
    """What is still needed of a requirement: options that hold are counted off, and those that verifying shows.

    Facts that nobody confirmed are dropped.
    """
    missing = [state.option for state in item.options if not state.met and not state.would_show]
    candidates = {option.credential for option in missing if option.credential is not None}
    bits = [Bit(o.competency, o.level) for o in missing if o.competency is not None and o.credential is None]
    walk.want(candidates)
    for bit in bits:
        walk.want_bit(bit)
    return Condition(item.still, tuple(sorted(candidates)), tuple(sorted({bit.id for bit in bits})))


def _can_hold(item: GapItem) -> bool:
    """Whether enough options hold, or could come to hold without a fact that nobody confirmed."""
    possible = [s for s in item.options if s.met or s.option.credential or s.option.competency]
    return len(possible) >= item.requirement.at_least


def _look_at(walk: _Walk, id_: str) -> None:
    """Make an offer of a credential, or say why it is none."""
    index, question = walk.index, walk.question
    credential = index.find(Credential, id_)
    if credential is None or credential.id in walk.held:
        return
    price = price_of(index, credential.id, question.currency)
    effort = effort_of(index, credential)
    conditions = _open_conditions(walk, credential)
    why = why_not(credential, price, effort, question)
    barred = tuple(item for item in conditions if not _can_hold(item))
    if why is None and barred:
        why = "conditions"
    if why is not None:
        walk.left_out[credential.id] = LeftOut(credential.id, why, barred if why == "conditions" else ())
        return
    walk.want(s.held for s in index.standing_into(credential.id) if any(taken_off(index, s, question.currency)))
    walk.offers[credential.id] = Offer(
        id=credential.id,
        credential=credential,
        assignment=None,
        price=price,
        effort=effort,
        open_conditions=conditions,
        candidate=Candidate(
            credential.id,
            counted_price(index, credential, price),
            counted_effort(index, credential, question.currency),
            credential.elapsed.high if credential.elapsed else 0,
            tuple(_condition(walk, item) for item in conditions),
        ),
    )


def _open_conditions(walk: _Walk, credential: Credential) -> tuple[GapItem, ...]:
    """A credential's own essential requirements that the person does not meet yet."""
    items = (
        find_item(
            walk.index,
            walk.person,
            requirement,
            rubric=walk.rubric,
            today=walk.question.today,
            assume_role=walk.question.assume_role,
            as_condition=True,
        )
        for requirement in walk.index.requirements_of(credential.id)
        if requirement.necessity == "essential"
    )
    return tuple(item for item in items if not item.met)


def _with_present_ids(index: Index, question: Question) -> Question:
    """The question with renamed ids replaced. Raises `UnknownId` for a pin that is nowhere."""
    return replace(
        question,
        pinned=tuple(index.record(Credential, id_).id for id_ in question.pinned),
        excluded=tuple(index.present_id(id_) for id_ in question.excluded),
        providers=tuple(index.present_id(id_) for id_ in question.providers),
    )


def _standings(
    index: Index, offers: Mapping[str, Offer], held: frozenset[str], currency: str
) -> list[tuple[Standing, AdvancedStanding]]:
    """The standings that take something off an offer, from what is held or could be a step: the most for each pair."""
    found: dict[tuple[str, str], tuple[Standing, AdvancedStanding]] = {}
    for into in offers:
        for record in index.standing_into(into):
            money, minutes = taken_off(index, record, currency)
            if (money or minutes) and (record.held in offers or record.held in held):
                standing, other = Standing(record.held, into, money, minutes), found.get((record.held, into))
                if other is None or (money, minutes) > (other[0].money_off, other[0].minutes_off):
                    found[record.held, into] = (standing, record)
    return [found[key] for key in sorted(found)]


def _may_already(gap: Gap) -> Iterable[str]:
    """The bits that what is held may show already."""
    for item in gap.open:
        for state in item.options:
            if state.basis == "unconfirmed" and state.option.competency is not None:
                yield Bit(state.option.competency, state.option.level).id
