"""Whether the numbers of a sentence stand in what it cites, with their units and bounds.

A number is copied, never worked out: neither a sum nor a rounded figure passes. The one exception
is a count of the rows that are cited. Digits that are no quantity ("G1000", "14:30") must stand
there too. Refuses to know what is counted (:mod:`assistant.gate.subjects` does).
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain

from assistant.amounts import in_digits
from assistant.gate.backing import Backing
from assistant.gate.clocks import clocks
from assistant.lexicon.claims import BOUNDS, ORDINALS
from corpus import Span
from corpus.dates import find_dates
from corpus.numbers import Number, find_numbers
from corpus.words import fold

ANY_DAY = date(2000, 6, 30)  # lets days without a year be known as days
_DIGITS = re.compile(r"\d+(?:[.,:]\d+)*|[²³¹½¼¾⅓⅔①-⑳Ⅰ-Ⅻ]")
_BOUND_REACH = 24  # code points before a number
_SEPARATORS = re.compile(r"[.,'’\s\u00a0\u202f]")
_RANGE_BEFORE = re.compile(r"\d[\s\u00a0]?[-–—][\s\u00a0]?$")
# What numbers count in that articles seldom do, and that must not be taken for a plain count.
_FOREIGN_UNITS = re.compile(
    r"[\s\u00a0-]{0,2}(?P<unit>miles?|mi|acres?|feet|foot|ft|yards?|inch(?:es)?|gallons?|ounces?"
    r"|tausendstel|promille|‰|milles|meilen|millas|miglia|mijl(?:en)?|milhas|mil(?:a|i)?(?=\W))\b",
    re.IGNORECASE,
)
Fault = tuple[str, str]
"""A reason of :data:`assistant.gate.verdict.REASONS`, and its detail."""


@dataclass(frozen=True, slots=True)
class Figures:
    """The numbers of a text, and the other runs of digits in it that are no day."""

    text: str  # the text with amounts in words as digits: what the numbers' spans point into
    language: str
    numbers: tuple[Number, ...]
    loose: frozenset[str]

    def unit(self, number: Number) -> str | None:
        """What it counts in; a unit of other continents by its own word."""
        if number.unit is None:
            foreign = _FOREIGN_UNITS.match(self.text, number.span.end)
            return fold(foreign["unit"]) if foreign else None
        return number.unit

    def bound(self, number: Number) -> str | None:
        """ "more" or "less" where the words right before say so."""
        before = fold(self.text[max(0, number.span.start - _BOUND_REACH) : number.span.start])
        before = before.rstrip(" \u00a0(€$£~")
        for name, cues in BOUNDS.items():
            if any(match.end() == len(before) for match in cues.finditer(before, self.language)):
                return name
        return None

    def in_range(self, number: Number) -> bool:
        """Whether it is the last of two numbers with a dash between."""
        return _RANGE_BEFORE.search(self.text, 0, number.span.start) is not None


def figures(text: str, language: str) -> Figures:
    """What ``text`` counts."""
    text = in_digits(text, language)
    numbers = find_numbers(text, language)
    taken = [number.span for number in numbers]
    taken += [d.span for d in find_dates(text, language, reference=ANY_DAY)]
    return Figures(text, language, numbers, frozenset(_loose(text, taken)))


def _loose(text: str, taken: Sequence[Span]) -> Iterator[str]:
    for match in _DIGITS.finditer(text):
        span = Span(*match.span())
        if not any(span.overlaps(other) for other in taken):
            yield match[0]


def wrong_number(sentence: str, backing: Backing, rows: int) -> Fault | None:
    """The first number that is not borne out, or None. ``rows`` is how many rows are cited."""
    said = figures(sentence, backing.language)
    known = [
        figures(part, quote.language)
        for quote in backing.quotes
        for part in (quote.text, quote.around)
    ]
    counted = [(told, number) for told in known for number in told.numbers]
    loose = frozenset().union(*(told.loose for told in known))
    times = {minutes for quote in backing.quotes for minutes, _ in clocks(quote.text)}
    told_times = [span for minutes, span in clocks(said.text) if minutes in times]
    for number in said.numbers:
        if any(span.overlaps(number.span) for span in told_times):
            continue
        words = number.span.of(said.text)
        same = [(told, k) for told, k in counted if math.isclose(k.value, number.value)]
        if not same:
            alone = number.unit is None and number.value == rows > 1
            if alone or _among(number, loose) or _ranked(number, backing):
                continue
            told_values = list(dict.fromkeys(k.span.of(told.text) for told, k in counted))
            return "number", f"found {words!r}, expected {_one_of(told_values, backing)}"
        fault = _unit(said, number, same, backing) or _bound(said, number, same, backing)
        if fault:
            return fault
    known_digits = set(chain.from_iterable(map(_runs, backing.everything.split("\n"))))
    timed = {digits for span in told_times for digits in _DIGITS.findall(span.of(said.text))}
    for digits in sorted(said.loose - timed):
        if not set(_runs(digits)) <= known_digits:
            return "number", f"found {digits!r}, which is not in {backing.shown}"
    return _rank(sentence, backing)


def _one_of(values: Sequence[str], backing: Backing) -> str:
    told = ", ".join(repr(value) for value in values[:6])
    return f"a number of {backing.shown}: {told or 'it has none'}"


def _runs(text: str) -> list[str]:
    """Runs of digits without separators, and each part of them."""
    return [
        part
        for found in _DIGITS.findall(text)
        for part in (_SEPARATORS.sub("", found), *re.split(r"[.,:]", found))
    ]


def _among(number: Number, loose: frozenset[str]) -> bool:
    """Whether the quotes have it as digits that count nothing: "step 3"."""
    return any(run.isdigit() and float(run) == number.value for run in loose)


def _ranked(number: Number, backing: Backing) -> bool:
    """Whether it is the value of a rank that the quotes tell: "15th" for "fifteenth"."""
    cues = ORDINALS.get(int(number.value))
    return cues is not None and any(cues.search(fold(q.text), q.language) for q in backing.quotes)


def _unit(
    said: Figures, number: Number, same: Sequence[tuple[Figures, Number]], backing: Backing
) -> Fault | None:
    unit = said.unit(number)
    if unit is None:
        return None
    told = [figures_.unit(k) for figures_, k in same]
    if unit in told:
        return None
    # "5 to 10 km": only the last of a range has the unit.
    if None in told and any(unit == f.unit(k) for f, _ in same for k in f.numbers):
        return None
    other = next((name for name in told if name), None) or "no unit"
    words = number.span.of(said.text)
    return "unit", f"found {words!r} ({unit}), expected {other} as in {backing.shown}"


def _bound(
    said: Figures, number: Number, same: Sequence[tuple[Figures, Number]], backing: Backing
) -> Fault | None:
    """A bound that the quotes do not set, or one of theirs that is left out and so overstates."""
    bound = said.bound(number)
    told = {None if f.in_range(k) else f.bound(k) for f, k in same}
    if bound in told or (bound is None and "more" in told) or any(f.in_range(k) for f, k in same):
        return None
    words = number.span.of(said.text)
    names = {"more": "at least", "less": "at most", None: "exactly"}
    expected = " or ".join(sorted(names[name] for name in told))
    return (
        "number",
        f"found {names[bound]} {words!r}, expected {expected} that, as in {backing.shown}",
    )


def _rank(sentence: str, backing: Backing) -> Fault | None:
    """A rank ("the third edition") that the quotes do not tell."""
    folded = fold(sentence)
    digits = {run for part in backing.everything.split("\n") for run in re.findall(r"\d+", part)}
    for rank, cues in ORDINALS.items():
        found = cues.search(folded, backing.language)
        if not found or str(rank) in digits:
            continue
        if not any(cues.search(fold(q.text + "\n" + q.around), q.language) for q in backing.quotes):
            return "number", f"found {found[0]!r}, which {backing.shown} does not say"
    return None
