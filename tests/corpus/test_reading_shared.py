"""The real articles: all of them are read, and what their headers say is understood."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from pathlib import Path

import pytest

from corpus import Document
from corpus.reading import Read, ReaderPool
from corpus.sources import discover
from corpus.text import canonical, document_id, text_sha256


@pytest.fixture(scope="module")
def reads(shared: Path) -> list[Read]:
    with ReaderPool() as pool:
        return [*pool.read(discover(shared / "data" / "articles"))]


@pytest.fixture(scope="module")
def documents(reads: list[Read]) -> dict[str, Document]:
    return {document.source: document for one in reads for document in one.documents}


def test_every_article_is_read(reads: list[Read]) -> None:
    assert [one.failures for one in reads if one.failures] == []
    assert sum(len(one.documents) for one in reads) == len(reads) == 664


def test_every_document_is_what_its_type_promises(documents: dict[str, Document]) -> None:
    for document in documents.values():
        assert document.text == canonical(document.text)
        assert document.sha256 == text_sha256(document.text)
        assert document.id == document_id(document.source, document.sha256)
        for heading in document.headings:
            assert heading.span.of(document.text).strip() == heading.span.of(document.text) != ""


def test_every_line_of_text_stands_in_the_raw_file(reads: list[Read]) -> None:
    def flat(text: str) -> str:
        return " ".join(unicodedata.normalize("NFKC", text).split())

    for one in reads:
        raw = flat(one.item.path.read_text(encoding="utf-8"))
        for document in one.documents:
            assert all(flat(line) in raw for line in document.text.split("\n")), document.source


def test_titles_are_short_lines_and_no_file_names(documents: dict[str, Document]) -> None:
    for document in documents.values():
        assert 0 < len(document.title) <= 201
        assert not re.fullmatch(r"[\w.-]+\.md", document.title), document.source
        assert not document.title.startswith(("date:", "# ", "{{")), document.source


def test_days_of_publication_are_those_of_the_headers(documents: dict[str, Document]) -> None:
    days = {source: document.published for source, document in documents.items()}
    assert days["000_626cd561596f5642.txt"] == date(2026, 2, 19)
    assert days["urbact-gp-082-alba-iulia.txt"] == date(2017, 6, 2)
    assert days["004_ef75a54fbf1959a0.txt"] is None  # its days are those of the news it lists
    assert sum(day is not None for day in days.values()) >= 280
    assert all(2010 <= day.year <= 2026 for day in days.values() if day)
    # Most blogs name their files by the day; a few were renamed later.
    named = {
        source: date.fromisoformat(match[1])
        for source in days
        if (match := re.match(r"(?:it|es|de)-\w+-(\d{4}-\d\d-\d\d)-", source)) and days[source]
    }
    assert sum(days[source] == day for source, day in named.items()) >= 0.98 * len(named)


def test_an_events_own_day_is_not_its_day_of_publication(documents: dict[str, Document]) -> None:
    events = [document for source, document in documents.items() if source.startswith("st-events")]
    assert len(events) == 19
    assert [document.source for document in events if document.published] == []


def test_numbered_sections_are_headings(documents: dict[str, Document]) -> None:
    document = documents["000_626cd561596f5642.txt"]
    words = [heading.span.of(document.text) for heading in document.headings]
    assert [line.split()[0] for line in words] == [f"#{number}" for number in range(1, 9)]
    assert words[2] == "#3 – Roeselare (BE)"


def test_languages_are_those_of_the_collections(documents: dict[str, Document]) -> None:
    expected = {"urbact": "en", "network": "en", "st": "en", "it": "it", "es": "es"}
    expected |= {"fr": "fr", "nl": "nl", "pt": "pt"}
    wrong = [
        document.source
        for document in documents.values()
        if document.language != expected.get(document.source.split("-")[0], document.language)
    ]
    assert wrong == []
