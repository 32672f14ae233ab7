"""`credpath doctor`: what is wrong, and what to do about it."""

# ruff: noqa: D301 (a backspace tells click to keep the lines of an example as they are)

import typer

from api.commands import options as o


def doctor_command(store: o.StoreUrl = None, json: o.Json = False) -> None:
    """Look at settings, store, sources and index, and say what is wrong and what to do. Exits with 2 where anything is.

    Every record is read, and compared with what was written.

    \b
    Example:
      credpath doctor
    """
    from api.diagnosis import diagnose
    from api.present import keeping
    from api.terminal.keeping import doctor_page
    from api.terminal.progress import progress
    from api.terminal.show import tell

    with progress() as bar:
        found = diagnose(store, tick=bar)
    shape = keeping.doctor(found)
    tell(shape, doctor_page, json=json)
    if shape.problems:
        raise typer.Exit(2)
