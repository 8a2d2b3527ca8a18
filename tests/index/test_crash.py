"""Killed, out of space or raced: the old snapshot or the new one, and nothing in between."""

from __future__ import annotations

import errno
import os
import random
import shutil
import sqlite3
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from corpus.errors import DamagedSnapshot, HomeError, NotReady, TownbookError
from index import durable, library, publishing
from index.engines import local
from index.engines.segments import TOMBSTONES
from index.home import Home
from index.manifest import MANIFEST
from index.snapshot import SnapshotReader, open_current
from tests.index.killed import Writer
from tests.index.workshop import ARTICLES, Workshop

KILLS = 10
NEW = {"trees.txt": "Trees\n\nPorto planted a thousand trees along its tram lines.\n"}


def run(home: Path, folder: Path, step: int, *, in_place: bool = False) -> bool:
    """A refresh to its end, which a kill before this step may be; whether it was."""
    writer = Writer(home, folder, step, in_place=in_place)
    writer.wait()
    return writer.killed


def steps(home: Path, folder: Path, *, in_place: bool = False) -> int:
    """How many steps a writer takes that is not killed."""
    return Writer(home, folder, in_place=in_place).steps()


def spread(total: int) -> list[int]:
    """Steps over the whole run, its last ones included: they hold the commit."""
    even = {1 + (total - 1) * place // (KILLS - 4) for place in range(KILLS - 3)}
    return sorted(even | {total - 4, total - 3, total - 2})[-KILLS:]


def served(home: Path) -> set[str]:
    """What is answered from, after checking that words, vectors and texts belong together."""
    snapshot = open_current(home)
    assert snapshot.degraded is None
    for document in snapshot.documents():
        passage = snapshot.passages_of(document.id)[0]
        text = passage.span.of(document.text)
        hits = snapshot.lexical(text, document.language, 1)
        assert hits[0].passage == passage
    return {document.source for document in snapshot.documents()}


def what_broke(home: Path, allowed: list[set[str]]) -> str | None:
    """Why a home left by a killed writer cannot be answered from; None when it can."""
    try:
        found = served(home)
    except (TownbookError, AssertionError, IndexError) as error:
        return f"{type(error).__name__}: {error}"
    return None if found in allowed else f"serves {sorted(found)}"


@pytest.fixture(params=["carried over", "written anew"])
def changed(indexed: Workshop, request: pytest.FixtureRequest) -> Workshop:
    """One snapshot of five articles; since then one added, one removed, maybe one changed.

    With the third so much of the first segment is dead that it is written anew.
    """
    indexed.write("trees.txt", NEW["trees.txt"])
    (indexed.folder / "garten/hof.txt").unlink()
    if request.param == "written anew":
        indexed.write("harbour.txt", ARTICLES["harbour.txt"].replace("nothing", "two euros"))
    return indexed


OLD_SET = set(ARTICLES)
NEW_SET = (OLD_SET | set(NEW)) - {"garten/hof.txt"}


def test_killed_at_any_step_the_old_or_the_new_snapshot_answers(
    changed: Workshop, tmp_path: Path
) -> None:
    untouched = tmp_path / "untouched"
    shutil.copytree(changed.home.path, untouched)
    total = steps(changed.home.path, changed.folder)
    assert total > 20
    outcomes = []
    for step in spread(total):
        shutil.rmtree(changed.home.path)
        shutil.copytree(untouched, changed.home.path)
        assert run(changed.home.path, changed.folder, step), step
        assert what_broke(changed.home.path, [OLD_SET, NEW_SET]) is None, step
        outcomes.append(served(changed.home.path) == NEW_SET)
        report = changed.refresh()
        assert served(changed.home.path) == NEW_SET, step
        assert report.snapshot == "000002"
        assert changed.home.snapshot_ids() == ["000001", "000002"]
        assert not [*changed.home.snapshots.glob(".*"), *changed.home.path.glob("*.tmp")]
    assert outcomes[0] is False
    assert outcomes == sorted(outcomes)  # once committed, committed


def test_killed_forty_times_at_random_moments_it_loads_and_answers_each_time(
    indexed: Workshop, tmp_path: Path
) -> None:
    """By the clock and not by the step: wherever the process happens to be in its refresh."""
    for number in range(60):  # so that saving takes a while
        indexed.write(
            f"many/{number:02}.txt", f"Street {number}\n\nPorto planted {number} trees.\n"
        )
    indexed.refresh()
    old = served(indexed.home.path)
    indexed.write("trees.txt", NEW["trees.txt"])
    new = old | set(NEW)
    untouched = tmp_path / "untouched"
    shutil.copytree(indexed.home.path, untouched)
    chance = random.Random(40)  # noqa: S311 - repeatable moments, not a secret
    whole = 5.0  # seconds from the start of the refresh to its end; learned from those that end
    killed = 0
    for _ in range(120):
        shutil.rmtree(indexed.home.path)
        shutil.copytree(untouched, indexed.home.path)
        writer = Writer(indexed.home.path, indexed.folder)
        began = time.monotonic()
        if writer.wait(1.1 * whole * chance.random()):
            whole = time.monotonic() - began
        else:
            writer.kill()
        killed += writer.killed
        assert what_broke(indexed.home.path, [old, new]) is None
        if killed == 40:
            break
    assert killed == 40
    indexed.refresh()
    assert served(indexed.home.path) == new


@pytest.mark.long
def test_killed_at_every_step_beside_a_reader_nothing_is_torn_lost_or_backward(
    changed: Workshop, tmp_path: Path
) -> None:
    total = steps(copied(changed.home.path, tmp_path / "counted"), changed.folder)
    looks = 0
    for step in range(1, total + 1):
        home = copied(changed.home.path, tmp_path / str(step))
        reader = SnapshotReader(home)
        seen: list[int] = []
        writer = Writer(home, changed.folder, step)
        while writer.running:
            snapshot = reader.current()
            found = {document.source for document in snapshot.documents()}
            assert found == (NEW_SET if int(snapshot.id) > 1 else OLD_SET), step
            seen.append(int(snapshot.id))
            time.sleep(0.005)
        assert writer.killed
        assert seen == sorted(seen)
        looks += len(seen)
        assert what_broke(home, [OLD_SET, NEW_SET]) is None, step
        assert int(open_current(home).id) >= max(seen, default=1)
        report = replace(changed, home=Home(home)).refresh()
        assert (report.snapshot, served(home)) == ("000002", NEW_SET), step
        reader.close()
        shutil.rmtree(home)
    assert looks > 10 * total


def copied(home: Path, target: Path) -> Path:
    return Path(shutil.copytree(home, target))


def test_one_of_the_changes_carries_a_segment_over_and_one_does_not(
    changed: Workshop, request: pytest.FixtureRequest
) -> None:
    changed.refresh()
    kept = request.node.callspec.params["changed"] == "carried over"
    old, new = (changed.home.snapshot(number) for number in ("000001", "000002"))
    shared = {path.name for path in new.iterdir() if path.stat().st_nlink == 2}
    assert shared == ({p.name for p in old.iterdir()} - {MANIFEST} if kept else set())
    assert (new / TOMBSTONES).exists() is kept
    assert changed.open().manifest.segments == (("000001", "000002") if kept else ("000002",))


def test_where_files_cannot_have_two_names_they_are_copied_and_verified(
    changed: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    synced: list[str] = []
    real = durable.sync_file

    def noted(path: Path) -> None:
        synced.append(path.name)
        real(path)

    monkeypatch.setattr(os, "link", refused)
    monkeypatch.setattr(durable, "sync_file", noted)
    changed.refresh()
    assert served(changed.home.path) == NEW_SET
    folder = changed.home.snapshot("000002")
    assert all(path.stat().st_nlink == 1 for path in folder.iterdir())
    assert {path.name for path in folder.iterdir()} - {MANIFEST} <= set(synced)


def test_a_copy_that_differs_from_what_was_verified_is_not_published(
    indexed: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    indexed.write("trees.txt", NEW["trees.txt"])
    real = shutil.copyfile

    def torn(source: Path, target: Path) -> None:
        real(source, target)
        target.write_bytes(target.read_bytes()[:-1])

    def refused(*_: object) -> None:
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    with monkeypatch.context() as patch:
        patch.setattr(os, "link", refused)
        patch.setattr(shutil, "copyfile", torn)
        with pytest.raises(DamagedSnapshot, match="bytes as published"):
            indexed.refresh()
    assert served(indexed.home.path) == OLD_SET


def test_killed_in_the_first_build_there_is_no_half_index_and_nothing_is_embedded_twice(
    workshop: Workshop,
) -> None:
    total = steps(workshop.home.path, workshop.folder)
    for step in (1, total // 2, total - 3):
        shutil.rmtree(workshop.home.path, ignore_errors=True)
        assert run(workshop.home.path, workshop.folder, step), step
        if not workshop.home.current.exists():
            with pytest.raises(NotReady):
                open_current(workshop.home)
    # The last kill came after the embedding, and the library has kept every vector.
    workshop.encoder.encoded.clear()
    workshop.refresh()
    assert workshop.encoder.encoded == []
    assert served(workshop.home.path) == OLD_SET


def test_the_harness_fails_a_writer_that_writes_in_place(changed: Workshop, tmp_path: Path) -> None:
    untouched = tmp_path / "untouched"
    shutil.copytree(changed.home.path, untouched)
    total = steps(changed.home.path, changed.folder, in_place=True)
    broken = []
    for step in range(total - 8, total, 2):
        shutil.rmtree(changed.home.path)
        shutil.rmtree(tmp_path / "draft", ignore_errors=True)
        shutil.copytree(untouched, changed.home.path)
        run(changed.home.path, changed.folder, step, in_place=True)
        broken.append(what_broke(changed.home.path, [OLD_SET, NEW_SET]))
    assert any(broken)


FULL = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
STEPS: list[tuple[Any, str, Exception]] = [
    (durable, "write_file", FULL),
    (durable, "sync_file", FULL),
    (durable, "sync_folder", FULL),
    (durable, "rename_folder", FULL),
    (durable, "replace_file", FULL),
    (os, "fsync", FULL),
    (os, "replace", FULL),
    (local, "write_vectors", FULL),
    (local, "write_arrays", FULL),
    (local, "write_catalogue", sqlite3.OperationalError("database or disk is full")),
    (publishing, "verify", FULL),
]


@pytest.mark.parametrize(("room", "name", "error"), STEPS, ids=[name for _r, name, _e in STEPS])
def test_a_full_disk_leaves_the_old_snapshot_and_says_where(
    changed: Workshop,
    monkeypatch: pytest.MonkeyPatch,
    room: Any,
    name: str,
    error: Exception,
) -> None:
    real: Callable[..., Any] = getattr(room, name)
    calls = 0
    for failing in range(1, 40):
        calls = 0

        def fails(*arguments: Any, failing: int = failing, **options: Any) -> Any:
            nonlocal calls
            calls += 1
            if calls == failing:
                raise error
            return real(*arguments, **options)

        with monkeypatch.context() as patch:
            patch.setattr(room, name, fails)
            try:
                changed.refresh()
            except HomeError as told:
                message = str(told)
            else:
                assert calls < failing, "a failure was swallowed"
                break
        assert str(changed.home.snapshots) in message
        assert "bytes free" in message
        assert what_broke(changed.home.path, [OLD_SET, NEW_SET]) is None
        assert not [*changed.home.snapshots.glob(".*")]
    assert failing > 1
    assert served(changed.home.path) == NEW_SET
    assert not [*changed.home.path.glob("*.tmp")]


def test_a_full_disk_under_the_library_is_told_and_what_was_published_stands(
    changed: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = library._connect

    def small(path: Path, *, read_only: bool) -> sqlite3.Connection:
        connection = real(path, read_only=read_only)
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages}")
        return connection

    for number in range(80):
        changed.write(f"more/{number}.txt", f"More\n\nKaunas built bridge number {number}.\n" * 9)
    with monkeypatch.context() as patch:
        patch.setattr(library, "_connect", small)
        with pytest.raises(HomeError, match=r"library\.sqlite.*full"):
            changed.refresh()
    assert served(changed.home.path) == OLD_SET
    assert changed.refresh().added == 81
