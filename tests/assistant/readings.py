"""Documents cut into lines by hand, one passage each."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.matching import Reading, read
from corpus import Document, Passage, Span
from corpus.text import document_id, text_sha256


def reading_of(
    sentences: Sequence[str], *, language: str = "en", title: str = "Note", joined_by: str = "\n"
) -> Reading:
    """A document whose lines are ``sentences``."""
    text = joined_by.join(sentences)
    digest = text_sha256(text)
    document = Document(
        id=document_id("note.txt", digest),
        source="note.txt",
        text=text,
        sha256=digest,
        title=title,
        language=language,
        kind="text",
    )
    spans, start = [], 0
    for sentence in sentences:
        spans.append(Span(start, start + len(sentence)))
        start += len(sentence) + len(joined_by)
    return read(document, [Passage(document.id, 0, Span(0, len(text)), tuple(spans), ())])
