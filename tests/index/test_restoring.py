"""A restore trusts nothing, shows nothing before all is checked, and loses nothing."""

from __future__ import annotations

import errno
import json
import os
import random
import shutil
import signal
import sqlite3
import stat
import time
import zipfile
import zlib
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import asdict, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from corpus.errors import Busy, HomeError, TownbookError, UsageError
from index import exchange, restoring
from index.backup import backup
from index.backup_list import LIST, BackupList, Member, read_list
from index.home import Home
from index.library import Library
from index.migrating import newest
from index.restoring import restore
from index.snapshot import open_current
from index.writing import writer
from tests.index.test_backup import run
from tests.index.workshop import ARTICLES, Workshop


@pytest.fixture
def file(indexed: Workshop, tmp_path: Path) -> Path:
    """A backup of five articles, one of them in the home's own folder."""
    indexed.home.articles.mkdir()
    (indexed.home.articles / "own.txt").write_text("Own\n\nThe home's own article.\n" * 20)
    indexed.refresh()
    folder = tmp_path / "backups"
    folder.mkdir()
    backup(indexed.home, folder / "home.zip")
    return folder / "home.zip"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Where a home may be restored, with nothing beside it."""
    (tmp_path / "elsewhere").mkdir()
    return tmp_path / "elsewhere" / "home"


def refused(file: Path, place: Path, match: str | None = None) -> None:
    """The restore says what is wrong, and leaves no trace."""
    with pytest.raises(TownbookError, match=match):
        restore(file, place)
    assert os.listdir(place.parent) == []


def rewritten(
    file: Path,
    change: Callable[[dict[str, bytes]], None],
    describe: Callable[[BackupList], BackupList] = lambda listed: listed,
) -> Path:
    """A backup whose members somebody changed, with a list that vouches for them all the same."""
    with zipfile.ZipFile(file) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    listed = read_list(members.pop(LIST), file)
    change(members)
    rows = tuple(Member(n, len(c), sha256(c).hexdigest(), 0) for n, c in members.items())
    described = describe(replace(listed, members=rows))
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
        archive.writestr(LIST, described.to_bytes())
    return file


def test_only_a_missing_or_empty_home_is_restored_into(file: Path, place: Path) -> None:
    place.mkdir()
    place.chmod(0o750)
    restore(file, place)
    assert len(open_current(place).documents()) == 6
    assert stat.S_IMODE(place.stat().st_mode) == 0o750
    before = sorted(place.rglob("*"))
    with pytest.raises(UsageError, match="--force"):
        restore(file, place)
    assert sorted(place.rglob("*")) == before


def test_with_force_the_home_that_was_there_is_put_aside_whole(file: Path, place: Path) -> None:
    (place / "models").mkdir(parents=True)
    (place / "models" / "mine").write_text("mine")
    first = restore(file, place, force=True)
    second = restore(file, place, force=True)
    assert first.aside == str(place.with_name("home.before-restore-1"))
    assert (Path(first.aside) / "models" / "mine").read_text() == "mine"
    assert second.aside == str(place.with_name("home.before-restore-2"))
    assert len(open_current(Path(second.aside)).documents()) == 6
    assert sorted(os.listdir(place.parent)) == [
        "home",
        "home.before-restore-1",
        "home.before-restore-2",
    ]


def test_where_names_cannot_be_swapped_two_renames_do(
    file: Path, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exchange, "_swap", lambda *_: False)
    place.mkdir()
    (place / "mine").write_text("mine")
    report = restore(file, place, force=True)
    assert report.aside is not None
    assert (Path(report.aside) / "mine").read_text() == "mine"
    assert len(open_current(place).documents()) == 6


@pytest.mark.parametrize("swaps", [True, False])
def test_a_rename_that_fails_leaves_the_home_that_was_there(
    file: Path, place: Path, monkeypatch: pytest.MonkeyPatch, swaps: bool
) -> None:
    place.mkdir()
    (place / "mine").write_text("mine")
    real = os.rename

    def fails(source: Path, target: Path) -> None:
        if Path(target) == place and "partial" in str(source):
            raise OSError(errno.EACCES, os.strerror(errno.EACCES))
        real(source, target)

    def refuses(*_: Path) -> bool:
        raise OSError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr(exchange, "_swap", refuses if swaps else lambda *_: False)
    monkeypatch.setattr(os, "rename", fails)
    with pytest.raises(HomeError, match="nothing was changed"):
        restore(file, place, force=True)
    assert os.listdir(place.parent) == ["home"]
    assert (place / "mine").read_text() == "mine"


def test_a_home_that_is_being_refreshed_is_not_put_aside(file: Path, indexed: Workshop) -> None:
    with writer(indexed.home), pytest.raises(Busy):
        restore(file, indexed.home, force=True)
    assert len(indexed.open().documents()) == 6


def test_a_home_reached_by_a_link_is_restored_where_it_leads(file: Path, place: Path) -> None:
    (place.parent / "real").mkdir()
    place.symlink_to(place.parent / "real")
    restore(file, place)
    assert place.is_symlink()
    assert len(open_current(place).documents()) == 6


def test_sources_that_are_not_there_are_named_and_keep_answering(
    indexed: Workshop, file: Path, place: Path
) -> None:
    shutil.rmtree(indexed.folder)
    report = restore(file, place)
    assert len(report.remarks) == 1
    assert str(indexed.folder) in report.remarks[0]
    assert len(open_current(place).documents()) == 6
    copy = Workshop(Home(place), indexed.folder, indexed.encoder, indexed.pool)
    assert copy.refresh(str(place / "articles")).removed == 0
    assert len(open_current(place).documents()) == 6


def test_killed_at_any_step_the_old_home_or_the_restored_one_is_there(
    file: Path, tmp_path: Path
) -> None:
    both = tmp_path / "both"
    both.mkdir()
    shutil.copy(file, both / "home.zip")
    home = both / "home"

    def old() -> None:
        for path in both.iterdir():
            if path.is_dir():
                shutil.rmtree(path)
        home.mkdir()
        (home / "mine").write_text("mine")

    old()
    total = int(run("restore", home, both / "home.zip", 0).stdout)
    assert total > 12
    outcomes = []
    for step in [1, *range(3, total - 6, 8), *range(total - 5, total + 1)]:
        old()
        killed = run("restore", home, both / "home.zip", step)
        assert killed.returncode == -signal.SIGKILL, killed.stderr
        is_new = (home / "CURRENT").exists()
        outcomes.append(is_new)
        if is_new:
            assert len(open_current(home).documents()) == 6
            [aside] = both.glob("home.before-restore-*")
            assert (aside / "mine").read_text() == "mine"
        else:
            assert (home / "mine").read_text() == "mine"
        restore(both / "home.zip", home, force=True)
        assert len(open_current(home).documents()) == 6
        assert not list(both.glob(".*"))
        assert any((aside / "mine").exists() for aside in both.glob("home.before-restore-*"))
    assert outcomes == sorted(outcomes)
    assert outcomes[0] is False
    assert outcomes[-1] is True


def test_no_changed_byte_goes_unnoticed(file: Path, tmp_path: Path) -> None:
    """Or what is restored is what was backed up: zip has bytes that say nothing."""
    place = tmp_path / "sound" / "home"
    restore(file, place)
    expected = contents(place)
    content = file.read_bytes()
    chance = random.Random(11)  # noqa: S311 - repeatable damage, not a secret
    found = 0
    for number in range(120):
        spoilt = bytearray(content)
        if number % 4 == 0:
            del spoilt[chance.randrange(len(spoilt)) :]
        elif number % 4 == 1:
            # Where the list and the zip's own directory stand.
            spoilt[-chance.randrange(1, 6000)] ^= 1 << chance.randrange(8)
        else:
            spoilt[chance.randrange(len(spoilt))] ^= 1 << chance.randrange(8)
        file.write_bytes(spoilt)
        target = tmp_path / f"t{number}" / "home"
        try:
            restore(file, target)
        except TownbookError:
            found += 1
            assert not target.exists()
            assert not any(target.parent.glob("**/*"))
        else:
            assert contents(target) == expected
            shutil.rmtree(target)
    assert found > 90


def contents(home: Path) -> dict[str, bytes]:
    return {
        path.relative_to(home).as_posix(): path.read_bytes()
        for path in home.rglob("*")
        if path.is_file()
    }


@pytest.mark.parametrize(
    "name",
    [
        "/etc/passwd",
        "../escaped.txt",
        "articles/../../escaped.txt",
        "articles/./x.txt",
        "articles//x.txt",
        "articles",
        "articles/a\ud800.txt",
        "models/e5/model.safetensors",
        "writer.lock",
        ".hidden.json",
        "snapshots/1/x",
        "snapshots/000001/../../x",
        "somewhere/else.txt",
        "settings.exe",
        "articles/" + "x/" * 600 + "x",
    ],
)
def test_names_that_no_backup_has_are_refused(file: Path, place: Path, name: str) -> None:
    with zipfile.ZipFile(file) as archive:
        listed = read_list(archive.read(LIST), file)
    bad = replace(listed, members=(*listed.members, Member(name, 1, sha256(b"x").hexdigest(), 0)))
    with zipfile.ZipFile(file, "a") as archive, suppress(UserWarning, UnicodeError):
        archive.writestr(name, b"x")
    with zipfile.ZipFile(file) as archive:
        members = {entry: archive.read(entry) for entry in archive.namelist() if entry != LIST}
    with zipfile.ZipFile(file, "w") as archive:
        for entry, content in members.items():
            archive.writestr(entry, content)
        archive.writestr(LIST, bad.to_bytes())
    refused(file, place)
    assert not (place.parent.parent / "escaped.txt").exists()


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFDIR, stat.S_IFCHR])
def test_what_is_no_regular_file_is_refused(file: Path, place: Path, kind: int) -> None:
    with zipfile.ZipFile(file, "a") as archive:
        entry = zipfile.ZipInfo("articles/link.txt")
        entry.external_attr = (kind | 0o777) << 16
        archive.writestr(entry, "/etc/passwd")
    refused(file, place, "no regular file")


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_that_stands_twice_is_refused(file: Path, place: Path) -> None:
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("articles/own.txt", b"another")
    refused(file, place, "two files of one name")


def test_a_file_that_is_not_listed_and_one_that_is_missing_are_refused(
    file: Path, place: Path
) -> None:
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("articles/more.txt", b"more")
    refused(file, place, "not those of its list")

    def shorten(listed: BackupList) -> BackupList:
        return replace(listed, members=(*listed.members, Member("a.json", 1, "0" * 64, 0)))

    rewritten(file, lambda members: members.__delitem__("articles/more.txt"), shorten)
    refused(file, place, "not those of its list")


def test_a_list_that_lies_about_a_hash_is_refused(file: Path, place: Path) -> None:
    def lie(listed: BackupList) -> BackupList:
        first = replace(listed.members[0], sha256="0" * 64)
        return replace(listed, members=(first, *listed.members[1:]))

    refused(rewritten(file, lambda _members: None, lie), place, "is not what was backed up")


def test_a_bomb_is_refused_before_it_is_unpacked(file: Path, place: Path) -> None:
    size = 200 * 2**20

    def bomb(archive: zipfile.ZipFile) -> Member:
        digest = sha256()
        entry = zipfile.ZipInfo("articles/bomb.txt")
        entry.compress_type = zipfile.ZIP_DEFLATED
        with archive.open(entry, "w", force_zip64=True) as target:
            for _ in range(size // 2**20):
                target.write(bytes(2**20))
                digest.update(bytes(2**20))
        return Member(entry.filename, size, digest.hexdigest(), 0)

    with zipfile.ZipFile(file, "w") as archive:
        listed = BackupList(
            "townbook backup", 1, "2026-01-01T00:00:00+00:00", "/h", None, (bomb(archive),)
        )
        archive.writestr(LIST, listed.to_bytes())
    started = time.perf_counter()
    refused(file, place, "claim to unpack to")
    assert time.perf_counter() - started < 2


def test_a_member_that_unpacks_to_more_than_it_claims_is_cut_off(
    file: Path, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The directory of the zip says ten bytes; the packed stream holds a million."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    stream = packer.compress(bytes(1_000_000)) + packer.flush()

    with zipfile.ZipFile(file, "w") as archive:
        entry = zipfile.ZipInfo("a.json")
        archive.writestr(entry, stream)
        entry.compress_type = zipfile.ZIP_DEFLATED  # the directory is written at the end
        entry.file_size = 10
        entry.CRC = zlib.crc32(bytes(10))
        member = Member("a.json", 10, sha256(bytes(10)).hexdigest(), 0)
        listed = BackupList("townbook backup", 1, "2026-01-01", "/h", None, (member,))
        archive.writestr(LIST, listed.to_bytes())
    written: list[int] = []
    real = os.fsync

    def noted(descriptor: int) -> None:
        written.append(os.fstat(descriptor).st_size)
        real(descriptor)

    monkeypatch.setattr(os, "fsync", noted)
    with suppress(TownbookError):
        restore(file, place)
    assert written[:1] in ([], [10])


def test_a_disk_without_room_is_refused_before_anything_is_written(
    file: Path, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = type("Usage", (), {"free": 1000})
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage)
    refused(file, place, "1,000 free")


def test_a_disk_that_fills_up_leaves_nothing(
    file: Path, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = 0
    real = os.fsync

    def full(descriptor: int) -> None:
        nonlocal calls
        calls += 1
        if calls == 3:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        real(descriptor)

    monkeypatch.setattr(os, "fsync", full)
    refused(file, place, "No space left")


def test_what_is_no_backup_is_said_in_a_line(file: Path, place: Path, tmp_path: Path) -> None:
    refused(tmp_path / "nowhere.zip", place, "could not read")
    file.write_bytes(b"PK nonsense")
    refused(file, place, "damaged backup")
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("readme.txt", "hello")
    refused(file, place, "made by `townbook backup`")
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(LIST, json.dumps({"kind": "townbook backup", "format": 99}))
    refused(file, place, "format 99")
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(LIST, "[" * 100_000)
    refused(file, place, "damaged list")


def test_a_library_of_a_later_version_is_refused(
    indexed: Workshop, file: Path, place: Path
) -> None:
    library = indexed.home.library
    with Library(indexed.home):
        pass
    with closing(sqlite3.connect(library)) as connection, connection:
        connection.execute("UPDATE meta SET value = ? WHERE key = 'format'", (newest() + 1,))
    content = library.read_bytes()
    rewritten(file, lambda members: members.update({"library.sqlite": content}))
    refused(file, place, "use the version that wrote it")


def test_a_snapshot_of_a_format_before_is_restored_with_the_command_that_renews_it(
    indexed: Workshop, file: Path, place: Path
) -> None:
    def older(members: dict[str, bytes]) -> None:
        [name] = [name for name in members if name.endswith("manifest.json")]
        value: dict[str, Any] = json.loads(members[name])
        members[name] = json.dumps({**value, "format": 2}).encode()

    report = restore(rewritten(file, older), place)
    assert "townbook refresh" in report.remarks[0]
    copy = Workshop(Home(place), indexed.folder, indexed.encoder, indexed.pool)
    copy.encoder.encoded.clear()
    assert copy.refresh().added == 6
    assert copy.encoder.encoded == []
    assert set(copy.sources()) == {*ARTICLES, "own.txt"}


def test_the_list_survives_being_written_and_read(file: Path) -> None:
    with zipfile.ZipFile(file) as archive:
        listed = read_list(archive.read(LIST), file)
        assert [member.name for member in listed.members] == archive.namelist()[:-1]
    assert read_list(listed.to_bytes(), file) == listed
    assert asdict(listed)["kind"] == "townbook backup"
    assert restoring.RestoreReport("h", 1, 2, "c", None, None, ("r",), 0.12345).to_json() == {
        "home": "h",
        "files": 1,
        "bytes": 2,
        "created": "c",
        "snapshot": None,
        "aside": None,
        "remarks": ["r"],
        "seconds": 0.123,
    }
