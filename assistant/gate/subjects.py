"""Whether a value is told of what its quote tells it of.

"Munich has 300 flats, Vienna 500" must not become "Munich has 500". Each word of a quote belongs to
the value nearest to it within its clause; a sentence that puts a value with words that all belong
to another one is refused. Names that change places around the same verb are refused as well.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from assistant.gate.backing import Backing
from assistant.gate.days import read_days, same_day
from assistant.gate.numbers import ANY_DAY, Fault, figures
from assistant.gate.wording import Vocabulary, vocabulary
from corpus import Span
from corpus.dates import DateMention
from corpus.sentences import sentences
from corpus.words import Word, fold, stop_words, words

_BREAKS = ";.!?\n"
_COMMA = 4  # words that a comma, or a conjunction, counts as between a word and a value
_JOINERS = ("and", "et", "und", "y", "e", "en", "i", "while", "whereas", "tandis", "wahrend")
_BESIDE = 3  # words on each side of a value that are held against those of another
_CLEARLY = 2  # more of them with another value than with its own
Value = float | DateMention


@dataclass(frozen=True, slots=True)
class _Placed:
    """A value and where it stands."""

    value: Value
    span: Span


def wrong_subject(sentence: str, backing: Backing) -> Fault | None:
    """A value that the quotes tell of something else, or None. Only within one language."""
    quoted = "\n".join(q.text for q in backing.quotes if q.language == backing.language)
    if not quoted:
        return None
    numbers, days = _values(sentence, backing.language, backing)
    told_numbers, told_days = _values(quoted, backing.language, backing)
    fault = _swapped(numbers, told_numbers, backing, "number")
    return (
        fault
        or _swapped(days, told_days, backing, "date")
        or _other_day(numbers, days, told_numbers, told_days, backing)
    )


@dataclass(frozen=True, slots=True)
class _Told:
    """The values of one text, of one kind."""

    text: str
    placed: list[_Placed]


def _values(text: str, language: str, backing: Backing) -> tuple[_Told, _Told]:
    """The numbers and the days of a text, each with the text that their places point into."""
    found = figures(text, language)
    published = next((q.published for q in backing.quotes if q.published), None)
    days = read_days(text, language, published or ANY_DAY)
    return (
        _Told(found.text, [_Placed(n.value, n.span) for n in found.numbers]),
        _Told(text, [_Placed(d, d.span) for d in days]),
    )


def _same(one: Value, other: Value) -> bool:
    if isinstance(one, DateMention):
        return isinstance(other, DateMention) and same_day(other, one)
    return isinstance(other, float) and math.isclose(one, other)


def _swapped(said: _Told, told: _Told, backing: Backing, reason: str) -> Fault | None:
    """A value beside words that the quotes put beside another one."""
    if len(told.placed) < 2 or not said.placed:
        return None
    language = backing.language
    owned = _owned(told.text, told.placed, language)
    alone = [_only(n, owned, language) for n in range(len(owned))]
    near = _owned(said.text, said.placed, language)
    if fault := _crossed(said, told, near, alone, backing, reason):
        return fault
    for value, words_ in zip(said.placed, near, strict=True):
        own = [n for n, t in enumerate(told.placed) if _same(value.value, t.value)]
        others = [n for n in range(len(told.placed)) if n not in own]
        if not own or not others:
            continue
        ours = max(_common(words_, alone[n], language) for n in own)
        rival = max(others, key=lambda n: _common(words_, alone[n], language))
        theirs = _common(words_, alone[rival], language)
        beside = max(_beside(said, value, told, told.placed[n]) for n in own)
        beside_rival = max(_beside(said, value, told, told.placed[n]) for n in others)
        if (ours == 0 and theirs > 0 and beside < beside_rival) or (
            beside_rival - beside >= _CLEARLY and ours <= theirs
        ):
            expected = told.placed[rival].span.of(told.text)
            found = value.span.of(said.text)
            return (
                reason,
                f"found {found!r} of what {backing.shown} says {expected!r} of",
            )
    return None


def _crossed(
    said: _Told,
    told: _Told,
    near: Sequence[Sequence[str]],
    alone: Sequence[Sequence[str]],
    backing: Backing,
    reason: str,
) -> Fault | None:
    """Two values of which each stands beside a word that the quotes put beside the other."""
    homes = [
        [n for n, t in enumerate(told.placed) if _same(value.value, t.value)]
        for value in said.placed
    ]
    for (a, ours), (b, theirs) in combinations(enumerate(homes), 2):
        if len(ours) != 1 or len(theirs) != 1 or ours == theirs:
            continue
        mine, other = ours[0], theirs[0]
        crossed = (
            _common(near[a], alone[other], backing.language),
            _common(near[b], alone[mine], backing.language),
        )
        kept = (
            _common(near[a], alone[mine], backing.language),
            _common(near[b], alone[other], backing.language),
        )
        if all(crossed) and min(kept) == 0:
            found, expected = (
                said.placed[a].span.of(said.text),
                told.placed[other].span.of(told.text),
            )
            return reason, f"found {found!r} of what {backing.shown} says {expected!r} of"
    return None


def _beside(said: _Told, value: _Placed, told: _Told, other: _Placed) -> int:
    """How many of the few words right before and after both values are the same."""
    before, after = _around(said.text, value.span)
    before2, after2 = _around(told.text, other.span)
    return len(before & before2) + len(after & after2)


def _around(text: str, span: Span) -> tuple[set[str], set[str]]:
    before = [fold(w.text) for w in words(text[max(0, span.start - 60) : span.start])]
    after = [fold(w.text) for w in words(text[span.end : span.end + 60])]
    return set(before[-_BESIDE:]), set(after[:_BESIDE])


def _other_day(
    numbers: _Told, days: _Told, told_numbers: _Told, told_days: _Told, backing: Backing
) -> Fault | None:
    """A number told of another year than the quotes' sentence that has it."""
    if not numbers.placed or len(days.placed) == 0 or len(told_days.placed) < 2:
        return None
    if told_numbers.text != told_days.text:
        return None  # amounts in words moved the places
    for number in numbers.placed:
        lines = [
            line
            for line in sentences(told_days.text, backing.language)
            if any(_same(number.value, t.value) and line.holds(t.span) for t in told_numbers.placed)
        ]
        dated = [[t for t in told_days.placed if line.holds(t.span)] for line in lines]
        if not dated or not all(dated):
            continue
        if any(_same(d.value, t.value) for d in days.placed for line in dated for t in line):
            continue
        found, expected = days.placed[0].span.of(days.text), dated[0][0].span.of(told_days.text)
        return "date", f"found {found!r}, expected {expected!r} for that number in {backing.shown}"
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
