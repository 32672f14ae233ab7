"""The laws of `graph.store.Store`. A new backend is one line in `BACKENDS`."""

import gc
from collections.abc import Callable, Iterator
from itertools import permutations
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.checked import Described, checked, put
from graph.content import Change, gather, key_of
from graph.store import Store, open_store
from ontology.errors import (
    CollidingStatement,
    ForeignRecord,
    SourceDamaged,
    StoreClosed,
    StoreRefuses,
    UnusableId,
    UnusableText,
)
from ontology.records import RECORD_TYPES, Cost, Credential, Record, Role
from ontology.values import Range, Source, SourceInfo
from tests import needs
from tests.graph.otherhands import DAMAGES
from tests.servers import emptied_neo4j, emptied_sparql
from tests.strategies import contents, infos, records, records_of

pytestmark = pytest.mark.slow

BACKENDS: dict[str, Callable[[Path], str]] = {
    "memory": lambda folder: "memory:",
    "oxigraph": lambda folder: f"oxigraph:{folder / 'store'}",
    "sparql": lambda folder: emptied_sparql(needs.sparql()),
    "neo4j": lambda folder: emptied_neo4j(needs.neo4j()),
}
LASTING = ("neo4j", "oxigraph", "sparql")
"""Those that are there again after closing."""

EXAMPLES = {"memory": 12, "neo4j": 3, "oxigraph": 12, "sparql": 3}
"""A server takes its time over each example, so it gets fewer and bigger ones."""

BOARD = SourceInfo(id="board", title="Scrum board", voice="issuer", publisher="Board", licence="CC BY", digest="d1")
PRESS = SourceInfo(id="press", title="Press", voice="others")


def said(place: str, source: str = "board") -> Source:
    return Source(id=source, place=place, page=f"https://example.org/{place}", date="2026-03")


FIRST = Credential(id="id/board/credential/first", source=said("p1"), name="First", type="Certification")
FIRST_EFFORT = Credential(id="id/board/credential/first", source=said("p2"), name="First", effort=Range(60, 90))
SECOND = Credential(id="id/board/credential/second", source=said("p1"), name="Second")
PRICE = Cost(id="id/board/cost/1", source=said("p3"), credential=FIRST.id, kind="exam", amount=Range(100, 100))
BY_PRESS = Credential(id="id/board/credential/first", source=said("a", "press"), name="First one")


@pytest.fixture(params=sorted(BACKENDS))
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return BACKENDS[request.param](tmp_path)


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    opened = open_store(url)
    yield opened
    opened.close()


def everything(store: Store) -> list[Record]:
    return [record for kind in RECORD_TYPES for record in store.records(kind)]


def failing(*before: Record) -> Iterator[Record]:
    yield from before
    raise OSError("the file ended too early")


def on_examples(test: Callable[..., None], backend: str, **drawn: st.SearchStrategy[Any]) -> None:
    """Run a test on as many drawn examples as the backend gets."""
    few = settings(max_examples=EXAMPLES[backend], deadline=None, suppress_health_check=list(HealthCheck))
    few(given(**drawn)(test))()


@pytest.mark.parametrize("kind", RECORD_TYPES)
@pytest.mark.parametrize("backend", sorted(BACKENDS))
def test_every_kind_of_record_comes_back_as_it_was(backend: str, kind: type[Record]) -> None:
    def kept(drawn: list[Record], info: SourceInfo) -> None:
        with TemporaryDirectory() as folder:
            store = open_store(BACKENDS[backend](Path(folder)))
            store.replace_source(info, drawn)
            assert list(store.records(kind)) == sorted(drawn, key=lambda r: (r.id, r.source.id, r.source.place))
            assert store.sources() == (info,)
            store.close()

    many = 60 // EXAMPLES[backend]
    on_examples(kept, backend, drawn=st.lists(records_of(kind), max_size=many, unique_by=key_of), info=infos("test"))


