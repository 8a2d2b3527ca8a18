"""A power cut at any moment: what was not yet brought to the disk may be missing.

The writer's calls are recorded, then every prefix of them is replayed on a copy of the old
home in the worst way the system allows: bytes never synced are cut off, names in folders never
synced are gone. SIGKILL does not test this, for the kernel keeps what it was given.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from corpus.errors import TownbookError
from index import durable
from index.snapshot import open_current
from tests.index.workshop import ARTICLES, Workshop


@dataclass
class Disk:
    """What survives a cut: bytes by inode once synced, names by folder once synced."""

    home: Path
    files: dict[int, bytes] = field(default_factory=dict)
    names: dict[int, dict[str, int]] = field(default_factory=dict)
    folders: set[int] = field(default_factory=set)
    states: list[dict[str, bytes]] = field(default_factory=list)

    def sync(self, descriptor: int) -> None:
        inode = os.fstat(descriptor).st_ino
        path = Path(os.readlink(f"/proc/self/fd/{descriptor}"))
        if path.is_dir():
            self.folders.add(inode)
            self.names[inode] = {
                entry.name: entry.inode() for entry in os.scandir(path) if "sqlite" not in str(path)
            }
            for entry in os.scandir(path):
                if entry.is_dir():
                    self.folders.add(entry.inode())
        else:
            self.files[inode] = path.read_bytes()
        self.remember()

    def remember(self) -> None:
        """What a machine would find if the power went now.

        Twice: a system may also write a folder out early, unasked, and the home's own names,
        CURRENT among them, are those where that would hurt.
        """
        root = self.home.stat().st_ino
        early = {entry.name: entry.inode() for entry in os.scandir(self.home)}
        self.states += [self._survivors(root, self.names[root]), self._survivors(root, early)]

    def _survivors(self, root: int, top: dict[str, int]) -> dict[str, bytes]:
        found: dict[str, bytes] = {}

        def walk(folder: int, prefix: str) -> None:
            names = top if folder == root else self.names.get(folder, {})
            for name, inode in names.items():
                if inode in self.folders:
                    walk(inode, f"{prefix}{name}/")
                else:
                    found[f"{prefix}{name}"] = self.files.get(inode, b"")

        walk(root, "")
        return found


@contextmanager
def recorded(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Disk]:
    """Record every fsync below ``home``, beginning with all that is there already."""
    disk = Disk(home)
    for place, _folders, files in os.walk(home):
        inode = Path(place).stat().st_ino
        disk.folders.add(inode)
        disk.names[inode] = {entry.name: entry.inode() for entry in os.scandir(place)}
        for name in files:
            path = Path(place, name)
            disk.files[path.stat().st_ino] = path.read_bytes()
    real = os.fsync

    def fsync(descriptor: int) -> None:
        real(descriptor)
        disk.sync(descriptor)

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fsync)
        yield disk


def replay(state: dict[str, bytes], home: Path) -> None:
    shutil.rmtree(home, ignore_errors=True)
    for name, content in state.items():
        path = home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def outcomes(disk: Disk, home: Path) -> list[str]:
    """For every moment: "old", "new", or what is wrong."""
    found = []
    for state in disk.states:
        replay(state, home)
        try:
            snapshot = open_current(home)
        except TownbookError as error:
            found.append(f"{type(error).__name__}: {error}")
            continue
        sources = {document.source for document in snapshot.documents()}
        new = sources == {*ARTICLES, "trees.txt"}
        sound = snapshot.degraded is None and (new or sources == set(ARTICLES))
        found.append(("new" if new else "old") if sound else f"degraded: {snapshot.degraded}")
    return found


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="names of open files: Linux only")
def test_whatever_was_not_synced_the_old_or_the_new_snapshot_is_there(
    indexed: Workshop, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    indexed.write("trees.txt", "Trees\n\nPorto planted a thousand trees along its tram lines.\n")
    with recorded(indexed.home.path, monkeypatch) as disk:
        indexed.refresh()
    found = outcomes(disk, tmp_path / "replayed")
    assert len(found) > 10
    assert set(found) == {"old", "new"}
    for moments in (found[::2], found[1::2]):
        assert moments == sorted(moments, reverse=True)  # "old" until the commit, then "new"


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="names of open files: Linux only")
@pytest.mark.parametrize("forgotten", ["sync_file", "sync_folder"])
def test_the_replay_fails_a_writer_that_forgets_to_sync(
    indexed: Workshop, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, forgotten: str
) -> None:
    indexed.write("trees.txt", "Trees\n\nPorto planted a thousand trees along its tram lines.\n")
    with recorded(indexed.home.path, monkeypatch) as disk, monkeypatch.context() as patch:
        patch.setattr(durable, forgotten, lambda _path: None)
        indexed.refresh()
        disk.remember()
    assert set(outcomes(disk, tmp_path / "replayed")) - {"old", "new"}
