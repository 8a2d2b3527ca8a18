"""The system of record: what was read, what it became, and every vector ever paid for.

One SQLite file. It remembers the sources, each file's fingerprint and hash, the documents,
passages and records read out of them, quarantined files, and vectors by (text hash, encoder
id) -- so nothing is embedded twice, a killed build goes on where it stopped, and a snapshot
can be written again without a model. Nobody searches it: readers open snapshots.

Write-ahead logging with full syncing: after ``kill -9`` or a power cut the last finished
transaction stands and nothing of the next one. Freed pages are overwritten, so what was
removed cannot be read back out of the file.
"""

from __future__ import annotations

import json
import os
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import astuple, dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

import numpy as np

from corpus import Document
from corpus.document_json import document_from_json, document_to_json
from corpus.errors import HomeError
from corpus.records import record_from_json, record_to_json
from index import HalfVectors, Vectors, history, quarantine, sketches
from index.home import Home
from index.migrating import OLDEST, migrate, missing, newest, require_readable
from index.quarantine import Quarantined
from index.rows import Entry, Stored, hash_of, row_from_json

_PATIENCE = 10.0  # seconds to wait for another process's transaction
_NO_SENTENCES: HalfVectors = np.empty((0, 0), np.float16)
_FILE_COLUMNS = "root, name, source, path, size, mtime_ns, checked_ns, sha256, recipe"

Execute = Callable[[str, Sequence[object]], sqlite3.Cursor]