@pytest.mark.parametrize("backend", sorted(BACKENDS))
def test_the_order_of_loading_is_never_seen(backend: str) -> None:
    first, second = SourceInfo(id="one", title="1", voice="issuer"), SourceInfo(id="other", title="2", voice="others")

    def unseen(one: list[Record], other: list[Record], edit: Record, data: st.DataObject) -> None:
        shuffled = data.draw(st.permutations(one))
        with TemporaryDirectory() as folder:
            store = open_store(BACKENDS[backend](Path(folder) / "x"))
            store.replace_source(first, one)
            store.replace_source(second, other)
            store.amend(edit)
            held, revision = everything(store), store.revision()
            store.close()
            again = open_store(BACKENDS[backend](Path(folder) / "y"))
            again.amend(edit)
            again.replace_source(second, other)
            again.replace_source(first, shuffled)
            assert everything(again) == held
            assert again.revision() == revision
            again.close()

    on_examples(unseen, backend, one=contents("one"), other=contents("other"), edit=records("one"), data=st.data())


def test_an_empty_store_has_nothing_to_say(store: Store) -> None:
    assert everything(store) == []
    assert store.sources() == ()


def test_several_statements_about_one_thing_stand_side_by_side(store: Store) -> None:
    change = store.replace_source(BOARD, [FIRST_EFFORT, SECOND, FIRST, PRICE])
    assert change == Change(added=4, removed=0, unchanged=0, identical=False)
    assert list(store.records(Credential)) == [FIRST, FIRST_EFFORT, SECOND]
    assert list(store.records(Cost)) == [PRICE]
    assert list(store.records(Role)) == []


def test_records_come_by_id_then_source_then_place(store: Store) -> None:
    store.replace_source(PRESS, [BY_PRESS])
    store.replace_source(BOARD, [SECOND, FIRST_EFFORT, FIRST])
    assert list(store.records(Credential)) == [FIRST, FIRST_EFFORT, BY_PRESS, SECOND]
    assert store.sources() == (BOARD, PRESS)


def test_replacing_a_source_leaves_only_what_it_says_now(store: Store) -> None:
    store.replace_source(PRESS, [BY_PRESS])
    store.replace_source(BOARD, [FIRST, SECOND, PRICE])
    change = store.replace_source(BOARD, [FIRST, FIRST_EFFORT])
    assert change == Change(added=1, removed=2, unchanged=1, identical=False)
    assert everything(store) == [FIRST, FIRST_EFFORT, BY_PRESS]


def test_the_same_source_again_changes_nothing(store: Store) -> None:
    store.replace_source(BOARD, [FIRST, PRICE])
    before = store.revision()
    assert store.replace_source(BOARD, [PRICE, FIRST, FIRST]) == Change(added=0, removed=0, unchanged=2, identical=True)
    assert store.revision() == before


@pytest.mark.parametrize("damage", DAMAGES)
def test_what_another_hand_changed_is_as_it_was_given_once_it_is_written_anew(
    store: Store, url: str, damage: Callable[[Store, str], None]
) -> None:
    store.replace_source(PRESS, [BY_PRESS])
    store.replace_source(BOARD, [FIRST, PRICE])
    before, edition = store.revision(), store.edition()
    damage(store, url)
    assert store.replace_source(BOARD, [FIRST, PRICE]).identical
    with pytest.raises((SourceDamaged, StoreRefuses)):
        list(checked(store, "a", Described(BOARD, store.digests()["board"])))
    anew = store.replace_source(BOARD, [FIRST, PRICE], anew=True)
    assert anew == Change(added=2, removed=0, unchanged=0, identical=False, anew=True)
    assert everything(store) == [FIRST, BY_PRESS, PRICE]
    assert list(store.records_of("board")) == [PRICE, FIRST]
    assert (store.revision(), store.sources()) == (before, (BOARD, PRESS))
    assert store.edition() != edition


def test_a_source_can_be_written_anew_again_and_again_and_for_the_first_time(store: Store) -> None:
    for _ in range(3):
        assert store.replace_source(BOARD, [FIRST, PRICE], anew=True).added == 2
        assert sorted(everything(store), key=key_of) == [PRICE, FIRST]


def test_a_failing_iterator_leaves_what_was_to_be_written_anew(store: Store) -> None:
    store.replace_source(BOARD, [FIRST, PRICE])
    with pytest.raises(OSError, match="ended too early"):
        store.replace_source(BOARD, failing(SECOND), anew=True)
    assert list(store.records_of("board")) == [PRICE, FIRST]


