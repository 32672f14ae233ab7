"""The command line: `credpath --help` lists the commands, each with an example; every error becomes one plain message.

Exit codes: 0 done; 2 wrong use, or input that cannot be used (nothing was written); 1 our fault; 130 interrupted.
"""

import errno
import os
import sys
from collections.abc import Sequence
from typing import Annotated

import typer
from typer.exceptions import TyperException

from api.commands.ask import gap_command, next_command
from api.commands.backup import backup_command, restore_command
from api.commands.batch import batch_command
from api.commands.check import check_command
from api.commands.demo import demo_command
from api.commands.doctor import doctor_command
from api.commands.edit import app as amend_app
from api.commands.edit import edits_command, undo_command
from api.commands.keep import drop_command, export_command, sources_command
from api.commands.load import app as load_app
from api.commands.look import coverage_command, find_command, show_command
from api.commands.move import compare_command, copy_command
from api.commands.other import schema_command, serve_command, template_command
from api.terminal.bare import bare
from ontology.errors import (
    AccessRefused,
    AmbiguousName,
    ChangedButUnread,
    CredpathError,
    IndexNotThere,
    InputError,
    LoadStopped,
    NoStoreThere,
    SourceError,
    StoreChanged,
    StoreDamaged,
    StoreFolderUnusable,
    StoreFull,
    StoreLocked,
    StoreOfOtherVersion,
    StoreReadOnly,
    StoreUnreachable,
    TemporaryFolderUnusable,
    UnknownName,
    UnknownStore,
    Unreadable,
    UnreadableStatement,
    UnsuitableServer,
    WorkError,
)

LISTED = 20
"""Refusals that are listed in a message."""

LINE = 100
"""Candidates that do not fit a line of so many letters get a line each."""

INTERRUPTED = 130
"""The exit code of whoever is interrupted, as shells have it."""

MENDABLE = (
    InputError, SourceError, UnknownStore, NoStoreThere, StoreFolderUnusable, StoreLocked, StoreOfOtherVersion,
    StoreFull, StoreDamaged, StoreUnreachable, AccessRefused, StoreReadOnly, UnsuitableServer, StoreChanged,
    ChangedButUnread, UnreadableStatement, IndexNotThere, TemporaryFolderUnusable, WorkError,
)  # fmt: skip
"""Errors that the user can mend: exit code 2."""

REPLACING = ("load", "drop", "copy", "restore")
"""Commands that replace sources: stopped in between, they say what became of them."""

FULL_OR_CLOSED = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM, errno.EFBIG, errno.EMFILE)
"""What a system refuses that the user can mend: a full disk, a folder that is closed to them."""

app = typer.Typer(
    name="credpath",
    no_args_is_help=True,
    rich_markup_mode=None,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"max_content_width": 100, "help_option_names": ["-h", "--help"]},
    help="Which credentials, in which order, close the gap between the role you have and the role you want.",
    epilog='Start with: credpath load starter, then credpath next "Senior product manager".',
)


def _tell_version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        sys.stdout.write(f"credpath {version('credpath')}\n")
        raise typer.Exit


@app.callback()
def _before(
    _version: Annotated[
        bool, typer.Option("--version", callback=_tell_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    """What stands before a command."""


app.command("next")(next_command)
app.command("gap")(gap_command)
app.command("batch")(batch_command)
app.command("show")(show_command)
app.command("find")(find_command)
app.command("coverage")(coverage_command)
app.add_typer(load_app, name="load")
app.command("sources")(sources_command)
app.command("drop")(drop_command)
app.add_typer(amend_app, name="amend")
app.command("edits")(edits_command)
app.command("undo")(undo_command)
app.command("check")(check_command)
app.command("template")(template_command)
app.command("export")(export_command)
app.command("copy")(copy_command)
app.command("compare")(compare_command)
app.command("backup")(backup_command)
app.command("restore")(restore_command)
app.command("doctor")(doctor_command)
app.command("serve")(serve_command)
app.command("schema")(schema_command)
app.command("demo")(demo_command)


def main() -> None:
    """The `credpath` command."""
    code = run(sys.argv[1:])
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(code)


def run(arguments: Sequence[str]) -> int:
    """Run one command; the exit code."""
    try:
        result = app(args=list(arguments), prog_name="credpath", standalone_mode=False)
    except typer.Exit as leaving:
        return leaving.exit_code
    except TyperException as error:
        return _misused(error.format_message())
    except (typer.Abort, KeyboardInterrupt):
        return _stopped(arguments)
    except SystemExit as leaving:
        if isinstance(leaving.__context__, BrokenPipeError):  # typer leaves so where nobody reads on
            return 0
        raise
    except Exception as error:
        if _debugging():
            raise
        return _failed(error)
    if result == INTERRUPTED:
        return _stopped(arguments)
    return result if isinstance(result, int) else 0


def _failed(error: Exception) -> int:
    match error:
        case BrokenPipeError():
            return 0
        case LoadStopped():
            return _complain(str(error), INTERRUPTED)
        case CredpathError():
            return _complain(_words(error), 2 if isinstance(error, MENDABLE) else 1)
        case OSError(errno=number) if number in FULL_OR_CLOSED:
            where = f": {error.filename}" if error.filename else ""
            return _complain(f"the system refuses: {error.strerror}{where}", 2)
        case _:
            return _complain(
                f"something went wrong that is our fault: {type(error).__name__}: {error}\n"
                "Please report it with the command you gave; CREDPATH_DEBUG=1 shows where it happened.",
                1,
            )


def _misused(words: str) -> int:
    if words.startswith("Usage: "):  # nothing was asked for, so typer says what can be
        sys.stderr.write(f"{words}\n")
        return 2
    return _complain(f"{_usage(words)}; `credpath --help` and `credpath COMMAND --help` say more", 2)


def _usage(words: str) -> str:
    """A wrong use in one line, without the marks of the libraries that noticed it."""
    return " ".join(words.replace("Value error, ", "").split()).rstrip(".?").replace(". Did you mean", "; did you mean")


def _stopped(arguments: Sequence[str]) -> int:
    writes = bool(arguments) and arguments[0] in REPLACING
    return _complain(f"stopped{'; each source is whole, as it was or new' if writes else ''}", INTERRUPTED)


def _words(error: CredpathError) -> str:
    if isinstance(error, Unreadable) and len(error.refusals) > 1:
        lines = [f"{len(error.refusals)} things cannot be taken:", *map(str, error.refusals[:LISTED])]
        if len(error.refusals) > LISTED:
            lines.append(f"and {len(error.refusals) - LISTED} more")
        return "\n  ".join(lines)
    if isinstance(error, UnknownName | AmbiguousName) and len(error.candidates) > 2 and len(str(error)) > LINE:
        return "\n  ".join([_headed(error), *error.candidates])
    return str(error)


def _headed(error: UnknownName | AmbiguousName) -> str:
    """What stands above candidates that need a line each."""
    if isinstance(error, AmbiguousName):
        return f"{error.words!r} may be any of these; say which {error.kind} you mean:"
    return f"no {error.kind} is called {error.words!r}; did you mean one of these?"


def _debugging() -> bool:
    return os.environ.get("CREDPATH_DEBUG", "").lower() in ("1", "true", "yes", "on")


def _complain(words: str, code: int) -> int:
    sys.stderr.write(f"credpath: {bare(words)}\n")
    return code