# Format 1, never to be changed: what came after it is in index.migrating.
_SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE sources (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    root TEXT NOT NULL UNIQUE,
    added TEXT NOT NULL
);
CREATE TABLE files (
    number INTEGER PRIMARY KEY,
    root TEXT NOT NULL,
    name TEXT NOT NULL,
    source TEXT NOT NULL,
    path TEXT NOT NULL,
    size INTEGER NOT NULL,
    mtime_ns INTEGER NOT NULL,
    checked_ns INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    recipe TEXT NOT NULL,
    UNIQUE (root, name)
);
CREATE TABLE documents (
    number INTEGER PRIMARY KEY,
    file INTEGER NOT NULL REFERENCES files ON DELETE CASCADE,
    source TEXT NOT NULL,
    digest TEXT NOT NULL,
    document TEXT NOT NULL,
    records TEXT NOT NULL
);
CREATE INDEX documents_by_file ON documents (file);
CREATE INDEX documents_by_source ON documents (source);
CREATE TABLE passages (
    document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    text_sha256 TEXT NOT NULL,
    row TEXT NOT NULL,
    PRIMARY KEY (document, ordinal)
) WITHOUT ROWID;
CREATE INDEX passages_by_text ON passages (text_sha256);
CREATE TABLE vectors (
    text_sha256 TEXT NOT NULL,
    encoder TEXT NOT NULL,
    vector BLOB NOT NULL,
    PRIMARY KEY (text_sha256, encoder)
) WITHOUT ROWID;
CREATE TABLE quarantine (
    file INTEGER NOT NULL REFERENCES files ON DELETE CASCADE,
    source TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    stage TEXT NOT NULL,
    reason TEXT NOT NULL,
    at TEXT NOT NULL
);
CREATE INDEX quarantine_by_file ON quarantine (file);
"""

FileKey = tuple[str, str]  # (root, name)


@dataclass(frozen=True, slots=True)
class FileRow:
    """One file as last looked at."""

    root: str  # the remembered source it was found under
    name: str  # its path below that root
    source: str  # what its documents are called: the name, unless another root has the same
    path: str  # where it was read
    size: int  # bytes
    mtime_ns: int
    checked_ns: int  # when size and time were taken, nanoseconds since the epoch
    sha256: str  # of the raw bytes; empty when they could not be read at all
    recipe: str  # what read it, see index.recipe

    @property
    def key(self) -> FileKey:
        """What names the file in the library."""
        return self.root, self.name


@dataclass(frozen=True, slots=True)
class Looked:
    """What came of reading one file."""

    file: FileRow
    entries: tuple[Entry, ...]
    quarantined: tuple[Quarantined, ...]


class Library:
    """library.sqlite, open. Use it as a context manager.

    Opened for writing, one of an older format is brought up to this version's (see
    ``index.migrating``). A library opened for reading changes no data, and is empty when there
    is none yet. SQLite may put its -wal and -shm files beside it, which hold nothing that is
    not in the library.
    """

    def __init__(self, home: Home, *, read_only: bool = False) -> None:
        """Raises HomeError when the file is damaged, too new or too old, or cannot be opened."""
        self._path = home.library
        if not read_only:
            home.require_writable()
        with self._errors():
            self._connection = _connect(self._path, read_only=read_only)
            try:
                self._prepare(read_only=read_only)
            except BaseException:
                self._connection.close()
                raise

    def _prepare(self, *, read_only: bool) -> None:
        """Have the tables of this version's format, or for reading, such as can be read."""
        if read_only and self._tables():
            require_readable(self._path, missing(self._path, self._get("format")))
            return
        if read_only:  # there is none yet, or a writer was killed before it made any table
            self._connection.close()
            self._connection = sqlite3.connect(":memory:", isolation_level=None)
        if self._tables() and not missing(self._path, self._get("format")):
            return
        with self.transaction() as execute:  # looked at again: another process may be faster
            if not self._tables():
                for statement in filter(str.strip, _SCHEMA.split(";")):
                    execute(statement, ())
                execute("INSERT INTO meta VALUES ('format', ?)", (str(OLDEST),))
            steps = missing(self._path, self._get("format"))
            migrate(lambda statement: execute(statement, ()), steps)
            execute("UPDATE meta SET value = ? WHERE key = 'format'", (str(newest()),))

    def _tables(self) -> int:
        count: int = self._rows("SELECT count(*) FROM sqlite_master")[0][0]
        return count

    def __enter__(self) -> Library:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; the library cannot be used afterwards."""
        self._connection.close()

    def copy_to(self, path: Path) -> None:
        """Write all of it, as one state whoever writes meanwhile, to a new file.

        Raises HomeError when it is damaged, or the disk does not take the copy.
        """
        with self._errors(), closing(sqlite3.connect(path)) as copy:
            self._connection.backup(copy)
            found = copy.execute("PRAGMA quick_check(1)").fetchone()[0]
            if found != "ok":
                raise sqlite3.DatabaseError(found)

    # -- sources -------------------------------------------------------------------------

    def sources(self) -> tuple[str, ...]:
        """Every remembered source, in the order they were first given."""
        rows = self._rows("SELECT root FROM sources ORDER BY position")
        return tuple(root for (root,) in rows)

    def add_source(self, root: str, *, now: str) -> bool:
        """Remember ``root``; False when it was known already. ``now`` is ISO 8601."""
        with self.transaction() as execute:
            return bool(
                execute(
                    "INSERT INTO sources (root, added) VALUES (?, ?) ON CONFLICT DO NOTHING",
                    (root, now),
                ).rowcount
            )

    def remove_source(self, root: str) -> bool:
        """Forget ``root`` and all that was read from it; False when it was not remembered.

        Its documents leave the answers with the next refresh.
        """
        names = self._rows("SELECT name FROM files WHERE root = ?", (root,))
        with self.transaction() as execute:
            known = execute("DELETE FROM sources WHERE root = ?", (root,)).rowcount
            for (name,) in names:
                history.leave(execute, (root, name))
            execute("DELETE FROM files WHERE root = ?", (root,))
            return bool(known)

    # -- files and documents -------------------------------------------------------------

    def files(self) -> dict[FileKey, FileRow]:
        """Every file as last looked at."""
        rows = self._rows(f"SELECT {_FILE_COLUMNS} FROM files ORDER BY root, name")  # noqa: S608 - a constant
        files = (FileRow(*row) for row in rows)
        return {file.key: file for file in files}

    def touch(self, files: Iterable[FileRow]) -> None:
        """Note new sizes and times of files whose bytes are the same as before."""
        with self.transaction() as execute:
            for file in files:
                execute(
                    "UPDATE files SET path = ?, size = ?, mtime_ns = ?, checked_ns = ?"
                    " WHERE root = ? AND name = ?",
                    (file.path, file.size, file.mtime_ns, file.checked_ns, *file.key),
                )

    def store(self, batch: Iterable[Looked], *, now: str) -> None:
        """Replace all that was known of these files, in one transaction."""
        with self.transaction() as execute:
            for looked in batch:
                since = quarantine.since(execute, looked.file)
                history.leave(execute, looked.file.key)
                execute("DELETE FROM files WHERE root = ? AND name = ?", looked.file.key)
                number = execute(
                    f"INSERT INTO files ({_FILE_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608 - a constant
                    astuple(looked.file),
                ).lastrowid
                for entry in looked.entries:
                    _insert(execute, number, entry)
                    history.stay(execute, entry.document.id)
                for row in looked.quarantined:
                    execute(
                        "INSERT INTO quarantine (file, source, sha256, stage, reason, at, seen)"
                        " VALUES (?, ?, ?, ?, ?, ?, ?)",
                        (number, *astuple(row), since or now, now),
                    )

    def forget(self, files: Iterable[FileKey]) -> None:
        """Drop files and all that was read from them."""
        with self.transaction() as execute:
            for key in files:
                history.leave(execute, key)
                execute("DELETE FROM files WHERE root = ? AND name = ?", key)

    def versions(self) -> dict[FileKey, dict[str, tuple[str, str]]]:
        """Document source → its digest and what read it, by the file it stands in."""
        found: dict[FileKey, dict[str, tuple[str, str]]] = {}
        rows = self._rows(
            "SELECT root, name, documents.source, digest, recipe FROM documents"
            " JOIN files ON files.number = documents.file"
        )
        for root, name, source, digest, recipe in rows:
            found.setdefault((root, name), {})[source] = (digest, recipe)
        return found

    def entries(self, sources: Iterable[str]) -> list[Stored]:
        """The documents of these sources with their records and passages, in no order."""
        found = []
        for source in sources:
            documents = self._rows(
                "SELECT documents.number, document, records, digest, recipe FROM documents"
                " JOIN files ON files.number = documents.file WHERE documents.source = ?",
                (source,),
            )
            for number, document, records, digest, recipe in documents:
                rows = self._rows(
                    "SELECT row FROM passages WHERE document = ? ORDER BY ordinal", (number,)
                )
                entry = Entry(
                    document_from_json(json.loads(document)),
                    tuple(record_from_json(record) for record in json.loads(records)),
                    tuple(row_from_json(row) for (row,) in rows),
                )
                found.append(Stored(entry, digest, recipe))
        return found

    def document(self, source: str) -> Document | None:
        """The document of that source."""
        rows = self._rows("SELECT document FROM documents WHERE source = ?", (source,))
        return document_from_json(json.loads(rows[0][0])) if rows else None

    def quarantined(self) -> tuple[Quarantined, ...]:
        """Every file in quarantine, ordered by source."""
        rows = self._rows(
            "SELECT source, sha256, stage, reason FROM quarantine ORDER BY source, reason"
        )
        return tuple(Quarantined(*row) for row in rows)

    # -- vectors -------------------------------------------------------------------------

    def missing_vectors(self, encoder_id: str, hashes: Iterable[str]) -> set[str]:
        """Those of these passages' texts that this encoder has no vector for yet."""
        wanted = set(hashes)
        rows = self._rows(
            "SELECT text_sha256 FROM vectors WHERE encoder = ?"
            " AND text_sha256 IN (SELECT value FROM json_each(?))",
            (encoder_id, json.dumps(list(wanted))),
        )
        return wanted - {text for (text,) in rows}

    def add_vectors(
        self, encoder_id: str, hashes: Sequence[str], matrices: Sequence[Vectors]
    ) -> None:
        """Keep one matrix a text hash, as an encoder's ``embed`` gives it, in one transaction."""
        with self.transaction() as execute:
            for text, matrix in zip(hashes, matrices, strict=True):
                packed = matrix[0].astype("<f4").tobytes() + matrix[1:].astype("<f2").tobytes()
                execute(
                    "INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)", (text, encoder_id, packed)
                )

    def vectors(
        self, encoder_id: str, hashes: Sequence[str], dimension: int
    ) -> tuple[Vectors, list[HalfVectors]]:
        """The texts' vectors, shape (len(hashes), dimension), and each text's sentences'.

        Raises KeyError when one was never stored.
        """
        places: dict[str, list[int]] = {}
        for place, text in enumerate(hashes):
            places.setdefault(text, []).append(place)
        found = np.empty((len(hashes), dimension), np.float32)
        sentences: list[HalfVectors] = [_NO_SENTENCES] * len(hashes)
        with self._errors():
            rows = self._connection.execute(
                "SELECT text_sha256, vector FROM vectors WHERE encoder = ?"
                " AND text_sha256 IN (SELECT value FROM json_each(?))",
                (encoder_id, json.dumps(list(places))),
            )
            for text, packed in rows:
                mine = places.pop(text)
                found[mine] = np.frombuffer(packed, "<f4", dimension)
                parts = np.frombuffer(packed, "<f2", offset=4 * dimension).reshape(-1, dimension)
                for place in mine:
                    sentences[place] = parts
        if places:
            raise KeyError(next(iter(places)))
        return found, sentences

    def drop_unused_vectors(self, encoder_id: str) -> int:
        """Remove this encoder's vectors of texts that no passage has any more; their number.

        Only texts of passages that were deleted are looked at. Another encoder's vectors of
        them stay until it drops its own.
        """
        with self.transaction() as execute:
            dropped = execute(
                "DELETE FROM vectors WHERE encoder = ?"
                " AND text_sha256 IN (SELECT text_sha256 FROM loose)"
                " AND NOT EXISTS (SELECT 1 FROM passages AS p"
                " WHERE p.text_sha256 = vectors.text_sha256)",
                (encoder_id,),
            ).rowcount
            execute(
                "DELETE FROM loose WHERE NOT EXISTS"
                " (SELECT 1 FROM vectors AS v WHERE v.text_sha256 = loose.text_sha256)"
                " OR EXISTS (SELECT 1 FROM passages AS p WHERE p.text_sha256 = loose.text_sha256)",
                (),
            )
            return dropped

    def note(self, key: str) -> str | None:
        """A value kept in the library itself; None when there is none."""
        return self._get(key)

    def write_anew(self) -> None:
        """Write the whole file again and cut its log, so that no deleted byte stays in either.

        Overwriting freed pages is not enough: moving rows between pages leaves copies of them.
        """
        self._rows("VACUUM")
        self._rows("PRAGMA wal_checkpoint(TRUNCATE)")

    def require_current(self) -> None:
        """Raise HomeError, naming the command, unless the library has this version's tables."""
        steps = missing(self._path, self._get("format")) if self._tables() else ()
        if steps:
            raise HomeError(
                f"got {self._path} of format {steps[0].before}",
                f"format {steps[-1].after}",
                "run `townbook refresh`, which brings it up to date",
            )

    def rows(self, query: str, values: Sequence[object] = ()) -> list[Any]:
        """All rows of a query, for the modules that keep tables of their own in here."""
        return self._rows(query, values)

    # -- underneath ----------------------------------------------------------------------

    @contextmanager
    def transaction(self) -> Iterator[Execute]:
        """All statements made through the yielded ``execute`` happen, or none does."""
        with self._errors():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection.execute
            except BaseException:
                if self._connection.in_transaction:  # a full disk has rolled back already
                    self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    def _rows(self, query: str, values: Sequence[object] = ()) -> list[Any]:
        with self._errors():
            return self._connection.execute(query, tuple(values)).fetchall()

    def _get(self, key: str) -> str | None:
        rows = self._rows("SELECT value FROM meta WHERE key = ?", (key,))
        return rows[0][0] if rows else None

    @contextmanager
    def _errors(self) -> Iterator[None]:
        """SQLite's errors as one line that names the file."""
        try:
            yield
        except sqlite3.Error as error:
            if isinstance(error, sqlite3.ProgrammingError | sqlite3.IntegrityError):
                raise  # a mistake of ours, not of the disk's
            raise HomeError(
                f"could not use {self._path} ({error})",
                "a sound database on a disk with free space",
                "make room or mend permissions; if the file is damaged, remove it and run"
                " `townbook refresh`: all but the list of sources is read again",
            ) from error


