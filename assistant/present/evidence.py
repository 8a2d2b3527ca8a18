"""The words that a row's values were read from, each marked in the line it stands in."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from assistant.exploring.rows import Row, Stated
from assistant.present.escape import text
from assistant.present.speech import say
from corpus import Document, Span

SHOWN_AROUND = 140  # code points on either side of the marked words
MOST_LINES = 6  # of one row; the article has the rest

# The value's name in a row, and what the table calls it.
LABELS: Mapping[str, str] = {
    "name": "explore.quoted_name",
    "city": "explore.column_city",
    "started": "explore.column_started",
    "budget": "explore.column_budget",
    "start": "explore.column_start",
    "end": "explore.column_end",
    "place": "explore.column_place",
}


def evidence(row: Row, document: Callable[[str], Document | None], language: str) -> str:
    """A closed list of quotes that opens on demand; nothing when no article holds them any more.

    ``document`` gives an article by its source name. One that has changed since is not quoted.
    """
    lines: dict[tuple[str, Span], list[Stated]] = {}
    known: dict[str, Document] = {}
    for stated in row.stated:
        held = known.get(stated.source) or document(stated.source)
        if held is None or held.id != stated.document:
            continue
        known[stated.source] = held
        lines.setdefault((stated.source, _line(held.text, stated.span)), []).append(stated)
    if not lines:
        return ""
    quotes = "".join(
        _quote(known[source], line, parts, language)
        for (source, line), parts in list(lines.items())[:MOST_LINES]
    )
    name = text(say(language, "explore.quotes_of", name=row.name))
    return (
        f'<details class="evidence"><summary data-key="quotes:{text(row.id)}" aria-label="{name}">'
        f"{text(say(language, 'explore.quotes'))}</summary><dl>{quotes}</dl></details>"
    )


def _quote(document: Document, line: Span, parts: list[Stated], language: str) -> str:
    labels = ", ".join(dict.fromkeys(say(language, LABELS[stated.part]) for stated in parts))
    spans = _apart(sorted({stated.span for stated in parts}))
    start = max(line.start, spans[0].start - SHOWN_AROUND)
    end = min(line.end, max(span.end for span in spans) + SHOWN_AROUND)
    shown, at = "" if start == line.start else "… ", start
    for span in spans:
        marked = text(span.of(document.text))
        shown += f"{text(document.text[at : span.start])}<mark>{marked}</mark>"
        at = span.end
    shown += text(document.text[at:end]) + ("" if end == line.end else " …")
    lang = f' lang="{text(document.language)}"' if document.language != "und" else ""
    return f'<dt>{text(labels)}</dt><dd><q dir="auto"{lang}>{shown}</q></dd>'


def _apart(spans: list[Span]) -> list[Span]:
    """Spans in order, those that overlap as one."""
    found = spans[:1]
    for span in spans[1:]:
        if span.start < found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return found


def _line(words: str, span: Span) -> Span:
    """The line, or lines, that ``span`` stands in."""
    start = words.rfind("\n", 0, span.start) + 1
    end = words.find("\n", span.end)
    return Span(start, len(words) if end < 0 else end)
