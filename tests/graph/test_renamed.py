from graph.renamed import present_ids, with_present_ids
from ontology.records import Competency, Forwarding
from ontology.values import Source

HERE = Source(id="w", place="r")


def renamed(**to: str) -> list[Forwarding]:
    return [Forwarding(id=old, source=HERE, to=new) for old, new in to.items()]


def test_an_id_renamed_twice_leads_to_the_last_one() -> None:
    assert present_ids(renamed(a="b", b="c")) == {"a": "c", "b": "c"}


def test_ids_renamed_in_a_circle_stay_and_so_does_what_leads_into_it() -> None:
    assert present_ids(renamed(a="b", b="a", c="a", d="e")) == {"d": "e"}


def test_of_two_new_names_the_first_by_its_letters_counts() -> None:
    assert present_ids([*renamed(a="z"), *renamed(a="b")]) == {"a": "b"}


def test_a_record_goes_by_present_ids_and_so_do_its_links() -> None:
    record = Competency(id="a", source=HERE, name="A", framework="a", broader=("a", "c"))
    present = Competency(id="b", source=HERE, name="A", framework="b", broader=("b", "c"))
    assert with_present_ids(record, {"a": "b"}) == present
    assert with_present_ids(record, {"x": "y"}) is record


def test_what_tells_of_the_old_id_keeps_it() -> None:
    (forwarding,) = renamed(a="b")
    assert with_present_ids(forwarding, {"a": "b"}) is forwarding