@pytest.mark.parametrize("damage", DAMAGES)
def test_who_puts_a_source_there_finds_what_another_hand_changed(
    store: Store, url: str, damage: Callable[[Store, str], None]
) -> None:
    source = Described(BOARD, gather(BOARD, [FIRST, PRICE]).digest)
    assert put(store, "a", source, [FIRST, PRICE]) == Change(added=2, removed=0, unchanged=0, identical=False)
    assert put(store, "a", source, [FIRST, PRICE]).identical
    damage(store, url)
    assert put(store, "a", source, [FIRST, PRICE]).anew
    assert list(store.records_of("board")) == [PRICE, FIRST]


def test_a_new_description_of_a_source_is_a_new_revision(store: Store) -> None:
    store.replace_source(BOARD, [FIRST])
    before = store.revision()
    retitled = SourceInfo(id="board", title="Scrum board, second edition", voice="issuer")
    assert store.replace_source(retitled, [FIRST]) == Change(added=0, removed=0, unchanged=1, identical=False)
    assert store.sources() == (retitled,)
    assert store.revision() != before


def test_the_revision_follows_the_content_there_and_back(store: Store) -> None:
    empty = store.revision()
    store.replace_source(BOARD, [FIRST])
    one = store.revision()
    store.replace_source(BOARD, [FIRST, SECOND])
    assert len({empty, one, store.revision()}) == 3
    store.replace_source(BOARD, [FIRST])
    assert store.revision() == one
    store.remove_source("board")
    assert store.revision() == empty


def test_an_edition_never_comes_back(store: Store) -> None:
    editions = [store.edition()]
    for content in ([FIRST], [FIRST, SECOND], [FIRST]):
        store.replace_source(BOARD, content)
        editions.append(store.edition())
    assert store.replace_source(BOARD, [FIRST]).identical
    store.amend(SECOND)
    editions.append(store.edition())
    store.retract(SECOND)
    assert store.edition() == store.edition()
    editions.append(store.edition())
    store.amend(SECOND)
    store.remove_source("edits")
    editions.append(store.edition())
    assert len(set(editions)) == 7


def test_a_removed_source_is_gone_and_its_neighbours_stay(store: Store) -> None:
    store.replace_source(BOARD, [FIRST, PRICE])
    store.replace_source(PRESS, [BY_PRESS])
    store.remove_source("board")
    store.remove_source("never loaded")
    assert everything(store) == [BY_PRESS]
    assert store.sources() == (PRESS,)


def test_an_edit_stands_beside_what_it_corrects(store: Store) -> None:
    store.replace_source(BOARD, [FIRST])
    store.amend(FIRST)
    edited = Credential(id=FIRST.id, source=said("p1", "edits"), name="First", type="Certification")
    assert list(store.records(Credential)) == [FIRST, edited]
    assert [(info.id, info.voice) for info in store.sources()] == [("board", "issuer"), ("edits", "own edits")]


def test_an_edit_replaces_the_edit_with_the_same_key_and_no_other(store: Store) -> None:
    corrected = Credential(id=FIRST.id, source=said("p1", "edits"), name="First, corrected")
    elsewhere = Credential(id=FIRST.id, source=said("p9", "edits"), name="First, elsewhere")
    store.amend(FIRST)
    store.amend(elsewhere)
    store.amend(corrected)
    assert list(store.records(Credential)) == [corrected, elsewhere]


def test_dropping_the_edits_is_undo(store: Store) -> None:
    store.replace_source(BOARD, [FIRST])
    before = store.revision()
    store.amend(SECOND)
    store.remove_source("edits")
    assert everything(store) == [FIRST]
    assert store.revision() == before


def test_one_edit_is_taken_back_and_the_others_stay(store: Store) -> None:
    elsewhere = Credential(id=FIRST.id, source=said("p9", "edits"), name="First, elsewhere")
    store.replace_source(BOARD, [FIRST])
    before = store.revision()
    store.amend(FIRST)
    store.amend(elsewhere)
    store.retract(FIRST)
    assert list(store.records(Credential)) == [FIRST, elsewhere]
    store.retract(FIRST)
    store.retract(elsewhere)
    store.retract(elsewhere)
    assert store.sources() == (BOARD,)
    assert store.revision() == before


def test_one_source_is_read_by_kind_then_id_then_place(store: Store) -> None:
    store.replace_source(BOARD, [SECOND, PRICE, FIRST_EFFORT, FIRST])
    store.replace_source(PRESS, [BY_PRESS])
    assert (
        list(store.records_of("board"))
        == [PRICE, FIRST, FIRST_EFFORT, SECOND]
        == sorted([FIRST, FIRST_EFFORT, SECOND, PRICE], key=key_of)
    )
    assert list(store.records_of("press")) == [BY_PRESS]
    assert list(store.records_of("never loaded")) == []


