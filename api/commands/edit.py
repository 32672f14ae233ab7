"""`credpath amend`, `edits` and `undo`: own corrections, which are believed first and can be taken back."""

# ruff: noqa: D301 (a backspace tells click to keep the lines of an example as they are)

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Annotated, Literal, TypeAlias

import typer

from api.commands import options as o

if TYPE_CHECKING:
    from api.asking.amending import Wanted
    from api.knowledge import Snapshot
    from api.present.view import View
    from graph.content import Edits
    from graph.edits import Step

ModeWord: TypeAlias = Literal["assesses", "teaches"]
FeeWord: TypeAlias = Literal["exam", "training", "tuition", "membership", "renewal", "other"]

Page = Annotated[str | None, typer.Option("--page", metavar="URL", help="The page that states it.")]
When = Annotated[str | None, typer.Option("--date", metavar="DATE", help="As of when, such as 2026-11 or 2026-11-24.")]
CredentialWords = Annotated[str, typer.Argument(metavar="CREDENTIAL", help="A credential, by id or name.")]
CompetencyWords = Annotated[str, typer.Argument(metavar="COMPETENCY", help="A competency, by id or name.")]

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Correct what the sources say: your word is believed first, theirs stays in sight, `credpath undo` undoes.",
)


@app.command("price")
def price_command(
    credential: CredentialWords,
    amount: Annotated[str, typer.Argument(metavar="450GBP", help="An amount, or a span such as 400-450GBP.")],
    kind: Annotated[FeeWord | None, typer.Option(help="Which of its fees.")] = None,
    page: Page = None,
    date: When = None,
    store: o.StoreUrl = None,
    json: o.Json = False,
) -> None:
    """Correct what a credential costs.

    \b
    Example:
      credpath amend price "Professional Scrum Product Owner I" 200USD --page https://www.scrum.org/pspo
    """
    from api.asking.amending import want_price

    _amend(lambda known: want_price(known, credential, amount, kind), page, date, store, as_json=json)


@app.command("claim")
def claim_command(
    credential: CredentialWords,
    competency: CompetencyWords,
    level: Annotated[str | None, typer.Option(metavar="LEVEL", help="At which level.")] = None,
    mode: Annotated[ModeWord | None, typer.Option(help="Whether it assesses or only teaches it.")] = None,
    page: Page = None,
    date: When = None,
    store: o.StoreUrl = None,
    json: o.Json = False,
) -> None:
    """Correct which competency a credential speaks to, at which level.

    \b
    Example:
      credpath amend claim "Professional Scrum Product Owner I" "Agile and Lean practices" --level Working
    """
    from api.asking.amending import want_claim

    _amend(lambda known: want_claim(known, credential, competency, level, mode), page, date, store, as_json=json)


@app.command("level")
def level_command(
    role: Annotated[str, typer.Argument(metavar="ROLE", help="A role, by id or name.")],
    competency: CompetencyWords,
    level: Annotated[str, typer.Argument(metavar="LEVEL", help="A level of the competency's scale.")],
    page: Page = None,
    date: When = None,
    store: o.StoreUrl = None,
    json: o.Json = False,
) -> None:
    """Correct at which level a role asks for a competency.

    \b
    Example:
      credpath amend level "Senior product manager" "Strategic ownership" Practitioner
    """
    from api.asking.amending import want_level

    _amend(lambda known: want_level(known, role, competency, level), page, date, store, as_json=json)


@app.command("field")
def field_command(
    thing: Annotated[str, typer.Argument(metavar="ID", help="Any record, by id or name.")],
    field: Annotated[str, typer.Argument(metavar="FIELD", help="A field of it; a wrong word lists them.")],
    values: Annotated[list[str], typer.Argument(metavar="VALUE", help="Its value; several for a list.")],
    page: Page = None,
    date: When = None,
    store: o.StoreUrl = None,
    json: o.Json = False,
) -> None:
    """Correct any field of anything. Lists of several sources are united, so that an edit only adds to one.

    \b
    Examples:
      credpath amend field "Professional Scrum Product Owner I" effort 16-20h
      credpath amend field "Professional Scrum Product Owner I" renewal 36
    """
    from api.asking.amending import want_field

    _amend(lambda known: want_field(known, thing, field, values), page, date, store, as_json=json)


def edits_command(store: o.StoreUrl = None, json: o.Json = False) -> None:
    """Your own corrections, and what each of them overrules.

    \b
    Example:
      credpath edits
    """
    from api.commands.running import running
    from api.present import edits as present
    from api.terminal.edits import edits_page
    from api.terminal.show import tell

    with running(store) as service:
        known, found = service.edits()
        shape = present.edits(known.settings.shown_store, view_of(known), found)
    tell(shape, edits_page, json=json)


def undo_command(
    thing: Annotated[
        str | None, typer.Argument(metavar="ID", help="What was edited, as `credpath edits` says.")
    ] = None,
    field: Annotated[str | None, typer.Argument(metavar="FIELD", help="Only this field of it.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="Take all edits back.")] = False,
    store: o.StoreUrl = None,
    json: o.Json = False,
) -> None:
    """Take a correction back: what the sources say is believed again.

    \b
    Examples:
      credpath undo id/starter/cost/scrum-org-psm-1--exam
      credpath undo "Professional Scrum Product Owner I" effort
    """
    from api.asking.undoing import read_undo
    from api.commands.running import running
    from api.present import edits as present
    from api.terminal.edits import undo_page
    from api.terminal.show import tell
    from ontology.errors import BadValue

    if everything == (thing is not None):
        raise BadValue("say what to undo: an ID, which `credpath edits` lists, or --all")
    with running(store) as service:
        known, undone = service.edit(lambda known, found: read_undo(known, view_of(known), found, thing, field))
        after = service.snapshot()
        shape = present.undo(known.settings.shown_store, view_of(known), view_of(after), undone, after.revision)
    tell(shape, undo_page, json=json)


def _amend(
    want: "Callable[[Snapshot], Sequence[Wanted]]",
    page: str | None,
    date: str | None,
    store: str | None,
    *,
    as_json: bool,
) -> None:
    from api.asking.amending import edits_for
    from api.asking.values import read_page, read_when
    from api.commands.running import running
    from api.present.edits import amend
    from api.terminal.edits import amend_page
    from api.terminal.show import tell

    page = read_page(page) if page is not None else None
    date = read_when(date) if date is not None else None
    wanted: list[Wanted] = []

    def decide(known: "Snapshot", found: "Edits") -> "tuple[Step, ...]":
        wanted[:] = want(known)
        return edits_for(wanted, found, page=page, date=date)

    with running(store) as service:
        before, steps = service.edit(decide)
        changed = [name for each in wanted for name in each.changes]
        after = service.snapshot()
        shape = amend(before.settings.shown_store, view_of(before), view_of(after), steps, changed)
    tell(shape, amend_page, json=as_json)


def view_of(known: "Snapshot") -> "View":
    """What is known, as it is on any day: nothing that is told here depends on the day."""
    from api.asking.reading import today_of
    from api.present.view import View

    return View(known.taken.index, known.rubric, today_of(None), known.settings.currency)
