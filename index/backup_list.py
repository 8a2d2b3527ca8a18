"""What stands in a backup file: a zip with the home's files, and a list that vouches for them.

``backup.json`` is the last member: the name, size and sha256 of every other one, and the hash
of the list itself. Names are those below the home, "/" between parts, and can only be such as
a backup writes: nothing absolute, no "..", no model and no lock.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from dataclasses import asdict, dataclass, fields
from typing import Any

from corpus.errors import HomeError, UsageError

LIST = "backup.json"
FORMAT = 1
KIND = "townbook backup"
FOLDERS = ("articles", "fetched")  # kept file by file
# Beside these a home has small files of its own, settings and feedback among them.
BESIDE = (".json", ".jsonl", ".sqlite", ".toml")

_MOST_NAME = 1024  # characters
_SNAPSHOT_FILE = re.compile(r"snapshots/[0-9]{6,}/[^/]+", re.ASCII)
# NUL, lone surrogates, and what another system reads as a folder or a drive.
_UNUSABLE = re.compile(r"[\0\\:\ud800-\udfff]" if os.name == "nt" else r"[\0\ud800-\udfff]")
_REMEDY = "take another backup file"


@dataclass(frozen=True, slots=True)
class Member:
    """One file of the home."""

    name: str
    size: int  # bytes
    sha256: str
    mtime_ns: int  # when it was last changed, so that the next refresh need not read it again


@dataclass(frozen=True, slots=True)
class BackupList:
    """All that a backup holds."""

    kind: str
    format: int
    created: str  # ISO 8601, UTC
    home: str  # the path it was made of
    snapshot: str | None  # the published one's number; None when nothing sound was published
    members: tuple[Member, ...]  # in the order they stand in the file

    def to_bytes(self) -> bytes:
        """The list as it is written, with its own hash."""
        return _canonical(
            {**asdict(self), "sha256": hashlib.sha256(_canonical(asdict(self))).hexdigest()}
        )


def read_list(content: bytes, file: object) -> BackupList:
    """The list that ``content`` holds; HomeError when ``file`` is none of ours, or altered."""
    try:
        value: dict[str, Any] = json.loads(content)
        if value["kind"] != KIND or value["format"] != FORMAT:
            raise HomeError(
                f"got {file} of kind {value['kind']!r}, format {value['format']}",
                f"a {KIND} of format {FORMAT}",
                "restore it with the version that wrote it, or a later one",
            )
        names = {field.name for field in fields(BackupList)} - {"members"}
        members = tuple(Member(**member) for member in value["members"])
        found = BackupList(**{name: value[name] for name in names}, members=members)
        for member in members:
            require_name(member.name)
            _require(isinstance(member.size, int) and member.size >= 0, member)
            _require(re.fullmatch(r"[0-9a-f]{64}", member.sha256), member)
            _require(isinstance(member.mtime_ns, int), member)
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise HomeError(f"got {file} with a damaged list ({error})", "a list", _REMEDY) from error
    if found.to_bytes() != content:
        raise HomeError(f"got {file} with an altered list", "the list as written", _REMEDY)
    return found


def require_name(name: str) -> None:
    """Raise UsageError unless ``name`` is one that a backup can write."""
    parts = name.split("/")
    plain = (
        len(name) <= _MOST_NAME
        and not any(part in ("", ".", "..") for part in parts)
        and not _UNUSABLE.search(name)
    )
    kept = (
        (parts[0] in FOLDERS and len(parts) > 1)
        or name in ("library.sqlite", "CURRENT")
        or bool(_SNAPSHOT_FILE.fullmatch(name))
        or is_beside(name)
    )
    if not (plain and kept):
        raise UsageError(
            f"got a backup with a file called {name[:200]!r}",
            "names that a home's files have",
            "do not restore it: it was not made by `townbook backup`",
        )


def is_beside(name: str) -> bool:
    """Whether a file of that name at the top of a home belongs into a backup."""
    return (
        "/" not in name
        and not name.startswith(".")
        and name.endswith(BESIDE)
        and name not in (LIST, "library.sqlite")
    )


def _require(holds: object, member: Member) -> None:
    if not holds:
        raise ValueError(f"{member.name!r} is described wrongly")


def _canonical(value: dict[str, Any]) -> bytes:
    return f"{json.dumps(value, indent=1, sort_keys=True)}\n".encode()
