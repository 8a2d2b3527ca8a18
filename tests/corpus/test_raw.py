"""A file is read whole and unchanging, or not at all."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from corpus import raw
from corpus.errors import Unreadable
from corpus.sources import Item, discover


@pytest.fixture
def item(tmp_path: Path) -> Item:
    (tmp_path / "note.txt").write_text("half")
    [one] = discover(tmp_path)
    return one


def written_while_read(path: Path, times: int) -> Callable[[], Any]:
    """Stands for sha256: somebody appends to the file during each of the first reads."""
    left = times

    def begun() -> Any:
        nonlocal left
        if left:
            left -= 1
            with open(path, "a") as file:
                file.write(" more")
        return hashlib.sha256()

    return begun


def test_a_file_that_is_being_written_is_read_when_it_has_become_stable(
    item: Item, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(raw, "sha256", written_while_read(item.path, 2))
    pauses: list[float] = []
    found = raw.read_raw(item, pauses.append)
    assert found.data == item.path.read_bytes() == b"half more more"
    assert found.sha256 == hashlib.sha256(b"half more more").hexdigest()
    assert len(pauses) == 2


def test_a_file_that_never_becomes_stable_is_left_for_the_next_time(
    item: Item, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(raw, "sha256", written_while_read(item.path, 99))
    with pytest.raises(Unreadable, match="kept changing"):
        raw.read_raw(item, lambda _seconds: None)


def test_a_file_that_is_replaced_just_now_is_read(item: Item) -> None:
    item.path.unlink()

    def replaced(_seconds: float) -> None:
        item.path.write_text("whole")

    found = raw.read_raw(item, replaced)
    assert found.data == b"whole"


def test_a_file_that_vanished_is_said_to_have(item: Item) -> None:
    item.path.unlink()
    with pytest.raises(Unreadable, match="vanished"):
        raw.read_raw(item, lambda _seconds: None)
