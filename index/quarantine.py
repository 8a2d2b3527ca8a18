"""Files that could not be read: since when, where they lie, and reading them again.

A quarantined file is left alone until its bytes change. Knows the library's table ``quarantine``;
it refuses to know why a reader gave up.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from index.library import Execute, FileRow, Library


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A file, or a part of it, that could not be read; left alone until its bytes change."""

    source: str
    sha256: str
    stage: str
    reason: str

    def to_json(self) -> dict[str, str]:
        """The published form."""
        return {
            "source": self.source,
            "sha256": self.sha256,
            "stage": self.stage,
            "reason": self.reason,
        }


@dataclass(frozen=True, slots=True)
class InQuarantine:
    """A quarantined file with where it lies and since when it has been unreadable."""

    row: Quarantined
    path: str
    first_seen: str  # ISO 8601, UTC, as is last_seen
    last_seen: str

    def to_json(self) -> dict[str, str]:
        """The published form."""
        return {
            **self.row.to_json(),
            "path": self.path,
            "first_seen": self.first_seen,
            "last_seen": self.last_seen,
        }


def in_quarantine(library: Library) -> tuple[InQuarantine, ...]:
    """Every file in quarantine with its place and times, ordered by source."""
    library.require_current()
    rows = library.rows(
        "SELECT quarantine.source, quarantine.sha256, stage, reason, path, at,"
        " coalesce(seen, at) FROM quarantine JOIN files ON files.number = quarantine.file"
        " ORDER BY quarantine.source, reason"
    )
    return tuple(InQuarantine(Quarantined(*row[:4]), *row[4:]) for row in rows)


def still_there(library: Library, *, now: str) -> None:
    """All files in quarantine have been looked at again, and are as they were."""
    with library.transaction() as execute:
        execute("UPDATE quarantine SET seen = ?", (now,))


def read_again(library: Library, sources: Iterable[str] | None = None) -> int:
    """Have the next refresh parse quarantined files whatever their bytes; their number.

    ``sources``: only those of these names, as the quarantine lists them; None: all.
    """
    chosen = "" if sources is None else " AND source IN (SELECT value FROM json_each(?))"
    values = () if sources is None else (json.dumps(list(sources)),)
    with library.transaction() as execute:
        return execute(
            "UPDATE files SET recipe = '' WHERE number IN"  # noqa: S608 - one of two constants
            f" (SELECT file FROM quarantine WHERE true{chosen})",
            values,
        ).rowcount


def since(execute: Execute, file: FileRow) -> str | None:
    """When these very bytes of the file were first found unreadable; None if they were not."""
    row = execute(
        "SELECT min(at) FROM quarantine JOIN files ON files.number = quarantine.file"
        " WHERE root = ? AND name = ? AND files.sha256 = ?",
        (*file.key, file.sha256),
    ).fetchone()
    first: str | None = row[0]
    return first
