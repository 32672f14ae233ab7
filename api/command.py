"""The command line: `credpath --help` lists the commands, each with an example; every error becomes one plain message.

Exit codes: 0 done; 2 wrong use, or input that cannot be used (nothing was written); 1 our fault.
"""

import os
import sys
from collections.abc import Sequence

import typer
from typer.exceptions import TyperException

from api.commands.ask import gap_command, next_command
from api.commands.check import check_command
from api.commands.demo import demo_command
from api.commands.keep import drop_command, export_command, sources_command
from api.commands.load import app as load_app
from api.commands.look import coverage_command, find_command, show_command
from api.commands.other import schema_command, serve_command, template_command
from ontology.errors import (
    CredpathError,
    InputError,
    SourceError,
    StoreFolderUnusable,
    StoreLocked,
    StoreOfOtherVersion,
    UnknownStore,
    Unreadable,
)

LISTED = 20
"""Refusals that are listed in a message."""

MENDABLE = (InputError, SourceError, UnknownStore, StoreFolderUnusable, StoreLocked, StoreOfOtherVersion)
"""Errors that the user can mend: exit code 2."""

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
app.command("next")(next_command)
app.command("gap")(gap_command)
app.command("show")(show_command)
app.command("find")(find_command)
app.command("coverage")(coverage_command)
app.add_typer(load_app, name="load")
app.command("sources")(sources_command)
app.command("drop")(drop_command)
app.command("check")(check_command)
app.command("template")(template_command)
app.command("export")(export_command)
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
        return _complain(f"{error.format_message()}; `credpath --help` and `credpath COMMAND --help` say more", 2)
    except (typer.Abort, KeyboardInterrupt):
        return _complain("stopped", 130)
    except BrokenPipeError:
        return 0
    except CredpathError as error:
        if _debugging():
            raise
        return _complain(_words(error), 2 if isinstance(error, MENDABLE) else 1)
    except Exception as error:
        if _debugging():
            raise
        return _complain(
            f"something went wrong that is our fault: {type(error).__name__}: {error}\n"
            "Please report it with the command you gave; CREDPATH_DEBUG=1 shows where it happened.",
            1,
        )
    return result if isinstance(result, int) else 0


def _words(error: CredpathError) -> str:
    if isinstance(error, Unreadable) and len(error.refusals) > 1:
        lines = [f"{len(error.refusals)} things cannot be taken:", *map(str, error.refusals[:LISTED])]
        if len(error.refusals) > LISTED:
            lines.append(f"and {len(error.refusals) - LISTED} more")
        return "\n  ".join(lines)
    return str(error)


def _debugging() -> bool:
    return os.environ.get("CREDPATH_DEBUG", "").lower() in ("1", "true", "yes", "on")


def _complain(words: str, code: int) -> int:
    sys.stderr.write(f"credpath: {words}\n")
    return code
