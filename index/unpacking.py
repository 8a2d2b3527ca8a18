"""Unpacking a backup file that is not trusted.

Its members are held against its list before one is unpacked -- names, kinds, sizes, none twice,
none without being listed -- and no more is ever unpacked than the list says. What was unpacked
is compared with its sha256. It refuses links, bombs and names that lead elsewhere.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

from corpus.errors import HomeError, UsageError
from index import durable
from index.backup_list import LIST, BackupList, Member, read_list
from index.refresh import Progress

_CHUNK = 2**20
_PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_MOST_LIST_BYTES = 512 * 2**20  # some two million files
# What we write shrinks to a tenth at best; a bomb claims a thousand times its size and more.
_MOST_RATIO = 200
_SMALL = 64 * 2**20  # bytes that any backup may unpack to
_REMEDY = "take another backup file; nothing was changed"


def opened(file: Path) -> zipfile.ZipFile:
    """The zip; UsageError when there is none, HomeError when it is none."""
    try:
        return zipfile.ZipFile(file)
    except OSError as error:
        raise UsageError(
            f"could not read {file} ({error.strerror})", "a backup file", "check the path"
        ) from error
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise _damaged(file, str(error)) from error


def checked(archive: zipfile.ZipFile, file: Path, disk: Path) -> BackupList:
    """The list, when all that can be known without unpacking is as it says.

    ``disk`` is a folder where it shall be unpacked. Raises HomeError when the file is no backup,
    or damaged, or there is no room; UsageError when it holds what no backup does.
    """
    entries = archive.infolist()
    names = [entry.filename for entry in entries]
    packed = os.fstat(archive.fp.fileno()).st_size if archive.fp else 0
    if LIST not in names:
        raise HomeError(f"got {file} without {LIST}", "a file made by `townbook backup`", _REMEDY)
    for entry in entries:
        kind = stat.S_IFMT(entry.external_attr >> 16)
        if kind not in (0, stat.S_IFREG) or entry.is_dir():
            raise _damaged(file, f"{entry.filename[:200]!r} is no regular file")
        if entry.flag_bits & 1 or entry.compress_type not in _PACKINGS:
            raise _damaged(file, f"{entry.filename[:200]!r} is packed otherwise than a backup's")
    if len(set(names)) != len(names):
        raise _damaged(file, "it has two files of one name")
    total = sum(entry.file_size for entry in entries)
    if sum(entry.compress_size for entry in entries) > packed or total > max(
        _SMALL, _MOST_RATIO * packed
    ):
        raise _damaged(file, f"{packed:,} bytes claim to unpack to {total:,}")
    own = archive.getinfo(LIST)
    if own.file_size > _MOST_LIST_BYTES:
        raise _damaged(file, f"a list of {own.file_size:,} bytes")
    listed = read_list(_read_list_bytes(archive, own, file), file)
    claimed = {entry.filename: entry.file_size for entry in entries if entry is not own}
    if claimed != {member.name: member.size for member in listed.members} or len(claimed) != len(
        listed.members
    ):
        raise _damaged(file, "its files are not those of its list")
    free = shutil.disk_usage(disk).free
    if total > free:
        raise HomeError(
            f"got {file} of {total:,} bytes and a disk with {free:,} free",
            "room for all of it beside the home",
            "make room, or give another --home; nothing was changed",
        )
    return listed


def _read_list_bytes(archive: zipfile.ZipFile, own: zipfile.ZipInfo, file: Path) -> bytes:
    try:
        with archive.open(own) as source:
            return source.read(own.file_size + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError) as error:
        raise _damaged(file, str(error)) from error


def unpack(
    archive: zipfile.ZipFile,
    listed: BackupList,
    file: Path,
    folder: Path,
    progress: Callable[[Progress], None],
) -> None:
    """Every member below ``folder``, as listed and on the disk for good."""
    folder.mkdir()
    folders = {folder}
    for done, member in enumerate(listed.members):
        progress(Progress("restore", done, len(listed.members)))
        path = folder.joinpath(*member.name.split("/"))
        path.parent.mkdir(parents=True, exist_ok=True)
        folders.update(p for p in path.parents if p == folder or folder in p.parents)
        _unpack_one(archive, member, file, path)
    for inner in sorted(folders, reverse=True):
        durable.sync_folder(inner)
    progress(Progress("restore", len(listed.members), len(listed.members)))


def _unpack_one(archive: zipfile.ZipFile, member: Member, file: Path, path: Path) -> None:
    digest, left = hashlib.sha256(), member.size
    try:
        # "x": names that a file system takes for one would write over each other.
        with archive.open(member.name) as source, open(path, "xb") as target:
            while chunk := source.read(min(_CHUNK, left + 1)):
                left -= len(chunk)
                if left < 0:
                    break
                digest.update(chunk)
                target.write(chunk)
            target.flush()
            os.fsync(target.fileno())
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise _damaged(file, f"{member.name!r}: {error}") from error
    except FileExistsError as error:
        raise _damaged(file, f"{member.name!r} and another name are one here") from error
    if left or digest.hexdigest() != member.sha256:
        raise _damaged(file, f"{member.name!r} is not what was backed up")
    os.utime(path, ns=(member.mtime_ns, member.mtime_ns))


def _damaged(file: Path, reason: str) -> HomeError:
    return HomeError(f"got {file}, a damaged backup ({reason})", "the file as written", _REMEDY)
