"""Events, practices and answers as flat rows: one value a cell, and the words they rest on.

Knows the columns of each kind and which sentence shows a record. Every row carries a quote with
its place, ``text[quote_start:quote_end] == quote`` in the stored document of that hash. Refuses
to know any file format, and which rows somebody wants: ``chosen.py`` does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal

from assistant import Answer, Citation
from assistant.citations import trimmed
from corpus import Document, Event, Field, Passage, Practice, Record, Span

Kind = Literal["event", "practice"]

_LONGEST_QUOTE = 400  # code points
_SHOWN_BY = (
    *("quote", "title", "published", "language", "url", "source"),
    *("document", "sha256", "quote_start", "quote_end"),
)
COLUMNS: Mapping[Kind, tuple[str, ...]] = {
    "event": ("name", "start", "end", "place", "country", *_SHOWN_BY),
    "practice": (
        *("name", "city", "country", "started", "ended", "budget", "currency", "population"),
        *("keywords", *_SHOWN_BY),
    ),
}
ANSWER_COLUMNS = (
    *("question", "found", "country", "n", "quote", "title", "published", "section", "url"),
    *("source", "document", "sha256", "start", "end"),
)


def rows(
    kind: Kind,
    records: Iterable[Record],
    document: Callable[[str], Document],
    passages: Callable[[str], Sequence[Passage]],
) -> list[dict[str, Any]]:
    """A row for every record of ``kind``, events by day and practices by source.

    ``document`` and ``passages`` are looked up by document id. Days are ISO 8601; what a text
    does not say is None.
    """
    found = []
    fields: tuple[Field[Any] | None, ...]
    for record in records:
        if isinstance(record, Event) and kind == "event":
            values = _event(record)
            fields = (record.start, record.name, record.end, record.place)
        elif isinstance(record, Practice) and kind == "practice":
            values = _practice(record)
            fields = (record.name, record.city, record.country)
        else:
            continue
        spans = [field.span for field in fields if field]
        found.append(values | _shown(document(record.document), passages, spans))
    if kind == "event":
        return sorted(found, key=lambda row: (row["start"], row["name"], row["source"]))
    return sorted(found, key=lambda row: (row["source"], row["quote_start"], row["name"]))


def answer_rows(answers: Iterable[Answer]) -> Iterator[dict[str, Any]]:
    """A row for every citation of every answer; of a list, for every one of each thing found."""
    for answer in answers:
        of = {citation.n: citation for citation in answer.citations}
        listed: list[tuple[str | None, str | None, Citation]] = [
            (item.name, item.country, of[n])
            for item in answer.items
            for n in item.citations
            if n in of
        ]
        for name, country, c in listed or [(None, None, c) for c in answer.citations]:
            yield {
                "question": answer.question,
                "found": name,
                "country": country,
                "n": c.n,
                "quote": c.quote,
                "title": c.title,
                "published": c.published,
                "section": c.section,
                "url": c.url,
                "source": c.source,
                "document": c.document,
                "sha256": c.sha256,
                "start": c.start,
                "end": c.end,
            }


def _event(event: Event) -> dict[str, Any]:
    return {
        "name": event.name.value,
        "start": event.start.value.isoformat(),
        "end": event.end.value.isoformat() if event.end else None,
        "place": event.place.value if event.place else None,
        "country": event.country.value if event.country else None,
    }


def _practice(practice: Practice) -> dict[str, Any]:
    budget = practice.budget.value if practice.budget else None
    fields = ("city", "country", "started", "ended", "population")
    told = {name: getattr(practice, name) for name in fields}
    return {
        "name": practice.name.value,
        **{name: field.value if field else None for name, field in told.items()},
        "budget": budget.amount if budget else None,
        "currency": budget.currency if budget else None,
        "keywords": [keyword.value for keyword in practice.keywords],
    }


def _shown(
    document: Document, passages: Callable[[str], Sequence[Passage]], fields: Sequence[Span]
) -> dict[str, Any]:
    """The lines that tell all of ``fields``, or the sentence of the first one if that is long."""
    text = document.text
    whole = _lines(text, Span(min(f.start for f in fields), max(f.end for f in fields)))
    if len(whole) > _LONGEST_QUOTE:
        whole = _sentence(passages(document.id), fields[0]) or _lines(text, fields[0])
    span = trimmed(text, whole)
    return {
        "quote": span.of(text),
        "title": document.title,
        "published": document.published.isoformat() if document.published else None,
        "language": document.language,
        "url": document.url,
        "source": document.source,
        "document": document.id,
        "sha256": document.sha256,
        "quote_start": span.start,
        "quote_end": span.end,
    }


def _sentence(passages: Sequence[Passage], at: Span) -> Span | None:
    held = (s for p in passages if p.span.overlaps(at) for s in p.sentences if s.holds(at))
    return next(held, None)


def _lines(text: str, at: Span) -> Span:
    start = text.rfind("\n", 0, at.start) + 1
    end = text.find("\n", at.end)
    return Span(start, len(text) if end < 0 else end)
