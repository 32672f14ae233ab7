"""`credpath sources`, `drop` and `export`: what the store holds."""

# ruff: noqa: D301 (a backspace tells click to keep the lines of an example as they are)

import os
import stat
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Annotated, Literal, TypeAlias

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


def write_whole(path: Path, pieces: Iterable[bytes]) -> None:
    """Write a file beside and rename it, so that nobody ever sees half of it. Raises as `whole_file` does."""
    with whole_file(path) as file:
        for piece in pieces:
            file.write(piece)


@contextmanager
def whole_file(path: Path) -> Iterator[IO[bytes]]:
    """A file to write and read, which takes its name when all went well, and leaves no trace when not.

    A link is followed. What is there and is no file (a folder, a device, a pipe) stays: a rename would replace it.
    Raises `BadValue` where the file cannot be written.
    """
    from ontology.errors import BadValue

    try:
        taken = _is_taken(path)
        if not taken:
            with _written_beside(path.resolve()) as file:
                yield file
    except OSError as error:
        raise BadValue(f"{path} cannot be written: {error.strerror or error}") from error
    if taken:
        raise BadValue(f"{path} is there and is no file; give the name of a file")


def _is_taken(path: Path) -> bool:
    """Whether something other than a file is there."""
    try:
        return not stat.S_ISREG(path.stat().st_mode)
    except FileNotFoundError:
        return False


@contextmanager
def _written_beside(path: Path) -> Iterator[IO[bytes]]:
    handle, beside = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "w+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        mask = os.umask(0)
        os.umask(mask)
        Path(beside).chmod(0o666 & ~mask)
        Path(beside).replace(path)
        _remember(path.parent)
    finally:
        Path(beside).unlink(missing_ok=True)


def _remember(folder: Path) -> None:
    """Let the new name outlive a loss of power, where a system lets folders be synchronised."""
    if sys.platform != "win32":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
