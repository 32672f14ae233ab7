"""What a correction says, what it leaves to others, and what taking it back leaves."""

from collections.abc import Sequence

import pytest

from graph.build import build_index
from graph.edits import PLACE, corrections, edited, is_new, new_id, undone
from graph.fuse import said_by
from graph.index import Index
from graph.stores.memory import MemoryStore
from ontology.disagreement import Disagreement
from ontology.errors import BadValue
from ontology.records import Claim, Cost, Credential, Option, Provider, Record, Requirement
from ontology.values import Range, Source
from tests.worlds import credential, provider, role, store_of, the, the_credential
from tests.worlds import said_by as spoken

PSM = the_credential("PSM")
ISSUED = Source(id="w", place="1")
PRICE = Cost(id="id/w/cost/psm", source=ISSUED, credential=PSM, kind="exam", amount=Range(20000, 20000), currency="USD")


def corrected(store: MemoryStore, edit: Record) -> tuple[Index, Sequence[Disagreement]]:
    """The index with an edit, and what others say otherwise."""
    store.amend(edit)
    index = build_index(store)
    return index, index.disagreements(edit.id)


def test_an_edit_says_what_it_corrects_and_what_it_cannot_leave_unsaid() -> None:
    psm = Credential(id=PSM, source=ISSUED, name="PSM", effort=Range(600, 600), renewal_months=0, languages=("en",))
    edit = edited(psm, None, {"effort": Range(960, 960)}, page="https://example.org/psm", date="2026-11")
    assert edit == Credential(
        id=PSM,
        source=Source(id="edits", place="edits", page="https://example.org/psm", date="2026-11"),
        name="PSM",
        effort=Range(960, 960),
    )


def test_a_corrected_amount_keeps_its_currency() -> None:
    edit = edited(PRICE, None, {"amount": Range(15000, 15000)})
    assert (edit.amount, edit.currency, edit.kind, edit.credential) == (Range(15000, 15000), "USD", "exam", PSM)


def test_an_edit_that_changes_the_importance_does_not_make_an_optional_criterion_essential() -> None:
    asked = Requirement(id="id/w/r", source=ISSUED, subject="id/w/x", at_least=1, necessity="optional", words="a")
    edit = edited(asked, None, {"importance": 80})
    assert said_by(edit) == {"subject": "id/w/x", "at_least": 1, "importance": 80, "necessity": "optional"}


def test_a_provider_of_an_unknown_kind_stays_one() -> None:
    guild = Provider(id="id/w/provider/g", source=ISSUED, name="Guild", kind="vendor")
    assert said_by(edited(guild, None, {"area": "UK"})) == {"name": "Guild", "area": "UK"}


def test_a_later_edit_keeps_what_an_earlier_one_corrected_and_its_page_until_it_names_another() -> None:
    psm = Credential(id=PSM, source=ISSUED, name="PSM", effort=Range(600, 600))
    first = edited(psm, None, {"renewal_months": 36}, page="https://example.org/psm", date="2026-10")
    second = edited(psm, first, {"status": "active"}, date="2026-11")
    assert (second.renewal_months, second.status, second.effort) == (36, "active", None)
    assert second.source == Source(id="edits", place=PLACE, page="https://example.org/psm", date="2026-11")


def test_a_new_value_is_not_said_to_stand_on_the_page_of_the_old_one() -> None:
    psm = Credential(id=PSM, source=ISSUED, name="PSM")
    first = edited(psm, None, {"renewal_months": 36}, page="https://example.org/psm", date="2026-10")
    assert edited(psm, first, {"renewal_months": 48}).source == Source(id="edits", place=PLACE)
    dated = edited(psm, first, {"renewal_months": 48}, date="2026-11")
    assert dated.source == Source(id="edits", place=PLACE, date="2026-11")
    assert edited(psm, first, {"renewal_months": 36}).source == first.source


@pytest.mark.parametrize(("field", "value"), [("effort", None), ("languages", ()), ("kind", "unknown")])
def test_an_edit_cannot_make_a_thing_unknown(field: str, value: object) -> None:
    kind = Provider if field == "kind" else Credential
    thing = kind(id="id/w/x", source=ISSUED, name="X")
    with pytest.raises(BadValue, match=f"an edit cannot make the {field} of .* unknown; say what it is"):
        edited(thing, None, {field: value})


def test_what_an_edit_corrects_is_believed_and_what_others_say_stays_in_sight() -> None:
    index, others = corrected(store_of(PRICE), edited(PRICE, None, {"amount": Range(15000, 15000)}))
    believed = index.record(Cost, PRICE.id)
    assert (believed.amount, believed.currency) == (Range(15000, 15000), "USD")
    assert [(each.field, each.value, each.source.id) for each in others] == [("amount", Range(20000, 20000), "w")]


