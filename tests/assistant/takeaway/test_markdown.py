"""Conversations as Markdown: readable, inert, and every quote of them can be checked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from assistant.present.escape import visible
from assistant.takeaway.headings import HEADINGS, LANGUAGES
from assistant.takeaway.markdown import conversation, escaped, quoted

GOLDEN = Path(__file__).parent / "golden"
RENDERED = MarkdownIt("gfm-like", {"html": True, "linkify": False})


def test_a_conversation_reads_as_in_the_golden_file(talk: Any) -> None:
    assert conversation(talk) == (GOLDEN / "talk.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_conversation_is_headed_in_each_language_of_the_page(talk: Any, language: str) -> None:
    written = conversation(talk, language)
    assert written.startswith(f"# {HEADINGS[language]['title']}\n")
    assert set(HEADINGS[language]) == set(HEADINGS["en"])
    assert "The workshop mends 40 bicycles a week." in written


def test_a_language_without_headings_gets_english_ones(talk: Any) -> None:
    assert conversation(talk, "fi") == conversation(talk, "en")


def test_references_are_numbered_over_the_whole_conversation_and_the_same_quote_once(
    talk: Any,
) -> None:
    written = conversation(talk)
    assert "It is **free**. [2] It opens on Mondays. [3]" in written
    assert [n for n in range(1, 9) if f"\n**[{n}]** " in written] == [1, 2, 3]


def test_a_conversation_renders_as_headings_a_table_and_quotes(talk: Any, see: Any) -> None:
    seen = see(RENDERED.render(conversation(talk)))
    assert seen.tags.count("h2") == len(talk) + 1
    assert (seen.tags.count("table"), seen.tags.count("tr")) == (1, 3)
    assert seen.tags.count("blockquote") == 3
    assert seen.links == ["https://gent.example/bicycles"] * 2


def test_a_list_without_a_sentence_of_coverage_gets_one(talk: Any) -> None:
    from dataclasses import replace

    cut = replace(talk[0], text=talk[0].text.rsplit("\n\n", 1)[0])
    assert "2 documents were looked at; 2 match." in conversation([cut])


@given(st.text(st.characters(codec="utf-8")))
def test_a_quote_reads_back_from_a_renderer_letter_for_letter(words: str) -> None:
    import html
    import re

    rendered = RENDERED.render(quoted(words) + "\n")
    inner = rendered.removeprefix("<blockquote>\n<p>").removesuffix("</p>\n</blockquote>\n")
    if not words:
        return
    assert "<p>" not in inner
    shown = html.unescape(re.sub(r"<br />\n?", "\n", inner))
    assert shown == visible(words)


@given(st.text(st.characters(codec="utf-8")))
def test_escaped_words_are_words_to_a_renderer(words: str) -> None:
    line = " ".join(visible(words).split())
    if not line:
        return
    paragraph, inline, end = RENDERED.parse(f"{escaped(words)}\n")
    assert (paragraph.type, end.type) == ("paragraph_open", "paragraph_close")
    children = inline.children or []
    assert {child.type for child in children} == {"text"}
    assert "".join(child.content for child in children) == line


def test_hostile_strings_in_every_field_stay_words(
    hostile: str, hostile_talk: Any, see: Any
) -> None:
    answer, _ = hostile_talk(hostile)
    plain, _ = hostile_talk("plain")
    seen = see(RENDERED.render(conversation([answer])))
    assert set(seen.tags) <= set(see(RENDERED.render(conversation([plain]))).tags) | {
        "br",
        "ul",
        "li",
    }
    assert seen.links == []
    assert seen.attributes <= {"href"}
