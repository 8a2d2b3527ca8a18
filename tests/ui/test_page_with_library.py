"""The page over the real service and a small library of its own: from files to a marked passage."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest

from assistant.service import Townbook
from assistant.settings import Settings
from corpus.errors import EncoderError
from tests.ui.browsing import WAIT

BAKERY = """---
title: The bread library of Osterby
published: 2023-09-14
---
# The bread library of Osterby

Osterby, Denmark

The bread library of Osterby opened on 3 May 2019 in a former fire station. It lends out baking \
tins and 46 sourdough starters.

## Who keeps it going

Eleven volunteers feed the starters every Tuesday. ${window.pwned=1} <img src=x onerror=pwned=2>
"""
SWIMMING = """# Night swimming in Vessel Bay

Vessel Bay, Ireland

The harbour pool of Vessel Bay stays open until midnight in July. Entry is free for residents.
"""


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder outside the home, which only a refresh looks at."""
    folder = tmp_path_factory.mktemp("articles")
    (folder / "bread.md").write_text(BAKERY, encoding="utf-8")
    (folder / "swimming.md").write_text(SWIMMING, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def filled(articles: Path, models: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with both articles, refreshed once; each test has a copy of it."""
    home = tmp_path_factory.mktemp("filled")
    (home / "models").symlink_to(models)
    service = Townbook(Settings(home=home))
    try:
        service.refresh([str(articles)])
    except EncoderError as error:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(f"no encoder here: {error}")
    finally:
        service.close()
    return home


@pytest.fixture
def townbook(filled: Path, tmp_path: Path) -> Iterator[Townbook]:
    service = Townbook(Settings(home=copytree(filled, tmp_path / "home", symlinks=True)))
    yield service
    service.close()


def test_a_question_is_answered_and_its_mark_opens_the_very_words(
    chromium: Any, serve_page: Any, townbook: Townbook
) -> None:
    address = serve_page(townbook)
    page = chromium.new_page()
    asked_for: list[str] = []
    errors: list[str] = []
    page.on("request", lambda request: asked_for.append(request.url))
    page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    page.goto(address)
    question = page.locator("#question textarea")
    question.wait_for(timeout=WAIT)
    question.fill("When did the bread library of Osterby open?")
    page.keyboard.press("Enter")
    chip = page.locator("#conversation a.cite").first
    chip.wait_for(timeout=120_000)  # the model is loaded for the first question
    chip.click()
    page.wait_for_function("document.activeElement.id === 'card-title'", timeout=WAIT)
    marked = "".join(page.locator("#panel mark").all_text_contents())
    citation = townbook.ask("When did the bread library of Osterby open?").citations[0]
    assert "3 May 2019" in citation.quote
    assert marked == citation.quote
    document = townbook.document(citation.source)
    assert document is not None
    assert page.locator("#panel .article").text_content() == document.text
    assert page.evaluate("window.pwned") is None
    assert [url for url in asked_for if not url.startswith((address, "data:", "blob:"))] == []
    assert errors == []
    page.close()


def test_a_new_article_is_found_after_a_refresh_from_the_page(
    chromium: Any, serve_page: Any, townbook: Townbook, articles: Path
) -> None:
    page = chromium.new_page()
    page.goto(serve_page(townbook))
    page.locator("header.top .figures b").first.wait_for(timeout=WAIT)
    assert page.locator("header.top .figures b").first.inner_text() == "2"
    (articles / "third.txt").write_text(
        "Bench week in Marlow Cross\n\nIn 2022 Marlow Cross mended 75 park benches in one week.\n",
        encoding="utf-8",
    )
    page.get_by_role("tab", name="Library").click()
    page.locator("#refresh").click()
    page.locator("#outcome .counts").wait_for(timeout=120_000)
    assert "Added\n1\n" in page.locator("#outcome").inner_text()
    assert page.locator("header.top .figures b").first.inner_text() == "3"
    page.close()
