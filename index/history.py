"""What the corpus held before: versions that left it, and which publish changed what.

A version leaves when its file changes or goes; its text and records are kept here for as long
as the retention setting says, so that a citation of last month can still be looked up. A change
is one document in one publish, by digests: (None, digest) came, (digest, None) went. Rows are
announced before a publish and settled after it. A kill in between leaves rows that the next
refresh settles or drops, by whether what they announced is what is published.

Knows the library's tables ``former`` and ``changes``. It refuses to know files and readers.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from corpus import Document, Record
from corpus.document_json import document_from_json
from corpus.records import record_from_json

if TYPE_CHECKING:
    from index.library import Execute, FileKey, Library

_PENDING = "pending"  # in meta: the content digest that the unsettled rows announce


@dataclass(frozen=True, slots=True)
class Change:
    """One document in one publish. One of ``before`` and ``after`` may be None, never both."""

    snapshot: str
    at: str  # ISO 8601, UTC
    source: str
    before: str | None  # digest of the document, see index.library.digest_of
    after: str | None


@dataclass(frozen=True, slots=True)
class Former:
    """A version of a document that is not current any more."""

    document: Document
    records: tuple[Record, ...]
    left: str  # when it was replaced or removed, ISO 8601, UTC


def leave(execute: Execute, file: FileKey) -> None:
    """Keep the documents of a file that is about to be deleted or replaced."""
    execute(
        "INSERT OR REPLACE INTO former (id, source, root, digest, document, records, left_at)"
        " SELECT json_extract(document, '$.id'), documents.source, root, digest, document, records,"
        " strftime('%Y-%m-%dT%H:%M:%S+00:00', 'now')"
        " FROM documents JOIN files ON files.number = documents.file"
        " WHERE files.root = ? AND files.name = ?",
        file,
    )


def stay(execute: Execute, document: str) -> None:
    """The version with this document id is current after all: another reading of one text."""
    execute("DELETE FROM former WHERE id = ?", (document,))


def announce(
    library: Library,
    before: Mapping[str, str],
    after: Mapping[str, str],
    *,
    content: str,
    now: str,
) -> None:
    """Note what the publish about to happen changes; both map a document's source to its digest.

    ``content`` is the content digest that the published manifest will carry.
    """
    rows = [
        (now, source, before.get(source), after.get(source))
        for source in sorted(before.keys() | after.keys())
        if before.get(source) != after.get(source)
    ]
    with library.transaction() as execute:
        execute("DELETE FROM changes WHERE snapshot IS NULL", ())
        for row in rows:
            execute("INSERT INTO changes (at, source, before, after) VALUES (?, ?, ?, ?)", row)
        execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (_PENDING, content))


def settle(library: Library, snapshot: str) -> None:
    """The announced changes were published as ``snapshot``."""
    with library.transaction() as execute:
        execute("UPDATE changes SET snapshot = ? WHERE snapshot IS NULL", (snapshot,))
        execute("DELETE FROM meta WHERE key = ?", (_PENDING,))


def recover(library: Library, snapshot: str | None, content: str | None) -> None:
    """Settle or drop what a killed refresh announced; ``content`` is that of ``snapshot``."""
    pending = library.note(_PENDING)
    if pending is None:
        return
    if snapshot is not None and pending == content:
        settle(library, snapshot)
        return
    with library.transaction() as execute:
        execute("DELETE FROM changes WHERE snapshot IS NULL", ())
        execute("DELETE FROM meta WHERE key = ?", (_PENDING,))


def changes(library: Library) -> tuple[Change, ...]:
    """Every published change, oldest first, sources in order within one publish."""
    rows = library.rows(
        "SELECT snapshot, at, source, before, after FROM changes"
        " WHERE snapshot IS NOT NULL ORDER BY number"
    )
    return tuple(Change(*row) for row in rows)


def find_former(library: Library, id_or_digest: str) -> Former | None:
    """The version with this document id or digest; None when none is kept."""
    rows = library.rows(
        "SELECT document, records, left_at FROM former WHERE id = ?1 OR digest = ?1"
        " ORDER BY left_at DESC, id LIMIT 1",
        (id_or_digest,),
    )
    for document, records, left in rows:
        return Former(
            document_from_json(json.loads(document)),
            tuple(record_from_json(record) for record in json.loads(records)),
            left,
        )
    return None


def forget(library: Library, *, now: str, days: int) -> int:
    """Drop the versions that left more than ``days`` ago; their number. 0 days keeps none."""
    edge = (datetime.fromisoformat(now) - timedelta(days=days)).isoformat(timespec="seconds")
    with library.transaction() as execute:
        return execute("DELETE FROM former WHERE left_at < ? OR ? = 0", (edge, days)).rowcount


def forget_changes(library: Library, sources: Iterable[str]) -> None:
    """Drop every change of documents of these names."""
    with library.transaction() as execute:
        for source in sources:
            execute("DELETE FROM changes WHERE source = ?", (source,))
