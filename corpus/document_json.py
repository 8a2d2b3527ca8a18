"""Document to JSON and back, the one place that knows how a Document is written down.

The same form crosses the pipe from a reader's child process and rests in the library. It
refuses to know files, pipes and databases: it deals in plain JSON values only.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from corpus import Document, Heading, Span


def document_to_json(document: Document) -> dict[str, Any]:
    """Plain JSON values from which ``document_from_json`` makes an equal Document."""
    return {
        "id": document.id,
        "source": document.source,
        "text": document.text,
        "sha256": document.sha256,
        "title": document.title,
        "language": document.language,
        "kind": document.kind,
        "published": document.published.isoformat() if document.published else None,
        "url": document.url,
        "headings": [[h.span.start, h.span.end, h.level] for h in document.headings],
        "metadata": [[key, value] for key, value in document.metadata],
    }


def document_from_json(value: Mapping[str, Any]) -> Document:
    """The Document written by ``document_to_json``; KeyError or ValueError on anything else."""
    published = value["published"]
    return Document(
        id=value["id"],
        source=value["source"],
        text=value["text"],
        sha256=value["sha256"],
        title=value["title"],
        language=value["language"],
        kind=value["kind"],
        published=date.fromisoformat(published) if published else None,
        url=value["url"],
        headings=tuple(Heading(Span(start, end), level) for start, end, level in value["headings"]),
        metadata=tuple((key, text) for key, text in value["metadata"]),
    )
