"""HTML read the way a browser reads it, and small answers to show."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from html.parser import HTMLParser
from typing import Any

import pytest

from assistant import Answer, Citation
from corpus import Document
from tests.payloads import PAYLOADS

HOSTILE = (
    *PAYLOADS,
    "<script>alert(1)</script>",
    "${alert(1)}",
    "{{constructor.constructor('alert(1)')()}}",
    "{{{value}}}",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "[click](javascript:alert(1))",
    "![pixel](https://tracker.example/p.png)",
    "[1]: https://tracker.example",
    "<https://tracker.example>",
    "https://tracker.example www.tracker.example",
    "`${alert(1)}`",
    "</div></article></table><style>*{display:none}</style>",
    "# heading\n\n- item\n\n    code\n\n---\n\n| a | b |\n|---|---|",
    "&lt;b&gt; &#60;i&#62; &amp;",
    "a\u202etxet\u202cb c\u200bd e\ufefff \U000e0041g",
    "\\[1\\] \\<b\\>",
    "$$x$$ \\(y\\)",
    "nul\0 bell\x07 lone\ud800",
)


@dataclass
class Seen(HTMLParser):
    """The elements, attributes and words of a fragment, after character references."""

    elements: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    words: str = ""
    marked: str = ""
    _in_mark: int = 0

    def __post_init__(self) -> None:
        HTMLParser.__init__(self, convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        self._in_mark += tag == "mark"

    def handle_endtag(self, tag: str) -> None:
        self._in_mark -= tag == "mark"

    def handle_data(self, data: str) -> None:
        self.words += data
        self.marked += data if self._in_mark else ""

    @property
    def tags(self) -> set[str]:
        return {tag for tag, _ in self.elements}

    def of(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.elements if name == tag]

    @property
    def inert(self) -> bool:
        """Nothing here runs, loads, styles, or leads anywhere but a fragment or the web."""
        return all(
            tag not in {"script", "style", "img", "iframe", "object", "form", "link", "base"}
            and not any(name.startswith("on") or name in {"style", "src"} for name in attributes)
            and attributes.get("href", "#").startswith(("#", "http://", "https://"))
            for tag, attributes in self.elements
        )


def see(html: str) -> Seen:
    seen = Seen()
    seen.feed(html)
    seen.close()
    return seen


@pytest.fixture
def browse() -> Callable[[str], Seen]:
    return see


@pytest.fixture
def make_document() -> Callable[..., Document]:
    def make(text: str, source: str = "notes.txt", title: str = "Notes", **more: Any) -> Document:
        digest = sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
        return Document(
            id=digest[:16],
            source=source,
            text=text,
            sha256=digest,
            title=title,
            language="en",
            kind="text",
            **more,
        )

    return make


@pytest.fixture
def make_citation() -> Callable[..., Citation]:
    def make(document: Document, quote: str, n: int = 1, section: str | None = None) -> Citation:
        start = document.text.index(quote)
        return Citation(
            n=n,
            source=document.source,
            document=document.id,
            title=document.title,
            url=document.url,
            published="2024-03-05",
            section=section,
            start=start,
            end=start + len(quote),
            quote=quote,
            sha256=document.sha256,
        )

    return make


@pytest.fixture
def make_answer() -> Callable[..., Answer]:
    def make(text: str, *citations: Citation, **more: Any) -> Answer:
        values: dict[str, Any] = {
            "id": None,
            "question": "What happened?",
            "standalone": "What happened?",
            "language": "en",
            "kind": "fact",
            "answered": True,
            "items": (),
            "coverage": None,
            "nearest": (),
            "method": "extractive",
            "snapshot": "000001",
            "answer_id": "ab12",
        }
        return Answer(text=text, citations=citations, **{**values, **more})

    return make


@pytest.fixture(params=HOSTILE, ids=range(len(HOSTILE)))
def hostile(request: pytest.FixtureRequest) -> str:
    return str(request.param)
