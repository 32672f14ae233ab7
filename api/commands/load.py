"""`credpath load starter` and `credpath load table`: each source is replaced as a whole, or left as it was."""

# ruff: noqa: D301 (a backspace tells click to keep the lines of an example as they are)

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.commands import options as o

if TYPE_CHECKING:
    from api.shapes.housekeeping import LoadShape
    from loaders.loaded import Loaded
    from loaders.table.mapping import Mapping

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Load a source; loading it again replaces it.")

Anew = Annotated[
    bool, typer.Option("--anew", help="Write it even where the same seems to be there: another hand changed it.")
]
Strict = Annotated[bool, typer.Option("--strict", help="Refuse the whole file where anything in it is refused.")]


@app.command("starter")
def starter_command(
    folder: Annotated[Path | None, typer.Option(help="A copy of the starter folder that you edited.")] = None,
    strict: Strict = False,
    anew: Anew = False,
    store: o.StoreUrl = None,
    json: o.Json = False,
) -> None:
    """Load the starter graph: ladders of the UK framework, and credentials that could close their gaps.

    \b
    Example:
      credpath load starter
    """
    from loaders.curated.folder import PACKAGED, read_starter
    from ontology.errors import Refusal, Unreadable

    if folder is not None and not folder.is_dir():
        raise Unreadable((Refusal(str(folder), "the folder", "no such folder", "a starter folder"),))
    loaded = read_starter(folder or PACKAGED)
    _tell(_keep(loaded, store, strict=strict, anew=anew), as_json=json)


@app.command("table")
def table_command(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A CSV or XLSX file (.csv.gz too).")],
    preset: Annotated[str | None, typer.Option(metavar="NAME", help="A packaged mapping, such as uk-digital.")] = None,
    mapping: Annotated[Path | None, typer.Option(metavar="FILE", help="A mapping file of your own.")] = None,
    strict: Strict = False,
    anew: Anew = False,
    store: o.StoreUrl = None,
    json: o.Json = False,
) -> None:
    """Load a table of roles or credentials, read as a mapping says.

    \b
    Examples:
      credpath load table roles.csv.gz --preset uk-digital
      credpath load table our-ladder.xlsx --mapping our-ladder.toml --strict
    """
    from api.terminal.progress import progress
    from loaders.table.reader import read_table

    rules = find_mapping(file, preset, mapping)
    with progress() as tell:
        loaded = read_table(file, rules, strict=strict, on_row=lambda rows: tell("Reading rows", rows, None))
    _tell(_keep(loaded, store, strict=strict, anew=anew), as_json=json)


def find_mapping(file: Path, preset: str | None, mapping: Path | None) -> "Mapping":
    """The mapping that reads a file: the one named, or the one beside it. Raises an `InputError` or `Unreadable`."""
    from loaders.table.mapping import PRESETS, open_preset, read_mapping
    from ontology.errors import BadValue, Refusal, Unreadable

    if not file.is_file():
        found = "something that is no file" if file.exists() else "no such file"
        raise Unreadable((Refusal(str(file), "the file", found, "a CSV or XLSX file"),))
    if preset is not None and mapping is not None:
        raise BadValue("give --preset or --mapping, not both")
    if preset is not None:
        return open_preset(preset)
    beside = file.with_suffix(".toml")
    if mapping is None and not beside.is_file():
        names = ", ".join(sorted(path.stem for path in PRESETS.glob("*.toml")))
        raise BadValue(f"how is {file.name} to be read? give --preset NAME ({names}) or --mapping FILE")
    chosen = mapping or beside
    if not chosen.is_file():
        raise Unreadable((Refusal(str(chosen), "the file", "no such file", "a mapping file in TOML"),))
    return read_mapping(chosen)


def _keep(loaded: "Loaded", store: str | None, *, strict: bool, anew: bool) -> "LoadShape":
    from api.commands.running import running
    from api.present.changes import load
    from api.terminal.progress import progress
    from ontology.errors import Unreadable

    empty = not any(records for _, records in loaded.sources)
    if loaded.refusals and (strict or empty):
        raise Unreadable(loaded.refusals)
    with running(store, make=True) as service, progress() as tell:
        changes = service.load(loaded, anew=anew, tick=tell)
        return load(service.settings.shown_store, loaded, changes, service.store.revision())


def _tell(shape: "LoadShape", *, as_json: bool) -> None:
    from api.terminal.housekeeping import load_page
    from api.terminal.show import tell

    tell(shape, load_page, json=as_json)
