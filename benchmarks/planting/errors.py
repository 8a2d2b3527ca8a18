"""Errors by rule, one a sentence: each changes what the sentence says, and shows nowhere else.

A damaged value is never one that the cited text also has.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise
from random import Random

from babel.dates import format_date

from benchmarks.planting.lines import Line
from benchmarks.planting.tables import (
    AND,
    COUNTRIES,
    NEGATED,
    PLACES,
    PRONOUNS,
    QUANTIFIERS,
    UNITS,
)
from corpus.dates import find_dates, names_a_day
from corpus.numbers import find_numbers
from corpus.places import find_places
from corpus.words import content_terms, fold, written

Planted = tuple[str, list[Line]]
"""A damaged claim and the lines it cites."""
_TRAILING = ".?!"


def number(text: str, language: str, chance: Random) -> str | None:
    """One number changed in its digits."""
    found = [n for n in find_numbers(text, language) if n.span.of(text)[0].isdigit()]
    if not found:
        return None
    told = chance.choice(found)
    digits = re.match(r"\d[\d.,\u00a0]*\d|\d", told.span.of(text))
    if digits is None:
        return None
    places = [at for at, c in enumerate(digits[0]) if c.isdigit()]
    at = chance.choice(places)
    other = chance.choice([d for d in "123456789" if d != digits[0][at]])
    changed = digits[0][:at] + other + digits[0][at + 1 :]
    if re.search(rf"(?<!\d){re.escape(changed)}(?!\d)", text):
        return None
    start = told.span.start
    return text[:start] + changed + text[start + len(digits[0]) :]


def day(text: str, language: str, chance: Random) -> str | None:
    """One day, month or year changed."""
    found = [d for d in find_dates(text, language) if not d.inferred_year]
    if not found:
        return None
    told = chance.choice(found)
    words_ = told.span.of(text)
    if told.precision == "year":
        year = re.search(r"\d{4}", words_)
        if year is None:
            return None
        other = str(int(year[0]) + chance.choice([-3, -2, -1, 1, 2, 3]))
        changed = words_.replace(year[0], other, 1)
        return None if other in text else text[: told.span.start] + changed + text[told.span.end :]
    moved = told.start + timedelta(days=chance.choice([31, 62, 400, -40, 3, -2]))
    pattern = "d MMMM y" if told.precision == "day" else "MMMM y"
    if told.precision == "month" and (moved.year, moved.month) == (
        told.start.year,
        told.start.month,
    ):
        moved = date(moved.year - 1, moved.month, 1)
    if told.start <= moved <= told.end:
        return None
    return (
        text[: told.span.start]
        + format_date(moved, pattern, locale=language)
        + text[told.span.end :]
    )


def place(text: str, language: str, chance: Random) -> str | None:
    """One town or country replaced by another."""
    found = [
        p for p in find_places(text, language) if p.surface[0].isupper() and p.kind != "region"
    ]
    if not found:
        return None
    told = chance.choice(found)
    pool = PLACES if told.kind == "city" else COUNTRIES[language]
    return text[: told.span.start] + chance.choice(pool) + text[told.span.end :]


def name(text: str, language: str, chance: Random, names: list[str]) -> str | None:
    """One name replaced by one of another article."""
    found = names_of(text, language)
    pool = [n for n in names if not set(written(fold(n))) & set(written(fold(text)))]
    if not found or not pool:
        return None
    told = chance.choice(found)
    return text.replace(told, chance.choice(pool), 1)


_NAME = re.compile(
    r"(?<=[a-zà-ÿ,] )(?:[A-ZÀ-Þ][\w’'-]+ ){1,3}[A-ZÀ-Þ][\w’'-]+|(?<=[a-zà-ÿ,] )[A-Z]{3,7}\b"
)


def names_of(text: str, language: str) -> list[str]:
    """Runs of capitalised words inside a sentence that are no places, days or German nouns."""
    places = [p.span for p in find_places(text, language)]
    return [
        match[0]
        for match in _NAME.finditer(text)
        if not any(p.start < match.end() and match.start() < p.end for p in places)
        and not any(names_a_day(fold(w), language) for w in written(match[0]))
    ]


def negation(text: str, language: str, chance: Random) -> str | None:
    """A verb denied."""
    at = None
    for verb, denied in NEGATED[language]:
        match = re.search(
            rf"(?<=\w )(?<!')\b{verb}\b(?= \w)(?! (?:not|nicht|niet|pas|only|nur)\b)", text
        )
        if match and (at is None or match.start() < at[0]):
            before = text[: match.start()].rstrip().rsplit(" ", 1)[-1]
            if fold(before) in {
                "no",
                "non",
                "ne",
                "n",
                "not",
                "never",
                "nie",
                "jamais",
                "y",
                "que",
            }:
                continue
            at = (match.start(), verb, denied)
    if at is None:
        return None
    start, verb, denied = at
    return text[:start] + denied + text[start + len(verb) :]


def numbers_exchanged(text: str, language: str, chance: Random) -> str | None:
    """Two counts of different things exchanged."""
    found = [
        n
        for n in find_numbers(text, language)
        if n.span.of(text).replace(".", "").replace(",", "").isdigit()
    ]
    for one, two in pairwise(found):
        between = written(text[one.span.end : two.span.start])
        after = written(text[two.span.end :])
        if one.value == two.value or one.unit != two.unit or len(between) < 3 or len(after) < 1:
            continue
        return (
            text[: one.span.start] + two.span.of(text) + text[one.span.end : two.span.start]
            + one.span.of(text) + text[two.span.end :]
        )  # fmt: skip
    return None


def subject(line: Line, others: list[Line], chance: Random) -> Planted | None:
    """The subject of another sentence of the article before this one's verb; both are cited."""
    mine = _subject(line)
    if mine is None:
        return None
    for other in chance.sample(others, len(others)):
        theirs = _subject(other)
        if theirs is None or other.start == line.start or theirs[1] != mine[1]:
            continue
        if set(content_terms(theirs[0], line.language)) & set(
            content_terms(line.text, line.language)
        ):
            continue
        return f"{theirs[0]}{line.text[len(mine[0]) :]}", [line, other]
    return None


