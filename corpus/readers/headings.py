"""Where the headings of a text are: exact spans of their words, without markup.

Knows Markdown headings (``# words`` and underlined), numbered section lines (``#3 – Ghent``)
and headings another format has already named. It refuses to guess from looks: a short line
is not a heading because it is short.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from corpus import Heading, Span

_HASHES = re.compile(r" {0,3}(#{1,6})[ \t]+(\S.*?)(?:[ \t]+#+)?[ \t]*")
_NUMBERED = re.compile(r"[ \t]*(#\d{1,3}[ \t]*[–—:.)-][ \t]*\S.*?)[ \t]*")
_UNDERLINE = re.compile(r"(?:(={3,})|-{3,})[ \t]*")
_FENCE = re.compile(r" {0,3}(```+|~~~+)")
_NOT_A_TITLE_LINE = re.compile(r"[ \t]*(?:[-*+>|#]|\d+[.)]|```|~~~|[\w .-]{1,60}:[ \t])")
_EMPHASIS = "*_"
_NUMBERED_LEVEL = 2  # sections of an article whose title is level 1
_LONGEST = 200  # characters; a longer line is a paragraph, whatever marks it carries


def find_headings(text: str) -> tuple[Heading, ...]:
    """The headings of canonical plain text or Markdown, in order, never overlapping."""
    return tuple(_scan(text))


def locate_headings(text: str, named: Iterable[tuple[int, str]]) -> tuple[Heading, ...]:
    """Lines of ``text`` that are the ``(level, words)`` headings ``named``, in order.

    White space may differ; a heading without a line of its own is left out.
    """
    lines = [(span, " ".join(span.of(text).split())) for span in _lines(text)]
    places: dict[str, list[int]] = {}
    for number, (_, words) in enumerate(lines):
        places.setdefault(words, []).append(number)
    found: list[Heading] = []
    after = 0
    for level, words in named:
        wanted = " ".join(words.split())
        places_left = [number for number in places.get(wanted, ()) if number >= after]
        if not wanted or not places_left:
            continue
        found.append(Heading(_trimmed(text, lines[places_left[0]][0]), level))
        after = places_left[0] + 1
    return tuple(found)


def _scan(text: str) -> Iterator[Heading]:
    fence: str | None = None
    before_last, last = "", Span(0, 0)  # the last two lines' words and place
    for line in _lines(text):
        words = line.of(text)
        mark = _FENCE.match(words)
        if mark:
            if fence is None:
                fence = mark[1]
            elif mark[1].startswith(fence):
                fence = None
        elif fence is None:
            hashes, numbered = _HASHES.fullmatch(words), _NUMBERED.fullmatch(words)
            underline = _UNDERLINE.fullmatch(words)
            if hashes:
                span = _without_emphasis(text, _within(line, hashes.span(2)))
                if 0 < len(span) <= _LONGEST:
                    yield Heading(span, len(hashes[1]))
            elif numbered and len(numbered[1]) <= _LONGEST:
                yield Heading(_within(line, numbered.span(1)), _NUMBERED_LEVEL)
            elif underline and not before_last.strip() and _may_be_underlined(last.of(text)):
                span = _without_emphasis(text, _trimmed(text, last))
                if len(span):
                    yield Heading(span, 1 if underline[1] else 2)
        before_last, last = last.of(text), line


def _may_be_underlined(line: str) -> bool:
    return 0 < len(line.strip()) <= _LONGEST and not _NOT_A_TITLE_LINE.match(line)


def _lines(text: str) -> Iterator[Span]:
    start = 0
    while start <= len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        yield Span(start, end)
        start = end + 1


def _within(line: Span, place: tuple[int, int]) -> Span:
    return Span(line.start + place[0], line.start + place[1])


def _trimmed(text: str, span: Span) -> Span:
    words = span.of(text)
    start = span.start + len(words) - len(words.lstrip())
    return Span(start, max(start, span.start + len(words.rstrip())))


def _without_emphasis(text: str, span: Span) -> Span:
    """``span`` without the ``**`` or ``_`` that wraps all of it."""
    while (
        len(span) > 2 and text[span.start] == text[span.end - 1] and text[span.start] in _EMPHASIS
    ):
        span = _trimmed(text, Span(span.start + 1, span.end - 1))
    return span
