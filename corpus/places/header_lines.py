"""A line that is nothing but a town and its country: "Ghent, Belgium", "Brno (CZ)"."""

from __future__ import annotations

import re

from corpus import Span
from corpus.countries import country_code
from corpus.gazetteer import is_known, place_key
from corpus.places.mention import LONGEST_NAME
from corpus.places.words import PARTICLES

LONGEST_LINE = 120  # characters of a line that holds nothing but a town and its country
_COUNTRY_PART = r"[^\W\d_][\w .'’\-]{1,40}"
_TOWN_PART = r"[^\W\d_][\w .'’\-/&]{0,60}?"
_LINE_COMMA = re.compile(rf"(?P<city>{_TOWN_PART}),[ \t](?P<country>{_COUNTRY_PART})")
_LINE_CODE = re.compile(rf"(?P<city>{_TOWN_PART})[ \t]\((?P<country>[A-Z]{{2,3}})\)")


def city_line(text: str, within: Span) -> tuple[Span, Span, str] | None:
    """City span, country span and country code, where ``within`` is "City, Country" or "City (CC)".

    The town need not be known; the country must be. ``None`` when the words are anything else.
    """
    start, end = _trimmed(text, within)
    if end - start > LONGEST_LINE:
        return None
    for shape in (_LINE_COMMA, _LINE_CODE):
        match = shape.fullmatch(text, start, end)
        if match is None:
            continue
        code = country_code(match["country"])
        city = Span(*match.span("city"))
        if code is None or not looks_like_name(city.of(text)):
            continue
        if country_code(city.of(text)) is not None and not is_known(place_key(city.of(text))):
            continue
        return city, Span(*match.span("country")), code
    return None


def _trimmed(text: str, within: Span) -> tuple[int, int]:
    start, end = within.start, within.end
    while start < end and text[start] in " \t\u00a0#*_>|\n":
        start += 1
    while end > start and text[end - 1] in " \t\u00a0*_|\n.":
        end -= 1
    return start, end


def looks_like_name(words: str) -> bool:
    """Capitalised words joined by particles, no more than six."""
    parts = re.findall(r"[^\W_]+", words)
    return (
        0 < len(parts) <= LONGEST_NAME
        and parts[0][0].isupper()
        and all(part[0].isupper() or part.casefold() in PARTICLES for part in parts)
    )
