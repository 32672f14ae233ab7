"""What is found wrong, in worlds in which something is."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from shutil import disk_usage
from typing import Any, NamedTuple

import pytest

from api.diagnosis import Finding, _mending, diagnose
from api.service import open_service
from api.settings import read_settings
from graph.stores.oxigraph import OxigraphStore
from ontology.errors import SourceDamaged, StoreDamaged
from ontology.records import Competency, Credential, R, Record
from ontology.values import Source, SourceInfo
from tests.api.worlds import baking_folder


class Usage(NamedTuple):
    total: int
    used: int
    free: int


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("api.diagnosis.shutil.disk_usage", lambda _: Usage(10**12, 0, 10**12))
    url = baking_folder(tmp_path)
    with open_service(read_settings(url)) as service:
        service.snapshot()
    return url


def wrong(url: str | None = None) -> list[Finding]:
    return [finding for finding in diagnose(url).findings if finding.state != "ok"]


def test_a_store_in_order_is_in_order(store: str) -> None:
    found = diagnose(store)
    assert [finding.check for finding in found.findings] == [
        "settings", "rubric", "address", "disk", "folder", "store", "source", "index", "catalogue", "catalogue",
        "extras",
    ]  # fmt: skip
    assert wrong(store) == []
    assert "A drawn world (w): 45 records, as they were written" in [finding.says for finding in found.findings]


def test_settings_that_cannot_be_read_are_the_only_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CREDPATH_CURRENCY", "XXXX")
    (finding,) = diagnose().findings
    assert (finding.check, finding.state) == ("settings", "problem")
    assert "'XXXX' is no code of a currency" in finding.says


def test_an_address_that_names_no_store_is_a_problem() -> None:
    (finding,) = wrong("postgres://me:secret@host/x")
    assert (finding.check, finding.state) == ("address", "problem")
    assert "'postgres://host/x' is no store" in finding.says
    assert [each.check for each in wrong("what is this")] == ["address"]


def test_a_store_that_is_not_there_is_not_made(tmp_path: Path, store: str) -> None:
    (finding,) = wrong(f"oxigraph:{tmp_path / 'none'}")
    assert (finding.state, finding.do) == ("warning", "load something: credpath load starter")
    assert not (tmp_path / "none").exists()


def test_a_store_that_another_process_uses_is_a_problem(tmp_path: Path, store: str) -> None:
    kept = OxigraphStore(tmp_path / "store")
    (finding,) = wrong(store)
    kept.close()
    assert (finding.check, finding.state) == ("store", "problem")
    assert "is in use by another process" in finding.says


def test_a_server_that_is_away_is_a_problem() -> None:
    (finding,) = wrong("sparql+http://127.0.0.1:1/ds")
    assert (finding.check, finding.state) == ("store", "problem")
    assert "nobody answers at sparql+http://127.0.0.1:1/ds" in finding.says


def test_a_source_that_does_not_hold_what_was_written_is_named(store: str, monkeypatch: pytest.MonkeyPatch) -> None:
    honest = OxigraphStore.records_of

    def altered(self: OxigraphStore, source_id: str) -> Iterator[Record]:
        for record in honest(self, source_id):
            yield replace(record, name="Altered") if isinstance(record, Credential) else record

    monkeypatch.setattr(OxigraphStore, "records_of", altered)
    (finding,) = wrong(store)
    assert (finding.check, finding.state) == ("source", "problem")
    assert finding.says == "A drawn world (w): it does not hold what was written to it"
    assert finding.do == (
        f"`credpath load table FILE --anew --store {store}` writes it anew from its file, or "
        f"`credpath restore BACKUP --store {store}` from a backup"
    )


def test_what_mends_a_source_is_named_by_the_command_that_does_so() -> None:
    server = read_settings("sparql+http://ann:secret@host/ds")
    damaged = SourceDamaged("sparql+http://host/ds", "x")
    assert _mending(server, "starter-issuers", damaged) == (
        "`credpath load starter --anew --store sparql+http://host/ds` writes it anew"
    )
    assert _mending(server, "edits", damaged) == (
        "`credpath restore BACKUP --store sparql+http://host/ds` puts back what they were, and every other source of "
        "the backup"
    )
    torn = StoreDamaged("there", "block checksum mismatch")
    assert _mending(read_settings("oxigraph:./x"), "x", torn) == (
        "`credpath restore BACKUP --store` and oxigraph:NEW-FOLDER begin a new store; without a backup, load the "
        "sources into it"
    )
    assert "and the address of a new database or dataset begin a new store" in _mending(server, "x", torn)


def test_records_that_are_not_found_by_their_kind_are_a_problem(store: str, monkeypatch: pytest.MonkeyPatch) -> None:
    honest = OxigraphStore.records

    def lossy(self: OxigraphStore, kind: type[R]) -> Iterator[R]:
        return iter(()) if kind is Competency else honest(self, kind)

    monkeypatch.setattr(OxigraphStore, "records", lossy)
    (finding,) = wrong(store)
    assert (finding.check, finding.state) == ("store", "problem")
    assert finding.says == "read by kind there are 41 records, and by source 45"


def test_a_store_that_cannot_be_read_by_kind_is_a_problem(store: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def torn(self: OxigraphStore, kind: type[R]) -> Iterator[R]:
        raise StoreDamaged("there", "block checksum mismatch")

    monkeypatch.setattr(OxigraphStore, "records", torn)
    (finding,) = wrong(store)
    assert (finding.check, finding.state) == ("store", "problem")
    assert "block checksum mismatch" in finding.says


@pytest.mark.parametrize(
    ("total", "free", "says"),
    [(10**12, 99 * 10**9, "99.0 GB (9 %) are free"), (2 * 10**9, 9 * 10**8, "0.9 GB (45 %) are free")],
)
def test_a_disk_that_is_nearly_full_is_a_warning(
    store: str, monkeypatch: pytest.MonkeyPatch, total: int, free: int, says: str
) -> None:
    monkeypatch.setattr("api.diagnosis.shutil.disk_usage", lambda _: Usage(total, total - free, free))
    (finding,) = wrong(store)
    assert (finding.check, finding.state) == ("disk", "warning")
    assert finding.says.startswith(says)


def test_the_disk_is_looked_at_where_the_store_is(tmp_path: Path, store: str, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Any] = []
    monkeypatch.setattr("api.diagnosis.shutil.disk_usage", lambda path: seen.append(path) or disk_usage(path))
    diagnose(store)
    diagnose(f"oxigraph:{tmp_path / 'not' / 'yet'}")
    assert seen == [tmp_path / "store", tmp_path]


def test_a_folder_that_cannot_be_written_is_a_problem_only_where_there_is_no_store_to_be_read(
    store: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(**_: object) -> object:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr("api.diagnosis.tempfile.TemporaryFile", refuse)
    (finding,) = wrong(store)
    assert (finding.check, finding.state) == ("folder", "warning")
    assert finding.says.endswith(
        "cannot be written: Read-only file system; questions are answered, and nothing can be loaded or corrected"
    )
    finding = wrong("oxigraph:./nowhere")[0]
    assert (finding.check, finding.state) == ("folder", "problem")
    assert finding.says.endswith("cannot be written: Read-only file system")


def test_an_index_that_is_not_there_damaged_or_of_another_revision_is_told(store: str) -> None:
    kept = OxigraphStore(Path("store"))
    kept.replace_source(SourceInfo(id="x", title="X", voice="others"), [])
    kept.close()
    (finding,) = wrong(store)
    assert (finding.check, finding.state) == ("index", "warning")
    assert "is of another revision than the store" in finding.says
    for file in Path("store-index").rglob("stamp.json"):
        file.write_text("{")
    (finding,) = wrong(store)
    assert (finding.check, finding.state) == ("index", "problem")
    Path("store-index/current").unlink()
    (finding,) = wrong(store)
    assert (finding.check, finding.state, finding.do) == ("index", "warning", "the next question builds it")


def test_links_that_lead_nowhere_are_counted_and_named(store: str) -> None:
    kept = OxigraphStore(Path("store"))
    source = Source(id="x", place="1")
    lost = Competency(id="id/x/competency/c", source=source, name="C", scale="id/x/scale/gone")
    kept.replace_source(SourceInfo(id="x", title="X", voice="others"), [lost])
    kept.close()
    with open_service(read_settings(store)) as service:
        service.snapshot()
    (finding,) = wrong(store)
    assert (finding.check, finding.state) == ("catalogue", "warning")
    assert finding.says == "1 link leads nowhere: scale of id/x/competency/c to id/x/scale/gone"


def test_an_empty_store_says_how_to_fill_it(tmp_path: Path, store: str) -> None:
    OxigraphStore(tmp_path / "empty").close()
    (finding,) = wrong(f"oxigraph:{tmp_path / 'empty'}")
    assert (finding.check, finding.says, finding.do) == (
        "store", "nothing is loaded", "load something: credpath load starter",
    )  # fmt: skip
