"""Answers' Markdown becomes HTML in which only issued marks are links."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from assistant.present.prose import prose


def test_an_issued_mark_becomes_a_link_to_its_source(
    browse: Any, make_document: Any, make_citation: Any
) -> None:
    citation = make_citation(make_document("It rained."), "It rained.")
    seen = browse(prose("It rained. [1]", "ab12", {1: citation}))
    assert seen.of("a") == [{"class": "cite", "href": "#s-ab12-1", "title": "Source 1: Notes"}]


def test_a_mark_that_was_not_issued_stays_words(
    browse: Any, make_document: Any, make_citation: Any
) -> None:
    citation = make_citation(make_document("It rained."), "It rained.")
    seen = browse(prose("It rained. [2] [0] [x] [1a]", "ab12", {1: citation}))
    assert not seen.of("a")
    assert seen.words.strip() == "It rained. [2] [0] [x] [1a]"


def test_a_quote_that_imitates_a_mark_gets_no_link_but_the_real_mark_does(
    browse: Any, make_document: Any, make_citation: Any
) -> None:
    quote = "The mayor agreed [1] and so did all [2]."
    document = make_document(f"{quote} It snowed.")
    issued = {1: make_citation(document, quote), 2: make_citation(document, "It snowed.", 2)}
    seen = browse(prose(f"{quote} [1]", "ab12", issued))
    assert [link["href"] for link in seen.of("a")] == ["#s-ab12-1"]
    assert seen.words.strip() == f"{quote} source 1"


def test_lists_and_emphasis_of_answers_are_shown(browse: Any) -> None:
    seen = browse(prose("Two:\n\n- **Gent** first\n- *Brno* next", "ab12", {}))
    assert {"ul", "li", "strong", "em"} <= seen.tags


def test_hostile_text_in_an_answer_is_inert_and_on_one_line(hostile: str, browse: Any) -> None:
    html = prose(hostile, "ab12", {})
    assert browse(html).inert
    assert browse(html).tags <= {"p", "ul", "ol", "li", "em", "strong", "br"}
    assert "\n" not in html
    assert "$" not in html
    assert "{" not in html


@given(st.text())
def test_no_text_whatever_makes_a_link_when_nothing_was_issued(source: str) -> None:
    assert "<a" not in prose(source, "ab12", {})
