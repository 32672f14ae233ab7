"""What is written into a backup comes out of it, and whatever happened to the file meanwhile is noticed."""

import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.archive import MANIFEST, Kept, Manifest, open_archive, write_manifest
from graph.backup import restore, write_backup
from graph.content import Change, digest_of, revision_of
from graph.copying import Named
from graph.lines import lines_of
from graph.stores.memory import MemoryStore
from graph.stores.oxigraph import OxigraphStore
from ontology.errors import OtherSources, SourceDamaged, Unreadable
from ontology.records import Credential, Record
from ontology.values import Source, SourceInfo
from tests.every_kind import WORLD
from tests.graph.otherhands import rename_all
from tests.strategies import contents, infos

BOARD = SourceInfo(id="board", title="The board", voice="issuer")
PRESS = SourceInfo(id="press", title="The press", voice="others")
BY_PRESS = Credential(id="id/p/credential/x", source=Source(id="press", place="1"), name="X")


ROOT = Path(__file__).parents[2]


def filled() -> MemoryStore:
    store = MemoryStore()
    store.replace_source(BOARD, WORLD)
    store.replace_source(PRESS, [BY_PRESS])
    return store


def backed_up(store: MemoryStore) -> bytes:
    file = io.BytesIO()
    write_backup(Named(store, "a"), file, written="2026-11-24T09:00:00+00:00", credpath="0.1.0")
    return file.getvalue()


def restored(data: bytes, store: MemoryStore, *, exact: bool = False) -> None:
    with open_archive(io.BytesIO(data), "b.zip") as archive:
        restore(archive, Named(store, "b"), exact=exact)


def test_what_goes_in_comes_out(tmp_path: Path) -> None:
    origin, target = filled(), OxigraphStore(tmp_path / "store")
    with open_archive(io.BytesIO(backed_up(origin)), "b.zip") as archive:
        done = restore(archive, Named(target, "b"))
    assert done.changes == (
        (BOARD, Change(added=25, removed=0, unchanged=0, identical=False)),
        (PRESS, Change(added=1, removed=0, unchanged=0, identical=False)),
    )
    assert done.revision == origin.revision() == target.revision()
    assert list(target.records_of("board")) == list(origin.records_of("board"))
    target.close()


@given(st.data())
def test_whatever_a_store_can_hold_comes_out_of_a_backup(data: st.DataObject) -> None:
    origin, target = MemoryStore(), MemoryStore()
    origin.replace_source(data.draw(infos("test")), data.draw(contents("test")))
    restored(backed_up(origin), target)
    assert target.sources() == origin.sources()
    assert list(target.records_of("test")) == list(origin.records_of("test"))


def test_an_empty_store_is_backed_up_too() -> None:
    target = MemoryStore()
    restored(backed_up(MemoryStore()), target)
    assert target.sources() == ()


def test_the_same_content_gives_the_same_bytes_and_a_file_that_others_read() -> None:
    data = backed_up(filled())
    assert data == backed_up(filled())
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        assert packed.namelist() == ["sources/0001.nt", "sources/0002.nt", "manifest.json"]
        said = json.loads(packed.read("manifest.json"))
        lines = packed.read("sources/0002.nt").decode().splitlines()
    assert (said["format"], said["schema"], said["revision"]) == (1, 1, filled().revision())
    assert [(s["info"]["title"], s["part"], s["records"]) for s in said["sources"]] == [
        ("The board", "sources/0001.nt", 25),
        ("The press", "sources/0002.nt", 1),
    ]
    assert '<https://w3id.org/credpath/id/p/credential/x> <https://purl.org/ctdl/terms/name> "X" .' in lines


def test_a_restore_keeps_to_itself_what_the_backup_lacks_unless_it_is_exact() -> None:
    origin, target = MemoryStore(), filled()
    origin.replace_source(PRESS, [BY_PRESS])
    data, before = backed_up(origin), target.revision()
    with pytest.raises(OtherSources, match="the store b also holds board, which the backup lacks") as refused:
        restored(data, target)
    assert (refused.value.ids, target.revision()) == (("board",), before)
    restored(data, target, exact=True)
    assert target.revision() == origin.revision()


def test_a_store_that_does_not_hold_what_was_written_makes_no_backup() -> None:
    class Altered(MemoryStore):
        """A store that lost a record."""

        def records_of(self, source_id: str) -> Iterator[Record]:
            return iter(list(super().records_of(source_id))[1:])

    store = Altered()
    store.replace_source(BOARD, WORLD)
    with pytest.raises(SourceDamaged, match="the source board in the store a does not hold what was written"):
        backed_up(store)


def test_a_restore_mends_what_another_hand_changed() -> None:
    store = filled()
    data, before = backed_up(store), store.revision()
    rename_all(store, "board", "Altered")
    with open_archive(io.BytesIO(data), "b.zip") as archive:
        done = restore(archive, Named(store, "b"))
    assert [(info.id, change.anew, change.identical) for info, change in done.changes] == [
        ("board", True, False),
        ("press", False, True),
    ]
    assert list(store.records_of("board")) == list(filled().records_of("board"))
    assert done.revision == store.revision() == before


