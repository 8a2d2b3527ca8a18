"""Articles handed in: no name leaves the folder, no file is lost, no disk is filled."""

from __future__ import annotations

import os
import threading
import unicodedata
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.incoming import (
    MAX_ARTICLE_BYTES,
    Incoming,
    KindRefused,
    NameRefused,
    NoRoom,
    Room,
    Taken,
    TooLarge,
    article_name,
)
from corpus.errors import HomeError, UsageError

REFUSED = [
    "",
    " ",
    ".",
    "..",
    "../up.txt",
    "..\\up.txt",
    "a/b.txt",
    "/etc/passwd.txt",
    "C:\\a.txt",
    "c:a.txt",
    "file.txt:stream.txt",
    ".hidden.txt",
    "~$lock.docx",
    "nul\0.txt",
    "line\nbreak.txt",
    "evil\u202etxt.md",
    "zero\u200bwidth.txt",
    "lone\ud800.txt",
    "con.txt",
    "LPT1.old.md",
    " before.txt",
    "after.txt ",
    "é" * 99 + ".txt",
]

names = st.one_of(
    st.text(max_size=12),
    st.lists(
        st.sampled_from(["..", "/", "\\", ".", "~", "a", "é", "\0", "%2f", ":", "con", ".txt"]),
        max_size=8,
    ).map("".join),
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "home" / "articles"


@pytest.mark.parametrize("name", REFUSED, ids=ascii)
def test_a_name_that_could_lead_elsewhere_or_hide_is_refused(folder: Path, name: str) -> None:
    with pytest.raises(NameRefused, match="rename the file"):
        Incoming(folder).put(name, b"words")
    assert not folder.exists()


@given(name=names, ending=st.sampled_from(["", ".txt", ".MD", ".html"]))
def test_whatever_the_name_a_file_lands_in_the_folder_or_nowhere(
    tmp_path_factory: pytest.TempPathFactory, name: str, ending: str
) -> None:
    home = tmp_path_factory.mktemp("names")
    folder = home / "articles"
    try:
        outcome = Incoming(folder).put(name + ending, b"words")
    except UsageError:
        outcome = "same"
    everything = {path for path in home.rglob("*") if path.is_file() or path.is_symlink()}
    assert {path.parent for path in everything} <= {folder}
    assert len(everything) == (outcome == "added")
    for path in everything:
        assert not path.name.startswith(".")
        assert unicodedata.is_normalized("NFC", path.name)
        assert article_name(path.name) == path.name


@pytest.mark.parametrize("name", ["program.exe", "notes", "archive.txt.zip", "page.txt.js"])
def test_a_kind_no_reader_knows_is_refused_with_those_that_are(folder: Path, name: str) -> None:
    with pytest.raises(KindRefused, match=r"\.docx .*\.txt"):
        Incoming(folder).put(name, b"words")
    assert not folder.exists()


def test_an_article_is_written_whole_and_can_be_edited(folder: Path) -> None:
    assert Incoming(folder).put("Bänke.md", b"# Benches") == "added"
    assert [(p.name, p.read_bytes()) for p in folder.iterdir()] == [("Bänke.md", b"# Benches")]
    assert (folder / "Bänke.md").stat().st_mode & 0o777 == 0o644


def test_the_same_bytes_are_there_already_and_others_need_to_be_asked_for(folder: Path) -> None:
    handed_in = Incoming(folder)
    handed_in.put("a.txt", b"old")
    assert handed_in.put("a.txt", b"old") == "same"
    with pytest.raises(Taken, match="another file has that name"):
        handed_in.put("a.txt", b"new")
    assert (folder / "a.txt").read_bytes() == b"old"
    assert handed_in.put("a.txt", b"new", replace=True) == "replaced"
    assert (folder / "a.txt").read_bytes() == b"new"


def test_two_spellings_of_one_name_are_one_file(folder: Path) -> None:
    folder.mkdir(parents=True)
    (folder / unicodedata.normalize("NFD", "Café.txt")).write_bytes(b"old")
    assert Incoming(folder).put("Café.txt", b"old") == "same"
    with pytest.raises(Taken):
        Incoming(folder).put("Café.txt", b"new")
    assert Incoming(folder).put("Café.txt", b"new", replace=True) == "replaced"
    assert [path.read_bytes() for path in folder.iterdir()] == [b"new"]


@pytest.mark.parametrize("target", ["there.txt", "nothing.txt"])
def test_a_link_is_never_written_through(folder: Path, tmp_path: Path, target: str) -> None:
    folder.mkdir(parents=True)
    (tmp_path / "there.txt").write_bytes(b"secret")
    (folder / "a.txt").symlink_to(tmp_path / target)
    for replace in (False, True):
        with pytest.raises(Taken):
            Incoming(folder).put("a.txt", b"secret", replace=replace)
    assert (tmp_path / "there.txt").read_bytes() == b"secret"
    assert not (tmp_path / "nothing.txt").exists()


def test_a_folder_of_that_name_is_left_alone(folder: Path) -> None:
    (folder / "a.txt").mkdir(parents=True)
    with pytest.raises(Taken):
        Incoming(folder).put("a.txt", b"words", replace=True)


def test_too_much_and_nothing_are_refused(folder: Path) -> None:
    with pytest.raises(TooLarge, match="at most 10 MB"):
        Incoming(folder).put("a.txt", b"x" * (MAX_ARTICLE_BYTES + 1))
    with pytest.raises(UsageError, match="empty"):
        Incoming(folder).put("a.txt", b"")
    assert not folder.exists()


def test_a_folder_and_a_disk_are_not_filled(folder: Path) -> None:
    small = Incoming(folder, Room(folder=10, left=0))
    assert small.put("a.txt", b"12345678") == "added"
    with pytest.raises(NoRoom, match="handed in"):
        small.put("b.txt", b"123")
    with pytest.raises(NoRoom, match="make room"):
        Incoming(folder, Room(left=10**18)).put("b.txt", b"123")
    assert [path.name for path in folder.iterdir()] == ["a.txt"]


def test_a_folder_that_cannot_be_written_is_named(folder: Path) -> None:
    folder.parent.mkdir(parents=True)
    folder.write_text("a file where the folder should be")
    with pytest.raises(HomeError, match="articles"):
        Incoming(folder).put("a.txt", b"words")


def test_a_disk_that_gives_out_leaves_nothing_behind(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(HomeError, match="No space left"):
        Incoming(folder).put("a.txt", b"words")
    assert list(folder.iterdir()) == []


def test_what_a_killed_server_left_is_removed_after_a_while(folder: Path) -> None:
    folder.mkdir(parents=True)
    for name, age in ((".incoming-old", 2 * 3600), (".incoming-new", 0)):
        (folder / name).write_bytes(b"half")
        moment = (folder / name).stat().st_mtime - age
        os.utime(folder / name, (moment, moment))
    Incoming(folder).put("a.txt", b"words")
    assert sorted(path.name for path in folder.iterdir()) == [".incoming-new", "a.txt"]


def test_where_the_disk_knows_no_second_name_a_file_is_still_not_overwritten(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(*_: Any) -> None:
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_links)
    assert Incoming(folder).put("a.txt", b"old") == "added"
    with pytest.raises(Taken):
        Incoming(folder).put("a.txt", b"new")
    assert [path.read_bytes() for path in folder.iterdir()] == [b"old"]


def test_files_that_others_take_out_meanwhile_do_not_keep_one_from_coming(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    real = os.scandir

    @contextmanager
    def emptied(path: Path) -> Iterator[Iterator[os.DirEntry[str]]]:
        for number in range(3):
            (path / f".incoming-{number}").write_bytes(b"half written")
        with real(path) as entries:
            listed = list(entries)
        for entry in listed:
            os.unlink(entry)
        yield iter(listed)

    monkeypatch.setattr(os, "scandir", emptied)
    assert Incoming(folder).put("a.txt", b"an article") == "added"
    monkeypatch.undo()
    assert [path.name for path in folder.iterdir()] == ["a.txt"]


def test_of_many_that_come_at_once_under_one_name_one_is_kept(folder: Path) -> None:
    told: Counter[str] = Counter()

    def put(number: int) -> None:
        try:
            told[Incoming(folder).put("a.txt", b"%d" % number)] += 1
        except Taken:
            told["taken"] += 1

    threads = [threading.Thread(target=put, args=(number,)) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert told == {"added": 1, "taken": 11}
    assert len(list(folder.iterdir())) == 1
