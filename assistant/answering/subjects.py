"""What a sentence speaks of: its city, else a place it names, else its document's title."""

from __future__ import annotations

from dataclasses import dataclass

from assistant import lexicon
from assistant.answering.draft import inline
from assistant.answering.places import city_field, implied_town, line_at
from assistant.matching import Reading
from assistant.question import Question
from assistant.shelf import Shelf
from corpus import Network, Practice, Span
from corpus.facets import facets
from corpus.places import find_places
from corpus.words import fold


@dataclass(frozen=True, slots=True)
class Subject:
    """The thing a row is about, and the words that say so where the quote does not."""

    name: str
    country: str | None
    where: Span | None
    is_place: bool


def subject_of(question: Question, reading: Reading, index: int, shelf: Shelf) -> Subject:
    """What line ``index`` of ``reading`` speaks of."""
    document = reading.document
    span = reading.lines[index].span
    records = shelf.records_of.get(document.id, ())
    for record in records:
        if isinstance(record, Network) and question.collection == "network":
            acronym = record.acronym.value if record.acronym else None
            name = inline(record.name.value)
            full = f"{name} ({acronym})" if acronym and acronym not in name else name
            seat = record.secretariat.value if record.secretariat else None
            where = line_at(reading, record.name.span.start)
            return Subject(full, seat, where, is_place=False)
    titled = _titled(reading)
    if lexicon.CASES.search(fold(question.text), question.language) and not records:
        return titled
    city = city_field(reading, span, shelf)
    if city is not None:
        places = find_places(city.value, document.language)
        country = next((p.country for p in places if p.country), None)
        for record in records:
            if isinstance(record, Practice) and record.city == city and record.country:
                country = record.country.value
        where = line_at(reading, city.span.start)
        return Subject(city.value, country, where, is_place=True)
    for place in find_places(document.text, document.language, span):
        if place.kind == "city":
            return Subject(place.surface, place.country, None, is_place=True)
    around = facets(document, reading.lines[index].passage, records)
    if around.cities:
        country = around.countries[0] if len(around.countries) == 1 else None
        return Subject(around.cities[0], country, None, is_place=True)
    implied = implied_town(reading, index)
    if implied is not None:
        return Subject(*implied, is_place=True)
    return titled


def _titled(reading: Reading) -> Subject:
    """The document's title as the thing a row is about."""
    document = reading.document
    start = document.text.find(document.title)
    title_line = line_at(reading, start) if start >= 0 else None
    return Subject(inline(document.title), None, title_line, is_place=False)
