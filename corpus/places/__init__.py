"""Where a text speaks of: towns, regions and countries, with the words that name them.

Knows how places are written in running text and in header lines, and weighs namesakes by
their neighbours. Refuses to guess: a word that is more often something else ("Nice", "Bath",
"Essen") counts only where a preposition, a bracket or another place vouches for it. One pass
over the words with dictionary look-ups; no pattern here can backtrack far.
"""

from __future__ import annotations

from collections import Counter

from corpus import Span
from corpus.countries import country_code, country_name
from corpus.places.countries_named import countries_named
from corpus.places.header_lines import city_line
from corpus.places.mention import Place, tokens_of
from corpus.places.namesakes import best_city, cities_meant, city_keys, same_city
from corpus.places.towns import Towns

__all__ = [
    "Place",
    "best_city",
    "cities_meant",
    "city_keys",
    "city_line",
    "country_code",
    "country_name",
    "find_places",
    "same_city",
]


def find_places(text: str, language: str, within: Span | None = None) -> tuple[Place, ...]:
    """Places named in ``text`` (or one part of it), in order, never overlapping.

    ``language`` (ISO 639-1) decides which adjectives and case endings are read; capitalised
    country names count in all eight languages.
    """
    start, end = (within.start, within.end) if within else (0, len(text))
    tokens = tokens_of(text, start, end)
    sure = tuple(countries_named(text, tokens, language))
    near = Counter(place.country for place in sure if place.country)
    found = Towns(text, tokens, language, sure, frozenset(near)).find()
    return tuple(sorted((*_kept(sure, found), *found), key=lambda place: place.span))


def _kept(sure: tuple[Place, ...], towns: list[Place]) -> list[Place]:
    """Country mentions that no town's name swallows ("Mexico" in "Mexico City")."""
    taken = {at for town in towns for at in range(town.span.start, town.span.end)}
    return [place for place in sure if place.span.start not in taken]
