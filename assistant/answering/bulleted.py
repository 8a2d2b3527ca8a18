"""The members of a list set out line by line: "Our partners are:" and a line for each.

Knows marks and line order; refuses to judge whether the list is the one asked for.
"""

from __future__ import annotations

import re
from itertools import takewhile

from assistant.matching import Reading
from corpus import Span

_MARK = re.compile(r"\s*(?:[*•‣▪◦·–—+-]|\d{1,2}[.)]|\(?[a-z]\))\s+(?=\S)")
_EMPHASIS = "*_` "
# Where an item's name ends and what is said of it begins.
_NAME_ENDS = re.compile(r"\s+[–—-]\s+|:\s|\.\s|;|\s\|\s")
_LONGEST_NAME_WORDS = 12
_LONGEST_PLAIN = 8
_FEWEST_PLAIN, _MOST_PLAIN = 2, 12
_MOST_AROUND = 25  # lines looked at above one item


def items_after(reading: Reading, index: int, wanted: int | None = None) -> list[tuple[Span, Span]]:
    """The items that line ``index`` announces: the name of each, and the line it stands in.

    Empty unless the line ends in a colon, or is a heading with marked lines below it, and the
    next ones bear marks or, where a page lost them, are short and no sentences; ``wanted`` says
    how many of those there are. An item too long to be a name is left out.
    """
    text = reading.document.text
    announces = reading.lines[index].span.of(text).rstrip(_EMPHASIS).endswith(":")
    if not (announces or reading.lines[index].heading):
        return []
    following = reading.lines[index + 1 :]
    marked = ((line.span, _MARK.match(text, line.span.start, line.span.end)) for line in following)
    items = [
        (span, Span(mark.end(), span.end))
        for span, mark in takewhile(lambda item: item[1] is not None, marked)
        if mark is not None
    ]
    if not items and announces:
        # Some pages lose their bullets: then only short lines that are no sentences are items.
        known = wanted is not None
        lines = ((line.span, part) for line in following for part in _own_lines(text, line.span))
        plain = takewhile(lambda item: _is_plain_item(item[1].of(text), known), lines)
        items = list(plain)[:wanted]
        items = items if _FEWEST_PLAIN <= len(items) <= _MOST_PLAIN else []
    names = ((_name(text, item), span) for span, item in items)
    return [(name, span) for name, span in names if name is not None]


def items_around(reading: Reading, index: int) -> tuple[Span, list[tuple[Span, Span]]]:
    """The marked lines that ``index`` is one of, as ``items_after`` gives them, and their lead.

    The lead is the line above the first of them, whatever it says; empty for a line by itself.
    """
    text, lines = reading.document.text, reading.lines
    marks = [_marked(text, line.span) for line in lines[max(0, index - _MOST_AROUND) : index + 1]]
    if marks[-1] is None:
        return lines[index].span, []
    above = sum(1 for _ in takewhile(lambda mark: mark is not None, reversed(marks)))
    first = index + 1 - above
    following = (
        (line.span, _marked(text, line.span)) for line in lines[first : first + 2 * _MOST_AROUND]
    )
    items = [
        (_name(text, Span(mark.end(), span.end)), span)
        for span, mark in takewhile(lambda item: item[1] is not None, following)
        if mark is not None
    ]
    lead = lines[first - 1].span if first else Span(lines[0].span.start, lines[0].span.start)
    return lead, [(name, span) for name, span in items if name is not None]


def _marked(text: str, span: Span) -> re.Match[str] | None:
    return _MARK.match(text, span.start, span.end)


def _own_lines(text: str, span: Span) -> list[Span]:
    """The lines of the page within ``span``: short ones may have been taken for one sentence."""
    found = re.finditer(r"\S[^\n]*", text[span.start : span.end])
    return [Span(span.start + m.start(), span.start + m.end()) for m in found]


def _is_plain_item(words: str, known: bool) -> bool:
    """A short line that is no sentence; it may begin small where their number is known."""
    last = words.rstrip()[-1:]
    begins = words[:1].isupper() or (known and words[:1].isalnum())
    ends_sentence = last in ("!?:" if known else ".!?:")
    return begins and not ends_sentence and len(words.split()) <= _LONGEST_PLAIN


def _name(text: str, item: Span) -> Span | None:
    ends = _NAME_ENDS.search(text, item.start, item.end)
    start, end = item.start, ends.start() if ends else item.end
    while start < end and text[start] in _EMPHASIS:
        start += 1
    while end > start and text[end - 1] in _EMPHASIS + ".,;":
        end -= 1
    words = len(text[start:end].split())
    return Span(start, end) if 0 < words <= _LONGEST_NAME_WORDS else None
