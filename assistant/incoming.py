"""Articles that people hand in: which names and sizes are taken, and writing one whole or not.

Knows the folder a home reads every file of, and refuses to know who sends a file or what is in
it: reading is for a refresh, in a process of its own. No name leads out of the folder, and no
file that is there is replaced unless that is asked for.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
import threading
import time
import unicodedata
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Literal

from corpus.errors import HomeError, TownbookError, UsageError
from corpus.readers import SUFFIXES
from index.durable import sync_folder

MAX_ARTICLE_BYTES = 10_000_000
MOST_NAME_BYTES = 200  # of 255 that file systems take: readers and backups add to a name
ENDINGS = tuple(sorted(SUFFIXES))

# What some system cannot have in a name, and what hides or reorders one when it is shown.
_FORBIDDEN = re.compile(
    '[/\\\\<>:"|?*\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff'
    "\ufff9-\ufffd\ufffe\uffff\U000e0000-\U000e007f\ud800-\udfff]"
)
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
_TEMPORARY = ".incoming-"  # hidden, so no refresh looks at it
_ABANDONED_SECONDS = 3600

Outcome = Literal["added", "same", "replaced"]


class NameRefused(UsageError):
    """The file cannot be kept under this name."""


class KindRefused(UsageError):
    """No reader reads files of this ending."""


class TooLarge(UsageError):
    """The file holds more than one may."""


class Taken(TownbookError):
    """Another file has this name."""


class NoRoom(TownbookError):
    """The disk, or the folder, is to be left with more room than this file would."""


@dataclass(frozen=True, slots=True)
class Room:
    """What may be filled, in bytes."""

    folder: int = 5_000_000_000  # all that was handed in, together
    left: int = 500_000_000  # of the disk: a refresh and a backup need some


def article_name(given: str) -> str:
    """``given`` as a file's name in NFC. Raises NameRefused or KindRefused for any other."""
    name = unicodedata.normalize("NFC", given)
    trouble = _trouble(name)
    if trouble:
        raise NameRefused(f"got the name {name[:80]!r}, which {trouble}", *_A_NAME)
    if PurePath(name).suffix.lower() not in SUFFIXES:
        raise KindRefused(
            f"got {name!r}, of a kind no reader knows",
            "a file ending in " + " ".join(ENDINGS),
            "save it as one of these",
        )
    return name


def _trouble(name: str) -> str:
    if not name.strip():
        return "is empty"
    if name.startswith((".", "~$")):
        return "begins as hidden and temporary files do"
    if name != name.strip() or name.endswith("."):
        return "begins or ends with a blank or a dot"
    if found := _FORBIDDEN.search(name):
        return f"has {found[0]!a} in it"
    if _DEVICES.fullmatch(name):
        return "some systems keep for a device"
    if len(name.encode()) > MOST_NAME_BYTES:
        return f"has {len(name.encode())} bytes"
    return ""


_A_NAME = (
    f'at most {MOST_NAME_BYTES} bytes without / \\ < > : " | ? * and with no dot in front',
    "rename the file",
)


