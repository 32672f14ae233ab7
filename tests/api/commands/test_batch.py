import csv
import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from api.batch.columns import NAMES
from api.command import run
from api.shapes.batch import BatchRowShape
from api.shapes.schemas import json_schema
from tests.api.worlds import baking_folder

ROOT = Path(__file__).parents[3]
DAY = ("--today", "2026-11-24")


@pytest.fixture
def people(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CREDPATH_STORE", baking_folder(tmp_path))
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "people.csv"
    path.write_text("person,role,team\nann,Junior baker,Bread\nbob,Astronaut,Bread\n", encoding="utf-8")
    return path


def test_plans_are_written_and_summed_up(people: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["batch", "people.csv", "--to-next-rung", "--out", "plans.csv", *DAY]) == 0
    printed = capsys.readouterr()
    assert printed.err == ""
    assert printed.out.splitlines() == [
        "plans.csv is written: 2 people, 1 different question.",
        "Status       People",
        "proved best       1",
        "refused           1",
        "Columns that were not read: team.",
        "1 row could not be used:",
        "- bob: no role is called 'Astronaut'; `credpath find WORDS` searches all names",
    ]
    with Path("plans.csv").open(encoding="utf-8", newline="") as file:
        assert [(row["person"], row["target"], row["price_high"]) for row in csv.DictReader(file)] == [
            ("ann", "Senior baker", "120.00"),
            ("bob", "", ""),
        ]


def test_json_is_what_the_schema_says_and_the_schema_has_every_column(
    people: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["batch", "people.csv", "--to", "Senior baker", "--out", "plans.parquet", "--json", *DAY]) == 0
    schema = json_schema("batch")
    Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER).validate(
        json.loads(capsys.readouterr().out)
    )
    assert list(schema["$defs"]["BatchRowShape"]["properties"]) == list(BatchRowShape.model_fields)


def test_the_template_can_be_given_straight_to_batch(people: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["template", "everyone.csv"]) == 0
    told = capsys.readouterr().out
    assert [name for name in NAMES if f"  {name} " not in told] == []
    assert run(["batch", "everyone.csv", "--to-next-rung", "--out", "plans.csv", *DAY]) == 0
    assert run(["template", "everyone.csv"]) == 2
    assert "is there already" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("gone.csv", "--out", "plans.csv"), "found no such file"),
        (("people.csv", "--out", "plans.csv", "--strict"), "3 things cannot be taken"),
        (("people.csv", "--out", "plans.txt"), "neither CSV nor Parquet"),
        (("people.csv",), "Missing option '--out'"),
        (("people.csv", "--out", "plans.csv", "--store", "memory:"), "is empty; `credpath load starter`"),
        (("people.csv", "--out", "plans.csv", "--workers", "0"), "--workers"),
    ],
)
def test_wrong_use_is_told_and_nothing_is_written(
    people: Path, arguments: tuple[str, ...], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = sorted(path.name for path in Path().iterdir() if "index" not in path.name)
    assert run(["batch", *arguments]) == 2
    assert says in capsys.readouterr().err
    assert sorted(path.name for path in Path().iterdir() if "index" not in path.name) == before


def test_every_column_stands_in_the_documentation() -> None:
    words = (ROOT / "docs" / "batch.md").read_text(encoding="utf-8")
    assert [name for name in (*NAMES, *BatchRowShape.model_fields) if f"`{name}`" not in words] == []
