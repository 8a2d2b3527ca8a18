"""Writing a snapshot, and making it the one that is read.

The order is the whole point: files, each brought to the disk; the manifest with their hashes;
everything read back and compared; the folder's name; then CURRENT, whose replacement is the
only commit point. Killed before it, the old snapshot is the published one; after it, the new.
Only the holder of the writer's lock may call anything here.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import stat
import tempfile
from collections.abc import Sequence
from pathlib import Path

from corpus import Record
from corpus.errors import HomeError
from index import Vectors, durable, lease
from index.engines.local import write_engine
from index.home import Home
from index.manifest import FORMAT, MANIFEST, Manifest, describe, read_manifest, verify
from index.pointer import Pointer, write_pointer
from index.rows import Entry

_BUILDING = ".building-"
_REMOVING = ".removing-"


def publish(
    home: Home,
    entries: Sequence[Entry],
    vectors: Vectors,
    *,
    parent: str | None,
    encoder_id: str,
    recipe: str,
    content: str,
    now: str,
) -> Manifest:
    """Write ``entries`` as the next snapshot and publish it.

    ``entries`` are ordered by document source; ``vectors`` belong to the rows of all entries
    in the order of passage ids (see ``rows_by_id``). Raises HomeError naming the path and the
    free space when the disk does not take it; the snapshot published before then stands.
    """
    number = _next_number(home)
    try:
        home.snapshots.mkdir(exist_ok=True)
        fresh = Path(tempfile.mkdtemp(prefix=_BUILDING, dir=home.snapshots))
        try:
            rows = [row for entry in _by_id(entries) for row in entry.rows]
            records: list[Record] = [record for entry in entries for record in entry.records]
            write_engine(fresh, [entry.document for entry in entries], rows, records, vectors)
            names = _make_durable(fresh, home.snapshots.stat().st_mode)
            manifest = Manifest(
                format=FORMAT,
                snapshot=number,
                parent=parent,
                created=now,
                encoder=encoder_id,
                dimension=vectors.shape[1],
                recipe=recipe,
                content=content,
                documents=len(entries),
                passages=len(rows),
                files=describe(fresh, names),
            )
            durable.write_file(fresh / MANIFEST, manifest.to_bytes())
            (fresh / MANIFEST).chmod(_file_mode(home.snapshots.stat().st_mode))
            durable.sync_folder(fresh)
            verify(fresh, read_manifest(fresh))
            durable.rename_folder(fresh, home.snapshot(number))
        finally:
            shutil.rmtree(fresh, ignore_errors=True)
        write_pointer(home, Pointer(number, manifest.digest))
    except (OSError, RuntimeError, ValueError, sqlite3.Error) as error:
        # tantivy reports a full disk as ValueError, SQLite as its own error
        raise HomeError(
            f"could not write snapshot {number} to {home.snapshots} ({error};"
            f" {_free_bytes(home):,} bytes free)",
            "a disk with room for it",
            "make room and run `townbook refresh` again; the snapshot before it still serves",
        ) from error
    return manifest


def rows_by_id(entries: Sequence[Entry]) -> list[str]:
    """The text hash of every passage, in the order of passage ids."""
    return [row.text_sha256 for entry in _by_id(entries) for row in entry.rows]


def content_digest(digests: Sequence[tuple[str, str]], encoder_id: str, recipe: str) -> str:
    """What tells one corpus from another: (source, document digest) pairs, encoder, recipe."""
    digest = hashlib.sha256(f"{FORMAT}\0{encoder_id}\0{recipe}\n".encode())
    for source, document in sorted(digests):
        digest.update(f"{source}\0{document}\n".encode())
    return digest.hexdigest()


def remove_leftovers(home: Home, published: str | None) -> None:
    """Remove what killed writers left: half-written folders, and finished unpublished ones.

    ``published`` is the number CURRENT names; None, when it names none, spares all finished
    folders, for one of them may be all that is left.
    """
    if home.snapshots.is_dir():
        for child in sorted(home.snapshots.iterdir()):
            if child.name.startswith((_BUILDING, _REMOVING)):
                shutil.rmtree(child, ignore_errors=True)
    if published is not None:
        for id in home.snapshot_ids():
            if int(id) > int(published):
                _remove(home, id)
    home.current.with_name(home.current.name + ".tmp").unlink(missing_ok=True)


def remove_old(home: Home, keep: set[str | None]) -> None:
    """Remove every snapshot but those to ``keep`` and those a reader has leased."""
    for id in home.snapshot_ids():
        if id not in keep:
            _remove(home, id)


def _by_id(entries: Sequence[Entry]) -> list[Entry]:
    """Entries by document id: a passage's id is its document's id and its place there."""
    return sorted(entries, key=lambda entry: entry.document.id)


def _next_number(home: Home) -> str:
    return f"{max((int(id) for id in home.snapshot_ids()), default=0) + 1:06d}"


def _file_mode(folder_mode: int) -> int:
    """What a file in such a folder may be: readable by whoever can look into the folder."""
    return folder_mode & 0o666


def _make_durable(folder: Path, mode: int) -> list[str]:
    """Bring every file and folder below to the disk, as readable as ``mode``; files' names.

    mkdtemp and tantivy make things private, but a home may be shared by several readers.
    """
    names = []
    for place, _folders, files in os.walk(folder):
        Path(place).chmod(stat.S_IMODE(mode))
        for name in files:
            path = Path(place, name)
            path.chmod(_file_mode(mode))
            durable.sync_file(path)
            names.append(path.relative_to(folder).as_posix())
        durable.sync_folder(Path(place))
    return names


def _remove(home: Home, id: str) -> None:
    """Remove one snapshot unless it is leased: out of sight first, so no reader meets half."""
    folder = home.snapshot(id)
    with lease.exclusive(folder) as free:
        if not free:
            return
        hidden = folder.with_name(f"{_REMOVING}{id}")
        try:
            os.rename(folder, hidden)
        except OSError:
            return  # Windows: in use; the next refresh tries again
        shutil.rmtree(hidden, ignore_errors=True)


def _free_bytes(home: Home) -> int:
    return shutil.disk_usage(home.path).free
