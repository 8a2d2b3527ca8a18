"""A question that asks two things becomes the two questions it is made of.

"How many proposals came in, and how many were chosen?" has two answers, and seldom one sentence
for both. Knows conjunctions and question words; refuses to know what is asked for.
"""

from __future__ import annotations

from itertools import pairwise

from assistant import lexicon
from corpus import Span
from corpus.words import fold, words

_MOST_PARTS = 3
# A part shorter than this asks nothing of its own: "when and where", "how many and which".
_FEWEST_WORDS = 2


def parts_of(text: str, language: str) -> tuple[Span, ...]:
    """The questions that ``text`` joins by an "and", in order; () where it asks only one thing."""
    found = list(words(text))
    starts, ends = [0], []
    for joining, first in pairwise(found):
        if not lexicon.AND.opens(fold(joining.text), language):
            continue
        # Folding may change lengths, so only whether a cue opens the rest is taken from it.
        if lexicon.ASKS_AGAIN.opens(fold(text[first.span.start :]), language):
            ends.append(joining.span.start)
            starts.append(first.span.start)
    ends.append(len(text))
    parts = [Span(start, end) for start, end in zip(starts, ends, strict=True)]
    counted = [sum(part.holds(word.span) for word in found) for part in parts]
    if not 1 < len(parts) <= _MOST_PARTS or min(counted) < _FEWEST_WORDS:
        return ()
    if not lexicon.ASKS.search(fold(parts[0].of(text)), language):
        return ()  # a condition or a topic, then the one question
    return tuple(parts)
