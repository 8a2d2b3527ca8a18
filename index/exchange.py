"""Two folders change names in one step, so that there is no moment without a home.

Linux can do that (renameat2), and Python has no word for it. Elsewhere it takes two renames;
killed between them, the home is missing and both folders stand beside it, whole.
"""

from __future__ import annotations

import ctypes
import errno
import os
from pathlib import Path

_HERE = -100  # AT_FDCWD
_EXCHANGE = 2  # RENAME_EXCHANGE
# The kernel, the C library or the file system does not know how.
_UNKNOWN = {errno.ENOSYS, errno.EINVAL, errno.EOPNOTSUPP}


def exchange(fresh: Path, place: Path, aside: Path) -> None:
    """Give ``fresh`` the name ``place``, and what had it the name ``aside``, which is unused.

    All three lie on one disk. Raises OSError, with ``place`` as it was.
    """
    os.rename(fresh, aside)
    try:
        if _swap(aside, place):
            return
        os.rename(aside, fresh)
    except OSError:
        os.rename(aside, fresh)
        raise
    os.rename(place, aside)
    try:
        os.rename(fresh, place)
    except OSError:
        os.rename(aside, place)
        raise


def _swap(one: Path, other: Path) -> bool:
    """Swap two names; False where this system cannot."""
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError, TypeError):  # TypeError: there is no such CDLL on Windows
        return False
    if rename(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE) == 0:
        return True
    code = ctypes.get_errno()
    if code in _UNKNOWN:
        return False
    raise OSError(code, os.strerror(code), str(other))
