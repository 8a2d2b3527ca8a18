"""The Library room over the real service: real files, a refresh in a process of its own."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest

from assistant.service import Townbook
from assistant.settings import Settings
from corpus.errors import EncoderError
from index.home import Home
from tests.index.test_refresh import holders

LONG = 180_000  # milliseconds: a refresh loads the model in a process of its own
BATHS = (
    "# Harbour baths of Norr\n\nNorr opened a swimming place in its old harbour on 3 May 2024.\n"
)
BENCHES = "Bench week in Marlow Cross\n\nIn 2022 Marlow Cross mended 75 park benches in one week.\n"
TOOLS = "Tool library of Esker\n\nNeighbours in Esker borrow 300 tools free of charge.\n"


@pytest.fixture(scope="module")
def filled(models: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with one article, refreshed once; each test has a copy of it."""
    home = tmp_path_factory.mktemp("filled")
    (home / "models").symlink_to(models)
    (home / "articles").mkdir()
    (home / "articles" / "benches.txt").write_text(BENCHES, encoding="utf-8")
    service = Townbook(Settings(home=home))
    try:
        service.refresh()
    except EncoderError as error:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(f"no encoder here: {error}")
    finally:
        service.close()
    return home


@pytest.fixture
def home(filled: Path, tmp_path: Path) -> Path:
    return Path(copytree(filled, tmp_path / "home", symlinks=True))


@pytest.fixture
def townbook(home: Path) -> Iterator[Townbook]:
    service = Townbook(Settings(home=home))
    yield service
    service.close()


def open_library(visit: Any, townbook: Townbook) -> Any:
    page = visit(townbook).page
    page.get_by_role("tab", name="Library").click()
    page.locator("#library-sources table").wait_for(timeout=LONG)
    return page


def wait_for_refresh(page: Any, townbook: Townbook) -> None:
    page.locator("#cancel").wait_for(timeout=LONG)
    page.locator("#cancel").wait_for(state="hidden", timeout=LONG)
    assert townbook.jobs.state.state == "done", townbook.jobs.state.error


def test_an_article_handed_in_is_read_and_can_be_opened_from_what_changed(
    visit: Any, townbook: Townbook, home: Path, picture: Any
) -> None:
    page = open_library(visit, townbook)
    file = {"name": "baths.md", "mimeType": "text/markdown", "buffer": BATHS.encode()}
    page.locator("#upload-files").set_input_files([file])
    wait_for_refresh(page, townbook)
    assert (home / "articles" / "baths.md").read_text(encoding="utf-8") == BATHS
    page.locator("#library-news button", has_text="Harbour baths of Norr").first.click()
    text = page.locator("dialog.reading[open] .article")
    text.wait_for(timeout=LONG)
    document = townbook.document("baths.md")
    assert document is not None
    assert text.text_content() == document.text
    picture(page, "library-real-reading")
    page.keyboard.press("Escape")
    page.locator("#library-past summary").click()
    assert page.locator("#library-past tbody tr").count() == 2


def test_an_article_that_was_handed_in_is_deleted_for_good(
    visit: Any, townbook: Townbook, home: Path, picture: Any
) -> None:
    (home / "articles" / "baths.md").write_text(BATHS, encoding="utf-8")
    townbook.refresh()
    answer = townbook.ask("When did the swimming place open?")
    townbook.give_feedback(answer, True)
    page = open_library(visit, townbook)
    page.get_by_label("A part of its title or file name").fill("harbour baths")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Delete baths.md").click()
    picture(page, "library-real-purge")
    page.locator("dialog.confirm[open] .sure").click()
    page.locator("#cancel").wait_for(timeout=LONG)
    held = "swimming place in its old harbour"
    # A second job removes the snapshot that this very server was still reading.
    deadline = time.monotonic() + LONG / 1000
    while holders(Home(home), held) or townbook.jobs.state.is_running:
        assert time.monotonic() < deadline, (townbook.jobs.state, holders(Home(home), held))
        time.sleep(0.1)
    page.locator("#cancel").wait_for(state="hidden", timeout=LONG)
    assert townbook.jobs.state.state == "done", townbook.jobs.state.error
    assert townbook.document("baths.md") is None
    assert townbook.document("benches.txt") is not None
    assert not (home / "articles" / "baths.md").exists()
    assert townbook.feedback() == []


def test_a_folder_comes_and_goes_with_its_articles(
    visit: Any, townbook: Townbook, tmp_path: Path
) -> None:
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "tools.txt").write_text(TOOLS, encoding="utf-8")
    page = open_library(visit, townbook)
    page.get_by_label("Add a source").fill(str(tmp_path / "more"))
    page.keyboard.press("Enter")
    page.locator("#library-sources", has_text="not read yet").wait_for(timeout=LONG)
    page.locator("#refresh").click()
    wait_for_refresh(page, townbook)
    assert townbook.document("tools.txt") is not None
    page.get_by_role("button", name=f"Remove {tmp_path / 'more'}").click()
    page.locator("dialog.confirm[open] .sure").click()
    page.locator("#adding-said", has_text="is no source any more").wait_for(timeout=LONG)
    page.locator("#refresh").click()
    wait_for_refresh(page, townbook)
    assert townbook.document("tools.txt") is None
    assert (tmp_path / "more" / "tools.txt").exists()


def test_a_broken_file_is_set_aside_tried_again_and_read_once_it_is_mended(
    visit: Any, townbook: Townbook, home: Path
) -> None:
    (home / "articles" / "scan.txt").write_bytes(b"\0" * 64)
    page = open_library(visit, townbook)
    page.locator("#refresh").click()
    wait_for_refresh(page, townbook)
    row = page.locator("#library-quarantine tbody tr", has_text="scan.txt")
    row.wait_for(timeout=LONG)
    before = townbook.quarantine()[0]
    page.get_by_role("button", name="Try again: scan.txt").click()
    wait_for_refresh(page, townbook)
    after = townbook.quarantine()[0]
    assert (after["first_seen"], after["reason"]) == (before["first_seen"], before["reason"])
    assert row.count() == 1
    (home / "articles" / "scan.txt").write_text(TOOLS, encoding="utf-8")
    page.locator("#refresh").click()
    wait_for_refresh(page, townbook)
    page.get_by_text("Every file could be read.").wait_for(timeout=LONG)
    assert townbook.document("scan.txt") is not None


def test_a_damaged_snapshot_is_found_told_and_mended_by_a_refresh(
    visit: Any, townbook: Townbook, home: Path, picture: Any
) -> None:
    page = open_library(visit, townbook)
    [vectors] = (home / "snapshots").glob("*/*-vectors.npy")
    content = bytearray(vectors.read_bytes())
    content[-1] ^= 1
    vectors.write_bytes(content)
    page.get_by_role("button", name="Check now").click()
    alert = page.locator("#sound-said [role=alert]")
    alert.wait_for(timeout=LONG)
    assert vectors.name in alert.inner_text()
    picture(page, "library-real-damaged")
    page.locator("#refresh").click()
    wait_for_refresh(page, townbook)
    page.get_by_role("button", name="Check now").click()
    page.locator("#sound-said", has_text="Every byte is as published").wait_for(timeout=LONG)
