"""Documents, passages, records and facets of one segment, in an SQLite file.

Documents are numbered from 0 in the order of their ids and passages in the order of theirs,
the same numbers the vectors and the words use. Facets are tables, so a filter is answered
before anything is scored. It holds what was written; which of it still lives is told to it.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

import numpy as np

from corpus import Document, Passage, Record
from corpus.document_json import document_from_json, document_to_json
from corpus.records import record_from_json, record_to_json
from index import Filters
from index.engines.vectors import Rows
from index.rows import Stored, passage_from_json, passage_to_json

_SCHEMA = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA page_size = 4096;
CREATE TABLE documents (
    number INTEGER PRIMARY KEY,  -- in the order of ids
    id TEXT NOT NULL UNIQUE,
    source TEXT NOT NULL,
    language TEXT NOT NULL,
    published TEXT,
    document TEXT NOT NULL
);
CREATE INDEX documents_by_source ON documents (source);
CREATE TABLE versions (
    number INTEGER PRIMARY KEY,  -- of the document
    source TEXT NOT NULL,
    digest TEXT NOT NULL,
    recipe TEXT NOT NULL
);
CREATE TABLE aliases (
    number INTEGER PRIMARY KEY,  -- of a document that has no passages and records here
    canonical TEXT NOT NULL  -- the source of the one it repeats
);
CREATE TABLE passages (
    row INTEGER PRIMARY KEY,  -- in the order of ids
    document INTEGER NOT NULL,
    since TEXT,
    until TEXT,
    passage TEXT NOT NULL
);
CREATE TABLE records (
    number INTEGER PRIMARY KEY,  -- in the order of documents, then of the text
    document INTEGER NOT NULL,
    kind TEXT NOT NULL,
    record TEXT NOT NULL
);
CREATE TABLE facets (
    facet TEXT NOT NULL,  -- "country" | "city" | "kind"
    value TEXT NOT NULL,
    row INTEGER NOT NULL,
    PRIMARY KEY (facet, value, row)
) WITHOUT ROWID;
"""

Version = tuple[int, str, str, str]  # number, source, digest, recipe


def write_catalogue(path: Path, entries: Sequence[Stored]) -> None:
    """Write the file. ``entries`` are ordered by document id."""
    rows = [(number, row) for number, stored in enumerate(entries) for row in stored.entry.rows]
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
                for number, document in enumerate(stored.entry.document for stored in entries)
            ),
        )
        connection.executemany(
            "INSERT INTO versions VALUES (?, ?, ?, ?)",
            (
                (number, stored.entry.document.source, stored.digest, stored.recipe)
                for number, stored in enumerate(entries)
            ),
        )
        connection.executemany(
            "INSERT INTO aliases VALUES (?, ?)",
            (
                (number, stored.canonical)
                for number, stored in enumerate(entries)
                if stored.canonical
            ),
        )
        connection.executemany(
            "INSERT INTO passages VALUES (?, ?, ?, ?, ?)",
            (
                (
                    place,
                    number,
                    row.facets.since.isoformat() if row.facets.since else None,
                    row.facets.until.isoformat() if row.facets.until else None,
                    _json(passage_to_json(row.passage)),
                )
                for place, (number, row) in enumerate(rows)
            ),
        )
        facets = {
            (facet, value, place)
            for place, (_number, row) in enumerate(rows)
            for facet, values in (
                ("country", row.facets.countries),
                ("city", row.facets.cities),
                ("kind", row.facets.kinds),
            )
            for value in values
        }
        connection.executemany("INSERT INTO facets VALUES (?, ?, ?)", sorted(facets))
        connection.executemany(
            "INSERT INTO records (document, kind, record) VALUES (?, ?, ?)",
            (
                (number, type(record).__name__.lower(), _json(record_to_json(record)))
                for number, stored in enumerate(entries)
                for record in stored.entry.records
            ),
        )
        connection.execute("COMMIT")
    finally:
        connection.close()


