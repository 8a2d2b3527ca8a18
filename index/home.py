"""Where everything lives on disk: one type that names every file of a home directory.

::

    <home>/articles/             a folder people drop articles into
    <home>/library.sqlite        system of record (index.library)
    <home>/snapshots/000051/     manifest.json  tombstones.safetensors, and of each segment
                                 000017-catalogue.sqlite  -vectors.npy  -words.safetensors
    <home>/snapshots/.building-* a snapshot being written; left over only by a killed writer
    <home>/fetched/3f2a…/        what was fetched of one web source (corpus.web.mirror)
    <home>/CURRENT               the published snapshot's number and its manifest's sha256
    <home>/models/               restored and downloaded encoders; tiktoken's ranks
    <home>/writer.lock           held by the one process that refreshes

It knows names and permissions, and nothing of what the files hold. Reading a home never
creates anything in it, so a read-only home can be asked questions.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import HomeError

_SNAPSHOT_NAME = re.compile(r"[0-9]{6,}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Home:
    """A home directory. Raises HomeError at once when the path is something else than a folder.

    A path that does not exist yet is a home with nothing in it.
    """

    path: Path

    def __init__(self, path: Path | str) -> None:
        object.__setattr__(self, "path", Path(path))
        try:
            missing = not os.path.lexists(self.path)
            is_folder = self.path.is_dir()
        except (OSError, ValueError) as error:
            raise HomeError(f"got home {str(path)!r} ({error})", *_A_FOLDER) from error
        if not missing and not is_folder:
            raise HomeError(f"got home {self.path}, which is not a folder", *_A_FOLDER)

    @property
    def articles(self) -> Path:
        """Looked at by every refresh when it exists."""
        return self.path / "articles"

    @property
    def token_ranks(self) -> Path:
        """tiktoken's rank files, unpacked when a language model's prompt is first measured."""
        return self.path / "models" / "tiktoken"

    @property
    def fetched(self) -> Path:
        """Mirrors of the web sources, one folder each; only a refresh writes there."""
        return self.path / "fetched"

    @property
    def library(self) -> Path:
        return self.path / "library.sqlite"

    @property
    def snapshots(self) -> Path:
        return self.path / "snapshots"

    @property
    def current(self) -> Path:
        """The pointer whose replacement is the only commit point."""
        return self.path / "CURRENT"

    @property
    def models(self) -> Path:
        return self.path / "models"

    @property
    def writer_lock(self) -> Path:
        return self.path / "writer.lock"

    def snapshot(self, number: str) -> Path:
        """The folder of the snapshot called ``number``, whether or not it exists."""
        return self.snapshots / number

    def snapshot_ids(self) -> list[str]:
        """Every finished snapshot folder's number, oldest first."""
        try:
            names = os.listdir(self.snapshots)
        except FileNotFoundError:
            return []
        except OSError as error:
            raise HomeError(f"got {error}", "a readable snapshots folder", "mend it") from error
        return sorted(
            (name for name in names if _SNAPSHOT_NAME.fullmatch(name)),
            key=lambda name: (len(name), name),
        )

    def require_writable(self) -> None:
        """Create the home if need be; raise HomeError when it cannot be written to."""
        try:
            self.path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise HomeError(f"got home {self.path} ({error.strerror})", *_WRITABLE) from error
        if not os.access(self.path, os.W_OK | os.X_OK):
            raise HomeError(f"got home {self.path}, which is read-only", *_WRITABLE)


_A_FOLDER = ("a folder, or a path where one can be made", "correct --home or TOWNBOOK_HOME")
_WRITABLE = (
    "a folder this user can write to",
    "give another --home or mend its permissions; questions still work",
)
