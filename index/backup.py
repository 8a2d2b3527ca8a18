"""A whole home in one file, taken while it is served and while others refresh it.

What is kept: the library, through SQLite's own backup, so that it is one state whoever writes
meanwhile; the published snapshot, leased, so that nobody removes it, and held against its
manifest byte by byte; the articles, fetched pages and small files beside them. What is not:
models, which are remade, and locks. The snapshot is leased before the library is copied, so a
library is never older than what is published beside it.

The file is written aside, brought to the disk and given its name last: under that name there
is a whole backup or none.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import stat
import time
import zipfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from corpus.errors import DamagedSnapshot, HomeError, NotReady, UsageError
from index.aside import beside, give_name
from index.backup_files import kept_files, small_files
from index.backup_list import (
    FORMAT,
    KIND,
    LIST,
    BackupList,
    Member,
)
from index.home import Home
from index.library import Library
from index.manifest import MANIFEST
from index.refresh import Progress
from index.snapshot import Snapshot, open_current

_CHUNK = 2**20
_ATTEMPTS = 4
_PAUSE_SECONDS = 0.25  # between attempts at a file that somebody is writing
_PARTIAL = ".partial"
_MOST_HELD = 64 * 2**20  # bytes; larger files are not articles, and are copied as they come


@dataclass(frozen=True, slots=True)
class BackupReport:
    """What a backup holds."""

    file: str
    bytes: int  # of the file
    files: int  # of the home, in it
    snapshot: str | None
    remarks: tuple[str, ...]  # what was left out, one line each
    seconds: float

    def to_json(self) -> dict[str, Any]:
        """The published form."""
        return {**asdict(self), "remarks": list(self.remarks), "seconds": round(self.seconds, 3)}


def backup(
    home: Home | Path,
    file: Path,
    *,
    force: bool = False,
    progress: Callable[[Progress], None] | None = None,
) -> BackupReport:
    """Write all that ``home`` holds, models aside, to ``file``, a zip for its owner alone.

    ``force`` replaces a file of that name. Raises UsageError when there is one, or it would lie
    inside the home; NotReady when the home holds nothing; HomeError when the library or a file
    cannot be read, or the disk does not take the backup. No file is left then.
    """
    home = home if isinstance(home, Home) else Home(home)
    started = time.perf_counter()
    file = _target(file, home, force)
    remarks: list[str] = []
    snapshot = _published(home, remarks)
    if snapshot is None and not home.library.exists():
        raise NotReady(
            f"nothing is indexed in {home.path} yet", "a home to back up", "check --home"
        )
    try:
        with beside(file) as room:
            partial = room / "backup"
            with open(partial, "wb") as out:
                writer = _Writer(home, room, remarks, progress or _silent)
                listed = writer.write(out, snapshot)
                out.flush()
                os.fsync(out.fileno())
                size = out.tell()
            partial.chmod(0o600)
            give_name(partial, file, force)
    except (OSError, zipfile.LargeZipFile) as error:
        raise HomeError(
            f"could not write {file} ({error})", "a disk with room for it", "give another place"
        ) from error
    return BackupReport(
        str(file),
        size,
        len(listed.members),
        listed.snapshot,
        tuple(remarks),
        time.perf_counter() - started,
    )


@dataclass(frozen=True, slots=True)
class _Writer:
    home: Home
    room: Path  # on the backup's own disk, for copies that are needed for a moment
    remarks: list[str]
    progress: Callable[[Progress], None]

    def write(self, out: IO[bytes], snapshot: Snapshot | None) -> BackupList:
        """The zip, whole; its list."""
        members: list[Member] = []
        with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
            if snapshot is not None:
                self._write_snapshot(archive, snapshot, members)
            self._write_libraries(archive, members)
            files = list(kept_files(self.home, self.remarks))
            for done, (name, path) in enumerate(files):
                self.progress(Progress("articles", done, len(files)))
                if (member := self._write_file(archive, name, path)) is not None:
                    members.append(member)
            self.progress(Progress("articles", len(files), len(files)))
            listed = BackupList(
                kind=KIND,
                format=FORMAT,
                created=datetime.now(UTC).isoformat(timespec="seconds"),
                home=str(self.home.path.resolve()),
                snapshot=snapshot.id if snapshot else None,
                members=tuple(members),
            )
            archive.writestr(_entry(LIST), listed.to_bytes(), zipfile.ZIP_DEFLATED)
        return listed

    def _write_snapshot(
        self, archive: zipfile.ZipFile, snapshot: Snapshot, members: list[Member]
    ) -> None:
        manifest, folder = snapshot.manifest, snapshot.folder
        expected = {name: sha256 for name, _size, sha256 in manifest.files}
        names = [*expected, MANIFEST]
        for done, name in enumerate(names):
            self.progress(Progress("snapshot", done, len(names)))
            with open(folder / name, "rb") as source:
                member = _copy(archive, f"snapshots/{snapshot.id}/{name}", source)
            if member.sha256 != expected.get(name, member.sha256):
                raise DamagedSnapshot(
                    f"got {folder / name} with sha256 {member.sha256[:12]}…",
                    f"{expected[name][:12]}… as published",
                    "run `townbook refresh`, then back up again",
                )
            members.append(member)
        # As CURRENT would say it; the file itself may name a newer snapshot by now.
        line = f"{snapshot.id} {manifest.digest}\n".encode()
        archive.writestr(_entry("CURRENT"), line)
        members.append(
            Member("CURRENT", len(line), hashlib.sha256(line).hexdigest(), time.time_ns())
        )
        self.progress(Progress("snapshot", len(names), len(names)))

    def _write_libraries(self, archive: zipfile.ZipFile, members: list[Member]) -> None:
        """Every SQLite file, each as one state of it."""
        beside = [path for path in small_files(self.home) if path.suffix == ".sqlite"]
        paths = [path for path in (self.home.library, *beside) if path.exists()]
        for done, path in enumerate(paths):
            self.progress(Progress("library", done, len(paths)))
            copy = self.room / path.name
            if path == self.home.library:
                with Library(self.home, read_only=True) as library:
                    library.copy_to(copy)
            else:
                _copy_database(path, copy)
            with open(copy, "rb") as source:
                members.append(_copy(archive, path.name, source))
            copy.unlink()
        self.progress(Progress("library", len(paths), len(paths)))

    def _write_file(self, archive: zipfile.ZipFile, name: str, path: Path) -> Member | None:
        """One file as it was between two looks; None, with a remark, when it cannot be had."""
        for attempt in range(_ATTEMPTS):
            if attempt:
                time.sleep(_PAUSE_SECONDS)
            try:
                with open(path, "rb") as source:
                    before = os.fstat(source.fileno())
                    if before.st_size > _MOST_HELD:
                        return _copy(archive, name, source, zipfile.ZIP_DEFLATED)
                    content = source.read(_MOST_HELD + 1)
                    after = os.fstat(source.fileno())
            except OSError as error:
                self.remarks.append(f"{name!r} was left out: {error.strerror}")
                return None
            if (len(content), before.st_mtime_ns) == (after.st_size, after.st_mtime_ns):
                archive.writestr(_entry(name), content, zipfile.ZIP_DEFLATED)
                sha256 = hashlib.sha256(content).hexdigest()
                return Member(name, len(content), sha256, before.st_mtime_ns)
        self.remarks.append(f"{name!r} was left out: kept changing while being read")
        return None


def _target(file: Path, home: Home, force: bool) -> Path:
    file = file.expanduser().absolute()
    if not file.parent.is_dir():
        raise UsageError(f"{file.parent} is no folder", "an existing folder", "check the path")
    file = file.parent.resolve() / file.name
    if file.is_relative_to(home.path.resolve()):
        raise UsageError(
            f"got {file} inside the home",
            "a place outside",
            "a backup inside what it backs up would be lost with it",
        )
    if os.path.lexists(file) and not (force and file.is_file()):
        raise UsageError(
            f"{file} is there already", "a new file", "give another name, or --force to replace it"
        )
    return file


def _published(home: Home, remarks: list[str]) -> Snapshot | None:
    """The newest sound snapshot, leased as long as it is held."""
    try:
        snapshot = open_current(home)
    except NotReady:
        return None
    except DamagedSnapshot as error:
        remarks.append(
            f"no snapshot is in the backup: {error.found};"
            " after a restore `townbook refresh` writes one"
        )
        return None
    if snapshot.degraded:
        remarks.append(snapshot.degraded)
    return snapshot


def _copy(
    archive: zipfile.ZipFile,
    name: str,
    source: IO[bytes],
    compression: int = zipfile.ZIP_STORED,
) -> Member:
    entry = _entry(name)
    entry.compress_type = compression
    digest, size = hashlib.sha256(), 0
    with archive.open(entry, "w", force_zip64=True) as target:
        while chunk := source.read(_CHUNK):
            digest.update(chunk)
            size += len(chunk)
            target.write(chunk)
    return Member(name, size, digest.hexdigest(), os.fstat(source.fileno()).st_mtime_ns)


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name)  # of 1980: the list has the times
    entry.external_attr = (stat.S_IFREG | 0o600) << 16
    return entry


def _copy_database(path: Path, copy: Path) -> None:
    try:
        with (
            closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as source,
            closing(sqlite3.connect(copy)) as target,
        ):
            source.backup(target)
    except sqlite3.Error as error:
        raise HomeError(
            f"could not copy {path} ({error})", "a sound database", "move it away"
        ) from error


def _silent(progress: Progress) -> None:
    """Progress for nobody."""
