"""The property graph that Cypher users see says what the index says, however the store came to hold what it holds."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, suppress
from operator import methodcaller
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.build import build_index
from graph.store import Store, open_store
from graph.stores.memory import MemoryStore
from graph.stores.neo4j.lease import Lease
from graph.stores.neo4j.pointers import Pointer
from graph.stores.neo4j.view import View
from loaders.curated.folder import read_starter
from ontology.records import (
    RECORD_TYPES,
    Alignment,
    Claim,
    Competency,
    Cost,
    Credential,
    Forwarding,
    Level,
    Option,
    PartOf,
    Provider,
    Record,
    Requirement,
    Role,
    Scale,
)
from ontology.values import Range, Source, SourceInfo
from tests import needs
from tests.graph.stores.neo4j.asking import ask, drawn
from tests.servers import emptied_neo4j
from tests.strategies import contents, records

pytestmark = pytest.mark.slow

BOARD = SourceInfo(id="board", title="Scrum board", voice="issuer")
PRESS = SourceInfo(id="press", title="Press", voice="others")
HERE, THERE = Source(id="board", place="p1"), Source(id="press", place="a")
SCALE = Scale(id="id/b/scale/s", source=HERE, name="Two levels")
WORKING = Level(id="id/b/level/2", source=HERE, scale=SCALE.id, rank=2, name="Working")
AGILE = Competency(id="id/b/competency/agile", source=HERE, name="Agile", scale=SCALE.id)
PROVIDER = Provider(id="id/b/provider/board", source=HERE, name="Board", kind="industry association")
FIRST = Credential(id="id/b/credential/first", source=HERE, name="First", provider=PROVIDER.id, effort=Range(60, 90))
CLAIM = Claim(
    id="id/b/claim/1", source=HERE, subject=FIRST.id, competency=AGILE.id, mode="assesses", level=WORKING.id, words="x"
)
ROLE = Role(id="id/b/role/lead", source=HERE, name="Lead")
ASKED = Requirement(id="id/b/requirement/1", source=HERE, subject=ROLE.id, at_least=1, importance=40)
BY_SKILL = Option(id="id/b/option/1", source=HERE, requirement=ASKED.id, competency=AGILE.id, level=WORKING.id)
BY_CREDENTIAL = Option(id="id/b/option/2", source=HERE, requirement=ASKED.id, credential=FIRST.id)
WORLD: tuple[Record, ...] = (
    SCALE, WORKING, AGILE, PROVIDER, FIRST, CLAIM, ROLE, ASKED, BY_SKILL, BY_CREDENTIAL,
)  # fmt: skip

ASSESSES = "MATCH (a)-[s:ASSESSES]->(b) RETURN a.name, b.name, s.levelName, s.rank, s.words, s.id"
REQUIRES = (
    "MATCH (a)-[s:REQUIRES]->(b) RETURN a.name, b.name, s.levelName, s.importance, s.atLeast, s.of, s.necessity "
    "ORDER BY b.name"
)


@pytest.fixture
def url() -> str:
    return emptied_neo4j(needs.neo4j())


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    opened = open_store(url)
    yield opened
    opened.close()


def test_a_claim_leads_from_the_credential_to_the_competency(store: Store, url: str) -> None:
    store.replace_source(BOARD, WORLD)
    assert ask(url, ASSESSES) == [["First", "Agile", "Working", 2, "x", CLAIM.id]]
    assert ask(url, REQUIRES) == [
        ["Lead", "Agile", "Working", 40, 1, 2, "essential"],
        ["Lead", "First", None, 40, 1, 2, "essential"],
    ]
    assert ask(url, "MATCH (c:Credential)-[:OFFERED_BY]->(p) RETURN c.effortLow, c.effortHigh, p.name, p.kind") == [
        [60, 90, "Board", "industry association"]
    ]


def test_a_level_that_is_renamed_is_renamed_wherever_it_stands(store: Store, url: str) -> None:
    store.replace_source(BOARD, WORLD)
    store.amend(Level(id=WORKING.id, source=HERE, scale=SCALE.id, rank=3, name="Practitioner"))
    assert ask(url, ASSESSES) == [["First", "Agile", "Practitioner", 3, "x", CLAIM.id]]
    store.remove_source("edits")
    assert ask(url, ASSESSES) == [["First", "Agile", "Working", 2, "x", CLAIM.id]]


def test_what_is_required_goes_and_comes_with_its_requirement(store: Store, url: str) -> None:
    store.replace_source(BOARD, WORLD)
    without = [record for record in WORLD if record not in (ASKED, BY_CREDENTIAL)]
    store.replace_source(BOARD, without)
    assert ask(url, REQUIRES) == []
    store.replace_source(BOARD, [*without, ASKED])
    assert ask(url, REQUIRES) == [["Lead", "Agile", "Working", 40, 1, 1, "essential"]]
    store.replace_source(BOARD, [*without, Requirement(id=ASKED.id, source=HERE, subject=FIRST.id, at_least=1)])
    assert ask(url, REQUIRES) == [["First", "Agile", "Working", None, 1, 1, "essential"]]


def test_a_link_that_leads_nowhere_waits_for_what_it_names(store: Store, url: str) -> None:
    store.replace_source(BOARD, [record for record in WORLD if record not in (AGILE, WORKING)])
    assert ask(url, ASSESSES) == []
    nowhere = "MATCH (x:Thing)-[link:LEADS_NOWHERE]->(m:Missing) RETURN x.id, link.field, m.id ORDER BY x.id, m.id"
    assert ask(url, nowhere) == [
        [CLAIM.id, "competency", AGILE.id],
        [CLAIM.id, "level", WORKING.id],
        [BY_SKILL.id, "competency", AGILE.id],
        [BY_SKILL.id, "level", WORKING.id],
    ]
    by_press = [
        Competency(id=AGILE.id, source=THERE, name="Agility"),
        Level(id=WORKING.id, source=THERE, scale=SCALE.id, rank=2, name="Working"),
    ]
    store.replace_source(PRESS, by_press)
    assert ask(url, ASSESSES) == [["First", "Agility", "Working", 2, "x", CLAIM.id]]
    assert ask(url, "MATCH (m:Missing) RETURN m.id") == []
    store.remove_source("press")
    assert ask(url, ASSESSES) == []
    assert len(ask(url, nowhere)) == 4


def test_who_said_what_hangs_on_the_thing(store: Store, url: str) -> None:
    store.replace_source(BOARD, WORLD)
    store.replace_source(PRESS, [Credential(id=FIRST.id, source=THERE, name="The first one", page="https://a.org")])
    said = (
        "MATCH (c:Credential)<-[:ABOUT]-(s:Statement)-[:SAID_BY]->(source:Source) "
        "RETURN c.name, c.page, s.name, s.place, source.title ORDER BY source.id"
    )
    assert ask(url, said) == [
        ["First", "https://a.org", "First", "p1", "Scrum board"],
        ["First", "https://a.org", "The first one", "a", "Press"],
    ]
    store.remove_source("board")
    assert ask(url, said) == [["The first one", "https://a.org", "The first one", "a", "Press"]]


def test_a_renamed_thing_is_one_thing_with_all_that_was_said_of_it(store: Store, url: str) -> None:
    store.replace_source(BOARD, WORLD)
    old = Credential(id="id/b/credential/old", source=THERE, name="Once", page="https://once.org")
    taught = Claim(id="id/b/claim/9", source=THERE, subject=old.id, competency=AGILE.id, mode="teaches")
    store.replace_source(PRESS, [old, taught])
    store.amend(Forwarding(id=old.id, source=HERE, to=FIRST.id))
    assert ask(url, "MATCH (c:Credential) RETURN c.id, c.name, c.page") == [[FIRST.id, "First", "https://once.org"]]
    assert ask(url, "MATCH (c)-[:TEACHES]->(b) RETURN c.id, b.name") == [[FIRST.id, "Agile"]]
    store.remove_source("edits")
    assert ask(url, "MATCH (c)-[:TEACHES]->(b) RETURN c.id, b.name") == [[old.id, "Agile"]]


def test_parts_standing_alignments_and_next_roles_are_one_step(store: Store, url: str) -> None:
    whole = Credential(id="id/b/credential/whole", source=HERE, name="Whole")
    other = Competency(id="id/b/competency/lean", source=HERE, name="Lean")
    part = PartOf(id="id/b/part-of/1", source=HERE, part=FIRST.id, whole=whole.id)
    same = Alignment(id="id/b/alignment/1", source=HERE, one=AGILE.id, other=other.id, relation="close")
    store.replace_source(BOARD, [*WORLD, whole, other, part, same])
    assert ask(url, "MATCH (a)-[s:PART_OF]->(b) RETURN a.name, b.name, s.id") == [["First", "Whole", part.id]]
    assert ask(url, "MATCH (a)-[s:ALIGNED_WITH]->(b) RETURN a.name, s.relation, b.name") == [["Agile", "close", "Lean"]]


def test_what_is_drawn_while_its_source_moves_on_is_drawn_again(
    store: Store, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    announce, other = View._announce, open_store(url)
    store.replace_source(BOARD, WORLD)
    renamed = [Role(id=ROLE.id, source=HERE, name="Head") if record is ROLE else record for record in WORLD]

    def late(self: View, behind: Iterable[Pointer]) -> None:
        monkeypatch.undo()
        other.replace_source(BOARD, [*WORLD, Role(id="id/b/role/new", source=HERE, name="New")])
        announce(self, behind)

    monkeypatch.setattr(View, "_announce", late)
    store.replace_source(BOARD, renamed)
    assert ask(url, "MATCH (r:Role) RETURN r.name ORDER BY r.name") == [["Lead"], ["New"]]
    assert ask(url, "MATCH (s:Source) WHERE s.viewed <> [s.current] RETURN s.id") == []
    assert len(list(store.records_of("board"))) == len(WORLD) + 1
    other.close()


def test_what_somebody_adds_is_left_alone(store: Store, url: str) -> None:
    store.replace_source(BOARD, WORLD)
    ask(url, "MATCH (c:Credential {id: $id}) CREATE (:Note {words: 'ask Ann'})-[:ON]->(c)", id=FIRST.id)
    store.replace_source(BOARD, [*WORLD, Cost(id="id/b/cost/1", source=HERE, credential=FIRST.id, kind="exam")])
    store.amend(Forwarding(id="id/b/role/once", source=HERE, to=ROLE.id))
    assert ask(url, "MATCH (n:Note) RETURN n.words") == [["ask Ann"]]


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(one=contents("one"), again=contents("one"), other=contents("other"), edit=records("one"), data=st.data())
def test_step_by_step_and_all_at_once_draw_the_same(
    one: list[Record], again: list[Record], other: list[Record], edit: Record, data: st.DataObject
) -> None:
    first, second = SourceInfo(id="one", title="1", voice="issuer"), SourceInfo(id="other", title="2", voice="others")
    url = emptied_neo4j(needs.neo4j())
    steps = [
        lambda store: store.replace_source(first, one),
        lambda store: store.replace_source(second, other),
        lambda store: store.amend(edit),
        lambda store: store.replace_source(first, again),
        lambda store: store.remove_source("other"),
    ]
    chosen = data.draw(st.permutations(steps))[: data.draw(st.integers(2, 5))]
    store = open_store(url)
    for step in chosen:
        step(store)
    seen = drawn(url)
    held = {info: list(store.records_of(info.id)) for info in store.sources()}
    store.close()
    fresh = open_store(emptied_neo4j(url))
    for info, said in held.items():
        fresh.replace_source(info, said)
    fresh.close()
    assert drawn(url) == seen


class Killed(BaseException):
    """A process ends here."""


def killed(url: str, at: int, step: Callable[[Store], object]) -> bool:
    """Do a step in a process that ends before the batch of this number, counted from 1; whether it got that far."""
    batch, left = Lease.batch, at

    def dying(self: Lease, *works: Any) -> Any:
        nonlocal left
        left -= 1
        if left == 0:
            raise Killed
        return batch(self, *works)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Lease, "batch", dying)
        patched.setattr(Lease, "release", lambda self: None)
        with suppress(Killed), closing(open_store(url)) as store:
            step(store)
    ask(url, "MATCH (lease:Credpath {name: 'view'}) REMOVE lease.holder")  # it has lapsed, so others may draw
    return left <= 0


@pytest.mark.parametrize("comes", [False, True], ids=["goes", "comes"])
def test_whoever_is_killed_anywhere_in_drawing_what_others_lead_to_leaves_nothing_half_drawn(
    store: Store, url: str, comes: bool
) -> None:
    without = [record for record in WORLD if record not in (ROLE, AGILE, WORKING)]
    before, after = (without, WORLD) if comes else (WORLD, without)
    store.replace_source(BOARD, after)
    true = drawn(url)
    for at in range(1, 100):
        store.replace_source(BOARD, before)
        reached = killed(url, at, methodcaller("replace_source", BOARD, after))
        open_store(url).close()
        assert drawn(url) == true, f"killed before batch {at}"
        if not reached:
            break
    assert 5 < at < 50


@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    said=st.lists(contents("one"), min_size=3, max_size=3),
    others=st.lists(contents("other"), min_size=2, max_size=2),
    edit=records("one"),
    chance=st.randoms(use_true_random=False),
)
def test_whoever_is_killed_while_drawing_the_next_one_draws_what_is_true(
    said: list[list[Record]], others: list[list[Record]], edit: Record, chance: Random
) -> None:
    one, other = SourceInfo(id="one", title="1", voice="issuer"), SourceInfo(id="other", title="2", voice="others")
    url = emptied_neo4j(needs.neo4j())
    steps: list[Callable[[Store], object]] = [
        *(methodcaller("replace_source", one, content) for content in said),
        *(methodcaller("replace_source", other, content) for content in others),
        *(methodcaller("remove_source", info.id) for info in (one, other)),
        *(methodcaller(name, edit) for name in ("amend", "retract")),
    ]
    for _ in range(8):
        killed(url, chance.randint(1, 25), chance.choice(steps))
    with closing(open_store(url)) as store:
        held = {info: list(store.records_of(info.id)) for info in store.sources()}
    seen = drawn(url)
    with closing(open_store(emptied_neo4j(url))) as fresh:
        for info, content in held.items():
            fresh.replace_source(info, content)
    assert drawn(url) == seen


def test_the_starter_graph_looks_as_the_index_says(store: Store, url: str) -> None:
    memory = MemoryStore()
    for info, said in read_starter().sources:
        store.replace_source(info, said)
        memory.replace_source(info, said)
    index = build_index(memory)
    for kind in RECORD_TYPES:
        assert [id_ for (id_,) in ask(url, f"MATCH (x:{kind.__name__}) RETURN x.id ORDER BY x.id")] == list(
            index.ids(kind)
        )
    claims = {
        (claim.id, claim.mode, claim.subject, claim.competency, claim.level)
        for kind in RECORD_TYPES
        for subject in index.ids(kind)
        for claim in index.claims_of(subject)
        if index.find(Competency, claim.competency)
    }
    seen = ask(url, "MATCH (a)-[s:ASSESSES|TEACHES]->(b) RETURN s.id, toLower(type(s)), a.id, b.id, s.level")
    assert {tuple(row) for row in seen} == claims
    assert len(claims) == len(index.ids(Claim)) == 658
    asked = {
        (option.id, role, option.competency or option.credential, option.level, requirement.importance)
        for role in (*index.ids(Role), *index.ids(Credential))
        for requirement in index.requirements_of(role)
        for option in index.options_of(requirement.id)
        if option.competency or option.credential
    }
    seen = ask(url, "MATCH (a)-[s:REQUIRES]->(b) RETURN s.id, a.id, b.id, s.level, s.importance")
    assert {tuple(row) for row in seen} == asked
    nowhere = ask(url, "MATCH (x:Thing)-[link:LEADS_NOWHERE]->(m) RETURN x.id, m.id")
    assert sorted(nowhere) == sorted([one.id, one.target] for one in index.dangling)
