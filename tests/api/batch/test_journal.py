import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import IO

import pytest

from api.batch import journal as journal_module
from api.batch.journal import open_journal
from ontology.errors import BadValue

MANIFEST = {"people": "a", "day": "2026-11-24"}
ROWS = ('{"status":"proved best"}', '{"status":"refused"}')


def test_a_finished_chunk_is_there_for_the_next_run_of_the_same(tmp_path: Path) -> None:
    journal = open_journal(tmp_path / "plans.part", MANIFEST, [2, 2])
    assert (journal.before, journal.differs, journal.is_empty()) == ({}, (), True)
    journal.keep(1, ROWS)
    journal.close()
    again = open_journal(tmp_path / "plans.part", MANIFEST, [2, 2])
    assert (again.before, again.differs, again.is_empty()) == ({1: ROWS}, (), False)
    again.remove()
    assert list(tmp_path.iterdir()) == []


def test_a_row_with_odd_ends_of_lines_in_it_is_one_row(tmp_path: Path) -> None:
    odd = ('{"role":"a\u2028b\x85c"}', ROWS[1])
    journal = open_journal(tmp_path / "plans.part", MANIFEST, [2])
    journal.keep(0, odd)
    journal.close()
    again = open_journal(tmp_path / "plans.part", MANIFEST, [2])
    assert again.before == {0: odd}
    again.close()


def test_another_manifest_starts_anew_and_says_in_what_it_differs(tmp_path: Path) -> None:
    journal = open_journal(tmp_path / "plans.part", MANIFEST, [2])
    journal.keep(0, ROWS)
    journal.close()
    again = open_journal(tmp_path / "plans.part", {**MANIFEST, "day": "2026-11-25"}, [2])
    assert (again.before, again.differs, again.is_empty()) == ({}, ("day",), True)
    again.close()


@pytest.mark.parametrize("damage", ["", '{"status":"proved best"}\n', '{"status":"proved best"}\n{"stat'])
def test_a_chunk_that_is_not_whole_is_planned_again(tmp_path: Path, damage: str) -> None:
    journal = open_journal(tmp_path / "plans.part", MANIFEST, [2])
    journal.keep(0, ROWS)
    journal.close()
    (tmp_path / "plans.part" / "chunk-000000.jsonl").write_text(damage, encoding="utf-8")
    again = open_journal(tmp_path / "plans.part", MANIFEST, [2])
    assert (again.before, again.differs) == ({}, ())
    again.close()


def test_two_runs_do_not_work_in_one_folder(tmp_path: Path) -> None:
    journal = open_journal(tmp_path / "plans.part", MANIFEST, [2])
    with pytest.raises(BadValue, match="another run is at work"):
        open_journal(tmp_path / "plans.part", MANIFEST, [2])
    journal.close()
    open_journal(tmp_path / "plans.part", MANIFEST, [2]).close()


def test_what_is_not_a_journal_is_left_alone(tmp_path: Path) -> None:
    folder = tmp_path / "plans.part"
    folder.mkdir()
    (folder / "thesis.txt").write_text("years of work", encoding="utf-8")
    with pytest.raises(BadValue, match="holds something else"):
        open_journal(folder, MANIFEST, [2])
    assert (folder / "thesis.txt").read_text(encoding="utf-8") == "years of work"
    with pytest.raises(BadValue, match="cannot be written"):
        open_journal(tmp_path / "gone" / "plans.part", MANIFEST, [2])


KILLED_OVER_ITS_DELETION = """
import os, signal, sys
from pathlib import Path
from api.batch.journal import open_journal
from tests.api.batch.test_journal import MANIFEST, ROWS

journal = open_journal(Path(sys.argv[1]), MANIFEST, [2, 2])
journal.keep(0, ROWS)
journal.keep(1, ROWS)
(journal.folder / "index").mkdir(exist_ok=True)
(journal.folder / "index" / "current").write_text("index-1")
left = int(sys.argv[2])

def hear(event, arguments):
    global left
    if event in ("os.remove", "os.rmdir"):
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)

sys.addaudithook(hear)
journal.remove()
"""


def test_a_run_that_is_killed_while_it_throws_the_journal_away_is_followed_by_another(tmp_path: Path) -> None:
    folder = tmp_path / "plans.part"
    ends, found = [], []
    for deletions in range(8):
        command = [sys.executable, "-c", KILLED_OVER_ITS_DELETION, str(folder), str(deletions)]
        ends.append(subprocess.run(command, check=False).returncode)
        if folder.exists():
            journal = open_journal(folder, MANIFEST, [2, 2])
            found.append(sorted(journal.before))
            journal.close()
    assert ends == [-signal.SIGKILL] * 7 + [0]
    assert found == [[0, 1], [1], [], [], [], [], []]
    assert list(tmp_path.iterdir()) == []


def test_a_lock_that_another_run_threw_away_meanwhile_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "plans.part"
    open_journal(folder, MANIFEST, [2]).close()
    taken: list[IO[str]] = []

    def take(lock: IO[str], where: Path) -> None:
        if not taken:
            shutil.rmtree(folder)  # by a run that ends just then
        taken.append(lock)
        take_indeed(lock, where)

    take_indeed = journal_module._take
    monkeypatch.setattr(journal_module, "_take", take)
    journal = open_journal(folder, MANIFEST, [2])
    with pytest.raises(BadValue, match="another run is at work"):
        open_journal(folder, MANIFEST, [2])
    journal.remove()
    assert list(tmp_path.iterdir()) == []
