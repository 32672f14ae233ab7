import pytest

from api.service import Service
from api.settings import Settings
from ontology.rubric import default_rubric
from tests.api.http.client import Client, client_of
from tests.api.http.pages.reading import words
from tests.api.worlds import WORLD
from tests.worlds import credential, role, said_by, store_of, the_credential

QUESTION = {"role": "Junior baker", "to": "Senior baker"}


def test_an_empty_form_offers_questions_that_can_be_answered(client: Client) -> None:
    page = client.get("/")
    assert page.status_code == 200
    assert 'href="/?role=Junior+baker&amp;to=Senior+baker"' in page.text
    assert '<option value="Junior baker">' in page.text


def test_the_plan_stands_in_the_page_without_any_script(client: Client) -> None:
    page = client.get("/", **QUESTION).text
    steps = page[page.index('<ol class="steps">') : page.index("</ol>")]
    assert "Dough exam" in steps
    assert "Oven exam" in steps
    assert page.index('id="steps"') < page.index('id="gap"') < page.index('id="timeline"')


def test_a_missing_price_is_said(client: Client) -> None:
    page = words(client.get("/", **QUESTION).text)
    assert "100.00 to 120.00 GBP" in page
    assert "Price not stated" in page


def test_what_only_work_can_show_comes_with_the_assignment(client: Client) -> None:
    page = words(client.get("/", **QUESTION).text)
    assert "Work that would show it: Bake for a wedding" in page


def test_the_form_keeps_what_was_asked(client: Client) -> None:
    asked = {"budget": "150", "currency": "GBP", "hours_per_week": "7", "have": "Dough exam@2025-01-02"}
    page = client.get("/", **QUESTION, **asked).text
    assert 'name="budget" type="number" min="0" max="100000000" step="any" value="150"' in page
    assert 'value="Dough exam@2025-01-02"' in page
    assert 'min="0.5" max="168" step="any" value="7"' in page


def test_a_budget_takes_the_currency_beside_it(client: Client) -> None:
    tight = words(client.get("/plan", **QUESTION, budget="50", currency="GBP").text)
    assert "1 Dough exam" not in tight
    assert "Dough exam" in words(client.get("/plan", **QUESTION, budget="5000", currency="GBP").text)


def test_fields_left_empty_ask_nothing(client: Client) -> None:
    empty = client.get("/?role=Junior+baker&to=Senior+baker&budget=&by=&hours_per_week=&have=&have=&exclude=")
    assert empty.status_code == 200
    assert 'id="steps"' in empty.text


def test_without_a_target_the_roles_near_are_links_to_their_plans(client: Client) -> None:
    page = client.get("/", role="Junior baker", budget="150", currency="GBP").text
    assert 'href="/?role=Junior+baker&amp;budget=150&amp;currency=GBP&amp;to=Senior+baker"' in page


def test_a_name_that_is_not_clear_offers_the_same_question_with_each_candidate() -> None:
    store = store_of(*WORLD, role("Master baker", asks={"Dough": "Expert"}, other_names=["Chief"]),
                     role("Head baker", asks={"Dough": "Expert"}, other_names=["Chief"]))  # fmt: skip
    client = client_of(Service(Settings(store="memory:"), store, default_rubric()))
    page = client.get("/", role="Chief", budget="10", currency="GBP")
    assert page.status_code == 422
    assert 'href="/?role=Head+baker&amp;budget=10&amp;currency=GBP">Head baker</a>' in page.text
    assert 'href="/?role=Master+baker&amp;budget=10&amp;currency=GBP">Master baker</a>' in page.text


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ({"role": "Junior baker", "budget": "-5"}, "is negative"),
        ({"role": "Junior baker", "hours_per_week": "many"}, "is no number"),
        ({"role": "Junior baker", "by": "2020-01-01"}, "is not after today"),
        ({"role": "Junior baker", "have": "Bread exam of nowhere"}, "no credential is called"),
    ],
)
def test_what_cannot_be_answered_says_why_in_the_page(client: Client, query: dict[str, str], says: str) -> None:
    page = client.get("/", **query)
    assert 400 <= page.status_code < 500
    assert says in words(page.text)
    assert 'id="ask"' in page.text


def test_what_a_person_writes_is_never_markup(client: Client) -> None:
    page = client.get("/", role='"><script>alert(1)</script>', have="<b>x</b>").text
    assert "<script>alert" not in page
    assert "<b>x" not in page


def test_what_a_source_writes_is_never_markup_and_its_page_never_a_script() -> None:
    from dataclasses import replace

    from ontology.records import Credential

    spoken = credential("Dough exam", other_names=["<img src=x>"])
    evil = [
        replace(record, source=replace(record.source, page="javascript:alert(1)"))
        for record in spoken
        if isinstance(record, Credential)
    ]
    store = store_of(*WORLD, said_by("blog", "own edits", evil))
    client = client_of(Service(Settings(store="memory:"), store, default_rubric()))
    page = client.get(f"/credential/{the_credential('Dough exam')}").text
    assert "<img src=x>" not in page
    assert "&lt;img src=x&gt;" in page
    assert 'href="javascript:' not in page


def test_a_fact_that_decides_is_one_click_and_then_stays_in_the_form(client: Client) -> None:
    page = client.get("/", **QUESTION).text
    link = 'href="/?role=Junior+baker&amp;to=Senior+baker&amp;fact=three+years+at+an+oven%3Dyes"'
    assert link in page
    confirmed = client.get("/", **QUESTION, fact="three years at an oven=yes").text
    assert 'name="fact" value="three years at an oven=yes"' in confirmed
    assert link not in confirmed