def refused(data: bytes) -> str:
    """What is said of a backup that must not be restored; the store stays as it was."""
    store = filled()
    store.replace_source(PRESS, [])
    before = store.revision()
    with pytest.raises(Unreadable) as said:
        restored(data, store)
    assert store.revision() == before
    return str(said.value)


def test_a_backup_that_was_cut_off_anywhere_is_refused() -> None:
    data = backed_up(filled())
    for end in (0, 1, len(data) // 3, len(data) // 2, len(data) - 1):
        assert "b.zip, the file: found no backup, or one that was cut off" in refused(data[:end])


def test_one_changed_byte_anywhere_is_noticed_or_changes_nothing_that_is_restored() -> None:
    """Some bits mean nothing: what fills the last byte of a part, or the day on which it says it was packed."""
    data, revision, noticed = backed_up(filled()), filled().revision(), 0
    places = range(0, len(data), 7)
    for place in places:
        store = MemoryStore()
        try:
            restored(data[:place] + bytes([data[place] ^ 0x01]) + data[place + 1 :], store)
        except Unreadable:
            noticed += 1
            assert store.sources() == ()
        else:
            assert store.revision() == revision
    assert noticed > 0.9 * len(places)


def repacked(change: Callable[[dict[str, bytes]], None]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(backed_up(filled()))) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    change(parts)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in parts.items():
            packed.writestr(name, data)
    return file.getvalue()


def with_manifest(change: Callable[[Any], None]) -> bytes:
    def altered(parts: dict[str, bytes]) -> None:
        said = json.loads(parts["manifest.json"])
        change(said)
        parts["manifest.json"] = json.dumps(said).encode()

    return repacked(altered)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (repacked(lambda p: p.pop("manifest.json")), "manifest.json: found none that can be read"),
        (repacked(lambda p: p.update({"manifest.json": b"{"})), "manifest.json: found JSONDecodeError"),
        (repacked(lambda p: p.update({"manifest.json": b"[]"})), "manifest.json: found TypeError"),
        (repacked(lambda p: p.update({"manifest.json": b"[" * 100_000})), "manifest.json: found RecursionError"),
        (repacked(lambda p: p.pop("sources/0002.nt")), "sources/0002.nt: found a part that is missing or too many"),
        (
            repacked(lambda p: p.update({"../../etc/cron.d/x": b"x"})),
            "../../etc/cron.d/x: found a part that is missing",
        ),
        (repacked(lambda p: p.update({"/etc/passwd": b"x"})), "/etc/passwd: found a part that is missing or too many"),
        (repacked(lambda p: p.update({"sources/0002.nt": b""})), "sources/0002.nt: found 0 bytes"),
        (with_manifest(lambda m: m.update(format=2)), "manifest.json, format: found 2, written by credpath 0.1.0"),
        (with_manifest(lambda m: m.update(schema=99)), "restore with the credpath that wrote it"),
        (with_manifest(lambda m: m.update(revision="0" * 64)), "revision: found one that does not follow"),
        (with_manifest(lambda m: m["sources"].pop()), "revision: found one that does not follow from its sources"),
        (with_manifest(lambda m: m["sources"].append(m["sources"][0])), "revision: found one that does not follow"),
        (with_manifest(lambda m: m["sources"][0].update(part="../x")), "no backup has a part '../x'"),
        (with_manifest(lambda m: m["sources"][0].update(records=1e999)), "manifest.json: found OverflowError"),
        (with_manifest(lambda m: m["sources"][0].update(records=1)), "0001.nt: found other records than were written"),
        (with_manifest(lambda m: m["sources"][0]["info"].update(title="Me")), "found other records than were written"),
        (with_manifest(lambda m: m["sources"][0]["info"].update(voice="God")), "described in a way that none can be"),
    ],
)
def test_a_backup_that_somebody_altered_is_refused(data: bytes, says: str) -> None:
    assert says in refused(data)


def test_a_statement_that_somebody_altered_is_noticed() -> None:
    def altered(parts: dict[str, bytes]) -> None:
        parts["sources/0002.nt"] = parts["sources/0002.nt"].replace(b'"X"', b'"Y"')

    assert "sources/0002.nt: found other records than were written" in refused(repacked(altered))


def made(*sources: tuple[SourceInfo, list[Record]]) -> bytes:
    """A backup with good digests, whatever is in it: an earlier credpath may have kept it, or a stranger made it."""
    file, kept = io.BytesIO(), []
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for number, (info, records) in enumerate(sources, 1):
            text, part = b"".join(lines_of(records)), f"sources/{number:04}.nt"
            packed.writestr(part, text)
            digest = digest_of(info, records)
            kept.append(Kept(info=info, part=part, records=len(records), bytes=len(text), digest=digest))
        revision = revision_of({each.info.id: each.digest for each in kept})
        manifest = Manifest(revision=revision, written="2026-11-01", credpath="0", sources=tuple(kept))
        packed.writestr(MANIFEST, write_manifest(manifest))
    return file.getvalue()


