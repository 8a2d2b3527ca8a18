"""Older libraries brought up to this version's format, and newer ones refused.

A library says its format in ``meta``. Format 1 is the schema in ``index.library``; everything
since then is a migration in the list below, and a new library is format 1 with all of them
applied, so it cannot differ from one that grew up. All that a library lacks is done in one
transaction with the new number: killed at any moment it is of the old format or of this one.

To change the schema, add one migration to the end of ``MIGRATIONS`` and change nothing above
it. A statement may rely on all earlier ones and on nothing in Python, so that a library of any
age is brought up to date by the same bytes as when the migration was new.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import HomeError

OLDEST = 1


@dataclass(frozen=True, slots=True)
class Migration:
    """One step from a format to the next."""

    before: int
    after: int
    statements: tuple[str, ...]  # SQL, one statement each
    # Whether what only reads needs it: a library without it is then refused for reading, with
    # the command that migrates it. False for what serves writing alone.
    read: bool


MIGRATIONS: tuple[Migration, ...] = (
    Migration(
        1,
        2,
        # Texts of deleted passages, whose vectors may be of use to no other, and all that is
        # unused by now. Some libraries of format 1 have this table already: it used to be
        # added without a new number.
        (
            "CREATE TABLE IF NOT EXISTS loose (text_sha256 TEXT PRIMARY KEY) WITHOUT ROWID",
            "CREATE TRIGGER IF NOT EXISTS passage_deleted AFTER DELETE ON passages BEGIN"
            " INSERT OR IGNORE INTO loose VALUES (old.text_sha256); END",
            "INSERT OR IGNORE INTO loose SELECT DISTINCT text_sha256 FROM vectors"
            " WHERE text_sha256 NOT IN (SELECT text_sha256 FROM passages)",
        ),
        read=False,
    ),
    Migration(
        2,
        3,
        (
            # What the corpus held before: see index.history.
            "CREATE TABLE former (id TEXT PRIMARY KEY, source TEXT NOT NULL, root TEXT NOT NULL,"
            " digest TEXT NOT NULL, document TEXT NOT NULL, records TEXT NOT NULL,"
            " left_at TEXT NOT NULL) WITHOUT ROWID",
            "CREATE INDEX former_by_source ON former (source)",
            "CREATE INDEX former_by_digest ON former (digest)",
            "CREATE TABLE changes (number INTEGER PRIMARY KEY, snapshot TEXT, at TEXT NOT NULL,"
            " source TEXT NOT NULL, before TEXT, after TEXT)",
            "CREATE INDEX changes_unsettled ON changes (number) WHERE snapshot IS NULL",
            # When a file was last looked at and still unreadable; "at" is when it first was.
            "ALTER TABLE quarantine ADD COLUMN seen TEXT",
            "UPDATE quarantine SET seen = at",
            # Articles that were purged and are not to be read again: see index.purging.
            "CREATE TABLE barred (root TEXT NOT NULL, name TEXT NOT NULL, at TEXT NOT NULL,"
            " PRIMARY KEY (root, name)) WITHOUT ROWID",
        ),
        read=False,
    ),
    Migration(
        3,
        4,
        # What finds copies and boilerplate without a document being read again. A length of 0
        # words is a document that can be nobody's copy; sentences are hashes, eight bytes each,
        # the lowest first. Rows of documents that were stored before are made when they are
        # asked for.
        (
            "CREATE TABLE sketches (document INTEGER PRIMARY KEY REFERENCES documents"
            " ON DELETE CASCADE, length INTEGER NOT NULL, published TEXT NOT NULL,"
            " whole TEXT NOT NULL, bands TEXT NOT NULL, sentences BLOB NOT NULL)",
        ),
        read=False,
    ),
    Migration(
        4,
        5,
        # Bands were text with spaces between, and are hashes as sentences are.
        (
            "DROP TABLE sketches",
            "CREATE TABLE sketches (document INTEGER PRIMARY KEY REFERENCES documents"
            " ON DELETE CASCADE, length INTEGER NOT NULL, published TEXT NOT NULL,"
            " whole TEXT NOT NULL, bands BLOB NOT NULL, sentences BLOB NOT NULL)",
        ),
        read=False,
    ),
)


def newest(migrations: Sequence[Migration] = MIGRATIONS) -> int:
    """The format that this version writes."""
    return migrations[-1].after if migrations else OLDEST


def missing(
    path: Path, found: str | None, migrations: Sequence[Migration] = MIGRATIONS
) -> tuple[Migration, ...]:
    """What a library that says it is of format ``found`` lacks, in order.

    Raises HomeError when it is newer than this version knows, or says nothing that is a format.
    """
    known = {OLDEST, *(migration.after for migration in migrations)}
    if found is None or not found.isdecimal() or int(found) < OLDEST:
        raise HomeError(
            f"got {path} of format {found}",
            f"format {newest(migrations)}",
            "it is no library of Townbook's: move the file away and run `townbook refresh`",
        )
    if int(found) not in known:
        raise HomeError(
            f"got {path} of format {found}",
            f"format {newest(migrations)} or older",
            "use the version that wrote it, or a later one",
        )
    return tuple(migration for migration in migrations if migration.before >= int(found))


def migrate(execute: Callable[[str], object], steps: Sequence[Migration]) -> None:
    """Apply ``steps`` through ``execute``, inside a transaction that the caller has begun."""
    for migration in steps:
        for statement in migration.statements:
            execute(statement)


def require_readable(path: Path, steps: Sequence[Migration]) -> None:
    """Raise HomeError, naming the command to run, if reading needs one of these ``steps``."""
    if any(migration.read for migration in steps):
        raise HomeError(
            f"got {path} of format {steps[0].before}",
            f"format {steps[-1].after}",
            "run `townbook refresh`, which brings it up to date",
        )
