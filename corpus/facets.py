"""Facets: the countries, cities, kinds and days a passage is filtered by.

Knows how to choose: the records the passage overlaps, else those of the whole document, else
the places of title and heading, else the one town the document keeps naming. Refuses to list
every place a passage mentions; a filter is a promise what the passage is about.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from corpus import Document, Event, Network, Passage, Practice, Record, Span
from corpus.gazetteer import english_name, place_key
from corpus.headers import title_span
from corpus.places import Place, best_city, find_places

_KINDS = {Practice: "practice", Event: "event", Network: "network"}

# The town of a document: named this often, and this share of all towns named.
_LEAST_MENTIONS = 3
_LEAST_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class Facets:
    """What filters compare: ISO 3166-1 countries, gazetteer city names, kinds, an interval.

    City names compare through :func:`corpus.places.same_city`, not by equality.
    """

    countries: tuple[str, ...] = ()
    cities: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ("article",)
    since: date | None = None
    until: date | None = None


def facets(document: Document, passage: Passage, records: Sequence[Record]) -> Facets:
    """The facets of one passage of ``document``, whose records are ``records``."""
    own = [record for record in records if record.document == document.id]
    about = [record for record in own if _is_about(record, passage.span, document)]
    found = [_where(record, document.language) for record in about]
    countries = _ordered(country for country, _ in found)
    cities = _ordered(city for _, city in found)
    if not countries and not cities:
        countries, cities = _of_places(document, passage)
    kinds = _ordered(_KINDS[type(record)] for record in about) or ("article",)
    if kinds == ("event",) and document.published is not None:
        kinds = ("event", "article")  # news of an event is both
    since, until = _days(document, about)
    return Facets(countries, cities, kinds, since, until)


def _is_about(record: Record, passage: Span, document: Document) -> bool:
    return record.span.overlaps(passage) or len(record.span) >= len(document.text)


def _where(record: Record, language: str) -> tuple[str | None, str | None]:
    """Country and city of a record, the city as the gazetteer spells it."""
    match record:
        case Practice(city=city, country=country):
            pass
        case Event(place=city, country=country):
            pass
        case Network(secretariat=country):
            city = None
    code = country.value if country else None
    if city is None:
        return code, None
    near = frozenset({code}) if code else frozenset()
    known = best_city(place_key(city.value), language, near)
    if known is not None and (code is None or known.country == code):
        return code or known.country, english_name(known)
    inside = [p for p in find_places(city.value, language) if p.kind == "city"]
    if isinstance(record, Event):
        # A venue or "Online": the town inside it, if any.
        return code, inside[0].name if inside else (city.value if code else None)
    return code, inside[0].name if inside else city.value


def _ordered(values: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))


def _days(document: Document, about: Sequence[Record]) -> tuple[date | None, date | None]:
    """From the first to the last day of the events it is about, else the day of publication."""
    happening = [record for record in about if isinstance(record, Event)]
    if not happening:
        return document.published, document.published
    return (
        min(event.start.value for event in happening),
        max((event.end or event.start).value for event in happening),
    )


def _of_places(document: Document, passage: Passage) -> tuple[tuple[str, ...], tuple[str, ...]]:
    title = title_span(document)
    for places in (
        _places_in(" – ".join(passage.headings), document.language),
        find_places(document.text, document.language, title) if title else (),
    ):
        if places:
            return _named(places)
    return _dominant(document.text, document.language)


@lru_cache(maxsize=4_096)
def _places_in(text: str, language: str) -> tuple[Place, ...]:
    return find_places(text, language) if text else ()


def _named(places: Sequence[Place]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return (
        _ordered(place.country for place in places),
        _ordered(place.name for place in places if place.kind == "city"),
    )


@lru_cache(maxsize=64)
def _dominant(text: str, language: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The town a text keeps naming, with its country, where one clearly leads."""
    towns = Counter(
        (place.name, place.country) for place in find_places(text, language) if place.kind == "city"
    )
    if not towns:
        return (), ()
    (name, country), mentions = max(towns.items(), key=lambda item: (item[1], item[0][0]))
    if mentions < _LEAST_MENTIONS or mentions < _LEAST_SHARE * towns.total():
        return (), ()
    return ((country,) if country else ()), (name,)
