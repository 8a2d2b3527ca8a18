"""A home out of a backup file: all of it, every byte vouched for, or nothing.

Everything is unpacked beside the home (index.unpacking) and looked at; only then does one
rename put it in place, so a restore that is killed leaves the home as it was. A home that is
replaced is kept under another name.
"""

from __future__ import annotations

import os
import sqlite3
import stat
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack, closing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from corpus.errors import DamagedSnapshot, HomeError, UsageError
from index import durable
from index.aside import beside
from index.backup_list import BackupList
from index.exchange import exchange
from index.home import Home
from index.migrating import missing
from index.refresh import Progress
from index.snapshot import open_current
from index.unpacking import checked, opened, unpack
from index.writing import writer


@dataclass(frozen=True, slots=True)
class RestoreReport:
    """What was restored."""

    home: str
    files: int
    bytes: int  # of all of them
    created: str  # when the backup was made, ISO 8601 in UTC
    snapshot: str | None
    aside: str | None  # where the home that was there is now
    remarks: tuple[str, ...]  # what the restored home lacks, one line each
    seconds: float

    def to_json(self) -> dict[str, Any]:
        """The published form."""
        return {**asdict(self), "remarks": list(self.remarks), "seconds": round(self.seconds, 3)}


def restore(
    file: Path,
    home: Home | Path,
    *,
    force: bool = False,
    progress: Callable[[Progress], None] | None = None,
) -> RestoreReport:
    """Make ``home``, which is missing or empty, what it was when ``file`` was made.

    ``force`` puts a home that holds something aside first. Raises UsageError when there is no
    such file or the home holds something; Busy when somebody refreshes it; HomeError when the
    file is no backup, or damaged, or the disk does not take it. The home is unchanged then.
    """
    home = home if isinstance(home, Home) else Home(home)
    started = time.perf_counter()
    tell = progress or _silent
    place = home.path.expanduser().resolve()
    with ExitStack() as stack:
        occupied = _require_free(place, force)
        if occupied:
            stack.enter_context(writer(home))
        archive = stack.enter_context(opened(file))
        listed = checked(archive, file, _existing(place))
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            fresh = stack.enter_context(beside(place)) / "home"
            unpack(archive, listed, file, fresh, tell)
            remarks = _look_at(fresh, listed)
            aside = _put(fresh, place, occupied)
        except OSError as error:
            raise HomeError(
                f"could not write {place} ({error})",
                "a folder with room beside it and the right to rename it",
                "make room, or give another --home; nothing was changed",
            ) from error
    return RestoreReport(
        str(place),
        len(listed.members),
        sum(member.size for member in listed.members),
        listed.created,
        listed.snapshot,
        str(aside) if aside else None,
        remarks,
        time.perf_counter() - started,
    )


def _require_free(place: Path, force: bool) -> bool:
    """Whether the home holds anything; UsageError when it does and may not be put aside."""
    try:
        occupied = place.is_dir() and any(place.iterdir())
    except OSError as error:
        raise HomeError(
            f"got home {place} ({error.strerror})", "a readable folder", "mend it"
        ) from error
    if occupied and not force:
        raise UsageError(
            f"got home {place}, which is not empty",
            "a missing or empty one",
            "give another --home, or --force, which puts this one aside",
        )
    return occupied


def _look_at(home: Path, listed: BackupList) -> tuple[str, ...]:
    """What a person should know of the unpacked home; HomeError when it cannot be used."""
    remarks = []
    library = home / "library.sqlite"
    if library.exists():
        roots = _sources(library)
        gone = [root for root in roots if os.path.isabs(root) and not os.path.lexists(root)]
        remarks += [
            f"source {root} is not there: its articles answer as before, and stay until it is"
            " back or removed with `townbook sources remove`"
            for root in gone
        ]
    if listed.snapshot is None:
        remarks.append("no snapshot is in the backup: `townbook refresh` writes one")
        return tuple(remarks)
    try:
        open_current(home).verify()
    except DamagedSnapshot as error:  # of a format that this version does not read
        remarks.append(f"{error.found}; `townbook refresh` writes a new one from the library")
    return tuple(remarks)


def _sources(library: Path) -> Sequence[str]:
    """The remembered sources. Taken as it is, so that SQLite puts nothing beside it."""
    address = f"{library.as_uri()}?mode=ro&immutable=1"
    try:
        with closing(sqlite3.connect(address, uri=True)) as connection:
            row = connection.execute("SELECT value FROM meta WHERE key = 'format'").fetchone()
            missing(library, row[0] if row else None)
            return [
                root for (root,) in connection.execute("SELECT root FROM sources ORDER BY position")
            ]
    except sqlite3.Error as error:
        raise HomeError(
            f"got a library that is none ({error})", "a library", "take another backup file"
        ) from error


def _put(fresh: Path, place: Path, occupied: bool) -> Path | None:
    """Give ``fresh`` the home's name; where the home that was there is now."""
    if place.is_dir():
        fresh.chmod(stat.S_IMODE(place.stat().st_mode))  # whoever could look into it still can
    if not occupied:
        os.replace(fresh, place)  # takes the place of an empty folder, and of no other
        durable.sync_folder(place.parent)
        return None
    number = 1
    while os.path.lexists(aside := place.with_name(f"{place.name}.before-restore-{number}")):
        number += 1
    exchange(fresh, place, aside)
    durable.sync_folder(place.parent)
    return aside


def _existing(place: Path) -> Path:
    """The nearest folder above that is there."""
    return next(path for path in (place, *place.parents) if path.is_dir())


def _silent(progress: Progress) -> None:
    """Progress for nobody."""