def credential(id_: str = "id/p/credential/x", source: str = "press", **said: Any) -> Credential:
    return Credential(id=id_, source=Source(id=source, place="1"), name="Other", **said)


@pytest.mark.parametrize(
    ("info", "records", "says"),
    [
        (PRESS, [credential("https://example.org/" + "x" * 1981)], "has 2001 characters, and 2000 are the most"),
        (PRESS, [credential(source="board")], "id/p/credential/x says that its source is 'board', but"),
        (PRESS, [credential(credit=2**70)], "the credit of credential id/p/credential/x is 1180591620717411303424"),
        (PRESS, [credential("id/y"), credential("id/x")], "id/x again, or out of its order"),
        (PRESS, [credential(), credential(credit=1)], "id/p/credential/x again, or out of its order"),
        (replace(PRESS, id=".."), [credential(source="..")], "the source '..' has no usable id"),
        (replace(PRESS, id=".."), [], "the source '..' has no usable id"),
    ],
)
def test_what_no_store_keeps_is_found_before_anything_is_restored(
    info: SourceInfo, records: list[Record], says: str
) -> None:
    data = made((BOARD, [credential("id/b/credential/x", "board")]), (info, records))
    assert "b.zip, sources/0002.nt: found" in refused(data)
    assert says in refused(data)


def test_text_that_is_no_rdf_is_told_with_where_it_is() -> None:
    def altered(parts: dict[str, bytes]) -> None:
        parts["sources/0002.nt"] = b"x" * len(parts["sources/0002.nt"])

    assert "sources/0002.nt: found damage" in refused(repacked(altered))


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    def swollen(parts: dict[str, bytes]) -> None:
        parts["sources/0002.nt"] = b"\n" * 50_000_000

    data = repacked(swollen)
    assert len(data) < 100_000
    assert "sources/0002.nt: found a part that unpacks to 50000000 bytes" in refused(data)


def test_parts_that_lie_upon_each_other_are_refused() -> None:
    """One part that the list of parts names twice, under two names."""

    def named_twice(said: Any) -> None:
        said["sources"][0]["bytes"] = said["sources"][1]["bytes"]

    data = with_manifest(named_twice)
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        first, second = packed.getinfo("sources/0001.nt"), packed.getinfo("sources/0002.nt")
    listed = data.index(b"PK\x01\x02")
    ours = data.index(b"sources/0001.nt", listed) - 46
    theirs = data.index(b"sources/0002.nt", listed) - 46
    assert data[ours + 42 : ours + 46] == first.header_offset.to_bytes(4, "little")
    changed = bytearray(data)
    changed[ours + 16 : ours + 28] = data[theirs + 16 : theirs + 28]
    changed[ours + 42 : ours + 46] = second.header_offset.to_bytes(4, "little")
    assert "b.zip, " in refused(bytes(changed))


def test_something_that_is_no_backup_is_refused(tmp_path: Path) -> None:
    assert "found no backup" in refused(b"just words")
    with pytest.raises(Unreadable, match="found no such file, expected a file that `credpath backup` wrote"):  # noqa: SIM117
        with open_archive(tmp_path / "gone.zip", "gone.zip"):
            pass


def test_reading_a_backup_does_not_hold_it_in_memory(tmp_path: Path) -> None:
    """60,000 credentials are 60 MB of text; checking them needs a few MB beside what the process has anyway."""
    code = f"""
from bench.memory import peak
from graph.archive import open_archive
from graph.backup import write_backup
from graph.content import Digest
from graph.copying import Named
from ontology.records import Credential
from ontology.values import Source, SourceInfo

INFO = SourceInfo(id="s", title="S", voice="issuer")

class Endless:
    def made(self):
        for number in range(60_000):
            source = Source(id="s", place=f"row {{number}}", page="https://example.org/" + "long/" * 20)
            yield Credential(id=f"id/s/credential/{{number:09}}", source=source, name="A name of some length " * 10)
    def records_of(self, source_id): return self.made()
    def sources(self): return (INFO,)
    def edition(self): return "the only one"
    def digests(self):
        digest = Digest(INFO)
        for record in self.made(): digest.add(record)
        return {{"s": digest.hexdigest()}}

store = Endless()
store.digests()
before = peak()
with open({str(tmp_path / "b.zip")!r}, "w+b") as file:
    manifest = write_backup(Named(store, "a"), file, written="now", credpath="0")
print(manifest.sources[0].bytes, round((peak() - before) * 1024))
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=120, cwd=ROOT
    )
    size, more = map(int, done.stdout.split())
    assert size > 40_000_000
    assert more < 24_000
