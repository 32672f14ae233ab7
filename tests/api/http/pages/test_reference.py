from api.service import Service
from api.settings import Settings
from ontology.rubric import default_rubric
from tests.api.http.client import Client, client_of
from tests.api.http.pages.reading import words
from tests.api.worlds import WORLD
from tests.worlds import credential, said_by, store_of, the_credential, the_role


def test_the_page_of_a_credential_says_everything_with_its_source(client: Client) -> None:
    page = words(client.get(f"/credential/{the_credential('Dough exam')}").text)
    assert "100.00 to 120.00 GBP" in page
    assert "10 hours" in page
    assert "What it speaks to, and how surely" in page
    assert "A drawn world" in page


def test_the_page_of_a_role_leads_back_to_the_question(client: Client) -> None:
    assert 'href="/?role=Junior+baker"' in client.get(f"/role/{the_role('Junior baker')}").text


def test_sources_that_disagree_are_both_shown() -> None:
    store = store_of(*WORLD, said_by("blog", "others", credential("Dough exam", by="Guild", minutes=1200)))
    client = client_of(Service(Settings(store="memory:"), store, default_rubric()))
    page = words(client.get(f"/credential/{the_credential('Dough exam')}").text)
    assert "Where sources disagree" in page
    assert "20 hours" in page


def test_the_coverage_of_a_ladder_is_a_matrix(client: Client) -> None:
    page = words(client.get("/coverage", ladder="Baker").text)
    assert "Cakes not asked Awareness nowhere 1 project at work" in page
    assert client.get("/coverage", ladder="Plumbers").status_code == 404
    assert 'href="/coverage?ladder=Baker"' in client.get("/coverage").text
