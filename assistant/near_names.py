"""Cities that a filter names and no article is about, with those that are spelled nearly so.

Knows spelling only. What a name means in any language is :func:`corpus.places.cities_meant`'s.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

from corpus.gazetteer import place_key
from corpus.places import cities_meant
from index import Filters

_MOST = 3
_LIKENESS = 0.7  # of difflib: one letter of five may be another ("Bragga", "Gnet"), two may not


def unknown_cities(filters: Filters, known: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Each city of ``filters`` that is none of ``known``, with at most three near in spelling."""
    names = tuple(known)
    near = frozenset(filters.countries)
    by_key = {place_key(name): name for name in names}
    return {
        city: tuple(
            by_key[key] for key in get_close_matches(place_key(city), by_key, _MOST, _LIKENESS)
        )
        for city in filters.cities
        if not cities_meant(city, names, near)
    }
