"""Every list that a line holds or stands in: series in prose, in brackets, set out line by line.

Knows the forms a list is written in; refuses to judge which list is the one asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.answering.bulleted import headed_items, items_after, items_around
from assistant.answering.enumerations import runs
from assistant.answering.series import all_series
from assistant.matching import Reading
from corpus import Span

_FEWEST = 3
_BRACKETS = re.compile(r"\(([^()]{5,300})\)")
# What opens a bracket that gives examples, and what closes one.
_SUCH_AS = re.compile(
    r"(?:e\.?\s?g\.?|i\.?\s?e\.?|such as|including|like|namely|z\.\s?B\.|u\.\s?a\.|wie|darunter|"
    r"par ex(?:emple)?\.?|p\.?\s?ex\.?|dont|p\.\s?ej\.|por ejemplo|como|ad es\.|es\.|quali|come|"
    r"bijv\.|bv\.|zoals|waaronder|por exemplo|np\.|m\.in\.)[:,]?\s+",
    re.IGNORECASE,
)
_AND_SO_ON = re.compile(
    r"(?:,?\s*(?:etc|usw|ecc|enz|itd|et cetera)\.?|\.\.\.|…)\s*$", re.IGNORECASE
)
_INNER_CUT = re.compile(
    r"\s*[,;]\s+(?:(?:and|or|und|oder|et|ou|y|o|e|en|of|i|oraz|lub)\s+)?"
    r"|\s+(?:and|or|und|oder|et|ou|y|e|en|i|oraz|lub|&)\s+"
)
_LONGEST_INNER = 8  # words
_GLOSS = re.compile(r"\s*\(\s*([^()]+?)\s*\)")


@dataclass(frozen=True, slots=True)
class Member:
    """One member: its name, and the sentence or list item that a row cites for it."""

    name: Span
    line: Span


@dataclass(frozen=True, slots=True)
class Listing:
    """The members in order, and the words of the text that lead to the first of them."""

    members: tuple[Member, ...]
    lead: Span
    set_out: bool = False  # line by line
    from_item: bool = False  # and met at one of its items, not at what announces it
    headings: bool = False  # each the heading of what is said of it
    bracketed: bool = False
    glosses: bool = False  # what stands in brackets after each name


def listings(reading: Reading, index: int, wanted: int | None = None) -> list[Listing]:
    """Every list that line ``index`` holds, announces or is an item of, each once.

    ``wanted`` is how many members are asked for: prose is then also cut into so many.
    """
    found: dict[tuple[Span, ...], Listing] = {}
    for listing in _found(reading, index, wanted):
        if len(listing.members) >= min(_FEWEST, wanted or _FEWEST):
            found.setdefault(tuple(member.name for member in listing.members), listing)
    return list(found.values())


def _found(reading: Reading, index: int, wanted: int | None) -> Iterator[Listing]:
    text, line = reading.document.text, reading.lines[index].span
    announced = items_after(reading, index, wanted)
    if announced:
        yield Listing(tuple(Member(*item) for item in announced), line, set_out=True)
    else:
        lead, items = items_around(reading, index)
        yield Listing(tuple(Member(*item) for item in items), lead, set_out=True, from_item=True)
        headed = headed_items(reading, index)
        yield Listing(tuple(Member(*item) for item in headed), line, headings=True)
    for names in runs(text, line, min(_FEWEST, wanted or _FEWEST)):
        yield _in_line(names, line)
        glosses = _glosses(text, names, line)
        if glosses:
            yield Listing(glosses, Span(line.start, names[0].start), glosses=True)
    language = reading.document.language
    for names in all_series(text, line, language):
        yield _in_line(names, line)
    if wanted is not None:
        for names in all_series(text, line, language, wanted):
            yield _in_line(names, line)
    for match in _BRACKETS.finditer(text, line.start, line.end):
        inner = tuple(_inside(text, Span(*match.span(1))))
        if inner:
            yield Listing(
                tuple(Member(name, line) for name in inner),
                Span(line.start, match.start()),
                bracketed=True,
            )


def _in_line(names: Sequence[Span], line: Span) -> Listing:
    members = tuple(Member(name, line) for name in names)
    return Listing(members, Span(line.start, names[0].start))


def _glosses(text: str, names: Sequence[Span], line: Span) -> tuple[Member, ...]:
    """What stands in brackets after each of ``names``: "Bra (A. Rossi), Orvieto (P. Verdi)"."""
    found: list[Member] = []
    for name in names:
        # A bracket is part of the name's span where the two were read as one.
        match = _GLOSS.search(text, name.start, line.end)
        following = match is not None and match.start() <= name.end
        if match is None or not following:
            return ()
        found.append(Member(Span(*match.span(1)), line))
    return tuple(found)


def _inside(text: str, bracket: Span) -> Iterator[Span]:
    """The members of a series that fills a bracket."""
    opening = _SUCH_AS.match(text, bracket.start, bracket.end)
    start = opening.end() if opening else bracket.start
    closing = _AND_SO_ON.search(text, start, bracket.end)
    end = closing.start() if closing else bracket.end
    cuts = [(m.start(), m.end()) for m in _INNER_CUT.finditer(text, start, end)]
    parts: list[Span] = []
    for before, after in [*cuts, (end, end)]:
        if before > start:
            parts.append(Span(start, before))
        start = after
    if len(parts) > 1 and all(len(part.of(text).split()) <= _LONGEST_INNER for part in parts):
        yield from parts
