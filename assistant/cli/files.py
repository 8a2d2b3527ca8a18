"""Files that a command writes where a person says: whole or not at all, and none by accident."""

from __future__ import annotations

import os
from pathlib import Path

from corpus.errors import HomeError, UsageError


def new_file(name: str, force: bool) -> Path:
    """Where ``name`` would be written, looked at before any work is done.

    Raises UsageError for a folder, and for a file that is there unless ``force``.
    """
    file = Path(name).expanduser().absolute()
    if not file.parent.is_dir():
        raise UsageError(f"{file.parent} is no folder", "an existing folder", "check the path")
    if file.is_dir():
        raise UsageError(f"{file} is a folder", "a file to write", "add a name to it")
    if os.path.lexists(file) and not force:
        raise UsageError(
            f"{file} is there already", "a new file", "give another name, or --force to replace it"
        )
    return file


def write(file: Path, content: bytes, force: bool) -> None:
    """Write ``content`` beside ``file`` and give it that name last. Raises HomeError."""
    from index import durable  # imported here: help needs no index
    from index.aside import beside, give_name

    try:
        with beside(file) as room:
            durable.write_file(room / "whole", content)
            give_name(room / "whole", file, force)
    except OSError as error:
        raise HomeError(
            f"could not write {file} ({error.strerror or error})",
            "a folder with room that can be written to",
            "give another place",
        ) from error
