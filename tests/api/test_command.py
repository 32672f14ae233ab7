import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from api.command import run
from api.shapes.schemas import SHAPES, json_schema
from graph.store import open_store
from loaders.curated.folder import PACKAGED
from ontology.errors import AmbiguousName
from tests.api.worlds import baking_folder

DAY = ("--today", "2026-11-24")


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    url = baking_folder(tmp_path)
    monkeypatch.setenv("CREDPATH_STORE", url)
    monkeypatch.chdir(tmp_path)
    return url


def credpath(*arguments: str, variables: Mapping[str, str] | None = None) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-c", "from api.command import main; main()", *arguments],
        env={**os.environ, **(variables or {})},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def revision(url: str) -> str:
    kept = open_store(url)
    try:
        return kept.revision()
    finally:
        kept.close()


HEAVY = ("numpy", "scipy", "sklearn", "pydantic_settings", "pyoxigraph", "highspy", "networkx", "yaml", "rich", "babel")


@pytest.mark.parametrize(
    ("arguments", "heavy"),
    [
        (["--help"], ("pydantic", *HEAVY)),
        (["--version"], HEAVY),
        (["next", "--help"], HEAVY),
    ],  # typer coerces options with pydantic
)
def test_help_and_the_version_import_nothing_heavy(arguments: list[str], heavy: tuple[str, ...]) -> None:
    code = (
        "import sys\n"
        "from api.command import run\n"
        f"assert run({arguments!r}) == 0\n"
        f"found = sorted(set({heavy!r}) & set(sys.modules))\n"
        "sys.exit(f'imported: {found}' if found else 0)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60)
    assert done.stderr == ""
    assert done.returncode == 0


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--version"]) == 0
    assert capsys.readouterr() == ("credpath 0.1.0\n", "")


def test_every_command_has_an_example_in_its_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--help"]) == 0
    listing = capsys.readouterr().out.split("Commands:")[1].split("\n\n")[0]
    names = [line.split()[0] for line in listing.splitlines() if line.startswith("  ") and line[2:3].isalpha()]
    folders = {"load": ("starter", "table"), "amend": ("price", "claim", "level", "field")}
    commands = [[name] for name in names if name not in folders]
    commands += [[folder, name] for folder, inside in folders.items() for name in inside]
    assert len(commands) == 27
    for command in commands:
        assert run([*command, "--help"]) == 0
        assert f"credpath {' '.join(command)}" in capsys.readouterr().out.split("Example")[1]


@pytest.mark.parametrize(
    ("arguments", "name"),
    [
        (("next", "Junior baker", *DAY), "next"),
        (("next", "Junior baker", "--to", "Senior baker", "--have", "Dough exam", "--pin", "Oven exam", *DAY), "next"),
        (("gap", "Junior baker", *DAY), "gap"),
        (("show", "Dough exam", *DAY), "show"),
        (("show", "Senior baker", *DAY), "show"),
        (("show", "Dough", *DAY), "show"),
        (("show", "Guild", *DAY), "show"),
        (("show", "bake for a  wedding", *DAY), "show"),
        (("find", "baker"), "find"),
        (("coverage", "Baker", *DAY), "coverage"),
        (("sources",), "sources"),
        (("drop", "w"), "drop"),
        (("load", "starter", "--store", "memory:"), "load"),
        (("check", str(PACKAGED)), "check"),
        (("copy", "oxigraph:store", "memory:"), "copy"),
        (("compare", "oxigraph:store", "memory:"), "compare"),
        (("backup", "b.zip"), "backup"),
        (("doctor",), "doctor"),
        (("amend", "field", "Dough exam", "effort", "20h"), "amend"),
        (("edits",), "edits"),
        (("undo", "--all"), "undo"),
    ],
)
def test_json_is_what_its_schema_says(
    store: str, arguments: tuple[str, ...], name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code = run([*arguments, "--json"])
    printed = capsys.readouterr()
    assert (code, printed.err) == (0, "")
    validator = Draft202012Validator(json_schema(name), format_checker=Draft202012Validator.FORMAT_CHECKER)
    validator.validate(json.loads(printed.out))


def test_a_schema_documents_every_field_and_is_a_schema(capsys: pytest.CaptureFixture[str]) -> None:
    for name in SHAPES:
        assert run(["schema", name]) == 0
        schema = json.loads(capsys.readouterr().out)
        Draft202012Validator.check_schema(schema)
        assert schema["additionalProperties"] is False
        assert set(schema["required"]) == set(schema["properties"])


def test_two_processes_with_other_hash_seeds_say_the_same_bytes(store: str) -> None:
    said = [
        credpath("next", "Junior baker", *DAY, "--json", variables={"PYTHONHASHSEED": seed}).stdout
        for seed in ("1", "2")
    ]
    assert said[0] == said[1]
    assert json.loads(said[0])["answer"]["status"] == "optimal"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("next", "Junior baker", "--budget", "2000"), "2000 what? write 2000GBP"),
        (("next", "Junior baker", "--budget", "-5GBP"), "is negative"),
        (("next", "Junior baker", "--by", "2020-01-01"), "is not after today"),
        (("next", "Astronaut"), "no role is called 'Astronaut'"),
        (("next", "baker"), "baker"),
        (("next", "Junior baker", "--level", "Dough=Guru"), "no level is called 'Guru'"),
        (("next", "--as", "gone.yaml"), "found no such file"),
        (("next",), "say which role you have"),
        (("next", "Junior baker", "--bogus"), "No such option"),
        (
            ("next", "Junior baker", "--aim", "fastest"),
            "--aim': 'fastest' is not one of 'cheapest', 'quickest', 'strongest', 'balanced'; `credpath --help`",
        ),
        (("nxt",), "No such command 'nxt'; did you mean 'next'; `credpath --help`"),
        (("export",), "Missing option '--format'. Choose from: turtle, jsonld, nquads, graphml; `credpath --help`"),
        (("next", "Junior baker", "--to", " "), "--to names no role"),
        (("gap",), "say which role you have"),
        (("load", "table", "gone.csv", "--preset", "uk-digital"), "found no such file"),
        (("load", "table", "empty.csv", "--preset", "uk-digital"), "an empty file"),
        (("load", "table", "empty.csv"), "give --preset NAME"),
        (("load", "table", "empty.csv", "--preset", "mars"), "no preset is called 'mars'"),
        (("drop", "nobody"), "no source is called 'nobody'; there are w"),
        (("check", "gone"), "found nothing there"),
        (("schema", "nothing"), "no schema is called 'nothing'"),
        (("show", "Unknown thing of the moon"), "is called"),
        (("coverage", "Astronaut"), "no ladder is called 'Astronaut'"),
        (("export", "--format", "turtle", "--out", "gone/graph.ttl"), "cannot be written"),
        (("export", "--format", "turtle", "--store", "memory:"), "the store memory: is empty; `credpath load starter`"),
        (("template", "ours.xlsx", "--organisation", " "), "--organisation names nobody"),
        (("load", "table", ".", "--preset", "uk-digital"), "., the file: found something that is no file"),
        (("show", "Astronaut"), "no thing is called 'Astronaut'; `credpath find WORDS` searches all names"),
        (("coverage", "Moon"), "no ladder is called 'Moon'; did you mean Baker?"),
        (("sources", "--store", "postgres:x"), "is no store; write oxigraph:"),
        (("copy", "oxigraph:store", "oxigraph:./store"), "oxigraph:store and oxigraph:./store are one store; name two"),
        (("compare", "oxigraph:store", "postgres://me:secret@x/y"), "'postgres://x/y' is no store"),
        (("backup", "gone/b.zip"), "gone/b.zip cannot be written: No such file or directory"),
        (("backup", "store"), "store is there and is no file; give the name of a file"),
        (("backup", "b.zip", "--store", "memory:"), "the store memory: is empty; `credpath load starter`"),
        (("restore", "gone.zip"), "gone.zip, the file: found no such file, expected a file that `credpath backup`"),
        (("restore", "empty.csv"), "empty.csv, the file: found no backup, or one that was cut off"),
    ],
)
def test_wrong_input_is_told_in_words_exits_with_2_and_changes_nothing(
    store: str, arguments: tuple[str, ...], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("empty.csv").write_bytes(b"")
    before = revision(store)
    code = run(arguments)
    printed = capsys.readouterr()
    assert (code, printed.out) == (2, "")
    assert says in printed.err
    assert "Traceback" not in printed.err
    assert revision(store) == before


def test_an_empty_store_says_how_to_fill_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["next", "Junior baker", "--store", "memory:"]) == 2
    assert "`credpath load starter`" in capsys.readouterr().err


