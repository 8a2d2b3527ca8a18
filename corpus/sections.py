"""A document cut at its headings.

Knows heading lines as the readers found them, their levels, and the document's title. Refuses
to guess headings from looks, and to know sentences or tokens.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from corpus import Document, Span
from corpus.lines import kind

_WORDS = re.compile(r"\S")
_UNDERLINE = re.compile(r"[ \t]*(?:=+|-+)[ \t]*(?:\n|$)")
_EMPHASIS = "*_ \t"
_MARKUP = "#" + _EMPHASIS

_MOST_HEADER_LINES = 20
# Between a title and its fields a line such as "Ghent, Belgium" may stand.
_MOST_LINES_BETWEEN = 2
_LONGEST_LINE_BETWEEN = 60


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the text under it, down to the next heading of whatever level."""

    span: Span
    body: int  # where the text under the heading lines, or under the title, begins
    headings: tuple[str, ...]  # outermost first, without the document's title


@dataclass(frozen=True, slots=True)
class _Piece:
    section: Section
    level: int


def sections(document: Document) -> tuple[Section, ...]:
    """The sections of ``document`` in order; together they hold all of its text.

    A heading with nothing under it but a deeper heading opens that one's section, as does a
    title with nothing under it: a section is never a bare line that others are about to explain.
    """
    found: list[Section] = []
    open_from: _Piece | None = None  # bare lines waiting for the section they open
    for piece in _pieces(document):
        section = piece.section
        if open_from is not None:
            if piece.level > open_from.level:
                section = replace(
                    section, span=Span(open_from.section.span.start, section.span.end)
                )
            else:
                found.append(open_from.section)
            open_from = None
        if document.text[section.body : section.span.end].strip():
            found.append(section)
        else:
            open_from = replace(piece, section=section)
    if open_from is not None:
        found.append(open_from.section)
    return tuple(found)


def header_end(document: Document) -> int:
    """Where the ``key: value`` lines that open a document end; 0 if it has none."""
    text = document.text
    end = position = 0
    between = 0
    for number in range(_MOST_HEADER_LINES):
        start = _next_line_with_words(text, position)
        if start == len(text):
            break
        newline = text.find("\n", start)
        position = len(text) if newline < 0 else newline
        line = text[start:position].strip()
        shape = kind(line)
        if shape == "field":
            end, between = position, 0
        elif number > 0:  # the first line is the title, whatever its shape
            between += 1
            if (
                shape != "plain"
                or between > _MOST_LINES_BETWEEN
                or len(line) > _LONGEST_LINE_BETWEEN
            ):
                break
    return end


def plain(words: str) -> str:
    """``words`` on one line, without emphasis around them."""
    return " ".join(words.split()).strip(_EMPHASIS)


def says_the_same(line: str, other: str) -> bool:
    """Whether two lines differ in markup, case and white space only."""
    return _bare(line) == _bare(other)


def _bare(line: str) -> str:
    return " ".join(line.split()).strip(_MARKUP).casefold()


def _next_line_with_words(text: str, position: int) -> int:
    words = _WORDS.search(text, position)
    return words.start() if words else len(text)


def _pieces(document: Document) -> Iterator[_Piece]:
    """One piece for the text before the first heading, and one for each heading."""
    text = document.text
    lines = list(_heading_lines(document))
    first = lines[0][0].start if lines else len(text)
    if not lines or text[:first].strip():
        yield _Piece(Section(Span(0, first), _after_title(document, first), ()), level=0)
    path: list[tuple[int, str]] = []
    for number, (line, level, words) in enumerate(lines):
        end = lines[number + 1][0].start if number + 1 < len(lines) else len(text)
        path = [above for above in path if above[0] < level]
        path.append((level, words))
        headings = tuple(
            name for _, name in path if name and not says_the_same(name, document.title)
        )
        yield _Piece(Section(Span(line.start, end), line.end, headings), level)


def _heading_lines(document: Document) -> Iterator[tuple[Span, int, str]]:
    """Each heading's whole line with its underline, its level and its words."""
    text = document.text
    end = 0
    for heading in document.headings:
        start = text.rfind("\n", 0, heading.span.start) + 1
        if start < end:
            continue  # a second heading in one line opens nothing of its own
        newline = text.find("\n", heading.span.end)
        end = len(text) if newline < 0 else newline + 1
        if underline := _UNDERLINE.match(text, end):
            end = underline.end()
        yield Span(start, end), heading.level, plain(heading.span.of(text))


def _after_title(document: Document, end: int) -> int:
    """Where the text goes on after a first line that is the title; 0 if it is not."""
    text = document.text
    start = len(text) - len(text.lstrip())
    newline = text.find("\n", start, end)
    stop = end if newline < 0 else newline + 1
    return stop if start < stop and says_the_same(text[start:stop], document.title) else 0
