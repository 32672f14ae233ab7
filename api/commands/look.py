"""`credpath show`, `find` and `coverage`: looking at the catalogue."""

# ruff: noqa: D301 (a backspace tells click to keep the lines of an example as they are)

from typing import Annotated

import typer

from api.commands import options as o


def show_command(
    thing: Annotated[str, typer.Argument(metavar="ID", help="An id, or a name.")],
    currency: o.CurrencyCode = None,
    today: o.Today = None,
    store: o.StoreUrl = None,
    json: o.Json = False,
) -> None:
    """All that is said of one credential, role, competency, provider or project, and who says it.

    \b
    Example:
      credpath show "Professional Scrum Product Owner I"
    """
    from api.asking.picking import pick_thing
    from api.asking.reading import read_currency, today_of
    from api.commands.running import reading
    from api.present.entries import entry, find_thing
    from api.present.view import View
    from api.terminal.entry import entry_page
    from api.terminal.show import tell
    from ontology.errors import UnknownId

    known = reading(store)
    code = read_currency(currency) if currency else known.settings.currency
    view = View(known.index, known.rubric, today_of(today), code)
    try:
        id_ = find_thing(view, thing).id
    except UnknownId:
        id_ = pick_thing(known, thing)
    shape = entry(view, id_)
    tell(shape, entry_page, json=json)


def find_command(
    words: Annotated[list[str], typer.Argument(metavar="WORDS", help="Words of a name.")],
    limit: Annotated[int, typer.Option(help="At most so many.", min=1, max=100)] = 8,
    store: o.StoreUrl = None,
    json: o.Json = False,
) -> None:
    """What words may mean: roles, credentials, competencies and providers, best first.

    \b
    Example:
      credpath find senior pm
    """
    from api.commands.running import reading
    from api.present.entries import find
    from api.terminal.entry import find_page
    from api.terminal.show import tell

    asked = " ".join(words)
    shape = find(asked, reading(store).names.candidates(asked, limit=limit))
    tell(shape, find_page, json=json)


def coverage_command(
    ladder: Annotated[str, typer.Argument(metavar="LADDER", help="A ladder by id, or a role family by name.")],
    currency: o.CurrencyCode = None,
    today: o.Today = None,
    store: o.StoreUrl = None,
    json: o.Json = False,
) -> None:
    """How the competencies of a ladder are covered: shown by whom, how strongly, by one provider only, or nowhere.

    \b
    Example:
      credpath coverage "Product manager"
    """
    from api.asking.covering import cover
    from api.commands.running import reading
    from api.terminal.coverage import coverage_page
    from api.terminal.show import tell

    shape = cover(reading(store), ladder, currency=currency, today=today)
    tell(shape, coverage_page, json=json)
