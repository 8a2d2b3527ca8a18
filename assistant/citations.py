"""Issues citations: numbered quotes that stand verbatim in a stored document.

A citation is made from a document and a span, never from text, so a quote cannot differ from
what is stored. Knows nothing of relevance.
"""

from __future__ import annotations

from collections.abc import Iterable

from assistant import Citation, Nearest
from corpus import Document, Passage, Span


class CitationBook:
    """Hands out citation numbers for one answer; the same words get the same number."""

    def __init__(self, issued: Iterable[Citation] = ()) -> None:
        """Goes on after ``issued``, where an answer has citations already."""
        self._citations = list(issued)
        self._numbers = {(c.document, Span(c.start, c.end)): c.n for c in self._citations}

    def cite(self, document: Document, span: Span, section: str | None = None) -> int:
        """The number, from 1, of the citation of ``document.text[span]``, white space trimmed."""
        span = trimmed(document.text, span)
        if not len(span):
            raise ValueError(f"got an empty quote at {span} of {document.source}, expected words")
        key = (document.id, span)
        if key not in self._numbers:
            n = len(self._citations) + 1
            self._numbers[key] = n
            self._citations.append(
                Citation(
                    n=n,
                    source=document.source,
                    document=document.id,
                    title=document.title,
                    url=document.url,
                    published=document.published.isoformat() if document.published else None,
                    section=section,
                    start=span.start,
                    end=span.end,
                    quote=span.of(document.text),
                    sha256=document.sha256,
                )
            )
        return self._numbers[key]

    @property
    def citations(self) -> tuple[Citation, ...]:
        """What was issued so far, in order."""
        return tuple(self._citations)


def nearest(document: Document, passage: Passage) -> Nearest:
    """A passage as shown beside a refusal."""
    span = trimmed(document.text, passage.span)
    return Nearest(
        source=document.source,
        document=document.id,
        title=document.title,
        url=document.url,
        published=document.published.isoformat() if document.published else None,
        section=section_of(passage),
        start=span.start,
        end=span.end,
        text=span.of(document.text),
    )


def section_of(passage: Passage) -> str | None:
    """The innermost heading a passage stands under."""
    return passage.headings[-1] if passage.headings else None


def trimmed(text: str, span: Span) -> Span:
    """``span`` without white space at either end."""
    words = span.of(text)
    start = span.start + len(words) - len(words.lstrip())
    return Span(start, max(start, span.end - (len(words) - len(words.rstrip()))))


def holding(passages: Iterable[Passage], span: Span) -> Passage | None:
    """The passage that ``span`` starts in."""
    return next((p for p in passages if p.span.start <= span.start < p.span.end), None)
