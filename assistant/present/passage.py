"""A stored article with the cited passage marked where it stands.

The words shown are the stored words: strip the tags and the text is the document's, to the
character (hiding characters spelled out). Spans come from a citation; headings from the
document.
"""

from __future__ import annotations

from itertools import pairwise

from assistant.present.escape import text
from assistant.present.speech import say
from corpus import Document, Span

# Beyond this many code points on either side of the passage an article is cut, and says so:
# a report of several megabytes would stall the browser without helping to judge the quote.
SHOWN_AROUND = 60_000


def article(document: Document, passage: Span, language: str = "en") -> str:
    """The whole text of ``document`` as HTML, ``passage`` inside ``<mark>``.

    A passage that crosses a heading gives several marks, in order; the first has the id
    ``passage``. Raises ValueError when the passage does not lie in the text.
    """
    whole = Span(0, len(document.text))
    if not whole.holds(passage):
        raise ValueError(f"got {passage}, expected a span inside {whole}")
    shown = Span(max(0, passage.start - SHOWN_AROUND), min(whole.end, passage.end + SHOWN_AROUND))
    headings = [h for h in document.headings if shown.holds(h.span) and len(h.span)]
    hashes = [_markup_before(document.text, h.span) for h in headings]
    cuts = {shown.start, shown.end, passage.start, passage.end}
    cuts.update(edge for h in headings for edge in (h.span.start, h.span.end))
    cuts.update(max(shown.start, span.start) for span in hashes)
    edges = sorted(cuts)
    parts: list[str] = []
    marked = False
    for start, end in pairwise(edges):
        piece = Span(start, end)
        html = text(piece.of(document.text))
        if passage.holds(piece):
            html = f"<mark>{html}</mark>" if marked else f'<mark id="passage">{html}</mark>'
            marked = True
        heading = next((h for h in headings if h.span.holds(piece)), None)
        if heading:
            level = min(heading.level + 3, 6)  # the panel's own headings are h2 and h3
            html = f'<span class="heading" role="heading" aria-level="{level}">{html}</span>'
        elif any(span.holds(piece) for span in hashes):
            html = f'<span class="markup">{html}</span>'
        parts.append(html)
    return (
        _cut_note(shown.start, "ask.cut_before", language)
        + "".join(parts)
        + _cut_note(whole.end - shown.end, "ask.cut_after", language)
    )


def _markup_before(words: str, heading: Span) -> Span:
    """The ``## `` that makes a line a heading: part of the text, but not to be read aloud."""
    start = heading.start
    while start and words[start - 1] in "# ":
        start -= 1
    return Span(start, heading.start)


def _cut_note(characters: int, note: str, language: str) -> str:
    if not characters:
        return ""
    return f'<span class="cut">{text(say(language, note, count=characters))}</span>'
