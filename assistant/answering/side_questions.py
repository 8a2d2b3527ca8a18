"""A comparison as one question for each side: "which cost more, A or B" asks what A cost, and B.

Knows where the phrase of one side ends and the other's begins; refuses to look anything up.
"""

from __future__ import annotations

from dataclasses import replace

from assistant import lexicon
from assistant.question import Question
from assistant.sides import LONGEST_SIDE, edges
from corpus import Span
from corpus.words import fold, words


def common_part(question: Question) -> str:
    """The question's words that belong to neither side's phrase; all of them when none are left."""
    text = question.text
    phrases = sorted(phrase_of(question, side) for side in question.sides)
    rest = " ".join(
        text[a:b]
        for a, b in zip(
            [0, *(p.end for p in phrases)], [*(p.start for p in phrases), len(text)], strict=True
        )
        if a < b
    )
    return rest if any(c.isalnum() for c in rest) else text


def side_question(question: Question, side: Span, asked: frozenset[str]) -> Question:
    """What ``question`` asks of one side; ``asked`` are types of value asked for as well."""
    others = [phrase_of(question, other) for other in question.sides if other != side]
    cut = [other for other in others if not other.overlaps(side)]
    kept = [w for w in words(question.text) if not any(other.overlaps(w.span) for other in cut)]
    joiners = {w.span for w in kept if lexicon.OR.opens(fold(w.text), question.language)}
    told = " ".join(w.text for w in kept if w.span not in joiners)
    return replace(
        question,
        text=told,
        terms=tuple(t for t in question.terms if not any(o.overlaps(t.span) for o in cut)),
        places=tuple(p for p in question.places if not any(o.overlaps(p.span) for o in cut)),
        asked=question.asked | asked,
        sides=(),
        parts=(),
        kind="fact",
    )


def phrase_of(question: Question, side: Span) -> Span:
    """The words around a side's name that describe it: "the media centre in Barnsley".

    From the mark or the "or" before it to the one after; the name alone where that is long.
    """
    text = question.text
    breaks = list(edges(text))
    for word in words(text):
        if lexicon.OR.opens(fold(word.text), question.language) and not word.span.overlaps(side):
            breaks += [word.span.start, word.span.end]
    start = max(at for at in breaks if at <= side.start)
    end = min(at for at in breaks if at >= side.end)
    others = [other for other in question.sides if other != side]
    phrase = Span(start, end)
    if any(phrase.overlaps(other) for other in others):
        return side
    return phrase if len(phrase.of(text).split()) <= LONGEST_SIDE else side
