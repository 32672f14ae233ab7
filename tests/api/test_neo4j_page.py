"""The ten queries of docs/neo4j.md, read out of the page and run, give the figures that the commands give."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from api.command import app
from graph.store import open_store
from loaders.curated.folder import read_starter
from tests import needs
from tests.graph.stores.neo4j.asking import Rows, ask
from tests.servers import emptied_neo4j

pytestmark = pytest.mark.slow

PAGE = Path(__file__).parents[2] / "docs" / "neo4j.md"
QUESTION = re.compile(r"^### (\d+)\. .*?^```cypher\n(.*?)^```", re.MULTILINE | re.DOTALL)
GIVEN = re.compile(r"^:param (\w+) => (.*)$", re.MULTILINE)
DAY = "2026-11-24"
LADDER = "Product manager"


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server that holds the starter graph; the index of it stands in a folder of the test's."""
    given = pytest.MonkeyPatch()
    given.setenv("XDG_DATA_HOME", str(tmp_path_factory.mktemp("data")))
    url = emptied_neo4j(needs.neo4j())
    store = open_store(url)
    for info, records in read_starter().sources:
        store.replace_source(info, records)
    store.close()
    yield url
    given.undo()


def asked(url: str, number: int) -> Rows:
    """The rows of a query of the page, with the parameters that stand there."""
    text = dict(QUESTION.findall(PAGE.read_text("utf-8")))[str(number)]
    given = {name: json.loads(value) for name, value in GIVEN.findall(text)}
    return ask(url, GIVEN.sub("", text), **given)


def said(url: str, *arguments: str) -> Any:
    """What a command says as JSON."""
    result = CliRunner().invoke(app, [*arguments, "--store", url, "--json"])
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_the_page_has_ten_queries() -> None:
    assert [number for number, _ in QUESTION.findall(PAGE.read_text("utf-8"))] == [str(n) for n in range(1, 11)]


def test_1_what_is_open_is_what_gap_says(url: str) -> None:
    gap = said(url, "gap", "Product manager", "--to", "Senior product manager", "--today", DAY)
    expected = [
        [item["name"], option["have"] and option["have"]["name"], option["asked"]["name"], not item["met"]]
        for item in gap["items"]
        for option in item["options"]
    ]
    rows = asked(url, 1)
    assert sorted(rows) == sorted(expected)
    assert [row[3] for row in rows] == [True] * 6 + [False] * 3


def test_2_who_assesses_a_criterion_is_who_covers_it(url: str) -> None:
    cells = cells_of(said(url, "coverage", LADDER, "--today", DAY), "Product manager")
    rows = asked(url, 2)
    gap = said(url, "gap", "Associate product manager", "--to", "Product manager", "--today", DAY)
    assert [row[0] for row in rows] == sorted(item["name"] for item in gap["items"] if not item["met"])
    for criterion, level, credentials in rows:
        cell = cells[criterion]
        assert level == cell["asked"]["name"]
        assert sorted(credentials) == ([one["name"] for one in by_name(cell)] if covered(cell) else [])


def test_3_what_a_credential_stacks_into_is_what_show_says(url: str) -> None:
    rows = asked(url, 3)
    assert rows == [["ITIL 4 Managing Professional", 1], ["ITIL 4 Strategic Leader", 1], ["ITIL Master (ITIL 4)", 2]]
    shown = said(url, "show", "ITIL 4 Strategist: Direct, Plan and Improve")["leads_to"]
    assert [row[0] for row in rows if row[1] == 1] == [
        step["credential"]["name"] for step in shown if step["how"] == "part of"
    ]


def test_4_what_a_whole_needs_is_what_show_says(url: str) -> None:
    shown = said(url, "show", "ITIL 4 Managing Professional")["requires"]
    expected = [[one["id"], one["at_least"], len(one["options"]), sorted(one["options"])] for one in shown]
    rows = [[id_, at_least, of, sorted(parts)] for id_, at_least, of, parts in asked(url, 4)]
    assert rows == sorted(expected)
    assert [(row[1], row[2]) for row in rows] == [(4, 4), (1, 1)]


def test_5_single_providers_are_those_of_coverage(url: str) -> None:
    coverage = said(url, "coverage", "Delivery manager", "--today", DAY)
    alone = {
        (cell["role"]["name"], cell["competency"]["name"], cell["asked"]["name"], cell["providers"][0]["name"])
        for cell in coverage["cells"]
        if covered(cell) and len(cell["providers"]) + len(cell["others"]) == 1
    }
    assert {tuple(row) for row in asked(url, 5)} == alone
    assert len(alone) == sum(role["one_provider"] for role in coverage["roles"]) == 8


def test_6_the_ladder_is_covered_as_coverage_says(url: str) -> None:
    roles = said(url, "coverage", LADDER, "--today", DAY)["roles"]
    expected = [[one["role"]["name"], one["cells"], one["shown"] + one["unconfirmed"]] for one in roles]
    assert asked(url, 6) == sorted(expected)


def test_7_next_roles_are_those_of_next(url: str) -> None:
    prospects = {one["role"]["name"]: one for one in said(url, "next", LADDER, "--today", DAY)["prospects"]}
    rows = asked(url, 7)
    for name, step, criteria, met in rows:
        assert criteria - met == len(prospects[name]["open"])
        assert step == prospects[name]["step"]
    assert ["Senior product manager", "ladder step", 9, 3] in rows


def test_8_disagreements_on_prices_are_those_of_show(url: str) -> None:
    rows = asked(url, 8)
    for credential in {row[1] for row in rows}:
        told = said(url, "show", credential)["disagreements"]
        others = {(one["field"], one["value"]) for one in told if one["field"].endswith(": amount")}
        assert len(others) == sum(len(prices) - 1 for _, name, _, prices, _ in rows if name == credential)
    assert len(rows) == 22
    assert ["CompTIA A+", "exam"] in [row[1:3] for row in rows]


def test_9_prices_are_those_of_show(url: str) -> None:
    rows = asked(url, 9)
    assert ["Professional Scrum Product Owner I", 20000, "USD", 14930] in rows
    for credential, amount, currency, converted in rows:
        fees = said(url, "show", credential)["price"]["fees"]
        exam = next(fee for fee in fees if fee["kind"] == "exam" and fee["audience"] is None)
        assert (exam["stated"]["amount_minor_high"], exam["stated"]["currency"]) == (amount, currency)
        assert exam["converted"]["amount_minor_high"] == converted


def test_10_a_step_lacks_what_comes_after_it(url: str) -> None:
    early, late = "ITIL 4 Strategist: Direct, Plan and Improve", "ITIL 4 Leader: Digital and IT Strategy"
    rows = asked(url, 10)
    assert [[row[0], row[1], *row[3:]] for row in rows] == [[1, early, 1, False], [3, late, 1, True]]
    assert said(url, "show", early)["requires"][0]["id"] == rows[0][2]
    assert {one["id"]: one["options"] for one in said(url, "show", late)["requires"]}[rows[1][2]] != []


def cells_of(coverage: Any, role: str) -> dict[str, Any]:
    return {cell["competency"]["name"]: cell for cell in coverage["cells"] if cell["role"]["name"] == role}


def covered(cell: Any) -> bool:
    return cell["cover"] in ("shown", "unconfirmed")


def by_name(cell: Any) -> list[Any]:
    return sorted(cell["credentials"], key=lambda one: one["name"])
