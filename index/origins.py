"""What the library holds of each source: files, documents, quarantined ones, and since when.

Counts what was read, source by source. It refuses to look at a folder or an address itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from index.library import Library


@dataclass(frozen=True, slots=True)
class Origin:
    """One source as of the last refresh that read it."""

    root: str
    added: str | None  # when it was remembered, ISO 8601, UTC; None for <home>/articles
    files: int
    documents: int
    quarantined: int  # files, or rows of a table, that could not be read
    read: str | None  # when a file of it was last looked into, ISO 8601, UTC


def origins(library: Library) -> tuple[Origin, ...]:
    """Every remembered source in the order of their giving, then what else files came from."""
    added = dict(library.rows("SELECT root, added FROM sources ORDER BY position"))
    counted = {
        root: (files, checked)
        for root, files, checked in library.rows(
            "SELECT root, count(*), max(checked_ns) FROM files GROUP BY root"
        )
    }
    documents = _count(library, "documents")
    quarantined = _count(library, "quarantine")
    found = []
    for root in dict.fromkeys([*added, *sorted(counted)]):
        files, checked = counted.get(root, (0, None))
        read = None if checked is None else datetime.fromtimestamp(checked / 1e9, UTC)
        found.append(
            Origin(
                root,
                added.get(root),
                files,
                documents.get(root, 0),
                quarantined.get(root, 0),
                read.isoformat(timespec="seconds") if read else None,
            )
        )
    return tuple(found)


def _count(library: Library, table: str) -> dict[str, int]:
    return dict(
        library.rows(
            f"SELECT root, count(*) FROM {table}"  # noqa: S608 - one of two constants
            f" JOIN files ON files.number = {table}.file GROUP BY root"
        )
    )
