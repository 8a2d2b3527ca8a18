"""Answers over small articles, hostile strings, and stored texts to check exports against."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import Any

import pytest

from assistant import Answer, Citation, Coverage, Item, Nearest
from assistant.verify import Verified, verify
from assistant.verify_exports import read_export
from corpus import Document
from corpus.text import document_id

GENT = (
    "# Gent repairs bicycles\n\nGent, Belgium\n\nThe workshop mends 40 bicycles a week.\n"
    "It opens on Mondays.\n\n- tools * 3\n- \ttables | chairs\n"
)
BRAGA = "# Braga lends tools\n\nBraga, Portugal\n\nNeighbours borrow drills — free of charge.\n"

HOSTILE = (
    "<script>alert(1)</script>",
    "{{constructor.constructor('alert(1)')()}} ${alert(1)}",
    '"><img src=x onerror=alert(1)>',
    "[click](javascript:alert(1)) [1](x) [1][2] [^1] ![p](https://tracker.example/p.png)",
    "[1]: https://tracker.example",
    "<https://tracker.example> https://tracker.example www.tracker.example a@tracker.example",
    "`code` ``` ~~~",
    "# heading\n\n- item\n\n1. one\n\n    code\n\n---\n\n===\n\n| a | b |\n|---|---|\n> quote",
    "**[1]** Title\n\n> words\n\n`1-2 sha256:" + "0" * 64 + " gent.md`",
    "&lt;b&gt; &#60;i&#62; &amp; &#32;",
    "a\u202etxet\u202cb c\u200bd e\ufefff \U000e0041g ‹U+202E›",
    "\\[1\\] \\<b\\> \\\\ \\",
    '=HYPERLINK("https://tracker.example","here")',
    "+1+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "-2+3",
    "\t=1+1",
    "שלום = 1, مرحبا [1]",
    "a \u2028b\u2029c\u0085d\x0be\x0cf\rg",
    "BEGIN:VEVENT\r\nEND:VEVENT\r\nX:y;z,\\n",
    "\ufffe\uffff\x1b[31m bell\x07",
    "  leading,  double and trailing  ",
    ":smile: 12:00 http://a",
    "2. second 3) third + plus",
)


def stored(source: str, text: str, **more: Any) -> Document:
    digest = sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    values: dict[str, Any] = {
        "title": text.split("\n", 1)[0].lstrip("# "),
        "language": "en",
        "kind": "markdown",
        "published": date(2026, 2, 19),
    }
    return Document(
        id=document_id(source, digest), source=source, text=text, sha256=digest, **values | more
    )


def cite(document: Document, start: int, end: int, n: int = 1, section: str | None = None) -> Any:
    return Citation(
        n=n,
        source=document.source,
        document=document.id,
        title=document.title,
        url=document.url,
        published=document.published.isoformat() if document.published else None,
        section=section,
        start=start,
        end=end,
        quote=document.text[start:end],
        sha256=document.sha256,
    )


def cited(document: Document, quote: str, n: int = 1, section: str | None = None) -> Any:
    start = document.text.index(quote)
    return cite(document, start, start + len(quote), n, section)


def answered(text: str, *citations: Citation, **more: Any) -> Answer:
    values: dict[str, Any] = {
        "id": None,
        "question": "What happened?",
        "standalone": "What happened?",
        "language": "en",
        "kind": "fact",
        "answered": bool(citations),
        "items": (),
        "coverage": None,
        "nearest": (),
        "method": "extractive",
        "snapshot": "000007",
        "answer_id": "ab12",
    }
    return Answer(text=text, citations=citations, **values | more)


@dataclass
class Shelf:
    """Stored documents, by source or id."""

    documents: list[Document] = field(default_factory=list)

    def find_document(self, source_or_id: str, /) -> Document | None:
        return next((d for d in self.documents if source_or_id in (d.id, d.source)), None)

    def find_former(self, _id: str, /) -> None:
        """Nothing ever left."""


@pytest.fixture
def gent() -> Document:
    return stored("gent.md", GENT, url="https://gent.example/bicycles")


@pytest.fixture
def braga() -> Document:
    return stored("notes/braga lends.md", BRAGA, published=None)


@pytest.fixture
def shelf(gent: Document, braga: Document) -> Shelf:
    return Shelf([gent, braga])


@pytest.fixture
def talk(gent: Document, braga: Document) -> tuple[Answer, ...]:
    """A list, a statement that cites one of its quotes again, and a refusal."""
    workshop = cited(gent, "The workshop mends 40 bicycles a week.", 1)
    drills = cited(braga, "Neighbours borrow drills — free of charge.", 2, "Tools")
    rows = answered(
        "2 found:\n- **Gent** (BE) — The workshop mends 40 bicycles a week. [1]\n"
        "- **Braga** (PT) — Neighbours borrow drills — free of charge. [2]\n\n"
        "2 documents were looked at; 2 match.",
        workshop,
        drills,
        question="Which cities lend or mend things?",
        kind="list",
        items=(Item("Gent", "BE", (1,)), Item("Braga", "PT", (2,))),
        coverage=Coverage(2, 2),
    )
    again = answered(
        "It is **free**. [1] It opens on Mondays. [2]",
        cited(braga, "Neighbours borrow drills — free of charge.", 1, "Tools"),
        cited(gent, "It opens on Mondays.", 2),
        question="Is it free?",
        method="llm",
    )
    near = cited(braga, "Braga, Portugal")
    refusal = answered(
        "The articles do not hold an answer to this question.",
        question="Who pays?",
        kind="refusal",
        nearest=(
            Nearest(
                *(near.source, near.document, near.title, near.url, near.published, None),
                *(near.start, near.end, near.quote),
            ),
        ),
    )
    return rows, again, refusal


@pytest.fixture
def check() -> Callable[[bytes, Shelf], Verified]:
    """What ``townbook verify`` finds in an export."""
    return lambda content, shelf: verify(read_export(content, "saved"), shelf)


@pytest.fixture(params=HOSTILE, ids=range(len(HOSTILE)))
def hostile(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def hostile_talk() -> Callable[[str], tuple[Answer, Shelf]]:
    """An answer with one string in every field, and the shelf its quotes stand on."""

    def make(words: str) -> tuple[Answer, Shelf]:
        document = stored(
            words, f"x {words} y\n{words}", title=words, url=words, published=date(2026, 2, 19)
        )
        end = len(document.text)
        near = Nearest(words, document.id, words, words, words, words, 0, end, document.text)
        citations = (cite(document, 0, end, 1, words), cite(document, 1, end, 2, words))
        return answered(
            f"{words} [1]\n- **{words}** ({words}) — {words} [2]\n\n{words}",
            *citations,
            question=words,
            snapshot=words,
            items=(Item(words, words, (1, 2)), Item("plain", None, (2,))),
            nearest=(near,),
            answered=False,
        ), Shelf([document])

    return make


@dataclass
class Seen:
    """The elements of a piece of HTML, their attributes, and where its links lead."""

    tags: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    attributes: set[str] = field(default_factory=set)


@pytest.fixture
def see() -> Callable[[str], Seen]:
    from html.parser import HTMLParser

    def look(html: str) -> Seen:
        seen = Seen()

        class Reader(HTMLParser):
            def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
                seen.tags.append(tag)
                seen.attributes.update(name for name, _ in attrs)
                seen.links += [value or "" for name, value in attrs if name == "href"]

        reader = Reader()
        reader.feed(html)
        reader.close()
        return seen

    return look
