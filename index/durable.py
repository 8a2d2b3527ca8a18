"""Writing so that a power cut leaves the old file or the new one, never half of either.

The order of the calls is the commit protocol; what is written is the callers' business.
A failed fsync is never retried: after it the kernel may have dropped the dirty pages, and a
second call would report success for bytes that are gone.
"""

from __future__ import annotations

import os
from pathlib import Path


def write_file(path: Path, content: bytes) -> None:
    """Write a new file and bring its bytes to the disk. Its name is safe after sync_folder."""
    with open(path, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def sync_file(path: Path) -> None:
    """Bring to the disk a file that some library has written."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_folder(path: Path) -> None:
    """Bring a folder's names to the disk: without it a rename may be lost with the power."""
    if os.name == "nt":  # Windows cannot open folders; NTFS journals names by itself
        return
    sync_file(path)


def rename_folder(source: Path, target: Path) -> None:
    """Give a finished folder its name; both lie in the same parent."""
    os.rename(source, target)
    sync_folder(target.parent)


def replace_file(path: Path, content: bytes) -> None:
    """Swap ``path`` for a file with ``content``, atomically."""
    fresh = path.with_name(path.name + ".tmp")
    write_file(fresh, content)
    os.replace(fresh, path)
    sync_folder(path.parent)
