"""Finding an article that is to go, and what the question before it says."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.present import purging
from assistant.present.speech import LANGUAGES

BATHS = {"source": "starter/baths.md", "title": "Bäder im Hafen", "published": "2024-05-03"}
TOOLS = {"source": "tools.txt", "title": "Tool library", "published": None}


@pytest.mark.parametrize(
    ("typed", "sources"),
    [
        ("bader", ["starter/baths.md"]),
        ("HAFEN baths", ["starter/baths.md"]),
        ("hafen tools", []),
        ("s", ["starter/baths.md", "tools.txt"]),
        ("  ", []),
    ],
)
def test_every_word_of_title_and_name_counts_whatever_its_case_and_accents(
    typed: str, sources: list[str]
) -> None:
    assert [row["source"] for row in purging.called([BATHS, TOOLS], typed)] == sources


def test_the_question_names_the_article_and_says_what_is_deleted(browse: Any) -> None:
    [button] = browse(purging.found([BATHS, TOOLS], "tool")).of("button")
    assert (button["data-do"], button["data-name"]) == ("purge", "tools.txt")
    assert button["data-ask"] == "Delete “Tool library” (tools.txt) for good?"
    assert "all feedback that quotes it" in button["data-means"]
    assert "cannot be undone" in button["data-means"]
    assert button["aria-label"] == "Delete tools.txt"


def test_too_many_articles_are_counted_and_none_is_said_to_be_none(browse: Any) -> None:
    many = [{"source": f"{number}.txt", "title": "Trams"} for number in range(1_234)]
    seen = browse(purging.found(many, "trams"))
    assert len(seen.of("button")) == purging.SHOWN
    assert "The first 10 of 1,234 articles." in seen.words
    assert browse(purging.found(many, "buses")).words == "No article is called so."


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_hostile_article_is_words(hostile: str, browse: Any, language: str) -> None:
    row = {"source": hostile, "title": hostile, "published": hostile}
    seen = purging.found([row], hostile or "x", language) + purging.begun(hostile, language)
    assert browse(seen).inert
