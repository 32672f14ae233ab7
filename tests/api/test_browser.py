"""The page in a real Chromium: it updates, works without a script, reads well for everybody, fits a phone, prints."""

import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright

from api.http.app import build_app
from tests.api.worlds import baking
from tests.needs import browser as chromium

pytestmark = pytest.mark.browser

OPTIONS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PLAN = "/?role=Junior+baker&to=Senior+baker&have=Dough+exam"
FREE = "/?role=Junior+baker&to=Senior+baker"


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = uvicorn.Server(uvicorn.Config(build_app(baking()), port=0, log_level="error", access_log=False))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = chromium()
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=list(OPTIONS))
        yield started
        started.close()


@pytest.fixture
def page(browser: Browser, site: str) -> Iterator[Page]:
    context = browser.new_context(base_url=site, viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    faults: list[str] = []
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on("console", lambda line: faults.append(line.text) if line.type == "error" else None)
    yield opened
    context.close()
    assert faults == []


def steps(page: Page) -> list[str]:
    return page.locator(".step h3").all_inner_texts()


def test_a_question_typed_into_the_form_is_answered_in_place(page: Page) -> None:
    page.goto("/")
    page.get_by_label("Your role").fill("Junior baker")
    page.get_by_label("Role you want").fill("Senior baker")
    page.get_by_role("button", name="Show the plan").click()
    expect(page.locator("#steps")).to_be_visible()
    assert {"Dough exam", "Oven exam"} <= set(steps(page))
    assert "role=Junior+baker&to=Senior+baker" in page.url


def test_moving_the_budget_updates_the_plan_and_says_so(page: Page) -> None:
    page.goto(FREE)
    assert "Dough exam" in steps(page)
    page.get_by_label("Budget, slider").press("Home")
    expect(page.locator(".step h3", has_text="Dough exam")).to_have_count(0)
    assert page.locator("#budget").input_value() == "0"
    assert "budget=0" in page.url
    headline = page.locator("#headline").inner_text()
    expect(page.locator("#live")).to_contain_text(headline)
    page.get_by_label("Budget, slider").press("End")
    expect(page.locator(".step h3", has_text="Dough exam")).to_have_count(1)
    assert page.locator("#budget").input_value() == ""


def test_moving_the_hours_moves_the_end(page: Page) -> None:
    page.goto(f"{FREE}&exclude=Oven+exam")
    before = page.locator(".timeline").inner_html()
    page.get_by_label("Hours a week, slider").press("Home")
    expect(page.locator(".result[aria-busy]")).to_have_count(0)
    page.wait_for_function("before => document.querySelector('.timeline').innerHTML !== before", arg=before)
    assert page.locator("#hours").input_value() == "1"


def test_the_number_box_moves_the_slider(page: Page) -> None:
    page.goto(FREE)
    page.locator("#hours").fill("12")
    assert page.get_by_label("Hours a week, slider").input_value() == "12"


SLOW_FIRST = """
const real = window.fetch;
window.signals = [];
window.fetch = async (address, options) => {
  window.signals.push(options.signal);
  const first = window.signals.length === 1;
  const answer = await real(address);
  if (first) await new Promise(done => setTimeout(done, 900));
  return answer;
};
"""


def test_an_older_answer_never_replaces_a_newer_one(page: Page) -> None:
    page.add_init_script(SLOW_FIRST)
    page.goto(FREE)
    with page.expect_request("**/plan?*"):
        page.locator("#budget").fill("5")
    page.locator("#budget").fill("5000")
    page.wait_for_url("**budget=5000**")
    page.wait_for_timeout(1000)
    assert page.evaluate("window.signals.map(one => one.aborted)") == [True, False]
    assert "Dough exam" in steps(page)
    assert "budget=5000" in page.url


def test_a_server_that_fails_is_said_and_not_shown(browser: Browser, site: str) -> None:
    context = browser.new_context(base_url=site)
    page = context.new_page()
    page.goto(FREE)
    page.route("**/plan?*", lambda route: route.fulfill(status=500, body='{"title": "secret"}'))
    page.locator("#hours").fill("9")
    expect(page.locator("#live")).to_have_text("The plan could not be fetched. The button tries again.")
    assert page.locator("#result").inner_text() == "The plan could not be fetched. The button tries again."
    context.close()


def test_a_field_for_one_more_credential_appears(page: Page) -> None:
    page.goto("/")
    page.get_by_label("Held credential 1").fill("Dough exam")
    expect(page.get_by_label("Held credential 2")).to_be_visible()


def test_what_is_open_stays_open_when_the_plan_changes(page: Page) -> None:
    page.goto(FREE)
    row = page.locator(".gap details", has_text="Cakes")
    row.locator("summary").click()
    page.get_by_label("Hours a week, slider").press("ArrowRight")
    page.wait_for_url("**hours_per_week=6**")
    assert row.evaluate("one => one.open")


def test_it_works_without_a_script(browser: Browser, site: str) -> None:
    context = browser.new_context(base_url=site, java_script_enabled=False)
    page = context.new_page()
    page.goto("/")
    assert not page.locator(".slide").first.is_visible()
    page.get_by_label("Your role").fill("Junior baker")
    page.locator("#hours").fill("2")
    page.get_by_role("button", name="Show the plan").click()
    page.locator(".prospects a.go", has_text="Senior baker").click()
    assert "role=Junior+baker" in page.url
    assert "hours_per_week=2" in page.url
    assert "to=Senior+baker" in page.url
    assert "Dough exam" in steps(page)
    context.close()


THING = "/credential/id/w/credential/dough-exam"
PAGES = ("/", PLAN, "/?role=Junior+baker", "/?role=nobody+x", "/coverage?ladder=Baker", THING, "/docs")
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")


def violations(browser: Browser, address: str, scheme: Literal["light", "dark"], rules: Sequence[str]) -> list[object]:
    """What axe finds in a page with everything opened. The policy of the page would keep axe itself out."""
    context = browser.new_context(color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    page.goto(address)
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    found = Axe().run(page, options={"runOnly": list(rules), "resultTypes": ["violations"]})
    context.close()
    return [(one["id"], [node["html"] for node in one["nodes"]][:3]) for one in found.response["violations"]]


@pytest.mark.parametrize("address", PAGES)
def test_axe_finds_nothing(browser: Browser, site: str, address: str) -> None:
    assert violations(browser, site + address, "light", RULES) == []


@pytest.mark.parametrize("address", [PLAN, "/coverage?ladder=Baker", THING])
def test_the_dark_page_has_contrast_enough(browser: Browser, site: str, address: str) -> None:
    assert violations(browser, site + address, "dark", ["color-contrast"]) == []


@pytest.mark.parametrize("address", ["/", PLAN, "/?role=Junior+baker", "/coverage?ladder=Baker", THING, "/docs"])
def test_nothing_is_wider_than_a_phone(browser: Browser, site: str, address: str) -> None:
    context = browser.new_context(base_url=site, viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(address)
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    wide = page.evaluate("document.documentElement.scrollWidth")
    context.close()
    assert wide <= 360


def test_the_keyboard_reaches_everything_and_shows_where_it_is(page: Page) -> None:
    page.goto(FREE)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "To the content"
    seen = set()
    for _ in range(200):
        page.keyboard.press("Tab")
        where = page.evaluate(
            "(one => [one.tagName, one.id || one.name || one.textContent.trim().slice(0, 30),"
            " getComputedStyle(one).outlineStyle])(document.activeElement)"
        )
        if where[0] == "BODY":
            break
        assert where[2] != "none", where
        seen.add(f"{where[0]} {where[1]}")
    assert {"INPUT role", "INPUT hours", "INPUT budget", "SELECT currency", "BUTTON Show the plan"} <= seen
    assert any(one.startswith("SUMMARY") for one in seen)


def test_the_printed_page_is_the_plan_without_the_form(page: Page, tmp_path: Path) -> None:
    page.goto(FREE)
    page.emulate_media(media="print")
    assert not page.locator("#ask").is_visible()
    assert page.locator(".step").first.is_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    printed = tmp_path / "plan.pdf"
    page.pdf(path=printed, format="A4")
    assert printed.read_bytes().startswith(b"%PDF")


def test_the_page_asks_nobody_else(page: Page, site: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(PLAN)
    assert [url for url in asked if not url.startswith(site)] == []
    assert len(asked) >= 3
