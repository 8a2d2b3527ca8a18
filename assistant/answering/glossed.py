"""Lists that stand in brackets after a name: "mySMARTLife (Hamburg, Helsinki and Nantes)".

Each document may tell some of the members, so those of all leading documents are put together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant import Coverage, lexicon
from assistant.answering.draft import Draft, inline
from assistant.answering.enumerations import members
from assistant.answering.places import is_town
from assistant.answering.table import Rows
from assistant.citations import CitationBook, section_of
from assistant.evidence import Evidence, gather
from assistant.question import Question
from assistant.shelf import Shelf
from corpus import Span
from corpus.places import find_places
from corpus.words import fold
from index import Filters

_LEADING_LINES = 40
_FEWEST = 3
_QUOTED_WORDS = 40
_BRACKETS = r"\s*\(([^()]{3,200})\)"


def answer_from_brackets(question: Question, shelf: Shelf, filters: Filters) -> Draft | None:
    """The members that follow a name of the question in brackets; None for fewer than three."""
    names = [t.text for t in question.terms if t.is_name and t.weight == 1.0]
    if not names or not lexicon.TOWNS.search(fold(question.text), question.language):
        return None
    book, rows = CitationBook(), Rows()
    documents: set[str] = set()
    described = {t.text for t in question.concept if not t.is_name}
    for evidence in gather(question, shelf, filters).evidence[:_LEADING_LINES]:
        if not described <= evidence.coverage.matched:
            continue  # "observer cities of X" are not the ones that X lists
        for member in _members(evidence, names):
            name = member.of(evidence.document.text)
            places = find_places(name, evidence.document.language)
            passage = evidence.reading.lines[evidence.index].passage
            number = book.cite(evidence.document, evidence.span, section_of(passage))
            country = places[0].country if places else None
            rows.add(name, country, inline(evidence.text, _QUOTED_WORDS), [number])
            documents.add(evidence.document.id)
    if len(rows) < _FEWEST:
        return None
    return rows.draft(question, Coverage(shelf.snapshot.document_count, len(documents)), book)


def _members(evidence: Evidence, names: list[str]) -> Iterator[Span]:
    text, span = evidence.document.text, evidence.span
    for name in names:
        following = re.compile(re.escape(name) + _BRACKETS, re.IGNORECASE)
        for match in following.finditer(text, span.start, span.end):
            inside = Span(*match.span(1))
            found = members(text, inside, fewest=2) or (inside,)
            yield from (m for m in found if is_town(m.of(text), evidence.document.language))
