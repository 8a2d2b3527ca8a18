"""``Key: value`` lines, with the span of every key and value.

Knows the shape only: one pair a line, or several with two blanks between them
("Start: 2007  End: 2014"). Refuses to know what any key means, and to take prose with a colon
for a header: a key is at most four words, and opens its line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus import Document, Span
from corpus.words import fold

_LONGEST_LINE = 4_000  # characters; lists of aims run to two thousand
_KEY = r"[^\W\d_][\w'’]{0,24}(?:[ -][\w'’]{1,24}){0,3}"
_OPENING = re.compile(rf"[ \t]{{0,4}}(?:[-*•][ \t])?\*{{0,2}}(?P<key>{_KEY})\*{{0,2}}[ \t]?:")
_FOLLOWING = re.compile(rf"[ \t\u00a0]{{2,12}}(?P<key>{_KEY}):(?=[ \t\n]|$)")
_EMPTY = frozenset({"", "-", "–", "na", "n/a", "none", "not available", "unknown", "tbd", "tba"})


@dataclass(frozen=True, slots=True)
class Pair:
    """One key, folded, and where its value stands; the value may be empty."""

    key: str
    value: Span
    line: Span


def pairs(text: str, within: Span) -> Iterator[Pair]:
    """Every pair on the lines of ``within``, in order."""
    start = within.start
    while start < within.end:
        newline = text.find("\n", start, within.end)
        stop = within.end if newline < 0 else newline
        if stop - start <= _LONGEST_LINE:
            yield from _on_line(text, Span(start, stop))
        start = stop + 1


def _on_line(text: str, line: Span) -> Iterator[Pair]:
    match = _OPENING.match(text, line.start, line.end)
    while match is not None:
        following = _FOLLOWING.search(text, match.end(), line.end)
        stop = following.start() if following else line.end
        yield Pair(_plain(match["key"]), _trimmed(text, match.end(), stop), line)
        match = following


def _plain(key: str) -> str:
    return fold(key).replace("-", " ").replace("_", " ")


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and (text[start].isspace() or text[start] in "*"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in "*"):
        end -= 1
    return Span(start, end)


def is_empty(value: str) -> bool:
    """Whether a value says that there is none: "", "NA", "not available"."""
    return fold(value).strip() in _EMPTY


def first_value(found: list[Pair], keys: frozenset[str], text: str) -> Span | None:
    """The span of the first value under one of ``keys`` that says something."""
    return next(
        (pair.value for pair in found if pair.key in keys and not is_empty(pair.value.of(text))),
        None,
    )


def title_span(document: Document) -> Span | None:
    """Where the text itself says the document's title; its first line if that is it."""
    text, title = document.text, document.title
    if title and (at := text.find(title, 0, 4_000)) >= 0:
        return Span(at, at + len(title))
    start = len(text) - len(text.lstrip())
    stop = text.find("\n", start)
    stop = len(text) if stop < 0 else stop
    line = _trimmed(text, start, stop)
    while line.start < line.end and text[line.start] in "# ":
        line = Span(line.start + 1, line.end)
    return line if 0 < len(line) <= 300 else None


def opening_lines(document: Document, title: Span) -> Iterator[Span]:
    """The lines of the header under ``title``: pairs, and at most two others among them.

    The last line given may be the first of the text itself; it holds no pair then.
    """
    text, start, given, others = document.text, title.end, 0, 0
    while start < len(text) and given < _MOST_LINES and others < _MOST_OTHERS:
        newline = text.find("\n", start)
        stop = len(text) if newline < 0 else newline
        line = _trimmed(text, start, stop)
        if len(line):
            yield line
            given += 1
            others += _OPENING.match(text, line.start, line.end) is None
        start = stop + 1


_MOST_LINES = 14
_MOST_OTHERS = 3  # a subtitle, the town, and the line that ends the header


def metadata(document: Document, key: str) -> str | None:
    """A value of the front matter, or None; ``key`` folded."""
    return next((value for name, value in document.metadata if fold(name) == key), None)
