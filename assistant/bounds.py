"""The bounds a question sets: "before 1985", "between 10,000 and 20,000 inhabitants", "the 1990s".

Knows numbers, years and the words that compare them, in the eight languages; refuses to know
records. A bound has two ends, either of which may be open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant import lexicon
from assistant.amounts import in_digits
from corpus.numbers import find_numbers
from corpus.words import fold

YEAR = re.compile(r"(?<![\d.,/-])(1[89]\d\d|20\d\d)(?![\d.,/]?\d)")
# How far, in characters, a comparing word may stand from the number it compares.
_REACH = 32
# Between the two numbers of a range stands little else: " and ", " million and ".
_RANGE_GAP = 14
_DECADE = re.compile(r"'?s\b|er\b")


@dataclass(frozen=True, slots=True)
class Bound:
    """``low`` <= value <= ``high`` for an attribute; an end that is ``strict`` is left out."""

    attribute: str  # "budget" | "population" | "started" | "ended"
    low: float = float("-inf")
    high: float = float("inf")
    strict: bool = False

    def holds(self, value: float) -> bool:
        """Whether ``value`` lies within the bound."""
        if self.strict:
            return self.low < value < self.high
        return self.low <= value <= self.high

    def __str__(self) -> str:
        if self.low == self.high:
            return f"{self.attribute} = {self.low:g}"
        marks = ("<", ">") if self.strict else ("<=", ">=")
        ends = []
        if self.low > float("-inf"):
            ends.append(f"{self.attribute} {marks[1]} {_plain(self.low)}")
        if self.high < float("inf"):
            ends.append(f"{self.attribute} {marks[0]} {_plain(self.high)}")
        return ", ".join(ends)


def _plain(value: float) -> str:
    return f"{value:.0f}" if value == int(value) else f"{value:g}"


@dataclass(frozen=True, slots=True)
class _Figure:
    """A year or an amount in the question, and where it stands."""

    value: float
    start: int
    end: int
    attribute: str


def find_bounds(text: str, language: str, dated: bool) -> tuple[Bound, ...]:
    """The bounds that ``text`` sets, in its order.

    ``dated``: years bound when something began or ended, where the text has a word for either;
    elsewhere a year only dates what is spoken of.
    """
    text = in_digits(text, language)
    figures = sorted(_figures(text, language, dated), key=lambda f: f.start)
    bounds: list[Bound] = []
    place = 0
    while place < len(figures):
        figure = figures[place]
        following = figures[place + 1] if place + 1 < len(figures) else None
        if following is not None and _is_range(text, figure, following, language):
            low, high = sorted((_scaled(figure, following, text), following.value))
            bounds.append(Bound(following.attribute, low, high))
            place += 2
            continue
        bound = _one_sided(text, figure, language)
        if bound is not None:
            bounds.append(bound)
        place += 1
    return tuple(dict.fromkeys(bounds))


def _figures(text: str, language: str, dated: bool) -> Iterator[_Figure]:
    folded = fold(text)
    ended = lexicon.ENDED.search(folded, language)
    started = bool(lexicon.ATTRIBUTES["started"].search(folded, language))
    if lexicon.COLLECTIONS["network"].search(folded, language) and not ended:
        started = True  # a year by itself can only be that of a network's founding
    if dated and (started or ended):
        attribute = "ended" if ended and not started else "started"
        for match in YEAR.finditer(text):
            before = fold(text[max(0, match.start() - _REACH) : match.start()])
            after = fold(text[match.end() : match.end() + _REACH])
            if not _is_edition(before, after, language):
                yield _Figure(float(match.group()), match.start(), match.end(), attribute)
    money = lexicon.ATTRIBUTES["budget"].search(folded, language)
    people = lexicon.ATTRIBUTES["population"].search(folded, language)
    for number in find_numbers(text, language):
        if YEAR.fullmatch(number.span.of(text)):
            continue
        if number.unit in lexicon.CURRENCIES or (money and number.unit is None and not people):
            attribute = "budget"
        elif people and number.unit is None:
            attribute = "population"
        else:
            continue
        yield _Figure(number.value, number.span.start, number.span.end, attribute)


def _is_edition(before: str, after: str, language: str) -> bool:
    """Whether a year names a collection's edition: "practices of 2017", "the 2017 practices"."""
    collections = lexicon.COLLECTIONS.values()
    ends = [m.end() for cues in collections for m in cues.finditer(before, language)]
    if any(len(before[end:].split()) <= 1 for end in ends):
        return True
    return any(cues.opens(after.lstrip(), language) for cues in collections)


def _is_range(text: str, first: _Figure, second: _Figure, language: str) -> bool:
    if "".join(text[first.end : second.start].split()) in {"-", "–"}:
        return True
    between = fold(text[first.end : second.start]).strip()
    if len(between) > _RANGE_GAP:
        return False
    joins = lexicon.RANGE_JOINER.search(between, language)
    if joins is None:
        return False
    before = fold(text[max(0, first.start - _REACH) : first.start])
    opens = lexicon.RANGE_OPENER.search(" ".join(before.split()[-3:]), language)
    return bool(opens) or bool(lexicon.UNTIL.search(between, language))


def _scaled(first: _Figure, second: _Figure, text: str) -> float:
    """The first number of "between one and two million", counted in the second's scale."""
    if first.attribute == "started" or first.value >= 1_000 or second.value < 1_000:
        return first.value
    scale = 1.0
    while second.value / scale >= 1_000:
        scale *= 1_000
    return first.value * scale


def _one_sided(text: str, figure: _Figure, language: str) -> Bound | None:
    before = fold(text[max(0, figure.start - _REACH) : figure.start])
    after = fold(text[figure.end : figure.end + 20])
    year = figure.attribute in {"started", "ended"}
    value, attribute = figure.value, figure.attribute
    if year:
        if value % 10 == 0 and (
            _DECADE.match(after) or lexicon.YEARS.search(" ".join(before.split()[-2:]), language)
        ):
            return Bound(attribute, value, value + 9)
        tail, head = " ".join(before.split()[-3:]), " ".join(after.split()[:3])
        if lexicon.DATING.search(tail, language):
            return Bound(attribute, value, value)
        if lexicon.BY_END.search(tail, language):
            return Bound(attribute, high=value)
        if lexicon.FROM_ON.search(head, language) or lexicon.FROM_ON.search(tail, language):
            return Bound(attribute, low=value)
        if lexicon.BEFORE.search(tail, language):
            return Bound(attribute, high=value, strict=True)
        if lexicon.AFTER.search(tail, language):
            return Bound(attribute, low=value, strict=True)
        return Bound(attribute, value, value)
    if lexicon.AT_LEAST.search(before, language):
        return Bound(attribute, low=value)
    if lexicon.AT_MOST.search(before, language):
        return Bound(attribute, high=value)
    if lexicon.LESS.search(before, language):
        return Bound(attribute, high=value, strict=True)
    if lexicon.MORE.search(before, language):
        return Bound(attribute, low=value, strict=True)
    return None
