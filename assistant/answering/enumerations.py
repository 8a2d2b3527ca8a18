"""Finds the members of an enumeration inside one sentence: "representatives from A, B and C".

Knows commas, "and" in eight languages and capital letters; refuses to judge relevance.
"""

from __future__ import annotations

import re

from corpus import Span

_SEPARATOR = re.compile(
    r"\s*[,;•]\s*(?:(?:and|und|et|y|e|en|i|oraz|as well as)\s+)?|\s+(?:and|und|et|y|e|en|i|oraz|&)\s+"
)
_ARTICLE = re.compile(
    r"^(?:the|a|an|le|la|les|l'|l’|der|die|das|dem|den|des|el|los|las|il|lo|gli|i|de|het|o|os|as"
    r"|from|in|of|with|von|aus|di|da|do|dos|du|van|z|w)\s+",
    re.IGNORECASE,
)
_LONGEST_MEMBER_WORDS = 7
_FEWEST_MEMBERS = 3


def members(text: str, span: Span, fewest: int = _FEWEST_MEMBERS) -> tuple[Span, ...]:
    """The members of the longest enumeration of names within ``span``, as spans of ``text``.

    A member starts with a capital or a digit and is short. Empty when there are fewer than
    ``fewest`` of them.
    """
    pieces = _pieces(text, span)
    best: list[Span] = []
    run: list[Span] = []
    for i, piece in enumerate(pieces):
        first, last = not run, i == len(pieces) - 1
        name = _name(text, piece, from_end=first and not _is_name(text, piece))
        if name is None:
            run = []
            continue
        run.append(name)
        if len(run) > len(best):
            best = list(run)
        ended = _tail_of_sentence(text, piece, name)
        if ended and not (first and name.end == piece.end) and not last:
            run = [name] if name.end == piece.end else []
    return tuple(best) if len(best) >= fewest else ()


def _pieces(text: str, span: Span) -> list[Span]:
    pieces: list[Span] = []
    start = span.start
    for match in _SEPARATOR.finditer(text, span.start, span.end):
        if match.start() > start:
            pieces.append(Span(start, match.start()))
        start = match.end()
    if start < span.end:
        pieces.append(Span(start, span.end))
    return pieces


def _strip(text: str, span: Span) -> Span:
    start, end = span.start, span.end
    while start < end and not (text[start].isalnum() or text[start] in "#@"):
        start += 1
    while end > start and not (text[end - 1].isalnum() or text[end - 1] in ")%"):
        end -= 1
    article = _ARTICLE.match(text[start:end])
    if article:
        start += article.end()
    return Span(start, max(start, end))


def _is_name(text: str, piece: Span) -> bool:
    name = _strip(text, piece)
    words = name.of(text).split()
    return 0 < len(words) <= _LONGEST_MEMBER_WORDS and (
        words[0][0].isupper() or words[0][0] in "#@"
    )


def _name(text: str, piece: Span, *, from_end: bool) -> Span | None:
    """The name a piece is, or begins with; for the first of a run, the one it ends with."""
    stripped = _strip(text, piece)
    if not len(stripped):
        return None
    words = list(re.finditer(r"\S+", stripped.of(text)))
    if from_end:
        chosen = []
        for word in reversed(words):
            if not (word.group()[0].isupper() or word.group().lower() in _INNER):
                break
            chosen.append(word)
        while chosen and not chosen[-1].group()[0].isupper():
            chosen.pop()
        if not chosen:
            return None
        return _strip(text, Span(stripped.start + chosen[-1].start(), stripped.end))
    if not words[0].group()[0].isupper():
        return None
    end = 0
    for word in words:
        if not (
            word.group()[0].isupper() or word.group()[0].isdigit() or word.group().lower() in _INNER
        ):
            break
        end = word.end()
        if word.group()[-1] in ".:;!?" and len(word.group()) > 3:
            break
    found = _strip(text, Span(stripped.start, stripped.start + end))
    if not len(found) or len(found.of(text).split()) > _LONGEST_MEMBER_WORDS:
        return None
    return found


_INNER = frozenset(
    "de di da do dos du des del della of the le la les van von der den und al am an sur en na".split()
)


def _tail_of_sentence(text: str, piece: Span, name: Span) -> bool:
    """Whether words follow the name inside its piece, so that the enumeration ends there."""
    return bool(text[name.end : piece.end].strip(" .!?:;)»”\"'"))
