"""Leases: a reader keeps a snapshot's folder from being removed while it uses it.

A lease is a shared lock on the folder's manifest.json, taken through a descriptor that is
open for reading: it needs no right to write, leaves no file behind, and the system drops it
when the process ends, however it ends. On Windows the open file itself prevents removal.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from index.manifest import MANIFEST

try:
    import fcntl
except ImportError:  # Windows: see above
    fcntl = None  # type: ignore[assignment]  # there is no stand-in for a module's type


def take(folder: Path) -> BinaryIO:
    """A lease on ``folder``, held until the returned file is closed.

    Raises FileNotFoundError when the folder is gone or is being removed right now.
    """
    file = open(folder / MANIFEST, "rb")  # noqa: SIM115 - open for as long as the lease is held
    try:
        if fcntl is not None:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        raise FileNotFoundError(f"{folder} is being removed") from None
    except BaseException:
        file.close()
        raise
    return file


@contextmanager
def exclusive(folder: Path) -> Iterator[bool]:
    """Whether nobody leases ``folder``; while the block runs nobody can begin to."""
    try:
        file = open(folder / MANIFEST, "rb")  # noqa: SIM115 - closed below
    except OSError:
        yield True  # without a manifest it was never published, so nobody reads it
        return
    with file:
        try:
            if fcntl is not None:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True
