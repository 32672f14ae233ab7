"""`credpath sources`, `drop` and `export`: what the store holds."""

# ruff: noqa: D301 (a backspace tells click to keep the lines of an example as they are)

import sys
from pathlib import Path
from typing import Annotated, Literal, TypeAlias

import typer

from api.commands import options as o

FormatName: TypeAlias = Literal["turtle", "jsonld", "nquads", "graphml"]


def sources_command(store: o.StoreUrl = None, json: o.Json = False) -> None:
    """The sources that were loaded, who speaks in each, and how to attribute them.

    \b
    Example:
      credpath sources
    """
    from api.commands.running import reading
    from api.present.changes import sources
    from api.terminal.housekeeping import sources_page
    from api.terminal.show import tell

    known = reading(store)
    shape = sources(known.settings.shown_store, known.sources, known.revision)
    tell(shape, sources_page, json=json)


def drop_command(
    source: Annotated[str, typer.Argument(metavar="SOURCE", help="Id of a source; `credpath sources` lists them.")],
    store: o.StoreUrl = None,
    json: o.Json = False,
) -> None:
    """Forget a source and all that it says.

    \b
    Example:
      credpath drop new-jersey
    """
    from api.commands.running import running
    from api.present.changes import drop
    from api.terminal.housekeeping import drop_page
    from api.terminal.show import tell

    with running(store) as service:
        shape = drop(service.settings.shown_store, service.drop(source), service.store.revision())
    tell(shape, drop_page, json=json)


def export_command(
    format_: Annotated[FormatName, typer.Option("--format", help="nquads loses nothing; graphml is for drawing.")],
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Write here instead of printing.")] = None,
    store: o.StoreUrl = None,
) -> None:
    """The whole graph as a file that others read; a file is written whole or not at all.

    \b
    Example:
      credpath export --format turtle --out graph.ttl
    """
    from api.commands.running import running
    from api.whole import write_whole
    from graph.export import export
    from ontology.errors import EmptyCatalogue

    with running(store) as service:
        if not service.store.sources():
            raise EmptyCatalogue(service.settings.shown_store)
        pieces = export(service.store, format_)
        if out is None:
            for piece in pieces:
                sys.stdout.buffer.write(piece)
            sys.stdout.buffer.flush()
        else:
            write_whole(out, pieces)
            sys.stderr.write(f"{out} is written.\n")
