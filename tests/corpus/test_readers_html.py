"""Pages: main text, what the page says of itself, and nothing lost however deep it lies."""

from __future__ import annotations

from datetime import date

import pytest

from corpus import Document
from corpus.readers import Failure, parse

PARAGRAPHS = [
    "The council opened a workshop where neighbours mend their bicycles together.",
    "Volunteers teach the trade on two evenings a week, and every tool is lent for free.",
    "In its first year four hundred bicycles went back on the road instead of to the dump.",
    "Other towns in the region have asked for the plans and will open theirs next spring.",
]


def page(body: str, head: str = "") -> bytes:
    return (
        f'<!doctype html><html lang="en-IE"><head>{head}</head><body>{body}</body></html>'.encode()
    )


def read(raw: bytes) -> Document:
    (document,) = parse("page.html", "page.html", raw)
    assert isinstance(document, Document), document
    return document


def test_a_page_gives_its_main_text_and_what_it_says_of_itself() -> None:
    body = "".join(f"<p>{words}</p>" for words in PARAGRAPHS)
    document = read(
        page(
            "<nav><a href=/>Home</a> <a href=/all>All the news there is</a></nav><article>"
            f"<h1>Mending <em>together</em></h1>{body}<h2>When &amp; where</h2>{body[::1]}"
            "<p>Every Tuesday evening in the old fire station behind the market.</p></article>"
            "<script>var secret = 'words of a script';</script>",
            '<title>Mending together | Sampleville</title><meta charset="utf-8">'
            '<link rel="canonical" href="https://sample.example/mending">'
            '<meta property="article:published_time" content="2023-04-05T10:00:00+02:00">',
        )
    )
    assert all(words in document.text for words in PARAGRAPHS)
    assert "All the news" not in document.text
    assert "secret" not in document.text
    assert document.title.startswith("Mending together")
    assert document.published == date(2023, 4, 5)
    assert document.language == "en"
    assert document.url == "https://sample.example/mending"
    assert [(h.level, h.span.of(document.text)) for h in document.headings] == [
        (1, "Mending together"),
        (2, "When & where"),
    ]


@pytest.mark.parametrize("depth", [10, 190, 260, 1_000, 20_000])
def test_a_sentence_any_number_of_tags_deep_is_found(depth: int) -> None:
    sentinel = "The sentinel sentence is about bicycles."
    document = read(
        page("<div>" * depth + f"<p>{sentinel}</p>" + "</div>" * depth + "<p>After it.</p>")
    )
    assert sentinel in document.text
    assert "After it." in document.text


def test_unclosed_paragraphs_are_not_depth() -> None:
    document = read(page("<nav>Menu</nav>" + "".join(f"<p>{w}<li>{w}" for w in PARAGRAPHS * 200)))
    assert PARAGRAPHS[3] in document.text


@pytest.mark.parametrize("name", ["utf-8", "iso-8859-1", "windows-1250"])
def test_a_declared_encoding_is_believed(name: str) -> None:
    words = {"utf-8": "Fête à côté", "iso-8859-1": "Fête à côté", "windows-1250": "Město řeší vše"}
    html = f'<html><head><meta charset="{name}"></head><body><p>{words[name]}</p></body></html>'
    assert words[name] in read(html.encode(name)).text


@pytest.mark.parametrize("name", ["zip", "rot13", "unicode_escape", "idna", "no-such", "../x"])
def test_a_declared_encoding_that_is_none_is_ignored(name: str) -> None:
    html = f'<meta charset="{name}"><p>Fête au village \\u0041 tout près</p>'
    assert "Fête au village" in read(html.encode("latin-1")).text


def test_an_address_that_is_a_script_is_no_address() -> None:
    head = '<link rel="canonical" href="javascript:alert(1)">'
    assert read(page(f"<p>{PARAGRAPHS[0]}</p>", head)).url is None


@pytest.mark.parametrize(
    ("named", "url"),
    [
        ("https://city.example/mending", "https://city.example/mending"),
        ("https://CITY.example:443/mending", "https://CITY.example:443/mending"),
        ("https://ministry.example/mending", "https://city.example/mending?from=feed"),
        ("http://[broken/", "https://city.example/mending?from=feed"),
        ("", "https://city.example/mending?from=feed"),
    ],
)
def test_a_fetched_page_may_name_its_address_on_the_host_it_came_from_only(
    named: str, url: str
) -> None:
    raw = page(f"<p>{PARAGRAPHS[0]}</p>", f'<link rel="canonical" href="{named}">')
    fetched = "https://city.example/mending?from=feed"
    (document,) = parse("city.example/mending", "mending-1a2b3c4d.html", raw, fetched)
    assert isinstance(document, Document)
    assert document.url == url


@pytest.mark.parametrize(
    "body", ["", "<img src=x>", "<script>let words = 1</script>", "<!-- a -->"]
)
def test_a_page_without_words_is_no_document(body: str) -> None:
    assert [*parse("page.html", "page.html", page(body))] == [
        Failure("page.html", "text", "no text found")
    ]


def test_office_conditions_are_skipped_and_broken_ones_are_a_failure() -> None:
    document = read(page(f"<![if !IE]><p>{PARAGRAPHS[0]}</p><![endif]>"))
    assert PARAGRAPHS[0] in document.text
    (failure,) = parse("page.html", "page.html", b"<![" * 100)
    assert isinstance(failure, Failure)
    assert failure.stage == "parse"
    assert failure.reason.startswith("broken markup")


def test_a_day_in_the_text_or_the_footer_is_not_the_pages_own() -> None:
    words = "<p>On 3 May 2019 the first bicycle was mended.</p>"
    assert (
        read(page(f"<article>{words}</article><footer>Copyright 2012</footer>")).published is None
    )
