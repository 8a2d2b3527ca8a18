"""manifest.json: what a snapshot holds, and the hash of every file in it.

The manifest proves itself, too: it carries the hash of its own content and is written in one
canonical way, so a changed byte anywhere is found, whether or not it is still valid JSON.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from corpus.errors import DamagedSnapshot

MANIFEST = "manifest.json"
FORMAT = 4

Listed = tuple[str, int, str]  # path in the folder, size in bytes, sha256

_WORTH_THREADS = 32_000_000  # bytes; hashed in some 20 ms
_REMEDY = "run `townbook refresh`, which writes a new snapshot from the library"


@dataclass(frozen=True, slots=True)
class Manifest:
    """One snapshot described."""

    format: int
    snapshot: str
    parent: str | None  # the snapshot this one was made after
    created: str  # ISO 8601, UTC
    encoder: str
    encoding: dict[str, str | float]  # how the vectors were made: engine, precision, agreement
    dimension: int
    recipe: str  # what read and cut the documents, see index.recipe
    content: str  # sha256 over all that was put in: equal content, equal answers
    documents: int  # that answer
    passages: int
    segments: tuple[str, ...]  # oldest first; their files begin with these names
    files: tuple[Listed, ...]
    aliases: int = 0  # documents that repeat one of those, see corpus.likeness

    @property
    def digest(self) -> str:
        """sha256 of the canonical form."""
        return hashlib.sha256(_canonical(asdict(self))).hexdigest()

    def to_bytes(self) -> bytes:
        """The file's content."""
        return _canonical({**asdict(self), "sha256": self.digest})


def read_manifest(folder: Path) -> Manifest:
    """The manifest in ``folder``, proven unchanged.

    Raises DamagedSnapshot when it is not; FileNotFoundError when there is none.
    """
    path = folder / MANIFEST
    content = path.read_bytes()
    try:
        value = json.loads(content)
        if value["format"] != FORMAT:
            raise DamagedSnapshot(f"got {path} of format {value['format']}", f"{FORMAT}", _REMEDY)
        value["segments"] = tuple(value["segments"])
        value["files"] = tuple((name, size, sha256) for name, size, sha256 in value["files"])
        manifest = Manifest(**{field.name: value[field.name] for field in fields(Manifest)})
    except (ValueError, KeyError, TypeError) as error:
        raise DamagedSnapshot(f"got a damaged {path}", "a manifest", _REMEDY) from error
    if manifest.to_bytes() != content:
        raise DamagedSnapshot(f"got an altered {path}", "the manifest as published", _REMEDY)
    return manifest


def describe(folder: Path, names: Iterable[str]) -> tuple[Listed, ...]:
    """(path in the folder, size, sha256) of each named file, ordered by path."""
    return tuple((name, *_size_and_sha256(folder / name)) for name in sorted(names))


def verify(folder: Path, files: Sequence[Listed]) -> None:
    """Read these files once; raise DamagedSnapshot naming the first that is not as published."""
    if sum(size for _name, size, _sha256 in files) < _WORTH_THREADS:
        for listed in files:
            _verify_file(folder, listed)
        return
    from concurrent.futures import ThreadPoolExecutor  # small snapshots open without it

    with ThreadPoolExecutor(os.cpu_count()) as pool:  # hashing lets other threads run
        for _done in pool.map(lambda listed: _verify_file(folder, listed), files):
            pass


def _verify_file(folder: Path, listed: Listed) -> None:
    name, size, sha256 = listed
    path = folder / name
    try:
        found_size, found = _size_and_sha256(path)
    except OSError as error:
        raise DamagedSnapshot(
            f"could not read {path} ({error.strerror})", "the file as published", _REMEDY
        ) from error
    if found_size != size:
        raise DamagedSnapshot(
            f"got {path} of {found_size} bytes", f"{size} bytes as published", _REMEDY
        )
    if found != sha256:
        raise DamagedSnapshot(
            f"got {path} with sha256 {found[:12]}…", f"{sha256[:12]}… as published", _REMEDY
        )


def _size_and_sha256(path: Path) -> tuple[int, str]:
    with open(path, "rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        return file.tell(), digest


def _canonical(value: dict[str, Any]) -> bytes:
    return (json.dumps(value, indent=1, sort_keys=True, ensure_ascii=False) + "\n").encode()
