"""Everything in a folder is found once, and nothing outside it ever is."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from corpus.errors import UsageError
from corpus.sources import discover, source_name, survey


def names(root: Path) -> list[str]:
    return [item.source for item in discover(root)]


def test_files_of_known_kinds_are_found_on_every_level_in_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.MD", "a/b/c.html", "a.pdf", "photo.jpg", "a/README"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("words")
    found = survey(tmp_path)
    assert [item.source for item in found.items] == ["a.pdf", "a/b/c.html", "a/z.MD", "b.txt"]
    assert [(skip.source, skip.reason) for skip in found.skipped] == [
        ("a/README", "no reader for files without suffix"),
        ("photo.jpg", "no reader for .jpg"),
    ]
    first = found.items[0]
    assert first.origin == str(tmp_path.resolve())
    assert first.size == 5
    assert first.mtime_ns == (tmp_path / "a.pdf").stat().st_mtime_ns


def test_hidden_files_and_office_locks_are_counted_but_not_read(tmp_path: Path) -> None:
    (tmp_path / ".hidden.txt").write_text("x")
    (tmp_path / "~$plan.docx").write_text("x")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "notes.txt").write_text("x")
    found = survey(tmp_path)
    assert found.items == ()
    assert {skip.reason for skip in found.skipped} == {"hidden", "an Office lock file"}


def test_links_are_followed_inside_the_folder_only(tmp_path: Path) -> None:
    root, outside = tmp_path / "in", tmp_path / "out"
    root.mkdir()
    outside.mkdir()
    (outside / "private.txt").write_text("private")
    (root / "real.txt").write_text("words")
    (root / "inside.txt").symlink_to(root / "real.txt")
    (root / "outside.txt").symlink_to(outside / "private.txt")
    (root / "dotted.txt").symlink_to("../out/private.txt")
    (root / "folder").symlink_to(outside, target_is_directory=True)
    (root / "loop").symlink_to(root, target_is_directory=True)
    (root / "self.txt").symlink_to(root / "self.txt")
    (root / "gone.txt").symlink_to(root / "nothing.txt")
    (root / "disguised.txt").symlink_to("/dev/zero")
    found = survey(root)
    assert [item.source for item in found.items] == ["inside.txt", "real.txt"]
    assert len(found.skipped) == 7


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs FIFOs and Unix sockets")
def test_what_is_not_a_regular_file_is_never_an_item(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    with socket.socket(socket.AF_UNIX) as listener:
        cwd = Path.cwd()
        os.chdir(tmp_path)  # the path of a socket may not be long
        try:
            listener.bind("socket.txt")
        finally:
            os.chdir(cwd)
        found = survey(tmp_path)
    assert found.items == ()
    assert [skip.reason for skip in found.skipped] == ["not a regular file"] * 2


def test_names_are_normalised_and_stay_unique(tmp_path: Path) -> None:
    (tmp_path / "cafe\u0301.txt").write_text("one")
    (tmp_path / "caf\u00e9.txt").write_text("two")
    (tmp_path / "two\nlines.txt").write_text("three")
    found = survey(tmp_path)
    assert [item.source for item in found.items] == ["caf\u00e9.txt", "two lines.txt"]
    assert len(found.skipped) == 1


@pytest.mark.skipif(os.name == "nt", reason="Windows names are Unicode")
def test_a_name_that_is_not_utf_8_can_be_stored() -> None:
    name = source_name(Path(os.fsdecode(b"caf\xe9.txt")))
    assert name == "caf\ufffd.txt"
    name.encode("utf-8")


def test_one_file_is_a_source_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "note.txt"
    path.parent.mkdir()
    path.write_text("words")
    (item,) = discover(path)
    assert item.source == "note.txt"
    assert item.origin == str(path.resolve())


def test_discovery_counts_every_file_of_a_large_folder(tmp_path: Path) -> None:
    for number in range(1_000):
        (tmp_path / f"{number}{('.txt', '.bin', '.md', '')[number % 4]}").touch()
    found = survey(tmp_path)
    assert (len(found.items), len(found.skipped)) == (500, 500)
    assert names(tmp_path) == sorted(names(tmp_path))


@pytest.mark.parametrize("name", ["missing", "missing/x.txt", "photo.jpg", "nul\0.txt"])
def test_what_cannot_be_a_source_is_refused_in_one_line(tmp_path: Path, name: str) -> None:
    (tmp_path / "photo.jpg").touch()
    with pytest.raises(UsageError) as refusal:
        names(tmp_path / name)
    assert "\n" not in str(refusal.value)
    assert "expected" in str(refusal.value)
