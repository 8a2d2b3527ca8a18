"""A citation is cut from the stored text, so its quote cannot differ from what is stored."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.draft import inline
from assistant.citations import CitationBook, nearest, trimmed
from corpus import Document, Passage, Span
from corpus.text import canonical, document_id, text_sha256


def _document(text: str) -> Document:
    digest = text_sha256(text)
    return Document(
        id=document_id("hub.txt", digest),
        source="hub.txt",
        text=text,
        sha256=digest,
        title="Hub",
        language="en",
        kind="text",
        published=date(2020, 5, 4),
    )


def test_a_citation_says_where_its_words_stand() -> None:
    document = _document("The hub opened.\n\n  Forty people came. \n")
    book = CitationBook()
    start = document.text.index("  Forty")
    n = book.cite(document, Span(start, len(document.text)), "Opening")
    (citation,) = book.citations
    assert (n, citation.n, citation.quote) == (1, 1, "Forty people came.")
    assert document.text[citation.start : citation.end] == citation.quote
    assert (citation.published, citation.section) == ("2020-05-04", "Opening")


def test_the_same_words_keep_their_number() -> None:
    document = _document("One sentence. Another one.")
    book = CitationBook()
    first, second = Span(0, 13), Span(14, 26)
    assert [book.cite(document, s) for s in (first, second, first)] == [1, 2, 1]


def test_an_empty_quote_is_refused() -> None:
    document = _document("Some words.   \n  ")
    with pytest.raises(ValueError, match="empty quote"):
        CitationBook().cite(document, Span(11, 16))


@given(st.text(max_size=200), st.data())
def test_every_issued_quote_is_verbatim(raw: str, data: st.DataObject) -> None:
    document = _document(canonical(raw))
    length = len(document.text)
    start = data.draw(st.integers(0, length))
    span = Span(start, data.draw(st.integers(start, length)))
    book = CitationBook()
    if not span.of(document.text).strip():
        return
    book.cite(document, span)
    (citation,) = book.citations
    assert document.text[citation.start : citation.end] == citation.quote
    assert citation.quote == citation.quote.strip()


@given(st.text(max_size=120))
def test_trimming_never_leaves_the_span(text: str) -> None:
    span = trimmed(text, Span(0, len(text)))
    assert span.of(text) == text.strip()


@given(st.text(max_size=200))
def test_quoted_words_cannot_form_a_marker_or_markup(quote: str) -> None:
    said = inline(quote)
    assert not re.search(r"[\[\]<>*`|\n]", said)


def test_a_nearest_passage_carries_its_place() -> None:
    document = _document("A first part. A second part.")
    passage = Passage(document.id, 1, Span(14, 28), (Span(14, 28),), ("Part two",))
    near = nearest(document, passage)
    assert (near.text, near.section) == ("A second part.", "Part two")
    assert document.text[near.start : near.end] == near.text
