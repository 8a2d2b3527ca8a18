"""Amounts told in words: "one and a half million", "between one and two million".

What :mod:`corpus.numbers` leaves alone because "one" is an article more often than a count. Knows
halves and ranges beside a scale, in the eight languages; refuses everything else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant import lexicon
from corpus import Span
from corpus.numbers import find_numbers
from corpus.words import fold

# Two numbers and what joins them, before their common scale: "one and two million".
_RANGE = re.compile(r"(?<!\w)(?P<low>\w+) (?P<join>\w+) (?P<high>\w+) (?P<scale>\w+)")
_LEAST_SCALE = 1_000.0
# Articles that count before a scale: "one and a half million".
_ONE = frozenset(["one", "ein", "eine", "un", "um", "een", "jeden"])


@dataclass(frozen=True, slots=True)
class Amount:
    """A value told in words, and the words."""

    value: float
    span: Span


def find_amounts(text: str, language: str) -> tuple[Amount, ...]:
    """The amounts that ``text`` tells in words, in order; of a range only its lower end."""
    folded = fold(text)
    if len(folded) != len(text):
        return ()  # places would shift
    return tuple(sorted((*_halves(folded, language), *_lows(folded, language)), key=_start))


def in_digits(text: str, language: str) -> str:
    """``text`` with those amounts in digits: "between 1000000 and two million"."""
    for amount in reversed(find_amounts(text, language)):
        text = f"{text[: amount.span.start]}{amount.value:.0f}{text[amount.span.end :]}"
    return text


def _start(amount: Amount) -> int:
    return amount.span.start


def _halves(folded: str, language: str) -> Iterator[Amount]:
    for match in lexicon.HALVES.finditer(folded, language):
        told = {name: text for name, text in match.groupdict().items() if text}
        scale = _value("2", told.get("s") or told.get("s1") or told["s2"], language) / 2
        whole = 0.0
        if "n" in told:
            whole = _value(told["n"], told["s"], language) or scale * (told["n"] in _ONE)
        elif "o" in told:
            whole = scale  # one word for one and a half
        if scale and (whole or "s1" in told):
            yield Amount(whole + scale / 2, Span(*match.span()))


def _lows(folded: str, language: str) -> Iterator[Amount]:
    at = 0
    while match := _RANGE.search(folded, at):
        at = match.end("low")
        if not lexicon.RANGE_JOINER.opens(match["join"], language):
            continue
        if find_numbers(match["low"], language) or match["low"].isdigit():
            continue  # read as it stands
        high = _value(match["high"], match["scale"], language)
        low = _value(match["low"], match["scale"], language)
        if _LEAST_SCALE <= low < high:
            yield Amount(low, Span(*match.span("low")))


def _value(number: str, scale: str, language: str) -> float:
    """The value of a number word and its scale; 0 when they are none."""
    if language == "pl":
        scale = scale.removesuffix("a")  # the genitive after a fraction
    found = find_numbers(f"{number} {scale}", language)
    whole = len(found) == 1 and found[0].span.start == 0
    return found[0].value if whole and found[0].value >= _LEAST_SCALE else 0.0
