"""Documents, passages, records and facets of one snapshot, in an SQLite file.

Rows are passages numbered from 0 in the order of their ids, the same numbers the vectors and
the full-text index use. Facets are tables, so a filter is answered before anything is scored.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from corpus import Document, Passage, Record
from corpus.document_json import document_from_json, document_to_json
from corpus.places import same_city
from corpus.records import record_from_json, record_to_json
from index import Filters
from index.engines.vectors import Rows
from index.rows import PassageRow, passage_from_json, passage_to_json

_REMEMBERED_FILTERS = 64

_SCHEMA = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA page_size = 4096;
CREATE TABLE documents (
    number INTEGER PRIMARY KEY,  -- in the order of sources
    id TEXT NOT NULL UNIQUE,
    source TEXT NOT NULL,
    language TEXT NOT NULL,
    published TEXT,
    document TEXT NOT NULL
);
CREATE INDEX documents_by_source ON documents (source);
CREATE TABLE passages (
    row INTEGER PRIMARY KEY,  -- in the order of ids
    document INTEGER NOT NULL,
    ordinal INTEGER NOT NULL,
    since TEXT,
    until TEXT,
    passage TEXT NOT NULL
);
CREATE INDEX passages_by_document ON passages (document, ordinal);
CREATE TABLE records (number INTEGER PRIMARY KEY, kind TEXT NOT NULL, record TEXT NOT NULL);
CREATE TABLE facets (
    facet TEXT NOT NULL,  -- "country" | "city" | "kind"
    value TEXT NOT NULL,
    row INTEGER NOT NULL,
    PRIMARY KEY (facet, value, row)
) WITHOUT ROWID;
"""


def write_catalogue(
    path: Path,
    documents: Sequence[Document],
    rows: Sequence[PassageRow],
    records: Iterable[Record],
) -> None:
    """Write the file. ``documents`` are ordered by source, ``rows`` by passage id."""
    numbers = {document.id: number for number, document in enumerate(documents)}
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.executescript(_SCHEMA)
        connection.execute("BEGIN")
        connection.executemany(
            "INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?)",
            (
                (
                    number,
                    document.id,
                    document.source,
                    document.language,
                    document.published.isoformat() if document.published else None,
                    _json(document_to_json(document)),
                )
                for number, document in enumerate(documents)
            ),
        )
        connection.executemany(
            "INSERT INTO passages VALUES (?, ?, ?, ?, ?, ?)",
            (
                (
                    number,
                    numbers[row.passage.document],
                    row.passage.ordinal,
                    row.facets.since.isoformat() if row.facets.since else None,
                    row.facets.until.isoformat() if row.facets.until else None,
                    _json(passage_to_json(row.passage)),
                )
                for number, row in enumerate(rows)
            ),
        )
        connection.executemany(
            "INSERT OR IGNORE INTO facets VALUES (?, ?, ?)",
            (
                (facet, value, number)
                for number, row in enumerate(rows)
                for facet, values in (
                    ("country", row.facets.countries),
                    ("city", row.facets.cities),
                    ("kind", row.facets.kinds),
                )
                for value in values
            ),
        )
        connection.executemany(
            "INSERT INTO records (kind, record) VALUES (?, ?)",
            ((type(record).__name__.lower(), _json(record_to_json(record))) for record in records),
        )
        connection.execute("COMMIT")
    finally:
        connection.close()


