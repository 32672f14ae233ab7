"""`credpath copy` and `compare`: from one store to another, and whether they hold the same."""

# ruff: noqa: D301 (a backspace tells click to keep the lines of an example as they are)

from typing import Annotated

import typer

from api.commands import options as o

From = Annotated[str, typer.Argument(metavar="FROM", help="The store to read, such as oxigraph:FOLDER.")]
Into = Annotated[str, typer.Argument(metavar="TO", help="The store to write, such as neo4j://localhost:7687.")]
Exact = Annotated[bool, typer.Option("--exact", help="Remove the sources that only TO has.")]
One = Annotated[str, typer.Argument(metavar="A", help="A store.")]
Other = Annotated[str, typer.Argument(metavar="B", help="Another store.")]
Limit = Annotated[int, typer.Option(help="List at most so many differences; all are counted.", min=0)]


def copy_command(origin: From, target: Into, exact: Exact = False, json: o.Json = False) -> None:
    """Copy every source of a store into another, each checked while it is read.

    User and password of a server stand in its address, or come from the settings.

    \b
    Example:
      credpath copy oxigraph:./store neo4j://localhost:7687
    """
    from api.commands.running import running
    from api.present import keeping
    from api.terminal.keeping import copy_page
    from api.terminal.progress import progress
    from api.terminal.show import tell
    from graph.copying import Named, copy

    _check_two(origin, target)
    with running(origin) as here, running(target, make=True) as there, progress() as bar:
        names = here.settings.shown_store, there.settings.shown_store
        copied = copy(
            Named(here.store, names[0]),
            Named(there.store, names[1]),
            exact=exact,
            tick=bar,
        )
        there.follow(distrust=any(change.anew for _, change in copied.changes))
    tell(keeping.copy(*names, copied), copy_page, json=json)


def compare_command(one: One, other: Other, limit: Limit = 100, json: o.Json = False) -> None:
    """Whether two stores hold the same, record by record. Exits with 0 whatever the answer.

    \b
    Example:
      credpath compare oxigraph:./store neo4j://localhost:7687
    """
    from api.commands.running import running
    from api.present import keeping
    from api.terminal.keeping import compare_page
    from api.terminal.progress import progress
    from api.terminal.show import tell
    from graph.comparing import compare_stores
    from graph.copying import Named

    _check_two(one, other)
    with running(one) as here, running(other) as there, progress() as bar:
        names = here.settings.shown_store, there.settings.shown_store
        found = compare_stores(
            Named(here.store, names[0]),
            Named(there.store, names[1]),
            listed=limit,
            tick=bar,
        )
    tell(keeping.compare(*names, found), compare_page, json=json)


def _check_two(one: str, other: str) -> None:
    """Raise `BadValue` where both addresses are one store."""
    from pathlib import Path

    from graph.address import read_address
    from ontology.errors import BadValue

    addresses = [read_address(url) for url in (one, other)]
    places = [
        str(Path(address.rest).expanduser().resolve()) if address.scheme == "oxigraph" else address.url
        for address in addresses
    ]
    if places[0] == places[1] and addresses[0].scheme == addresses[1].scheme != "memory":
        raise BadValue(f"{addresses[0].url} and {addresses[1].url} are one store; name two")
