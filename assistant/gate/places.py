"""Whether the places a sentence names are named by what it cites, in whatever language.

"Gand" is Ghent. A country may be told of a town that the quotes name, as the gazetteer knows it;
nothing else is added from what the gazetteer knows.
"""

from __future__ import annotations

import re

from assistant.gate.backing import Backing
from assistant.gate.numbers import Fault
from corpus.gazetteer import place_key
from corpus.places import Place, city_keys, country_code, find_places
from corpus.words import fold

_LONGEST_NAME = 5  # words
_IN = re.compile(r"(?<!\w)(?:in|at|à|en|em|a|te|w|we)\s$", re.IGNORECASE)


def wrong_place(sentence: str, backing: Backing) -> Fault | None:
    """The first place that is not borne out, or None."""
    said = find_places(sentence, backing.language)
    if not said:
        return None
    known = [
        place
        for quote in backing.quotes
        for part in (quote.text, quote.around)
        for place in find_places(part, quote.language)
    ]
    known += [p for i in backing.items for p in find_places(i.name, "en")]
    countries: set[str | None] = {place.country for place in known if place.country}
    countries |= {item.country for item in backing.items if item.country}
    grams = _grams(backing.everything)
    for place in said:
        if _is_told(place, known, countries, grams):
            if other := _elsewhere(place, sentence, backing):
                return (
                    "place",
                    f"found in {place.surface!r}, expected {other!r} as in {backing.shown}",
                )
            continue
        names = ", ".join(dict.fromkeys(k.surface for k in known)) or "it names none"
        return "place", f"found {place.surface!r}, expected a place of {backing.shown}: {names}"
    return None


def _is_told(
    place: Place, known: list[Place], countries: set[str | None], grams: frozenset[str]
) -> bool:
    own = place_key(place.surface)
    if own in grams or place_key(place.name) in grams:
        return True
    if place.kind == "country":
        return place.country in countries
    if any(fold(k.name) == fold(place.name) for k in known):
        return True
    if place.kind == "region":
        cities = any(k.kind == "city" and k.country == place.country for k in known)
        return cities and country_code(place.surface) is not None
    return not grams.isdisjoint(city_keys(place.surface) | city_keys(place.name))


def _elsewhere(place: Place, sentence: str, backing: Backing) -> str | None:
    """The town that the quotes put it in, where only a title names the sentence's."""
    if place.kind != "city" or not _located(sentence, place):
        return None
    quoted = _grams(backing.quoted)
    if not quoted.isdisjoint(city_keys(place.surface) | city_keys(place.name)):
        return None
    for quote in backing.quotes:
        for other in find_places(quote.text, quote.language):
            if other.kind == "city" and _located(quote.text, other):
                return other.surface
    return None


def _located(text: str, place: Place) -> bool:
    return _IN.search(text, 0, place.span.start) is not None


def _grams(text: str) -> frozenset[str]:
    """Every run of up to five words of a line, as a place key."""
    found: set[str] = set()
    for line in text.split("\n"):
        parts = place_key(line).split()
        for start in range(len(parts)):
            for length in range(1, min(_LONGEST_NAME, len(parts) - start) + 1):
                found.add(" ".join(parts[start : start + length]))
    return frozenset(found)
