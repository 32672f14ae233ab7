"""What holds for the source as a whole, beside the layers that import-linter checks."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = sorted(
    init.parent
    for top in ("ontology", "graph", "recommender", "loaders", "api", "bench", "servers", "tests/torture")
    for init in (ROOT / top).rglob("__init__.py")
)
LONGER = {"ontology/errors.py", "ontology/records.py"}
"""Modules that may have more than 300 lines; decision 0070 says why."""


def contents(package: Path) -> set[str]:
    """The modules and folders of a package by name."""
    modules = {path.stem for path in package.glob("*.py")} - {"__init__", "__main__"}
    return modules | {path.parent.name for path in package.glob("*/__init__.py")}


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package.relative_to(ROOT).as_posix())
def test_a_package_is_a_reading_order_that_names_everything_in_it(package: Path) -> None:
    tree = ast.parse((package / "__init__.py").read_text(encoding="utf-8"))
    words = ast.get_docstring(tree) or ""
    assert len(tree.body) == 1
    assert sorted(contents(package) - set(re.findall(r"\w+", words))) == []


def test_no_module_is_long_but_those_that_a_decision_names() -> None:
    modules = [path for package in PACKAGES for path in package.glob("*.py")]
    long = {path.relative_to(ROOT).as_posix() for path in modules if len(path.read_text("utf-8").splitlines()) > 300}
    assert long == LONGER


def test_every_decision_stands_in_the_index_under_its_title() -> None:
    folder = ROOT / "docs" / "decisions"
    titles = {
        path.name: path.read_text("utf-8").splitlines()[0].removeprefix(f"# {path.name[:4]} ")
        for path in folder.glob("0*.md")
    }
    rows = (folder / "README.md").read_text("utf-8").splitlines()
    missing = [
        name
        for name, title in titles.items()
        if not any(row.startswith(f"| [{name[:4]}]({name}) | {title} |") for row in rows)
    ]
    assert missing == []


def test_every_folder_of_tests_mirrors_a_package() -> None:
    tests = ROOT / "tests"
    folders = {path.parent.relative_to(tests).as_posix() for path in tests.rglob("*/__init__.py")} - {"."}
    packages = {package.relative_to(ROOT).as_posix() for package in PACKAGES}
    assert sorted(folders - packages) == ["torture"]
