"""Whether a value is told of what its quote tells it of.

"Munich has 300 flats, Vienna 500" must not become "Munich has 500". Each word of a quote belongs to
the value nearest to it within its clause; a sentence that puts a value with words that all belong
to another one is refused. Names that change places around the same verb are refused as well.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.gate.backing import Backing, Quote
from assistant.gate.days import same_day
from assistant.gate.numbers import ANY_DAY, Fault, figures
from assistant.gate.wording import Vocabulary, vocabulary
from corpus import Span
from corpus.dates import DateMention, find_dates
from corpus.words import Word, fold, stop_words, words

_BREAKS = ";.!?\n"
_COMMA = 4  # words that a comma, or a conjunction, counts as between a word and a value
_JOINERS = frozenset(
    [
        "and",
        "et",
        "und",
        "y",
        "e",
        "en",
        "i",
        "while",
        "whereas",
        "tandis",
        "wahrend",
        "mientras",
        "mentre",
    ]
)
Value = float | DateMention


@dataclass(frozen=True, slots=True)
class _Placed:
    """A value and where it stands."""

    value: Value
    span: Span


def wrong_subject(sentence: str, backing: Backing) -> Fault | None:
    """A value that the quotes tell of something else, or None. Only within one language."""
    if backing.foreign:
        return None
    for said, text in _values(sentence, backing.language, backing):
        if len(said) == 0:
            continue
        for quote in backing.quotes:
            if quote.language != backing.language:
                continue
            if fault := _swapped(said, text, quote, backing):
                return fault
    return None


def _values(text: str, language: str, backing: Backing) -> Iterable[tuple[list[_Placed], str]]:
    """Numbers, then days, each with the text that their places point into."""
    found = figures(text, language)
    yield [_Placed(n.value, n.span) for n in found.numbers], found.text
    published = next((q.published for q in backing.quotes if q.published), None)
    days = find_dates(text, language, reference=published or ANY_DAY)
    yield [_Placed(d, d.span) for d in days], text


def _same(one: Value, other: Value) -> bool:
    if isinstance(one, DateMention):
        return isinstance(other, DateMention) and same_day(other, one)
    return isinstance(other, float) and math.isclose(one, other)


def _swapped(said: Sequence[_Placed], text: str, quote: Quote, backing: Backing) -> Fault | None:
    index = 1 if isinstance(said[0].value, DateMention) else 0
    told, quoted = list(_values(quote.text, quote.language, backing))[index]
    if len(told) < 2:
        return None
    owned = _owned(quoted, told, quote.language)
    for value in said:
        own = [n for n, t in enumerate(told) if _same(value.value, t.value)]
        if not own or len(own) == len(told):
            continue
        near = _near(text, value, said, backing.language)
        scores = [_common(near, words_, backing.language) for words_ in owned]
        unique = [_only(n, owned, backing.language) for n in range(len(owned))]
        best_own = max(_common(near, unique[n], backing.language) for n in own)
        others = [n for n in range(len(told)) if n not in own]
        taken = {n for v in said for n, t in enumerate(told) if _same(v.value, t.value)}
        rivals = [n for n in others if n not in taken]
        if not rivals:
            continue
        rival = max(rivals, key=lambda n: _common(near, unique[n], backing.language))
        against = _common(near, unique[rival], backing.language)
        if best_own == 0 and against > 0 and scores[rival] > max(scores[n] for n in own):
            words_ = value.span.of(text)
            expected = told[rival].span.of(quoted)
            return (
                "date" if index else "number",
                f"found {words_!r}, but [{quote.n}] says so of something else; there it is"
                f" {expected!r}",
            )
    return None


def _owned(text: str, told: Sequence[_Placed], language: str) -> list[list[str]]:
    """For each value the content words nearest to it."""
    stops = stop_words(language)
    owned: list[list[str]] = [[] for _ in told]
    found = words(text)
    for at, word in enumerate(found):
        folded = fold(word.text)
        if folded in stops or folded[0].isdigit() or any(t.span.overlaps(word.span) for t in told):
            continue
        distances = [_distance(text, found, at, t.span) for t in told]
        least = min(distances)
        for n, distance in enumerate(distances):
            if distance == least < math.inf:
                owned[n].append(word.text)
    return owned


def _distance(text: str, found: Sequence[Word], at: int, span: Span) -> float:
    """Words between, more across commas and conjunctions; infinite across a sentence's end."""
    word = found[at].span
    left, right = (word, span) if word.start < span.start else (span, word)
    between = text[left.end : right.start]
    count = 0.0
    for position, c in enumerate(between):
        follows = between[position + 1 : position + 2]
        if c in _BREAKS and (c != "." or follows.isspace() or not follows):
            if c in ";.!?\n" and between[position + 1 :].strip():
                return math.inf
        elif c == ",":
            count += _COMMA
    for other in found:
        if left.end <= other.span.start and other.span.end <= right.start:
            count += _COMMA if fold(other.text) in _JOINERS else 1
    return count


def _near(text: str, value: _Placed, said: Sequence[_Placed], language: str) -> list[str]:
    """The content words of the sentence that belong to ``value``."""
    owned = _owned(text, said, language)
    return owned[said.index(value)]


def _common(near: Sequence[str], others: Sequence[str], language: str) -> float:
    held = _held(others, language)
    return sum(held.holds(word, language) for word in near)


def _only(n: int, owned: Sequence[Sequence[str]], language: str) -> list[str]:
    """The words that belong to the ``n``-th value alone."""
    rest = [word for m, words_ in enumerate(owned) if m != n for word in words_]
    held = _held(rest, language)
    return [word for word in owned[n] if not held.holds(word, language)]


def _held(listed: Iterable[str], language: str) -> Vocabulary:
    return vocabulary(" ".join(listed), (language,))
