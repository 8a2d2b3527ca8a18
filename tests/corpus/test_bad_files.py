"""No file that anybody can make stops the reading of another, or costs more than it may."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Any

import pytest

from corpus.reading import Read, ReaderPool
from corpus.sources import discover, survey
from tests.corpus.bad_files import WORDS, bad_files, odd_files, traps

ROOT = Path(__file__).parents[2]
STAGES = {"open", "decode", "parse", "text", "limits"}


@pytest.fixture(scope="module")
def pool() -> Iterator[ReaderPool]:
    with ReaderPool(pause=lambda _seconds: None) as one:
        yield one


def put(folder: Path, files: dict[str, bytes]) -> Path:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def read(pool: ReaderPool, folder: Path) -> dict[str, Read]:
    return {one.item.source: one for one in pool.read(discover(folder))}


def measured(folder: Path) -> dict[str, Any]:
    """What reading the folder took, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.corpus.measured_reading", str(folder)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_the_same_bad_files_are_made_at_every_call_and_there_are_enough() -> None:
    one, other = bad_files(), bad_files()
    assert len(one) >= 120
    # Word files carry the time they were packed at, encrypted ones a new key.
    varying = ("docx/", "trap/", "pdf/", "misnamed/a-word-file", "misnamed/a-pdf")
    plain = [name for name in one if not name.startswith(varying)]
    assert len(plain) > 50
    assert all(one[name] == other[name] for name in plain)
    assert one.keys() == other.keys()


def test_every_bad_file_is_a_failure_with_stage_reason_and_hash(
    pool: ReaderPool, tmp_path: Path
) -> None:
    files = bad_files()
    reads = read(pool, put(tmp_path, files))
    assert reads.keys() == files.keys()
    for name, one in reads.items():
        assert one.documents == (), name
        assert one.raw_sha256 == sha256(files[name]).hexdigest()
        assert one.failures, name
        for failure in one.failures:
            assert failure.stage in STAGES
            assert 0 < len(failure.reason) <= 300
            assert "\n" not in failure.reason


def test_odd_files_are_read_with_every_replacement_counted(
    pool: ReaderPool, tmp_path: Path
) -> None:
    reads = read(pool, put(tmp_path, odd_files()))
    for name, one in reads.items():
        assert one.documents, (name, one.failures)
        text = one.documents[0].text
        assert WORDS in " ".join(text.split()), name
        assert "\0" not in text
        text.encode()  # no lone surrogate
    counts = {
        PurePosixPath(name).stem: dict(one.documents[0].metadata).get("replacements")
        for name, one in reads.items()
    }
    broken = reads["odd/broken-utf-8.txt"].documents[0].text
    assert counts["broken-utf-8"] == str(broken.count("\ufffd"))
    assert broken.count("\ufffd") > 2
    assert (counts["nul"], counts["surrogate"]) == ("2", "2")
    for name in ("bom", "utf-16", "utf-16-be", "utf-32", "latin-1", "cp1252", "line-ends"):
        assert counts[name] is None, name
    assert [len(reads[f"odd/half-table.{kind}"].failures) for kind in ("csv", "jsonl")] == [1, 1]


@pytest.mark.skipif(sys.platform == "win32", reason="memory is measured on Unix only")
def test_traps_are_refused_within_two_seconds_and_200_megabytes(tmp_path: Path) -> None:
    files = traps()
    found = measured(put(tmp_path, files))
    assert found["refused"].keys() == files.keys()
    assert found["seconds"] < 2
    assert found["bytes"] < 200e6


def heavy() -> dict[str, bytes]:
    """What takes most: a line of 50 MB, a million paragraphs, 20,000 tags within each other."""
    words = WORDS.encode()
    return {
        "line.txt": (words + b" ") * (50 * 10**6 // (len(words) + 1)),
        "line.html": b"<p>" + (words + b" ") * (50 * 10**6 // (len(words) + 1)),
        "line.jsonl": b'{"text": "' + b"w" * (50 * 10**6) + b'"}',
        "line.csv": b"title,text\nOne," + b"w" * (50 * 10**6),
        "paragraphs.html": b"<p></p>" * 1_000_000,
        "paragraphs.txt": b"\n\n" * 1_000_000,
        "paragraphs.docx": traps()["trap/paragraphs.docx"],
        "tags.html": b"<div>" * 20_000 + words,
        "tags.md": b"<div>" * 20_000 + words,
        "quotes.md": b"> " * 100_000 + words,
        "lists.md": b"".join(b" " * n + b"- x\n" for n in range(2_000)),
        "rows.csv": b"title,text\n" + b"One,\n" * 100_000,
    }


@pytest.mark.skipif(sys.platform == "win32", reason="memory is measured on Unix only")
def test_the_largest_files_are_read_or_refused_in_20_seconds_and_a_gigabyte(
    tmp_path: Path,
) -> None:
    found = measured(put(tmp_path, heavy()))
    assert {*found["refused"], *found["read"]} == set(heavy())
    assert found["seconds"] < 20 + 1  # at twenty the child is killed
    assert found["bytes"] < 2**30


def test_nothing_outside_a_folder_is_read_whatever_lies_in_it(
    pool: ReaderPool, tmp_path: Path
) -> None:
    outside = "The sentinel outside the folder"
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "secret.txt").write_text(outside)
    inside = put(tmp_path / "inside", {"good.txt": WORDS.encode()})
    (inside / "link.txt").symlink_to(tmp_path / "outside" / "secret.txt")
    (inside / "up.txt").symlink_to("../outside/secret.txt")
    (inside / "folder").symlink_to(tmp_path / "outside")
    (inside / "null.txt").symlink_to("/dev/null")
    (inside / "zero.txt").symlink_to("/dev/zero")
    (inside / "loop.txt").symlink_to(inside / "loop.txt")
    os.mkfifo(inside / "pipe.txt")
    found = survey(inside)
    assert len(found.items) + len(found.skipped) == len(os.listdir(inside))
    assert all(skipped.reason for skipped in found.skipped)
    reads = read(pool, inside)
    assert list(reads) == ["good.txt"]
    assert outside not in reads["good.txt"].documents[0].text
