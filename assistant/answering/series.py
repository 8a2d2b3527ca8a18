"""Finds the members of a series in prose, capitalised or not: "of pesticides, lime and seeds".

Knows separators, the words for "and" and "or" in eight languages, and where a first member
begins and a last one ends; refuses to judge relevance. A series that is known to have so many
members is cut in the way that gives so many, where one does: "Law and Society" may be one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from corpus import Span
from corpus.words import fold, stop_words

# Words that lead in a last member.
_AND = {
    "en": "and|or|as well as", "fr": "et|ou|ainsi que", "de": "und|sowie|oder",
    "nl": "en|of|alsmede", "es": "y|e|o|u|así como", "it": "e|ed|o|nonché",
    "pt": "e|ou|bem como", "pl": "i|oraz|lub|a także",
}  # fmt: skip
_FEWEST = 3
_LONGEST = 9  # words of a member
# Words inside a name or a noun phrase: they neither begin a first member nor end a last one.
_INNER = frozenset(
    ["of", "de", "di", "da", "do", "du", "des", "del", "della", "delle", "dei", "degli", "dell",
     "von", "vom", "van", "der", "den", "dos", "das"]
)  # fmt: skip
_WORD = re.compile(r"\S+")
_LEAD = re.compile(r".*(?:[:;–—]\s+|[“„«](?=\S))", re.DOTALL)
_TRAIL = re.compile(r"\s[–—-]\s|:\s|[.!?](?:\s|$)|\s\(")
_WHOLE = re.compile(r"“[^”]*”|„[^“”]*[“”]|«[^»]*»|\"[^\"]*\"|\([^()]*\)|\[[^\]]*\]")
_ARTICLE = re.compile(
    r"(?:the|an?|l[ae]s?|une?|des|der|die|das|den|dem|eine?[nrs]?|el|los|una?|il|lo|gli|het|een|os?|as?|um)"
    r"\s+(?=\S)|l['’](?=\w)",
    re.IGNORECASE,
)
_ENDED = re.compile(r"[.!?]\s+\S")
_QUOTES = "'\"“”„«»,;()"


def series(text: str, span: Span, language: str, wanted: int | None = None) -> tuple[Span, ...]:
    """The members of a series within ``span``, as spans of ``text``, in order.

    The longest of at least three; with ``wanted`` only one of so many. ``()`` for none.
    """
    best: tuple[Span, ...] = ()
    for members in all_series(text, span, language, wanted):
        if wanted is not None and len(members) == wanted:
            return members
        if wanted is None and len(members) > len(best):
            best = members
    return best


def all_series(
    text: str, span: Span, language: str, wanted: int | None = None
) -> Iterator[tuple[Span, ...]]:
    """Every series of at least three members within ``span``, the coarsest cut first.

    With ``wanted`` only those of so many.
    """
    for pieces, ends in _cuts(text, span, language):
        for end in ends:
            if wanted is None:
                members = _walked_back(text, pieces[: end + 1], language)
                if len(members) >= _FEWEST:
                    yield members
                continue
            chosen = pieces[max(0, end + 1 - wanted) : end + 1]
            if end + 1 == wanted or (end >= wanted and _begins(text, chosen, language)):
                members = _members(text, chosen, language)
                if len(members) == wanted:
                    yield members


def _cuts(text: str, span: Span, language: str) -> Iterator[tuple[list[Span], list[int]]]:
    """Ways to cut the sentence, the coarsest first: pieces, and those that may end a series.

    Semicolons or commas with the last "and" of a clause, then every comma and every "and".
    """
    whole = [Span(m.start(), m.end()) for m in _WHOLE.finditer(text, span.start, span.end)]
    ands = _found(_joint(language), text, span, whole)
    for mark in (r"\s*;\s+", r"\s*,\s+"):
        marks = _found(re.compile(mark), text, span, whole)
        for joint in reversed(ands):
            yield _cut(text, span, marks, [joint], language)
        if marks:
            yield _cut(text, span, marks, [], language)
    every = _found(re.compile(r"\s*[,;]\s+"), text, span, whole)
    yield _cut(text, span, every, ands, language)


def _cut(
    text: str, span: Span, marks: Sequence[Span], joints: Sequence[Span], language: str
) -> tuple[list[Span], list[int]]:
    """The pieces between ``marks`` and ``joints``; a member after an "and" may be the last."""
    alone = [j for j in joints if not any(j.overlaps(mark) for mark in marks)]
    cuts = sorted([*marks, *alone])
    edges = [Span(span.start, span.start), *cuts, Span(span.end, span.end)]
    pieces: list[Span] = []
    ends: list[int] = []
    opening = re.compile(rf"(?:{_AND.get(language, _AND['en'])})\s+", re.IGNORECASE)
    for before, after in pairwise(edges):
        start = before.end
        led = opening.match(text, start, after.start)
        if led is not None:
            start = led.end()
        if start < after.start:
            pieces.append(Span(start, after.start))
            if led is not None or before in alone:
                ends.append(len(pieces) - 1)
    # Semicolons need no "and".
    if pieces and len(pieces) - 1 not in ends and any(";" in mark.of(text) for mark in marks):
        ends.append(len(pieces) - 1)
    return pieces, ends


def _found(pattern: re.Pattern[str], text: str, span: Span, whole: Sequence[Span]) -> list[Span]:
    """Where ``pattern`` matches outside quotes and brackets."""
    spans = (Span(m.start(), m.end()) for m in pattern.finditer(text, span.start, span.end))
    return [one for one in spans if not any(one.overlaps(part) for part in whole)]


@cache
def _joining(language: str) -> frozenset[str]:
    return frozenset(fold(words) for words in _AND.get(language, _AND["en"]).split("|"))


@cache
def _joint(language: str) -> re.Pattern[str]:
    return re.compile(rf"\s+(?:{_AND.get(language, _AND['en'])}|&)\s+")


def _begins(text: str, pieces: Sequence[Span], language: str) -> bool:
    """Whether words before it show that the first of ``pieces`` holds the first member."""
    first = _first(text, pieces[0], language, pieces[1:])
    return first is not None and first != _bare(text, pieces[0])


def _walked_back(text: str, pieces: Sequence[Span], language: str) -> tuple[Span, ...]:
    """The series that ends with the last piece: back to the first that has words before it."""
    start = len(pieces) - 1
    while start > 0:
        start -= 1
        piece = pieces[start]
        if _begins(text, pieces[start:], language) or len(piece.of(text).split()) > _LONGEST:
            break
    return _members(text, pieces[start:], language)


def _members(text: str, pieces: Sequence[Span], language: str) -> tuple[Span, ...]:
    """A member for each piece, the outer ones trimmed; ``()`` when one is none."""
    if len(pieces) == 1:
        return ()
    first = _first(text, pieces[0], language, pieces[1:])
    last = _last(text, pieces[-1], language, pieces[1:-1])
    members = [
        first,
        *(_bare(text, piece) for piece in pieces[1:-1]),
        None if last is None else _bare(text, last),
    ]
    kept = [m for m in members if m is not None and len(m.of(text).split()) <= _LONGEST]
    whole = len(kept) == len(pieces) and not any(_ENDED.search(m.of(text)) for m in kept[1:])
    return tuple(kept) if whole else ()


def _first(text: str, piece: Span, language: str, others: Sequence[Span]) -> Span | None:
    """The end of ``piece`` that is a member: from a colon, a quote or the last function word on."""
    lead = _LEAD.match(text, piece.start, piece.end)
    led = lead is not None and lead.end() < piece.end
    begin = lead.end() if lead is not None and led else piece.start
    stops = stop_words(language) - _joining(language)
    names = len(others) > 1 and all(_is_name(text, other) for other in others)
    if not led:
        for word in _WORD.finditer(text, begin, piece.end):
            plain = fold(word.group()).strip(_QUOTES)
            small = plain in stops and plain not in _INNER
            common = names and word.group()[:1].islower() and plain not in _INNER
            if (small or common) and word.end() < piece.end and "(" not in text[begin : word.end()]:
                begin = word.end()
    # An inner word may not come first: "of Bra" is Bra.
    while (opening := _WORD.search(text, begin, piece.end)) is not None:
        if fold(opening.group()) not in _INNER | stop_words(language):
            return _bare(text, Span(opening.start(), piece.end))
        begin = opening.end()
    return None


def _last(text: str, piece: Span, language: str, others: Sequence[Span]) -> Span | None:
    """The beginning of ``piece`` that is a member."""
    article = _ARTICLE.match(text, piece.start, piece.end)
    start = article.end() if article is not None else piece.start
    quoted = _WHOLE.match(text, start, piece.end)
    if quoted is not None:
        return Span(quoted.start(), quoted.end())
    bracket = text.find(")", start, piece.end)
    trail = _TRAIL.search(text, start, piece.end)
    end = trail.start() if trail is not None else piece.end
    if trail is not None and trail.group() == " (" and any("(" in o.of(text) for o in others):
        end = bracket + 1 if bracket > 0 else piece.end
    stops = stop_words(language)
    names = bool(others) and all(_is_name(text, other) for other in others)
    for number, word in enumerate(_WORD.finditer(text, start, end)):
        plain = fold(word.group()).strip(_QUOTES)
        small = plain in stops and plain not in _INNER
        if number == 0 and small:
            return None
        common = names and word.group()[:1].islower() and plain not in _INNER
        if small or common:
            end = word.start()
            break
    return Span(start, end) if start < end else None


def _is_name(text: str, piece: Span) -> bool:
    bare = _bare(text, piece)
    return bare is not None and text[bare.start].isupper()


def _bare(text: str, piece: Span) -> Span | None:
    """``piece`` without articles, quotes, marks and spaces around it; None when nothing is left."""
    start, end = piece.start, piece.end
    while start < end and not (text[start].isalnum() or text[start] in "#@"):
        start += 1
    article = _ARTICLE.match(text, start, end)
    if article is not None:
        start = article.end()
        while start < end and not (text[start].isalnum() or text[start] in "#@"):
            start += 1
    bracket = text.find("(", start, end)
    if bracket > start and re.search(r"https?:|www\.", text[bracket:end]):
        end = bracket
    closing = ")" if "(" in text[start:end] else ""
    while end > start and not (text[end - 1].isalnum() or text[end - 1] in "%+" + closing):
        end -= 1
    return Span(start, end) if start < end else None
