"""The right to write to a home, which one process has at a time.

An operating system's lock: it is free at once when its holder dies.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import filelock

from corpus.errors import Busy, HomeError
from index.home import Home


@contextmanager
def writer(home: Home) -> Iterator[None]:
    """Be the one process that writes. Raises Busy at once when there is another."""
    lock = filelock.FileLock(home.writer_lock, timeout=0)
    try:
        lock.acquire()
    except filelock.Timeout:
        raise Busy(
            f"another process is refreshing {home.path}",
            "one refresh at a time",
            "wait for it to end and run the command again",
        ) from None
    except OSError as error:
        raise HomeError(
            f"could not write {home.writer_lock} ({error.strerror})",
            "a folder this user can write to",
            "give another --home or mend its permissions; questions still work",
        ) from error
    try:
        yield
    finally:
        lock.release()
