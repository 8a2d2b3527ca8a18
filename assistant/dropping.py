"""The words of a question that restrict it, and the question without them.

Knows which small words belong to a place, a day or a number ("in", "since", "more than");
refuses to know what is asked. What is left need not be good grammar: the words that are left
are read as they would be in any question.
"""

from __future__ import annotations

import re

from assistant import lexicon
from assistant.bounds import YEAR, Bound
from assistant.question import Question
from corpus import Span
from corpus.numbers import find_numbers
from corpus.words import fold, words

# By language; that one's preposition is another's article does no harm right before a place.
_LEADING = frozenset(
    """
    in of from at to since until till before after between during by on near within around the
    au aux a de du des dans depuis avant apres entre pendant vers la le les l d
    im aus von vom seit vor nach zwischen wahrend bei am ab bis der den dem
    en del desde hasta antes despues durante el los las
    da dal dalla di della nel nella nei dopo prima dal fino tra fra il lo gli
    uit van vanaf sinds voor na tussen tijdens bij op het
    em no nos nas do da dos das ate depois o os as
    w we z ze od do po przed miedzy na kraju
    """.split()  # noqa: SIM905 - words by language read better than a hundred strings
)
_JOINING = frozenset("and or et ou und oder y e o u ed en of i lub oraz".split())  # noqa: SIM905
_MOST_LEADING = 3  # words: "no more than"
_COMPARING = (
    lexicon.BEFORE,
    lexicon.AFTER,
    lexicon.FROM_ON,
    lexicon.BY_END,
    lexicon.MORE,
    lexicon.LESS,
    lexicon.AT_LEAST,
    lexicon.AT_MOST,
    lexicon.RANGE_OPENER,
    lexicon.DATING,
)


def phrase(text: str, span: Span, language: str) -> Span:
    """``span`` with the small words right before it: "in Portugal", "after 2014"."""
    before = [word for word in words(text) if word.span.end <= span.start]
    start = span.start
    while before and not _apart(text, before[-1].span.end, start):
        for taken in range(min(_MOST_LEADING, len(before)), 0, -1):
            told = " ".join(word.text for word in before[-taken:])
            if _compares(told, language) or (taken == 1 and fold(told) in _LEADING):
                start = before[-taken].span.start
                del before[-taken:]
                break
        else:
            break
    return Span(start, span.end)


def without(text: str, part: Span, language: str) -> str | None:
    """``text`` less ``part``; None when hardly anything would be left to ask."""
    end = part.end
    if text[end : end + 2].casefold() in ("'s", "’s"):
        end += 2
    start = part.start
    written = list(words(text))
    before = [word for word in written if word.span.end <= part.start]
    after = [word for word in written if word.span.start >= end]
    if before and fold(before[-1].text) in _JOINING:
        start = before[-1].span.start  # "in Spain and Portugal": the "and" goes, too
    elif after and fold(after[0].text) in _JOINING and not _apart(text, end, after[0].span.start):
        end = after[0].span.end  # "in Portugal and Spain": the "in" stays
        start = max(start, _last_word(text, part))
    left = re.sub(r"\s+([?.!,;])", r"\1", " ".join(f"{text[:start]} {text[end:]}".split()))
    return left if len(list(words(left))) > 1 else None


def figures_of(question: Question) -> list[tuple[Bound, Span]]:
    """Each bound with the numbers or years it was read from."""
    text, language = question.text, question.language
    figures = [(float(m.group()), Span(m.start(), m.end())) for m in YEAR.finditer(text)]
    figures += [
        (number.value, number.span)
        for number in find_numbers(text, language)
        if not any(number.span.overlaps(span) for _, span in figures)
    ]
    found = []
    for bound in question.bounds:
        spans = [span for value, span in figures if value in (bound.low, bound.high)]
        if spans:
            found.append((bound, Span(min(spans).start, max(s.end for s in spans))))
    return found


def _apart(text: str, end: int, start: int) -> bool:
    return bool(text[end:start].strip(" '’\u00a0"))


def _last_word(text: str, part: Span) -> int:
    """Where the part begins without its small words."""
    start = part.start
    for word in words(part.of(text)):
        if fold(word.text) not in _LEADING:
            return part.start + word.span.start
    return start


def _compares(text: str, language: str) -> bool:
    folded = fold(text)
    return any(
        (found := cue.search(folded, language)) is not None and found.group() == folded
        for cue in _COMPARING
    )
