"""Writing a snapshot, and making it the one that is read.

The order is the whole point: files, each brought to the disk; the manifest with their hashes;
everything new read back and compared; the folder's name; then CURRENT, whose replacement is
the only commit point. Killed before it, the old snapshot is the published one; after it, the
new. Only the holder of the writer's lock may call anything here.

A segment that is carried over is not written: its files get a second name in the new folder,
and their hashes are those that were verified when the snapshot before was opened. So a folder
holds all that its snapshot needs, removing another takes nothing from it, and a byte damaged
in a shared file is damaged in both: the library, which shares none, writes them anew.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import stat
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.errors import HomeError
from index import HalfVectors, Vectors, durable, lease
from index.engines.local import write_segment
from index.engines.segments import write_boilerplate, write_tombstones
from index.home import Home
from index.manifest import FORMAT, MANIFEST, Listed, Manifest, describe, read_manifest, verify
from index.pointer import Pointer, write_pointer
from index.rows import Stored

_NONE = np.empty(0, np.uint64)
_BUILDING = ".building-"
_REMOVING = ".removing-"


@dataclass(frozen=True, slots=True)
class Carried:
    """A segment of a verified snapshot that the next one keeps."""

    name: str
    folder: Path  # of that snapshot
    files: tuple[Listed, ...]  # as its manifest lists them
    dead: NDArray[Any]  # numbers of the documents that no longer count, ascending
    documents: int  # that still do
    passages: int
    aliases: int = 0  # beside those documents


def publish(
    home: Home,
    entries: Sequence[Stored],
    vectors: Vectors,
    sentences: Sequence[HalfVectors],
    *,
    carried: Sequence[Carried] = (),
    boilerplate: NDArray[Any] = _NONE,
    parent: str | None,
    encoder_id: str,
    encoding: Mapping[str, str | float],
    recipe: str,
    content: str,
    now: str,
) -> Manifest:
    """Write ``entries`` as one segment after those ``carried`` over, and publish the snapshot.

    ``entries`` are ordered by document id; ``vectors`` and ``sentences`` belong to their rows in
    that order; ``carried`` are ordered oldest first; ``boilerplate`` is what
    index.boilerplate found in all of them. Raises HomeError naming the path and the
    free space when the disk does not take it; the snapshot published before then stands.
    """
    number = _next_number(home)
    aliases = sum(bool(stored.canonical) for stored in entries)
    try:
        home.snapshots.mkdir(exist_ok=True)
        mode = home.snapshots.stat().st_mode
        fresh = Path(tempfile.mkdtemp(prefix=_BUILDING, dir=home.snapshots))
        try:
            segments = [segment.name for segment in carried]
            written: list[str] = []
            if entries:
                written += write_segment(fresh, number, entries, vectors, sentences)
                segments.append(number)
            written += write_tombstones(fresh, {s.name: s.dead for s in carried})
            written += write_boilerplate(fresh, boilerplate)
            linked = [file for segment in carried for file in _take_over(segment, fresh)]
            copied = [file for file, is_link in linked if not is_link]
            _make_durable(fresh, [*written, *(name for name, _size, _sha256 in copied)], mode)
            new = (*describe(fresh, written), *copied)
            manifest = Manifest(
                format=FORMAT,
                snapshot=number,
                parent=parent,
                created=now,
                encoder=encoder_id,
                encoding=dict(encoding),
                dimension=vectors.shape[1],
                recipe=recipe,
                content=content,
                documents=len(entries) - aliases + sum(segment.documents for segment in carried),
                passages=len(vectors) + sum(segment.passages for segment in carried),
                segments=tuple(segments),
                files=tuple(sorted({*new, *(file for file, _is_link in linked)})),
                aliases=aliases + sum(segment.aliases for segment in carried),
            )
            durable.write_file(fresh / MANIFEST, manifest.to_bytes())
            (fresh / MANIFEST).chmod(_file_mode(mode))
            durable.sync_folder(fresh)
            if read_manifest(fresh) != manifest:
                raise ValueError(f"{MANIFEST} reads otherwise than it was written")
            verify(fresh, new)
            durable.rename_folder(fresh, home.snapshot(number))
        finally:
            shutil.rmtree(fresh, ignore_errors=True)
        write_pointer(home, Pointer(number, manifest.digest))
    except (OSError, RuntimeError, ValueError, sqlite3.Error) as error:
        # FAISS reports a full disk as RuntimeError, SQLite as its own error
        raise HomeError(
            f"could not write snapshot {number} to {home.snapshots} ({error};"
            f" {_free_bytes(home):,} bytes free)",
            "a disk with room for it",
            "make room and run `townbook refresh` again; the snapshot before it still serves",
        ) from error
    return manifest


def content_digest(documents: Iterable[tuple[str, ...]], encoder_id: str, recipe: str) -> str:
    """What tells one corpus from another: encoder, recipe, and of each document its source,
    digest, recipe and the first source of its root (roots say what is boilerplate).
    """
    digest = hashlib.sha256(f"{FORMAT}\0{encoder_id}\0{recipe}\n".encode())
    for document in sorted(documents):
        digest.update(("\0".join(document) + "\n").encode())
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


def _next_number(home: Home) -> str:
    return f"{max((int(id) for id in home.snapshot_ids()), default=0) + 1:06d}"


def _file_mode(folder_mode: int) -> int:
    """What a file in such a folder may be: readable by whoever can look into the folder."""
    return folder_mode & 0o666


def _take_over(segment: Carried, folder: Path) -> list[tuple[Listed, bool]]:
    """Give the segment's files a name in ``folder``; whether each is a link, or else a copy."""
    taken = []
    for listed in segment.files:
        name, _size, _sha256 = listed
        source, target = segment.folder / name, folder / name
        try:
            os.link(source, target)
        except OSError:  # a file system without links, or one file with too many
            shutil.copyfile(source, target)
        taken.append((listed, os.path.samefile(source, target)))
    return taken


def _make_durable(folder: Path, names: Iterable[str], mode: int) -> None:
    """Bring these files and the folder's names to the disk, as readable as ``mode``.

    mkdtemp makes its folder private, but a home may be shared by several readers.
    """
    folder.chmod(stat.S_IMODE(mode))
    for name in names:
        (folder / name).chmod(_file_mode(mode))
        durable.sync_file(folder / name)
    durable.sync_folder(folder)


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
