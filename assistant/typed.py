"""What type of value a text holds, and whether it is the one a question asks for.

Knows amounts, shares, days, clock times, people and addresses by their form, in any of the
languages; refuses to judge whether they are about the right thing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date

from assistant import lexicon
from assistant.mentions import dates_in, numbers_in, places_in
from assistant.phrases import say
from assistant.question import Question
from corpus import Span
from corpus.dates import find_dates
from corpus.numbers import Number, find_numbers
from corpus.words import fold, stem, words

# Days without a year count as days here, whichever year they fall in.
_ANY_YEAR = date(2000, 6, 30)
RIGHT_VALUE = 0.3  # or more: the right type of value, and right before the noun asked about
_RIGHT_TYPE = 0.12
_RIGHT_NOUN = 0.2
_WRONG_TYPE = -0.3

CURRENCIES = lexicon.CURRENCIES
AMOUNTS = frozenset({"count", "size", "length", "percent", "money"})
"""The types of value that are told as numbers."""
_NOUN_WITHIN = 3  # words from a number to the noun it counts: "120 young visitors"
CLOCK = re.compile(r"\b\d{1,2}(?:[:.]\d{2}|\s?h(?:\d{2})?\b)|\b\d{1,2}\s?(?:Uhr|am|pm|uur)\b")
_PHONE = re.compile(r"(?:\+|\b0)\d[\d\s/().-]{6,}\d|[\w.+-]+@[\w-]+\.\w")


def type_bonus(text: str, question: Question, language: str) -> float:
    """What a sentence's content adds or costs, given the type of value that is asked for."""
    bonus = 0.0
    folded_question = fold(question.text)
    if question.asked & AMOUNTS:
        told = _told_before(question)
        numbers = [
            n
            for n in numbers_in(text, language)
            if fold(n.span.of(text)) not in folded_question and n.value not in told
        ]
        if "percent" in question.asked:
            numbers = [n for n in numbers if n.unit == "%"] or numbers
        if "money" in question.asked:
            numbers = [n for n in numbers if n.unit in CURRENCIES]
        bonus += _RIGHT_TYPE if numbers else _WRONG_TYPE
        for number in numbers:
            if noun_counted(question, number, text, language) or _says_attribute(
                question, text[number.span.end :], language
            ):
                bonus += _RIGHT_NOUN
                break
    if "date" in question.asked:
        dates = dates_in(text, language, _ANY_YEAR)
        bonus += _RIGHT_TYPE if dates else _WRONG_TYPE
        if any(d.precision == "day" for d in dates):
            bonus += _RIGHT_TYPE / 2
    if question.period and _on_day(text, question.period, language):
        bonus += RIGHT_VALUE
    if "time" in question.asked and CLOCK.search(text):
        bonus += _RIGHT_TYPE
    if "person" in question.asked and _new_name(text, folded_question):
        bonus += _RIGHT_TYPE / 2
    if "place" in question.asked:
        new = [
            p
            for p in places_in(text, language)
            if p.kind != "country" and fold(p.surface) not in folded_question
        ]
        bonus += _RIGHT_TYPE / 2 if new else 0.0
    return bonus


def amounts_asked(question: Question, text: str, language: str) -> list[Number]:
    """The numbers in ``text`` of the type asked for that the question does not hold itself."""
    numbers = _new_numbers(text, fold(question.text), language)
    if "percent" in question.asked:
        return [n for n in numbers if n.unit == "%"]
    if "money" in question.asked:
        return [n for n in numbers if n.unit in CURRENCIES]
    return [n for n in numbers if n.unit != "%" and n.unit not in CURRENCIES]


def noun_counted(question: Question, number: Number, text: str, language: str) -> Span | None:
    """The noun asked about, where it follows the number with at most one word between."""
    start = number.span.end
    for word in words(text[start:])[:_NOUN_WITHIN]:
        if stem(word.text, language) in question.focus:
            return word.span.shifted(start)
    return None


def _told_before(question: Question) -> frozenset[float]:
    """The numbers of earlier turns: a follow-up asks for another one."""
    carried = " ; ".join(t.text for t in question.terms if t.weight < 1.0 and t.text[0].isdigit())
    if not carried:
        return frozenset()
    return frozenset(n.value for n in find_numbers(carried, question.language))


def _on_day(text: str, period: tuple[date, date], language: str) -> bool:
    """Whether the text names the very day, or the very days, that the question names."""
    found = dates_in(text, language, period[0])
    return any((day.start, day.end) == period for day in found)


def _says_attribute(question: Question, following: str, language: str) -> bool:
    """Whether the words after a number name what is counted, in the text's own language."""
    if question.attribute != "population":
        return False
    near = " ".join(fold(w.text) for w in words(following)[:3])
    return bool(lexicon.ATTRIBUTES["population"].search(near, language))


def _new_name(text: str, folded_question: str) -> bool:
    """Whether a capitalised word inside ``text`` is not in the question."""
    return any(
        w.text[0].isupper() and len(w.text) > 2 and fold(w.text) not in folded_question
        for w in words(text)[1:]
    )


# The types of value that a text shows by its form, and what shows each.
HELD_BY: Mapping[str, Callable[[str, str, str], bool]] = {
    "date": lambda text, _known, language: bool(dates_in(text, language, _ANY_YEAR)),
    "time": lambda text, _known, _language: bool(CLOCK.search(text)),
    "money": lambda text, known, language: any(
        n.unit in CURRENCIES for n in _new_numbers(text, known, language)
    ),
    "percent": lambda text, known, language: any(
        n.unit == "%" for n in _new_numbers(text, known, language)
    ),
    "count": lambda text, known, language: bool(_new_numbers(text, known, language)),
    "place": lambda text, known, language: any(
        p.kind != "country" and fold(p.surface) not in known for p in places_in(text, language)
    ),
    "person": lambda text, known, _language: _new_name(text, known),
}


def holds_type(kind: str, text: str, question: Question, language: str) -> bool:
    """Whether ``text`` shows a value of this type that the question does not hold itself."""
    return HELD_BY[kind](text, fold(question.text), language)


def _new_numbers(text: str, known: str, language: str) -> list[Number]:
    return [n for n in numbers_in(text, language) if fold(n.span.of(text)) not in known]


def missing_type(question: Question, window: str, language: str) -> str | None:
    """The asked type of value that ``window`` lacks, in the question's language; None if none."""
    folded_question = fold(question.text)
    asked = question.asked
    numbers = [
        n for n in find_numbers(window, language) if fold(n.span.of(window)) not in folded_question
    ]
    if "phone" in asked and not _PHONE.search(window):
        return say("phone", question.language)
    if "time" in asked and not CLOCK.search(window):
        return say("time", question.language)
    if "date" in asked and not find_dates(window, language, reference=_ANY_YEAR):
        return say("date", question.language)
    if "money" in asked and not any(n.unit in CURRENCIES for n in numbers):
        return say("money", question.language)
    if "percent" in asked and not any(n.unit == "%" for n in numbers):
        return say("percent", question.language)
    if asked & {"count", "size", "length"} and not numbers:
        return say("count", question.language)
    return None
