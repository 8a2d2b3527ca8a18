"""The bytes of one file: whole, unchanging while they were read, and hashed.

Knows how to open a file without being led elsewhere or kept waiting. It refuses to interpret
the bytes, and to hand out half a file that somebody is still writing.
"""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from corpus.errors import Unreadable
from corpus.sources import Item

MOST_BYTES = 50 * 2**20  # of one file
_CHUNK = 2**20
_ATTEMPTS = 4
_PAUSE_SECONDS = 0.25  # between attempts: a copy in progress has grown by then


@dataclass(frozen=True, slots=True)
class Raw:
    """What is in a file; ``data`` is None when there is more of it than is read."""

    sha256: str  # of all the bytes
    size: int
    data: bytes | None


def read_raw(item: Item, pause: Callable[[float], None] = time.sleep) -> Raw:
    """The bytes behind ``item``; Unreadable with stage "open" where they cannot be had."""
    for attempt in range(_ATTEMPTS):
        if attempt:
            pause(_PAUSE_SECONDS)
        try:
            raw = _read_once(item)
        except FileNotFoundError:
            continue  # replaced by rename just now, perhaps
        except OSError as error:
            raise Unreadable("open", error.strerror or type(error).__name__) from error
        if raw is not None:
            return raw
    if not os.path.lexists(item.path):
        raise Unreadable("open", "vanished while being read")
    raise Unreadable("open", "kept changing while being read")


def _read_once(item: Item) -> Raw | None:
    """The file as it is now, or None if it changed in the meantime."""
    path = item.path
    # The folder may have changed since it was surveyed: a link there now leads elsewhere.
    if path.resolve(strict=True) != path:
        raise Unreadable("open", "has become a link")
    # NONBLOCK: opening a FIFO would wait for ever for somebody to write into it.
    flags = os.O_RDONLY
    for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_BINARY"):
        flags |= getattr(os, name, 0)
    with open(os.open(path, flags), "rb") as file:
        before = os.fstat(file.fileno())
        if not stat.S_ISREG(before.st_mode):
            raise Unreadable("open", "not a regular file")
        digest = sha256()
        kept: list[bytes] | None = [] if before.st_size <= MOST_BYTES else None
        size = 0
        while size <= before.st_size and (chunk := file.read(_CHUNK)):
            digest.update(chunk)
            size += len(chunk)
            if kept is not None:
                kept.append(chunk)
        after = os.fstat(file.fileno())
    if size != before.st_size or _changed(before, after) or _changed(after, _stat(path)):
        return None
    return Raw(digest.hexdigest(), size, None if kept is None else b"".join(kept))


def _stat(path: Path) -> os.stat_result:
    return os.stat(path, follow_symlinks=False)


def _changed(before: os.stat_result, after: os.stat_result) -> bool:
    return (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns)