def test_an_edit_tells_what_it_corrects_and_what_that_overrules() -> None:
    edit = edited(PRICE, None, {"amount": Range(15000, 15000), "currency": "GBP"})
    _, others = corrected(store_of(PRICE), edit)
    found = corrections(edit, others)
    assert [(c.field, c.value, [o.value for o in c.overrules]) for c in found] == [
        ("amount", Range(15000, 15000), [Range(20000, 20000)]),
        ("currency", "GBP", ["USD"]),
    ]


def test_what_an_edit_only_repeats_is_no_correction_until_others_say_otherwise() -> None:
    world = (credential("PSM", minutes=600, by="Scrum.org"), provider("Scrum.org"))
    psm = build_index(store_of(*world)).record(Credential, PSM)
    edit = edited(psm, None, {"effort": Range(960, 960)})
    _, others = corrected(store_of(*world), edit)
    assert [c.field for c in corrections(edit, others)] == ["effort"]
    renamed = store_of(spoken("w2", "issuer", Credential(id=PSM, source=ISSUED, name="PSM 1")))
    _, others = corrected(renamed, edit)
    assert [(c.field, [o.value for o in c.overrules]) for c in corrections(edit, others)] == [
        ("name", ["PSM 1"]),
        ("effort", []),
    ]


def test_a_level_where_nobody_stated_one_is_a_correction() -> None:
    claim = Claim(id="id/w/claim/1", source=ISSUED, subject=PSM, competency="id/w/competency/a", mode="assesses")
    edit = edited(claim, None, {"level": "id/w/level/working"})
    assert [c.field for c in corrections(edit, ())] == ["level"]


def test_the_level_that_a_role_asks_is_corrected_with_its_competency() -> None:
    store = store_of(role("Senior", asks={"Agile": "Working"}))
    option = next(iter(store.records(Option)))
    edit = edited(option, None, {"level": the("level", "Expert")})
    index, others = corrected(store, edit)
    assert index.record(Option, option.id).level == the("level", "Expert")
    assert [(c.field, c.value) for c in corrections(edit, others)] == [("level", the("level", "Expert"))]


def test_undoing_one_field_leaves_the_others() -> None:
    world = credential("PSM", minutes=600)
    psm = build_index(store_of(world)).record(Credential, PSM)
    edit = edited(psm, None, {"effort": Range(960, 960), "renewal_months": 36})
    _, others = corrected(store_of(world), edit)
    left = undone(edit, "effort", others)
    assert left is not None
    assert said_by(left) == {"name": "PSM", "renewal_months": 36}


def test_undoing_the_last_field_undoes_the_edit() -> None:
    edit = edited(PRICE, None, {"amount": Range(15000, 15000), "currency": "GBP"})
    _, others = corrected(store_of(PRICE), edit)
    assert undone(edit, "amount", others) is None
    assert undone(edit, "currency", others) is None


def test_undoing_a_field_that_no_edit_can_leave_unsaid_says_again_what_others_say() -> None:
    world = (credential("PSM", minutes=600),)
    psm = build_index(store_of(*world)).record(Credential, PSM)
    edit = edited(psm, None, {"name": "Professional Scrum Master", "effort": Range(960, 960)})
    _, others = corrected(store_of(*world), edit)
    left = undone(edit, "name", others)
    assert left is not None
    assert said_by(left) == {"name": "PSM", "effort": Range(960, 960)}


def test_what_no_edit_corrects_cannot_be_undone() -> None:
    edit = edited(PRICE, None, {"amount": Range(15000, 15000)})
    _, others = corrected(store_of(PRICE), edit)
    with pytest.raises(BadValue, match="no edit corrects the audience of id/w/cost/psm; it corrects amount"):
        undone(edit, "audience", others)


def test_two_things_whose_ids_read_the_same_never_share_what_is_new_about_them() -> None:
    first = new_id(Cost, "id/w/credential/cisco--networking-academy-ccna", "exam")
    assert first != new_id(Cost, "id/w/credential/cisco-networking-academy--ccna", "exam")
    assert first == new_id(Cost, "id/w/credential/cisco--networking-academy-ccna", "exam")


def test_what_nobody_stated_before_has_an_id_of_its_own() -> None:
    id_ = new_id(Cost, PSM, "exam")
    assert id_.startswith("id/edits/cost/w-credential-psm--exam--")
    added = edited(Cost(id=id_, source=ISSUED, credential=PSM, kind="exam"), None, {"amount": Range(1, 1)})
    assert is_new(added)
    assert not is_new(PRICE)
    assert [c.field for c in corrections(added, ())] == ["credential", "kind", "amount"]
    with pytest.raises(BadValue, match="nobody else says the kind of id/edits/cost/"):
        undone(added, "kind", ())
