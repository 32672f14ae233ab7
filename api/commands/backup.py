"""`credpath backup` and `restore`: one file that holds everything, checked when it is written and before it is used."""

# ruff: noqa: D301 (a backspace tells click to keep the lines of an example as they are)

from pathlib import Path
from typing import Annotated

import typer

from api.commands import options as o

File = Annotated[Path, typer.Argument(metavar="FILE", help="The backup, such as backup.zip.")]
Exact = Annotated[bool, typer.Option("--exact", help="Remove the sources that the backup lacks.")]


def backup_command(file: File, store: o.StoreUrl = None, json: o.Json = False) -> None:
    """Write all that a store holds into one file, and read it back; an earlier file stays until that is done.

    The file is a zip of N-Triples and a manifest in JSON: others can read it too.

    \b
    Example:
      credpath backup backup.zip
    """
    from datetime import UTC, datetime
    from importlib.metadata import version

    from api.commands.running import running
    from api.present import keeping
    from api.terminal.keeping import backup_page
    from api.terminal.progress import progress
    from api.terminal.show import tell
    from api.whole import whole_file
    from graph.backup import write_backup
    from graph.copying import Named
    from ontology.errors import EmptyCatalogue

    with running(store) as service, progress() as bar:
        name = service.settings.shown_store
        if not service.store.sources():
            raise EmptyCatalogue(name)
        _spare_what_is_no_backup(file)
        with whole_file(file) as out:
            manifest = write_backup(
                Named(service.store, name),
                out,
                written=datetime.now(UTC).isoformat(timespec="seconds"),
                credpath=version("credpath"),
                tick=bar,
            )
    tell(keeping.backup(name, str(file), file.stat().st_size, manifest), backup_page, json=json)


def _spare_what_is_no_backup(file: Path) -> None:
    """Raise `BadValue` where the file of this name is no zip: somebody took the wrong name."""
    from zipfile import is_zipfile

    from ontology.errors import BadValue

    if file.is_file() and file.stat().st_size and not is_zipfile(file):
        raise BadValue(f"{file} is there and is no backup; give another name, or delete it first")


def restore_command(file: File, exact: Exact = False, store: o.StoreUrl = None, json: o.Json = False) -> None:
    """Let a store hold what a backup holds; the file is checked to its end before anything is written.

    \b
    Example:
      credpath restore backup.zip --store oxigraph:./restored
    """
    from api.commands.running import running
    from api.present import keeping
    from api.terminal.keeping import restore_page
    from api.terminal.progress import progress
    from api.terminal.show import tell
    from graph.archive import open_archive
    from graph.backup import restore
    from graph.copying import Named

    with open_archive(file, str(file)) as archive, progress() as bar:
        archive.check(tick=lambda title, count: bar(f"Checking: {title}", count))  # before a folder is made for it
        with running(store, make=True) as service:
            name = service.settings.shown_store
            done = restore(archive, Named(service.store, name), exact=exact, tick=bar)
            service.follow(distrust=any(change.anew for _, change in done.changes))
    tell(keeping.restore(name, str(file), archive.manifest, done), restore_page, json=json)
