"""Where the headings of a text are: exact spans of their words, without markup.

Knows Markdown headings (``# words`` and underlined), numbered section lines (``#3 – Ghent``)
and headings another format has already named. It refuses to guess from looks: a short line
is not a heading because it is short.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator

from corpus import Heading, Span

_HASHES = re.compile(r" {0,3}(#{1,6})[ \t]+(\S.*?)(?:[ \t]+#+)?[ \t]*")
_NUMBERED = re.compile(r"[ \t]*(#\d{1,3}[ \t]*[–—:.)-][ \t]*\S.*?)[ \t]*")
_UNDERLINE = re.compile(r"(?:(={3,})|-{3,})[ \t]*")
_FENCE = re.compile(r" {0,3}(```+|~~~+)")
_NOT_A_TITLE_LINE = re.compile(r"[ \t]*(?:[-*+>|#]|\d+[.)]|```|~~~|[\w .-]{1,60}:[ \t])")
_EMPHASIS = "*_"
_NUMBERED_LEVEL = 2  # sections of an article whose title is level 1
_LONGEST = 200  # characters; more words are a paragraph, whatever marks they carry
_LONGEST_LINE = 2 * _LONGEST  # with marks and white space


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
        numbers = places.get(wanted, ())
        place = bisect_left(numbers, after)
        if not wanted or place == len(numbers):
            continue
        found.append(Heading(_trimmed(text, lines[numbers[place]][0]), level))
        after = numbers[place] + 1
    return tuple(found)


def _scan(text: str) -> Iterator[Heading]:
    fence: str | None = None
    last, follows_text = Span(0, 0), False  # the line above, and whether text is above that
    for line in _lines(text):
        # The patterns may take quadratic time on a line, and no long line is a heading.
        words = line.of(text) if len(line) <= _LONGEST_LINE else ""
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
            elif underline and not follows_text and _may_be_underlined(text, last):
                yield Heading(
                    _without_emphasis(text, _trimmed(text, last)), 1 if underline[1] else 2
                )
        follows_text = not _is_blank(text, last)
        last = line


def _is_blank(text: str, line: Span) -> bool:
    return len(line) <= _LONGEST_LINE and not line.of(text).strip()


def _may_be_underlined(text: str, line: Span) -> bool:
    if len(line) > _LONGEST_LINE or _is_blank(text, line):
        return False
    words = line.of(text)
    return len(words.strip()) <= _LONGEST and not _NOT_A_TITLE_LINE.match(words)


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
