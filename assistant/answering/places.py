"""Which place a sentence speaks of, by the records and headings around it."""

from __future__ import annotations

from assistant.evidence import Evidence
from assistant.matching import Reading
from assistant.shelf import Shelf
from corpus import Event, Field, Network, Practice, Span
from corpus.places import find_places
from corpus.words import fold, words


def place_of(evidence: Evidence, shelf: Shelf) -> tuple[str, Span] | None:
    """The city a sentence is about and where the document says so; None when it is unclear."""
    found = city_field(evidence.reading, evidence.span, shelf)
    return (found.value, found.span) if found else None


def city_field(reading: Reading, span: Span, shelf: Shelf) -> Field[str] | None:
    """The city of the record that covers ``span``: the narrowest one that names a city."""
    covering = [
        record
        for record in shelf.records_of.get(reading.document.id, ())
        if record.span.overlaps(span) and not isinstance(record, Network)
    ]
    for record in sorted(covering, key=lambda r: len(r.span)):
        if isinstance(record, Practice) and record.city:
            return record.city
        if isinstance(record, Event) and record.place:
            return record.place
    return title_place(reading)


def title_place(reading: Reading) -> Field[str] | None:
    """A city named in the document's title, where the title stands in the text."""
    document = reading.document
    start = document.text.find(document.title)
    if not document.title or start < 0:
        return None
    within = Span(start, start + len(document.title))
    for place in find_places(document.text, document.language, within):
        if place.kind == "city":
            return Field(place.surface, place.span)
    return None


# Endings by which German and Dutch make an adjective of a town: "Berliner", "Heerenveense".
_TOWN_ENDINGS = {"de": ("er", "ers"), "nl": ("se", "s", "er")}
_SHORTEST_TOWN = 5


def implied_town(reading: Reading, index: int) -> tuple[str, str | None, Span | None] | None:
    """A town that a sentence or the title names only in passing: inflected, or as first word.

    Gives its name, country and the words that imply it (None when they are the sentence's own).
    """
    document, line = reading.document, reading.lines[index]
    start = document.text.find(document.title)
    title = Span(start, start + len(document.title)) if document.title and start >= 0 else None
    for within in filter(None, (line.span, title)):
        for word in words(document.text, within):
            if not word.text[0].isupper() or len(word.text) < _SHORTEST_TOWN:
                continue
            for ending in (*_TOWN_ENDINGS.get(document.language, ()), ""):
                base = word.text.removesuffix(ending)
                if len(base) < _SHORTEST_TOWN or (ending and base == word.text):
                    continue
                if within is line.span and not ending:
                    continue  # a plain word of a sentence would have been read as a place
                found = find_places(f"in {base}", document.language)
                if found and found[0].kind == "city" and fold(found[0].surface) == fold(base):
                    where = None if within is line.span else line_at(reading, within.start)
                    return found[0].surface, found[0].country, where
    return None


def is_town(name: str, language: str) -> bool:
    """Whether ``name`` alone is read as a town."""
    return any(p.kind == "city" for p in find_places(f"in {name}", language))


def line_at(reading: Reading, position: int) -> Span:
    """The sentence that holds ``position``; a bare point when none does."""
    for line in reading.lines:
        if line.span.start <= position < line.span.end:
            return line.span
    return Span(position, position)
