"""Whether one text says numbers, days, places or names that another does not hold.

Numbers are compared by value, days as days and places by what they are, so that "Wien" agrees with
"Vienna" and "12 mars" with "12 March". Other names agree by their letters. Conservative: what is
not recognised on both sides counts as added, so that a doubtful text is not used.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from assistant.sides import capitalised_runs
from corpus import Span
from corpus.dates import find_dates
from corpus.numbers import find_numbers
from corpus.places import find_places
from corpus.words import fold, words

_LETTERS = 5  # of a name, that inflection and translation leave alone: "Europejski", "European"
_EDGE = re.compile(r"['’]s\b|['’]")
# Every noun has a capital there, so a capital tells no name.
_CAPITALS_OF_NOUNS = frozenset({"de", "lb"})


@dataclass(frozen=True, slots=True)
class Text:
    """Words and the language they are in, ISO 639-1."""

    words: str
    language: str


def added(text: Text, held: Sequence[Text]) -> str | None:
    """The first number, day, place or name in ``text`` that none of ``held`` has; None: none."""
    days = {day for one in held for day, _ in _days(one)}
    for day, span in _days(text):
        if day not in days:
            return span.of(text.words)
    values = {value for one in held for value, _ in _values(one)}
    for value, span in _values(text):
        if value not in values:
            return span.of(text.words)
    places = {place for one in held for place, _ in _places(one)}
    known = {fold(word.text) for one in held for word in words(one.words)}
    for place, span in _places(text):
        if place not in places and not _is_known(span.of(text.words), known):
            return span.of(text.words)
    for name in _names(text):
        if not _is_known(name, known):
            return name
    return None


def differs(first: Text, second: Text) -> str | None:
    """What one of two texts says of this kind and the other does not; None when they agree."""
    return added(first, [second]) or added(second, [first])


def _days(text: Text) -> Iterator[tuple[tuple[str, str], Span]]:
    for day in find_dates(text.words, text.language):
        yield (day.start.isoformat(), day.end.isoformat()), day.span


def _values(text: Text) -> Iterator[tuple[float, Span]]:
    days = [span for _, span in _days(text)]
    for number in find_numbers(text.words, text.language):
        if not any(number.span.overlaps(day) for day in days):
            yield number.value, number.span


def _places(text: Text) -> Iterator[tuple[tuple[str, str | None], Span]]:
    for place in find_places(text.words, text.language):
        yield (place.name, place.country), place.span


def _names(text: Text) -> Iterator[str]:
    """Capitalised words inside a sentence that are neither places nor part of a day."""
    if text.language in _CAPITALS_OF_NOUNS:
        return
    taken = [span for _, span in (*_days(text), *_places(text))]
    for run in capitalised_runs(text.words):
        if not any(run.overlaps(span) for span in taken):
            yield run.of(text.words)


def _is_known(name: str, known: Iterable[str]) -> bool:
    """Whether every word of ``name`` begins as one that is known does."""
    begun = {word[:_LETTERS] for word in known}
    return all(fold(word.text)[:_LETTERS] in begun for word in words(_EDGE.sub(" ", name)))
