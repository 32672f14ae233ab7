"""`credpath batch`: a table of people becomes a table of plans."""

# ruff: noqa: D301 (a backspace tells click to keep the lines of an example as they are)

from pathlib import Path
from typing import Annotated

import typer

from api.commands import options as o


def batch_command(
    people: Annotated[
        Path, typer.Argument(metavar="PEOPLE", help="A CSV or XLSX file; `credpath template people.csv` writes one.")
    ],
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help="The plans, .csv or .parquet.")],
    to_next_rung: Annotated[
        bool, typer.Option("--to-next-rung", help="Whoever names no role goes for the next rung of their ladder.")
    ] = False,
    to: Annotated[str | None, typer.Option("--to", metavar="ROLE", help="The role of whoever names none.")] = None,
    workers: Annotated[
        int | None, typer.Option("--workers", metavar="N", min=1, max=256, help="Processes of this machine; 2.")
    ] = None,
    dask: Annotated[
        str | None, typer.Option("--dask", metavar="tcp://HOST:PORT", help="Plan on a Dask cluster instead.")
    ] = None,
    index_folder: Annotated[
        Path | None,
        typer.Option("--index-folder", metavar="FOLDER", help="Save the index here, where all workers see it."),
    ] = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Plan for nobody where a row cannot be used or a column is not read.")
    ] = False,
    budget: o.Budget = None,
    hours_per_week: o.Hours = None,
    by: o.By = None,
    pin: o.Pin = None,
    exclude: o.Exclude = None,
    provider: o.ProviderWords = None,
    language: o.Language = None,
    mode: o.ModeWords = None,
    currency: o.CurrencyCode = None,
    hour_value: o.HourValue = None,
    aim: o.AimWord = "balanced",
    strict_role: o.StrictRole = False,
    optional: o.Optional_ = False,
    prefer_work: o.PreferWork = False,
    today: o.Today = None,
    store: o.StoreUrl = None,
    json: o.Json = False,
) -> None:
    """Plans for everyone in a table: one row for each person, in the order of the table.

    A run that is stopped goes on where it was when the same command is given again.

    \b
    Examples:
      credpath template people.csv
      credpath batch people.csv --to-next-rung --out plans.csv
      credpath batch people.csv --to "Delivery manager" --out plans.parquet --workers 8
    """
    from api.asking.reading import Asked
    from api.batch.everyone import Orders, Outside, plan_everyone
    from api.commands.running import reading
    from api.terminal.batch import batch_page
    from api.terminal.progress import progress
    from api.terminal.show import tell
    from api.whole import write_whole

    common = Asked(
        to=to,
        budget=budget,
        hours=hours_per_week,
        by=by,
        pin=pin or [],
        exclude=exclude or [],
        providers=provider or [],
        languages=language or [],
        modes=mode or [],
        currency=currency,
        hour_value=hour_value,
        aim=aim,
        strict_role=strict_role,
        optional=optional,
        prefer_work=prefer_work,
        today=today,
    )
    orders = Orders(
        people=people,
        out=out,
        common=common,
        to_next_rung=to_next_rung,
        workers=workers,
        dask=dask,
        index_folder=index_folder,
        strict=strict,
    )
    with progress() as bar:
        shape = plan_everyone(orders, reading(store), Outside(write_whole, _notice, bar))
    tell(shape, batch_page, json=json)


def _notice(words: str) -> None:
    """A line beside the result."""
    import sys

    from api.terminal.bare import bare

    sys.stderr.write(f"credpath: {bare(words)}\n")
