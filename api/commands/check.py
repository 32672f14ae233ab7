"""`credpath check`: every mistake in a file or folder, with its place, before anything is loaded."""

# ruff: noqa: D301 (a backspace tells click to keep the lines of an example as they are)

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.commands import options as o

if TYPE_CHECKING:
    from api.shapes.housekeeping import CheckShape

TABLES = (".csv", ".tsv", ".gz", ".xlsx", ".xlsm")


def check_command(
    path: Annotated[Path, typer.Argument(metavar="FILE|FOLDER", help="A starter folder or file, a table, a mapping.")],
    preset: Annotated[str | None, typer.Option(metavar="NAME", help="How a table is read.")] = None,
    mapping: Annotated[Path | None, typer.Option(metavar="FILE", help="How a table is read.")] = None,
    json: o.Json = False,
) -> None:
    """What is wrong in a file or folder; nothing is loaded. Exits with 2 where anything is.

    \b
    Examples:
      credpath check loaders/starter
      credpath check our-ladder.xlsx --mapping our-ladder.toml
    """
    from api.terminal.housekeeping import check_page
    from api.terminal.show import tell

    shape = find_mistakes(path, preset, mapping)
    tell(shape, check_page, json=json)
    if shape.refusals:
        raise typer.Exit(2)


def find_mistakes(path: Path, preset: str | None, mapping: Path | None) -> "CheckShape":
    """The mistakes of a file or folder. Raises `Unreadable` where there is none, or where it is of no known kind."""
    from api.commands.load import find_mapping
    from api.present.changes import check
    from loaders.curated.folder import check_starter, read_starter
    from loaders.loaded import Loaded
    from loaders.table.mapping import read_mapping
    from loaders.table.reader import read_table
    from ontology.errors import Refusal, Unreadable

    if path.is_dir():
        return check(str(path), "a starter folder", read_starter(path))
    if not path.is_file():
        raise Unreadable((Refusal(str(path), "the path", "nothing there", "a file or folder"),))
    if path.suffix in TABLES:
        rules = find_mapping(path, preset, mapping)
        try:
            return check(str(path), "a table", read_table(path, rules))
        except Unreadable as error:
            return check(str(path), "a table", Loaded((), error.refusals))
    if path.suffix == ".toml":
        try:
            read_mapping(path)
        except Unreadable as error:
            return check(str(path), "a mapping", Loaded((), error.refusals))
        return check(str(path), "a mapping", Loaded(()))
    if path.suffix in (".yml", ".yaml"):
        return check(str(path), "a file of a starter folder", Loaded((), check_starter(path.resolve())))
    expected = "a starter folder, a .yml file of one, a table (.csv, .xlsx) or a mapping (.toml)"
    raise Unreadable((Refusal(str(path), "its ending", repr(path.suffix), expected),))