def test_a_command_that_is_given_nothing_shows_its_help(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments, usage in (([], "Usage: credpath [OPTIONS]"), (["load"], "Usage: credpath load [OPTIONS]")):
        assert run(arguments) == 2
        told = capsys.readouterr().err
        assert told.startswith(usage)
        assert told.endswith(".\n")


def test_a_full_disk_is_no_fault_of_ours(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def fail(_name: str) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("api.shapes.schemas.json_schema", fail)
    assert run(["schema", "next"]) == 2
    assert capsys.readouterr().err == "credpath: the system refuses: No space left on device\n"


def test_an_interrupt_is_told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def interrupt(_name: str) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("api.shapes.schemas.json_schema", interrupt)
    assert run(["schema", "next"]) == 130
    assert capsys.readouterr().err.strip() == "credpath: stopped"


@pytest.mark.parametrize("command", [("export", "--format", "nquads"), ("next", "Junior baker", "--json")])
def test_whoever_reads_only_the_beginning_is_told_nothing(store: str, command: tuple[str, ...]) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "wb") as closed:
        done = subprocess.run(
            [sys.executable, "-c", "from api.command import main; main()", *command],
            stdout=closed,
            stderr=subprocess.PIPE,
            check=False,
            timeout=120,
        )
    assert (done.returncode, done.stderr) == (0, b"")


def test_our_own_fault_exits_with_1_and_says_how_to_report(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(_name: str) -> None:
        raise ZeroDivisionError("so it is")

    monkeypatch.delenv("CREDPATH_DEBUG", raising=False)
    monkeypatch.setattr("api.shapes.schemas.json_schema", fail)
    assert run(["schema", "next"]) == 1
    told = capsys.readouterr().err
    assert "our fault: ZeroDivisionError: so it is" in told
    assert "Traceback" not in told
    monkeypatch.setenv("CREDPATH_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        run(["schema", "next"])


def test_an_export_is_written_whole_or_not_at_all(store: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(["export", "--format", "turtle", "--out", "graph.ttl"]) == 0
    whole = Path("graph.ttl").read_bytes()
    assert b"Senior baker" in whole

    def half(*_: object) -> object:
        yield b"half"
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("graph.export.export", half)
    assert run(["export", "--format", "turtle", "--out", "graph.ttl"]) == 2
    assert Path("graph.ttl").read_bytes() == whole
    assert [path.name for path in Path().glob(".graph*")] == []


def test_a_template_is_written_once_and_checked(store: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["template", "ours.xlsx", "--levels", "Novice,Master"]) == 0
    assert run(["template", "ours.xlsx"]) == 2
    assert "is there already" in capsys.readouterr().err
    assert run(["check", "ours.toml"]) == 0


def test_piped_output_has_no_colours_and_no_lines(store: str) -> None:
    done = credpath("next", "Junior baker", *DAY)
    assert done.returncode == 0
    assert done.stdout.startswith("What next for Junior baker?\n")
    assert not set("\x1b█░─│") & set(done.stdout)


def test_many_candidates_get_a_line_each(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    names = tuple(f"Professional certificate in baking, part {part}" for part in (1, 2, 3))

    def fail(_name: str) -> None:
        raise AmbiguousName("credential", "PCB", names)

    monkeypatch.setattr("api.shapes.schemas.json_schema", fail)
    assert run(["schema", "next"]) == 2
    assert capsys.readouterr().err.splitlines() == [
        "credpath: 'PCB' may be any of these; say which credential you mean:",
        *(f"  {name}" for name in names),
    ]


def test_a_message_shows_a_terminal_nothing_to_obey(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(_name: str) -> None:
        raise AmbiguousName("credential", "PCB", ("\x1b[31mred", "blue\x9b2J"))

    monkeypatch.setattr("api.shapes.schemas.json_schema", fail)
    assert run(["schema", "next"]) == 2
    told = capsys.readouterr().err
    assert "[31mred" in told
    assert not {"\x1b", "\x9b"} & set(told)


def test_an_ambiguous_name_piped_lists_the_candidates(store: str) -> None:
    done = credpath("next", "bakr")
    assert done.returncode == 2
    assert "did you mean" in done.stderr
    assert "Junior baker" in done.stderr
    assert done.stdout == ""
