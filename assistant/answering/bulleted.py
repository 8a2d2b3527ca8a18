"""The members of a list set out line by line: "Our partners are:" and a bullet for each.

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


def items_after(reading: Reading, index: int) -> list[tuple[Span, Span]]:
    """The items that line ``index`` announces: the name of each, and the line it stands in.

    Empty unless the line ends in a colon and the next ones bear marks or, where a page lost
    them, are short and no sentences. An item too long to be a name is left out.
    """
    text = reading.document.text
    if not reading.lines[index].span.of(text).rstrip(_EMPHASIS).endswith(":"):
        return []
    following = reading.lines[index + 1 :]
    marked = ((line.span, _MARK.match(text, line.span.start, line.span.end)) for line in following)
    items = [
        (span, Span(mark.end(), span.end))
        for span, mark in takewhile(lambda item: item[1] is not None, marked)
        if mark is not None
    ]
    if not items:
        # Some pages lose their bullets: then only short lines that are no sentences are items.
        plain = takewhile(lambda line: _is_plain_item(line.span.of(text)), following)
        items = [(line.span, line.span) for line in plain]
        items = items if _FEWEST_PLAIN <= len(items) <= _MOST_PLAIN else []
    names = ((_name(text, item), span) for span, item in items)
    return [(name, span) for name, span in names if name is not None]


def _is_plain_item(words: str) -> bool:
    last = words.rstrip()[-1:]
    return words[:1].isupper() and last not in ".!?:;" and len(words.split()) <= _LONGEST_PLAIN


def _name(text: str, item: Span) -> Span | None:
    ends = _NAME_ENDS.search(text, item.start, item.end)
    start, end = item.start, ends.start() if ends else item.end
    while start < end and text[start] in _EMPHASIS:
        start += 1
    while end > start and text[end - 1] in _EMPHASIS + ".,;":
        end -= 1
    words = len(text[start:end].split())
    return Span(start, end) if 0 < words <= _LONGEST_NAME_WORDS else None