def _subject(line: Line) -> tuple[str, str] | None:
    """The words before the first known finite verb, and that verb."""
    verbs = "|".join(verb for verb, _ in NEGATED[line.language])
    match = re.match(rf"(?P<subject>[^,;:()]{{6,60}}?) (?P<verb>{verbs})\b", line.text)
    if match is None:
        return None
    found = written(match["subject"])
    if not 2 <= len(found) <= 7 or fold(found[0]) in PRONOUNS:
        return None
    return match["subject"], match["verb"]


def quantifier(text: str, language: str, chance: Random) -> str | None:
    """A quantifier or a bound turned."""
    for one, other in chance.sample(QUANTIFIERS[language], len(QUANTIFIERS[language])):
        pattern = rf"(?<!\w){re.escape(one)}(?!\w)"
        if one in {"over", "oltre", "rund", "about", "ongeveer"}:
            pattern += r"(?= \d)"
        if re.search(pattern, text):
            return re.sub(pattern, other, text, count=1)
    return None


def unit(text: str, language: str, chance: Random) -> str | None:
    """What a number counts in changed."""
    for one, other in UNITS[language]:
        gap = "" if one in "%€" else r"\b"
        match = re.search(rf"(?<=\d)(?P<gap>\s?){re.escape(one)}{gap}", text)
        if match and not re.search(rf"\b{re.escape(other.strip())}\b", text):
            return text[: match.end("gap")] + other + text[match.end() :]
    return None


def clause(text: str, language: str, chance: Random, other: Line) -> str | None:
    """What another sentence says added."""
    said = other.text.rstrip(_TRAILING)
    if len(written(said)) > 18:
        return None
    first = written(said)[0]
    lower = (
        said
        if any(c.isupper() for c in first[1:]) or language == "de"
        else said[0].lower() + said[1:]
    )
    return f"{text.rstrip(_TRAILING)}, {AND[language]} {lower}."


ByText = Callable[[str, str, Random], str | None]
SIMPLE: dict[str, ByText] = {
    "number": number, "date": day, "place": place, "negation": negation,
    "numbers exchanged": numbers_exchanged, "quantifier": quantifier, "unit": unit,
}  # fmt: skip
KINDS = (
    *SIMPLE, "name", "subject", "clause of another article", "clause of the same article",
)  # fmt: skip
