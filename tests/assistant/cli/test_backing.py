"""``backup`` and ``restore`` as a person runs them, on the starter articles."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.service import Townbook
from tests.assistant.cli.conftest import Ran

QUESTION = "Which cities run repair cafés?"


@pytest.fixture
def copied(starter: Townbook, tmp_path: Path) -> Path:
    """A copy of the starter home."""
    home = tmp_path / "copied"
    shutil.copytree(starter.settings.home, home, symlinks=True)
    return home


def answer(home: Path) -> bytes:
    """The answer's bytes, how long it took aside."""
    from assistant.settings import Settings

    service = Townbook(Settings.read({}, home=str(home), today="2026-06-01"))
    try:
        value = service.ask(QUESTION).to_json()
    finally:
        service.close()
    del value["seconds"]
    return json.dumps(value, sort_keys=True).encode()


def test_a_backup_restored_elsewhere_gives_the_same_bytes_of_an_answer(
    run: Callable[..., Ran], copied: Path, tmp_path: Path
) -> None:
    file, new = tmp_path / "home.zip", tmp_path / "new"
    before = answer(copied)
    written = run("backup", str(file), "--home", str(copied), "--json")
    assert written.code == 0
    assert {"file", "bytes", "files", "snapshot", "remarks", "seconds"} == set(written.json)
    assert "townbook: snapshot" in written.err
    restored = run("restore", str(file), "--home", str(new), "--json")
    assert restored.code == 0
    assert restored.json["snapshot"] == written.json["snapshot"]
    assert restored.json["files"] == written.json["files"]
    (new / "models").symlink_to((copied / "models").resolve())
    assert answer(new) == before


def test_what_was_done_is_said_in_a_line(
    run: Callable[..., Ran], copied: Path, tmp_path: Path
) -> None:
    file = tmp_path / "home.zip"
    assert "snapshot 000001" in run("backup", str(file), "--home", str(copied)).out
    again = run("backup", str(file), "--home", str(copied))
    assert again.code == 2
    assert "--force" in again.err
    occupied = run("restore", str(file), "--home", str(copied))
    assert occupied.code == 2
    assert "is not empty" in occupied.err
    replaced = run("restore", str(file), "--home", str(copied), "--force")
    assert replaced.code == 0
    assert "snapshot 000001" in replaced.out
    assert "copied.before-restore-1" in replaced.err
    file.write_bytes(file.read_bytes()[:-9])
    damaged = run("restore", str(file), "--home", str(tmp_path / "another"))
    assert damaged.code == 3
    assert "damaged backup" in damaged.err
    assert not (tmp_path / "another").exists()
