"""An article shows its stored words, and marks exactly the passage."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.present import passage
from assistant.present.escape import visible
from corpus import Document, Heading, Span

TEXT = "Trees on Mill Street\n\nWhy\nShade is scarce.\n\nHow\nForty limes were planted.\n"
WHY = Heading(Span(TEXT.index("Why"), TEXT.index("Why") + 3), 2)
HOW = Heading(Span(TEXT.index("How"), TEXT.index("How") + 3), 2)


def stored(text: str, headings: tuple[Heading, ...] = ()) -> Document:
    return Document("0" * 16, "a.txt", text, "0" * 64, "Trees", "en", "text", headings=headings)


def words(html: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", html))


def marked(html: str) -> str:
    return "".join(unescape(found) for found in re.findall(r"<mark[^>]*>(.*?)</mark>", html))


@given(st.text(min_size=1), st.data())
def test_the_article_reads_as_stored_and_the_mark_is_the_quote(text: str, data: Any) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    html = passage.article(stored(text), Span(start, end))
    assert words(html) == visible(text)
    assert marked(html) == visible(text[start:end])


def test_a_passage_that_crosses_a_heading_is_marked_in_pieces_with_one_anchor() -> None:
    span = Span(TEXT.index("Shade"), TEXT.index(" limes"))
    html = passage.article(stored(TEXT, (WHY, HOW)), span)
    assert marked(html) == TEXT[span.start : span.end]
    assert html.count('<mark id="passage">') == 1
    assert html.count("<mark") == 3


def test_headings_are_headings_to_a_screen_reader() -> None:
    html = passage.article(stored(TEXT, (WHY,)), Span(0, 5))
    assert '<span class="heading" role="heading" aria-level="5">Why</span>' in html


def test_a_hostile_article_is_text_and_marks_only(hostile: str, browse: Any) -> None:
    html = passage.article(stored(f"x{hostile}y"), Span(1, 1 + len(hostile)))
    seen = browse(html)
    assert seen.tags == {"mark"}
    assert seen.marked == visible(hostile)


def test_a_huge_article_is_cut_around_the_passage_and_says_so() -> None:
    text = "a" * 200_000
    html = passage.article(stored(text), Span(100_000, 100_010))
    assert marked(html) == "a" * 10
    assert "40,000 characters before this are not shown" in html
    assert "39,990 characters after this are not shown" in html


def test_a_span_outside_the_text_is_refused() -> None:
    with pytest.raises(ValueError, match="expected a span inside"):
        passage.article(stored("short"), Span(2, 9))
