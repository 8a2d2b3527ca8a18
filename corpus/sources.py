"""Which files there are to read: a folder or one file, as items with a cheap fingerprint.

Knows names, sizes and times, and which paths may be opened at all. It refuses to open a file,
to follow a link out of its folder, and to touch anything that is not a regular file.
"""

from __future__ import annotations

import os
import re
import stat
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import UsageError
from corpus.readers import SUFFIXES
from corpus.text import canonical


@dataclass(frozen=True, slots=True)
class Item:
    """One file to read. Same size and time as last time: almost surely the same bytes."""

    source: str  # path below the origin, "/" between parts, NFC; see Document.source
    origin: str  # the resolved folder or file it was found by
    path: Path  # resolved: no part of it was a link when it was found
    size: int  # bytes
    mtime_ns: int
    url: str | None = None  # where it was fetched from, if it was


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that was found and is not read, with the reason in a few words."""

    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class Survey:
    """Everything found under one origin: items and skipped together are all its files."""

    origin: str
    items: tuple[Item, ...]
    skipped: tuple[Skipped, ...]
    # True: without items, all of it was removed on purpose. A folder never knows that.
    is_certain: bool = False
    remarks: tuple[str, ...] = ()  # what a person should know of it, one line each


def discover(root: str | Path) -> Iterator[Item]:
    """The items of a folder, all its levels, or of one file, ordered by source name.

    UsageError if there is no such folder or file, or it is a file no reader knows.
    """
    yield from survey(root).items


def survey(root: str | Path) -> Survey:
    """What ``discover`` yields, and beside it every file that was passed over."""
    origin = _resolved(root)
    if not origin.is_dir():
        return _single(origin)
    items: dict[str, Item] = {}
    skipped: list[Skipped] = []
    for path in _files_below(origin):
        source = source_name(path.relative_to(origin))
        found = _examine(path, source, origin)
        if isinstance(found, Item) and source in items:
            # Two spellings that Unicode calls equal; sources must be unique.
            skipped.append(Skipped(source, "another file has the same name in NFC"))
        elif isinstance(found, Item):
            items[source] = found
        else:
            skipped.append(found)
    return Survey(
        origin=str(origin),
        items=tuple(items[source] for source in sorted(items)),
        skipped=tuple(sorted(skipped, key=lambda skip: (skip.source, skip.reason))),
    )


def source_name(relative: Path) -> str:
    """The name a file below a folder goes by: ``/`` between parts, NFC, one line."""
    # Bytes that are not UTF-8 reach us as surrogates, which nothing can store.
    name = os.fsencode(relative.as_posix()).decode("utf-8", errors="replace")
    return unicodedata.normalize("NFC", re.sub(r"\s*\n\s*", " ", canonical(name)))


def _resolved(root: str | Path) -> Path:
    path = Path(root).expanduser()
    try:
        origin = path.resolve(strict=True)
        is_usable = origin.is_dir() or stat.S_ISREG(origin.stat().st_mode)
    except (OSError, RuntimeError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise UsageError(
            f"{path} cannot be read ({reason})", "a folder or a file", "check the path"
        ) from error
    if not is_usable:
        raise UsageError(
            f"{path} is neither a folder nor a regular file", "a folder or a file", "check the path"
        )
    return origin


def _single(path: Path) -> Survey:
    if path.suffix.lower() not in SUFFIXES:
        raise UsageError(
            f"{path.name} is of a kind no reader knows",
            "a file ending in " + " ".join(sorted(SUFFIXES)),
            "convert it or leave it out",
        )
    facts = path.stat()
    item = Item(source_name(Path(path.name)), str(path), path, facts.st_size, facts.st_mtime_ns)
    return Survey(str(path), (item,), ())


def _files_below(origin: Path) -> Iterator[Path]:
    """Every name below ``origin`` that is not a folder, hidden folders left out, in order."""
    for folder, folders, names in os.walk(origin, followlinks=False):
        linked = [name for name in folders if Path(folder, name).is_symlink()]
        # In place: os.walk goes down what is left in the list, in its order.
        folders[:] = sorted(n for n in folders if n not in linked and not n.startswith("."))
        for name in sorted([*names, *linked]):
            yield Path(folder, name)


def _examine(path: Path, source: str, origin: Path) -> Item | Skipped:
    if path.name.startswith("."):
        return Skipped(source, "hidden")
    if path.name.startswith("~$"):
        return Skipped(source, "an Office lock file")
    try:
        target = path.resolve(strict=True) if path.is_symlink() else path
        if target is not path and not target.is_relative_to(origin):
            return Skipped(source, "a link that leaves the folder")
        facts = target.lstat()
    except (OSError, RuntimeError):
        return Skipped(source, "cannot be read")
    if target is not path and stat.S_ISDIR(facts.st_mode):
        return Skipped(source, "a link to a folder")
    if not stat.S_ISREG(facts.st_mode):
        return Skipped(source, "not a regular file")
    # The suffix of the name shown chooses the reader; a link may not disguise another kind.
    if path.suffix.lower() not in SUFFIXES or target.suffix.lower() not in SUFFIXES:
        return Skipped(source, f"no reader for {path.suffix.lower() or 'files without suffix'}")
    return Item(source, str(origin), target, facts.st_size, facts.st_mtime_ns)
