"""The members of a list set out line by line: "Our partners are:" and a line for each.

Knows marks, headings and line order; refuses to judge whether the list is the one asked for.
"""

from __future__ import annotations

import re
from itertools import takewhile

from assistant.matching import Line, Reading
from corpus import Span

_MARK = re.compile(r"\s*(?:[*•‣▪◦·–—+-]|\d{1,2}[.)]|\(?[a-z]\))\s+(?=\S)")
_EMPHASIS = "*_` "
# Where an item's name ends and what is said of it begins.
_NAME_ENDS = re.compile(r"\s+[–—-]\s+|:\s|\.\s|;|\s\|\s")
_LONGEST_NAME_WORDS = 12
_LONGEST_PLAIN = 8
_FEWEST_PLAIN, _MOST_PLAIN = 2, 12
# An item may go on for so many lines before the next one's mark.
_GOES_ON = 4
_MOST_AROUND = 40  # lines looked at on either side of one item
_SHAPE = re.compile(r"\s*(#{1,6}|\*\*|__)")
_HEADING_MARKS = "#*_ "

Item = tuple[Span, Span]
"""An item's name, and the line it stands in."""


def items_after(reading: Reading, index: int, wanted: int | None = None) -> list[Item]:
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
    if following and _marked(text, following[0].span):
        return _items(text, following)
    if not announces:
        return []
    # Some pages lose their bullets: then only short lines that are no sentences are items.
    known = wanted is not None
    lines = ((line.span, part) for line in following for part in _own_lines(text, line.span))
    plain = takewhile(lambda item: _is_plain_item(item[1].of(text), known), lines)
    items = list(plain)[:wanted]
    items = items if _FEWEST_PLAIN <= len(items) <= _MOST_PLAIN else []
    names = ((_name(text, item), span) for span, item in items)
    return [(name, span) for name, span in names if name is not None]


def items_around(reading: Reading, index: int) -> tuple[Span, list[Item]]:
    """The marked lines that ``index`` is one of, as ``items_after`` gives them, and their lead.

    The lead is the line above the first of them, whatever it says; empty for a line by itself.
    """
    text, lines = reading.document.text, reading.lines
    if not _marked(text, lines[index].span):
        return lines[index].span, []
    first = at = index
    while at > max(0, index - _MOST_AROUND) and first - at < _GOES_ON:
        at -= 1
        if _marked(text, lines[at].span):
            first = at
        elif _closes(text, lines[at]):
            break
    lead = lines[first - 1].span if first else Span(lines[0].span.start, lines[0].span.start)
    return lead, _items(text, lines[first : index + _MOST_AROUND])


def headed_items(reading: Reading, index: int) -> list[Item]:
    """The headings of the same kind around heading ``index``, as items; empty for few of them."""
    text, lines = reading.document.text, reading.lines
    shape = _SHAPE.match(text, lines[index].span.start, lines[index].span.end)
    if shape is None or not lines[index].heading:
        return []
    found: list[Item] = []
    for number, line in enumerate(lines):
        own = _SHAPE.match(text, line.span.start, line.span.end) if line.heading else None
        if own is None:
            continue
        if own.group(1) == shape.group(1):
            name = _stripped(text, line.span, _HEADING_MARKS)
            if name is not None and len(name.of(text).split()) <= _LONGEST_NAME_WORDS:
                found.append((name, line.span))
        elif own.group(1) < shape.group(1):
            # A higher heading: what stands on the other side of it belongs elsewhere.
            if number > index:
                break
            found = []
    return found if _FEWEST_PLAIN < len(found) <= _MOST_PLAIN else []


def _items(text: str, lines: tuple[Line, ...]) -> list[Item]:
    """The items of the marked lines that ``lines`` begin with; an item may go on below its line."""
    items: list[Item] = []
    waited = 0
    for line in lines:
        mark = _marked(text, line.span)
        if mark is not None:
            name = _name(text, Span(mark.end(), line.span.end))
            if name is not None:
                items.append((name, line.span))
            waited = 0
        else:
            waited += 1
            if waited >= _GOES_ON or _closes(text, line):
                break
    return items


def _closes(text: str, line: Line) -> bool:
    """Whether a line without a mark ends a list: a marked heading, or it announces another."""
    words = line.span.of(text).rstrip(_EMPHASIS)
    shape = _SHAPE.match(words)
    headed = shape is not None and (line.heading or shape.group(1).startswith("#"))
    return words.endswith(":") or headed


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
    name = _stripped(text, Span(item.start, ends.start() if ends else item.end), _EMPHASIS)
    return name if name is not None and len(name.of(text).split()) <= _LONGEST_NAME_WORDS else None


def _stripped(text: str, span: Span, marks: str) -> Span | None:
    """``span`` without ``marks`` at either end and stops at its end; None for nothing."""
    start, end = span.start, span.end
    while start < end and text[start] in marks:
        start += 1
    while end > start and text[end - 1] in marks + ".,;":
        end -= 1
    return Span(start, end) if start < end else None
