"""Pages that list dated items one after the other: news, calendars, calls.

Knows that such an item is a title line, its text and the dates that close it, each on a line
``key: date``. Refuses to read the dates, and to see a listing where fewer than two items stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from corpus import Span
from corpus.lines import kind, looks_like_title

_DATE_LINE = re.compile(
    r"[^\W\d_]\w*+(?: \w++){0,3}+:[ \t]+"
    r"(?:\d{1,4}[-./]\d{1,2}[-./]\d{1,4}"  # 2017-04-10, 10.04.2017
    r"|\d{1,2}\.?[ \t]+[^\W\d_]{3,12}\.?[ \t]+\d{4}"  # 10 April 2017
    r"|[^\W\d_]{3,12}[ \t]+\d{1,2},?[ \t]+\d{4})"  # April 10, 2017
    r"[T\d: +.Z-]{0,20}"  # a time of day, as machines write it
)


@dataclass(frozen=True, slots=True)
class _Block:
    """Lines of one sort with no blank line between them."""

    span: Span
    sort: Literal["dates", "bullets", "text"]
    title: bool


def items(text: str, within: Span) -> tuple[Span, ...]:
    """The items listed in ``within``, in order, together all of it.

    What stands before the first item's title, and after the last item's dates, is a part of its
    own. Text that lists nothing is one part.
    """
    blocks = list(_blocks(text, within))
    closed = [number for number, block in enumerate(blocks) if block.sort == "dates"]
    if len(closed) < 2:
        return (within,)
    starts = [blocks[number].span.start for number in _first_blocks(blocks, closed)]
    bounds = [within.start, *(start for start in starts if start > within.start), within.end]
    return tuple(Span(start, end) for start, end in pairwise(bounds) if text[start:end].strip())


def _first_blocks(blocks: Sequence[_Block], closed: Sequence[int]) -> Iterator[int]:
    """The number of the block that opens each item, and of the one after the last item."""
    titles = [number for number in range(closed[0]) if blocks[number].title]
    yield titles[-1] if titles else 0
    for number in closed:
        following = number + 1
        # Bullets between one item's dates and the next one's title are tags of the first;
        # those that have dates of their own are an item without a title.
        if (
            following + 1 < len(blocks)
            and blocks[following].sort == "bullets"
            and blocks[following + 1].title
        ):
            following += 1
        if following < len(blocks):
            yield following


def _blocks(text: str, within: Span) -> Iterator[_Block]:
    lines: list[Span] = []
    sort: Literal["dates", "bullets", "text"] = "text"
    position = within.start
    while position < within.end:
        newline = text.find("\n", position, within.end)
        end = within.end if newline < 0 else newline + 1
        words = text[position:end].strip()
        this = _sort(words)
        if lines and (not words or this != sort):
            yield _block(text, lines, sort)
            lines = []
        if words:
            lines.append(Span(position, end))
            sort = this
        position = end
    if lines:
        yield _block(text, lines, sort)


def _sort(words: str) -> Literal["dates", "bullets", "text"]:
    if words and _DATE_LINE.fullmatch(words):
        return "dates"
    return "bullets" if words and kind(words) == "item" else "text"


def _block(text: str, lines: Sequence[Span], sort: Literal["dates", "bullets", "text"]) -> _Block:
    title = sort == "text" and len(lines) == 1 and looks_like_title(lines[0].of(text).strip())
    return _Block(Span(lines[0].start, lines[-1].end), sort, title)
