"""Documents of one passage each, the same for the same number, with every facet there is."""

from __future__ import annotations

from datetime import date

from corpus import Document, Passage, Span
from corpus.records import Facets
from corpus.text import document_id, text_sha256
from index.rows import PassageRow, hash_of
from index.terms import names, stems

COUNTRIES = ["BE", "FR", "DE"]
CITIES = ["Ghent", "Lyon", "Munich"]
LANGUAGES = ["en", "fr", "de"]
KINDS = ["article", "practice", "event"]
WORDS = ["tram", "bicycle", "library", "harbour", "garden", "school", "river", "roof", "market"]


def document(number: int) -> Document:
    text = " ".join(WORDS[(number * step) % len(WORDS)] for step in range(1, 5 + number % 4)) + "."
    source = f"{'north' if number % 2 else 'south'}/{number:02d}.txt"
    sha256 = text_sha256(text)
    return Document(
        id=document_id(source, sha256),
        source=source,
        text=text,
        sha256=sha256,
        title=f"Article {number}",
        language=LANGUAGES[number % 3],
        kind="text",
        published=date(2020 + number % 4, 1 + number % 12, 15) if number % 5 else None,
    )


def row(document: Document, number: int) -> PassageRow:
    start = date(2021 + number % 3, 6, 1) if number % 3 == 0 else None
    span = Span(0, len(document.text))
    return PassageRow(
        Passage(document.id, 0, span, (span,), ()),
        hash_of(document.text),
        Facets(
            countries=(COUNTRIES[number % 3], COUNTRIES[number % 2]),
            cities=(CITIES[number % 3],) if number % 4 else (),
            kinds=(KINDS[number % 3],),
            since=start,
            until=date(start.year, 6, 10) if start and number % 2 else None,
        ),
        " ".join(stems(document.text, "en")),
        " ".join(names(document.text, "en")),
    )
