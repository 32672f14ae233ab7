from api.present.entries import entry
from api.present.view import View
from api.terminal.entry import entry_page
from api.terminal.plain import draw_plain
from graph.build import build_index
from ontology.rubric import default_rubric
from tests.api.worlds import TODAY, baking
from tests.worlds import EXAM, credential, finding, provider, role, store_of, the_credential


def test_the_effort_is_told_once() -> None:
    view = View(baking().index, default_rubric(), TODAY, "GBP")
    lines = draw_plain(entry_page(entry(view, the_credential("Dough exam")))).splitlines()
    assert [line.split("  [")[0] for line in lines if line.startswith("effort")] == ["effort  10 hours"]


def test_each_sentence_about_proof_names_what_it_is_about_where_they_differ() -> None:
    world = (
        role("Baker", asks={"Dough": "Working", "Ovens": "Working"}),
        credential("Exam", by="Guild", minutes=600, assessed=EXAM, assesses={"Dough": "Working", "Ovens": None}),
        finding(the_credential("Exam"), "verifiable_record"),
        provider("Guild", kind="professional body"),
    )
    view = View(build_index(store_of(*world)), default_rubric(), TODAY, "GBP")
    told = draw_plain(entry_page(entry(view, the_credential("Exam"))))
    assert "- Dough: it shows it: " in told
    assert "- Ovens: it does not surely show it, because" in told