class Catalogue:
    """The catalogue of one snapshot, open for reading. Threads may share it."""

    def __init__(self, path: Path) -> None:
        # Immutable: a published file is never written, so SQLite needs no lock file beside it.
        self._connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?immutable=1",
            uri=True,
            isolation_level=None,
            check_same_thread=False,
        )
        self._lock = threading.Lock()
        # Every search that one question makes asks for the rows of the same filters.
        self._selected: dict[Filters, Rows] = {}

    def close(self) -> None:
        """Close the file; the catalogue cannot be used afterwards."""
        self._connection.close()

    def documents(self) -> tuple[Document, ...]:
        """Every document, ordered by source."""
        rows = self._rows("SELECT document FROM documents ORDER BY number")
        return tuple(document_from_json(json.loads(document)) for (document,) in rows)

    def passages(self) -> tuple[Passage, ...]:
        """Every passage; its place here is its row."""
        rows = self._rows("SELECT passage FROM passages ORDER BY row")
        return tuple(passage_from_json(json.loads(passage)) for (passage,) in rows)

    def listing(self) -> tuple[int, ...]:
        """Every row, ordered by document source, then by ordinal."""
        rows = self._rows("SELECT row FROM passages ORDER BY document, ordinal")
        return tuple(row for (row,) in rows)

    def records(self) -> tuple[Record, ...]:
        """Every record, in the order of their documents."""
        rows = self._rows("SELECT record FROM records ORDER BY number")
        return tuple(record_from_json(json.loads(record)) for (record,) in rows)

    def counts(self) -> dict[str, Any]:
        """Practices, events and networks by number, and the number of documents a language."""
        kinds = dict(self._rows("SELECT kind, count(*) FROM records GROUP BY kind"))
        languages = self._rows(
            "SELECT language, count(*) FROM documents GROUP BY language ORDER BY 2 DESC, 1"
        )
        return {
            "practices": kinds.get("practice", 0),
            "events": kinds.get("event", 0),
            "networks": kinds.get("network", 0),
            "languages": dict(languages),
        }

    def select(self, filters: Filters) -> Rows | None:
        """The rows that pass ``filters``, ascending; None when nothing is filtered."""
        if not filters:
            return None
        rows = self._selected.get(filters)
        if rows is None:
            rows = self._select(filters)
            rows.setflags(write=False)
            if len(self._selected) >= _REMEMBERED_FILTERS:
                self._selected = {}
            self._selected[filters] = rows
        return rows

    def _select(self, filters: Filters) -> Rows:
        wheres: list[str] = []
        values: list[object] = []
        for facet, wanted in (
            ("country", tuple(code.upper() for code in filters.countries)),
            ("city", self._cities(filters.cities) if filters.cities else ()),
            ("kind", filters.kinds),
        ):
            if wanted or (facet == "city" and filters.cities):
                # Only constant SQL and question marks are put together here and below.
                wheres.append(
                    "row IN (SELECT row FROM facets WHERE facet = ? AND value IN"  # noqa: S608
                    f" {_marks(wanted)})"
                )
                values += [facet, *wanted]
        if filters.languages:
            wheres.append(f"language IN {_marks(filters.languages)}")
            values += filters.languages
        if filters.sources:
            tests = []
            for source in filters.sources:
                if source.endswith("/"):
                    tests.append("substr(source, 1, ?) = ?")
                    values += [len(source), source]
                else:
                    tests.append("source = ?")
                    values.append(source)
            wheres.append(f"({' OR '.join(tests)})")
        if filters.since or filters.until:
            first = filters.since.isoformat() if filters.since else "0000"
            last = filters.until.isoformat() if filters.until else "9999-99"
            # ISO days compare as text. A passage's own days are those of its events.
            wheres.append(
                "((published >= ? AND published <= ?)"
                " OR (coalesce(since, until) <= ? AND coalesce(until, since) >= ?))"
            )
            values += [first, last, last, first]
        query = (
            "SELECT row FROM passages JOIN documents ON documents.number = passages.document"  # noqa: S608
            f" WHERE {' AND '.join(wheres)} ORDER BY row"
        )
        return np.array([row for (row,) in self._rows(query, values)], np.int64)

    def _cities(self, wanted: Sequence[str]) -> tuple[str, ...]:
        """The cities of this snapshot that are one of ``wanted``, however either is spelled."""
        known = self._rows("SELECT DISTINCT value FROM facets WHERE facet = 'city'")
        return tuple(name for (name,) in known if any(same_city(name, city) for city in wanted))

    def _rows(self, query: str, values: Sequence[object] = ()) -> list[Any]:
        # A lone surrogate cannot be passed to SQLite; replaced, it matches nothing, as it should.
        storable = [
            v.encode("utf-8", "replace").decode() if isinstance(v, str) else v for v in values
        ]
        with self._lock:
            return self._connection.execute(query, storable).fetchall()


def _marks(values: Sequence[object]) -> str:
    return f"({', '.join('?' * len(values))})"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
