"""What a home says of its upkeep: its sources, its publishes, and a file that was damaged."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant.service import Townbook
from assistant.settings import Settings
from assistant.upkeep import named_source
from corpus.errors import NotReady, UsageError

BENCHES = "Bench week in Marlow Cross\n\nIn 2022 Marlow Cross mended 75 park benches in one week.\n"
BATHS = "Harbour baths of Norr\n\nNorr opened a swimming place in its old harbour on 3 May 2024.\n"
BROKEN = b"%PDF-1.7 and nothing more"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "given"
    folder.mkdir()
    (folder / "benches.txt").write_text(BENCHES, encoding="utf-8")
    return folder


@pytest.fixture
def townbook(tmp_path: Path, hashing: Any) -> Iterator[Townbook]:
    service = Townbook(Settings(home=tmp_path / "home"), encoder=hashing(dimension=64))
    yield service
    service.close()


def test_a_new_home_has_no_sources_and_the_first_file_handed_in_makes_one(
    townbook: Townbook,
) -> None:
    assert townbook.source_states() == []
    assert townbook.put_article("baths.txt", BATHS.encode()) == "added"
    [articles] = townbook.source_states()
    assert (articles["kind"], articles["there"], articles["read"]) == ("articles", True, None)
    townbook.refresh()
    [articles] = townbook.source_states()
    assert (articles["files"], articles["documents"], articles["added"]) == (1, 1, None)
    assert townbook.document("baths.txt") is not None


def test_each_source_is_counted_by_itself_and_a_missing_one_is_said_to_be_missing(
    townbook: Townbook, folder: Path, tmp_path: Path
) -> None:
    (folder / "scan.pdf").write_bytes(BROKEN)
    (tmp_path / "one.txt").write_text(BATHS, encoding="utf-8")
    townbook.refresh([str(folder), str(tmp_path / "one.txt")])
    townbook.add_source("https://lindholm.example/feed")
    states = {Path(row["source"]).name: row for row in townbook.source_states()}
    assert {name: (row["kind"], row["files"], row["documents"], row["quarantined"])
            for name, row in states.items()} == {
        "given": ("folder", 2, 1, 1),
        "one.txt": ("file", 1, 1, 0),
        "feed": ("address", 0, 0, 0),
    }  # fmt: skip
    assert states["given"]["read"] >= states["given"]["added"][:10]
    folder.rename(folder.with_name("elsewhere"))
    assert [row["there"] for row in townbook.source_states()] == [False, True, True]
    townbook.remove_source(str(folder))
    assert [Path(row["source"]).name for row in townbook.source_states()] == ["one.txt", "feed"]


def test_publishes_are_listed_newest_first_with_what_each_changed(
    townbook: Townbook, folder: Path
) -> None:
    assert townbook.publishes() == []
    first = townbook.refresh([str(folder)]).snapshot
    (folder / "baths.txt").write_text(BATHS, encoding="utf-8")
    (folder / "benches.txt").write_text(BENCHES + "They were painted.\n", encoding="utf-8")
    second = townbook.refresh().snapshot
    told = [
        (row["snapshot"], row["added"], row["changed"], row["removed"], row["kept"])
        for row in townbook.publishes()
    ]
    assert told == [(second, 1, 1, 0, True), (first, 1, 0, 0, True)]


def test_a_flipped_byte_is_found_by_a_check_and_gone_after_a_refresh(
    townbook: Townbook, folder: Path, tmp_path: Path
) -> None:
    with pytest.raises(NotReady):
        townbook.check()
    townbook.refresh([str(folder)])
    [damaged] = (tmp_path / "home" / "snapshots").glob("*/*-vectors.npy")
    long_ago = damaged.stat().st_mtime - 3600
    os.utime(damaged, (long_ago, long_ago))
    sound = townbook.check()
    assert (sound["sound"], sound["found"]) == (True, None)
    assert sound["files"] >= 3
    content = bytearray(damaged.read_bytes())
    content[-1] ^= 1
    damaged.write_bytes(content)
    os.utime(damaged, (long_ago, long_ago))  # as a disk loses a byte: no time tells of it
    found = townbook.check()
    assert found["sound"] is False
    assert damaged.name in found["found"]
    townbook.refresh()
    assert townbook.check()["sound"] is True


def _lose_a_byte(damaged: Path) -> None:
    """As a disk loses it: no time tells of it, and every name of the file shows it."""
    times = damaged.stat()
    content = bytearray(damaged.read_bytes())
    content[-1] ^= 1
    with damaged.open("r+b") as file:
        file.write(content)
    os.utime(damaged, ns=(times.st_atime_ns, times.st_mtime_ns))


def test_after_a_check_found_damage_status_says_so_and_the_snapshot_before_answers(
    townbook: Townbook, folder: Path, tmp_path: Path
) -> None:
    first = townbook.refresh([str(folder)]).snapshot
    for file in (tmp_path / "home" / "snapshots").glob("*/*"):
        os.utime(file, (1e9, 1e9))  # old enough to be hashed once for all snapshots that share it
    (folder / "baths.txt").write_text(BATHS, encoding="utf-8")
    second = townbook.refresh().snapshot
    opened = townbook.status()
    assert opened["sound"] is True
    assert (opened["checked"]["snapshot"], opened["checked"]["found"]) == (second, None)
    assert townbook.check()["sound"] is True
    checked = townbook.status()["checked"]
    assert checked["at"] > opened["checked"]["at"]
    # The first snapshot has no part in the second's newest segment.
    assert second is not None
    [damaged] = (tmp_path / "home" / "snapshots" / second).glob(f"{second}-vectors.npy")
    _lose_a_byte(damaged)
    assert townbook.check()["sound"] is False
    status = townbook.status()
    assert (status["sound"], status["snapshot"]) == (False, first)
    assert damaged.name in status["degraded"]
    assert damaged.name in status["checked"]["found"]
    assert status["checked"]["at"] > checked["at"]
    assert [hit.document.source for hit in townbook.search("baths benches")] == ["benches.txt"]
    third = townbook.refresh().snapshot
    mended = townbook.status()
    assert (mended["sound"], mended["snapshot"]) == (True, third)
    assert (mended["checked"]["snapshot"], mended["checked"]["found"]) == (third, None)
    assert {hit.document.source for hit in townbook.search("baths benches")} == {
        "baths.txt",
        "benches.txt",
    }


def test_with_no_sound_snapshot_left_status_tells_while_what_is_open_goes_on(
    townbook: Townbook, folder: Path, tmp_path: Path
) -> None:
    only = townbook.refresh([str(folder)]).snapshot
    assert townbook.status()["sound"] is True
    [damaged] = (tmp_path / "home" / "snapshots").glob("*/*-words.safetensors")
    before = damaged.read_bytes()
    times = damaged.stat()
    _lose_a_byte(damaged)
    townbook.check()
    status = townbook.status()
    assert (status["sound"], status["checked"]["snapshot"]) == (False, only)
    assert damaged.name in status["checked"]["found"]
    assert townbook.document("benches.txt") is not None
    damaged.write_bytes(before)  # somebody put the file back
    os.utime(damaged, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert townbook.check()["sound"] is True
    assert townbook.status()["sound"] is True
    assert townbook.status()["checked"]["found"] is None


def test_a_snapshot_that_is_gone_is_no_sound_one(
    townbook: Townbook, folder: Path, tmp_path: Path
) -> None:
    townbook.refresh([str(folder)])
    (tmp_path / "home" / "snapshots").rename(tmp_path / "elsewhere")
    assert "is not there" in townbook.check()["found"]


def test_only_what_is_in_quarantine_is_read_again(townbook: Townbook) -> None:
    with pytest.raises(UsageError, match="not in quarantine"):
        townbook.read_again(["fine.txt"])
    assert townbook.jobs.state.state == "idle"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" /srv/articles ", "/srv/articles"),
        ('"/srv/my articles"', "/srv/my articles"),
        ("https://lindholm.example/feed", "https://lindholm.example/feed"),
        ("~/articles", str(Path("~/articles").expanduser())),
    ],
)
def test_a_source_is_taken_as_people_paste_it(typed: str, kept: str) -> None:
    assert named_source(typed) == kept


@pytest.mark.parametrize("typed", ["", "  ", '""', "articles", "../up", "www.x.example", "/a\0b"])
def test_what_names_no_place_is_refused_with_what_would(typed: str) -> None:
    with pytest.raises(UsageError, match="the whole path of a folder"):
        named_source(typed)