class Incoming:
    """The folder of one home that articles are handed in to. Threads may share it."""

    def __init__(self, folder: Path, room: Room = Room()) -> None:
        """``folder`` need not exist: it is made when the first article comes."""
        self._folder = folder
        self._room = room
        self._lock = threading.Lock()

    def put(self, given: str, content: bytes, *, replace: bool = False) -> Outcome:
        """Keep ``content`` under the name ``given``; what that meant.

        Raises NameRefused, KindRefused, TooLarge, NoRoom, HomeError when the folder cannot be
        written, and Taken for a name that other content has, unless ``replace``.
        """
        name = article_name(given)
        if not content:
            raise UsageError(f"got {name!r}, which is empty", "an article", "check the file")
        if len(content) > MAX_ARTICLE_BYTES:
            raise TooLarge(
                f"got {name!r} of {len(content) / 1e6:,.1f} MB",
                f"at most {MAX_ARTICLE_BYTES / 1e6:,.0f} MB",
                "split it, or put it into a folder that is a source",
            )
        try:
            with self._lock:
                return self._put(name, content, replace)
        except OSError as error:
            raise HomeError(
                f"could not write {name!r} into {self._folder} ({error.strerror})",
                "a folder this user can write to, with room",
                "make room or mend its permissions",
            ) from error

    def _put(self, name: str, content: bytes, replace: bool) -> Outcome:
        self._folder.mkdir(parents=True, exist_ok=True)
        self._sweep()
        there = self._named(name)
        if there is not None and _holds(there, content):
            return "same"
        if there is not None and not (replace and there.is_file() and not there.is_symlink()):
            raise Taken(
                f"got {name!r}, and another file has that name",
                "a name that is free",
                "rename the file, or say that the other is to be replaced",
            )
        self._require_room(len(content))
        target = there or self._folder / name
        written = self._write(content)
        try:
            if there is None:
                _name_it(written, target)
            else:
                os.replace(written, target)
        except FileExistsError as error:
            raise Taken(
                f"got {name!r}, and another file was given that name just now",
                "a name that is free",
                "try again",
            ) from error
        finally:
            written.unlink(missing_ok=True)
        sync_folder(self._folder)
        return "added" if there is None else "replaced"

    def _named(self, name: str) -> Path | None:
        """What is there under ``name``, however its letters and accents are put together."""
        exact = self._folder / name
        if os.path.lexists(exact):
            return exact
        for other in os.listdir(self._folder):
            if unicodedata.normalize("NFC", other) == name:
                return self._folder / other
        return None

    def _require_room(self, size: int) -> None:
        held = _held(self._folder)
        if held + size > self._room.folder:
            raise NoRoom(
                f"{self._folder} holds {held / 1e9:,.1f} GB",
                f"at most {self._room.folder / 1e9:,.1f} GB of files that were handed in",
                "move some of them to a folder that is a source of its own",
            )
        free = shutil.disk_usage(self._folder).free
        if free - size < self._room.left:
            raise NoRoom(
                f"the disk of {self._folder} has {free / 1e9:,.1f} GB left",
                f"at least {self._room.left / 1e9:,.1f} GB when the file is written",
                "make room on it",
            )

    def _write(self, content: bytes) -> Path:
        """A finished file of a hidden name in the folder."""
        descriptor, path = tempfile.mkstemp(prefix=_TEMPORARY, dir=self._folder)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            os.chmod(path, 0o644)  # mkstemp's own is for its owner only; articles are for editing
        except OSError:
            os.unlink(path)
            raise
        return Path(path)

    def _sweep(self) -> None:
        """Remove what a killed server left half written."""
        edge = time.time() - _ABANDONED_SECONDS
        for path in self._folder.glob(f"{_TEMPORARY}*"):
            with suppress(OSError):
                if path.lstat().st_mtime < edge:
                    path.unlink()


def _name_it(written: Path, target: Path) -> None:
    """Give a finished file its name. Raises FileExistsError rather than take another's."""
    try:
        os.link(written, target)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links; ours is the only server that writes here
        if os.path.lexists(target):
            raise FileExistsError from None
        os.rename(written, target)


def _holds(path: Path, content: bytes) -> bool:
    """Whether ``path`` is a file, and no link, of this content."""
    with suppress(FileNotFoundError):  # somebody may take it out meanwhile
        if not path.is_symlink() and path.is_file() and path.stat().st_size == len(content):
            return path.read_bytes() == content
    return False


def _held(folder: Path) -> int:
    """The bytes of all files in ``folder``; others may come and go while they are counted."""
    held = 0
    with os.scandir(folder) as entries:
        for entry in entries:
            with suppress(FileNotFoundError):
                if entry.is_file():
                    held += entry.stat().st_size
    return held
