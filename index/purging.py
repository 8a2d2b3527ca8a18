"""Removing a source, or one article, with every byte that was made of it.

Forgetting a source takes it out of the answers; a purge also takes its texts, records, vectors,
former versions and changes out of the home, so that nothing of it can be read back. What is
purged by itself, one article of a folder, is barred: the file may still lie there, and refreshes
pass it over. Only the files in the home's own folder are ours to delete: one that was handed in
goes with its article, and may be handed in again.

The library forgets in one transaction, and the answers change at one moment, when the snapshot
without it is published. Killed in between, the next refresh finishes the work.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import UsageError
from corpus.sources import survey
from index import history
from index.library import FileKey, Library

# In meta: the names of what was purged while snapshots that still hold it are not all gone.
_UNFINISHED = "purge unfinished"


@dataclass(frozen=True, slots=True)
class Purged:
    """What a purge took out of the library."""

    root: str  # the remembered source
    article: str | None  # None: all of the root
    documents: tuple[str, ...]  # their source names, former ones included


def find(library: Library, given: str, path: str, articles: str) -> tuple[str, str | None]:
    """The remembered source ``given``, or ``path`` it stands for, or the file of that article.

    A root and a name below it, None for all of the root. Raises UsageError for what is neither,
    and for ``articles``, the home's own folder, which every refresh reads.
    """
    roots = set(library.sources())
    for root in (given, path):
        if root in roots:
            return root, None
    if path == articles:
        raise UsageError(
            f"got {given}, the home's own folder of articles",
            "a source that 'townbook sources' lists, or an article's name",
            "delete the files from it, then run: townbook refresh --compact --allow-removals",
        )
    for file in library.files().values():
        if given == file.source:
            return file.key
    rows = library.rows(
        "SELECT root, name FROM documents JOIN files ON files.number = documents.file"
        " WHERE documents.source = ?",
        (given,),
    )
    if rows:
        raise UsageError(
            f"got {given!r}, which is one row of the file {rows[0][1]}",
            "a whole file or source",
            f"take the row out and run: townbook refresh --compact, or purge {rows[0][1]}",
        )
    raise UsageError(
        f"got {given!r}, which no source and no article is called",
        "a source that 'townbook sources' lists, or an article's name as citations give it",
        "see them with: townbook sources",
    )


def purge(library: Library, root: str, name: str | None, *, now: str) -> Purged:
    """Take all of ``root``, or its one file ``name``, out of the library.

    Nothing of it is left in the file once it is closed; the caller publishes what remains as one
    new segment and removes every other snapshot (``refresh(compact=True)``).
    """
    files = _files_of(library, root, name)
    gone = documents_of(library, root, name)
    unfinished = sorted({*_unfinished(library), *gone})
    with library.transaction() as execute:
        execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (_UNFINISHED, json.dumps(unfinished)))
        for key in files:
            execute("DELETE FROM files WHERE root = ? AND name = ?", key)
        if name is None:
            execute("DELETE FROM sources WHERE root = ?", (root,))
            execute("DELETE FROM barred WHERE root = ?", (root,))
            execute("DELETE FROM former WHERE root = ?", (root,))
        else:
            execute("INSERT OR REPLACE INTO barred VALUES (?, ?, ?)", (root, name, now))
        for source in gone:
            execute("DELETE FROM former WHERE source = ? AND root = ?", (source, root))
        execute(
            "DELETE FROM vectors WHERE text_sha256 IN (SELECT text_sha256 FROM loose)"
            " AND text_sha256 NOT IN (SELECT text_sha256 FROM passages)",
            (),
        )
    return Purged(root, name, gone)


def drop_handed_in(library: Library, root: str, name: str, articles: Path) -> str | None:
    """Delete the file of a purged article if it lies in ``articles``, the home's own folder.

    It is not barred any longer then. Why it could not be deleted, in one line, if it could not:
    it stays barred.
    """
    if root != str(articles.resolve()):
        return None
    for item in survey(root).items if articles.is_dir() else ():
        if item.source == name:
            try:
                item.path.unlink(missing_ok=True)
            except OSError as error:
                return f"could not delete {item.path} ({error.strerror}); delete it yourself"
    readmit(library, root, name)
    return None


def barred(library: Library) -> frozenset[FileKey]:
    """The files that refreshes pass over because they were purged."""
    return frozenset((root, name) for root, name in library.rows("SELECT root, name FROM barred"))


def readmit(library: Library, root: str, name: str) -> bool:
    """Let the next refresh read a purged article again; False when it was not barred."""
    with library.transaction() as execute:
        return bool(
            execute("DELETE FROM barred WHERE root = ? AND name = ?", (root, name)).rowcount
        )


def is_unfinished(library: Library) -> bool:
    """Whether snapshots may still hold what was purged."""
    return library.note(_UNFINISHED) is not None


def finish(library: Library) -> None:
    """Drop the last that names what was purged, now that no snapshot holds it any more."""
    history.forget_changes(library, _unfinished(library))
    with library.transaction() as execute:
        execute("DELETE FROM meta WHERE key = ?", (_UNFINISHED,))
    library.write_anew()


def _unfinished(library: Library) -> list[str]:
    names: list[str] = json.loads(library.note(_UNFINISHED) or "[]")
    return names


def documents_of(library: Library, root: str, name: str | None) -> tuple[str, ...]:
    """The source names, former ones included, of what a purge of the same would remove."""
    names = {
        source
        for key in _files_of(library, root, name)
        for (source,) in library.rows(
            "SELECT documents.source FROM documents JOIN files ON files.number = documents.file"
            " WHERE root = ? AND name = ?",
            key,
        )
    }
    if name is None:
        rows = library.rows("SELECT source FROM former WHERE root = ?", (root,))
        names |= {source for (source,) in rows}
    return tuple(sorted(names))


def _files_of(library: Library, root: str, name: str | None) -> list[FileKey]:
    return [key for key in library.files() if key[0] == root and name in (None, key[1])]
