"""The value itself, put before the sentence it is quoted from: "more than 270,000 people".

Only where the sentence leaves no choice: the one number before the noun asked about, or the only
amount, share, day or hour where one is asked for. A lone number before another noun is not taken:
on the development set that was wrong as often as right. What is put first stands in the quote
letter for letter, with the words that make it approximate and the rate it is told at.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assistant.evidence import Evidence, Gathered, within
from assistant.question import Question, part_questions
from assistant.shelf import Shelf
from assistant.typed import AMOUNTS, CLOCK, amounts_asked, noun_counted
from corpus import Span
from corpus.dates import find_dates
from corpus.numbers import qualified
from corpus.words import fold

# A quote this short is its own summary.
_SHORT_QUOTE_WORDS = 8
_RATE = re.compile(
    r"\s*(?:/\s?|(?:an?|per|each|every|par|pro|im|am|por|al|alla|a|all['’]|per|na|w)\s)"
    r"(?:day|week|month|year|hour|jour|semaine|mois|an|heure|tag|woche|monat|jahr|stunde|"
    r"d[ií]a|semana|mes|a[ñn]o|hora|giorno|settimana|mese|anno|ora|dag|maand|jaar|uur|"
    r"dia|m[êe]s|ano|dzie[ńn]|tydzie[ńn]|miesi[ąa]c|rok|godzin[ęe])\b",
    re.IGNORECASE,
)


def values_first(
    question: Question, chosen: Sequence[Evidence], gathered: Gathered, shelf: Shelf
) -> tuple[tuple[Evidence, Span], ...]:
    """For each part of the question its value and the sentence it stands in.

    Nothing when any part's value is in doubt: half a lead would read as the whole answer.
    """
    parts = part_questions(question) or (question,)
    found: list[tuple[Evidence, Span]] = []
    for part in parts:
        evidence = _best_for(part, question, chosen, gathered, shelf)
        span = value_in(part, evidence)
        if span is None:
            return ()
        found.append((evidence, span))
    told = {span: (evidence, span) for evidence, span in found}
    return tuple(told.values()) if len(told) == len(parts) else ()


def _best_for(
    part: Question,
    question: Question,
    chosen: Sequence[Evidence],
    gathered: Gathered,
    shelf: Shelf,
) -> Evidence:
    """The chosen sentence that answers ``part`` best."""
    if part is question:
        return max(chosen, key=lambda e: e.score)
    rank = {
        e.index: n for n, e in enumerate(within(chosen[0].reading, part, gathered, shelf).evidence)
    }
    return min(chosen, key=lambda e: rank.get(e.index, len(rank)))


def value_in(question: Question, evidence: Evidence) -> Span | None:
    """The one value in the sentence of the type asked for, as a span of its document."""
    text, language = evidence.text, evidence.document.language
    if len(text.split()) <= _SHORT_QUOTE_WORDS:
        return None
    if question.asked & AMOUNTS:
        span = _quantity(question, text, language)
    elif "date" in question.asked:
        found = find_dates(text, language, reference=evidence.document.published)
        days = [d for d in found if d.precision != "year"]
        known = fold(question.text)
        span = _only(d.span for d in days if fold(d.span.of(text)) not in known)
    elif "time" in question.asked:
        span = _only(Span(m.start(), m.end()) for m in CLOCK.finditer(text))
    else:
        span = None
    return span.shifted(evidence.span.start) if span is not None else None


def _quantity(question: Question, text: str, language: str) -> Span | None:
    numbers = amounts_asked(question, text, language)
    if question.asked & {"percent", "money"}:
        return _only(qualified(text, number) for number in numbers)
    counted = [
        Span(qualified(text, number).start, noun.end)
        for number in numbers
        if (noun := noun_counted(question, number, text, language)) is not None
    ]
    return _only(_with_rate(span, text) for span in counted)


def _with_rate(span: Span, text: str) -> Span:
    rate = _RATE.match(text, span.end)
    return Span(span.start, rate.end()) if rate else span


def _only(spans: Iterable[Span]) -> Span | None:
    found = list(dict.fromkeys(spans))
    return found[0] if len(found) == 1 else None
