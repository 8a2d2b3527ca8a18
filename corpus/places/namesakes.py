"""Which town a name means among its namesakes, and which names mean one town."""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import cache, lru_cache

from corpus.gazetteer import EUROPE, City, cities, place_key, spellings

# Inhabitants. A capitalised word that names a large town usually means it; of a small one, words
# around must say so; of one below the middling, its country must be at hand too.
HUGE = 500_000
LARGE = 100_000
SMALL = 15_000
MIDDLING = 8_000


@cache
def home_countries(language: str) -> frozenset[str]:
    """Where a text in ``language`` most likely comes from."""
    homes = {
        "en": "GB IE", "fr": "FR BE CH LU", "de": "DE AT CH", "es": "ES", "it": "IT CH",
        "nl": "NL BE", "pt": "PT BR", "pl": "PL",
    }  # fmt: skip
    return frozenset(homes.get(language, "").split())


def best_city(key: str, language: str = "und", near: frozenset[str] = frozenset()) -> City | None:
    """The likeliest town of this spelling, or None.

    Weighs people (by magnitude), Europe, the language's home and the countries ``near``;
    a town's own name counts more than an exonym.
    """
    found = cities(key)
    if not found:
        return None
    home = home_countries(language)

    def weight(city: City) -> float:
        return (
            math.log10(city.population + 1)
            + 1.2 * (city.country in EUROPE)
            + 0.6 * (city.country in home)
            + 2.5 * (city.country in near)
            + 0.8 * (place_key(city.name) == key)
        )

    return max(found, key=lambda city: (weight(city), city.name, city.country))


@lru_cache(maxsize=8_192)
def city_keys(name: str) -> frozenset[str]:
    """Every spelling of the town ``name`` means, as place keys; its own key where unknown.

    Keys are for comparing with other keys only.
    """
    key = place_key(name)
    city = best_city(key)
    return frozenset({key}) if city is None else spellings(city) | {key}


def same_city(a: str, b: str) -> bool:
    """Whether two names can mean one town: equal up to accents, or exonyms ("Gand", "Ghent")."""
    first, second = place_key(a), place_key(b)
    return first == second or bool(_meant(first) & _meant(second))


def cities_meant(
    name: str, among: Iterable[str], near: frozenset[str] = frozenset()
) -> tuple[str, ...]:
    """Those of ``among`` that a person means who types ``name``, in any spelling or language.

    A town that is called so itself goes first: "Vienne" is Vienna only where nothing is of Vienne.
    Then the likeliest town that anyone calls so counts, in the countries ``near`` if it can be:
    "Roma" is Rome, although a Roma has 3,000 people.
    """
    names = tuple(among)
    if own := tuple(other for other in names if same_city(other, name)):
        return own
    likeliest = best_city(place_key(name), near=near)
    if likeliest is None:
        return ()
    return tuple(other for other in names if likeliest in _meant(place_key(other)))


@lru_cache(maxsize=8_192)
def _meant(key: str) -> frozenset[City]:
    """Towns called so themselves, or else the largest anyone calls so."""
    found = cities(key)
    own = frozenset(city for city in found if place_key(city.name) == key)
    return own or frozenset(found[:1])