def test_digests_are_those_of_the_content(store: Store) -> None:
    store.replace_source(BOARD, [SECOND, FIRST])
    store.replace_source(PRESS, [BY_PRESS])
    assert store.digests() == {
        "board": gather(BOARD, [FIRST, SECOND]).digest,
        "press": gather(PRESS, [BY_PRESS]).digest,
    }


def test_a_failing_iterator_leaves_the_old_whole(store: Store) -> None:
    store.replace_source(BOARD, [FIRST, PRICE])
    before = store.revision()
    with pytest.raises(OSError, match="ended too early"):
        store.replace_source(BOARD, failing(SECOND))
    assert everything(store) == [FIRST, PRICE]
    assert store.revision() == before


def test_a_failing_iterator_of_a_new_source_leaves_no_source(store: Store) -> None:
    with pytest.raises(OSError, match="ended too early"):
        store.replace_source(BOARD, failing(FIRST))
    assert everything(store) == []
    assert store.sources() == ()


def test_two_differing_statements_at_one_place_are_refused_with_both(store: Store) -> None:
    store.replace_source(BOARD, [FIRST])
    twin = Credential(id=SECOND.id, source=Source(id="board", place="p1", page="https://other.org"), name="Twin")
    with pytest.raises(CollidingStatement) as refused:
        store.replace_source(BOARD, [SECOND, twin])
    assert refused.value.first == "p1 (https://example.org/p1)"
    assert refused.value.second == "p1 (https://other.org)"
    assert everything(store) == [FIRST]


def test_a_record_of_another_source_is_refused(store: Store) -> None:
    with pytest.raises(ForeignRecord, match="its source is 'press'"):
        store.replace_source(BOARD, [BY_PRESS])
    assert everything(store) == []


@pytest.mark.parametrize(
    "id_",
    ["", "psm-1", "id/", "id/a b", "https://a b", "https://example.org/<x>", "https://w3id.org/credpath/id/x/y"],
)
def test_an_id_that_is_no_iri_is_refused(store: Store, id_: str) -> None:
    with pytest.raises(UnusableId):
        store.replace_source(BOARD, [Role(id=id_, source=said("p1"), name="x")])
    with pytest.raises(UnusableId):
        store.replace_source(BOARD, [Role(id="id/board/role/x", source=said("p1"), name="x", ladder=id_)])
    assert everything(store) == []


def test_half_a_character_is_refused(store: Store) -> None:
    with pytest.raises(UnusableText, match="the name of role id/board/role/x holds a broken character"):
        store.replace_source(BOARD, [Role(id="id/board/role/x", source=said("p1"), name="\ud800")])


def test_a_reader_keeps_the_records_it_asked_for(store: Store) -> None:
    store.replace_source(BOARD, [FIRST, SECOND])
    reader = store.records(Credential)
    assert next(reader) == FIRST
    store.replace_source(BOARD, [FIRST_EFFORT])
    assert list(reader) == [SECOND]


def test_a_reader_of_one_source_keeps_the_records_it_asked_for(store: Store) -> None:
    store.replace_source(BOARD, [FIRST, SECOND])
    reader = store.records_of("board")
    assert next(reader) == FIRST
    store.remove_source("board")
    assert list(reader) == [SECOND]
    assert everything(store) == []


def test_a_closed_store_says_that_it_is_closed(url: str) -> None:
    store = open_store(url)
    store.close()
    with pytest.raises(StoreClosed):
        store.sources()
    with pytest.raises(StoreClosed):
        store.replace_source(BOARD, [])


@pytest.mark.parametrize("backend", LASTING)
def test_what_was_stored_is_there_after_opening_again(backend: str, tmp_path: Path) -> None:
    url = BACKENDS[backend](tmp_path)
    store = open_store(url)
    for order in permutations([FIRST, FIRST_EFFORT, PRICE]):
        store.replace_source(BOARD, order)
    store.amend(SECOND)
    before, records, sources = store.revision(), everything(store), store.sources()
    store.close()
    gc.collect()
    again = open_store(url)
    assert (again.revision(), everything(again), again.sources()) == (before, records, sources)
    again.close()
