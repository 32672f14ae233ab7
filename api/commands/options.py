"""Options that several commands take, each worded once."""

from pathlib import Path
from typing import Annotated, Literal, TypeAlias

import typer

Aim: TypeAlias = Literal["cheapest", "quickest", "strongest", "balanced"]

Json = Annotated[bool, typer.Option("--json", help="Print JSON; `credpath schema` documents it.")]
StoreUrl = Annotated[
    str | None, typer.Option("--store", metavar="URL", help="The store, such as oxigraph:FOLDER; else CREDPATH_STORE.")
]
RoleWords = Annotated[str | None, typer.Argument(metavar="ROLE", help="The role you have.")]
To = Annotated[str | None, typer.Option("--to", metavar="ROLE", help="The role you want.")]
As = Annotated[Path | None, typer.Option("--as", metavar="FILE", help="Who asks: a file such as me.yaml.")]
Have = Annotated[
    list[str] | None,
    typer.Option("--have", metavar="CREDENTIAL[@DATE]", help="Held, not yet verified; may be repeated."),
]
LevelOf = Annotated[
    list[str] | None,
    typer.Option("--level", metavar="COMPETENCY=LEVEL", help="What you say of yourself; may be repeated."),
]
Fact = Annotated[
    list[str] | None,
    typer.Option("--fact", metavar="WORDS=yes|no", help="Answer to what only you can confirm; may be repeated."),
]
Budget = Annotated[str | None, typer.Option(metavar="2000GBP", help="Spend at most so much.")]
Hours = Annotated[float | None, typer.Option(metavar="N", help="Hours a week for it.")]
By = Annotated[str | None, typer.Option(metavar="DATE", help="Done by then, such as 2027-06-30.")]
Pin = Annotated[list[str] | None, typer.Option(metavar="CREDENTIAL", help="Must be in the plan; may be repeated.")]
Exclude = Annotated[
    list[str] | None, typer.Option(metavar="CREDENTIAL", help="Must not be in the plan; may be repeated.")
]
ProviderWords = Annotated[
    list[str] | None, typer.Option("--provider", metavar="PROVIDER", help="Only by these; may be repeated.")
]
Language = Annotated[list[str] | None, typer.Option(metavar="en", help="Only in these; may be repeated.")]
ModeWords = Annotated[
    list[str] | None, typer.Option("--mode", metavar="online", help="Only so delivered; may be repeated.")
]
CurrencyCode = Annotated[str | None, typer.Option("--currency", metavar="GBP", help="In which plans are compared.")]
HourValue = Annotated[str | None, typer.Option(metavar="25GBP", help="What an hour of your time is worth.")]
AimWord = Annotated[Aim, typer.Option("--aim", help="What the best plan is.")]
StrictRole = Annotated[bool, typer.Option("--strict-role", help="Your current role proves nothing.")]
Optional_ = Annotated[bool, typer.Option("--optional", help="Count optional criteria too.")]
PreferWork = Annotated[bool, typer.Option("--prefer-work", help="Workplace projects may be steps of the plan.")]
Today = Annotated[str | None, typer.Option(metavar="DATE", help="Plan from this day instead of today.")]
Brief = Annotated[
    bool,
    typer.Option(
        "--brief", help="About one screen: without near misses and the projects in full; changes nothing in --json."
    ),
]