def _log_ahead(connection: sqlite3.Connection) -> None:
    """Switch to write-ahead logging, which SQLite refuses at once while another switches too."""
    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(0.01)


def _connect(path: Path, *, read_only: bool) -> sqlite3.Connection:
    """A connection in autocommit mode; transactions are begun by hand."""
    if not read_only:
        connection = sqlite3.connect(path, isolation_level=None, timeout=_PATIENCE)
        _log_ahead(connection)
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA secure_delete = ON")
        return connection
    if not path.exists():
        return sqlite3.connect(":memory:", isolation_level=None)
    # A write-ahead log needs a shared-memory file beside the database even for reading; in a
    # folder that cannot be written nobody else writes either, so the file can be taken as is.
    option = "mode=ro" if os.access(path.parent, os.W_OK) else "immutable=1"
    return sqlite3.connect(f"{path.absolute().as_uri()}?{option}", uri=True, isolation_level=None)


def _insert(execute: Execute, file: int | None, entry: Entry) -> None:
    document = _json(document_to_json(entry.document))
    number = execute(
        "INSERT INTO documents (file, source, digest, document, records) VALUES (?, ?, ?, ?, ?)",
        (
            file,
            entry.document.source,
            digest_of(entry.document),
            document,
            _json([record_to_json(record) for record in entry.records]),
        ),
    ).lastrowid
    for row in entry.rows:
        execute(
            "INSERT INTO passages VALUES (?, ?, ?, ?)",
            (number, row.passage.ordinal, row.text_sha256, row.to_json()),
        )
    sketches.insert(execute, number, entry)


def digest_of(document: Document) -> str:
    """sha256 over everything a document holds: equal digests, equal documents."""
    return hash_of(_json(document_to_json(document)))


def _json(value: Mapping[str, Any] | Sequence[Any]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
