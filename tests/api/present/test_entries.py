from api.present.entries import entry, text
from api.present.view import View
from ontology.rubric import default_rubric
from tests.api.worlds import TODAY, baking
from tests.worlds import the_competency


def view() -> View:
    return View(baking().index, default_rubric(), TODAY, "GBP")


def test_what_is_stated_is_named_and_no_id_is_shown() -> None:
    stated = {each.field: each.value for each in entry(view(), the_competency("Dough")).stated}
    assert stated["scale"]
    assert not stated["scale"].startswith("id/")


def test_how_long_a_credential_lasts_reads_as_a_person_says_it() -> None:
    assert text(view(), "renewal_months", 36) == "every 36 months"
    assert text(view(), "renewal_months", 0) == "stated never to expire"
