"""Sentences of articles that claims can be made of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from assistant import Answer, Citation
from corpus import Document
from corpus.readers import parse
from corpus.sentences import sentences
from corpus.words import fold, stop_words, written

LANGUAGES = ("en", "fr", "de", "es", "it", "nl")
_FEWEST, _MOST = 8, 34  # words
_ENDS = re.compile(r"[^\W\d_]\w*[)\"”»]?\.$|[%€\d]\.$")
_BAD = re.compile(r"https?://|www\.|[|#*_<>\[\]{}\\]|�|\.{2,}|…|\n")


@dataclass(frozen=True, slots=True)
class Line:
    """One whole sentence of running text."""

    document: Document
    start: int
    end: int

    @property
    def text(self) -> str:
        """The sentence as it stands."""
        return self.document.text[self.start : self.end]

    @property
    def language(self) -> str:
        """Of its document."""
        return self.document.language

    def citation(self, n: int) -> Citation:
        """The sentence as the ``n``-th citation of an answer."""
        d = self.document
        published = d.published.isoformat() if d.published else None
        return Citation(
            n, d.source, d.id, d.title, d.url, published, None, self.start, self.end,
            self.text, d.sha256,
        )  # fmt: skip


def documents(folder: Path) -> Iterator[Document]:
    """Every readable article of ``folder`` in one of the six languages, by name."""
    for path in sorted(folder.iterdir()):
        if path.suffix not in {".txt", ".md"}:
            continue
        for found in parse(path.name, path.name, path.read_bytes()):
            if isinstance(found, Document) and found.language in LANGUAGES:
                yield found


def lines(document: Document) -> list[Line]:
    """The sentences of ``document`` that can stand alone, in its own language."""
    found = []
    for span in sentences(document.text, document.language):
        text = span.of(document.text)
        words = written(text)
        if not _FEWEST <= len(words) <= _MOST or not text[0].isupper():
            continue
        if _BAD.search(text) or not _ENDS.search(text) or ":" in text:
            continue
        stops = stop_words(document.language)
        if sum(fold(w) in stops for w in words) < len(words) / 5:
            continue  # a list of names, or another language
        found.append(Line(document, span.start, span.end))
    return found


def answer(cited: list[Line], language: str) -> Answer:
    """An answer that issued these lines as its citations."""
    return Answer(
        id=None, question="", standalone="", language=language, kind="fact", answered=True,
        text="", items=(), coverage=None,
        citations=tuple(line.citation(n) for n, line in enumerate(cited, start=1)), nearest=(),
        method="extractive", snapshot="000001", answer_id="planted",
    )  # fmt: skip
