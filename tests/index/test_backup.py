"""A backup is the whole home as it was at one moment, whoever refreshes it meanwhile."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from corpus.errors import DamagedSnapshot, HomeError, NotReady, UsageError
from index import aside
from index import backup as backing
from index.backup import backup
from index.backup_list import LIST, read_list
from index.home import Home
from index.library import Library
from index.restoring import restore
from index.snapshot import open_current
from tests.index.test_equals_rebuild import all_of
from tests.index.workshop import ARTICLES, Workshop

ROOT = Path(__file__).parents[2]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    folder = tmp_path / "backups"
    folder.mkdir()
    return folder / "home.zip"


def names_in(file: Path) -> set[str]:
    with zipfile.ZipFile(file) as archive:
        return set(archive.namelist()) - {LIST}


def run(act: str, home: Path, file: Path, step: int) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "tests.index.killed_backup", act, str(home), str(file), str(step)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_restored_home_answers_the_same_on_another_path(
    indexed: Workshop, file: Path, tmp_path: Path
) -> None:
    indexed.write("trees.txt", "Trees\n\nPorto planted a thousand trees along its tram lines.\n")
    indexed.refresh()
    report = backup(indexed.home, file)
    assert (report.snapshot, report.remarks) == ("000002", ())
    assert report.bytes == file.stat().st_size
    before = all_of(indexed.open(), indexed.encoder)
    shutil.rmtree(indexed.home.path)
    elsewhere = Home(tmp_path / "another" / "place")
    restored = restore(file, elsewhere)
    assert (restored.snapshot, restored.aside, restored.remarks) == ("000002", None, ())
    snapshot = open_current(elsewhere)
    assert snapshot.degraded is None
    assert all_of(snapshot, indexed.encoder) == before


def test_a_restored_home_goes_on_where_the_old_one_was(
    workshop: Workshop, file: Path, tmp_path: Path
) -> None:
    """Its own articles lie elsewhere by now; nothing is embedded or published for that."""
    home = workshop.home
    (home.articles / "deep").mkdir(parents=True)
    (home.articles / "deep" / "trees.txt").write_text("Trees\n\nPorto planted a thousand trees.\n")
    (home.path / "fetched").mkdir()
    (home.path / "fetched" / "page.html").write_text("<p>Kept</p>")
    (home.path / "settings.json").write_text("{}")
    workshop.refresh()
    backup(home, file)
    elsewhere = Home(tmp_path / "elsewhere")
    restore(file, elsewhere)
    for name in ("articles/deep/trees.txt", "fetched/page.html", "settings.json"):
        old, new = home.path / name, elsewhere.path / name
        assert old.read_bytes() == new.read_bytes()
        assert old.stat().st_mtime_ns == new.stat().st_mtime_ns
    workshop.encoder.encoded.clear()
    report = Workshop(elsewhere, workshop.folder, workshop.encoder, workshop.pool).refresh()
    assert (report.snapshot, report.added, report.changed, report.removed) == ("000001", 0, 0, 0)
    assert workshop.encoder.encoded == []


def test_models_locks_and_leftovers_are_not_in_it(indexed: Workshop, file: Path) -> None:
    home = indexed.home.path
    (home / "models" / "one").mkdir(parents=True)
    (home / "models" / "one" / "weights.safetensors").write_bytes(b"large")
    (home / ".secret.json").write_text("{}")
    (home / "CURRENT.tmp").write_text("half")
    (home / "snapshots" / ".building-x").mkdir()
    (home / "notes.txt").write_text("not the home's own")
    backup(indexed.home, file)
    snapshot = {
        path.relative_to(home).as_posix() for path in indexed.home.snapshot("000001").iterdir()
    }
    assert names_in(file) == {"library.sqlite", "CURRENT", *snapshot}


def test_other_databases_are_taken_as_one_state_too(
    indexed: Workshop, file: Path, tmp_path: Path
) -> None:
    with closing(sqlite3.connect(indexed.home.path / "feedback.sqlite")) as feedback:
        feedback.execute("PRAGMA journal_mode = WAL")
        feedback.execute("CREATE TABLE said (what TEXT)")
        feedback.execute("INSERT INTO said VALUES ('helpful')")
        feedback.commit()  # it stands in the log, not in the file
        backup(indexed.home, file)
    restore(file, tmp_path / "new")
    with closing(sqlite3.connect(tmp_path / "new" / "feedback.sqlite")) as feedback:
        assert feedback.execute("SELECT what FROM said").fetchall() == [("helpful",)]


def test_what_cannot_be_kept_is_named(indexed: Workshop, file: Path, tmp_path: Path) -> None:
    articles = indexed.home.articles
    (articles / "sub").mkdir(parents=True)
    (articles / "real.txt").write_text("Real\n\nA real article.\n")
    (articles / "sub" / "inside.txt").symlink_to(articles / "real.txt")
    (tmp_path / "secret.txt").write_text("secret")
    (articles / "outside.txt").symlink_to(tmp_path / "secret.txt")
    (articles / "folder").symlink_to(tmp_path)
    (articles / "dangling.txt").symlink_to(articles / "nowhere.txt")
    os.mkfifo(articles / "pipe.txt")
    Path(os.fsdecode(os.fsencode(articles) + b"/\xff.txt")).write_text("no name")
    report = backup(indexed.home, file)
    assert {name for name in names_in(file) if name.startswith("articles/")} == {
        "articles/real.txt",
        "articles/sub/inside.txt",
    }
    assert len(report.remarks) == 5
    for name, reason in (
        ("outside", "leaves the folder"),
        ("folder", "leaves the folder"),
        ("dangling", "cannot be read"),
        ("pipe", "not a regular file"),
        ("udcff", "its name"),
    ):
        assert any(name in remark and reason in remark for remark in report.remarks), name


def test_a_file_is_not_replaced_unless_asked_and_lies_outside_the_home(
    indexed: Workshop, file: Path
) -> None:
    file.write_text("mine")
    with pytest.raises(UsageError, match="--force"):
        backup(indexed.home, file)
    assert file.read_text() == "mine"
    backup(indexed.home, file, force=True)
    assert zipfile.is_zipfile(file)
    with pytest.raises(UsageError, match="inside the home"):
        backup(indexed.home, indexed.home.path / "home.zip")
    with pytest.raises(UsageError, match="is no folder"):
        backup(indexed.home, file / "deeper.zip")
    with pytest.raises(UsageError, match="is there already"):
        backup(indexed.home, file.parent, force=True)
    assert os.listdir(file.parent) == [file.name]


def test_a_file_that_appears_while_a_backup_is_made_is_not_replaced(
    indexed: Workshop, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = aside.give_name

    def late(partial: Path, target: Path, force: bool) -> None:
        target.write_text("theirs")
        real(partial, target, force)

    monkeypatch.setattr(backing, "give_name", late)
    with pytest.raises(UsageError, match="appeared meanwhile"):
        backup(indexed.home, file)
    assert file.read_text() == "theirs"
    assert os.listdir(file.parent) == [file.name]


def test_an_empty_home_has_nothing_to_back_up(tmp_path: Path, file: Path) -> None:
    with pytest.raises(NotReady, match="a home to back up"):
        backup(tmp_path / "nowhere", file)
    assert not (tmp_path / "nowhere").exists()
    assert not file.exists()


def test_a_damaged_snapshot_is_not_backed_up_as_if_it_were_sound(
    indexed: Workshop, file: Path, tmp_path: Path
) -> None:
    vectors = indexed.home.snapshot("000001") / "000001-vectors.npy"
    vectors.write_bytes(vectors.read_bytes()[:-1])
    report = backup(indexed.home, file)
    assert report.snapshot is None
    assert "vectors.npy" in report.remarks[0]
    new = Workshop(Home(tmp_path / "new"), indexed.folder, indexed.encoder, indexed.pool)
    assert "no snapshot" in restore(file, new.home).remarks[0]
    new.encoder.encoded.clear()
    assert new.refresh().added == 5
    assert new.encoder.encoded == []


def test_a_file_spoilt_while_it_is_copied_is_found(
    indexed: Workshop, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = open_current

    def spoilt(home: Home) -> Any:
        snapshot = real(home)
        path = snapshot.folder / "000001-vectors.npy"
        path.write_bytes(path.read_bytes()[:-1] + b"\x55")
        return snapshot

    monkeypatch.setattr(backing, "open_current", spoilt)
    with pytest.raises(DamagedSnapshot, match=r"vectors\.npy"):
        backup(indexed.home, file)
    assert os.listdir(file.parent) == []


def test_a_damaged_library_is_refused(indexed: Workshop, file: Path) -> None:
    content = bytearray(indexed.home.library.read_bytes())
    content[4096 * 3 : 4096 * 4] = bytes(4096)
    indexed.home.library.write_bytes(content)
    with pytest.raises(HomeError, match=r"library\.sqlite"):
        backup(indexed.home, file)
    assert os.listdir(file.parent) == []


def test_what_is_backed_up_is_not_removed_by_refreshes_meanwhile(
    indexed: Workshop, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real: Callable[..., Any] = backing._copy
    copied: list[str] = []

    def slow(archive: zipfile.ZipFile, name: str, *arguments: Any) -> Any:
        indexed.write("more.txt", f"More\n\nKaunas opened bridge {len(copied)}.\n")
        indexed.refresh()
        copied.append(name)
        return real(archive, name, *arguments)

    monkeypatch.setattr(backing, "_copy", slow)
    report = backup(indexed.home, file)
    assert report.snapshot == "000001"
    assert len(copied) > 4
    restore(file, tmp_path / "new")
    snapshot = open_current(tmp_path / "new")
    assert {document.source for document in snapshot.documents()} == set(ARTICLES)
    with Library(Home(tmp_path / "new"), read_only=True) as library:
        assert "more.txt" in {row.name for row in library.files().values()}


def test_backups_taken_while_another_thread_refreshes_are_each_one_state(
    indexed: Workshop, file: Path, tmp_path: Path
) -> None:
    done, published = threading.Event(), threading.Event()
    problems: list[BaseException] = []

    def refreshes() -> None:
        try:
            number = 0
            while not done.is_set():
                number += 1
                for side in ("left", "right"):
                    aside = indexed.folder / f"{side}.part"  # never half written to a reader
                    aside.write_text(f"Bank\n\nThe {side} bank got bridge {number}.\n")
                    aside.replace(indexed.folder / f"{side}.txt")
                indexed.refresh()
                published.set()
        except BaseException as error:  # noqa: BLE001 - a thread's error would be lost otherwise
            problems.append(error)
            published.set()

    writer = threading.Thread(target=refreshes)
    writer.start()
    try:
        for number in range(6):
            if number > 2:
                assert published.wait(60)
            backup(indexed.home, file, force=True)
            place = Home(tmp_path / f"copy {number}")
            restore(file, place)
            snapshot = open_current(place)
            assert snapshot.degraded is None
            found = {document.source: document.text for document in snapshot.documents()}
            if number > 2:
                assert found["left.txt"].replace("left", "right") == found["right.txt"]
            copy = Workshop(place, indexed.folder, indexed.encoder, indexed.pool)
            with Library(place, read_only=True) as library:
                sides = {k[1]: v.sha256 for k, v in library.files().items()}
            assert ("left.txt" in sides) == ("right.txt" in sides)
            assert copy.refresh(dry_run=True).quarantined == ()
    finally:
        done.set()
        writer.join()
    assert problems == []


def test_killed_at_any_step_the_old_backup_or_the_new_one_is_there(
    indexed: Workshop, file: Path
) -> None:
    backup(indexed.home, file)
    indexed.write("trees.txt", "Trees\n\nPorto planted a thousand trees.\n")
    indexed.refresh()
    before = file.read_bytes()
    total = int(run("backup", indexed.home.path, file, 0).stdout)
    file.write_bytes(before)
    assert total > 4
    seen = []
    for step in [*range(1, total - 6, 3), *range(max(total - 6, 1), total + 1)]:
        killed = run("backup", indexed.home.path, file, step)
        assert killed.returncode == -signal.SIGKILL, killed.stderr
        with zipfile.ZipFile(file) as archive:
            seen.append(read_list(archive.read(LIST), file).snapshot or "none")
        assert len(list(file.parent.glob(".*.partial"))) <= 1  # of this kill: none piles up
    assert set(seen) <= {"000001", "000002"}
    assert seen == sorted(seen)
    backup(indexed.home, file, force=True)
    assert os.listdir(file.parent) == [file.name]


def test_a_full_disk_leaves_no_half_backup(
    indexed: Workshop, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup(indexed.home, file)
    before = file.read_bytes()

    def full(_descriptor: int) -> None:
        raise OSError(28, os.strerror(28))

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(HomeError, match="No space left"):
            backup(indexed.home, file, force=True)
    assert file.read_bytes() == before
    assert os.listdir(file.parent) == [file.name]
