"""Whether the numbers of a sentence stand in what it cites, with their units.

A number is copied, never worked out: neither a sum nor a rounded figure passes. The one exception
is a count of the rows that are cited. Digits that are no quantity ("G1000", "14:30") must stand
there too.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.amounts import in_digits
from assistant.gate.backing import Backing
from corpus import Span
from corpus.dates import find_dates
from corpus.numbers import Number, find_numbers
from corpus.words import fold

_ANY_DAY = date(2000, 6, 30)
_DIGITS = re.compile(r"\d+(?:[.,:]\d+)*")
Fault = tuple[str, str]  # a reason and its detail


@dataclass(frozen=True, slots=True)
class Figures:
    """The numbers of a text, and the other runs of digits in it that are no day."""

    numbers: tuple[Number, ...]
    digits: frozenset[str]
    text: str


def figures(text: str, language: str) -> Figures:
    """What ``text`` counts, words for amounts ("one and a half million") read as digits."""
    text = in_digits(text, language)
    numbers = find_numbers(text, language)
    taken = [number.span for number in numbers]
    taken += [d.span for d in find_dates(text, language, reference=_ANY_DAY)]
    digits = frozenset(_loose(text, taken))
    return Figures(numbers, digits, text)


def _loose(text: str, taken: Sequence[Span]) -> Iterator[str]:
    for match in _DIGITS.finditer(text):
        span = Span(*match.span())
        if not any(span.overlaps(other) for other in taken):
            yield match[0]


def wrong_number(sentence: str, backing: Backing, rows: int) -> Fault | None:
    """The first number that is not borne out, or None. ``rows`` is how many rows are cited."""
    said = figures(sentence, backing.language)
    known = [
        number
        for quote in backing.quotes
        for part in (quote.text, quote.around)
        for number in figures(part, quote.language).numbers
    ]
    for number in said.numbers:
        words = number.span.of(said.text)
        same = [k for k in known if math.isclose(k.value, number.value, rel_tol=1e-9)]
        if not same:
            if number.unit is None and number.value == rows > 1:
                continue
            if _written(words, backing):
                continue
            told = ", ".join(dict.fromkeys(f"{k.value:g} {k.unit or ''}".strip() for k in known))
            return "number", f"{words!r} is not in {backing.shown}, which has {told or 'no number'}"
        if number.unit and not any(k.unit == number.unit for k in same):
            other = next((k.unit for k in same if k.unit), None) or "no unit"
            return "unit", f"{words!r} is in {backing.shown} with {other}"
    told_digits = {d for part in backing.everything.split("\n") for d in _DIGITS.findall(part)}
    for digits in sorted(said.digits - told_digits):
        return "number", f"{digits!r} does not stand in {backing.shown}"
    return None


def _written(words: str, backing: Backing) -> bool:
    """Whether the number stands there letter for letter, read otherwise: a part of a day."""
    pattern = rf"(?<![\w.,]){re.escape(fold(words))}(?![\w]|[.,]\d)"
    return re.search(pattern, fold(backing.everything)) is not None