class Catalogue:
    """The catalogue of one segment, open for reading. Threads may share it."""

    def __init__(self, path: Path) -> None:
        # Immutable: a published file is never written, so SQLite needs no lock file beside it.
        self._connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?immutable=1",
            uri=True,
            isolation_level=None,
            check_same_thread=False,
        )
        self._lock = threading.Lock()

    def close(self) -> None:
        """Close the file; the catalogue cannot be used afterwards."""
        with self._lock:
            self._connection.close()

    def versions(self) -> list[Version]:
        """Number, source, digest and recipe of every document, by number."""
        return self._rows("SELECT number, source, digest, recipe FROM versions ORDER BY number")

    def aliases(self) -> dict[int, str]:
        """Each document here that only repeats another, with the source of that one."""
        return dict(self._rows("SELECT number, canonical FROM aliases"))

    def numbers_of(self, source: str) -> list[int]:
        """The documents of that source."""
        rows = self._rows("SELECT number FROM documents WHERE source = ?", (source,))
        return [number for (number,) in rows]

    def documents(self, numbers: Iterable[int] | None = None) -> list[tuple[int, Document]]:
        """(number, document) of each of ``numbers`` (None: all), by number."""
        rows = self._some("SELECT number, document FROM documents", "number", numbers)
        return [(number, document_from_json(json.loads(text))) for number, text in rows]

    def passages(self, rows: Iterable[int] | None = None) -> list[tuple[int, Passage]]:
        """(row, passage) of each of ``rows`` (None: all), by row."""
        found = self._some("SELECT row, passage FROM passages", "row", rows)
        return [(row, passage_from_json(json.loads(text))) for row, text in found]

    def records(self) -> list[tuple[int, Record]]:
        """(document's number, record) of every record, by document, then as in its text."""
        rows = self._rows("SELECT document, record FROM records ORDER BY number")
        return [(number, record_from_json(json.loads(text))) for number, text in rows]

    def kinds(self, dead: Iterable[int]) -> Counter[str]:
        """The number of records of each kind, those of ``dead`` documents aside."""
        return self._counted("kind", "records", "document", dead)

    def languages(self, dead: Iterable[int]) -> Counter[str]:
        """The number of documents in each language, ``dead`` ones and aliases aside."""
        return self._counted("language", "documents", "number", {*dead, *self.aliases()})

    def valued(self, facet: str) -> list[tuple[str, Rows]]:
        """Each value of a facet with its rows, ascending; by value."""
        pairs = self._rows(
            "SELECT value, row FROM facets WHERE facet = ? ORDER BY value, row", (facet,)
        )
        return [
            (value, np.array([row for _value, row in rows], np.int64))
            for value, rows in groupby(pairs, key=itemgetter(0))
        ]

    def select(self, filters: Filters) -> Rows:
        """The rows that pass ``filters``, ascending; cities are compared as they are spelled."""
        wheres: list[str] = []
        values: list[object] = []
        for facet, wanted in (
            ("country", tuple(code.upper() for code in filters.countries)),
            ("city", filters.cities),
            ("kind", filters.kinds),
        ):
            if wanted:
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

    def _counted(self, column: str, table: str, key: str, dead: Iterable[int]) -> Counter[str]:
        query = (
            f"SELECT {column}, count(*) FROM {table}"  # noqa: S608 - names of ours
            f" WHERE {key} NOT IN (SELECT value FROM json_each(?)) GROUP BY {column}"
        )
        return Counter(dict(self._rows(query, (json.dumps(list(dead)),))))

    def _some(self, query: str, key: str, wanted: Iterable[int] | None) -> list[Any]:
        """Rows of ``query`` by ``key``: all of them, or those whose key is wanted."""
        if wanted is None:
            return self._rows(f"{query} ORDER BY {key}")
        some = f"{query} WHERE {key} IN (SELECT value FROM json_each(?)) ORDER BY {key}"  # noqa: S608 - names of ours
        return self._rows(some, (json.dumps(list(wanted)),))

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
