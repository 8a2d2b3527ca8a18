"""A place to make something in, beside where it will stand: same disk, so a rename finishes it.

The folder is locked while it is in use and removed at the end. A killed process leaves its own
behind; the next one that wants the same place finds it unlocked and removes it.
"""

from __future__ import annotations

import glob
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from corpus.errors import UsageError
from index import durable

try:
    import fcntl
except ImportError:  # Windows: a folder with open files cannot be removed there anyway
    fcntl = None  # type: ignore[assignment]  # there is no stand-in for a module's type

_SUFFIX = ".partial"


@contextmanager
def beside(target: Path) -> Iterator[Path]:
    """A new, private, empty folder next to ``target``. Raises OSError where none can be made."""
    stem = f".{target.name}-"
    for leftover in glob.glob(f"{glob.escape(stem)}*{_SUFFIX}", root_dir=target.parent):
        with _claimed(target.parent / leftover) as free:
            if free:
                shutil.rmtree(target.parent / leftover, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix=stem, suffix=_SUFFIX, dir=target.parent))
    try:
        with _claimed(folder):
            yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def give_name(partial: Path, target: Path, force: bool) -> None:
    """Move a finished file to ``target``; unless ``force``, UsageError when there is one by now."""
    if force:
        os.replace(partial, target)
    else:
        try:
            os.link(partial, target)  # unlike a rename it fails when there is one by now
        except FileExistsError:
            raise UsageError(
                f"{target} appeared meanwhile", "a new file", "give another name"
            ) from None
        except OSError:  # a file system without links
            os.rename(partial, target)
    durable.sync_folder(target.parent)


@contextmanager
def _claimed(folder: Path) -> Iterator[bool]:
    """Whether nobody else has claimed ``folder``; nobody can while the block runs."""
    if fcntl is None:
        yield True
        return
    try:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    except OSError:
        yield False  # gone by now, or no folder
        return
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True
    finally:
        os.close(descriptor)
