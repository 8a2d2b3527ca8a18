"""Which files of a home a backup keeps one by one: articles, fetched pages, small files beside.

It opens none of them. Links are kept as the file they lead to, if that lies in the same folder;
what is left out is named, with the reason.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from corpus.errors import UsageError
from index.backup_list import FOLDERS, is_beside, require_name
from index.home import Home


def small_files(home: Home) -> list[Path]:
    """Settings, feedback and the like at the top of the home, by name; SQLite files included."""
    try:
        names = sorted(os.listdir(home.path))
    except OSError:
        return []
    paths = [home.path / name for name in names if is_beside(name)]
    return [path for path in paths if path.is_file() and not path.is_symlink()]


def kept_files(home: Home, remarks: list[str]) -> Iterator[tuple[str, Path]]:
    """Name in the backup and path of each file that is copied as it is, SQLite files aside.

    Adds a line to ``remarks`` for each one that is left out.
    """
    for path in small_files(home):
        if path.suffix != ".sqlite":
            yield path.name, path
    for top in FOLDERS:
        origin = (home.path / top).resolve()
        for folder, folders, names in os.walk(origin, followlinks=False):
            linked = [name for name in folders if Path(folder, name).is_symlink()]
            folders[:] = sorted(name for name in folders if name not in linked)
            for name in sorted([*names, *linked]):
                path = Path(folder, name)
                shown = f"{top}/{path.relative_to(origin).as_posix()}"
                if reason := _left_out(path, origin, shown):
                    remarks.append(f"{shown!r} was left out: {reason}")
                else:
                    yield shown, path


def _left_out(path: Path, origin: Path, name: str) -> str | None:
    """Why this file does not belong into a backup; None when it does."""
    try:
        require_name(name)
        target = path.resolve(strict=True)
        facts = target.lstat()
    except UsageError:
        return "not every system can take its name"
    except (OSError, RuntimeError):
        return "cannot be read"
    if not target.is_relative_to(origin):
        return "a link that leaves the folder"
    return None if stat.S_ISREG(facts.st_mode) else "not a regular file"
