"""Faithful rewordings by rule: what a sentence says stays, how it says so changes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from random import Random

from babel.dates import format_date
from babel.numbers import format_decimal

from benchmarks.planting.tables import ACCORDING, OPENS_ADVERBIAL, SAME
from corpus.dates import find_dates
from corpus.gazetteer import cities, place_key, spellings
from corpus.numbers import find_numbers
from corpus.places import best_city, find_places
from corpus.words import written

Rewording = Callable[[str, str, Random], str | None]
"""A sentence, its language and a source of chance; None where the rule does not apply."""

_BRACKET = re.compile(r"\s\([^()]{3,80}\)")
_ADVERBIAL = re.compile(r"^(?P<adverbial>[^,]{4,60}), (?P<rest>.{25,})\.$")


def copied(text: str, language: str, chance: Random) -> str | None:
    """The sentence itself."""
    return text


def without_brackets(text: str, language: str, chance: Random) -> str | None:
    """What stands in brackets left out."""
    shorter = _BRACKET.sub("", text, count=1)
    return shorter if shorter != text else None


def without_adverbial(text: str, language: str, chance: Random) -> str | None:
    """A leading adverbial left out."""
    found = _leading(text, language)
    if found is None:
        return None
    rest = found["rest"]
    return f"{rest[0].upper()}{rest[1:]}."


def adverbial_last(text: str, language: str, chance: Random) -> str | None:
    """A leading adverbial moved to the end."""
    found = _leading(text, language)
    if found is None:
        return None
    adverbial, rest = found["adverbial"], found["rest"]
    return f"{rest[0].upper()}{rest[1:]}, {adverbial[0].lower()}{adverbial[1:]}."


def _leading(text: str, language: str) -> re.Match[str] | None:
    found = _ADVERBIAL.match(text)
    if found is None or not re.match(rf"(?:{OPENS_ADVERBIAL[language]})\b", text):
        return None
    return found if len(written(found["rest"])) >= 6 and "," not in found["rest"] else None


def attributed(text: str, language: str, chance: Random) -> str | None:
    """ "According to the article" before it."""
    if not text[0].isalpha():
        return None
    first = written(text)[0]
    keep = language == "de" or first.isupper() or any(c.isupper() for c in first[1:])
    keep = keep or any(p.span.start == 0 for p in find_places(text, language))
    return ACCORDING[language] + (text if keep or "’" in text[:3] else text[0].lower() + text[1:])


def other_words(text: str, language: str, chance: Random) -> str | None:
    """A word or two for the same."""
    changed = text
    for one, other in SAME[language]:
        changed = re.sub(rf"(?<!\w){re.escape(one)}(?!\w)", other, changed, count=1)
    return changed if changed != text else None


def other_number_format(text: str, language: str, chance: Random) -> str | None:
    """Thousands as the language writes them, a bare group as "12 345" or "12345"."""
    for number in find_numbers(text, language):
        told = number.span.of(text)
        digits = re.match(r"\d[\d.,\u00a0 ]*\d", told)
        if not digits or number.value < 1_000 or number.value != int(number.value):
            continue
        if len(re.sub(r"\D", "", digits[0])) != len(str(int(number.value))):
            continue  # a scale word follows
        spelled = chance.choice(
            [str(int(number.value)), format_decimal(int(number.value), locale=language)]
        )
        if spelled != digits[0]:
            at = number.span.start + digits.start()
            return text[:at] + spelled + text[at + len(digits[0]) :]
    return None


def other_date_format(text: str, language: str, chance: Random) -> str | None:
    """A day as ISO writes it, or as the language does."""
    for day in find_dates(text, language):
        if day.precision != "day" or day.start != day.end or day.inferred_year:
            continue
        told = day.span.of(text)
        spelled = chance.choice(
            [day.start.isoformat(), format_date(day.start, "d MMMM y", locale=language)]
        )
        if spelled != told:
            return text[: day.span.start] + spelled + text[day.span.end :]
    return None


def exonym(text: str, language: str, chance: Random) -> str | None:
    """A large town by the name it has elsewhere."""
    for place in find_places(text, language):
        key = place_key(place.surface)
        city = best_city(key, language) if place.kind == "city" else None
        if city is None or city.population < 300_000:
            continue
        others = [
            spelled
            for spelled in sorted(spellings(city) - {key})
            if len(spelled) > 3
            and spelled.isalpha()
            and cities(spelled)[0] == city
            and spelled[:3] != key[:3]
        ]
        if others:
            name = chance.choice(others).capitalize()
            return text[: place.span.start] + name + text[place.span.end :]
    return None


RULES: tuple[Rewording, ...] = (
    other_date_format, exonym, other_number_format, adverbial_last, without_adverbial,
    without_brackets, other_words, attributed, copied,
)  # fmt: skip


def rewordings(text: str, language: str, chance: Random) -> Iterator[tuple[str, str]]:
    """Every rule that applies, by name, with the sentence it makes."""
    for rule in RULES:
        reworded = rule(text, language, chance)
        if reworded is not None:
            yield rule.__name__, reworded
