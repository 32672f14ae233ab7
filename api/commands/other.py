"""`credpath serve`, `schema` and `template`."""

# ruff: noqa: D301 (a backspace tells click to keep the lines of an example as they are)

import sys
from pathlib import Path
from typing import Annotated

import typer

from api.commands import options as o


def serve_command(
    host: Annotated[str, typer.Option(help="Where to listen; 127.0.0.1 is this machine only.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="On which port.", min=0, max=65535)] = 8000,
    workers: Annotated[int, typer.Option(help="How many processes answer.", min=1, max=64)] = 1,
    store: o.StoreUrl = None,
) -> None:
    """The page and the HTTP API over the same answers; what is loaded meanwhile is served within seconds.

    \b
    Examples:
      credpath serve --port 8000
      credpath serve --workers 4
    """
    from api.http.serving import serve
    from api.settings import read_settings

    serve(read_settings(store), host=host, port=port, workers=workers)


def schema_command(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A command with --json, such as next.")],
) -> None:
    """The JSON Schema of what a command prints with --json.

    \b
    Example:
      credpath schema next
    """
    import json

    from api.shapes.schemas import json_schema

    sys.stdout.write(json.dumps(json_schema(name), indent=2, ensure_ascii=False) + "\n")


def template_command(
    file: Annotated[Path, typer.Argument(metavar="FILE.xlsx|FILE.csv", help="The file to write.")],
    organisation: Annotated[str, typer.Option(help="What your organisation is called.")] = "Our organisation",
    levels: Annotated[
        str | None, typer.Option(metavar="A,B,C", help="Names of your levels, lowest first, parted by commas.")
    ] = None,
) -> None:
    """A spreadsheet for your own ladder and catalogue, with the mapping that reads it; .csv: a table of people.

    \b
    Examples:
      credpath template our-ladder.xlsx --organisation "Harbour Bakery"
      credpath template people.csv
    """
    if file.suffix == ".csv":
        _people_template(file)
        return
    from loaders.table.template import LEVELS, write_template
    from ontology.errors import BadValue

    if file.suffix != ".xlsx":
        raise BadValue(
            f"{file} is no name of a spreadsheet; write one that ends in .xlsx, or in .csv for a table of people"
        )
    taken = [path for path in (file, file.with_suffix(".toml")) if path.exists()]
    if taken:
        raise BadValue(f"{taken[0]} is there already; give another name, so that nothing is overwritten")
    if not organisation.strip():
        raise BadValue("--organisation names nobody; write what your organisation is called")
    named = tuple(part.strip() for part in levels.split(",")) if levels else LEVELS
    try:
        written = write_template(file, organisation=organisation, levels=named)
    except OSError as error:
        raise BadValue(f"{file} cannot be written: {error.strerror or error}") from error
    sys.stdout.write(
        f"{written.spreadsheet} and {written.mapping} are written. Fill in the first, then:\n"
        f"  credpath check {written.spreadsheet}\n  credpath load table {written.spreadsheet}\n"
    )


def _people_template(file: Path) -> None:
    from api.batch.columns import COLUMNS, write_people_template

    write_people_template(file)
    hints = "".join(f"  {column.name:<15} {column.hint}\n" for column in COLUMNS)
    sys.stdout.write(
        f"{file} is written, with two people as an example. Its columns, of which only the first must be there:\n"
        f"{hints}Fill it in, then:\n  credpath batch {file} --to-next-rung --out plans.csv\n"
    )
