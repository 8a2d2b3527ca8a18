"""Foreign strings stay words in HTML, templates and Markdown."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from assistant.present import escape
from assistant.takeaway.markdown import escaped


@given(st.text())
def test_escaped_text_reads_back_as_the_visible_text(value: str) -> None:
    assert unescape(escape.text(value)) == escape.visible(value)


@given(st.text())
def test_escaped_text_holds_no_character_any_renderer_acts_on(value: str) -> None:
    left = re.sub(r"&#\d+;", "", escape.text(value))
    assert not re.search(r"[^A-Za-z0-9 ,\u0080-\U0010ffff]", left)


def test_a_hostile_string_is_one_piece_of_text_in_html(hostile: str, browse: Any) -> None:
    seen = browse(f'<p title="{escape.text(hostile)}">{escape.text(hostile)}</p>')
    assert seen.elements == [("p", {"title": escape.visible(hostile)})]
    assert seen.words == escape.visible(hostile)


def test_a_hostile_string_stays_words_through_a_full_markdown_renderer(
    hostile: str, browse: Any
) -> None:
    markdown = MarkdownIt("gfm-like", {"html": True, "linkify": False})
    seen = browse(markdown.render(f"before {escape.text(hostile)} after"))
    assert seen.tags == {"p"}


def test_a_hostile_string_pasted_from_a_briefing_makes_no_link_or_element(
    hostile: str, browse: Any
) -> None:
    markdown = MarkdownIt("gfm-like", {"html": True, "linkify": False})
    seen = browse(markdown.render(f"before {escaped(hostile)} after"))
    assert seen.tags == {"p"}
    assert seen.words.split() == f"before {escape.visible(hostile)} after".split()


def test_characters_that_hide_or_reorder_text_are_spelled_out() -> None:
    assert escape.visible("pay\u202e001\u202c \u200bEUR") == "pay‹U+202E›001‹U+202C› ‹U+200B›EUR"


@given(st.text(), st.text())
def test_two_texts_never_look_the_same(one: str, other: str) -> None:
    for a, b in ((one, other), (one, escape.visible(one))):
        assert (escape.visible(a) == escape.visible(b)) == (a == b)


def test_letters_joined_by_zero_width_joiners_stay_as_they_are() -> None:
    assert escape.visible("می\u200cخواهم 👩\u200d🔧") == "می\u200cخواهم 👩\u200d🔧"


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " https://city.example",
        "java\nscript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "//tracker.example/x",
        "/etc/passwd",
        "file:///etc/passwd",
        "https://city.example@tracker.example/",
        "https://city\u202e.example/",
        "http://[broken",
        "https://",
        "",
        None,
    ],
)
def test_an_address_that_is_not_plainly_a_web_page_becomes_no_link(url: str | None) -> None:
    assert escape.web_address(url) is None


def test_a_plain_web_address_is_kept_as_it_is() -> None:
    assert escape.web_address("https://city.example/a?b=c#d") == "https://city.example/a?b=c#d"
